"""block: a text set in a box: its size, its lines, and where each glyph stands."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial

from vidc.record import record

from .fonts import EM, Fonts, extents, fonts
from .shape import Glyph, Paragraph, line_glyphs, paragraph
from .style import Style
from .wrap import widest_word, wrap

MAX_CHARACTERS = 4_000
"""Limit: what of a text is set; no box shows more that could be read."""

_SMALLEST = 12.0
"""px to which letters shrink at most, in a video whose shorter side is 1080 px, so that a text fits its box."""

_LARGEST = 0.075
"""The size that letters grow to at most, as a part of the video's shorter side."""

_BOLD_FROM = 0.056
"""From this part of the video's shorter side on, letters of no stated weight are a heading, and bold."""


_STEP = 1.06
"""From one size of letters that is tried to the next."""


@record
class Line:
    """A line: its glyphs from its own left end, in EM units, and where that end and its ground line are, in px."""

    glyphs: list[Glyph]
    x: float
    y: float
    width: float


@record
class Block:
    """A text set in a box, in px from the box's top left corner.

    `size`: of the letters. `overflows`: it does not fit into the box. `missing`: the characters that no font has.
    """

    lines: list[Line]
    size: float
    bold: bool
    left: float
    top: float
    width: float
    height: float
    overflows: bool
    missing: str


@record
class _Fit:
    """The paragraphs of a text in one weight, wrapped for one size of letters."""

    paragraphs: list[Paragraph]
    ends: list[list[tuple[int, int]]]
    size: float
    bold: bool

    @property
    def count(self) -> int:
        return sum(len(ends) for ends in self.ends)


def set_text(text: str, style: Style, width: float, height: float, side: int) -> Block:
    """Set a text in a box of this size in px; `side` is the shorter one of the video.

    Where the style leaves the size of its letters open, they are as large as fits, and never larger than a heading.
    """
    shaped = _Shaped(text[:MAX_CHARACTERS], style)
    fit = _fitted(shaped, style, width, height, side)
    tall = fit.count * fit.size * style.leading
    top = {"top": 0.0, "middle": (height - tall) / 2, "bottom": height - tall}[style.rise]
    lines = _lines(fit, style, width, top)
    widest = max((line.width for line in lines), default=0.0)
    left = min((line.x for line in lines), default=0.0)
    missing = "".join(sorted({one for part in fit.paragraphs for one in part.missing}))
    overflows = tall > height + 1 or widest > width + 1
    return Block(lines, fit.size, fit.bold, left, top, widest, tall, overflows, missing)


class _Shaped:
    """A text's paragraphs in regular and in bold letters, each shaped when first asked for."""

    def __init__(self, text: str, style: Style) -> None:
        self.parts = [part.expandtabs(4) for part in text.splitlines()] or [""]
        self.style = style
        self.made: dict[bool, list[Paragraph]] = {}

    def paragraphs(self, bold: bool) -> list[Paragraph]:
        if bold not in self.made:
            found: Fonts = fonts(bold, self.style.italic, self.style.mono)
            self.made[bold] = [paragraph(part, found) for part in self.parts]
        return self.made[bold]


def _fitted(shaped: _Shaped, style: Style, width: float, height: float, side: int) -> _Fit:
    bold = partial(_is_bold, style, side)
    if style.size is not None:
        return _fit(shaped, style.size, bold(style.size), width)
    largest = max(min(height * 0.5, side * _LARGEST), 1.0)
    smallest = min(largest, max(_SMALLEST * side / 1080, 1.0))
    sizes = [smallest]
    while sizes[-1] * _STEP < largest:
        sizes.append(sizes[-1] * _STEP)
    sizes.append(largest)

    def overflows(size: float) -> bool:
        return not _fits(_fit(shaped, size, bold(size), width), size > largest / 2, style, width, height)

    size = sizes[max(bisect_left(sizes, True, key=overflows) - 1, 0)]
    return _fit(shaped, size, bold(size), width)


def _is_bold(style: Style, side: int, size: float) -> bool:
    return size >= side * _BOLD_FROM if style.bold is None else style.bold


def _fit(shaped: _Shaped, size: float, bold: bool, width: float) -> _Fit:
    parts = shaped.paragraphs(bold)
    return _Fit(parts, [wrap(part, width / size * EM) for part in parts], size, bold)


def _fits(fit: _Fit, whole_words: bool, style: Style, width: float, height: float) -> bool:
    """Whether all lines stand in the box, and with whole words only where that is asked for: letters shrink to half
    their size so that no word is broken, and no further."""
    if fit.count * fit.size * style.leading > height:
        return False
    return not whole_words or all(widest_word(part) * fit.size / EM <= width for part in fit.paragraphs)


def _lines(fit: _Fit, style: Style, width: float, top: float) -> list[Line]:
    made: list[Line] = []
    name = fonts(fit.bold, style.italic, style.mono).names[0]
    above, below = extents(name)
    leading = fit.size * style.leading
    first = top + (leading - (above + below) * fit.size / EM) / 2 + above * fit.size / EM
    for part, ends in zip(fit.paragraphs, fit.ends, strict=True):
        for start, end in ends:
            glyphs, em = line_glyphs(part, start, end)
            wide = em * fit.size / EM
            made.append(Line(glyphs, _left(style, part, width, wide), first + len(made) * leading, wide))
    return made


def _left(style: Style, part: Paragraph, width: float, wide: float) -> float:
    align = style.align if style.align != "start" else ("right" if part.base else "left")
    return {"left": 0.0, "center": (width - wide) / 2, "right": width - wide}[align]
