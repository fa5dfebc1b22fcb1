"""planes: a picture as a film's frame takes it: Y, U and V with premultiplied alpha, cut to what is seen of it.

    Y = 16 a + 219 (0.2126 R + 0.7152 G + 0.0722 B)      BT.709, limited range, of premultiplied R, G and B
    U, V                                                 the same, for the mean of each two by two pixels

The squares over which U and V are means stand on even coordinates of the frame, so a picture has four sets of planes:
one for each parity of the place where it lies.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vidc.record import record

from .picture import Picture, Pixels

Plane = NDArray[np.uint8]
"""Rows of bytes."""

Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom, half-open."""

_LUMA = np.array([219 * 0.2126, 219 * 0.7152, 219 * 0.0722, 16.0]) / 255
_CHROMA = np.array(
    [
        [-0.2126 / 1.8556, -0.7152 / 1.8556, 0.5, 128 / 224],
        [0.5, -0.7152 / 1.5748, -0.0722 / 1.5748, 128 / 224],
    ]
)
_CHROMA *= np.array(224 / 255)
"""ITU-R BT.709-6, items 3.2 to 3.4; the last column is what alpha adds."""

_STRIP = 128
"""Rows that are computed at once, so that what is computed in between stays small."""

SPARSE = 0.25
"""Where more of the pixels than this are half transparent, whole rectangles are blended rather than single pixels."""


class Sheet:
    """Planes of one size that share an alpha: Y alone, or U and V.

    `alpha` is None where all is opaque. Else, `dense`: everything is blended. Otherwise `keep` is 0 where the sheet is
    opaque and 255 elsewhere, `solid` are the planes there and 0 elsewhere, and the pixels in between are listed by
    `rows`, `columns`, their `values` in each plane, and what they let `through`; `begins` says where each row's start.
    """

    __slots__ = (
        "alpha",
        "begins",
        "columns",
        "dense",
        "height",
        "keep",
        "planes",
        "rows",
        "solid",
        "through",
        "values",
        "width",
    )

    def __init__(self, planes: Sequence[Plane], alpha: Plane | None) -> None:
        self.height, self.width = planes[0].shape
        self.planes = list(planes)
        self.alpha = None if alpha is None or alpha.min(initial=255) == 255 else alpha
        self.dense = False
        if self.alpha is not None:
            opaque = self.alpha == 255
            between = np.flatnonzero((self.alpha != 0) & ~opaque)
            self.dense = len(between) > SPARSE * self.alpha.size
            if not self.dense:
                self._list(self.alpha, opaque, between)

    def _list(self, alpha: Plane, opaque: NDArray[np.bool_], between: NDArray[np.intp]) -> None:
        self.keep: Plane = np.where(opaque, 0, 255).astype(np.uint8)
        self.solid: list[Plane] = [plane & ~self.keep for plane in self.planes]
        self.rows, self.columns = np.divmod(between, self.width)
        self.begins = np.searchsorted(self.rows, np.arange(self.height + 1))
        self.values = [plane.reshape(-1)[between] for plane in self.planes]
        self.through: NDArray[np.uint16] = (255 - alpha.reshape(-1)[between]).astype(np.uint16)


@record
class Planes:
    """A picture's planes at places of one parity. `left`, `top`: where they begin, in pixels from the picture's corner;
    so placed, they begin on even coordinates of the frame. `solid`: the rectangle in which nothing shows through, from
    the picture's corner; empty where there is none."""

    left: int
    top: int
    luma: Sheet
    chroma: Sheet
    solid: Rectangle


def planes_of(picture: Picture, odd_x: bool, odd_y: bool, opacity: float = 1.0) -> Planes | None:
    """The planes of a picture that lies at places of this parity; None where nothing of it is seen."""
    if picture.planes is not None and opacity >= 1.0 and not odd_x and not odd_y:
        luma, blue, red = picture.planes
        return Planes(0, 0, Sheet([luma], None), Sheet([blue, red], None), (0, 0, picture.width, picture.height))
    box = _seen(picture)
    if box is None:
        return None
    # From the even coordinate before the first pixel that is seen to the one after the last.
    left, top = box[0] - ((box[0] + odd_x) & 1), box[1] - ((box[1] + odd_y) & 1)
    right, bottom = box[2] + ((box[2] + odd_x) & 1), box[3] + ((box[3] + odd_y) & 1)
    padded = np.zeros((bottom - top, right - left, 4), np.uint8)
    seen = picture.pixels[box[1] : box[3], box[0] : box[2]]
    padded[box[1] - top : box[3] - top, box[0] - left : box[2] - left] = seen
    if not picture.opaque:
        np.minimum(padded[:, :, :3], padded[:, :, 3:], out=padded[:, :, :3])
    if opacity < 1.0:
        padded = ((padded.astype(np.uint16) * round(opacity * 255) + 127) // 255).astype(np.uint8)
    luma, blue, red, mean = _converted(padded)
    solid = box if picture.opaque and opacity >= 1.0 else (0, 0, 0, 0)
    return Planes(left, top, Sheet([luma], padded[:, :, 3].copy()), Sheet([blue, red], mean), solid)


def _seen(picture: Picture) -> Rectangle | None:
    """The part of a picture that is not wholly transparent."""
    if picture.opaque:
        return 0, 0, picture.width, picture.height
    alpha = picture.pixels[:, :, 3]
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not len(rows):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _converted(pixels: Pixels) -> tuple[Plane, Plane, Plane, Plane]:
    """Y, U, V, and the alpha of U and V, of premultiplied RGBA with even sides."""
    height, width = pixels.shape[:2]
    luma = np.empty((height, width), np.uint8)
    half = np.empty((3, height // 2, width // 2), np.uint8)
    weights = np.vstack([_CHROMA, [0, 0, 0, 1]]).astype(np.float32) / 4
    for top in range(0, height, _STRIP):
        strip = pixels[top : top + _STRIP]
        luma[top : top + _STRIP] = strip.astype(np.float32) @ _LUMA.astype(np.float32) + np.float32(0.5)
        pairs = strip[0::2].astype(np.uint16) + strip[1::2]
        squares = (pairs[:, 0::2] + pairs[:, 1::2]).astype(np.float32)
        for plane, row in zip(half, weights, strict=True):
            plane[top // 2 : top // 2 + len(squares)] = squares @ row + np.float32(0.5)
    return luma, half[0], half[1], half[2]
