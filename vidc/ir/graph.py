"""Graph: a Spec with its references resolved and a length for every medium."""

from __future__ import annotations

from vidc.clock import Length
from vidc.record import record

from .facts import Calibration
from .spec import Scene, Spec, Track


@record
class Spoken:
    """What an actor says, with the service's variables filled in, and at what rate."""

    text: str
    language: str
    calibration: Calibration | None = None


@record
class TrackNode:
    """A track, what is known of its medium's length, the track of the previous scene that it continues, and its words.

    `goes_on`: its medium continues in the next scene, so the end of its own does not cut it.

    `medium` is None where there is none (image, text), where it is an audio of unknown length, and where a finding
    speaks of the field that says it: then nothing follows from it.
    """

    track: Track
    medium: Length | None = None
    continues: Track | None = None
    spoken: Spoken | None = None
    goes_on: bool = False


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
