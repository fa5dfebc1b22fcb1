"""mix: levels, fades, ducking and limiting of samples whose full scale is 1."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from .media_sound import RATE, Sound

Samples = npt.NDArray[np.float32]

SPEECH_DB = -20.0
"""The level of speech, as the mean of what is not silent: some -19 LUFS, a little below what video sites play at."""

MOST_GAIN = 8.0
BLOCK = 480
"""Samples that are judged together, silence or not."""

FADE_MS = 6
"""At both ends of a window, so that a cut does not click."""

ATTACK_MS, RELEASE_MS = 180, 450
"""Music steps back before the first word, and returns after the last."""

KNEE = 0.8
"""What is louder is bent, so that nothing passes full scale."""


class Ducking:
    """How far other sounds step back, from the times in ms at which somebody speaks in the film."""

    def __init__(self, talks: Iterable[tuple[int, int]]) -> None:
        times: list[int] = []
        depths: list[float] = []
        for first, last in _merged(talks):
            times += [first - ATTACK_MS, first, last, last + RELEASE_MS]
            depths += [0.0, 1.0, 1.0, 0.0]
        self.times, self.depths = times, depths

    def gain(self, first: int, samples: int, ducked_db: float) -> Samples:
        """Factors, (samples, 1), from a sample of the film on: 1, or `ducked_db` in decibels where somebody speaks."""
        at = np.arange(first, first + samples) * (1000 / RATE)
        depth = np.interp(at, self.times, self.depths) if self.times else np.zeros(len(at))
        gain: Samples = (10 ** (depth * (ducked_db / 20))).astype(np.float32)
        return gain[:, np.newaxis]


def _merged(talks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without pauses too short for music to return in."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(talks):
        if found and first - found[-1][1] <= ATTACK_MS + RELEASE_MS:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def level(sound: Samples) -> np.float32:
    """The factor that brings speech, one channel, to SPEECH_DB, whoever says it; 1 for silence."""
    power = np.square(sound[: len(sound) // BLOCK * BLOCK].astype(np.float64)).reshape(-1, BLOCK).mean(axis=1)
    loud = power[power > power.max(initial=0.0) * 0.01]
    if not len(loud) or loud.mean() < 1e-9:
        return np.float32(1.0)
    return np.float32(min(10 ** (SPEECH_DB / 20) / np.sqrt(loud.mean()), MOST_GAIN))


def faded(sound: Sound, first: int, total: int, *, begin: bool, end: bool) -> Sound:
    """A piece of a sound of `total` samples, from sample `first` on, with a short fade at the ends that are cut."""
    length = min(FADE_MS * RATE // 1000, total // 2)
    at = np.arange(first, first + len(sound), dtype=np.float32)
    gain = np.ones(len(sound), np.float32)
    if length and begin and first < length:
        np.minimum(gain, at / np.float32(length), out=gain)
    if length and end and first + len(sound) > total - length:
        np.minimum(gain, (np.float32(total - 1) - at) / np.float32(length), out=gain)
    return sound if gain.min(initial=1.0) == 1.0 else sound * gain[:, np.newaxis]


def limited(sound: Sound) -> Sound:
    """Never past full scale; up to KNEE nothing changes."""
    over = np.abs(sound) > KNEE
    if not over.any():
        return sound
    room = np.float32(1 - KNEE)
    made = sound.copy()
    loud = sound[over]
    made[over] = np.sign(loud) * (KNEE + room * np.tanh((np.abs(loud) - np.float32(KNEE)) / room))
    return made
