"""fonts: the typefaces that come with the package, and which of them has a character. The one door to the fonts.

FiraGO writes Latin, Greek, Cyrillic, Georgian, Arabic, Hebrew, Devanagari and Thai; Noto's symbol fonts stand behind
it. No font of the machine is looked at, so that a text is the same everywhere.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pymupdf_fonts  # type: ignore[import-untyped]  # it has no types
import uharfbuzz as hb  # type: ignore[import-untyped]  # it has no types
from numpy.typing import NDArray

EM = 1000
"""Font units that make up the size of a letter, for every font here: `Font.scale` is set to it."""

_FIRA = {(False, False): "figo", (True, False): "figbo", (False, True): "figit", (True, True): "figbi"}
_FALLBACK = ("notos", "symbol1", "symbol2", "math", "music")
_MONO = {False: "fimo", True: "fimbo"}


@cache
def face(name: str) -> Any:
    """One font, by its name in the package; some 25 ms the first time."""
    data: bytes = pymupdf_fonts.myfont(name)
    font = hb.Font(hb.Face(data))
    font.scale = (EM, EM)
    return font


class Fonts:
    """The fonts of one style, in the order in which they are asked for a character."""

    def __init__(self, bold: bool, italic: bool, mono: bool) -> None:
        first = (_MONO[bold],) if mono else ()
        self.names = (*first, _FIRA[bold, italic], *_FALLBACK)
        self.found: dict[str, str | None] = {}

    def named(self, character: str) -> str | None:
        """The name of the first font that has this character; None where none has."""
        if character not in self.found:
            names = self.names[: -len(_FALLBACK)] if _in_no_fallback(character) else self.names
            self.found[character] = next((name for name in names if has(name, character)), None)
        return self.found[character]


def has(name: str, character: str) -> bool:
    """Whether a font has a character."""
    return bool(face(name).get_nominal_glyph(ord(character)))


def _in_no_fallback(character: str) -> bool:
    """Whether it is of East Asia: to look for it in five fonts takes a tenth of a second, and none has it."""
    return "\u2e80" <= character <= "\ud7ff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"


@cache
def fonts(bold: bool = False, italic: bool = False, mono: bool = False) -> Fonts:
    return Fonts(bold, italic, mono)


@cache
def extents(name: str) -> tuple[int, int]:
    """How far the letters of a font reach above the line and below it, in EM units, both positive."""
    found = face(name).get_font_extents("ltr")
    return found.ascender, -found.descender


def shaped(
    name: str, codes: list[int], start: int, end: int, leftwards: bool, script: str
) -> list[tuple[int, int, float, float, float]]:
    """The glyphs of codes[start:end] from left to right: (glyph, character, advance, x offset, y offset) in EM units.

    What stands before and after the stretch is seen as well: it decides how letters join.
    """
    buffer = hb.Buffer()
    buffer.add_codepoints(codes, start, end - start)
    buffer.direction = "rtl" if leftwards else "ltr"
    buffer.script = script
    buffer.language = "en"
    hb.shape(face(name), buffer)
    places = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(one.codepoint, one.cluster, at.x_advance, at.x_offset, at.y_offset) for one, at in places]


def coverage(
    glyphs: list[tuple[str, int, tuple[float, float, float, float, float, float]]],
) -> tuple[NDArray[np.uint8], int, int]:
    """Glyphs as a mask of how much of each pixel they cover, and where its top left corner lies.

    Each is (font, glyph, matrix); the matrix (xx, yx, xy, yy, dx, dy) takes its outline, whose y counts upwards in EM
    units, to pixels whose y counts downwards.
    """
    ink = hb.RasterDraw()
    for name, number, (xx, yx, xy, yy, dx, dy) in glyphs:
        ink.transform = (xx, -yx, xy, -yy, dx, -dy)
        ink.draw_glyph(face(name), number)
    image = ink.render()
    held = image.extents
    if not held.width or not held.height:
        return np.zeros((1, 1), np.uint8), 0, 0
    rows = np.frombuffer(image.buffer, np.uint8).reshape(held.height, held.stride)
    return rows[::-1, : held.width], held.x_origin, -(held.y_origin + held.height)
