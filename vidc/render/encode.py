"""encode: frames and samples to packets, and packets to a file. The door to FFmpeg's encoders.

The same frames give the same bytes: the number of threads is fixed, and nothing says when or with what they were made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import IO, Any

import numpy as np

from vidc.record import record

from .compose import Frame
from .encode_alpha import straightened
from .encode_units import without_notes
from .media_sound import RATE, Sound
from .picture import Pixels

FPS = 30
"""Frames a second of every film."""

THREADS = 4
"""Of x264: another number gives other bytes, so it does not follow the machine."""

KEY_EVERY = 5 * FPS
"""Frames from one that stands alone to the next, at most: so fine can a player jump."""

_BITEXACT = 1 << 23
_GLOBAL_HEADER = 1 << 22
_BT709, _LIMITED = 1, 1


@record
class Profile:
    """How much work goes into a film. `scale`: of the spec's size; `crf`: less is better."""

    name: str
    scale: float
    preset: str
    crf: int


PROFILES = {
    "draft": Profile("draft", 0.5, "superfast", 27),
    "preview": Profile("preview", 1.0, "superfast", 23),
    "share": Profile("share", 1.0, "veryfast", 20),
}


@record
class Packet:
    """What an encoder gave: its place among the frames (or samples) in the order shown, and whether it stands alone.

    `native`: FFmpeg's own packet where `data` is not all of it: the alpha of VP9 is beside it.
    """

    pts: int
    is_key: bool
    data: bytes
    native: Any = None


@lru_cache(maxsize=1)
def versions() -> str:
    """What decides the bytes that come out, beside the frames."""
    import av

    return f"2 av {av.__version__} {sorted(av.library_versions.items())}"


def _video_context(size: tuple[int, int], profile: Profile, alpha: bool) -> Any:
    import av

    context: Any = av.CodecContext.create("libvpx-vp9" if alpha else "libx264", "w")
    _configure(context, size, profile, alpha)
    return context


def _configure(context: Any, size: tuple[int, int], profile: Profile, alpha: bool) -> None:
    """Settings of an encoder of frames; their sides are even."""
    context.width, context.height = size
    context.pix_fmt = "yuva420p" if alpha else "yuv420p"
    context.time_base, context.framerate = Fraction(1, FPS), Fraction(FPS)
    context.gop_size = KEY_EVERY
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = _LIMITED
    context.flags |= _BITEXACT | _GLOBAL_HEADER
    context.thread_count = THREADS
    if alpha:
        context.bit_rate = 0
        # With reference frames that are never shown, alpha and colours fall out of step.
        speed = {"deadline": "realtime", "cpu-used": "6", "row-mt": "1", "auto-alt-ref": "0", "lag-in-frames": "0"}
        context.options = {"crf": str(profile.crf + 8), **speed}
    else:
        context.options = {"preset": profile.preset, "crf": str(profile.crf)}


def _picture(size: tuple[int, int], alpha: bool) -> Any:
    """A frame as FFmpeg has it, with even sides."""
    import av

    made: Any = av.VideoFrame(*size, "yuva420p" if alpha else "yuv420p")
    made.time_base = Fraction(1, FPS)
    made.colorspace = made.color_primaries = made.color_trc = _BT709
    made.color_range = _LIMITED
    return made


def colors_of(frame: Frame) -> Pixels:
    """A frame's RGB, or its straight RGBA where it has an alpha channel."""
    height, width = frame.luma.shape
    picture = _picture((width, height), frame.alpha is not None)
    planes = [_view(plane) for plane in picture.planes]
    if frame.alpha is None:
        for target, plane in zip(planes, (frame.luma, *frame.chroma), strict=True):
            target[...] = plane
    else:
        straightened(frame, planes)
    made: Pixels = picture.to_ndarray(format="rgb24" if frame.alpha is None else "rgba")
    return made


class VideoEncoder:
    """Encodes frames from first to last. `frame` is the one that is encoded next: it stays, and is drawn on."""

    def __init__(self, size: tuple[int, int], profile: Profile, alpha: bool = False) -> None:
        even = (size[0] + 1) & ~1, (size[1] + 1) & ~1
        self.context = _video_context(even, profile, alpha)
        self.picture = _picture(even, alpha)
        planes = [_view(plane) for plane in self.picture.planes]
        self.straight = planes if alpha else None
        if alpha:
            luma, half = np.zeros_like(planes[0]), np.zeros_like(planes[1])
            self.frame = Frame(luma, (half, half.copy()), luma.copy(), half.copy())
        else:
            self.frame = Frame(planes[0], (planes[1], planes[2]))
            self.frame.luma[:], self.frame.chroma[0][:], self.frame.chroma[1][:] = 16, 128, 128
        self.number = 0

    def encode(self) -> list[Packet]:
        """Take the frame as it is now. x264 and VP9 copy it before this returns."""
        if self.straight is not None:
            straightened(self.frame, self.straight)
        self.picture.pts = self.number
        self.number += 1
        return self._taken(self.context.encode(self.picture))

    def finish(self) -> list[Packet]:
        return self._taken(self.context.encode(None))

    def _taken(self, packets: Iterable[Any]) -> list[Packet]:
        made = []
        for packet in packets:
            data = bytes(packet)
            if self.straight:
                made.append(Packet(packet.pts, packet.is_keyframe, data, packet))
            else:
                made.append(Packet(packet.pts, packet.is_keyframe, without_notes(data)))
        return made


