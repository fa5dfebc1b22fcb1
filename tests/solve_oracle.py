"""What the documentation says happens, found by trying every length and stepping through every millisecond.

Nothing here is shared with the solver: a track's place is where its documented rules put it at one given length of
everything, and what holds is what holds at each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from vidc.clock import INF, Length

Plain = dict[str, Any]
Number = int | float
Bounds = tuple[Number, Number, Number]

FAR = 45
"""An unbounded length is tried up to this, and up to one more: what still grows then has no bound. Every time in a
scene that is tried is less than half of it."""

WITH_LENGTH = ("actor", "video")


class Reading(NamedTuple):
    """How the gaps in the documentation are read; each as vidc reads it unless told otherwise."""

    zero_is_set: bool = True
    end_anchored: bool = True


AS_VIDC = Reading()


class Size(NamedTuple):
    """A scene's length, the track that gives it, and whether that is the length of its medium."""

    length: Length
    by: str
    track: int | None
    medium: bool


def given(track: Plain, reading: Reading = AS_VIDC) -> tuple[int | None, int | None, int | None]:
    """Duration and gaps as far as they count."""
    gaps = [track.get("startTimeGap"), track.get("endTimeGap")]
    if not reading.zero_is_set:
        gaps = [gap or None for gap in gaps]
    return track.get("duration"), gaps[0], gaps[1]


def has_size(track: Plain) -> bool:
    """Whether the track's length can be worked out without its scene."""
    duration, start, end = given(track)
    if start is not None and end is not None:
        return False
    return duration is not None or track["type"] in WITH_LENGTH


def is_over_constrained(track: Plain) -> bool:
    return None not in given(track)


def size(scene: Plain, lengths: dict[int, Length]) -> Size | tuple[str, ...]:
    """The scene's size, or the name of what is wrong; no name where a track's own error says it already."""
    tracks = scene["tracks"]
    wanted = scene.get("intrinsicDurationTrackReference")
    duration = scene.get("duration")
    if duration is not None and wanted is not None:
        return ("over-constrained",)
    if duration is not None:
        return Size(Length(duration, duration, duration), "duration", None, False)
    if wanted is not None:
        number = next(index for index, track in enumerate(tracks) if track.get("referenceId") == wanted)
        if is_over_constrained(tracks[number]):
            return ()
        if has_size(tracks[number]):
            return _own_size(tracks[number], number, lengths, "reference")
        _, start, end = given(tracks[number])
        return ("unsized-reference",) if start is None or end is None else ("cyclic-duration",)
    sized = [index for index, track in enumerate(tracks) if has_size(track)]
    if len(sized) > 1:
        return ("ambiguous-duration",)
    if sized:
        return _own_size(tracks[sized[0]], sized[0], lengths, "inferred")
    return () if any(map(is_over_constrained, tracks)) else ("under-constrained",)


def _own_size(track: Plain, number: int, lengths: dict[int, Length], by: str) -> Size:
    duration = track.get("duration")
    if duration is None:
        return Size(lengths[number], by, number, True)
    return Size(Length(duration, duration, duration), by, number, False)


class Played(NamedTuple):
    """A track at one length of everything: where it stands, and what of it is seen; `made` by the scene alone."""

    start: int
    end: int
    first: int | None
    last: int
    cut_after: int
    cut_before: int
    unplayed: int
    missing: int
    made: bool
    asked: bool


@lru_cache(maxsize=400_000)
def play(
    kind: str,
    duration: int | None,
    start: int | None,
    end: int | None,
    scene: int,
    medium: int | None,
    reading: Reading = AS_VIDC,
) -> Played:
    """Place a track by the documented rules and step through its milliseconds.

    A start gap says when it starts, an end gap how long before the scene's end it ends; both say how long it is; else
    it is as long as its duration, or as its medium; what has no length starts with the scene and ends with it.
    """
    both = start is not None and end is not None
    length = duration if duration is not None else None if both else medium if kind in WITH_LENGTH else None
    if length is None:
        begins, stops = start or 0, scene - (end or 0)
    elif end is not None and start is None and reading.end_anchored:
        stops = scene - end
        begins = stops - length
    else:
        begins = start or 0
        stops = begins + length
    window = range(begins, stops)
    asked = duration is not None or both
    inside = [ms for ms in window if 0 <= ms < scene and (medium is None or ms - begins < medium)]
    after, before = len(range(scene, stops)), len(range(begins, 0))
    unplayed = missing = 0
    if asked and medium is not None:
        plays = range(begins, begins + medium)
        unplayed = len(range(stops, plays.stop)) if kind in WITH_LENGTH else 0
        missing = sum(1 for ms in window if ms not in plays)
    first = inside[0] if inside else None
    last = inside[-1] + 1 if inside else 0
    return Played(begins, stops, first, last, after, before, unplayed, missing, length is None, asked)


def tried(length: Length, far: int = FAR) -> range:
    """Every length within the bounds."""
    return range(length.low, (far if length.high == INF else int(length.high)) + 1)


class Point(NamedTuple):
    """One length of the scene and one of the track's own medium (None: it has none)."""

    scene: int
    own: int | None


