"""nothing: variables without a value that texts need one of, told where they are declared."""

from __future__ import annotations

from collections.abc import Container, Mapping
from re import fullmatch, match

from vidc.diag.finding import Finding, Label, Log, Place
from vidc.diag.undeclared import name_before
from vidc.ir import tree
from vidc.ir.tree import Node, Scalar, Sequence
from vidc.problems.variables import valueless
from vidc.record import replace

from .declaration import Declaration
from .gaps import faulty

MOST = 4
"""Places that a finding has labels for."""

_TOLD = r"`(\w+)` (?:has no value here$|is nothing, )"
_LONE = r"[\"']?(?:<(\w+)>|\{\{\s*(\w+)\s*\}\})[\"']?"


def told_once(
    root: tree.Mapping, made: tree.Mapping, declared: Mapping[str, Declaration], given: Mapping[str, Node], log: Log
) -> tree.Mapping:
    """The document with what such variables fill as a whole unknown; each is told once, in place of its uses.

    `declared`: the variables that have no value, of which no finding speaks yet.
    """
    uses: dict[str, list[Finding]] = {}
    parameters = _parameters(root)
    for finding in log.findings:
        found = match(_TOLD, finding.words.message) if finding.name in ("not-text", "undefined-field") else None
        if found is not None and found[1] in declared and not _is_other(found[1], finding, parameters):
            uses.setdefault(found[1], []).append(finding)
    for name, findings in uses.items():
        log.take_back(findings)
        labels = {one.span.key: Label(one.span, "it is used here") for one in findings}
        log.add(_found(declared[name], given.get(name), tuple(labels.values())[:MOST]))
    return _without(made, uses.keys()) if uses else made


def _found(declaration: Declaration, given: Node | None, labels: tuple[Label, ...]) -> Finding:
    if given is not None:
        at = Place(name_before(declaration.name, given.span))
        return valueless(at, declaration.name, "write its value here", labels)
    default = declaration.default
    written = default.span.text if isinstance(default, Scalar) and default.anchor is None else ""
    is_word = written.isalpha() and written != "null"
    if not declaration.options and declaration.example is None:
        help = f"write `{declaration.name}: ...` with its value"
        help += f"; if that comes with `--var`, write `{declaration.name}: {{type: string, required: true}}`"
        help = f"write `{declaration.name}: '{written}'` for that text; else {help}" if is_word else help
    elif declaration.example is not None:
        help = "add `default: ...`; or `required: true`, with which its example stands in"
    else:
        help = "add `default: ...`, or `required: true` if its value always comes with `--var`"
        help = f"write `default: '{written}'` for that text; else {help}" if is_word else help
    return valueless(Place(declaration.key.span), declaration.name, help, labels)


def _is_other(name: str, finding: Finding, parameters: set[str]) -> bool:
    """Whether the name may be another one than the variable: a component's parameter, or one of a loop."""
    steps = [step.text for step in finding.words.at.via]
    if name in parameters and any(step.startswith("in component") for step in steps):
        return True
    return any(match(rf"in turn \d+ of `for: {name} ", step) for step in steps)


def _parameters(root: tree.Mapping) -> set[str]:
    """The parameters of all components."""
    found = root.entries["components"][1] if "components" in root.entries else None
    names: set[str] = set()
    for _, body in found.entries.values() if isinstance(found, tree.Mapping) else ():
        inner = body.entries.get("parameters") if isinstance(body, tree.Mapping) else None
        names |= set(inner[1].entries) if inner is not None and isinstance(inner[1], tree.Mapping) else set()
    return names


def _without(node: tree.Mapping, names: Container[str]) -> tree.Mapping:
    entries = {name: (key, _gap(one, names)) for name, (key, one) in node.entries.items()}
    return replace(node, entries=entries)


def _gap(node: Node, names: Container[str]) -> Node:
    """The node, with nothing known of what a variable fills as a whole that has no value."""
    if isinstance(node, tree.Mapping):
        return _without(node, names)
    if isinstance(node, Sequence):
        return replace(node, items=[_gap(item, names) for item in node.items])
    found = fullmatch(_LONE, node.span.text[:80]) if node.value is None and not node.unknown else None
    return faulty(node) if found is not None and (found[1] or found[2]) in names else node
