"""grown: what a template gave, as nodes that stand where the template stood."""

from __future__ import annotations

from vidc.diag.finding import Log, Place, Via
from vidc.hints import Any
from vidc.ir import tree
from vidc.ir.tree import Node, Scalar, Sequence
from vidc.problems import expand
from vidc.record import replace

from .gaps import faulty, unknown
from .growth import Growth, weight
from .values import MAX_DEPTH, UNKNOWN, WrittenFloat, WrittenInt


def grown(value: Any, at: Scalar, via: tuple[Via, ...], growth: Growth, log: Log) -> Node:
    """A list or an object."""
    is_too_deep = False

    def node(value: Any, depth: int) -> Node:
        nonlocal is_too_deep
        growth.add(weight(value), at, via)
        if depth > MAX_DEPTH:
            is_too_deep = True
        elif isinstance(value, list):
            return Sequence([node(item, depth + 1) for item in value], at.source, at.start, at.end)
        elif isinstance(value, dict):
            growth.add(sum(map(weight, value)), at, via)
            entries = {
                name: (Scalar(name, at.source, at.start, at.end), node(item, depth + 1)) for name, item in value.items()
            }
            return tree.Mapping(entries, at.source, at.start, at.end)
        return unknown(at) if value is UNKNOWN else put(value, replace(at, anchor=None))

    made = node(value, 0)
    if is_too_deep:
        log.add(expand.expands_too_deep(Place(at.span, "", via), "this value is nested", MAX_DEPTH, ""))
        return faulty(at)
    return made


def put(value: Any, at: Scalar) -> Scalar:
    """A value in the place of a scalar that was a template; a number with its own digits is read as if it stood here
    by an alias."""
    anchor = at.anchor
    if isinstance(value, WrittenInt | WrittenFloat):
        anchor = value.at or anchor
        value = int(value) if isinstance(value, int) else float(value)
    return Scalar(value, at.source, at.start, at.end, anchor=anchor)
