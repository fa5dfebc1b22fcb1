"""thumbnail: the picture that stands for a film in a list."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from itertools import islice
from typing import Any

WIDTH = 640
AT_FRAME = 45
"""Some way into the film, where titles have appeared."""

_FULL_RANGE = 2


def thumbnail(film: str) -> bytes:
    """A JPEG of one of the film's first frames."""
    import av

    with av.open(film) as opened:
        frame: Any = deque(islice(opened.decode(video=0), AT_FRAME), maxlen=1).pop()
        width = min(WIDTH, frame.width) // 2 * 2
        height = max(2, round(frame.height * width / frame.width / 2) * 2)
        return jpeg(frame.reformat(width, height, "yuvj420p", dst_color_range=_FULL_RANGE))


def jpeg(frame: Any) -> bytes:
    """A frame in `yuvj420p` as a JPEG."""
    import av

    codec: Any = av.CodecContext.create("mjpeg", "w")
    codec.width, codec.height, codec.pix_fmt, codec.time_base = frame.width, frame.height, "yuvj420p", Fraction(1, 1000)
    codec.color_range = _FULL_RANGE
    frame.pts = 0
    return b"".join(bytes(packet) for packet in [*codec.encode(frame), *codec.encode(None)])