def points(sized: Size, number: int, own: Length | None, far: int = FAR) -> Iterator[Point]:
    if sized.medium and sized.track == number:
        yield from (Point(ms, ms) for ms in tried(sized.length, far))
        return
    for scene in tried(sized.length, far):
        if own is None:
            yield Point(scene, None)
        else:
            yield from (Point(scene, ms) for ms in tried(own, far))


def middle(sized: Size, own: Length | None) -> Point:
    return Point(sized.length.expected, None if own is None else own.expected)


class Fault(NamedTuple):
    """A finding of a track: its verdict, whether it is at the expected lengths, where it holds, how much it is."""

    always: bool
    expected: bool
    where: frozenset[Point]
    amount: Bounds | None


Test = Callable[[Played, Point], int]
"""How much of a fault there is at a point; below zero for none."""


def _late(at: Played, point: Point) -> int:
    return -1 if at.made else at.start - point.scene


def _early(at: Played, _: Point) -> int:
    return -1 if at.made else -at.end


def _empty(at: Played, _: Point) -> int:
    return at.start - at.end if at.made else -1


TESTS: dict[str, tuple[Test, int]] = {
    "late": (_late, 0),
    "early": (_early, 0),
    "empty-window": (_empty, 0),
    "clipped": (lambda at, _: at.cut_after if not at.made else 0, 1),
    "starts-before-scene": (lambda at, _: at.cut_before if not at.made else 0, 1),
    "trimmed-media": (lambda at, _: at.unplayed, 1),
    "ends-early": (lambda at, _: at.missing, 1),
}
"""What is judged, and from how many ms on."""


class Seen(NamedTuple):
    """A track over all lengths: bounds of its start and end, of what is seen of it, and its faults."""

    start: Bounds
    end: Bounds
    visible: tuple[Bounds, Bounds] | None
    faults: dict[str, Fault]


def look(track: Plain, number: int, sized: Size, own: Length | None) -> Seen:
    """Try a track at every length within the bounds."""
    duration, start, end = given(track)

    def at(point: Point) -> Played:
        return play(track["type"], duration, start, end, point.scene, point.own)

    near, far = list(points(sized, number, own)), list(points(sized, number, own, FAR + 1))
    expected = middle(sized, own)
    played, further = [at(point) for point in near], [at(point) for point in far]
    faults = {}
    for name, (test, least) in TESTS.items():
        amounts = {point: test(at(point), point) for point in near}
        holds = frozenset(point for point, amount in amounts.items() if amount >= least)
        if not holds or _is_the_scenes(name, holds, near):
            continue
        more = [max(0, test(at(point), point)) for point in far]
        amount = _bounds([max(0, n) for n in amounts.values()], max(0, test(at(expected), expected)), more)
        faults[name] = Fault(
            len(holds) == len(near),
            test(at(expected), expected) >= least,
            holds,
            None if name in ("late", "early") else amount,
        )
    return Seen(
        _bounds([one.start for one in played], at(expected).start, [one.start for one in further]),
        _bounds([one.end for one in played], at(expected).end, [one.end for one in further]),
        _visible(near, far, expected, at),
        first_causes(faults),
    )


def _is_the_scenes(name: str, holds: frozenset[Point], near: list[Point]) -> bool:
    """Whether it says no more than that the scene may have no length."""
    return name in ("late", "early", "empty-window") and holds == {point for point in near if point.scene <= 0}


CUT_TOO = {
    "late": ("clipped", "starts-before-scene"),
    "early": ("clipped", "starts-before-scene"),
    "empty-window": ("trimmed-media",),
}
"""What is also true of a track of which nothing is seen, by how it is lost."""


def first_causes(faults: dict[str, Fault]) -> dict[str, Fault]:
    """One fault of one cause: where nothing of a track is expected to be seen, it is not also cut; where something is,
    it is cut, and not also said that it may be lost."""
    lost = [name for name in CUT_TOO if name in faults]
    gone = {effect for name in lost if faults[name].expected for effect in CUT_TOO[name]}
    cut = faults.keys() - gone
    gone |= {name for name in lost if not faults[name].expected and not cut.isdisjoint(CUT_TOO[name])}
    return {name: fault for name, fault in faults.items() if name not in gone}


def _bounds(near: list[int], expected: int, far: list[int]) -> Bounds:
    """Lowest, expected and highest; what still grows at the last length that was tried has no bound."""
    low: Number = min(near) if min(near) == min(far) else -INF
    return low, expected, max(near) if max(near) == max(far) else INF


def _visible(
    near: list[Point], far: list[Point], expected: Point, at: Callable[[Point], Played]
) -> tuple[Bounds, Bounds] | None:
    """Bounds of the first and the last millisecond that is seen; where none is, the window's start, cut to the scene."""

    def shown(point: Point) -> tuple[int, int]:
        one = at(point)
        if one.first is not None:
            return one.first, one.last
        start = min(max(one.start, 0), point.scene)
        return start, start

    if all(at(point).first is None for point in near):
        return None
    here, there, mid = [shown(p) for p in near], [shown(p) for p in far], shown(expected)
    return (
        _bounds([one[0] for one in here], mid[0], [one[0] for one in there]),
        _bounds([one[1] for one in here], mid[1], [one[1] for one in there]),
    )
