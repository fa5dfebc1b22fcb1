"""meant: what a mapping was meant for where a field takes another value: a name in braces, or a choice."""

from __future__ import annotations

from re import fullmatch

from vidc.diag.near import nearest
from vidc.ir.tree import Mapping, Scalar
from vidc.problems.choices import choice

from .scope import Scope

_IN_COMPONENT = r"in component `(\w[\w-]*)`"
_IN_TURN = r"in turn \d+ of `for: (\w+) in .*`"
_HOLDERS = ("props", "this.props", "params", "parameters", "variables", "vars", "var")
"""What other languages put before the names of parameters and variables."""


def instead(scope: Scope, node: Mapping) -> str:
    """What to write for `{title}` and for `{if: ..., then: ..., else: ...}`; empty for any other mapping."""
    return choice(node) or _named(scope, node)


def _named(scope: Scope, node: Mapping) -> str:
    if len(node.entries) != 1 or node.span.text[:1] != "{":
        return ""
    ((name, (_, value)),) = node.entries.items()
    if not isinstance(value, Scalar) or value.value is not None or value.unknown:
        return ""
    path = next((name[len(one) + 1 :] for one in _HOLDERS if name.startswith(f"{one}.")), name)
    first, dot, rest = path.partition(".")
    if first in scope.declared("dynamicVariables"):
        return ""
    known = _known(scope)
    own = first if first in known else nearest(first, sorted(known))
    return f"write `<{own}{dot}{rest}>`" if own else ""


def _known(scope: Scope) -> set[str]:
    """The names that can be used in a mapping: the spec's variables, the component's parameters, those of loops."""
    known = set(scope.declared("variables"))
    for step in scope.place(scope.node.span).via:
        component, turn = fullmatch(_IN_COMPONENT, step.text), fullmatch(_IN_TURN, step.text)
        if component:
            known = set(scope.declared("variables")) | _parameters(scope, component[1])
        elif turn:
            known.add(turn[1])
    return known


def _parameters(scope: Scope, name: str) -> set[str]:
    found = scope.declared("components").get(name)
    inner = found[1].entries.get("parameters") if found and isinstance(found[1], Mapping) else None
    return set(inner[1].entries) if inner and isinstance(inner[1], Mapping) else set()
