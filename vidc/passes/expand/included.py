"""included: files that are to be included where a scene or a track stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from vidc.diag.finding import Finding, Place
from vidc.ir.form import PLAIN
from vidc.ir.tree import Mapping, Node, Scalar, Sequence

from .include import Read


def astray(root: Mapping, read: Read) -> Finding | None:
    """What is found where a file is included among the scenes or the tracks; None where none is."""
    scenes = _items(root, "scenes")
    lists = [("a scene", scenes)]
    components = root.entries["components"][1] if "components" in root.entries else None
    for body in _mappings(node for _, node in components.entries.values()) if isinstance(components, Mapping) else ():
        scenes = [*scenes, body, *_mappings([body.entries["scene"][1]] if "scene" in body.entries else [])]
    lists += [("a track", _items(scene, "tracks")) for scene in scenes]
    for owner, items in lists:
        for item in items:
            if "include" in item.entries:
                return _found(item, owner, root, read)
    return None


def misnamed(root: Mapping) -> Finding | None:
    """What is found where files are included under a misspelt word, or under another tool's; None where none are."""
    from vidc.diag.near import nearest
    from vidc.problems import mistakes

    from .shapes import files

    for name in islice(root.entries, MOST) if "include" not in root.entries else ():
        key, node = root.entries[name]
        is_near = name not in PLAIN and nearest(name, ("include",)) is not None
        right = files([node] if not isinstance(node, Sequence) else node.items)
        if is_near and right:
            return mistakes.misspelled_property(Place(key.span), name, "a spec", "write `include`", "include")
        if name.lower() in _WORDS and right:
            return mistakes.invented_property(Place(key.span), name, "a spec", f"write `{right}`")
    return None


_WORDS = frozenset(
    ("extends", "extend", "import", "imports", "inherit", "inherits", "base", "requires", "uses", "load")
)
"""What other tools call `include`."""
MOST = 50
"""Limit: so many keys are looked at."""


def _found(item: Mapping, owner: str, root: Mapping, read: Read) -> Finding:
    from vidc.problems.mistakes import misplaced_property

    from .shapes import files

    key, named = item.entries["include"]
    before = root.entries["include"][1] if "include" in root.entries else None
    listed = before.items if isinstance(before, Sequence) else [before] if isinstance(before, Scalar) else []
    more = named.items if isinstance(named, Sequence) else [named]
    known = [one.value for one in listed if isinstance(one, Scalar)]
    new = [one for one in more if not (isinstance(one, Scalar) and one.value in known)]
    right = files([*listed, *new]) or "include: [...]"
    help = f"write `{right}` at the top"
    part = "scene" if owner == "a scene" else "tracks"
    use = _component(more, part, read) if part not in item.entries and "tracks" not in item.entries else ""
    if use and not new:
        help = f"the file is included already: write `use: {use}` here"
    elif use:
        help += f", and here `use: {use}`"
    elif "with" in item.entries:
        help += ", and here `use: NAME` for one of its components"
    elif owner == "a scene" and "tracks" not in item.entries:
        help += ": it brings variables, defaults and components, and no scenes"
    return misplaced_property(Place(key.span), "include", owner, help)


def _component(files: Iterable[Node], part: str, read: Read) -> str:
    """The one component of a file that holds a scene, or tracks; empty for none, and for several."""
    named = list(files)
    node = named[0] if len(named) == 1 else None
    tree = read(node.value, node.span) if isinstance(node, Scalar) and isinstance(node.value, str) else None
    held = tree.entries.get("components") if isinstance(tree, Mapping) else None
    bodies = held[1].entries if held is not None and isinstance(held[1], Mapping) else {}
    found = [name for name, (_, body) in bodies.items() if isinstance(body, Mapping) and part in body.entries]
    return found[0] if len(found) == 1 else ""


def _items(owner: Mapping, name: str) -> list[Mapping]:
    node = owner.entries[name][1] if name in owner.entries else None
    return list(_mappings(node.items)) if isinstance(node, Sequence) else []


def _mappings(nodes: Iterable[Node]) -> Iterator[Mapping]:
    return (node for node in nodes if isinstance(node, Mapping))
