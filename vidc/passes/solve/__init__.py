"""solve: Graph -> Timeline, in closed form and linear in the number of tracks.

Every start and end is affine in at most two unknowns, the length of what sizes the scene and that of the track's own
medium (`table`), so each finding is a bound on such a form (`judge`). Why it holds is said elsewhere (`explain`).
"""

from __future__ import annotations

from vidc.clock import INF, Length, weakest
from vidc.diag.finding import Log
from vidc.ir.graph import Graph, SceneNode
from vidc.ir.spec import Scene, Spec
from vidc.ir.timeline import PlacedScene, PlacedTrack, Timeline

from .case import Case
from .explain import explain
from .place import place
from .readings import note_readings, note_seconds, note_seconds_of
from .size import Size, Trouble, is_over_constrained, size
from .table import TIMES
from .transitions import judge_transitions
from .troubles import explain_over_constrained, explain_trouble, explain_zero


def solve(graph: Graph, log: Log) -> Timeline:
    """When everything starts and ends. A scene without a length is left out, and hides no other."""
    cases: list[Case] = []
    solved: list[tuple[Case, list[PlacedTrack]] | None] = []
    for number, node in enumerate(graph.scenes):
        case, tracks = _solve(node, graph.spec, _around(graph, number), log)
        cases.append(case)
        solved.append(None if tracks is None else (case, tracks))
    whole = not graph.spec.scenes_missing
    judge_transitions(cases, whole)
    return _timeline(graph.spec, cases, solved, whole)


def explicit(graph: Graph, timeline: Timeline) -> Spec:
    """The spec with fields set so that it rests on as few undocumented readings as can be; no window changes."""
    from .explicit import made_explicit

    return made_explicit(graph, timeline)


def _around(graph: Graph, number: int) -> tuple[int, int]:
    """The lengths of the transitions into and out of a scene, 0 for none."""
    before = _transition_ms(graph.scenes[number - 1].scene) if number else 0
    return before, _transition_ms(graph.scenes[number].scene)


def _transition_ms(scene: Scene) -> int:
    return scene.transition.duration or 0 if scene.transition is not None else 0


def _solve(
    node: SceneNode, spec: Spec, transitions: tuple[int, int], log: Log
) -> tuple[Case, list[PlacedTrack] | None]:
    """One scene; without tracks where it has no length."""
    sized = size(node)
    found = sized if isinstance(sized, Size) else None
    case = Case(node, found, spec.node, transitions, spec.literal, log)
    note_seconds(case)
    if isinstance(sized, Trouble):
        explain_trouble(case, sized)
    elif not explain_zero(case, sized):
        tracks, odd = place(node, sized, lambda index, holds: explain(case, sized, index, holds))
        for index in odd:
            _note(case, sized, index)
        return case, tracks
    case.sized = None
    for index in range(len(node.tracks)):
        _note(case, None, index)
    return case, None


def _note(case: Case, sized: Size | None, index: int) -> None:
    """What there is to say of a track's own fields."""
    item = case.node.tracks[index]
    note_seconds_of(case, item.track)
    if is_over_constrained(item):
        if item.track.broken.isdisjoint(TIMES):
            explain_over_constrained(case, index)
    elif sized is not None:
        note_readings(case, sized, index)


def _timeline(
    spec: Spec, cases: list[Case], solved: list[tuple[Case, list[PlacedTrack]] | None], whole: bool
) -> Timeline:
    """Lengths add up as intervals. A transition may or may not overlap its scenes, so it is taken from the low end."""
    start = Length(0, 0, 0)
    complete = whole
    scenes: list[PlacedScene] = []
    for number, entry in enumerate(solved):
        if entry is None or entry[0].sized is None:
            complete = False
            start = Length(start.low, start.expected, INF, start.basis)
            continue
        case, tracks = entry
        length = entry[0].sized.length
        scenes.append(PlacedScene(case.node.scene, start, length, entry[0].sized.by, tracks))
        overlap = _transition_ms(case.node.scene) if number + 1 < len(cases) else 0
        start = Length(
            start.low + max(0, length.low - overlap),
            start.expected + length.expected,
            start.high + length.high,
            weakest([start.basis, length.basis]),
        )
    return Timeline(scenes, start, complete, _pixels(spec))


def _pixels(spec: Spec) -> tuple[int, int] | None:
    found = spec.settings.get("videoSize")
    if not isinstance(found, dict):
        return None
    width, height = found.get("width"), found.get("height")
    return (int(width), int(height)) if isinstance(width, int | float) and isinstance(height, int | float) else None
