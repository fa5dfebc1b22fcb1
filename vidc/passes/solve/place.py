"""place: when each track of a sized scene starts and ends, what of it is seen, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from vidc.clock import INF, Length
from vidc.ir.graph import SceneNode, TrackNode
from vidc.ir.timeline import Moment, PlacedTrack, Window

from .judge import Form, Hold, expected, highest, judge, lowest
from .size import Size
from .table import BOTH_GAPS, DURATION, END_GAP, EVERYTHING, KINDS, PLACES, START_GAP, TESTS, TIMES

Report: TypeAlias = Callable[[int, list[Hold]], None]
"""Told the index of a track and what holds of it."""


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
        Form(a_d * duration + a_s * start + a_e * end, a_scene, a_medium),
        Form(b_d * duration + b_s * start + b_e * end, b_scene, b_medium),
    )


def place(node: SceneNode, size: Size, report: Report) -> list[PlacedTrack]:
    """The tracks that can be placed. Over-constrained ones and those with an error in a time are left out."""
    if size.length.low != size.length.high:
        return [
            placed
            for index, item in enumerate(node.tracks)
            if (placed := place_one(item, size, index, report)) is not None
        ]
    return _place_exactly(node, size, report)


def _place_exactly(node: SceneNode, size: Size, report: Report) -> list[PlacedTrack]:
    """The same where the scene's length is exact: plain numbers, and findings looked for only where there are some."""
    total = size.length.expected
    zero, whole = Moment(0, 0, 0), Moment(total, total, total)
    everything = Window(zero, whole)
    placed: list[PlacedTrack] = []
    for index, item in enumerate(node.tracks):
        track, medium = item.track, item.medium
        duration, start_gap, end_gap = track.duration, track.start_gap, track.end_gap
        kind = KINDS.get(track.type, 2)
        own = 0
        if medium is not None:
            own = medium.expected
            exact = medium.low == medium.high
        else:
            exact = kind > 0
        if not exact or track.broken:
            one = place_one(item, size, index, report)
            if one is not None:
                placed.append(one)
            continue
        fields = 0
        if duration is None:
            duration = 0
        else:
            fields = DURATION
        if start_gap is None:
            start_gap = 0
        else:
            fields += START_GAP
        if end_gap is None:
            end_gap = 0
        else:
            fields += END_GAP
        if fields == EVERYTHING:
            continue
        a_scene, a_medium, a_d, a_s, a_e, b_scene, b_medium, b_d, b_s, b_e = PLACES[kind][fields]
        start = a_scene * total + a_medium * own + a_d * duration + a_s * start_gap + a_e * end_gap
        end = b_scene * total + b_medium * own + b_d * duration + b_s * start_gap + b_e * end_gap
        if 0 <= start < end <= total and (medium is None or end - start == own):
            first = Moment(start, start, start) if start else zero
            last = Moment(end, end, end) if end != total else whole
            seen = everything if first is zero and last is whole else Window(first, last)
            placed.append(PlacedTrack(track, first, last, seen, medium))
        else:
            one = place_one(item, size, index, report)
            if one is not None:
                placed.append(one)
    return placed


def place_one(item: TrackNode, size: Size, index: int, report: Report) -> PlacedTrack | None:
    """One track, over every length within the bounds."""
    fields = fields_of(item)
    kind = KINDS.get(item.track.type, 2)
    if fields < 0 or fields == EVERYTHING or (kind == 0 and item.medium is None and fields < BOTH_GAPS):
        return None
    start, end = window(item, kind, fields)
    scene, own = size.length, item.medium
    same = size.medium and size.track == index
    holds = judge(TESTS[kind][fields], start, end, scene, own, same)
    if holds:
        report(index, holds)
    if same:
        start, end = merged(start), merged(end)
    return PlacedTrack(
        item.track, moment(start, scene, own), moment(end, scene, own), seen(start, end, scene, own, same), own
    )


def merged(form: Form) -> Form:
    """The form where D and i are one unknown."""
    return Form(form.constant, form.scene + form.medium, 0) if form.medium else form


def moment(form: Form, scene: Length, own: Length | None) -> Moment:
    return Moment(lowest(form, scene, own), expected(form, scene, own), highest(form, scene, own))


def seen(start: Form, end: Form, scene: Length, own: Length | None, same: bool) -> Window | None:
    """What is seen: the window cut to the scene, and to the medium where its length is known.

    Its end never moves back when a length grows, its start never back when D grows nor on when i does: so the bounds
    are at the corners of the box.
    """
    if own is None:
        own, gone = UNCUT, None
    elif same:
        gone = Form(start.constant, start.scene + 1, 0)
    else:
        gone = Form(start.constant, start.scene, start.medium + 1)
    low, high, small, big = scene.low, scene.high, own.low, own.high
    last_low = _last(start, end, gone, low, small)
    last = _last(start, end, gone, scene.expected, own.expected)
    last_high = _last(start, end, gone, high, big)
    if _last(start, end, gone, min(high, FAR), min(big, FAR)) <= _first(start, min(high, FAR), min(big, FAR)):
        return None
    return Window(
        Moment(_first(start, low, big), int(_first(start, scene.expected, own.expected)), _first(start, high, small)),
        Moment(last_low, int(last), last_high),
    )


FAR = 10**15
"""In the place of an unbounded length where something must be seen of it: longer than any sum of times."""

UNCUT = Length(0, 0, 0)
"""In the place of the length of what has none; no form has a coefficient for it."""


def _first(start: Form, whole: int | float, length: int | float) -> int | float:
    return min(max(0, _at(start, whole, length)), whole)


def _last(start: Form, end: Form, gone: Form | None, whole: int | float, length: int | float) -> int | float:
    last = min(_at(end, whole, length), whole)
    if gone is not None:
        last = min(last, _at(gone, whole, length))
    return max(last, _first(start, whole, length))


def _at(form: Form, whole: int | float, length: int | float) -> int | float:
    """The form's value. Two unbounded lengths that are taken from one another may differ by anything: the lowest."""
    value: int | float = form.constant
    if form.scene:
        value += form.scene * whole
    if form.medium:
        if value == INF and form.medium < 0 and length == INF:
            return -INF
        value += form.medium * length
    return value
