"""troubles: a scene without a length and a track with too many fields, as findings in the author's words."""

from __future__ import annotations

from collections.abc import Iterator

from vidc.diag.finding import Label, Place
from vidc.ir.spec import Scene
from vidc.problems import sizes
from vidc.problems import solve as problems
from vidc.problems.proof import shown

from .case import Case
from .changes import DURATION, END_GAP, REFERENCE, REFERENCE_ID, SCENE, START_GAP, Change, Changes, changed
from .explain import proof_of, zero_form
from .labels import long, medium_place, place, time_labels
from .settle import by_duration, for_scene, length_fields, without_repeats
from .size import Size, Trouble, size
from .trial import talked_over, trials_of

SHOWN = 6
"""So many of the tracks that could size a scene are labelled."""


def explain_trouble(case: Case, trouble: Trouble) -> None:
    """Say why a scene has no length, unless a finding does already."""
    match trouble.name:
        case "over-constrained":
            _over_constrained_scene(case)
        case "cyclic-duration":
            _cyclic(case, trouble.tracks[0])
        case "unsized-reference":
            _unsized(case, trouble.tracks[0])
        case "ambiguous-duration":
            _ambiguous(case, trouble.tracks)
        case "under-constrained":
            repairs = trials_of(case).of_scene(trouble.name, for_scene(case))
            case.log.add(sizes.under_constrained(_anywhere(case.node.scene), repairs))


def _anywhere(scene: Scene) -> Place:
    """Where something is absent from a scene: the key of its tracks, else all of it."""
    if "tracks" in scene.node.entries:
        return Place(scene.node.key("tracks"), scene.path, scene.node.via)
    return scene.place()


def _over_constrained_scene(case: Case) -> None:
    scene = case.node.scene
    duration, reference = scene.node.entry(DURATION), scene.node.entry(REFERENCE)
    labels = (
        Label(duration, f"lasts {shown(scene.duration or 0)}"),
        Label(reference, f"lasts as long as `{scene.reference}`"),
    )
    repairs = trials_of(case).of_scene("over-constrained", [(Change(SCENE, field),) for field in (REFERENCE, DURATION)])
    at = place(scene, DURATION)
    case.log.add(sizes.over_constrained(at, "scene", labels, (duration, reference), repairs))


def _cyclic(case: Case, index: int) -> None:
    scene, track = case.node.scene, case.node.tracks[index].track
    labels = tuple(time_labels(track).values())
    conflict = (scene.node.entry(REFERENCE), *(label.span for label in labels))
    repairs = trials_of(case).of_scene("cyclic-duration", for_scene(case))
    case.log.add(sizes.cyclic_duration(place(scene, REFERENCE), labels, conflict, repairs))


def _unsized(case: Case, index: int) -> None:
    scene, track = case.node.scene, case.node.tracks[index].track
    label = Label(track.node.entry(REFERENCE_ID), f"this {track.type} has no `{DURATION}`")
    at = place(scene, REFERENCE)
    repairs = trials_of(case).of_scene("unsized-reference", for_scene(case))
    case.log.add(sizes.unsized_reference(at, (label,), (at.span,), repairs))


def _ambiguous(case: Case, tracks: tuple[int, ...]) -> None:
    labels = tuple(_sized_label(case, index) for index in tracks[:SHOWN])
    conflict = tuple(label.span for label in labels[:2])
    repairs = trials_of(case).of_scene("ambiguous-duration", for_scene(case))
    at, together = _anywhere(case.node.scene), _speak_together(case)
    case.log.add(sizes.ambiguous_duration(at, len(tracks), labels, conflict, repairs, together))


def _speak_together(case: Case) -> bool:
    """Whether actors would speak at the same time in a scene that is long enough for all tracks."""
    if case.speakers < 2:
        return False
    long_enough = changed(case.node, next(by_duration(case)))
    sized = size(long_enough)
    return isinstance(sized, Size) and talked_over(long_enough, sized) > 0


def _sized_label(case: Case, index: int) -> Label:
    item = case.node.tracks[index]
    track = item.track
    if track.duration is not None:
        return time_labels(track)[DURATION]
    said = f"takes {long(item.medium)}" if item.medium is not None else "has a length of its own"
    return Label(medium_place(track).span, said)


def explain_over_constrained(case: Case, index: int) -> None:
    """A track with all three fields."""
    track = case.node.tracks[index].track
    labels = tuple(time_labels(track).values())
    at = place(track, DURATION)
    repairs = trials_of(case).of_track("over-constrained", index, _without_some(index))
    case.log.add(sizes.over_constrained(at, "track", labels, tuple(label.span for label in labels), repairs))


def _without_some(index: int) -> Iterator[Changes]:
    fields = (END_GAP, DURATION, START_GAP)
    yield from ((Change(index, field),) for field in fields)
    for kept in fields:
        yield tuple(Change(index, field) for field in fields if field != kept)


def explain_zero(case: Case, sized: Size) -> bool:
    """Say where a scene may have no length; whether it has none for sure."""
    hold = zero_form(sized)
    if hold is None or sized.track is None:
        return False
    track = case.node.tracks[sized.track].track
    proof = proof_of(case, sized, hold, None)
    labels = case.scene_labels
    conflict = without_repeats(length_fields(case, sized, case.rivals)) if hold.always else ()
    repairs = trials_of(case).of_scene("zero-scene", for_scene(case)) if hold.always else ()
    at = Place(medium_place(track).span, case.node.scene.path, track.node.via)
    case.log.add(problems.zero_scene(at, proof, labels, conflict, repairs))
    return hold.always
