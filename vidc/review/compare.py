"""compare: what differs between two versions of a spec for those who watch the video, and what it costs again.

Scenes are matched by name, else by content; their tracks by `referenceId`, else by content. What was only written
otherwise does not differ.
"""

from __future__ import annotations

from json import dumps
from typing import Any

from vidc.clock import INF, Length
from vidc.compile import Compiled
from vidc.diag.finding import Finding
from vidc.ir.spec import Json
from vidc.ir.timeline import Moment, PlacedScene, PlacedTrack
from vidc.record import record

from .matching import match, moved
from .versions import Version, errors_of, fingerprint
from .words import share_of_words, word_set

ROUGH_MS = 50
"""A time that is only estimated is said to differ from so much on."""

NO_TIME = Length(0, 0, 0)
ANY_TIME = Length(0, 0, INF, "estimated")
"""Of a video whose scenes are not in the spec, but in a template of the service."""


@record
class Field:
    """A property by its name (`position.x`), with its value before and after; None where it was or is not there."""

    name: str
    old: Json
    new: Json


@record
class TrackChange:
    """`kind`: `added`, `removed`, `changed`. `starts` and `ends`: how much later, in ms, in its scene; 0 for the same
    or where it is not placed. `words`: its text before and after where that differs. `follows`: nothing differs but
    that it ends as long before its scene as it did, which ends at another time."""

    kind: str
    type: str
    name: str
    fields: list[Field]
    words: tuple[str, str] | None = None
    starts: int = 0
    ends: int = 0
    follows: bool = False


@record
class SceneChange:
    """`kind`: `added`, `removed`, `moved`, `changed`. `old` and `new`: its number in each version, from 1; None where
    it is not there. `before` and `after`: its lengths. `moved`: it stands elsewhere among the scenes that stayed."""

    kind: str
    name: str
    old: int | None
    new: int | None
    before: Length | None
    after: Length | None
    moved: bool
    fields: list[Field]
    tracks: list[TrackChange]

    @property
    def longer(self) -> int:
        """By how much, in ms, at the expected lengths."""
        return _difference(self.before, self.after) if self.before and self.after else 0


@record
class SpecChange:
    """One file. `kind`: `added`, `removed`, `renamed`, `changed`, `same`; `broken` where it has errors now, `mended`
    where it had them before, and what differs is not known. `before`, `after`: its lengths; None where errors stand in
    the way. `paid`: what is paid again, in ms of video, None where that is not known; `known`: the job is in the lock,
    so that its video is there; `shared`: another file's job is the same, and paid there.
    `was`: its name before, where that differs. `had`, `has`: the errors of each version."""

    file: str
    kind: str
    before: Length | None
    after: Length | None
    fields: list[Field]
    scenes: list[SceneChange]
    paid: Length | None
    known: bool = False
    was: str = ""
    had: tuple[Finding, ...] = ()
    has: tuple[Finding, ...] = ()
    shared: bool = False


def compare(version: Version, paid_for: frozenset[str] = frozenset()) -> SpecChange:
    """What differs. `paid_for`: fingerprints of jobs that have a video."""
    old, new = version.old, version.new
    had, has = errors_of(old), errors_of(new)
    before, after = None if had else _total(old), None if has else _total(new)
    prints = [fingerprint(made) for made in (old, new)]
    same = old is not None and new is not None and prints[0] == prints[1]
    known = not has and prints[1] in paid_for
    if has or (had and new is not None):
        kind, paid = ("broken", None) if has else ("mended", NO_TIME if known or version.shared else after)
        return SpecChange(version.file, kind, before, after, [], [], paid, known, version.was, had, has, version.shared)
    paid = NO_TIME if new is None or same or known or version.shared else after
    if same:
        kind = "renamed" if version.was else "same"
        return SpecChange(version.file, kind, before, after, [], [], paid, known, version.was)
    kind = "added" if old is None else "removed" if new is None else "changed"
    scenes = _scenes(_placed(old), _placed(new)) if kind == "changed" else []
    fields = _fields(_top(old), _top(new)) if kind == "changed" else []
    return SpecChange(
        version.file, kind, before, after, fields, scenes, paid, known, version.was, had, shared=version.shared
    )


def _total(made: Compiled | None) -> Length:
    if made is None or made.timeline is None:
        return NO_TIME
    return made.timeline.total if made.timeline.scenes else ANY_TIME


def _top(made: Compiled | None) -> dict[str, Json]:
    """What is not in a scene."""
    if made is None or made.spec is None:
        return {}
    spec = made.spec
    return {
        **{name: value for name, value in spec.values.items() if name != "callbackPayload"},
        "settings": spec.settings,
    }


def _placed(made: Compiled | None) -> list[PlacedScene]:
    return made.timeline.scenes if made is not None and made.timeline is not None else []


def _scenes(old: list[PlacedScene], new: list[PlacedScene]) -> list[SceneChange]:
    pairs = match(old, new, lambda one: one.scene.name, _scene_content, _scene_words, share_of_words)
    elsewhere = moved(pairs)
    by_new = {b: a for a, b in pairs}
    kept = {a for a, _ in pairs}
    changes = [_gone(one, place) for place, one in enumerate(old) if place not in kept]
    for place, one in enumerate(new):
        if place in by_new:
            changes += _kept(old[by_new[place]], one, by_new[place], place, (by_new[place], place) in elsewhere)
        else:
            changes.append(_come(one, place))
    return sorted(changes, key=lambda change: (change.new or change.old or 0, change.new is not None))


