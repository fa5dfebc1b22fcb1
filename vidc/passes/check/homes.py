"""homes: where a documented key belongs that stands at another level, or on another type of track."""

from __future__ import annotations

from re import search

from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems import mistakes
from vidc.problems.wording import as_yaml, listed, short

from .foreign import SPEAKING
from .scope import Scope
from .table import Table

TOP = "the top"
SETTINGS = "`settings`"
SCENE = "a scene"
TRACK = "a track"

HOMES = {
    **dict.fromkeys(("vidc", "settings", "scenes", "dynamicVariables", "callback", "callbackPayload"), TOP),
    **dict.fromkeys(("variables", "components", "defaults", "include"), TOP),
    **dict.fromkeys(("videoSize", "alphaChannel", "name"), SETTINGS),
    **dict.fromkeys(("intrinsicDurationTrackReference", "transition", "tracks", "language"), SCENE),
    **dict.fromkeys(
        ("type", "variant", "view", "actor", "audioUrl", "imageUrl", "videoUrl", "text", "speakerId"), TRACK
    ),
    **dict.fromkeys(("position", "size", "rotation", "removeBackground", "intrinsicDuration"), TRACK),
    **dict.fromkeys(("startTimeGap", "endTimeGap", "duration", "referenceId", "sequentialBlendId"), TRACK),
    "x": "`position`",
    "y": "`position`",
    "width": "`size`",
    "height": "`size`",
}
"""The level of every documented key, and of those of vidc's own that stand at one level alone. A `duration` is on a
scene as well, a `name` too."""

KINDS: dict[str, tuple[str, ...]] = {
    "actor": ("actor",),
    "speakerId": ("actor",),
    "variant": ("actor",),
    "view": ("actor",),
    "text": ("actor", "text"),
    "imageUrl": ("image",),
    "videoUrl": ("video",),
    "audioUrl": ("actor", "audio"),
    "position": ("actor", "image", "video", "text"),
    "size": ("actor", "image", "video", "text"),
    "rotation": ("actor", "text"),
    "removeBackground": ("actor", "video"),
    "intrinsicDuration": ("actor", "video", "audio"),
}
"""The types of track that have a field which not all of them have."""

_ALONE = {
    "text": "a text is a track of its own: write `{type: text, text: ...}`",
    "imageUrl": "a picture is a track of its own: write `{type: image, imageUrl: ...}`",
    "videoUrl": "a video is a track of its own: write `{type: video, videoUrl: ...}`",
    "audioUrl": "a sound is a track of its own: write `{type: audio, audioUrl: ...}`",
    "actor": "only an actor has it: write `type: actor`, or remove it",
    "speakerId": "only an actor has it: write `type: actor`, or remove it",
}
"""What to do with what a track of another type shows or says: it would surely be lost."""

_OF_ANY_TEXT = ("variant", "view")
"""Words that the style of a text, of which nothing is documented, may have as well."""


LEFT, SENT = "left", "sent"


def misplaced(scope: Scope, name: str, table: Table) -> str:
    """Report a documented key that does not belong here: `LEFT` where it is left out, `SENT` where it is only warned
    of, since the service may well take it, such as the `rotation` of an image; empty where there is nothing to say."""
    home = HOMES.get(name)
    if home is None:
        return ""
    level = _level(scope)
    if level == TRACK and (home == TRACK or not table.type):
        return _of_type(scope, name, table, home)
    if level == TRACK and name == "name":
        if _is_referred(scope):
            at = scope.place(scope.node.key(name))
            help, right = "write `referenceId`: the scene names this track by it", "referenceId"
            scope.log.add(mistakes.invented_property(at, name, table.owner, help, right))
            scope.leave(name, right)
            return LEFT
        return _warn(scope, name, table, "a track is named by `referenceId`")
    if _is_told(scope, home):
        scope.broken.add(name)
        return LEFT
    at = scope.place(scope.node.key(name))
    help = _of_defaults(scope) if name == "defaults" and level == SCENE else _help(scope, home, level)
    scope.log.add(mistakes.misplaced_property(at, name, table.owner, help))
    scope.leave(name, "tracks" if level == SCENE and home == TRACK else "")
    if level in _INNER and scope.outer is not None:
        # What it stands for counts as written beside the mapping that it strayed into.
        meant = name if home == TRACK else home.strip("`")
        if meant not in scope.outer.node.entries:
            scope.outer.broken.add(meant)
    return LEFT


def _is_referred(scope: Scope) -> bool:
    """Whether a track without `referenceId` has the name by which its scene takes its length from a track."""
    around = scope.outer.node.entries if scope.outer is not None else {}
    wanted, own = around.get("intrinsicDurationTrackReference"), scope.node.entries["name"][1]
    if wanted is None or "referenceId" in scope.node.entries or not isinstance(own, Scalar):
        return False
    return isinstance(wanted[1], Scalar) and isinstance(own.value, str) and own.value == wanted[1].value


