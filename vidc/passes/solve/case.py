"""Case: one scene that is being solved, with what its findings need."""

from __future__ import annotations

from vidc.diag.finding import Label, Log
from vidc.hints import TypeAlias
from vidc.ir.graph import SceneNode
from vidc.ir.spec import Scene, Spec, Track
from vidc.ir.timeline import PlacedTrack

from .changes import Texts
from .labels import scene_labels
from .size import Size, is_sized

Readings: TypeAlias = dict[str, list[tuple[Track, tuple[str, ...]]]]


class Case:
    """`sized` and `tracks` are None where the scene has no length. What only findings need is made when one asks.

    `before`: the scene in front of it. `start`: when it begins in the film, in ms, where that is exact and a finding
    may need it. `readings`: the tracks of all scenes whose places rest on a reading of what is not documented, by
    reading, each with the fields that may say so.
    """

    __slots__ = (
        "_labels",
        "_rivals",
        "_speakers",
        "_texts",
        "before",
        "log",
        "node",
        "readings",
        "sized",
        "spec",
        "start",
        "tracks",
        "trials",
    )

    def __init__(
        self, spec: Spec, node: SceneNode, sized: Size | None, before: Scene | None, log: Log, readings: Readings
    ) -> None:
        self.spec = spec
        self.node = node
        self.sized = sized
        self.before = before
        self.start: int | None = None
        self.log = log
        self.readings = readings
        self.tracks: list[PlacedTrack] | None = None
        self._texts: Texts | None = None
        self.trials: object = None  # what `trial.trials_of` keeps here
        self._rivals: int | None = None
        self._speakers: int | None = None
        self._labels: tuple[Label, ...] | None = None

    @property
    def texts(self) -> Texts:
        if self._texts is None:
            self._texts = Texts(self.spec.node, self.node, self.spec.literal)
        return self._texts

    @property
    def transitions(self) -> tuple[int, int]:
        """The lengths of the transitions into and out of the scene, 0 for none."""
        return (0 if self.before is None else transition_ms(self.before)), transition_ms(self.node.scene)

    @property
    def scene_labels(self) -> tuple[Label, ...]:
        """Where the scene's length is from."""
        if self._labels is None:
            self._labels = () if self.sized is None else scene_labels(self.node, self.sized)
        return self._labels

    @property
    def rivals(self) -> int:
        """How many tracks could size the scene: of several, it takes the reference to choose."""
        if self._rivals is None:
            self._rivals = sum(is_sized(item) for item in self.node.tracks)
        return self._rivals

    @property
    def speakers(self) -> int:
        """How many actors the scene has."""
        if self._speakers is None:
            self._speakers = [item.track.type for item in self.node.tracks].count("actor")
        return self._speakers

    def name(self, track: Track) -> str:
        """How conditions call the length of a track: `hello/speech`."""
        return f"{self.node.scene.label}/{track.name}"


def transition_ms(scene: Scene) -> int:
    return 0 if scene.transition is None else scene.transition.duration or 0
