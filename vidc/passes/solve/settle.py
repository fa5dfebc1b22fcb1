"""settle: for a track or a scene that can be nothing but wrong, the fields that conflict and what would do."""

from __future__ import annotations

from collections.abc import Iterator

from vidc.diag.finding import Repair
from vidc.ir.graph import TrackNode
from vidc.source import Span

from .case import Case
from .changes import DURATION, END_GAP, REFERENCE, REFERENCE_ID, SCENE, START_GAP, Change, Changes
from .judge import Hold
from .labels import fields_of_track, medium_place
from .size import Size, is_sized
from .table import TIMED

TRIED = 3
"""So many tracks are tried as what a scene's reference could name."""

DEFAULT_MS = 5000
"""The length that is proposed for a scene of which nothing says one."""

LEAST_MS = 1000
"""What is proposed for a track that gaps alone describe."""


def conflict_of(case: Case, sized: Size, index: int) -> tuple[Span, ...]:
    """The smallest set of fields that leave a track unseen: its gaps, and what makes the scene so short."""
    item = case.node.tracks[index]
    track = item.track
    start, end = track.start_gap or 0, track.end_gap or 0
    longest = sized.length.high
    fields = [START_GAP, END_GAP]
    if sized.by == "inferred" and not is_sized(item) and track.type in TIMED:
        pass  # with one gap less it would size the scene, and that would be another mistake
    elif track.type in TIMED and item.medium is not None and item.medium.high <= 0:
        return (medium_place(track).span,)
    elif start >= longest:
        fields = [START_GAP]
    elif end >= longest:
        fields = [END_GAP]
    gaps = [track.node.entry(field) for field in fields if field in fields_of_track(track)]
    rivals = case.rivals
    if index != sized.track:  # it may size the scene or not with those of its fields alone
        rivals += (track.type in TIMED and len(gaps) < 2) - is_sized(item)
    return without_repeats([*gaps, *length_fields(case, sized, rivals)])


def length_fields(case: Case, sized: Size, rivals: int) -> list[Span]:
    """The fields without which the scene could be longer; of several tracks that could size it a reference chooses."""
    scene = case.node.scene.node
    if sized.track is None:
        return [scene.entry(DURATION)]
    item = case.node.tracks[sized.track]
    span = medium_place(item.track).span if sized.medium else item.track.node.entry(DURATION)
    return [scene.entry(REFERENCE), span] if sized.by == "reference" and rivals > 1 else [span]


def without_repeats(spans: list[Span]) -> tuple[Span, ...]:
    return tuple({span.key: span for span in spans}.values())


def settled(case: Case, sized: Size, index: int, hold: Hold) -> tuple[Repair, ...]:
    """Changes after which a track is seen."""
    from .trial import trials_of

    return trials_of(case).of_track(hold.name, index, _for_track(case, sized, index))


