"""media_pictures: still pictures, and the frames of films at exact times."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from .media import Media, frames_of, opened, origin, picture_stream, reasons
from .media_limits import CannotDecode
from .picture import Picture, Pixels, premultiplied

SLACK = Fraction(1, 1000)
"""A frame counts as begun a millisecond early: WebM rounds its times to milliseconds, and whoever asks may cut off."""

LEAP = 3
"""Seconds that are decoded rather than jumped over."""

_AREA, _BICUBIC = 0x20, 0x4


class Photo:
    """A still picture: the first frame of its file. `width`, `height`: upright, in square pixels."""

    __slots__ = ("height", "key", "media", "width")

    def __init__(self, media: Media) -> None:
        if not media.has_picture:
            raise CannotDecode(media.path, "it holds sound only")
        self.media = media
        self.key, self.width, self.height = media.key, media.width, media.height

    def picture(self, width: int, height: int) -> Picture:
        """Scaled to exactly this size in pixels. Raises CannotDecode."""
        return _photo(self.media, width, height)


@lru_cache(maxsize=32)
def _photo(media: Media, width: int, height: int) -> Picture:
    return Picture(scaled(_first(media, width, height), width, height), f"{media.key} {width}x{height}")


def _first(media: Media, width: int, height: int) -> Pixels:
    """The picture in its own size, a drawing in the one wanted."""
    from .media import is_svg

    if is_svg(media.path):
        from .media_svg import rendered

        return decoded(rendered(media.path, width, height), media.path)
    with opened(media.path) as container:
        frame = next(frames_of(container, picture_stream(container)), None)
        if frame is None:
            raise CannotDecode(media.path, "no picture in it can be decoded")
        return _square(_turned(_pixels(frame), media.rotation), media)


def decoded(content: bytes, name: str) -> Pixels:
    """The pixels of a PNG in memory. Raises CannotDecode."""
    import io

    import av

    with reasons(name), av.open(io.BytesIO(content), "r", format="png_pipe") as container:
        return _pixels(next(container.decode(video=0)))


def scaled(pixels: Pixels, width: int, height: int) -> Pixels:
    """Premultiplied pixels in another size."""
    if pixels.shape[:2] == (height, width):
        return pixels
    from av import VideoFrame

    shrinks = width * 2 <= pixels.shape[1] or height * 2 <= pixels.shape[0]
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgba")
    made = _array(frame.reformat(width, height, "rgba", interpolation=_AREA if shrinks else _BICUBIC))
    # Sharpening at edges would let a colour pass its alpha.
    np.minimum(made[:, :, :3], made[:, :, 3:], out=made[:, :, :3])
    return made


class Footage:
    """A moving picture. `width`, `height`: upright, in square pixels."""

    __slots__ = ("height", "key", "media", "width")

    def __init__(self, media: Media) -> None:
        if not media.has_picture:
            raise CannotDecode(media.path, "it holds sound only")
        self.media = media
        self.key, self.width, self.height = media.key, media.width, media.height

    def frames(self, width: int, height: int) -> Callable[[int], Picture | None]:
        """A reader of the frame shown at a time, in ms of the medium, scaled to exactly this size; None past its end.

        Quick where times grow. The same frame is the same picture. Raises CannotDecode.
        """
        return Playhead(self.media, width, height).at


class Playhead:
    """Reads a film from front to back, and jumps where it is asked to."""

    def __init__(self, media: Media, width: int, height: int) -> None:
        self.media = media
        self.size = (width, height)
        self.frames: Iterator[tuple[Fraction, Any]] = iter(())
        self.now: tuple[Fraction, Any] | None = None
        self.following: tuple[Fraction, Any] | None = None
        self.shown: tuple[Fraction, Picture] | None = None

    def at(self, ms: int) -> Picture | None:
        end = self.media.picture_ms or 1
        if ms >= end and not self.media.is_still:
            return None
        time = max(Fraction(ms, 1000), Fraction(0)) + SLACK
        if self.now is None or time < self.now[0] or (self.following and time > self.following[0] + LEAP):
            self.jump(time)
        while self.following and self.following[0] <= time:
            self.now, self.following = self.following, next(self.frames, None)
        if self.now is None:
            raise CannotDecode(self.media.path, "no picture in it can be decoded")
        if self.shown is None or self.shown[0] != self.now[0]:
            self.shown = (self.now[0], self.picture(*self.now))
        return self.shown[1]

    def jump(self, time: Fraction) -> None:
        self.frames = _timed(self.media, time)
        self.now, self.following = next(self.frames, None), next(self.frames, None)
        if self.now and time < self.now[0] and time > LEAP:
            self.frames = _timed(self.media, Fraction(0))  # its index led past the frame
            self.now, self.following = next(self.frames, None), next(self.frames, None)

    def picture(self, time: Fraction, frame: Any) -> Picture:
        width, height = self.size
        key = f"{self.media.key} {width}x{height} {time}"
        with reasons(self.media.path):
            if self.media.has_alpha or self.media.rotation or width % 2 or height % 2:
                pixels = _turned(_pixels(frame), self.media.rotation)
                return Picture(scaled(_square(pixels, self.media), width, height), key)
            made = _planar(frame, width, height)
        return Picture.of_planes(_planes(made), key, lambda: made.to_ndarray(format="rgba"))


def _timed(media: Media, time: Fraction) -> Iterator[tuple[Fraction, Any]]:
    """The frames from the last key frame before a time on, each with its own time in seconds from the file's begin."""
    with opened(media.path) as container:
        stream, begins = picture_stream(container), origin(container)
        if time > LEAP:
            container.seek(int((time + begins) / stream.time_base), stream=stream)
        shown = Fraction(-1)
        step = 1 / (media.rate or Fraction(25))
        for frame in frames_of(container, stream):
            own = shown + step if frame.pts is None else frame.pts * stream.time_base - begins
            if own > shown or shown < 0:
                shown = own
                yield own, frame


def _pixels(frame: Any) -> Pixels:
    """Premultiplied RGBA of a frame in its own size."""
    made = frame.reformat(format="rgba", src_colorspace=_colours(frame), dst_color_range="JPEG")
    return premultiplied(_array(made))


def _array(frame: Any) -> Pixels:
    made: Pixels = frame.to_ndarray()
    return made


def _planar(frame: Any, width: int, height: int) -> Any:
    """A frame as film has it: yuv420p, BT.709, limited range."""
    shrinks = width * 2 <= frame.width
    return frame.reformat(
        width,
        height,
        "yuv420p",
        src_colorspace=_colours(frame),
        dst_colorspace="ITU709",
        dst_color_range="MPEG",
        interpolation=_AREA if shrinks else _BICUBIC,
    )


def _colours(frame: Any) -> str:
    """The matrix of a frame's colours; where it does not say, as players guess: the old one below 720 lines."""
    named = {1: "ITU709", 5: "ITU601", 6: "ITU601", 7: "SMPTE240M", 9: "BT2020"}
    return named.get(int(frame.colorspace), "ITU709" if frame.height >= 720 else "ITU601")


def _planes(frame: Any) -> tuple[Any, Any, Any]:
    """Views of a frame's three planes, without the padding of its rows."""
    made = []
    for plane in frame.planes:
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        made.append(rows[: plane.height, : plane.width])
    return made[0], made[1], made[2]


def _turned(pixels: Pixels, rotation: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(pixels, rotation // 90)) if rotation else pixels


def _square(pixels: Pixels, media: Media) -> Pixels:
    """The same with square pixels."""
    return scaled(pixels, media.width, media.height)
