"""explicit: the same spec with fields set so that its results rest on as few undocumented readings as can be.

No window changes: what is set is what the tables give. A fill gets both its gaps, a scene that was sized by inference
beside tracks with both gaps gets a reference or a duration, and so does one whose sizing track has a gap where its
length is known. What cannot be written otherwise stays as it is.
"""

from __future__ import annotations

from typing import Any, TypeVar

from vidc.ir.graph import Graph, SceneNode, TrackNode
from vidc.ir.spec import Json, Scene, Spec, Track
from vidc.ir.timeline import PlacedScene, PlacedTrack, Timeline
from vidc.record import replace

from .changes import ATTRIBUTES, DURATION, END_GAP, REFERENCE, REFERENCE_ID, START_GAP
from .settle import unused
from .size import Size, size
from .table import BOTH_GAPS, KINDS
from .table import DURATION as HAS_DURATION
from .table import END_GAP as HAS_END
from .table import START_GAP as HAS_START

T = TypeVar("T", Scene, Track)


def made_explicit(graph: Graph, timeline: Timeline) -> Spec:
    """The spec of a graph, written so; a scene that could not be solved stays as it is."""
    placed = {scene.scene.index: scene for scene in timeline.scenes}
    scenes = [_scene(node, placed.get(node.scene.index)) for node in graph.scenes]
    return replace(graph.spec, scenes=scenes)


def _scene(node: SceneNode, placed: PlacedScene | None) -> Scene:
    if placed is None:
        return node.scene
    by_index = {track.track.index: track for track in placed.tracks}
    sizing = _sizing(node)
    tracks = [
        item.track if (found := by_index.get(item.track.index)) is None else _track(found, placed, item is sizing)
        for item in node.tracks
    ]
    scene = replace(node.scene, tracks=tracks)
    if sizing is None or not _depends(node, sizing.track, placed):
        return scene
    exact = sizing.track.duration
    if exact is not None:
        return _with(scene, {REFERENCE: None, DURATION: exact})
    if placed.sized_by == "reference":
        return scene
    return _referring(scene, node.tracks.index(sizing))


def _sizing(node: SceneNode) -> TrackNode | None:
    """The track that sizes the scene, None where its own duration does."""
    sized = size(node)
    return node.tracks[sized.track] if isinstance(sized, Size) and sized.track is not None else None


def _depends(node: SceneNode, sizing: Track, placed: PlacedScene) -> bool:
    """Whether the scene's length rests on a reading: a rival with both gaps, or a gap of the sizing track."""
    if sizing.start_gap or sizing.end_gap:
        return sizing.duration is not None or placed.sized_by == "inferred"
    if placed.sized_by != "inferred":
        return False
    return any(
        item.track.start_gap is not None and item.track.end_gap is not None and KINDS.get(item.track.type, 2) == 0
        for item in node.tracks
    )


def _referring(scene: Scene, index: int) -> Scene:
    """The scene with a reference to one of its tracks, which gets a name where it has none."""
    track = scene.tracks[index]
    if track.reference_id is None:
        if REFERENCE_ID in track.broken:
            return scene
        track = _with(track, {REFERENCE_ID: unused(track.type, [other.reference_id for other in scene.tracks])})
        scene = replace(scene, tracks=[*scene.tracks[:index], track, *scene.tracks[index + 1 :]])
    return _with(scene, {REFERENCE: track.reference_id})


def _track(placed: PlacedTrack, scene: PlacedScene, sizing: bool) -> Track:
    track = placed.track
    kind = KINDS.get(track.type, 2)
    fields = (
        (HAS_DURATION if track.duration is not None else 0)
        + (HAS_START if track.start_gap is not None else 0)
        + (HAS_END if track.end_gap is not None else 0)
    )
    if kind and fields < BOTH_GAPS:
        return _with(track, {START_GAP: track.start_gap or 0, END_GAP: track.end_gap or 0})
    start, end = placed.start, placed.end
    fixed = start.low == start.high and end.low == end.high and start.low >= 0
    length = scene.duration
    if sizing or not fixed or kind or track.end_gap is None or length.low != length.high:
        return track
    if fields == HAS_END and start.expected < end.expected:
        return _with(track, {START_GAP: start.expected, END_GAP: length.expected - end.expected})
    return track


def _with(owner: T, fields: dict[str, Json]) -> T:
    """A scene or track with fields set, or taken out where they are None, in its values too."""
    values: dict[str, Any] = dict(owner.values)
    for field, value in fields.items():
        if value is None:
            values.pop(field, None)
        else:
            values[field] = value
    attributes: dict[str, Any] = {ATTRIBUTES[field]: value for field, value in fields.items()}
    return replace(owner, values=values, **attributes)
