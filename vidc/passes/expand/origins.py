"""origins: where the values of names stand in the text, for findings that speak of a value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from re import finditer, match

from vidc.hints import Any, TypeAlias
from vidc.ir.tree import Mapping as Object
from vidc.ir.tree import Node, Sequence
from vidc.record import record

from .short import INDEX, NAME

Origins: TypeAlias = Mapping[str, Node]
"""The nodes that the values of names were read from, where they are known."""


@record
class View:
    """What is known of the names around a text, beside their values. `origins`: where those were read. `outer`: what is
    in scope where the component is used that the text stands in. `passing`: whether that component has parameters, and
    its use a `with`. `served`: the names of the service's variables."""

    origins: Origins
    outer: Mapping[str, Any]
    passing: tuple[bool, bool] = (False, False)
    served: Collection[str] = ()


NOTHING = View({}, {})

_STEP = rf"\.(?P<field>{NAME})|\[(?P<index>{INDEX})\]|\['(?P<quoted>[^']*)'\]"


def node_of(path: str, origins: Origins) -> Node | None:
    """The node that `feature` or `feature.author` was read from; None where that cannot be told."""
    path = path.strip().removeprefix("<").removesuffix(">")
    found = match(NAME, path)
    node = origins.get(found[0]) if found else None
    at = found.end() if found else 0
    for step in finditer(_STEP, path):
        if step.start() != at or node is None:
            return None
        at, node = step.end(), _inside(node, step["field"] or step["quoted"] or "", step["index"])
    return node if at == len(path) else None


def _inside(node: Node, field: str, index: str | None) -> Node | None:
    if index is not None:
        number = int(index)
        fits = isinstance(node, Sequence) and -len(node.items) <= number < len(node.items)
        return node.items[number] if fits and isinstance(node, Sequence) else None
    return node.entries[field][1] if isinstance(node, Object) and field in node.entries else None
