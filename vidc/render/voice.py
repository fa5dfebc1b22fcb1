"""voice: what is said, as sound: samples, when each word is said, and the shapes of the mouth.

    CannotSpeak     no speech could be made; its text says why

    speech = speak("Hello there.", "en-GB", "en-GB-RyanNeural")
    speech.ms                           1130
    speech.words[0]                     Word("Hello", 0, 5, 60, 480)
    shape_at(speech.mouths, 200)        "e"

The same arguments give the same bytes, in every process.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from . import espeak
from .espeak import CannotSpeak
from .mouth import Change, changes
from .voice_cast import Voice, voice_of
from .voice_kanji import syllables
from .voice_words import Word, words_of

__all__ = ["NAME", "CannotSpeak", "Pcm", "Speech", "Voice", "Word", "speak", "voice_of"]

NAME = "espeak-ng"
"""The local synthesizer, as the lock names it beside lengths that were measured with it."""

LEAD_MS, TAIL_MS = 60, 180
"""What is kept of the silence before the first sound and after the last."""

Pcm: TypeAlias = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """A text that was said. `samples`: mono, 16 bits, `rate` a second, `ms` long in whole milliseconds.

    `words`: in order, with the punctuation that belongs to each. `mouths`: (ms, shape) at each change, from 0 on, at
    rest before `ms`. `note`: what a person should know of this voice, empty for a good one. `language`: the text's.
    """

    text: str
    samples: Pcm
    rate: int
    ms: int
    words: tuple[Word, ...]
    mouths: tuple[Change, ...]
    note: str = ""
    language: str = ""


@lru_cache(maxsize=256)
def speak(text: str, language: str, speaker: str, actor: str = "") -> Speech:
    """Say a text in a language (`en`, `pt-BR`) with the voice of a speaker's id; `actor`: who is seen saying it.

    Raises CannotSpeak.
    """
    return replace(say(text, voice_of(language, speaker, actor)), language=language)


def say(text: str, voice: Voice) -> Speech:
    """Say a text with a voice. Raises CannotSpeak."""
    written, offsets = syllables(text) if voice.language == "ja" else (text, list(range(len(text))))
    raw = espeak.utter(written, voice) if text.strip() else None
    first, last = _heard(raw.samples) if raw is not None else (0, 0)
    if raw is None or last == first:
        return Speech(text, np.zeros(0, np.int16), espeak.RATE, 0, (), ((0, "rest"),), voice.note)
    ms = LEAD_MS + -(-(last - first) * 1000 // espeak.RATE) + TAIL_MS
    samples = np.zeros(-(-ms * espeak.RATE // 1000), np.int16)
    lead = LEAD_MS * espeak.RATE // 1000
    samples[lead : lead + last - first] = raw.samples[first:last]
    shift = LEAD_MS - first * 1000 // espeak.RATE
    mouths = changes([(max(at + shift, 0), phoneme) for at, phoneme in raw.phonemes], ms - TAIL_MS)
    heard = [(at + shift, offsets[place]) for at, place in raw.words if 0 <= place < len(offsets)]
    words = words_of(text, heard, ms)
    return Speech(text, samples, espeak.RATE, ms, _until_pauses(words, mouths), mouths, voice.note)


def _until_pauses(words: tuple[Word, ...], mouths: tuple[Change, ...]) -> tuple[Word, ...]:
    """Words that end where the pause behind them begins."""
    times = [at for at, _ in mouths]
    made = []
    for word in words:
        at, shape = mouths[max(bisect_left(times, word.end) - 1, 0)]
        made.append(replace(word, end=at) if shape == "rest" and word.start < at else word)
    return tuple(made)


QUIET = 100
"""Samples no louder than this, a three-hundredth of full scale, are silence."""


def _heard(samples: Pcm) -> tuple[int, int]:
    """From the first sample that is heard to behind the last; (0, 0) where none is."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    return (int(loud[0]), int(loud[-1]) + 1) if len(loud) else (0, 0)
