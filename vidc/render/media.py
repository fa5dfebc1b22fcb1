"""media: files of pictures, films and sounds: what they are, and opening them. With its siblings the door to FFmpeg.

A medium may come from a stranger: FFmpeg gets the file alone, no network and no playlist, and only the formats and
codecs that are listed here; sizes are checked before anything is decoded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from vidc.clock import MAX_MS

from .media_limits import MAX_PIXELS, CannotDecode, check_size

DECODERS = (
    "aac,aac_latm,ac3,alac,apng,av1,bmp,eac3,ffv1,flac,gif,h264,hevc,libdav1d,libopus,libvorbis,libvpx,libvpx-vp9,mjpeg,"
    "mp2,mp3,mp3float,mpeg1video,mpeg2video,mpeg4,opus,pcm_alaw,pcm_f32le,pcm_mulaw,pcm_s16be,pcm_s16le,pcm_s24le,"
    "pcm_s32le,pcm_u8,png,prores,qtrle,rawvideo,theora,tiff,vorbis,vp8,vp9,webp"
)
FORMATS = (
    "aac,aiff,apng,avi,avif,bmp_pipe,flac,gif,image2,jpeg_pipe,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpegts,ogg,"
    "png_pipe,tiff_pipe,wav,webp_pipe"
)

_STILLS = ("image2", "_pipe")
_ROTATED = (90, 270)


@dataclass(frozen=True, slots=True)
class Media:
    """What a file holds. `key`: a hash of its content. `ms`: how long it is, 0 for a still picture; `picture_ms`: how
    long it has something to show. `width`, `height`: upright, in square pixels, 0 without a picture; `rotation`: by
    how many degrees its frames must be turned, anticlockwise, to be upright. `rate`: frames a second."""

    path: str
    key: str
    ms: int
    width: int = 0
    height: int = 0
    rotation: int = 0
    rate: Fraction = Fraction(0)
    picture_ms: int = 0
    has_alpha: bool = False
    has_audio: bool = False

    @property
    def has_picture(self) -> bool:
        return self.width > 0

    @property
    def is_still(self) -> bool:
        return self.has_picture and self.ms == 0


def probe(path: str) -> Media:
    """What a file holds. Raises CannotDecode."""
    try:
        stat = os.stat(path)
    except OSError as error:
        raise CannotDecode(path, (error.strerror or "it cannot be opened").lower()) from error
    return _probed(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=1024)
def _probed(path: str, _size: int, _changed: int) -> Media:
    key = content_key(path)
    if is_svg(path):
        from .media_svg import natural_size

        width, height = natural_size(path)
        return Media(path, key, 0, width, height, has_alpha=True)
    with opened(path) as container:
        return _read(path, key, container)


def _read(path: str, key: str, container: Any) -> Media:
    picture, sound = picture_stream(container), sound_stream(container)
    if picture is None and sound is None:
        raise CannotDecode(path, "it holds neither pictures nor sound")
    still = picture is not None and container.format.name.endswith(_STILLS)
    begins = origin(container)
    ends = {} if still else _ends(path, container, [one for one in (picture, sound) if one is not None])
    length = max(ends.values(), default=begins) - begins
    told = Fraction(container.duration or 0, 1_000_000)
    ms = round((told if abs(told - length) < Fraction(1, 20) else length) * 1000)
    if not still and not 0 < ms <= MAX_MS:
        raise CannotDecode(path, "it is empty" if ms <= 0 else "it is longer than a day")
    if picture is None:
        return Media(path, key, ms, has_audio=True)
    width, height, rotation = _upright(path, container, picture)
    return Media(
        path,
        key,
        ms,
        width,
        height,
        rotation,
        Fraction(picture.average_rate or 0),
        min(ms, round((ends.get(picture.index, begins) - begins) * 1000)),
        has_alpha(picture),
        sound is not None,
    )


def _upright(path: str, container: Any, stream: Any) -> tuple[int, int, int]:
    """Width and height of the first frame as it is to be seen, and its rotation."""
    check_size(path, stream.codec_context.width, stream.codec_context.height)
    if container.format.name.endswith(_STILLS):
        frame = next(frames_of(container, stream), None)
    else:
        container.seek(0)
        frame = next(frames_of(container, stream), None)
    if frame is None:
        raise CannotDecode(path, "no picture in it can be decoded")
    shape = stream.sample_aspect_ratio or Fraction(1)
    width = max(1, round(frame.width * shape)) if Fraction(1, 8) < shape < 8 else frame.width
    check_size(path, width, frame.height)
    turned = frame.rotation % 360
    rotation = round(turned / 90) * 90 % 360
    return (frame.height, width, rotation) if rotation in _ROTATED else (width, frame.height, rotation)


def _ends(path: str, container: Any, streams: list[Any]) -> dict[int, Fraction]:
    """When each stream ends, in seconds, by its packets: what a header says of a broken file is no use."""
    ends: dict[int, Fraction] = {}
    with reasons(path):
        for packet in container.demux(streams):
            if packet.pts is not None:
                step = packet.duration or _step(packet.stream)
                end = (packet.pts + step) * packet.time_base
                ends[packet.stream_index] = max(ends.get(packet.stream_index, end), end)
    return ends


def _step(stream: Any) -> Fraction:
    """How long a packet lasts that does not say so, in the stream's units."""
    rate = getattr(stream, "average_rate", None)
    return Fraction(1) / Fraction(rate) / stream.time_base if rate else Fraction(0)


