"""readings: where a result depends on how vidc reads what is not documented, and times that look like seconds."""

from __future__ import annotations

from vidc.clock import with_unit
from vidc.diag.finding import Edit, Label, Log, Place, Repair
from vidc.ir.graph import TrackNode
from vidc.ir.spec import Scene, Track
from vidc.ir.timeline import Moment
from vidc.ir.tree import Mapping, Scalar
from vidc.problems import solve as problems
from vidc.problems.wording import quoted
from vidc.source import Span

from .case import Case, Readings
from .changes import DURATION, END_GAP, SCENE, START_GAP
from .judge import Form
from .labels import place
from .place import GAPS_BELOW, SECONDS_BELOW, fields_of, merged, moment, window
from .size import Size
from .table import BOTH_GAPS, EVERYTHING, KINDS
from .table import END_GAP as HAS_END
from .table import START_GAP as HAS_START

FILLS = "a track without a length and without both gaps fills its scene"
COMPETES = "a track with both gaps is not taken for one that sizes its scene"
ENLARGES = "the gaps of the track that sizes a scene do not make the scene longer"
FROM_THE_END = "a lone `endTimeGap` places an actor or video from the end of its scene"
ZERO_IS_SET = "a gap of 0 counts as set"


FRAME_MS = 33
"""A shorter duration is told with its unit too: no film has more than 30 frames a second."""

LONGEST = 120
"""Limit: a longer template is not written out in a repair."""

SHOWN = 6
"""So many of the tracks that rest on a reading are pointed at."""


def find_readings(case: Case, sized: Size, index: int) -> None:
    """Keep which results of a track depend on a reading."""
    item = case.node.tracks[index]
    track = item.track
    kind = KINDS.get(track.type, 2)
    fields = fields_of(item)
    if fields < 0 or fields == EVERYTHING:
        return
    sizing = index == sized.track
    if kind and fields < BOTH_GAPS:
        _add(case, track, (START_GAP, END_GAP), FILLS)
    if kind == 0 and fields == BOTH_GAPS and sized.by == "inferred":
        _add(case, track, (END_GAP,), COMPETES)
    if sizing and (track.start_gap or track.end_gap):
        _add(case, track, (START_GAP,) if track.start_gap else (END_GAP,), ENLARGES)
    same = sizing and sized.medium
    if kind == 0 and fields == HAS_END and _moves(item, kind, fields, 0, sized, same):
        _add(case, track, (END_GAP,), FROM_THE_END)
    without = fields - (HAS_START if track.start_gap == 0 else 0) - (HAS_END if track.end_gap == 0 else 0)
    if without != fields and _moves(item, kind, fields, without, sized, same):
        _add(case, track, (START_GAP,) if track.start_gap == 0 else (END_GAP,), ZERO_IS_SET)


def _moves(item: TrackNode, kind: int, fields: int, others: int, sized: Size, same: bool) -> bool:
    """Whether the track would stand elsewhere with other fields."""
    if kind == 0 and item.medium is None and min(fields, others) < BOTH_GAPS:
        return False
    here, there = window(item, kind, fields), window(item, kind, others)
    return any(
        moment(difference, sized.length, item.medium) != NOWHERE
        for difference in (_less(here[0], there[0], same), _less(here[1], there[1], same))
    )


NOWHERE = Moment(0, 0, 0)


def _less(one: Form, other: Form, same: bool) -> Form:
    """The difference of two forms; `same`: both unknowns are one."""
    form = (one[0] - other[0], one[1] - other[1], one[2] - other[2])
    return merged(form) if same else form


def _add(case: Case, track: Track, fields: tuple[str, ...], reading: str) -> None:
    case.readings.setdefault(reading, []).append((track, fields))


def note_readings(readings: Readings, log: Log) -> None:
    """Say once of each reading which tracks rest on it."""
    for reading, tracks in readings.items():
        at, *others = _first_places(tracks)
        labels = tuple(Label(other.span, "so here") for other in others)
        log.add(problems.undocumented_reading(at, reading, len(tracks), labels))


def _first_places(tracks: list[tuple[Track, tuple[str, ...]]]) -> list[Place]:
    """Where the first ones stand: a loop's turns stand in one place."""
    found: dict[Span, Place] = {}
    for track, fields in tracks:
        at = _place(track, fields)
        found.setdefault(at.span, at)
        if len(found) == SHOWN:
            break
    return list(found.values())


def _place(track: Track, fields: tuple[str, ...]) -> Place:
    field = next((field for field in fields if field in track.node.entries), "type")
    return track.place(field) if field == "type" else place(track, field)


def note_seconds(case: Case) -> None:
    """Say which durations of a scene look like seconds."""
    scene = case.node.scene
    if is_suspicious(scene.node, scene.duration):
        _suspect(case, scene, scene.node, DURATION)
    transition = scene.transition
    if transition is not None and transition.duration is not None and transition.duration < SECONDS_BELOW:
        _suspect(case, scene, transition.node, DURATION)


def note_seconds_of(case: Case, track: Track) -> None:
    """Say which durations and gaps of a track look like seconds."""
    if track.start_gap and track.start_gap < GAPS_BELOW:
        _suspect(case, track, track.node, START_GAP)
    if track.end_gap and track.end_gap < GAPS_BELOW:
        _suspect(case, track, track.node, END_GAP)
    if track.duration is not None and track.duration < SECONDS_BELOW:
        _suspect(case, track, track.node, DURATION)
    if track.intrinsic is not None and track.intrinsic.high < SECONDS_BELOW:
        _suspect(case, track, track.node, "intrinsicDuration")


def is_suspicious(mapping: Mapping, duration: int | None) -> bool:
    """Whether a duration is a bare number so small that seconds may be meant."""
    if duration is None or duration >= SECONDS_BELOW:
        return False
    found = mapping.entries.get(DURATION)
    return found is not None and isinstance(found[1], Scalar) and found[1].value.__class__ in (int, float)


def _suspect(case: Case, owner: Track | Scene, mapping: Mapping, field: str) -> None:
    from . import edits

    found = mapping.entries.get(field)
    if found is None or not isinstance(found[1], Scalar) or found[1].value.__class__ not in (int, float):
        return
    value = found[1]
    at = Place(mapping.entry(field), owner.path, mapping.via)
    if template := _template(value):
        said = quoted(f"{template}s")
        repair = Repair(f"set `{field}: {said}`", (Edit(value.span, said),), sure=False)
        case.log.add(problems.suspicious_time(at, 0, repair, True, template=template))
        return
    ms = int(value.value)  # type: ignore[arg-type]  # its class is one of the two above
    plain = case.texts.plain_numbers
    said = str(ms * 1000) if plain or edits.is_json(mapping) else with_unit(ms * 1000)
    scene = case.node.scene.node
    own = case.texts.is_own(SCENE) and (mapping is scene or edits.is_own_text([scene, mapping]))
    edit = Edit(value.span, said) if own and edits.own(mapping, field) is not None else None
    repair = Repair(f"set `{field}: {said}`", () if edit is None else (edit,))
    is_frame = ms >= FRAME_MS or field in (START_GAP, END_GAP)
    case.log.add(problems.suspicious_time(at, ms, repair, is_frame and not plain))


def _template(value: Scalar) -> str:
    """The text of a template that gave a number, without quotes; empty where none did."""
    span = value.span
    text = span.text.strip("'\"") if span.end - span.start <= LONGEST else ""
    return text if "\n" not in text and text.endswith(("}}", ">")) else ""
