"""shape: a paragraph as glyphs: which font and script each piece has, and how wide every character is."""

from __future__ import annotations

from itertools import groupby
from unicodedata import category, combining, east_asian_width

from vidc.record import record

from .bidi import base_level, levels, runs
from .fonts import EM, Fonts, shaped

_SCRIPTS = (
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x07BF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1F00, 0x1FFF, "Grek"),
    (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFEFF, "Arab"),
)
"""The scripts that are shaped by rules of their own, by ranges of characters; the rest is shaped as Latin."""

_UNSEEN = frozenset("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
"""Characters that steer and have no form: no font needs to have them."""


@record
class Piece:
    """A stretch of a paragraph in one direction, font and script. `font`: None where no font has its characters."""

    start: int
    end: int
    level: int
    font: str | None
    script: str


@record
class Glyph:
    """A glyph of a font and where it stands, from the start of its line, in EM units; y counts upwards.

    `at`: the character that it stands for. `font`: None for the box of a character that no font has, `advance` wide.
    """

    font: str | None
    number: int
    x: float
    y: float
    advance: float
    at: int


@record
class Paragraph:
    """A text without line breaks: its pieces, the width of each character in EM units, and what no font has.

    `base`: 1 where it runs from right to left as a whole.
    """

    text: str
    base: int
    levels: list[int]
    pieces: list[Piece]
    widths: list[float]
    missing: str


def paragraph(text: str, fonts: Fonts) -> Paragraph:
    """Shape a whole paragraph."""
    base = base_level(text)
    ups = levels(text, base)
    pieces = _pieces(text, ups, fonts)
    widths = [0.0] * len(text)
    for piece in pieces:
        for glyph in _shaped(text, piece):
            widths[glyph.at] += glyph.advance
    missing = {text[at] for piece in pieces if piece.font is None for at in range(piece.start, piece.end)}
    return Paragraph(text, base, ups, pieces, widths, "".join(sorted(missing)))


def line_glyphs(whole: Paragraph, start: int, end: int) -> tuple[list[Glyph], float]:
    """The glyphs of one line, from left to right, and the line's width in EM units."""
    made: list[Glyph] = []
    pen = 0.0
    for first, last, level in runs(whole.levels[start:end], whole.base):
        inside = [_cut(piece, start + first, start + last) for piece in whole.pieces]
        parts = [piece for piece in inside if piece.start < piece.end]
        for piece in reversed(parts) if level % 2 else parts:
            for glyph in _shaped(whole.text, piece):
                made.append(Glyph(glyph.font, glyph.number, pen + glyph.x, glyph.y, glyph.advance, glyph.at))
                pen += glyph.advance
    return made, pen


def _cut(piece: Piece, start: int, end: int) -> Piece:
    return Piece(max(piece.start, start), min(piece.end, end), piece.level, piece.font, piece.script)


def _pieces(text: str, ups: list[int], fonts: Fonts) -> list[Piece]:
    kinds = list(zip(ups, _fonts(text, fonts), _scripts(text), strict=True))
    made: list[Piece] = []
    at = 0
    for (level, font, script), run in groupby(kinds):
        end = at + len(list(run))
        made.append(Piece(at, end, level, font, script))
        at = end
    return made


def _fonts(text: str, fonts: Fonts) -> list[str | None]:
    """The font of each character; a mark or a joiner has that of what it stands on."""
    made: list[str | None] = []
    for character in text:
        follows = bool(made) and (combining(character) != 0 or character in _UNSEEN or _selects(character))
        if follows:
            made.append(made[-1])
        elif character in _UNSEEN or category(character) in ("Zs", "Cc"):
            made.append(fonts.names[0])
        else:
            made.append(fonts.named(character))
    return made


def _selects(character: str) -> bool:
    """Whether it only chooses a form of the character before it."""
    return 0xFE00 <= ord(character) <= 0xFE0F or 0x1F3FB <= ord(character) <= 0x1F3FF


def _scripts(text: str) -> list[str]:
    """The script of each character; signs and marks have that of what stands before them."""
    made: list[str] = []
    for character in text:
        found = next((name for low, high, name in _SCRIPTS if low <= ord(character) <= high), "")
        if not found and character.isalpha():
            found = "Latn"
        made.append(found or (made[-1] if made else ""))
    first = next((name for name in made if name), "Latn")
    return [name or first for name in made]


def _shaped(text: str, piece: Piece) -> list[Glyph]:
    """The glyphs of a piece from left to right; x and y are how far each is moved from its place."""
    if piece.font is None:
        return _boxes(text, piece)
    codes = [ord(character) for character in text]
    found = shaped(piece.font, codes, piece.start, piece.end, piece.level % 2 == 1, piece.script)
    return [Glyph(piece.font, number, x, y, advance, at) for number, at, advance, x, y in found]


def _boxes(text: str, piece: Piece) -> list[Glyph]:
    """A box for each character that no font has, as wide as such a character would be."""
    made = [
        Glyph(
            None, 0, 0, 0, 0 if combining(text[at]) or _selects(text[at]) or text[at] in _UNSEEN else _box(text[at]), at
        )
        for at in range(piece.start, piece.end)
    ]
    return made[::-1] if piece.level % 2 else made


def _box(character: str) -> float:
    return EM if east_asian_width(character) in ("W", "F") else 0.6 * EM
