"""stray: what stands where it does not belong: in `defaults` what is no type of track, and in a track more tracks."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from vidc.diag.finding import Finding, Log, Place, Via
from vidc.diag.near import nearest
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems import expand as problems
from vidc.problems.mistakes import misplaced_property
from vidc.problems.wording import as_yaml, listed, short
from vidc.record import replace

from .gaps import unknown
from .loose import is_field, meant_by

FIELDS = {
    "transition": "scene",
    **dict.fromkeys(("settings", "dynamicVariables", "variables", "components", "callbackPayload"), ""),
}
"""Documented mappings that are no such type, and under which of them each belongs; empty for none."""

_LENGTHS = {"duration", "intrinsicDurationTrackReference"}
"""What a scene must have one of."""
_HOLDERS = frozenset(("tracks", "then", "do", "body", "items", "children", "elements", "layers", "content", "block"))
"""What other tools call that which a loop or a condition is about."""
SHOWN = 4
LONGEST = 60
"""Limits: types that a help shows, and characters of what lies under one."""


def taken_for(
    name: str, key: Scalar, body: Mapping, types: Collection[str], log: Log, components: Collection[str] = ()
) -> dict[str, Mapping]:
    """What would lie under which type, with nothing known of its values, so that no track lacks it; it is reported."""
    at = Place(key.span)
    if name in FIELDS:
        help = f"write it one level deeper, such as `{FIELDS[name]}: {{{name}: ...}}`"
        help = help if FIELDS[name] else "write it at the top, beside `defaults`"
        log.add(misplaced_property(at, name, "`defaults`", help))
        return {}
    held = {kind: inner for kind, (_, inner) in body.entries.items() if kind in types and isinstance(inner, Mapping)}
    near = nearest(name, types) or ""
    if held:
        shown = ", ".join(f"{kind}: {_written(inner)}" for kind, inner in islice(held.items(), SHOWN))
        right = f"{shown}, ..." if len(held) > SHOWN else shown
        log.add(problems.misspelled_default(at, name, "", f"write `{right}` right under `defaults`"))
        return {kind: _emptied(inner) for kind, inner in held.items()}
    if name in components:
        help = f"`{short(name)}` is a component: give its `parameters` these as their `default`"
        log.add(problems.misspelled_default(at, name, "", help))
        return {}
    log.add(problems.misspelled_default(at, name, near))
    if not near:
        body = replace(body, entries={one: entry for one, entry in body.entries.items() if is_field(one)})
    if near == "scene":
        body = replace(body, entries={one: body.entries[one] for one in _LENGTHS & body.entries.keys()})
    return dict.fromkeys((near,) if near else meant_by(body.entries), _emptied(body))


def group(item: Mapping, via: tuple[Via, ...]) -> Finding | None:
    """What is found where a track loops, or has a condition, over tracks of its own; None for any other item."""
    loop, condition = (item.entries.get(name) for name in ("for", "if"))
    if "use" in item.entries or "type" in item.entries or not (loop or condition):
        return None
    holder = next((name for name, (_, node) in item.entries.items() if name in _HOLDERS and _holds(node)), "")
    if not holder:
        return None
    beside = {"for": loop, "if": condition}
    own = listed([f"{name}: {_value(one[1])}" for name, one in beside.items() if one is not None])
    help = f"a track holds no tracks: give each of them its own {own}, or make them a component and `use` it"
    return misplaced_property(Place(item.key(holder), "", via), holder, "a track", help)


def _holds(node: Node) -> bool:
    """Whether a value may be a list of tracks."""
    return not isinstance(node, Scalar)


def _value(node: Node) -> str:
    return short(node.value) if isinstance(node, Scalar) else "..."


def _written(node: Mapping) -> str:
    text = node.span.text
    if text[:1] == "{" and text.isprintable() and len(text) <= LONGEST:
        return text
    inner = ", ".join(f"{as_yaml(short(name))}: ..." for name in islice(node.entries, SHOWN))
    return f"{{{inner}{', ...' if len(node.entries) > SHOWN else ''}}}"


def _emptied(node: Mapping) -> Mapping:
    """The same with nothing known of its values."""
    return replace(node, entries={name: (key, unknown(key)) for name, (key, _) in node.entries.items()}, live=False)
