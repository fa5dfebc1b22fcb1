"""Facts: what was measured before, handed to the compiler so that the passes need not look."""

from __future__ import annotations

from vidc.record import record


@record
class Calibration:
    """How one speaker differs from its language's estimate: a length lies in `expected * [low, high]`, at 95 %."""

    scale: float
    low: float
    high: float
    texts: int


@record
class Facts:
    """`media`: length in ms by address. `speech`: length in ms by (speakerId, text as spoken).
    `voices`: calibration by speakerId. `actors`, `speakers`: the names that the workspace lists, None where that is
    not known."""

    media: dict[str, int]
    speech: dict[tuple[str, str], int]
    voices: dict[str, Calibration]
    actors: frozenset[str] | None = None
    speakers: frozenset[str] | None = None


NOTHING = Facts({}, {}, {})