def _for_track(case: Case, sized: Size, index: int) -> Iterator[Changes]:
    item = case.node.tracks[index]
    track = item.track
    start, end, total = track.start_gap, track.end_gap, sized.length.expected
    if index == sized.track and (start or end):
        yield from by_duration(case)  # a pause that is meant takes a scene that lasts longer than the track
    if sized.by == "duration" and start is not None and end is not None and start < end <= total:
        yield (Change(index, END_GAP, total - end, False),)  # it was taken for the time at which the track ends
    if start is not None:
        yield (Change(index, START_GAP),)
    if end is not None:
        yield (Change(index, END_GAP),)
    needed, sure = _needed(item)
    if sized.by == "duration":
        yield (Change(SCENE, DURATION, needed, sure),)
    for field, gap, other in ((START_GAP, start, end or 0), (END_GAP, end, start or 0)):
        if gap is not None:
            free = total - (needed - gap)
            yield (Change(index, field, below(free) if free > 0 else below(max(0, total - other) // 2), False),)
    if start is not None and end is not None:
        quarter = below(total // 4)
        yield Change(index, START_GAP, quarter, False), Change(index, END_GAP, quarter, False)
    if track.duration is None and item.medium is not None and item.medium.high <= 0:
        yield (Change(index, DURATION, below(total), False),)  # a time to be silent for


def _needed(item: TrackNode, named: bool = False) -> tuple[int, bool]:
    """The shortest scene in which a track has its gaps and the whole of its own length; whether the spec says so.

    `named`: as the one that sizes its scene, so that the length of a sound counts too.
    """
    track = item.track
    gaps = (track.start_gap or 0) + (track.end_gap or 0)
    medium = item.medium if named or track.type in TIMED else None
    if track.duration is not None:
        return gaps + track.duration, True
    if medium is None:
        return gaps + (LEAST_MS if gaps else 0), not gaps
    needed = gaps + medium.expected
    return (needed, True) if medium.low == medium.high else (above(needed), False)


def above(ms: int) -> int:
    """The next time that is easy to read: estimates are not sure to the millisecond, and no author would write so."""
    step = _step(ms)
    return -(-ms // step) * step


def below(ms: int) -> int:
    """The last such time that is no longer."""
    return ms // _step(ms) * _step(ms)


def _step(ms: int) -> int:
    return 100 if ms >= 1000 else 50 if ms >= 100 else 1


def for_scene(case: Case) -> Iterator[Changes]:
    """What could size a scene instead of what does or does not. Pauses that are meant stay where a duration will do."""
    scene, nodes = case.node.scene, case.node.tracks
    gaps: Changes = ()
    if scene.reference is not None:
        yield (Change(SCENE, REFERENCE),)
        if case.node.reference is not None:
            index = case.node.reference
            fields = fields_of_track(nodes[index].track)
            gaps = tuple(Change(index, field) for field in fields if field != DURATION)
            yield from ((gap,) for gap in gaps)
            medium = nodes[index].medium
            if medium is not None and medium.low == medium.high and nodes[index].track.type not in TIMED:
                yield (Change(index, DURATION, medium.expected),)
    sized = [index for index, item in enumerate(nodes) if is_sized(item)]
    actors = [index for index in sized if nodes[index].track.type == "actor"]
    yield from _references(case, actors or sized)
    if scene.reference is None:
        untimed = [index for index in sized[:TRIED] if nodes[index].track.type not in TIMED]
        yield from ((Change(index, DURATION),) for index in untimed)
    if actors:
        yield from _references(case, [index for index in sized if nodes[index].track.type != "actor"])
    yield from by_duration(case)
    if len(gaps) > 1:
        yield gaps
    if case.sized is not None and case.sized.medium and case.sized.track is not None:
        yield (Change(case.sized.track, DURATION, DEFAULT_MS, False),)  # a time to be silent for


def by_duration(case: Case) -> Iterator[Changes]:
    """A duration that holds every track. Between two gaps a medium that is only estimated is never as long as its
    window: it is also tried that such a track ends with its medium."""
    named, nodes = case.node.reference, case.node.tracks
    longest, sure = max((_needed(item, index == named) for index, item in enumerate(nodes)), default=(0, False))
    for ms in (2 * ms for ms in case.transitions):
        longest, sure = max((longest, sure), (ms, False))
    added = Change(SCENE, DURATION, longest or DEFAULT_MS, sure and longest > 0)
    changes = (Change(SCENE, REFERENCE), added) if case.node.scene.reference is not None else (added,)
    yield changes
    between = [index for index, item in enumerate(nodes) if _is_between_gaps(item)]
    if 0 < len(between) <= TRIED:
        yield (*changes, *(Change(index, END_GAP) for index in between))


def _is_between_gaps(item: TrackNode) -> bool:
    """Whether a medium of a length that is not known for sure has both gaps around it."""
    track, medium = item.track, item.medium
    if track.type not in TIMED or medium is None or medium.low == medium.high or track.duration is not None:
        return False
    return track.start_gap is not None and track.end_gap is not None


def _references(case: Case, sized: list[int]) -> Iterator[Changes]:
    """A reference to each of these tracks; one without a name is given one."""
    nodes = case.node.tracks
    names = [item.track.reference_id for item in nodes]
    for index in sized[:TRIED]:
        track = nodes[index].track
        name = track.reference_id
        if name is None and REFERENCE_ID not in track.broken:
            name = unused(track.type, names)
            yield Change(index, REFERENCE_ID, name), Change(SCENE, REFERENCE, name)
        elif names.count(name) == 1 and index != case.node.reference:
            yield (Change(SCENE, REFERENCE, name),)


def unused(stem: str, names: list[str | None]) -> str:
    """`actor`, else `actor-2` and so on."""
    tries = (stem, *(f"{stem}-{number}" for number in range(2, len(names) + 3)))
    taken = set(names)
    return next(name for name in tries if name not in taken)
