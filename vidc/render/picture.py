"""Picture: pixels that never change, shared by every frame that shows them."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
"""Rows of RGBA with premultiplied alpha: (height, width, 4)."""

Planes: TypeAlias = tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]
"""Y (height, width), U and V (each half as high and wide): BT.709, limited range."""


class Picture:
    """A picture of `width` x `height` pixels.

    The same object is the same picture, always: what is made from it may be kept by its identity, or by its `key`, a
    hash of its content or of all that it is made from. `opaque`: no pixel lets anything through. `planes` is there
    for an opaque picture of even size that came from a video; its `pixels` are then made when they are first asked
    for.
    """

    __slots__ = ("_draw", "_pixels", "height", "key", "opaque", "planes", "width")

    def __init__(self, pixels: Pixels, key: str = "") -> None:
        pixels = np.ascontiguousarray(pixels, dtype=np.uint8)
        pixels.flags.writeable = False
        self.height: int
        self.width: int
        self.height, self.width = pixels.shape[:2]
        self.key = key or _hashed(pixels)
        self.opaque = bool(pixels[:, :, 3].min(initial=255) == 255)
        self.planes: Planes | None = None
        self._pixels: Pixels | None = pixels
        self._draw: Callable[[], Pixels] | None = None

    @classmethod
    def of_planes(cls, planes: Planes, key: str, draw: Callable[[], Pixels]) -> Picture:
        """An opaque picture of a video. `draw` makes its RGBA where something needs it."""
        picture = cls.__new__(cls)
        for plane in planes:
            plane.flags.writeable = False
        picture.height, picture.width = planes[0].shape
        picture.key, picture.opaque, picture.planes = key, True, planes
        picture._pixels, picture._draw = None, draw
        return picture

    @property
    def pixels(self) -> Pixels:
        """Read-only premultiplied RGBA."""
        if self._pixels is None:
            assert self._draw is not None
            pixels = np.ascontiguousarray(self._draw(), dtype=np.uint8)
            pixels.flags.writeable = False
            self._pixels, self._draw = pixels, None
        return self._pixels

    def __repr__(self) -> str:
        return f"Picture({self.width} x {self.height}, {self.key})"


def _hashed(pixels: Pixels) -> str:
    shape = repr(pixels.shape).encode()
    return blake2b(pixels.data, digest_size=12, key=shape).hexdigest()


def premultiplied(straight: Pixels) -> Pixels:
    """Straight RGBA as premultiplied, each product rounded to the nearest."""
    made = np.array(straight, dtype=np.uint8, order="C").reshape(-1, 4)
    alpha = made[:, 3].copy()
    seen = alpha != 0
    made.view(np.uint32)[:, 0] *= seen
    between = np.flatnonzero(seen & (alpha != 255))  # mostly the edges of a drawing: few
    some = made[between].astype(np.uint16)
    product = some[:, :3] * some[:, 3:] + 128
    made[between, :3] = (product + (product >> 8)) >> 8
    return made.reshape(straight.shape)


def trimmed(pixels: Pixels) -> tuple[Pixels, int, int]:
    """The part that is not wholly transparent, and how far it lies from the left and the top.

    The part is at least one pixel: an empty picture has one transparent one.
    """
    alpha = pixels[:, :, 3]
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not len(rows):
        return pixels[:1, :1], 0, 0
    top, left = int(rows[0]), int(columns[0])
    return pixels[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1], left, top


def over(below: Pixels, above: Pixels, x: int, y: int, opacity: float = 1.0) -> None:
    """Lay premultiplied `above` onto `below` at (x, y), in place; what lies outside is left out."""
    left, top = max(x, 0), max(y, 0)
    right = min(x + above.shape[1], below.shape[1])
    bottom = min(y + above.shape[0], below.shape[0])
    if right <= left or bottom <= top:
        return
    part = above[top - y : bottom - y, left - x : right - x].astype(np.uint32)
    if opacity < 1.0:
        part = (part * round(opacity * 255) + 127) // 255
    under = below[top:bottom, left:right]
    through = 255 - part[:, :, 3:]
    under[...] = np.minimum(part + (under * through + 127) // 255, 255)
