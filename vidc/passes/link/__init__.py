"""link: Spec -> Graph. What names something else is resolved, and every medium gets a length."""

from __future__ import annotations

from vidc.diag.finding import Log
from vidc.ir.facts import Facts
from vidc.ir.graph import Graph, SceneNode, TrackNode
from vidc.ir.spec import Scene, Spec, Track

from .blend import continued
from .lengths import Lengths
from .references import reference_of
from .variables import Variables


def link(spec: Spec, facts: Facts, log: Log) -> Graph:
    """Resolve references, service variables and continued media; measure what can be measured."""
    variables = Variables(spec, log)
    lengths = Lengths(spec, facts, variables, log)
    before = continued(spec, log)
    scenes = [_linked(scene, lengths, before, log) for scene in spec.scenes]
    variables.report_unused()
    return Graph(spec, scenes)


def _linked(scene: Scene, lengths: Lengths, before: dict[tuple[int, int], Track], log: Log) -> SceneNode:
    nodes: list[TrackNode] = []
    for track in scene.tracks:
        medium, spoken = lengths.of(scene, track)
        first = before.get((scene.index, track.index)) if before else None
        if first is not None and medium is not None:
            medium = lengths.left(medium, first, track)
        nodes.append(TrackNode(track, medium, first, spoken))
    reference, broken = reference_of(scene, log)
    return SceneNode(scene, nodes, reference, broken)
