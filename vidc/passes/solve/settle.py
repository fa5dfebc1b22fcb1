"""settle: for a track or a scene that can be nothing but wrong, the fields that conflict and what would do."""

from __future__ import annotations

from collections.abc import Iterator

from vidc.diag.finding import Repair
from vidc.ir.graph import TrackNode
from vidc.source import Span

from .case import Case
from .changes import DURATION, END_GAP, REFERENCE, REFERENCE_ID, SCENE, START_GAP, Change, Changes
from .judge import Hold
from .labels import medium_place
from .size import Size, is_sized
from .table import TIMED

TRIED = 3
"""So many tracks are tried as what a scene's reference could name."""

DEFAULT_MS = 5000
"""The length that is proposed for a scene of which nothing says one."""

LEAST_MS = 1000
"""What is proposed for a track that gaps alone describe."""


def conflict_of(case: Case, sized: Size, index: int, hold: Hold) -> tuple[Span, ...]:
    """The smallest set of fields that leave a track unseen: its gaps, and what makes the scene so short."""
    item = case.node.tracks[index]
    track = item.track
    start, end = track.start_gap or 0, track.end_gap or 0
    longest = sized.length.high
    if hold.name == "never-visible" and not hold.form.scene:
        return (medium_place(track).span,)
    if hold.form.scene and hold.form.medium:
        return (medium_place(track).span,)
    fields = [START_GAP, END_GAP]
    if start >= longest:
        fields = [START_GAP]
    elif end >= longest:
        fields = [END_GAP]
    gaps = [track.node.entry(field) for field in fields]
    limit = sum(value for field, value in ((START_GAP, start), (END_GAP, end)) if field in fields)
    return without_repeats([*gaps, *length_fields(case, sized, limit)])


def length_fields(case: Case, sized: Size, limit: int) -> list[Span]:
    """The fields without which the scene could be longer than `limit`."""
    scene = case.node.scene.node
    if sized.track is None:
        return [scene.entry(DURATION)]
    item = case.node.tracks[sized.track]
    medium = item.medium if item.track.type in TIMED else None
    by_medium = sized.medium or (medium is not None and medium.high <= limit)
    span = medium_place(item.track).span if by_medium else item.track.node.entry(DURATION)
    chosen = sized.by == "reference" and case.rivals
    return [scene.entry(REFERENCE), span] if chosen else [span]


def without_repeats(spans: list[Span]) -> tuple[Span, ...]:
    return tuple({(span.start, span.end, id(span.source)): span for span in spans}.values())


def settled(case: Case, sized: Size, index: int, hold: Hold) -> tuple[Repair, ...]:
    """Changes after which a track is seen."""
    return case.trials.of_track(hold.name, index, _for_track(case, sized, index))


def _for_track(case: Case, sized: Size, index: int) -> Iterator[tuple[str, Changes]]:
    track = case.node.tracks[index].track
    start, end = track.start_gap, track.end_gap
    if start is not None:
        yield f"remove `{START_GAP}`", (Change(index, START_GAP),)
    if end is not None:
        yield f"remove `{END_GAP}`", (Change(index, END_GAP),)
    needed = _needed(case.node.tracks[index])
    if sized.by == "duration":
        said = case.time(needed, SCENE)
        yield f"set the scene's `{DURATION}: {said}`", (Change(SCENE, DURATION, needed),)
    left = sized.length.expected - (needed - (start or 0))
    if start is not None and left > 0:
        yield f"set `{START_GAP}: {case.time(left, index, START_GAP)}`", (Change(index, START_GAP, left),)
    left = sized.length.expected - (needed - (end or 0))
    if end is not None and left > 0:
        yield f"set `{END_GAP}: {case.time(left, index, END_GAP)}`", (Change(index, END_GAP, left),)


def _needed(item: TrackNode) -> int:
    """The shortest scene in which a track has its gaps and the whole of its own length."""
    track = item.track
    own = track.duration
    if own is None and item.medium is not None and track.type in TIMED:
        own = item.medium.expected
    gaps = (track.start_gap or 0) + (track.end_gap or 0)
    return gaps + (own if own is not None else LEAST_MS if gaps else 0)


def for_scene(case: Case) -> Iterator[tuple[str, Changes]]:
    """What could size a scene instead of what does or does not."""
    scene, nodes = case.node.scene, case.node.tracks
    referred = scene.reference is not None
    if referred:
        yield f"remove `{REFERENCE}`", (Change(SCENE, REFERENCE),)
    if referred and case.node.reference is not None:
        index = case.node.reference
        track = nodes[index].track
        for field, value in ((START_GAP, track.start_gap), (END_GAP, track.end_gap)):
            if value is not None:
                yield f"remove `{field}` of `{track.name}`", (Change(index, field),)
    sized = [index for index, item in enumerate(nodes) if is_sized(item)]
    yield from _references(case, sized, "set" if referred else "add")
    if not referred:
        for index in sized[:TRIED]:
            if nodes[index].track.type not in TIMED:
                yield f"remove `{DURATION}` of `{nodes[index].track.name}`", (Change(index, DURATION),)
    yield _by_duration(case, referred)


def _by_duration(case: Case, referred: bool) -> tuple[str, Changes]:
    needed = max((_needed(item) for item in case.node.tracks), default=0) or DEFAULT_MS
    added = Change(SCENE, DURATION, needed)
    said = f"`{DURATION}: {case.time(needed, SCENE)}`"
    if referred:
        return f"write {said} in the place of `{REFERENCE}`", (Change(SCENE, REFERENCE), added)
    return f"add {said} to the scene", (added,)


def _references(case: Case, sized: list[int], verb: str) -> Iterator[tuple[str, Changes]]:
    """A reference to each track that has a length; one without a name is given one. Actors first: they matter most."""
    nodes = case.node.tracks
    names = [item.track.reference_id for item in nodes]
    chosen = sorted(sized, key=lambda index: nodes[index].track.type != "actor")[:TRIED]
    for index in chosen:
        track = nodes[index].track
        name = track.reference_id
        if name is not None:
            if names.count(name) == 1 and index != case.node.reference:
                yield f"{verb} `{REFERENCE}: {name}`", (Change(SCENE, REFERENCE, name),)
        elif REFERENCE_ID not in track.broken:
            name = unused(track.type, names)
            named = (Change(index, REFERENCE_ID, name), Change(SCENE, REFERENCE, name))
            yield f"name `{track.name}` with `{REFERENCE_ID}: {name}` and {verb} `{REFERENCE}: {name}`", named


def unused(stem: str, names: list[str | None]) -> str:
    """`actor`, else `actor-2` and so on."""
    tries = (stem, *(f"{stem}-{number}" for number in range(2, len(names) + 3)))
    return next(name for name in tries if name not in names)
