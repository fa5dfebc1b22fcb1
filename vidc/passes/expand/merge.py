"""merge: one mapping laid under another, key by key."""

from __future__ import annotations

from vidc.ir.tree import Mapping, Node, Scalar
from vidc.record import replace


def merge(over: Mapping, under: Mapping, added: list[Node] | None = None) -> Mapping:
    """`over` with what only `under` has: mappings merge, lists and scalars replace, a null removes what is under it.

    `added` gets the nodes that came from below. Depth is bounded by the parser's limit on nesting.
    """
    merged: dict[str, tuple[Scalar, Node]] = {}
    for name, (key, node) in under.entries.items():
        if name not in over.entries:
            merged[name] = (key, node)
            if added is not None:
                added.append(node)
    for name, (key, node) in over.entries.items():
        below = under.entries.get(name)
        if below is not None and isinstance(node, Scalar) and node.value is None and not node.unknown:
            continue
        if below is not None and isinstance(node, Mapping) and isinstance(below[1], Mapping):
            node = merge(node, below[1], added)
        merged[name] = (key, node)
    return replace(over, entries=merged)
