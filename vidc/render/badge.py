"""badge: the small sign in the corner that says that this is a preview, with the scene and the time in it.

The time is the scene's own, so that an edit of one scene leaves the film of the others as it is; it is also what a
track's gaps count.
"""

from __future__ import annotations

from functools import lru_cache

from .drawing_shapes import filled, rounded
from .picture import Picture, over
from .stage import Layer, StagedTrack
from .text.block import Block, set_text
from .text.paint import mask
from .text.style import Rgba, Style
from .turn import Turn

_SIZE = 0.022
"""The letters, as a part of the video's shorter side."""

_LONGEST = 28
"""Characters of a scene's name that are shown."""

_GROUND: Rgba = (16, 20, 28, 165)
_INK: Rgba = (255, 255, 255, 235)
_MARK: Rgba = (255, 211, 77, 255)


def badge(label: str, duration: int, width: int, height: int) -> StagedTrack:
    """The badge of a scene."""
    name = label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"
    side = min(width, height)
    size = max(side * _SIZE, 7.0)
    base, clock_x, clock_y = _base(" ".join(name.split()), size, 1 + (duration >= 600_000), side)
    x = width - base.width - round(side * 0.02)
    y = round(side * 0.02)
    step = _step(size, side)
    pill = Layer(base, x, y)

    def draw(t: int) -> list[Layer]:
        text = clock(t, duration)
        made = [pill]
        for number, character in enumerate(text):
            picture, right, down = _character(character, size, side)
            made.append(Layer(picture, x + clock_x + number * step + right, y + clock_y + down))
        return made

    return StagedTrack(0, max(duration, 1), draw)


def clock(t: int, duration: int) -> str:
    """A time as `0:04.2`; `00:04.2` in a scene of ten minutes or more."""
    minutes, rest = divmod(t // 100, 600)
    return f"{minutes:0{2 if duration >= 600_000 else 1}d}:{rest // 10:02d}.{rest % 10}"


def _set(text: str, size: float, side: int, bold: bool = False, mono: bool = False) -> Block:
    style = Style(size=size, bold=bold, mono=mono, align="left", rise="top")
    return set_text(text, style, 1_000_000, size * 1.2, side)


@lru_cache(maxsize=8)
def _step(size: float, side: int) -> int:
    """How far the characters of the clock stand apart, in px."""
    return round(_set("0", size, side, mono=True).width)


@lru_cache(maxsize=64)
def _base(name: str, size: float, minutes: int, side: int) -> tuple[Picture, int, int]:
    """The badge without its clock, and where that begins in it."""
    pad, gap = size * 0.6, size * 0.6
    preview, scene = _set("PREVIEW", size, side, bold=True), _set(name, size, side)
    clock_x = round(pad + preview.width + gap + scene.width + gap)
    wide = clock_x + (minutes + 5) * _step(size, side) + round(pad)
    ground = rounded(wide, round(size * 1.75), size * 0.5, _GROUND)
    top = size * 0.28
    for block, x, color in ((preview, pad, _MARK), (scene, pad + preview.width + gap, _INK)):
        ink, left, down = mask(block, Turn(x, top, block.width, size * 1.2))
        over(ground, filled(ink, color), left, down)
    return Picture(ground), clock_x, round(top)


@lru_cache(maxsize=128)
def _character(character: str, size: float, side: int) -> tuple[Picture, int, int]:
    block = _set(character, size, side, mono=True)
    ink, x, y = mask(block, Turn(0, 0, block.width, size * 1.2))
    return Picture(filled(ink, _INK)), x, y