def origin(container: Any) -> Fraction:
    """The time with which a file begins, in seconds."""
    return Fraction(container.start_time or 0, 1_000_000)


def picture_stream(container: Any) -> Any:
    """The stream that is shown, None where there is none; the cover of a song is not shown."""
    from av.stream import Disposition

    streams = [one for one in container.streams.video if one.codec_context is not None]
    return next((one for one in streams if not one.disposition & Disposition.attached_pic), None)


def sound_stream(container: Any) -> Any:
    return next((one for one in container.streams.audio if one.codec_context is not None), None)


def has_alpha(stream: Any) -> bool:
    """Whether frames may be transparent; WebM says so beside the stream, all others by their pixels' format."""
    if stream.metadata.get("alpha_mode") == "1":
        return True
    pixels = stream.codec_context.format
    return pixels is not None and (pixels.name == "pal8" or any(part.is_alpha for part in pixels.components))


def frames_of(container: Any, stream: Any) -> Iterator[Any]:
    """The frames from where the container stands. The transparency of WebM is read by libvpx only."""
    import av

    own = {"vp8": "libvpx", "vp9": "libvpx-vp9"}.get(stream.codec_context.name)
    if own is None or stream.metadata.get("alpha_mode") != "1":
        stream.thread_type = "AUTO"
        yield from container.decode(stream)
        return
    decoder = av.CodecContext.create(own, "r")
    for packet in container.demux(stream):
        if packet.size or packet.dts is None:
            yield from decoder.decode(packet if packet.size else None)  # type: ignore[attr-defined]  # it is a video's


@contextmanager
def opened(path: str) -> Iterator[Any]:
    """An FFmpeg container of a file. Raises CannotDecode, also for what goes wrong while it is read."""
    import av

    allowed = {"format_whitelist": FORMATS, "codec_whitelist": DECODERS, "protocol_whitelist": "file"}
    options = {**allowed, "max_pixels": str(MAX_PIXELS), "pattern_type": "none"}
    with reasons(path):
        # The prefix keeps FFmpeg from reading `%03d` in a name as numbers, and a name as an address.
        container = av.open(f"file:{path}", options=options, metadata_errors="ignore")
        with container:
            yield container


@contextmanager
def reasons(path: str) -> Iterator[None]:
    """Turn FFmpeg's errors into CannotDecode."""
    import av

    try:
        yield
    except (av.FFmpegError, OSError, ValueError, OverflowError, ZeroDivisionError, MemoryError) as error:
        raise CannotDecode(path, _reason(error)) from error


def _reason(error: Exception) -> str:
    told = (getattr(error, "strerror", None) or (str(error) if type(error) is ValueError else "")).lower()
    if "invalid" in told:
        return "it is damaged, or of a kind that cannot be shown here"
    return told.rstrip(".") or "it cannot be read"


def content_key(path: str) -> str:
    """A hash of a file's content."""
    made = blake2b(digest_size=16)
    try:
        with open(path, "rb") as file:
            while piece := file.read(1 << 20):
                made.update(piece)
    except OSError as error:
        raise CannotDecode(path, (error.strerror or "it cannot be opened").lower()) from error
    return made.hexdigest()


def is_svg(path: str) -> bool:
    """Whether a file is a drawing: by its first bytes, since an address need not end in `.svg`."""
    with open(path, "rb") as file:
        head = file.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<svg") or (head.startswith((b"<?xml", b"<!--", b"<!DOCTYPE svg")) and b"<svg" in head)
