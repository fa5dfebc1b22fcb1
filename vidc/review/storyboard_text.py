"""storyboard_text: a text track as a drawing, in the reader's own font, so only about as wide as in the video."""

from __future__ import annotations

from html import escape
from math import sqrt
from unicodedata import bidirectional

from vidc.diag.cells import width
from vidc.diag.sink import clean
from vidc.render.text.style import Rgba, Style

_LETTER, _BOLD_LETTER = 0.54, 0.63
"""The width of a letter, as a share of its height."""

_BOLD = 0.055
"""Letters larger than this share of the video's shorter side are bold, where the track does not say."""

_LEAST, _MOST = 6.0, 160.0
MOST_SIGNS = 600
"""Limit: of a longer text only its begin is drawn."""


def lettering(text: str, style: Style, wide: float, high: float, video: tuple[int, int]) -> str:
    """The words in the letters that the track asks for, smaller where they would not fit, else the largest that do."""
    paragraphs = [clean(line) for line in text[:MOST_SIGNS].strip().splitlines()] or [""]
    pad = min(0.12 * high, 0.04 * min(video)) if style.background else 0.0
    room = max(wide - 2 * pad, 1.0), max(high - 2 * pad, 1.0)
    large = _BOLD * min(video)
    size, lines = _fitted(paragraphs, style, *room, large)
    rtl = _is_rtl(text)
    anchor, x = _anchored(style.align, rtl, wide, pad)
    tall = len(lines) * size * style.leading
    top = {"top": pad, "bottom": high - pad - tall}.get(style.rise, (high - tall) / 2)
    spans = "".join(
        f'<tspan x="{x:g}" y="{top + (index + 0.5) * size * style.leading + size * 0.35:.1f}">{escape(line)}</tspan>'
        for index, line in enumerate(lines)
    )
    ground = f'<rect width="{wide:g}" height="{high:g}" {_paint(style.background)}/>' if style.background else ""
    kind = " ".join(["words"] + [name for name, holds in _kinds(style, _is_bold(style, size, large)) if holds])
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


def _fitted(paragraphs: list[str], style: Style, wide: float, high: float, large: float) -> tuple[float, list[str]]:
    """The size of the letters, and the lines."""
    signs = sum(map(width, paragraphs)) + 1
    size = style.size or min(_MOST, high * 0.8, sqrt(wide * high / signs / _LETTER / style.leading) * 1.3)
    while True:
        cells = wide / (size * (_BOLD_LETTER if _is_bold(style, size, large) else _LETTER))
        lines = [line for paragraph in paragraphs for line in _lines(paragraph.split(), cells)]
        if size <= _LEAST or (len(lines) * size * style.leading <= high * 1.05 and max(map(width, lines)) <= cells):
            return size, lines
        size = max(size * 0.93, _LEAST)


def _is_bold(style: Style, size: float, large: float) -> bool:
    return style.bold if style.bold is not None else size > large


def _lines(words: list[str], cells: float) -> list[str]:
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if width(longer) <= cells or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
        while width(lines[-1]) > cells and width(lines[-1]) > len(lines[-1]) and len(lines[-1]) > 1:
            fits = max(int(cells / 2), 1)  # wide signs stand without blanks, and a line may end behind any
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return lines