def _of_defaults(scope: Scope) -> str:
    """What to write for `defaults` of one scene, with the author's own field where it is one."""
    node = scope.node.entries["defaults"][1]
    types = [(name, body) for name, (_, body) in node.entries.items()] if isinstance(node, Mapping) else []
    kind, body = types[0] if len(types) == 1 else ("", None)
    fields = list(body.entries.items()) if isinstance(body, Mapping) else []
    if not kind:
        return "they are for the whole spec, and stand at the top: write these fields on the tracks of this scene"
    name, value = (fields[0][0], fields[0][1][1]) if len(fields) == 1 else ("", None)
    what = f"`{name}: {short(value.span.text)}`" if isinstance(value, Scalar) else "these fields"
    where = "in this scene itself" if kind == "scene" else f"on the {kind} tracks of this scene"
    return f"they are for the whole spec, and stand at the top: write {what} {where}"


def is_lone_transition(scope: Scope) -> bool:
    """Whether an item of the scenes, or of the tracks, holds nothing but a `transition`, which is reported."""
    own = [name for name in scope.node.entries if scope.is_own(name)]
    if own != ["transition"] or scope.literal:
        return False
    is_track = scope.track >= 0
    help = "write it in the scene, beside `tracks`"
    if not is_track:
        help = f"a transition stands in the scene that it leads out of: write it in {_scene_before(scope)}"
    at = scope.place(scope.node.key("transition"))
    scope.log.add(mistakes.misplaced_property(at, "transition", "a track" if is_track else "`scenes`", help))
    return True


def is_of_top(scope: Scope) -> bool:
    """Whether an item of the scenes holds only what stands at the top, such as `- defaults: ...`; it is reported."""
    own = [name for name in scope.node.entries if scope.is_own(name)]
    around = scope.outer.node.entries if scope.outer is not None else {}
    if not own or not all(HOMES.get(name) == TOP and name not in _OF_LISTS for name in own):
        return False
    for name in own:
        help = f"write what is in it into the `{name}` at the top" if name in around else "write it at the top"
        scope.log.add(mistakes.misplaced_property(scope.place(scope.node.key(name)), name, "`scenes`", help))
    return True


_OF_LISTS = ("scenes", "include")
"""Keys of the top of which more is to be said where they stand among the scenes."""


def _scene_before(scope: Scope) -> str:
    """How a help names the scene before an item of the scenes that is none."""
    listed = scope.outer.node.entries.get("scenes") if scope.outer is not None else None
    items = listed[1].items[: scope.scene] if listed and isinstance(listed[1], Sequence) else []
    before = next((one for one in reversed(items) if isinstance(one, Mapping) and "tracks" in one.entries), None)
    if before is None:
        return "that one"
    found = before.entries.get("name")
    name = found[1].value if found and isinstance(found[1], Scalar) else None
    return f"`{short(name)}`, the scene before" if isinstance(name, str) and name else "the scene before"


_INNER = ("position", "size", "transition", "videoSize")


def _is_told(scope: Scope, home: str) -> bool:
    """Whether another key of the same place was told, such as the `width` beside a `height` in `position`."""
    if home == TRACK and _level(scope) == SCENE and "tracks" in scope.broken:
        return True
    place = home.strip("`")
    outer = scope.outer if _level(scope) in _INNER else scope
    return place in ("position", "size") and outer is not None and place in outer.broken


def _level(scope: Scope) -> str:
    if scope.key in _INNER:
        return scope.key
    if scope.key == "settings":
        return SETTINGS
    return TRACK if scope.track >= 0 else SCENE if scope.scene >= 0 else TOP


def _help(scope: Scope, home: str, level: str) -> str:
    """Where to write it, seen from where it stands."""
    if home in ("`position`", "`size`"):
        return _beside(scope, home.strip("`"), level)
    if level in ("position", "size") and home == TRACK:
        return f"write it on the track, beside `{level}`"
    if level == "transition":
        return "write it in the scene, beside `transition`" if home == SCENE else f"write it {_at(home)}"
    if level == TRACK and home == SCENE:
        return "write it in the scene, beside `tracks`"
    if level == SCENE and home == TRACK:
        return "write it on one of the `tracks`"
    if level == "videoSize" and home == SETTINGS:
        return "write it in `settings`, beside `videoSize`"
    return f"write it {_at(home)}" + (", beside `settings`" if home == TOP and level == SETTINGS else "")


def _at(home: str) -> str:
    return {TOP: "at the top", SETTINGS: "in `settings`, at the top", SCENE: "in a scene", TRACK: "on a track"}[home]


def _beside(scope: Scope, home: str, level: str) -> str:
    """Help for a number of a place, with the author's own."""
    if level not in _INNER:
        return f"write `{gathered(scope, home)}`" + ("" if level == TRACK else " on a track")
    if scope.outer is not None and home in scope.outer.node.entries:
        return f"write it in `{home}`, beside `{level}`"
    return f"write `{gathered(scope, home)}` beside `{level}`"


