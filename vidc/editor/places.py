"""places: what of a document as written stands at a place in its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from vidc.diag.finding import Finding
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.record import record
from vidc.source import Source, Span

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]
"""The keys and indices from the top to a node: `("scenes", 0, "tracks", 2, "type")`."""


@record
class Spot:
    """What stands at a place. `path` leads to it; `mapping` holds it; `key`: the place is in a key, which ends the
    path, else in its value, or in the item of a list. `node`: the value, for a key the one behind it."""

    path: Path
    mapping: Mapping
    key: bool
    node: Node
    name: Scalar | None = None


def spot_at(root: Mapping, offset: int) -> Spot | None:
    """The innermost node around an offset; None between them, but for a key's empty value on the same line."""
    path: Path = ()
    here: Node = root
    mapping, name = root, None
    while True:
        if isinstance(here, Scalar) or here.anchor is not None:
            return Spot(path, mapping, False, here, name)
        found = _inside(here, offset)
        if found is None:
            return None
        step, key, node = found
        path = (*path, step)
        if isinstance(here, Mapping):
            mapping, name = here, key
            if key is not None and key.start <= offset <= key.end:
                return Spot(path, here, True, node, key)
        here = node


def _inside(node: Mapping | Sequence, offset: int) -> tuple[Step, Scalar | None, Node] | None:
    if isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            if item.start <= offset <= item.end:
                return index, None, item
        return None
    for name, (key, value) in node.entries.items():
        if key.source is not node.source or not node.start <= key.start <= node.end:
            continue  # it came by a merge key
        if key.start <= offset <= key.end or (value.source is key.source and value.start <= offset <= value.end):
            return name, key, value
        if value.start == value.end and key.end <= offset and "\n" not in node.source.text[key.end : offset]:
            return name, key, value
    return None


def holder(root: Mapping, path: Path) -> Node | None:
    """The node that a path leads to."""
    node: Node | None = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            entry = node.entries.get(step)
            node = None if entry is None else entry[1]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def scalars(node: Node, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """The values as written, each once, with where they stand; keys are none."""
    waiting: list[tuple[Path, Node]] = [(path, node)]
    while waiting:
        where, here = waiting.pop()
        if isinstance(here, Scalar):
            if here.anchor is None:
                yield where, here
        elif here.anchor is not None:
            continue
        elif isinstance(here, Sequence):
            waiting += [((*where, index), item) for index, item in reversed(list(enumerate(here.items)))]
        else:
            own = [
                (name, value)
                for name, (key, value) in here.entries.items()
                if key.source is here.source and here.start <= key.start <= here.end
            ]
            waiting += [((*where, name), value) for name, value in reversed(own)]


def seen_at(finding: Finding, source: Source) -> Span | None:
    """Where a finding stands in a document: one in an included file where that is included; None for neither."""
    if finding.span.source is source:
        return finding.span
    return next((via.span for via in finding.words.at.via if via.span.source is source), None)
