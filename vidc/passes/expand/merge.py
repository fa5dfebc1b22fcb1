"""merge: one mapping laid under another, key by key."""

from __future__ import annotations

from vidc.ir.tree import Mapping, Node, Scalar
from vidc.record import replace


def merge(over: Mapping, under: Mapping) -> Mapping:
    """`over` with what only `under` has: mappings merge, lists and scalars replace, a null removes what is under it.

    Depth is bounded by the parser's limit on nesting.
    """
    entries: dict[str, tuple[Scalar, Node]] = {}
    for name, (key, node) in under.entries.items():
        if name not in over.entries:
            entries[name] = (key, node)
    merged = {**entries}
    for name, (key, node) in over.entries.items():
        below = under.entries.get(name)
        if below is not None and isinstance(node, Scalar) and node.value is None and not node.unknown:
            continue
        if below is not None and isinstance(node, Mapping) and isinstance(below[1], Mapping):
            node = merge(node, below[1])
        merged[name] = (key, node)
    return replace(over, entries=merged)
