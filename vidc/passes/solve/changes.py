"""changes: a few fields of a scene with other values: as a scene to solve again, as a title, as edits of its text."""

from __future__ import annotations

from vidc.diag.finding import Edit
from vidc.hints import Any, TypeAlias
from vidc.ir.graph import SceneNode, TrackNode
from vidc.ir.tree import Mapping
from vidc.record import record, replace

SCENE = -1
"""In the place of a track's index: the scene itself."""

NOWHERE = -2
"""In the place of a track's index: neither a track nor the scene."""

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
    """A field of a track (by index) or of the scene gets a value; None takes it out. `sure`: the value follows from
    the spec, and is neither estimated nor chosen."""

    where: int
    field: str
    value: int | str | None = None
    sure: bool = True


Changes: TypeAlias = tuple[Change, ...]


class Texts:
    """The text of one scene, to write changes into. `plain_numbers`: a job as the service takes it, where a time has
    no unit."""

    __slots__ = ("_own", "node", "plain_numbers", "root")

    def __init__(self, root: Mapping, node: SceneNode, plain_numbers: bool) -> None:
        self.root = root
        self.node = node
        self.plain_numbers = plain_numbers
        self._own: bool | None = None

    def mapping(self, where: int) -> Mapping:
        return self.node.scene.node if where == SCENE else self.node.tracks[where].track.node

    def is_own(self, where: int) -> bool:
        """Whether the scene, or one of its tracks, stands in the text once and for itself."""
        from . import edits

        scene = self.node.scene.node
        if self._own is None:
            self._own = edits.is_own_text(edits.chain_to(self.root, scene))
        if where == SCENE or not self._own:
            return self._own
        tracks = scene.entries.get("tracks")
        between = [scene] if tracks is None else [scene, tracks[1]]
        return edits.is_own_text([*between, self.mapping(where)])

    def is_inherited(self, change: Change) -> bool:
        from . import edits

        return edits.is_inherited(self.mapping(change.where), change.field)

    def written(self, where: int, field: str, value: int | str | None) -> str:
        from . import edits

        return edits.written(self.mapping(where), field, value, self.plain_numbers)


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


def title_of(texts: Texts, changes: Changes, about: int) -> str:
    """What to do, for the finding of one track or of the scene: "remove `endTimeGap` and set `duration: 2s`"."""
    if about == SCENE and any(change.where != SCENE for change in changes):
        about = NOWHERE  # of two owners each is named
    taken = [change for change in changes if change.where == SCENE and change.value is None]
    added = [change for change in changes if change.where == SCENE and _is_new(texts, change)]
    if any(texts.is_inherited(change) for change in taken):
        taken = []
    if taken and added:
        rest = [change for change in changes if change not in (taken[0], added[0])]
        said = f"write `{_entry(texts, added[0])}` in the place of `{taken[0].field}`"
        return " and ".join([said, *(_said(texts, change, about) for change in rest)])
    if len(changes) > 1 and all(_is_taken(texts, change, changes[0].where) for change in changes):
        *others, last = changes
        return f"remove {', '.join(f'`{change.field}`' for change in others)} and {_said(texts, last, about)[7:]}"
    return " and ".join(_said(texts, change, about) for change in changes)


def _is_taken(texts: Texts, change: Change, where: int) -> bool:
    """Whether a field of this track is to be removed."""
    return change.where == where != SCENE and change.value is None and not _is_new(texts, change)


def _is_new(texts: Texts, change: Change) -> bool:
    if change.field not in texts.mapping(change.where).entries:
        return change.value is not None
    return texts.is_inherited(change)


def _entry(texts: Texts, change: Change) -> str:
    return f"{change.field}: {texts.written(change.where, change.field, change.value)}"


def _said(texts: Texts, change: Change, about: int) -> str:
    there, owner = change.where == about, ""
    if change.where != SCENE and not there:
        owner = f"`{texts.node.tracks[change.where].track.name}`"
    the = "the scene's " if change.where == SCENE and not there else ""
    if _is_new(texts, change):
        return f"add `{_entry(texts, change)}`" + (f" to {owner}" if owner else " to the scene" if the else "")
    if change.value is None:
        return f"remove {the}`{change.field}`" + (f" of {owner}" if owner else "")
    return f"set {the}`{_entry(texts, change)}`" + (f" of {owner}" if owner else "")


def edits_of(texts: Texts, changes: Changes) -> tuple[Edit, ...]:
    """The changes as edits of the text; none where one of them cannot be written."""
    found: list[Edit] = []
    for where in sorted({change.where for change in changes}):
        here = _written(texts, where, [change for change in changes if change.where == where])
        if not here:
            return ()
        found += here
    return tuple(found) if len(found) == 1 else _merged(found)


def _written(texts: Texts, where: int, changes: list[Change]) -> list[Edit]:
    """Changes of one mapping; none where one of them cannot be written."""
    from . import edits

    if not texts.is_own(where):
        return []
    mapping = texts.mapping(where)
    kept = {change.field for change in changes if edits.is_inherited(mapping, change.field)}
    taken = [change.field for change in changes if change.value is None and change.field not in kept]
    given = {change.field: change.value for change in changes if change.field not in taken}
    added = [field for field in given if field not in mapping.entries or field in kept]
    found: list[Edit | None] = []
    if taken and added:
        field = added[0]
        found.append(edits.rename(mapping, taken.pop(0), field, given.pop(field), texts.plain_numbers))
    for field, value in given.items():
        write = edits.insert if field in added else edits.change
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
