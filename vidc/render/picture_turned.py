"""picture_turned: a picture turned about its centre by any angle."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from .picture import Pixels
from .turn import Turn

_STRIP = 64
"""Rows that are turned at once, so that what is computed in between stays small."""

_Strip = tuple[NDArray[np.int32], NDArray[np.uint32], NDArray[np.uint32]]


class Turner:
    """Turns pictures of one size that fill one box; where each pixel comes from is worked out once."""

    def __init__(self, place: Turn) -> None:
        self.place = place
        xx, yx, xy, yy, dx, dy = place.matrix()
        wide, high = place.width, place.height
        across = [xx * x + xy * y + dx for x in (0, wide) for y in (0, high)]
        down = [yx * x + yy * y + dy for x in (0, wide) for y in (0, high)]
        self.x, self.y = floor(min(across)), floor(min(down))
        self.width, self.height = ceil(max(across)) - self.x, ceil(max(down)) - self.y
        self.size = (0, 0)
        self.strips: list[_Strip] = []

    def turned(self, pixels: Pixels) -> Pixels:
        """The picture as it stands in the video, its top left corner at `x`, `y`; soft at its edges."""
        rows, columns = pixels.shape[:2]
        if self.size != (columns, rows):
            self.size = columns, rows
            tops = range(0, self.height, _STRIP)
            self.strips = [self._strip(top, min(top + _STRIP, self.height)) for top in tops]
        padded = np.zeros((rows + 2, columns + 2, 4), np.uint8)
        padded[1:-1, 1:-1] = pixels
        flat = padded.reshape(-1, 4)
        made = np.empty((self.height, self.width, 4), np.uint8)
        for number, (at, part_x, part_y) in enumerate(self.strips):
            over = flat[at] * (256 - part_x) + flat[at + 1] * part_x
            under = flat[at + columns + 2] * (256 - part_x) + flat[at + columns + 3] * part_x
            top = number * _STRIP
            made[top : top + _STRIP] = (over * (256 - part_y) + under * part_y + 32768) >> 16
        return made

    def _strip(self, top: int, bottom: int) -> _Strip:
        """For each pixel of some rows: the first of the four pixels around the place that it comes from, and how far
        that is to the right of it and below, in 256ths."""
        columns, rows = self.size
        xx, yx, xy, yy, dx, dy = self.place.matrix()
        right = (np.arange(self.width) + self.x + 0.5 - dx)[None, :]
        below = (np.arange(top, bottom) + self.y + 0.5 - dy)[:, None]
        # A turn is undone by its transpose; then from px of the box to those of the picture, counted in the padding.
        x = np.clip((xx * right + yx * below) * (columns / self.place.width) + 0.5, 0, columns + 0.999)
        y = np.clip((xy * right + yy * below) * (rows / self.place.height) + 0.5, 0, rows + 0.999)
        left, upper = x.astype(np.int32), y.astype(np.int32)
        part_x = np.round((x - left) * 256).astype(np.uint32)[..., None]
        part_y = np.round((y - upper) * 256).astype(np.uint32)[..., None]
        return upper * (columns + 2) + left, part_x, part_y
