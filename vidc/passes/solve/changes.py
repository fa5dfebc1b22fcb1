"""changes: a few fields of a scene with other values, as a scene to solve again and as edits of its text."""

from __future__ import annotations

from typing import Any, TypeAlias

from vidc.diag.finding import Edit
from vidc.ir.graph import SceneNode, TrackNode
from vidc.ir.tree import Mapping
from vidc.record import record, replace

from . import edits

SCENE = -1
"""In the place of a track's index: the scene itself."""

DURATION, START_GAP, END_GAP = "duration", "startTimeGap", "endTimeGap"
REFERENCE, REFERENCE_ID = "intrinsicDurationTrackReference", "referenceId"

ATTRIBUTES = {
    DURATION: "duration",
    START_GAP: "start_gap",
    END_GAP: "end_gap",
    REFERENCE: "reference",
    REFERENCE_ID: "reference_id",
}
"""The attributes of Scene and Track by field."""


@record
class Change:
    """A field of a track (by index) or of the scene gets a value; None takes it out."""

    where: int
    field: str
    value: int | str | None = None


Changes: TypeAlias = tuple[Change, ...]


@record
class Texts:
    """What edits are written into. `plain_numbers`: a job as the service takes it, where a time has no unit."""

    root: Mapping
    plain_numbers: bool


def changed_track(item: TrackNode, changes: Changes) -> TrackNode:
    values: dict[str, Any] = {ATTRIBUTES[change.field]: change.value for change in changes}
    return replace(item, track=replace(item.track, **values))


def changed(node: SceneNode, changes: Changes) -> SceneNode:
    """The scene with some fields changed, its reference resolved again."""
    scene, tracks = node.scene, list(node.tracks)
    for change in changes:
        if change.where == SCENE:
            values: dict[str, Any] = {ATTRIBUTES[change.field]: change.value}
            scene = replace(scene, **values)
        else:
            tracks[change.where] = changed_track(tracks[change.where], (change,))
    if scene.reference is None:
        return SceneNode(scene, tracks)
    named = [index for index, item in enumerate(tracks) if item.track.reference_id == scene.reference]
    return SceneNode(scene, tracks, named[0] if len(named) == 1 else None, len(named) != 1)


def edits_of(texts: Texts, node: SceneNode, changes: Changes) -> tuple[Edit, ...]:
    """The changes as edits of the text; none where one of them cannot be written."""
    found: list[Edit] = []
    for where in sorted({change.where for change in changes}):
        here = _written(texts, node, where, [change for change in changes if change.where == where])
        if not here:
            return ()
        found += here
    return _merged(found)


def _written(texts: Texts, node: SceneNode, where: int, changes: list[Change]) -> list[Edit]:
    """Changes of one mapping; none where one of them cannot be written."""
    scene = node.scene.node
    mapping = scene if where == SCENE else node.tracks[where].track.node
    if not edits.is_own_text(edits.chain_to(texts.root, scene, None if where == SCENE else mapping)):
        return []
    taken = [change.field for change in changes if change.value is None]
    given = {change.field: change.value for change in changes if change.value is not None}
    added = [field for field in given if field not in mapping.entries]
    found: list[Edit | None] = []
    if taken and added:
        field = added[0]
        found.append(edits.rename(mapping, taken.pop(0), field, given.pop(field), texts.plain_numbers))
    for field, value in given.items():
        write = edits.change if field in mapping.entries else edits.insert
        found.append(write(mapping, field, value, texts.plain_numbers))
    if taken:
        found += edits.remove(mapping, taken) or [None]
    whole = [edit for edit in found if edit is not None]
    return whole if len(whole) == len(found) else []


def _merged(found: list[Edit]) -> tuple[Edit, ...]:
    """In the order of the text; what is added where something else is taken out is one edit."""
    merged: list[Edit] = []
    for edit in sorted(found, key=lambda edit: (edit.span.start, edit.span.end)):
        last = merged[-1] if merged else None
        if last is not None and last.span.end == edit.span.start == last.span.start:
            merged[-1] = Edit(edit.span, last.text + edit.text)
        else:
            merged.append(edit)
    return tuple(merged)


def written_time(texts: Texts, node: SceneNode, where: int, field: str, ms: int) -> str:
    """A time as an edit would write it."""
    mapping = node.scene.node if where == SCENE else node.tracks[where].track.node
    return edits.written(mapping, field, ms, texts.plain_numbers)
