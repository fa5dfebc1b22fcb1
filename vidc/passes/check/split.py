"""split: a track or a scene that a `- ` too many parts in two items of its list."""

from __future__ import annotations

import re

from vidc.diag.finding import Edit, Label, Repair
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems import mistakes
from vidc.record import replace
from vidc.source import Span

from .fields import SCENE, TRACKS
from .scope import Scope

_CONTENT = {
    "actor": ("text", "audioUrl"),
    "image": ("imageUrl",),
    "video": ("videoUrl",),
    "audio": ("audioUrl",),
    "text": ("text",),
}
"""What a track shows or says, for each type."""
_ANY = frozenset(name for names in _CONTENT.values() for name in names)


def joined(scope: Scope, listed: Sequence, part: str) -> Sequence:
    """The list with two neighbours in one where each has what the other lacks, which is reported. `part`: a track or a
    scene."""
    items: list[Node] = []
    for item in listed.items:
        before = items[-1] if items else None
        dash = _dash_between(before, item, part)
        if dash is None or not isinstance(before, Mapping) or not isinstance(item, Mapping):
            items.append(item)
            continue
        label = Label(next(iter(_own(before).values()))[0].span, f"the {part} begins here")
        repair = Repair("remove the `- `", (Edit(dash, " "),))
        scope.log.add(mistakes.extra_dash(scope.place(dash), part, label, repair))
        items[-1] = replace(before, entries=before.entries | item.entries | _own(before) | _own(item), end=item.end)
    return replace(listed, items=items)


def _dash_between(before: Node | None, item: Node, part: str) -> Span | None:
    """The dash of an item that goes on with the one before it; None where it is one of its own."""
    if not isinstance(before, Mapping) or not isinstance(item, Mapping) or before.source is not item.source:
        return None
    is_plain = before.anchor is item.anchor is None and not before.via and not item.via
    column = _column(before)
    if not is_plain or column != _column(item) or not column:
        return None
    first, second = _own(before), _own(item)
    if not first or not second or not first.keys().isdisjoint(second):
        return None
    is_one = _are_one_track if part == "track" else _are_one_scene
    return Span(item.source, item.start - 2, item.start - 1) if is_one(first, second) else None


def _own(node: Mapping) -> dict[str, tuple[Scalar, Node]]:
    """The entries that are written in a mapping itself, and come from no default."""
    return {
        name: entry
        for name, entry in node.entries.items()
        if entry[0].source is node.source and node.start <= entry[0].start < node.end
    }


def _column(node: Mapping) -> int:
    """How far an item in block style stands behind the beginning of its line and its dash; 0 for another."""
    text = node.source.text
    lead = text[node.source.line_start(node.start) : node.start]
    return len(lead) if text[node.start] != "{" and re.fullmatch(" *- ", lead) else 0


def _are_one_track(first: dict[str, tuple[Scalar, Node]], second: dict[str, tuple[Scalar, Node]]) -> bool:
    """Whether one has a type and the other none, and only one of them what a track of this type shows or says."""
    typed, other = (first, second) if "type" in first else (second, first)
    node = typed["type"][1] if "type" in typed else None
    type = node.value if isinstance(node, Scalar) else None
    content = _CONTENT.get(str(type), ())
    if not content or "type" in other or not TRACKS[str(type)].fields.keys() >= other.keys():
        return False
    return _ANY.isdisjoint(typed if not _ANY.isdisjoint(other) else other) and any(
        name in typed or name in other for name in content
    )


def _are_one_scene(first: dict[str, tuple[Scalar, Node]], second: dict[str, tuple[Scalar, Node]]) -> bool:
    """Whether one has the tracks and the other none, and it is no scene's name without its tracks, nor a transition."""
    whole, other = (first, second) if "tracks" in first else (second, first)
    if "tracks" not in whole or "tracks" in other or not SCENE.fields.keys() >= other.keys() | whole.keys():
        return False
    return other.keys() != {"transition"} and not (other is second and "name" in other)
