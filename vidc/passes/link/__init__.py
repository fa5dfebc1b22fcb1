"""link: Spec -> Graph. What names something else is resolved, and every medium gets a length."""

from __future__ import annotations

from vidc.diag.finding import Log
from vidc.ir.facts import Facts
from vidc.ir.graph import Graph, SceneNode, TrackNode
from vidc.ir.spec import Scene, Spec, Track
from vidc.record import replace

from .blend import continued, is_same_medium
from .lengths import Lengths, left_of
from .references import reference_of
from .variables import Variables


def link(spec: Spec, facts: Facts, log: Log) -> Graph:
    """Resolve references, service variables and continued media; measure what can be measured."""
    variables = Variables(spec, log)
    lengths = Lengths(spec, facts, variables, log)
    before = continued(spec, log)
    nodes = [[_linked(scene, track, lengths, before) for track in scene.tracks] for scene in spec.scenes]
    if before:
        nodes = _with_ends_open(nodes)
    scenes = [
        SceneNode(scene, tracks, *reference_of(scene, log)) for scene, tracks in zip(spec.scenes, nodes, strict=True)
    ]
    variables.report()
    if facts.actors is not None or facts.speakers is not None:
        from .names import report_unlisted

        report_unlisted(spec, facts, log)
    return Graph(spec, scenes)


def _linked(scene: Scene, track: Track, lengths: Lengths, before: dict[tuple[int, int], Track]) -> TrackNode:
    medium, spoken = lengths.of(scene, track)
    first = before.get((track.scene, track.index)) if before else None
    if first is not None and medium is not None and is_same_medium(first, track):
        medium = left_of(medium)
    return TrackNode(track, medium, first, spoken)


def _with_ends_open(nodes: list[list[TrackNode]]) -> list[list[TrackNode]]:
    """The tracks whose medium goes on in the next scene know it."""
    ahead = {
        (item.continues.scene, item.continues.index)
        for tracks in nodes
        for item in tracks
        if item.continues is not None and is_same_medium(item.continues, item.track)
    }
    return [
        [replace(item, goes_on=True) if (item.track.scene, item.track.index) in ahead else item for item in tracks]
        for tracks in nodes
    ]
