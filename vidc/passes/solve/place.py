"""place: when each track of a sized scene starts and ends, what of it is seen, and what is wrong with that."""

from __future__ import annotations

from vidc.clock import Length
from vidc.hints import TypeAlias
from vidc.ir.graph import SceneNode, TrackNode
from vidc.ir.timeline import Moment, PlacedTrack, Window

from .judge import Form, Hold, expected, highest, judge, lowest, value
from .size import Size
from .table import BOTH_GAPS, DURATION, END_GAP, EVERYTHING, KINDS, PLACES, START_GAP, TESTS, TIMES, UNCUT

Held: TypeAlias = list[tuple[int, list[Hold]]]
"""Indexes of tracks, each with what holds of it."""

SECONDS_BELOW = 100
"""Bare numbers under this are more likely seconds: a film's frame lasts 33 to 42 ms."""

GAPS_BELOW = 40
"""The same of gaps, of which some frames may well be meant; one of 0 is there on purpose."""

_MEDIA_ODD = [fields in (END_GAP, EVERYTHING) for fields in range(EVERYTHING + 1)]
_FILLS_ODD = [fields < BOTH_GAPS or fields == EVERYTHING for fields in range(EVERYTHING + 1)]
ODD = (_MEDIA_ODD, _FILLS_ODD, _FILLS_ODD)
"""By kind and fields: whether a place rests on a reading, or has fields too many."""

ODD_WHERE_INFERRED = ([odd or fields == BOTH_GAPS for fields, odd in enumerate(_MEDIA_ODD)], _FILLS_ODD, _FILLS_ODD)
"""The same where the one track that has a length sizes the scene: those with both gaps might compete."""

FAR = 10**15
"""In the place of an unbounded length where something must be seen of it: longer than any sum of times."""


def fields_of(item: TrackNode) -> int:
    """Which of the three fields a track has; -1 where a finding speaks of one of them."""
    track = item.track
    if track.broken and not track.broken.isdisjoint(TIMES):
        return -1
    return (
        (DURATION if track.duration is not None else 0)
        + (START_GAP if track.start_gap is not None else 0)
        + (END_GAP if track.end_gap is not None else 0)
    )


def window(item: TrackNode, kind: int, fields: int) -> tuple[Form, Form]:
    """The forms of a track's start and end."""
    track = item.track
    duration, start, end = track.duration or 0, track.start_gap or 0, track.end_gap or 0
    a_scene, a_medium, a_d, a_s, a_e, b_scene, b_medium, b_d, b_s, b_e = PLACES[kind][fields]
    return (
        (a_d * duration + a_s * start + a_e * end, a_scene, a_medium),
        (b_d * duration + b_s * start + b_e * end, b_scene, b_medium),
    )


def place(node: SceneNode, size: Size) -> tuple[list[PlacedTrack], Held, list[int]]:
    """The tracks that can be placed; what holds of them; and those of which there is more to say: a reading or a time
    in seconds.

    Over-constrained ones and those with an error in a time are left out. This is the loop that all tracks go through.
    No place but that of a medium of unknown length gets worse when its scene gets longer, by the tables: so one without
    a finding in the shortest scene has none, and the others are judged over every length.
    """
    marks = Marks(size.length)
    low, sizing, by_medium, exact = size.length.low, size.track, size.medium, size.length.low == size.length.high
    odd_fields = ODD_WHERE_INFERRED if size.by == "inferred" else ODD
    placed: list[PlacedTrack] = []
    held: Held = []
    odd: list[int] = []
    for index, item in enumerate(node.tracks):
        track, medium = item.track, item.medium
        duration, start_gap, end_gap = track.duration, track.start_gap, track.end_gap
        kind = KINDS.get(track.type, 2)
        fields, brief = 0, False
        if duration is not None:
            fields, brief = DURATION, duration < SECONDS_BELOW
        if start_gap is not None:
            fields += START_GAP
            brief = brief or start_gap < GAPS_BELOW
        if end_gap is not None:
            fields += END_GAP
            brief = brief or end_gap < GAPS_BELOW
        if medium is not None:
            brief = brief or medium.high < SECONDS_BELOW
            if index == sizing and by_medium and not fields and low >= SECONDS_BELOW:
                placed.append(PlacedTrack(track, marks.zero, marks.whole, marks.everything, medium))
                continue
        if brief or index == sizing or odd_fields[kind][fields]:
            odd.append(index)
        if fields == EVERYTHING or (track.broken and not track.broken.isdisjoint(TIMES)):
            continue
        a_scene, a_medium, a_d, a_s, a_e, b_scene, b_medium, b_d, b_s, b_e = PLACES[kind][fields]
        d, s, e = duration or 0, start_gap or 0, end_gap or 0
        first, last = a_d * d + a_s * s + a_e * e, b_d * d + b_s * s + b_e * e
        known = medium is None or medium.low == medium.high
        if known:
            if medium is None and kind == 0 and fields < BOTH_GAPS:
                continue  # a finding speaks of its medium
            own = 0 if medium is None else medium.expected
            opens, closes = first + a_medium * own, last + b_medium * own
            start, end = opens + a_scene * low, closes + b_scene * low
            fits = kind > 0 if medium is None else a_scene == b_scene and end - start == own
            if fits and 0 <= start < end <= low:
                placed.append(_clean(item, (opens, a_scene, 0), (closes, b_scene, 0), marks))
                continue
        starting, ending = (first, a_scene, a_medium), (last, b_scene, b_medium)
        same = by_medium and index == sizing
        if exact and known:
            placed.append(_exactly(item, start, end, marks))
        else:
            placed.append(_placed(item, starting, ending, size.length, same))
        tests = (UNCUT if item.goes_on else TESTS)[kind][fields]
        if holds := judge(tests, starting, ending, size.length, medium, same):
            held.append((index, holds))
    return placed, held, odd


