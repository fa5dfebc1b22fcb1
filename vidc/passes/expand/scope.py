"""scope: the value of every variable, from what was given, its default or its example."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vidc.diag.finding import Log, Place
from vidc.ir.tree import Node, Scalar, plain
from vidc.problems import expand as problems

from .template import UNKNOWN
from .variables import Declaration, fit

Fill = Callable[[Node, Mapping[str, Any]], Node]


def resolve(
    declared: dict[str, Declaration], given: Mapping[str, Node], fill: Fill, draft: bool, log: Log
) -> dict[str, Any]:
    """Plain values by name, in the order declared: a default may use the names above it.

    `draft`: a required variable without a value takes its example, or stays unknown, each with a note; else it is an
    error. A name with an error is unknown, so that nothing else is said of it.
    """
    scope: dict[str, Any] = {}
    for name, node in given.items():
        if name not in declared:
            log.add(problems.undeclared_variable(Place(node.span), name, tuple(declared)))
    for name, declaration in declared.items():
        scope[name] = _value(declaration, given.get(name), scope, fill, draft, log)
    return scope


def _value(
    declaration: Declaration, given: Node | None, scope: Mapping[str, Any], fill: Fill, draft: bool, log: Log
) -> Any:
    at = Place(declaration.key.span)
    node = given if given is not None else _default(declaration)
    if node is None:
        if not declaration.required:
            return None
        if draft and declaration.example is not None:
            node = declaration.example
            log.add(problems.example_used(at, declaration.name))
        else:
            log.add(problems.missing_variable(at, declaration.name, draft))
            return UNKNOWN
    elif given is None:
        node = fill(node, scope)
    if isinstance(node, Scalar) and node.unknown:
        return UNKNOWN
    value = plain(node)
    if value is None and not declaration.required:
        return None
    fitted, sound = fit(declaration, value, Place(node.span), log)
    return fitted if sound else UNKNOWN


def _default(declaration: Declaration) -> Node | None:
    """The default; a null one is none."""
    node = declaration.default
    return None if isinstance(node, Scalar) and node.value is None and not node.unknown else node
