"""standin: the film that stands for one where nothing is rendered: one grey picture, as long as the video would be.

It says in its own title what it is, so that nobody takes it for a rendering.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from .thumbnail import jpeg

TITLE = "vidc stand-in: not rendered, one picture for the expected length"
WIDTH = 160
MILLISECOND = Fraction(1, 1000)


def stand_in(film: Path, thumbnail: Path, ms: int, width: int, height: int) -> None:
    """Write an MP4 (H.264, one frame that lasts `ms`) in the video's proportions, and its thumbnail (JPEG)."""
    import av

    size = WIDTH, max(16, min(640, round(WIDTH * height / width / 2) * 2))
    with av.open(BytesIO(_encoded(*size)), "r") as source, av.open(str(film), "w", format="mp4") as target:
        target.metadata["title"] = TITLE
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = stream
                packet.duration = round(max(ms, 1) * MILLISECOND / packet.time_base)
                target.mux(packet)
    thumbnail.write_bytes(_picture(*size))


@lru_cache(maxsize=16)
def _encoded(width: int, height: int) -> bytes:
    """A film of one frame: encoding takes longer than all else, so it is done once for each size."""
    import av

    file = BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream: Any = container.add_stream("libx264", rate=1000, options={"preset": "ultrafast", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for packet in [*stream.encode(_grey(width, height, "yuv420p")), *stream.encode(None)]:
            container.mux(packet)
    return file.getvalue()


@lru_cache(maxsize=16)
def _picture(width: int, height: int) -> bytes:
    return jpeg(_grey(width, height, "yuvj420p"))


def _grey(width: int, height: int, format: str) -> Any:
    import av

    frame = av.VideoFrame(width, height, format)
    for plane in frame.planes:
        plane.update(bytes([128]) * plane.buffer_size)
    frame.pts = 0
    return frame
