"""still: one frame of a film as a PNG."""

from __future__ import annotations

import struct
import zlib

import numpy as np

from .compose import Frame, blank
from .encode import FPS, colors_of
from .film_draw import drawer, pieces_of
from .picture import Pixels
from .staging_film import Production


class PastEnd(Exception):  # noqa: N818  # named as the sentence reads
    """A film ends before a time; the text says when."""


def still(production: Production, ms: int, only: int | None = None) -> Pixels:
    """What the film shows at a time, in ms from its begin, or from that of the scene `only`: RGB, or straight RGBA.

    Raises PastEnd and CannotDecode.
    """
    left = ms * FPS // 1000
    for piece in pieces_of(production, only):
        if left < piece.frames:
            frame = blank(*production.size, alpha=production.alpha)
            drawer(production, piece, frame)(left)
            return as_pixels(frame, production.size)
        left -= piece.frames
    length = production.timeline.total if only is None else production.timeline.scenes[only].duration
    raise PastEnd(f"it is {length.expected / 1000:g} s long, and {ms / 1000:g} s is past its end")


def as_pixels(frame: Frame, size: tuple[int, int]) -> Pixels:
    """A frame as RGB, or as straight RGBA where it has an alpha channel."""
    return np.ascontiguousarray(colors_of(frame)[: size[1], : size[0]])


def png(pixels: Pixels) -> bytes:
    """RGB or RGBA rows as a PNG file: the same bytes for the same pixels."""
    height, width, channels = pixels.shape
    rows = np.zeros((height, 1 + width * channels), np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)
    # Each pixel as its difference from the one at its left, which packs well (PNG, 9.2, filter type 1).
    rows[:, 0] = 1
    rows[:, 1 + channels :] -= pixels.reshape(height, -1)[:, :-channels]
    head = struct.pack(">IIBBBBB", width, height, 8, 6 if channels == 4 else 2, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 1)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
