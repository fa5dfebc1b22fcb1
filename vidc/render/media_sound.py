"""media_sound: the sound of files, and of voices, as the film has it: 48 kHz, two channels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .media import Media, opened, sound_stream
from .media_limits import CannotDecode

RATE = 48_000
"""Samples a second of a film's sound: exactly 48 each millisecond."""

MAX_CHANNELS = 8
MAX_DAMAGED = 100
"""So many packets that cannot be decoded are passed over."""

Sound: TypeAlias = npt.NDArray[np.float32]
"""Samples of (left, right), full scale being 1: (number, 2)."""


def silence(ms: int) -> Sound:
    return np.zeros((ms * RATE // 1000, 2), np.float32)


class Listener:
    """Reads a file's sound from a time of it on, in ms, piece after piece, silent behind its end.

    It is read from its start, since nothing else finds the same sample in every format; that takes some two
    milliseconds for each second that is skipped. Each method raises CannotDecode.
    """

    def __init__(self, media: Media, begins_ms: int = 0) -> None:
        self.pieces = _pieces(media) if media.has_audio else iter(())
        self.left = silence(0)
        self.skip = begins_ms * RATE // 1000

    def take(self, samples: int) -> Sound:
        """The next so many samples."""
        while self.skip and self._more():
            passed = min(self.skip, len(self.left))
            self.skip, self.left = self.skip - passed, self.left[passed:]
        made = np.zeros((samples, 2), np.float32)
        place = 0
        while place < samples and self._more():
            kept = self.left[: samples - place]
            made[place : place + len(kept)] = kept
            place, self.left = place + len(kept), self.left[len(kept) :]
        return made

    def _more(self) -> bool:
        """Whether anything is left to be taken."""
        while not len(self.left):
            piece = next(self.pieces, None)
            if piece is None:
                return False
            self.left = piece
        return True


def heard(media: Media, begins_ms: int, length_ms: int) -> Sound:
    """What is heard of a file from a time of it on, exactly so long, silent behind its end. Raises CannotDecode."""
    return Listener(media, begins_ms).take(length_ms * RATE // 1000)


def _pieces(media: Media) -> Iterator[Sound]:
    """A file's sound from its begin, piece after piece, with silence where it has none."""
    with opened(media.path) as container:
        stream = sound_stream(container)
        begins = (container.start_time or 0) / 1_000_000
        early: int | None = None
        for made in _at_rate(_decoded(container, stream), _channels(stream), RATE):
            piece = _stereo(made)
            if early is None:
                place = round(((made.time or 0.0) - begins) * RATE)
                yield from _gap(place)
                early = max(0, -place)
            yield piece[early:]
            early = max(0, early - len(piece))


def _channels(stream: Any) -> str:
    """One channel is doubled here: FFmpeg would make it quieter."""
    return "mono" if stream.codec_context.channels == 1 else "stereo"


def _at_rate(frames: Iterable[Any], channels: str, rate: int) -> Iterator[Any]:
    """Frames of floats at a rate. A stream that changes on its way gets a fresh resampler: each takes one kind only."""
    from av import AudioResampler

    resampler: Any = None
    kind: tuple[str, str, int] | None = None
    for frame in frames:
        own = (frame.format.name, frame.layout.name, frame.sample_rate)
        if own != kind:
            if resampler is not None:
                yield from resampler.resample(None)
            resampler, kind = AudioResampler("fltp", channels, rate), own
        yield from resampler.resample(frame)
    if resampler is not None:
        yield from resampler.resample(None)


def _decoded(container: Any, stream: Any) -> Iterator[Any]:
    """The frames of a stream; a damaged one in the midst is passed over, as players do."""
    import av

    damaged = 0
    for packet in container.demux(stream):
        try:
            for frame in packet.decode():
                if not 0 < frame.layout.nb_channels <= MAX_CHANNELS:
                    raise ValueError(f"{frame.layout.nb_channels} channels are more than the {MAX_CHANNELS} allowed")
                yield frame
        except av.error.InvalidDataError:
            damaged += 1
            if damaged > MAX_DAMAGED:
                raise


def _gap(samples: int) -> Iterator[Sound]:
    while samples > 0:
        yield np.zeros((min(samples, RATE), 2), np.float32)
        samples -= RATE


def _stereo(frame: Any) -> Sound:
    made: Sound = frame.to_ndarray().T.astype(np.float32)
    return np.nan_to_num(np.repeat(made, 2, axis=1) if made.shape[1] == 1 else made, posinf=0.0, neginf=0.0)


def resampled(samples: npt.NDArray[np.int16], rate: int) -> npt.NDArray[np.float32]:
    """One channel at `rate` as one at RATE, full scale being 1, of the length that its whole milliseconds have."""
    made = np.zeros(len(samples) * 1000 // rate * RATE // 1000, np.float32)
    whole = at_rate(samples, rate, RATE)[: len(made)]
    made[: len(whole)] = whole
    return made


def at_rate(samples: npt.NDArray[np.int16], rate: int, wanted: int) -> npt.NDArray[np.float32]:
    """One channel at another rate, full scale being 1."""
    from av import AudioFrame

    if not len(samples):
        return np.zeros(0, np.float32)
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples)[np.newaxis], format="s16", layout="mono")
    frame.sample_rate = rate
    return np.concatenate([made.to_ndarray()[0] for made in _at_rate([frame], "mono", wanted)]).astype(np.float32)


@lru_cache(maxsize=8)
def mono(media: Media, rate: int, longest_ms: int) -> npt.NDArray[np.float32]:
    """A file's sound from its start, one channel at `rate`, for looking at. Raises CannotDecode."""
    if not media.has_audio:
        raise CannotDecode(media.path, "it has no sound")
    pieces: list[npt.NDArray[np.float32]] = []
    left = longest_ms * rate // 1000
    with opened(media.path) as container:
        stream = sound_stream(container)
        for frame in _at_rate(_decoded(container, stream), _channels(stream), rate):
            pieces.append(_stereo(frame)[:left].mean(axis=1))
            left -= len(pieces[-1])
            if left <= 0:
                break
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
