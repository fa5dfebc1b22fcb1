"""Spec: a checked document; every field is of its type or known to be left out.

Every record keeps the mapping it came from (`node`), so each field's key and value have their span:
`track.node.key("duration")`, `track.node.at("duration")`. `values` is what is sent to the service: plain JSON values,
lowered (times in ms, places in pixels), without vidc's own keys. `broken` names the fields that were left out because
a finding speaks of them: nothing may be concluded from their absence. An explicit null is absence and not broken.
"""

from __future__ import annotations

from vidc.clock import Length
from vidc.diag.finding import Place
from vidc.record import record

from .tree import Mapping

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


@record
class Track:
    """One track of a scene. Times in ms; `intrinsic` is the length that the author states for its medium."""

    type: str
    scene: int
    index: int
    node: Mapping
    values: dict[str, Json]
    duration: int | None = None
    start_gap: int | None = None
    end_gap: int | None = None
    intrinsic: Length | None = None
    reference_id: str | None = None
    blend_id: str | None = None
    text: str | None = None
    text_known: bool = True
    broken: frozenset[str] = frozenset()

    @property
    def path(self) -> str:
        return f"scenes[{self.scene}].tracks[{self.index}]"

    def place(self, field: str = "") -> Place:
        """The value of a field, or the whole track."""
        return Place(self.node.at(field) if field else self.node.span, self.path, self.node.via)

    @property
    def name(self) -> str:
        """How messages call it: its referenceId, else its type and number."""
        return self.reference_id or f"{self.type} {self.index + 1}"


@record
class Transition:
    """How a scene goes over into the next one; `duration` in ms."""

    type: str
    duration: int | None
    node: Mapping


@record
class Scene:
    """One scene. `tracks_missing`: a track was left out because of an error, so what is there may not be all of it."""

    index: int
    node: Mapping
    values: dict[str, Json]
    tracks: list[Track]
    name: str | None = None
    duration: int | None = None
    reference: str | None = None
    transition: Transition | None = None
    language: str | None = None
    broken: frozenset[str] = frozenset()
    tracks_missing: bool = False

    @property
    def path(self) -> str:
        return f"scenes[{self.index}]"

    def place(self, field: str = "") -> Place:
        return Place(self.node.at(field) if field else self.node.span, self.path, self.node.via)

    @property
    def label(self) -> str:
        """How messages call it: its name, else its number."""
        return self.name or f"scene {self.index + 1}"


@record
class Spec:
    """A whole checked spec.

    `kind`: `video` (scenes), or `template` (a template job: no scenes). `values`: the other top-level keys that are
    sent (`dynamicVariables`, `callback`, `callbackPayload`, `templateJobId`...). `literal`: a job as the service takes
    it, with none of vidc's keys, passed through as it is. `language`: of the scripts, None where not said. `broken`
    also has `settings.NAME` and `dynamicVariables.NAME`. `unknown`: a variable has no value, so there can be no job.
    `creative`: what a literal job holds in `videoCreative` besides settings and scenes.
    """

    kind: str
    node: Mapping
    settings: dict[str, Json]
    scenes: list[Scene]
    values: dict[str, Json]
    dynamic_variables: dict[str, Json]
    literal: bool = False
    language: str | None = None
    broken: frozenset[str] = frozenset()
    scenes_missing: bool = False
    unknown: bool = False
    creative: dict[str, Json] = {}  # noqa: RUF012  # never changed once made

    def place(self, field: str = "") -> Place:
        return Place(self.node.at(field) if field else self.node.span, field, self.node.via)
