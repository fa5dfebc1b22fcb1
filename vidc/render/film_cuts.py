"""film_cuts: which frames a film has, and the pieces in which they are made.

A frame shows the middle of its time, so what begins at some time is seen from the nearest frame on, at most half a
frame early or late. A piece counts its frames from its own scene's begin: what comes before it does not change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vidc.record import record

from .encode import FPS


def frame_of(ms: int) -> int:
    """The first frame that shows what begins at a time."""
    return (2 * ms * FPS + 1000) // 2000


def middle(frame: int) -> int:
    """The time in ms that a frame shows, from the begin of whatever it is counted from."""
    return (2 * frame + 1) * 1000 // (2 * FPS)


@record
class Length:
    """A scene's place in the film. `fade`: how long it goes over into the next one. All in ms."""

    start: int
    duration: int
    fade: int = 0


@record
class Piece:
    """Frames that are made together.

    `kind`: `scene`; `tail`, the one frame more that a scene has where it does not begin on a frame; or `fade`, from a
    scene into the next one. `first`: its first frame in the scene; of a fade, the number before the cut, negative.
    """

    kind: str
    scene: int
    first: int
    frames: int


def pieces(lengths: Sequence[Length]) -> list[Piece]:
    """All frames of a film, in order: as many as its length has."""
    found: list[Piece] = []
    halves = [0, *(_half(one, two) for one, two in pairwise(lengths)), 0]
    for number, one in enumerate(lengths):
        whole = one.duration * FPS // 1000
        count = frame_of(one.start + one.duration) - frame_of(one.start)
        before, after = halves[number], halves[number + 1]
        body = min(count, whole) - before - after
        if body > 0:
            found.append(Piece("scene", number, before, body))
        if count > whole:
            found.append(Piece("tail", number, whole - after, 1))
        if after:
            found.append(Piece("fade", number, -after, 2 * after))
    return found


def _half(one: Length, two: Length) -> int:
    """Frames of a fade on each side of its cut: never more than half a scene has."""
    asked = frame_of(one.fade) // 2 if one.fade else 0
    return min(asked, one.duration * FPS // 2000, two.duration * FPS // 2000)
