"""fields: what a name of an expression holds: the keys that can be written behind its dot."""

from __future__ import annotations

from re import compile as pattern

from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.passes.expand.declaration import TYPES
from vidc.passes.expand.short import NAME
from vidc.passes.expand.values import turn

from .places import Path, holder
from .symbols import Trees

_FOR = rf"\s*({NAME})\s+in\s+({NAME}(?:\.{NAME})*)\s*"
_DEPTH = 10


def fields(names: list[str], path: Path, trees: Trees) -> list[str]:
    """The keys of what a chain of names (`feature`, `author`) means at a place; none where that is not known."""
    if names == ["loop"]:
        return list(turn(1, [None] * 3))
    found = _meant(names, path, trees)
    return list(found.entries) if isinstance(found, Mapping) else []


def _meant(names: list[str], path: Path, trees: Trees, depth: int = 0) -> Node | None:
    node = _of_loop(names[0], path, trees, depth) or _of_variable(names[0], trees)
    for name in names[1:]:
        entry = node.entries.get(name) if isinstance(node, Mapping) else None
        node = None if entry is None else entry[1]
    return node


def _of_loop(name: str, path: Path, trees: Trees, depth: int) -> Node | None:
    """The first item of what the nearest loop that makes a name goes through."""
    for end in range(len(path), -1, -1):
        around = holder(trees.root, path[:end])
        loop = around.entries.get("for") if isinstance(around, Mapping) else None
        text = loop[1].value if loop is not None and isinstance(loop[1], Scalar) else None
        match = pattern(_FOR).fullmatch(text) if isinstance(text, str) else None
        if match is not None and match[1] == name and depth < _DEPTH:
            items = _meant(match[2].split("."), path[: end - 1] if end else (), trees, depth + 1)
            return items.items[0] if isinstance(items, Sequence) and items.items else None
    return None


def _of_variable(name: str, trees: Trees) -> Node | None:
    """A variable's plain value; of a declaration, the default or the example."""
    nodes = (holder(tree, ("variables", name)) for tree in trees.all)
    for node in (node for node in nodes if node is not None):
        if not isinstance(node, Mapping):
            return node
        given = next((node.entries[key][1] for key in ("default", "example") if key in node.entries), None)
        kind = node.entries.get("type")
        is_declared = kind is not None and isinstance(kind[1], Scalar) and kind[1].value in TYPES
        return given if given is not None or is_declared else node
    return None
