"""stage_text: text tracks, set and painted."""

from __future__ import annotations

import numpy as np

from vidc.record import record

from .drawing import drawn
from .drawing_shapes import filled
from .picture import Picture
from .stage import Layer
from .text.block import Block, set_text
from .text.paint import mask, with_shadow
from .text.style import Style
from .turn import Turn


@record
class Written:
    """A text as layers, and as it was set."""

    layers: list[Layer]
    block: Block


def written(text: str, style: Style, place: Turn, video: tuple[int, int]) -> Written:
    """A text in its box, in a video of a size in px. A ground of its own fills the box, and the text keeps off its
    edges."""
    pad = min(0.12 * place.height, 0.04 * min(video)) if style.background else 0.0
    width, height = max(place.width - 2 * pad, 1.0), max(place.height - 2 * pad, 1.0)
    block = set_text(text, style, width, height, min(video))
    inner = Turn(place.x + pad, place.y + pad, width, height, place.degrees)
    made = [_ground(style, place)] if style.background else []
    ink, x, y = mask(block, inner, video=video)
    if ink.any():
        pixels, grown = with_shadow(ink, style.color, block.size) if style.shadow else (filled(ink, style.color), 0)
        made.append(Layer(Picture(pixels), x - grown, y - grown, style.opacity))
    return Written(made, block)


def _ground(style: Style, place: Turn) -> Layer:
    assert style.background is not None
    red, green, blue, alpha = style.background
    if place.degrees % 360 == 0:
        x, y = round(place.x), round(place.y)
        size = max(round(place.y + place.height) - y, 1), max(round(place.x + place.width) - x, 1)
        return Layer(Picture(filled(np.full(size, 255, np.uint8), style.background)), x, y, style.opacity)
    svg = (
        f'<rect width="{place.width}" height="{place.height}" fill="rgb({red},{green},{blue})" '
        f'fill-opacity="{alpha / 255}"/>'
    )
    made = drawn(svg, (0, 0, place.width, place.height), place.matrix())
    return Layer(Picture(made.pixels), made.x, made.y, style.opacity)
