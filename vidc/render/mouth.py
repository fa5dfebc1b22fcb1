"""mouth: which shape of the mouth makes each sound, and when it takes it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from unicodedata import normalize

_SOUNDS = {
    "closed": "mbpɱɓʙ",
    "teeth": "fvʋɸβⱱ",
    "tongue": "lɫɬɮɭʎʟθðɾɽ",
    "narrow": "szʃʒɕʑʂʐtdnɳɲʈɖcɟçʝɹɻɺrʀʁ",
    "small": "kɡgqɢxɣχhɦħʕʔŋɴəɘɜɝɚɐɞɤʌ",
    "open": "aɑæɒɶ",
    "wide": "eɛiɪjyʏɨɥøœ",
    "round": "oɔɵ",
    "pucker": "uʊwʉɯʍɰ",
}
"""Sounds of the International Phonetic Alphabet by shape; `stage.MOUTHS` says what each shape is. The grouping is the
usual one of animators (Preston Blair's, as Rhubarb Lip Sync also has it), with EE and the neutral vowel apart."""

_SHAPE_OF = {sound: shape for shape, sounds in _SOUNDS.items() for sound in sounds}

SHORTEST_PAUSE_MS = 70
"""A shorter silence inside speech, such as that before a plosive, does not close the mouth."""

SHORTEST_SHAPE_MS = 40
"""A shape that stands for less than about a frame of film would flicker: the next one takes its time."""

Change = tuple[int, str]
"""A time in ms and the shape that the mouth takes then."""


def shape_of(phoneme: str) -> str | None:
    """The shape of a sound in the International Phonetic Alphabet, None for a sign that is no sound by itself.

    The first sound of an affricate or a diphthong decides; silence is the empty text.
    """
    if not phoneme:
        return "rest"
    return next((_SHAPE_OF[sign] for sign in normalize("NFD", phoneme.lower()) if sign in _SHAPE_OF), None)


def changes(phonemes: Iterable[tuple[int, str]], end_ms: int) -> tuple[Change, ...]:
    """From sounds and when each begins, in order, to the shapes of the mouth; it begins and ends at rest."""
    told = [(at, shape) for at, phoneme in phonemes if (shape := shape_of(phoneme)) is not None]
    return merged(told, end_ms)


def merged(told: Iterable[Change], end_ms: int) -> tuple[Change, ...]:
    """Shapes, in order, without those that stand too short to be seen; they begin and end at rest."""
    found: list[Change] = [(0, "rest")]
    for (at, shape), (until, following) in pairwise([*told, (end_ms, "rest")]):
        short = shape == "rest" and following != "rest" and until - at < SHORTEST_PAUSE_MS
        if not short and at < end_ms:
            _add(found, max(at, 0), shape)
    _add(found, end_ms, "rest")
    return tuple(found)


def _add(found: list[Change], at: int, shape: str) -> None:
    before, stood = found[-1]
    if before > 0 and at - before < SHORTEST_SHAPE_MS and "closed" not in (shape, stood):
        at = found.pop()[0]  # pressed lips are seen however short they are, and missed where they are not
    while found and found[-1][0] >= at:
        found.pop()
    if not found or found[-1][1] != shape:
        found.append((at, shape))


def shape_at(shapes: tuple[Change, ...], ms: float) -> str:
    """The shape at a time; at rest before the first change."""
    place = bisect_right(shapes, ms, key=lambda change: change[0])
    return shapes[place - 1][1] if place else "rest"
