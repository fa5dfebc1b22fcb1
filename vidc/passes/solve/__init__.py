"""solve: Graph -> Timeline, in closed form and linear in the number of tracks.

Every start and end is affine in at most two unknowns, the length of what sizes the scene and that of the track's own
medium (`table`), so each finding is a bound on such a form (`judge`). Why it holds is said elsewhere (`explain`).
"""

from __future__ import annotations

from vidc.clock import INF, Length, weakest
from vidc.diag.finding import Log
from vidc.ir.graph import Graph
from vidc.ir.spec import Scene, Spec
from vidc.ir.timeline import PlacedScene, Timeline

from .case import Case, Readings, transition_ms
from .place import Held, place
from .readings import find_readings, note_readings, note_seconds, note_seconds_of
from .size import Size, Trouble, is_over_constrained, size
from .table import TIMES


def solve(graph: Graph, log: Log) -> Timeline:
    """When everything starts and ends. A scene without a length is left out, and hides no other."""
    cases: list[Case] = []
    before: Scene | None = None
    readings: Readings = {}
    wrong: list[tuple[Case, Size, Held]] = []
    for node in graph.scenes:
        case = Case(graph.spec, node, None, before, log, readings)
        held = _solve(case)
        if held and case.sized is not None:
            wrong.append((case, case.sized, held))
        cases.append(case)
        before = node.scene
    if wrong:  # after all is placed: a tenth faster than to go between the two
        from .explain import explain

        _count_starts(cases)
        for case, sized, held in wrong:
            explain(case, sized, held)
    note_readings(readings, log)
    if any(case.node.scene.transition is not None for case in cases):
        from .transitions import judge_transitions

        judge_transitions(cases, not graph.spec.scenes_missing)
    if any(finding.name == "suspicious-time" for finding in log.findings):
        from .seconds import mark_followers

        mark_followers(cases, log)
    return _timeline(graph.spec, cases)


def explicit(graph: Graph, timeline: Timeline) -> Spec:
    """The spec with fields set so that it rests on as few undocumented readings as can be; no window changes."""
    from .explicit import made_explicit

    return made_explicit(graph, timeline)


def _solve(case: Case) -> Held:
    """Size the scene and place its tracks; what holds of them."""
    node = case.node
    sized = size(node)
    case.sized = sized if isinstance(sized, Size) else None
    note_seconds(case)
    if isinstance(sized, Trouble):
        from .troubles import explain_trouble

        explain_trouble(case, sized)
    elif sized.length.low > 0 or not _explain_zero(case, sized):
        case.tracks, held, odd = place(node, sized)
        if case.speakers > 1:
            from .voices import judge_voices

            judge_voices(case, sized)
        for index in odd:
            _note(case, sized, index)
        return held
    case.sized = None
    for index in range(len(node.tracks)):
        _note(case, None, index)
    return []


def _count_starts(cases: list[Case]) -> None:
    """Say when each scene begins that stands behind scenes of known lengths."""
    start = 0
    for case in cases:
        case.start = start
        length = case.sized.length if case.sized is not None else None
        if length is None or length.low != length.high:
            return
        start += length.low


def _note(case: Case, sized: Size | None, index: int) -> None:
    """What there is to say of a track's own fields."""
    item = case.node.tracks[index]
    note_seconds_of(case, item.track)
    if is_over_constrained(item):
        if item.track.broken.isdisjoint(TIMES):
            from .troubles import explain_over_constrained

            explain_over_constrained(case, index)
    elif sized is not None:
        find_readings(case, sized, index)


def _explain_zero(case: Case, sized: Size) -> bool:
    from .troubles import explain_zero

    return explain_zero(case, sized)


def _timeline(spec: Spec, cases: list[Case]) -> Timeline:
    """Lengths add up as intervals. A transition may or may not overlap its scenes, so it is taken from the low end."""
    start = Length(0, 0, 0)
    complete = not spec.scenes_missing
    scenes: list[PlacedScene] = []
    for case in cases:
        sized, scene = case.sized, case.node.scene
        if sized is None or case.tracks is None:
            complete = False
            start = Length(start.low, start.expected, INF, start.basis)
            continue
        length = sized.length
        scenes.append(PlacedScene(scene, start, length, sized.by, case.tracks))
        low = length.low
        if scene.transition is not None and case is not cases[-1]:
            low = max(0, low - transition_ms(scene))
        basis = start.basis if start.basis == length.basis else weakest([start.basis, length.basis])
        start = Length(start.low + low, start.expected + length.expected, start.high + length.high, basis)
    return Timeline(scenes, start, complete, _pixels(spec))


def _pixels(spec: Spec) -> tuple[int, int] | None:
    found = spec.settings.get("videoSize")
    if not isinstance(found, dict):
        return None
    width, height = found.get("width"), found.get("height")
    return (int(width), int(height)) if isinstance(width, int | float) and isinstance(height, int | float) else None
