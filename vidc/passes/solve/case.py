"""Case: one scene that is being solved, with what its findings need."""

from __future__ import annotations

from vidc.diag.finding import Label, Log
from vidc.ir.graph import SceneNode
from vidc.ir.spec import Track
from vidc.ir.tree import Mapping

from .changes import Texts
from .labels import scene_labels
from .size import Size, is_sized
from .trial import Trials


class Case:
    """`sized` is None where the scene has no length. What only findings need is made when the first one asks."""

    __slots__ = ("_labels", "_rivals", "_trials", "log", "node", "sized", "texts", "transitions")

    def __init__(
        self, node: SceneNode, sized: Size | None, root: Mapping, transitions: tuple[int, int], literal: bool, log: Log
    ) -> None:
        self.node = node
        self.sized = sized
        self.texts = Texts(root, node, literal)
        self.transitions = transitions
        self.log = log
        self._trials: Trials | None = None
        self._rivals: int | None = None
        self._labels: tuple[Label, ...] | None = None

    @property
    def trials(self) -> Trials:
        if self._trials is None:
            self._trials = Trials(self.sized, self.texts, self.transitions)
        return self._trials

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

    def name(self, track: Track) -> str:
        """How conditions call the length of a track: `hello/speech`."""
        return f"{self.node.scene.label}/{track.name}"