def _gone(one: PlacedScene, place: int) -> SceneChange:
    return SceneChange("removed", one.scene.label, place + 1, None, one.duration, None, False, [], [])


def _come(one: PlacedScene, place: int) -> SceneChange:
    return SceneChange("added", one.scene.label, None, place + 1, None, one.duration, False, [], [])


def _kept(old: PlacedScene, new: PlacedScene, before: int, after: int, is_moved: bool) -> list[SceneChange]:
    fields = _fields(_without_tracks(old.scene.values), _without_tracks(new.scene.values))
    tracks = _tracks(old, new)
    if not (fields or tracks or is_moved or _difference(old.duration, new.duration)):
        return []
    kind = "changed" if fields or tracks or old.duration != new.duration else "moved"
    label = new.scene.label
    return [SceneChange(kind, label, before + 1, after + 1, old.duration, new.duration, is_moved, fields, tracks)]


def _without_tracks(values: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in values.items() if name != "tracks"}


def _tracks(old_scene: PlacedScene, new_scene: PlacedScene) -> list[TrackChange]:
    old, new = old_scene.tracks, new_scene.tracks
    pairs = match(old, new, lambda one: one.track.reference_id, _track_content, _track_gist, _track_likeness)
    by_new = {b: a for a, b in pairs}
    kept = {a for a, _ in pairs}
    changes = [
        TrackChange("removed", one.track.type, one.track.name, [], (_text(one), "") if _text(one) else None)
        for place, one in enumerate(old)
        if place not in kept
    ]
    for place, one in enumerate(new):
        if place in by_new:
            before = old[by_new[place]]
            follows = _left(before, old_scene) == _left(one, new_scene)
            changes += _kept_track(before, one, follows)
        else:
            words = ("", _text(one)) if _text(one) else None
            changes.append(TrackChange("added", one.track.type, one.track.name, [], words))
    return changes + _layers(new, pairs)


def _layers(new: list[PlacedTrack], pairs: list[tuple[int, int]]) -> list[TrackChange]:
    """Tracks that lie over others otherwise than before."""
    return [
        TrackChange("changed", new[b].track.type, new[b].track.name, [Field("layer", a + 1, b + 1)])
        for a, b in sorted(moved(pairs), key=lambda pair: pair[1])
    ]


def _left(track: PlacedTrack, scene: PlacedScene) -> int:
    """How long its scene goes on behind it, in ms."""
    return scene.duration.expected - track.end.expected


def _kept_track(old: PlacedTrack, new: PlacedTrack, follows: bool) -> list[TrackChange]:
    before, after = _text(old), _text(new)
    words = (before, after) if before != after else None
    fields = [field for field in _fields(old.track.values, new.track.values) if field.name != "text" or not words]
    starts, ends = _difference(old.start, new.start), _difference(old.end, new.end)
    if not (words or fields or starts or ends):
        return []
    follows = follows and not (words or fields or starts)
    return [TrackChange("changed", new.track.type, new.track.name, fields, words, starts, ends, follows)]


def _text(one: PlacedTrack) -> str:
    return " ".join((one.track.text or "").split())


def _scene_content(one: PlacedScene) -> str:
    return _canonical([_without_tracks(one.scene.values), [track.track.values for track in one.tracks]])


def _track_content(one: PlacedTrack) -> str:
    return _canonical(one.track.values)


def _canonical(value: Any) -> str:
    return dumps(value, sort_keys=True, ensure_ascii=False)


def _scene_words(one: PlacedScene) -> frozenset[str]:
    return word_set(" ".join(_gist(track) for track in one.tracks))


def _track_gist(one: PlacedTrack) -> tuple[PlacedTrack, frozenset[str]]:
    return one, word_set(_gist(one))


def _track_likeness(before: tuple[PlacedTrack, frozenset[str]], after: tuple[PlacedTrack, frozenset[str]]) -> float:
    (old, old_words), (new, new_words) = before, after
    if old.track.type != new.track.type:
        return 0.0
    same_time = (old.start, old.end) == (new.start, new.end)
    return 0.4 + 0.5 * share_of_words(old_words, new_words) + 0.1 * same_time


def _gist(one: PlacedTrack) -> str:
    """What tells a track from another: its words, its medium, who speaks."""
    values = one.track.values
    return " ".join(
        [_text(one), *(str(values.get(name, "")) for name in ("imageUrl", "videoUrl", "audioUrl", "actor"))]
    )


def _fields(old: dict[str, Json], new: dict[str, Json], within: str = "") -> list[Field]:
    """The properties that differ, those of objects by themselves, in the order of the new version."""
    found: list[Field] = []
    for name in {**new, **old}:
        before, after = old.get(name), new.get(name)
        if isinstance(before, dict) and isinstance(after, dict):
            found += _fields(before, after, f"{within}{name}.")
        elif _canonical(before) != _canonical(after):
            found.append(Field(within + name, before, after))
    return found


def _difference(old: Length | Moment, new: Length | Moment) -> int:
    """How much longer or later, in ms; 0 for what an estimate cannot tell apart."""
    by = new.expected - old.expected
    sure = old.low == old.high and new.low == new.high
    return by if sure or abs(by) >= ROUGH_MS else 0
