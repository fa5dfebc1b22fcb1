"""paint: a set text as pixels, with its shadow."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vidc.render.drawing_shapes import filled
from vidc.render.turn import Turn

from .block import Block
from .fonts import EM, coverage, face
from .style import Rgba

Mask: TypeAlias = NDArray[np.uint8]
Pixels: TypeAlias = NDArray[np.uint8]

_SHADOW = 0.5
"""How dark the shadow of a text is."""


def mask(
    block: Block, place: Turn, inside: range | None = None, video: tuple[int, int] | None = None
) -> tuple[Mask, int, int]:
    """How much of each pixel the letters cover, and where the mask's top left corner lies in the video.

    `inside`: only the glyphs of these characters. `video`: its size in px, to leave out letters that lie far outside:
    a long text in large letters would be a mask of gigabytes.
    """
    xx, yx, xy, yy, dx, dy = place.matrix()
    scale = block.size / EM
    boxes = _box_glyph(block)
    glyphs = []
    for line in block.lines:
        for glyph in line.glyphs:
            if inside is not None and glyph.at not in inside:
                continue
            font, number, widen = boxes if glyph.font is None else (glyph.font, glyph.number, 1.0)
            if glyph.font is None:
                widen = glyph.advance / EM * widen
            x, y = line.x + glyph.x * scale, line.y - glyph.y * scale
            wide = scale * widen
            across, down = xx * x + xy * y + dx, yx * x + yy * y + dy
            if video is not None and _is_far(across, down, block.size, video):
                continue
            matrix = (xx * wide, yx * wide, -xy * scale, -yy * scale, across, down)
            glyphs.append((font, number, matrix))
    return coverage(glyphs)


def _is_far(x: float, y: float, size: float, video: tuple[int, int]) -> bool:
    """Whether no part of a letter that stands there can be seen."""
    reach = 3 * size
    return not (-reach < x < video[0] + reach and -reach < y < video[1] + reach)


def _box_glyph(block: Block) -> tuple[str, int, float]:
    """The empty box that stands for a character that no font has, and how much wider it is made to be one EM wide."""
    font = "figbo" if block.bold else "figo"
    return font, 0, EM / max(face(font).get_glyph_h_advance(0), 1)


def with_shadow(ink: Mask, color: Rgba, size: float) -> tuple[Pixels, int]:
    """A mask in one color over its own soft shadow, and by how many pixels it grew on each side."""
    reach = max(round(size * 0.05), 1)
    grown = 3 * reach + 1
    high, wide = ink.shape
    shade = np.zeros((high + 2 * grown, wide + 2 * grown), np.uint8)
    down = max(round(size * 0.04), 1)
    shade[grown + down : grown + down + high, grown : grown + wide] = ink
    soft = blurred(shade, reach)
    made = np.zeros((*shade.shape, 4), np.uint8)
    made[:, :, 3] = (soft.astype(np.uint16) * round(256 * _SHADOW * color[3] / 255)) >> 8
    letters = filled(ink, color)
    under = made[grown : grown + high, grown : grown + wide]
    through = under[:, :, 3].astype(np.uint16) * (255 - letters[:, :, 3].astype(np.uint16))
    under[:, :, 3] = letters[:, :, 3] + ((through + 127) // 255).astype(np.uint8)
    under[:, :, :3] = letters[:, :, :3]
    return made, grown


def blurred(plane: Mask, reach: int) -> Mask:
    """A plane blurred by a box of `2 * reach + 1` px, twice along each axis. Its edge must be empty for `2 * reach`."""
    soft = plane
    for _ in range(2):
        soft = _averaged(_averaged(soft, reach).T, reach).T
    return np.ascontiguousarray(soft)


def _averaged(plane: Mask, reach: int) -> Mask:
    """Each row averaged over a box, by differences of running sums."""
    width = 2 * reach + 1
    sums = np.zeros((plane.shape[0], plane.shape[1] + width), np.uint32)
    np.cumsum(plane, axis=1, out=sums[:, reach + 1 : reach + 1 + plane.shape[1]], dtype=np.uint32)
    sums[:, reach + 1 + plane.shape[1] :] = sums[:, reach + plane.shape[1], None]
    return ((sums[:, width:] - sums[:, :-width] + reach) // width).astype(np.uint8)
