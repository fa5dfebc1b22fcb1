"""storyboard_text: a text track as a drawing, in the reader's own font, so only about as wide as in the video."""

from __future__ import annotations

from bisect import bisect_left
from html import escape
from math import log
from unicodedata import bidirectional

from vidc.diag.cells import width
from vidc.diag.sink import clean
from vidc.render.text.style import Rgba, Style

_LETTER, _BOLD_LETTER = 0.54, 0.63
"""The width of a letter, as a share of its height."""

_BOLD, _LARGEST, _SMALLEST = 0.056, 0.075, 12 / 1080
"""As shares of the video's shorter side, the letters of a track that does not say: bold from the first on, at most as
large as the second, and no smaller than the third so that they fit. So the renderer sets them."""

_STEP = 1.06
"""From one size of letters that is tried to the next."""

MOST_SIGNS = 600
"""Limit: of a longer text only its begin is drawn."""


def lettering(text: str, style: Style, wide: float, high: float, video: tuple[int, int]) -> str:
    """The words in letters as large as the track asks for, though they leave its box, else in the largest that fit."""
    paragraphs = [clean(line) for line in text[:MOST_SIGNS].strip().splitlines()] or [""]
    pad = min(0.12 * high, 0.04 * min(video)) if style.background else 0.0
    room = max(wide - 2 * pad, 1.0), max(high - 2 * pad, 1.0)
    side = min(video)
    size = style.size or _fitting(paragraphs, style, *room, side)
    bold = _is_bold(style, size, side)
    lines, _ = _set(paragraphs, size, bold, room[0])
    rtl = _is_rtl(text)
    anchor, x = _anchored(style.align, rtl, wide, pad)
    tall = len(lines) * size * style.leading
    top = {"top": pad, "bottom": high - pad - tall}.get(style.rise, (high - tall) / 2)
    spans = "".join(
        f'<tspan x="{x:g}" y="{top + (index + 0.5) * size * style.leading + size * 0.35:.1f}">{escape(line)}</tspan>'
        for index, line in enumerate(lines)
    )
    ground = f'<rect width="{wide:g}" height="{high:g}" {_paint(style.background)}/>' if style.background else ""
    kind = " ".join(["words"] + [name for name, holds in _kinds(style, bold) if holds])
    direction = ' direction="rtl"' if rtl else ""
    return (
        f'{ground}<text class="{kind}" font-size="{size:.1f}" text-anchor="{anchor}"{direction} '
        f"{_paint(style.color)}>{spans}</text>"
    )


def _kinds(style: Style, bold: bool) -> list[tuple[str, bool]]:
    return [("bold", bold), ("italic", style.italic), ("mono", style.mono), ("shadow", style.shadow)]


def _paint(paint: Rgba) -> str:
    red, green, blue, alpha = paint
    clear = f' fill-opacity="{alpha / 255:.3g}"' if alpha < 255 else ""
    return f'fill="rgb({red},{green},{blue})"{clear}'


def _anchored(align: str, rtl: bool, wide: float, pad: float) -> tuple[str, float]:
    """Which end of a line stands where; SVG's `start` is the right end of a text from right to left."""
    if align == "center":
        return "middle", wide / 2
    is_right = rtl if align == "start" else align == "right"
    return ("start" if is_right == rtl else "end"), (wide - pad if is_right else pad)


def _is_rtl(text: str) -> bool:
    strong = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return strong != "L"


def _fitting(paragraphs: list[str], style: Style, wide: float, high: float, side: float) -> float:
    """The largest size of letters with which the lines stand in a box; until they are half as large as they may be, no
    word is broken for it."""
    largest = max(min(high * 0.5, side * _LARGEST), 1.0)
    smallest = min(largest, max(_SMALLEST * side, 1.0))
    steps = int(log(largest / smallest, _STEP))
    sizes = [smallest * _STEP**step for step in range(steps + 1)] + [largest]

    def overflows(size: float) -> bool:
        lines, is_broken = _set(paragraphs, size, _is_bold(style, size, side), wide)
        return len(lines) * size * style.leading > high or (is_broken and size > largest / 2)

    return sizes[max(bisect_left(sizes, True, key=overflows) - 1, 0)]


def _is_bold(style: Style, size: float, side: float) -> bool:
    return style.bold if style.bold is not None else size >= side * _BOLD


def _set(paragraphs: list[str], size: float, bold: bool, wide: float) -> tuple[list[str], bool]:
    """The lines in letters of a size, and whether a word is broken."""
    cells = wide / (size * (_BOLD_LETTER if bold else _LETTER))
    lines: list[str] = []
    is_broken = False
    for paragraph in paragraphs:
        lines.append("")
        for word in paragraph.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if width(longer) <= cells:
                lines[-1] = longer
                continue
            *whole, last = _pieces(word, cells)
            is_broken = is_broken or any(width(piece) == len(piece) for piece in whole)
            lines[-1:] = [one for one in (lines[-1], *whole, last) if one]
    return lines, is_broken


def _pieces(word: str, cells: float) -> list[str]:
    """A word in pieces that fit a line; wide signs stand without blanks, and a line may end behind any."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign) > cells:
            pieces.append("")
        pieces[-1] += sign
    return pieces
