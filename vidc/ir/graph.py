"""Graph: a Spec with its references resolved and a length for every medium."""

from __future__ import annotations

from vidc.clock import Length
from vidc.record import record

from .spec import Scene, Spec, Track


@record
class TrackNode:
    """A track, what is known of its medium's length (None where it has none: image, text, audio of unknown length),
    and the track of the previous scene that it continues."""

    track: Track
    medium: Length | None = None
    continues: Track | None = None


@record
class SceneNode:
    """A scene and its tracks. `reference`: the index in `tracks` that sizes it, None where there is none or it did not
    resolve; `reference_broken`: it was named and a finding says why it is no use: nothing follows from its absence."""

    scene: Scene
    tracks: list[TrackNode]
    reference: int | None = None
    reference_broken: bool = False


@record
class Graph:
    spec: Spec
    scenes: list[SceneNode]
