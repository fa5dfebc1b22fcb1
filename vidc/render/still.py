"""still: one frame of a film as a PNG."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compose import Frame, blank
from .encode import FPS
from .film_draw import drawer, pieces_of
from .picture import Pixels
from .staging_film import CannotFilm, Production


def still(production: Production, ms: int, only: int | None = None) -> Pixels:
    """What the film shows at a time, in ms from its begin, or from that of the scene `only`: RGB, or straight RGBA.

    Raises CannotFilm where the film ends before, and CannotDecode.
    """
    left = ms * FPS // 1000
    for piece in pieces_of(production, only):
        if left < piece.frames:
            frame = blank(*production.size, alpha=production.alpha)
            drawer(production, piece, frame)(left)
            return as_pixels(frame, production.size)
        left -= piece.frames
    length = production.timeline.total if only is None else production.timeline.scenes[only].duration
    raise CannotFilm(f"it is {length.expected / 1000:g} s long, and {ms / 1000:g} s is past its end")


def as_pixels(frame: Frame, size: tuple[int, int]) -> Pixels:
    """A frame as RGB, or as RGBA where it has an alpha channel."""
    width, height = size
    luma = (frame.luma.astype(np.float32) - 16) * np.float32(255 / 219)
    if frame.alpha is not None:
        luma = (frame.luma.astype(np.float32) - frame.alpha * np.float32(16 / 255)) * np.float32(255 / 219)
    blue, red = (_spread(frame, plane) for plane in frame.chroma)
    # ITU-R BT.709, solved for R, G and B.
    parts = luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue
    colors = np.stack([_bytes(part) for part in parts], axis=2)[:height, :width]
    if frame.alpha is None:
        return colors
    alpha = frame.alpha[:height, :width, None]
    straight = (colors.astype(np.uint32) * 255 + alpha // 2) // np.maximum(alpha, 1)
    return np.concatenate([np.minimum(straight, 255).astype(np.uint8), alpha], axis=2)


def _spread(frame: Frame, plane: NDArray[np.uint8]) -> Any:
    """U or V about 0, one for each pixel."""
    middle: Any = 128 if frame.chroma_alpha is None else frame.chroma_alpha * np.float32(128 / 255)
    return np.repeat(np.repeat((plane - middle).astype(np.float32) * np.float32(255 / 224), 2, axis=0), 2, axis=1)


def _bytes(part: Any) -> NDArray[np.uint8]:
    made: NDArray[np.uint8] = np.clip(part + 0.5, 0, 255).astype(np.uint8)
    return made


def png(pixels: Pixels) -> bytes:
    """RGB or RGBA rows as a PNG file: the same bytes for the same pixels."""
    height, width, channels = pixels.shape
    rows = np.zeros((height, 1 + width * channels), np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)
    # Each pixel as its difference from the one at its left, which packs well (PNG, 9.2, filter type 1).
    rows[:, 0] = 1
    rows[:, 1 + channels :] -= pixels.reshape(height, -1)[:, :-channels]
    head = struct.pack(">IIBBBBB", width, height, 8, 6 if channels == 4 else 2, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 3)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
