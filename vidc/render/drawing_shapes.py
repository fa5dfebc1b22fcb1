"""drawing_shapes: boxes with round corners, frames and slopes of color, made without a renderer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .picture import Pixels

Rgba = tuple[int, int, int, int]


def rounded(width: int, height: int, radius: float, color: Rgba) -> Pixels:
    """A box of one color with round corners."""
    return filled(corners(width, height, radius), color)


def framed(width: int, height: int, radius: float, thickness: float, color: Rgba) -> Pixels:
    """The frame of such a box, empty inside."""
    outer = corners(width, height, radius)
    inset = max(round(thickness), 1)
    if width > 2 * inset and height > 2 * inset:
        inner = corners(width - 2 * inset, height - 2 * inset, max(radius - inset, 0))
        outer[inset : height - inset, inset : width - inset] -= inner
    return filled(outer, color)


def corners(width: int, height: int, radius: float) -> NDArray[np.uint8]:
    """How much of each pixel a box with round corners covers."""
    made = np.full((height, width), 255, np.uint8)
    radius = min(radius, width / 2, height / 2)
    reach = int(np.ceil(radius))
    if reach:
        away = radius - (np.arange(reach) + 0.5)
        distance = np.hypot(away[:, None], away[None, :])
        corner = (np.clip(radius + 0.5 - distance, 0, 1) * 255 + 0.5).astype(np.uint8)
        made[:reach, :reach] = corner
        made[:reach, width - reach :] = corner[:, ::-1]
        made[height - reach :, :reach] = corner[::-1]
        made[height - reach :, width - reach :] = corner[::-1, ::-1]
    return made


def filled(cover: NDArray[np.uint8], color: Rgba) -> Pixels:
    """A mask in one color, premultiplied."""
    red, green, blue, alpha = color
    by_cover = np.arange(256, dtype=np.uint32) * alpha
    table = np.stack([(by_cover * part + 32512) // 65025 for part in (red, green, blue, 255)], axis=1)
    return table.astype(np.uint8)[cover]


def sloped(width: int, height: int, above: tuple[int, int, int], below: tuple[int, int, int]) -> Pixels:
    """An opaque box whose color goes over from one above to one below."""
    part = (np.arange(height) / max(height - 1, 1))[:, None]
    colors = np.array(above) * (1 - part) + np.array(below) * part
    made = np.full((height, width, 4), 255, np.uint8)
    made[:, :, :3] = np.round(colors).astype(np.uint8)[:, None]
    return made
