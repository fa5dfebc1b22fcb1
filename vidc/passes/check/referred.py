"""referred: the tracks of a scene that a list or a mapping names, of which the scene can be as long as one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems.wording import as_yaml, short

from .scope import Scope

MOST = 6
"""Limit: so many names are shown in a help."""

MANY = 200
"""Limit: so many words are looked at."""


def help_for(scope: Scope, node: Mapping | Sequence) -> str:
    """What to write in the place of a list or a mapping: names in it that tracks of the scene have, else any of its
    words that are nothing but names."""
    written = list(dict.fromkeys(islice(_words(node), MANY)))
    own = set(_names(scope))
    found = [name for name in written if name in own]
    if not found and not own and isinstance(node, Sequence) and len(written) == len(node.items):
        found = written
    if not found:
        return "a scene is as long as one track: write the `referenceId` of that one"
    *others, last = [f"`{as_yaml(short(one))}`" for one in found[:MOST]]
    choice = f"{', '.join(others)} or {last}" if others else last
    return f"a scene is as long as one track: write {choice}"


def _words(node: Node) -> Iterator[str]:
    """The texts in a value, and then what stands there as keys."""
    match node:
        case Scalar(value=str() as value):
            yield value
        case Sequence(items=items):
            for item in items:
                yield from _words(item)
        case Mapping(entries=entries):
            for _, inner in entries.values():
                yield from _words(inner)
            yield from entries


def _names(scope: Scope) -> Iterator[str]:
    """The `referenceId` of each track of a scene that has one."""
    tracks = scope.node.entries.get("tracks")
    for item in tracks[1].items if tracks and isinstance(tracks[1], Sequence) else ():
        found = item.entries.get("referenceId") if isinstance(item, Mapping) else None
        if found and isinstance(found[1], Scalar) and isinstance(found[1].value, str):
            yield found[1].value


def help_in_scene(scope: Scope) -> str:
    """What to write for the scene's reference that stands on a track: the name of that track, or the other one that it
    says."""
    own = scope.node.entries.get("referenceId")
    name = own[1].value if own is not None and isinstance(own[1], Scalar) else None
    said = scope.node.entries[REFERENCE][1]
    other = said.value if isinstance(said, Scalar) else None
    known = set(_names(scope.outer)) if scope.outer is not None else set()
    if isinstance(other, str) and other in known:
        name = other
    if isinstance(name, str):
        return f"write `{REFERENCE}: {as_yaml(short(name))}` in the scene, not on the track"
    name = as_yaml(short(other)) if isinstance(other, str) and other.isidentifier() else "speech"
    return f"give this track `referenceId: {name}`, and write `{REFERENCE}: {name}` in the scene"


REFERENCE = "intrinsicDurationTrackReference"
