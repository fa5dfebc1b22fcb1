"""scene: one scene and its tracks."""

from __future__ import annotations

from vidc.hints import Any
from vidc.ir.spec import Scene, Track, Transition
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, first_line
from vidc.problems import check as problems
from vidc.problems.wording import kind
from vidc.record import replace

from .fields import LITERAL_SCENE, SCENE, TRACK_EXAMPLE, TRACKS
from .scope import Scope, is_alone, list_in_list, mapping_for_list
from .tables import merge_extra, read
from .track import track


def scene(outer: Scope, index: int, node: Node) -> Scene | None:
    """The scene; None where it is left out: a finding says why, or it is not known yet."""
    if not isinstance(node, Mapping):
        if isinstance(node, Scalar) and node.unknown:
            outer.doubt()
        else:
            help = list_in_list(node, "scenes", is_alone(outer, "scenes")) or f"write `- tracks: [{TRACK_EXAMPLE}]`"
            at = replace(outer.place(first_line(node)), path=f"scenes[{index}]")
            outer.log.add(problems.wrong_type(at, "a scene", "a mapping with `tracks`", kind(node), help))
        return None
    scope = outer.within(node)
    scope.scene = index
    if "tracks" not in node.entries and _is_no_scene(scope):
        return None
    fields = LITERAL_SCENE if scope.literal else SCENE
    sent, own = read(scope, fields)
    found = sent.pop("tracks", None)
    if own:
        merge_extra(scope, fields, own, sent)
    if isinstance(found, Sequence):
        found = whole(scope, found, "type")
    tracks = [] if found is None else _tracks(scope, found)
    missing = "tracks" in scope.broken or len(tracks) < len(found.items)
    return _scene(scope, sent, own, tracks, missing)


def whole(scope: Scope, listed: Sequence, needed: str) -> Sequence:
    """A list of tracks, which need a `type`, or of scenes, which need `tracks`, each in one piece."""
    for item in listed.items:
        if item.__class__ is Mapping and needed not in item.entries:
            from .split import joined

            return joined(scope, listed, "track" if needed == "type" else "scene")
    return listed


def _is_no_scene(scope: Scope) -> bool:
    from .astray import is_no_scene

    return is_no_scene(scope, tuple(TRACKS))


def _tracks(scope: Scope, node: Node) -> list[Track]:
    if not isinstance(node, Sequence):
        from .below import without_names

        help = mapping_for_list(node, "track")
        scope.mistyped("tracks", node, "a list of tracks", help)
        without_names(scope.log, node)
        return []
    made = (track(scope, index, item) for index, item in enumerate(node.items))
    return [one for one in made if one is not None]


def _scene(scope: Scope, sent: dict[str, Any], own: dict[str, Any], tracks: list[Track], missing: bool) -> Scene:
    duration = sent.get("duration")
    return Scene(
        scope.scene,
        scope.node,
        sent,
        tracks,
        sent.get("name"),
        None if duration is None else int(duration),
        sent.get("intrinsicDurationTrackReference"),
        _transition(scope, sent.get("transition")),
        own.get("language"),
        frozenset(scope.broken),
        missing,
    )


def _transition(scope: Scope, sent: dict[str, Any] | None) -> Transition | None:
    if sent is None:
        return None
    node = scope.node.entries["transition"][1]
    duration = sent.get("duration")
    assert isinstance(node, Mapping)
    return Transition(sent["type"], None if duration is None else int(duration), node)