class Marks:
    """The moments and the window that most tracks of a scene share."""

    __slots__ = ("everything", "length", "whole", "zero")

    def __init__(self, length: Length) -> None:
        self.length = length
        self.zero, self.whole = Moment(0, 0, 0), Moment(length.low, length.expected, length.high)
        self.everything = Window(self.zero, self.whole)


def _clean(item: TrackNode, start: Form, end: Form, marks: Marks) -> PlacedTrack:
    """A track without a finding, whose window is what is seen of it."""
    length = marks.length
    first, last = start[0], end[0]
    if start[1]:
        opens = Moment(first + length.low, first + length.expected, first + length.high)
    else:
        opens = Moment(first, first, first) if first else marks.zero
    if not end[1]:
        closes = Moment(last, last, last)
    else:
        closes = Moment(last + length.low, last + length.expected, last + length.high) if last else marks.whole
    seen = marks.everything if opens is marks.zero and closes is marks.whole else Window(opens, closes)
    return PlacedTrack(item.track, opens, closes, seen, item.medium)


def _placed(item: TrackNode, start: Form, end: Form, scene: Length, same: bool) -> PlacedTrack:
    """A track over every length within the bounds."""
    own = item.medium
    if same:
        start, end = merged(start), merged(end)
    first, last = moment(start, scene, own), moment(end, scene, own)
    return PlacedTrack(item.track, first, last, seen(start, end, scene, own, same), own)


def hold_of(item: TrackNode, size: Size, index: int) -> list[Hold]:
    """What holds of one track, without its place."""
    kind, fields = KINDS.get(item.track.type, 2), fields_of(item)
    if not _has_place(item, kind, fields):
        return []
    start, end = window(item, kind, fields)
    same = size.medium and size.track == index
    return judge((UNCUT if item.goes_on else TESTS)[kind][fields], start, end, size.length, item.medium, same)


def _has_place(item: TrackNode, kind: int, fields: int) -> bool:
    """Whether a track can be placed: not with fields too many or wrong, nor by a medium with an error."""
    return 0 <= fields < EVERYTHING and (kind > 0 or item.medium is not None or fields >= BOTH_GAPS)


def _exactly(item: TrackNode, start: int, end: int, marks: Marks) -> PlacedTrack:
    """A track of which every length is known, in a scene of such a length."""
    own, total = item.medium, marks.length.low
    first, last = Moment(start, start, start), Moment(end, end, end)
    opens = start if start > 0 else 0
    gone = total if own is None else min(total, start + own.expected)
    closes = end if end < gone else gone
    if opens >= closes:
        return PlacedTrack(item.track, first, last, None, own)
    opened = first if opens == start else marks.zero
    closed = last if closes == end else marks.whole if closes == total else Moment(closes, closes, closes)
    return PlacedTrack(item.track, first, last, Window(opened, closed), own)


def merged(form: Form) -> Form:
    """The form where D and i are one unknown."""
    return (form[0], form[1] + form[2], 0)


def moment(form: Form, scene: Length, own: Length | None) -> Moment:
    if not form[1] and not form[2]:
        return Moment(form[0], form[0], form[0])
    return Moment(lowest(form, scene, own), expected(form, scene, own), highest(form, scene, own))


def seen(start: Form, end: Form, scene: Length, own: Length | None, same: bool) -> Window | None:
    """What is seen: the window cut to the scene, and to the medium where its length is known.

    Its end never moves back when a length grows, its start never back when D grows nor on when i does: so the bounds
    are at the corners of the box.
    """
    gone = None if own is None else (start[0], start[1] + 1, 0) if same else (start[0], start[1], start[2] + 1)
    whole_low, whole, whole_high = scene.low, scene.expected, scene.high
    low, middle, high = (0, 0, 0) if own is None else (own.low, own.expected, own.high)
    far, furthest = min(whole_high, FAR), min(high, FAR)
    if _last(start, end, gone, far, furthest) <= _first(start, far, furthest):
        return None
    return Window(
        Moment(_first(start, whole_low, high), int(_first(start, whole, middle)), _first(start, whole_high, low)),
        Moment(
            _last(start, end, gone, whole_low, low),
            int(_last(start, end, gone, whole, middle)),
            _last(start, end, gone, whole_high, high),
        ),
    )


def _first(start: Form, whole: int | float, length: int | float) -> int | float:
    first = value(start, whole, length)
    return 0 if first < 0 else first if first < whole else whole


def _last(start: Form, end: Form, gone: Form | None, whole: int | float, length: int | float) -> int | float:
    last = min(value(end, whole, length), whole)
    if gone is not None:
        last = min(last, value(gone, whole, length))
    return max(last, _first(start, whole, length))
