"""sheet: a contact sheet: each scene at four of its moments, with its name and times."""

from __future__ import annotations

import numpy as np

from vidc.clock import show

from .compose import Compositor, blank
from .drawing_shapes import filled
from .picture import Pixels, over
from .stage import layers
from .staging_film import Production
from .still import as_pixels
from .text.block import set_text
from .text.paint import mask
from .text.style import Rgba, Style
from .turn import Turn

COLUMNS = 4
THUMB = 420
"""The longer side of a small picture, in px."""

MAX_SCENES = 60
"""Limit: so many scenes are on a sheet; it says how many more there are."""

_GAP, _HEAD, _LETTERS = 14, 44, 22
_PAPER, _INK, _PALE = (24, 28, 36), (240, 243, 248, 255), (150, 160, 176, 255)


def scale_for(size: tuple[int, int]) -> float:
    """By how much the spec's pixels shrink on a sheet."""
    return min(THUMB / max(size), 1.0)


def sheet(production: Production, only: int | None = None) -> Pixels:
    """RGB rows of a contact sheet of a production that was made with `scale_for`. Raises CannotDecode."""
    numbers = list(range(len(production.timeline.scenes))) if only is None else [only]
    shown = numbers[:MAX_SCENES]
    width, height = production.size
    wide = _GAP + COLUMNS * (width + _GAP)
    paper = np.full((_GAP + len(shown) * (_HEAD + height + _GAP), wide, 4), 255, np.uint8)
    paper[:, :, :3] = _PAPER
    for row, number in enumerate(shown):
        _draw_row(production, number, paper, _GAP + row * (_HEAD + height + _GAP))
    if len(numbers) > len(shown):
        foot = np.full((_HEAD, wide, 4), 255, np.uint8)
        foot[:, :, :3] = _PAPER
        _write(foot, f"and {len(numbers) - len(shown)} more", _GAP, 0, _PALE)
        paper = np.concatenate([paper, foot])
    return np.ascontiguousarray(paper[:, :, :3])


def moments(duration: int) -> list[int]:
    """The times of a scene that are shown, in ms: the middles of its parts."""
    return [(2 * part + 1) * duration // (2 * COLUMNS) for part in range(COLUMNS)]


def _draw_row(production: Production, number: int, paper: Pixels, top: int) -> None:
    scene = production.scene(number)
    placed = production.timeline.scenes[number]
    start, end = placed.start.expected, placed.start.expected + placed.duration.expected
    right = _write(paper, f"{number + 1}  {' '.join(placed.scene.label.split())}", _GAP, top, _INK)
    _write(paper, f"{show(start)} - {show(end)}", right + 2 * _GAP, top, _PALE)
    frame = blank(*scene.size)
    compositor = Compositor(frame, scene.size)
    for column, t in enumerate(moments(scene.duration)):
        compositor.draw(layers(scene, t))
        x, y = _GAP + column * (scene.size[0] + _GAP), top + _HEAD
        paper[y : y + scene.size[1], x : x + scene.size[0], :3] = as_pixels(frame, scene.size)


def _write(paper: Pixels, text: str, x: int, top: int, color: Rgba) -> int:
    """A line of text; gives where it ends, in px."""
    style = Style(size=_LETTERS, bold=False, align="left", rise="middle")
    block = set_text(text[:80], style, 100_000, _HEAD, 1080)
    ink, left, down = mask(block, Turn(x, top, block.width, _HEAD))
    over(paper, filled(ink, color), left, down)
    return x + round(block.width)