def _view(plane: Any) -> Any:
    """A plane's bytes as rows, without their padding, to be written on."""
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]


def _sound_context(alpha: bool) -> Any:
    import av

    context: Any = av.CodecContext.create("libopus" if alpha else "aac", "w")
    _configure_sound(context, alpha)
    return context


def _configure_sound(context: Any, alpha: bool) -> None:
    context.sample_rate, context.layout = RATE, "stereo"
    context.format = "flt" if alpha else "fltp"
    context.time_base = Fraction(1, RATE)
    context.bit_rate = 128_000
    if not alpha:
        context.options = {"aac_coder": "fast"}  # a quarter of the time, and enough for speech at this rate
    context.flags |= _BITEXACT | _GLOBAL_HEADER


def encoded_sound(pieces: Iterable[Sound], samples: int, alpha: bool = False) -> Iterator[Packet]:
    """AAC (Opus beside VP9) of exactly so many samples: what is over is cut, what lacks is silent."""
    context = _sound_context(alpha)
    context.open()
    size = context.frame_size or 1024
    number = 0
    for block in _blocks(pieces, samples, size):
        for packet in context.encode(_sound_frame(block, number, alpha)):
            yield Packet(packet.pts, True, bytes(packet))
        number += len(block)
    for packet in context.encode(None):
        yield Packet(packet.pts, True, bytes(packet))


def _sound_frame(block: Sound, number: int, alpha: bool) -> Any:
    import av

    samples = block.reshape(1, -1) if alpha else np.ascontiguousarray(block.T)
    frame = av.AudioFrame.from_ndarray(samples, format="flt" if alpha else "fltp", layout="stereo")
    frame.sample_rate, frame.pts, frame.time_base = RATE, number, Fraction(1, RATE)
    return frame


def _blocks(pieces: Iterable[Sound], samples: int, size: int) -> Iterator[Sound]:
    """The pieces as blocks of one size, of which the last may be shorter."""
    rest = np.zeros((0, 2), np.float32)
    left = samples
    for piece in pieces:
        rest = np.concatenate([rest, piece])[:left]
        whole = len(rest) // size * size
        yield from (rest[at : at + size] for at in range(0, whole, size))
        left -= whole
        rest = rest[whole:]
    while left > 0:
        block = np.zeros((min(size, left), 2), np.float32)
        block[: len(rest)] = rest[: len(block)]
        yield block
        left -= len(block)
        rest = rest[len(block) :]


def joined(
    path: str | IO[bytes],
    size: tuple[int, int],
    profile: Profile,
    runs: Iterable[list[Packet]],
    sound: list[Packet],
    alpha: bool = False,
) -> int:
    """Write packets that were encoded before to a file, runs of frames one after another; gives the number of frames.

    MP4 with its index in front, or WebM. Each run begins with a frame that stands alone.
    """
    import av

    even = (size[0] + 1) & ~1, (size[1] + 1) & ~1
    options = {"fflags": "+bitexact"} | ({} if alpha else {"movflags": "+faststart"})
    file: Any
    with av.open(path, "w", format="webm" if alpha else "mp4", options=options) as file:
        picture: Any = file.add_stream("libvpx-vp9" if alpha else "libx264", rate=FPS)
        _configure(picture.codec_context, even, profile, alpha)
        heard: Any = file.add_stream("libopus" if alpha else "aac", rate=RATE)
        _configure_sound(heard.codec_context, alpha)
        file.start_encoding()
        frames = list(_continued(runs))
        # A frame is decoded before it is shown: by as many frames as those that are sent ahead of their turn.
        delay = max((number - packet.pts for number, packet in enumerate(frames)), default=0)
        shown = (_muxed(packet, number - delay, 1, FPS, picture) for number, packet in enumerate(frames))
        spoken = (_muxed(packet, packet.pts, samples, RATE, heard) for packet, samples in _measured(sound, len(frames)))
        for each in _in_step(shown, spoken):
            file.mux(each)
    return len(frames)


def _continued(runs: Iterable[list[Packet]]) -> Iterator[Packet]:
    """The packets of all runs, counted on."""
    begin = 0
    for run in runs:
        for packet in run:
            yield Packet(packet.pts + begin, packet.is_key, packet.data, packet.native)
        begin += len(run)


def _measured(sound: list[Packet], frames: int) -> Iterator[tuple[Packet, int]]:
    """Each packet and the samples that it lasts: to the next one, or to the film's end."""
    ends = [*(packet.pts for packet in sound[1:]), frames * RATE // FPS]
    return ((packet, max(end - packet.pts, 1)) for packet, end in zip(sound, ends, strict=False))


def _muxed(packet: Packet, dts: int, duration: int, rate: int, stream: Any) -> Any:
    import av

    made: Any = packet.native or av.Packet(packet.data)
    made.pts, made.dts, made.time_base, made.stream = packet.pts, dts, Fraction(1, rate), stream
    made.is_keyframe = packet.is_key
    made.duration = duration
    return made


def _in_step(shown: Iterator[Any], spoken: Iterator[Any]) -> Iterator[Any]:
    """Pictures and sound in the order of their times, so that a player finds both in one place."""
    sound = next(spoken, None)
    for packet in shown:
        while sound is not None and sound.dts * FPS <= packet.dts * RATE:
            yield sound
            sound = next(spoken, None)
        yield packet
    if sound is not None:
        yield sound
        yield from spoken
