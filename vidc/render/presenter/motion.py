"""motion: how a presenter moves: the eyes blink, the head drifts and nods with the words, the chest breathes.

A head takes a pose, holds it, and takes another, as people do: a slow drift would be seen as a jump at every pixel.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from hashlib import blake2b
from math import pi, sin
from random import Random

from vidc.record import record

BREATH_MS = 4_200
"""One breath at rest: some 14 a minute."""

BREATH = 3.0
"""By how many units the chest rises."""

_NOD_MS, _NOD = 300, 5.0
_TURN_MS = 460
_LIDS = ((0, "half"), (40, "shut"), (120, "half"), (170, "open"))
"""A blink: from when on the lids are how, in ms."""

BLINK_MS = 170


@record
class Pose:
    """Where the parts of a figure are, in its units: the head right and down, the features further right, the brows up,
    the chest up; and the lids, a name of `face.LIDS`."""

    right: float
    down: float
    turn: float
    brows: float
    chest: float
    lids: str


class Motion:
    """All poses of a presenter, from 0 to `length` ms: the same for the same name and words."""

    def __init__(self, name: str, length: int, words: Sequence[int]) -> None:
        """`words`: when words that are stressed begin, in ms, in order."""
        draw = Random(blake2b(name.casefold().encode(errors="replace"), digest_size=16).digest())
        self.blinks = _blinks(draw, length)
        self.changes, self.poses = _poses(draw, length)
        self.words = list(words)

    def pose(self, t: int) -> Pose:
        """The pose at `t` ms."""
        right, down, turn = self._held(t)
        nod, brows = self._stress(t)
        chest = BREATH * (0.5 - 0.5 * sin(2 * pi * (t / BREATH_MS + 0.25)))
        return Pose(right, down + nod - 0.6 * chest, turn, brows, chest, self.lids(t))

    def lids(self, t: int) -> str:
        at = bisect_right(self.blinks, t) - 1
        if at < 0:
            return "open"
        return next(name for since, name in reversed(_LIDS) if t - self.blinks[at] >= since)

    def _held(self, t: int) -> tuple[float, float, float]:
        at = bisect_right(self.changes, t) - 1
        before, after = self.poses[max(at - 1, 0)], self.poses[at]
        part = min((t - self.changes[at]) / _TURN_MS, 1.0)
        part = part * part * (3 - 2 * part)
        right, down, turn = (old + (new - old) * part for old, new in zip(before, after, strict=True))
        return right, down, turn

    def _stress(self, t: int) -> tuple[float, float]:
        """How far the head nods and the brows rise for the word that is stressed."""
        at = bisect_right(self.words, t) - 1
        since = t - self.words[at] if at >= 0 else _NOD_MS
        if since >= _NOD_MS:
            return 0.0, 0.0
        swing = sin(pi * since / _NOD_MS)
        return (_NOD * swing, 0.0) if at % 3 else (_NOD * 0.5 * swing, 4.0 * swing)


def _blinks(draw: Random, length: int) -> list[int]:
    made = []
    at = 900 + int(draw.random() * 1_600)
    while at < length:
        made.append(at)
        again = draw.random() < 0.12
        at += 260 if again else 2_200 + int(draw.random() * 3_000)
    return made


def _poses(draw: Random, length: int) -> tuple[list[int], list[tuple[float, float, float]]]:
    """When the head takes which pose: (right, down, turn). It begins in the middle."""
    times, poses = [0], [(0.0, 0.0, 0.0)]
    at = 700 + int(draw.random() * 900)
    while at < length:
        side = draw.random() * 2 - 1
        times.append(at)
        poses.append((side * 6.0, draw.random() * 4.0 - 2.0, side * 4.0))
        at += 1_300 + int(draw.random() * 2_000)
    return times, poses


def stressed(starts: Sequence[tuple[int, str]]) -> list[int]:
    """Which of the words (when, what), in order, are said with a nod: long ones, and the first after a pause."""
    made: list[int] = []
    before = -10_000
    for at, word in starts:
        letters = sum(sign.isalpha() for sign in word)
        if (letters >= 7 or at - before > 700) and at - (made[-1] if made else -10_000) >= 900:
            made.append(at)
        before = at
    return made