def gathered(scope: Scope, home: str) -> str:
    """`position: {x: 10, y: 20}` of numbers that stand loose, with dots for one that neither they nor a default say."""
    entries = scope.node.entries
    pair = ("x", "y") if home == "position" else ("width", "height")
    meant = {name: name if name in entries else _SIDES.get(name, name) for name in pair}
    holder = entries[home][1] if home in entries else None
    is_empty = holder is None or (isinstance(holder, Scalar) and holder.value is None)
    shown = [name for name in pair if is_empty or meant[name] in entries]
    return f"{home}: {{" + ", ".join(f"{name}: {_written(scope, meant[name])}" for name in shown) + "}"


_SIDES = {"x": "left", "y": "top"}
"""What style sheets call the two numbers of a position."""


def _written(scope: Scope, name: str) -> str:
    found = scope.node.entries.get(name)
    text = found[1].span.text if found and scope.is_own(name) else ""
    return text if 0 < len(text) <= 12 and text.replace("%", "").replace(".", "").isalnum() else "..."


def settings_of(scope: Scope) -> str:
    """The help for settings that stand loose at the top: all of them in one place."""
    there = [name for name in (*_LOOSE, "width", "height") if name in scope.node.entries]
    shown = [f"{name}: {_briefly(scope.node.entries[name][1])}" for name in _LOOSE if name in there]
    if "videoSize" not in there:
        shown.append(f"videoSize: {{{', '.join(f'{name}: {_written(scope, name)}' for name in ('width', 'height'))}}}")
    instead = listed(there)
    return f"write `settings: {{{', '.join(shown)}}}` in place of {instead}"


_LOOSE = ("name", "videoSize", "alphaChannel")


def _briefly(node: Node) -> str:
    """A value as it is written, in quotes where braces need them; dots for a long one."""
    text = node.span.text
    if not 0 < len(text) <= 48 or not text.isprintable():
        return "..."
    return text if text[0] in "{\"'" else as_yaml(text) if search(r"[,\[\]{}#]|: ", text) else text


def would_come(scope: Scope, name: str) -> bool:
    """Whether `defaults` in a wrong place, or settings that stand loose at the top, would bring a field, which is
    reported."""
    if scope.key == "settings" and scope.outer is not None and name in scope.outer.node.entries:
        return True
    at: Scope | None = scope
    while at is not None:
        holder = at.node.entries.get("settings") if at.scene < 0 else None
        inside = holder[1] if holder else at.node if at.scene >= 0 else None
        found = inside.entries.get("defaults") if isinstance(inside, Mapping) else None
        if found and isinstance(found[1], Mapping) and name in _brought(scope, found[1]):
            return True
        at = at.outer
    return False


def _brought(scope: Scope, defaults: Mapping) -> set[str]:
    """All fields in `defaults`, gathered once: every track of a scene may lack some."""
    known = scope.shared.brought.get(id(defaults.entries))
    if known is None:
        known = scope.shared.brought[id(defaults.entries)] = set()
        for _, body in defaults.entries.values():
            if isinstance(body, Mapping):
                known.update(body.entries)
    return known


def _of_type(scope: Scope, name: str, table: Table, home: str) -> str:
    """A field that only tracks of other types have. An undocumented type of track may have any, but none of a scene."""
    if not table.type:
        is_any = home in (TRACK, "`position`", "`size`") or name == "name"
        return "" if is_any else _told(scope, name, table, _help(scope, home, TRACK))
    kinds = KINDS.get(name)
    if kinds is None or table.type in kinds or (table.type == "text" and name in _OF_ANY_TEXT):
        return ""
    if name not in _ALONE:
        why = "a sound has no place" if name in ("position", "size") else f"only {_listed(kinds)} has it"
        return _warn(scope, name, table, why)
    if name == "text" and table.type == "audio" and "audioUrl" not in scope.node.entries:
        return _told(scope, name, table, SPEAKING, "audioUrl")
    return _told(scope, name, table, _ALONE[name])


def _told(scope: Scope, name: str, table: Table, help: str, meant: str = "") -> str:
    scope.log.add(mistakes.misplaced_property(scope.place(scope.node.key(name)), name, table.owner, help))
    scope.leave(name, meant)
    return LEFT


def _listed(kinds: tuple[str, ...]) -> str:
    *first, last = [("an " if kind[0] in "ai" else "a ") + kind for kind in kinds]
    return f"{', '.join(first)} or {last}" if first else last


def _warn(scope: Scope, name: str, table: Table, why: str) -> str:
    help = f"{why}; put it in `extra` if you mean it"
    scope.log.add(mistakes.misplaced_property(scope.place(scope.node.key(name)), name, table.owner, help, sure=False))
    return SENT
