"""given: values of variables from the command line and from files, as nodes that say where they were given."""

from __future__ import annotations

from collections.abc import Iterable

from vidc.compile import read_tree
from vidc.diag.finding import Finding
from vidc.ir.tree import Node, Scalar
from vidc.record import replace
from vidc.source import Source


def read_values(texts: Iterable[str], files: Iterable[Source]) -> tuple[dict[str, Node], list[Finding]]:
    """Values by name from `NAME=VALUE` texts, which win, and from mappings in files, of which the last wins.

    A value that begins with `[` or `{` is read as YAML, so that lists can be given; any other is text, which its
    declaration's type then reads.
    """
    problems: list[Finding] = []
    given: dict[str, Node] = {}
    for source in files:
        tree, found = read_tree(source)
        problems += found if tree else map(_of_values, found)
        if tree is not None:
            given |= {name: node for name, (_, node) in tree.entries.items()}
    for text in texts:
        name, _, value = text.partition("=")
        given[name] = _value(name, value)
    return given, problems


def _of_values(finding: Finding) -> Finding:
    """What a spec's file is told, said of a file of values."""
    said = {
        "not-a-mapping": ("values are a mapping of names, such as `name: Ann`, and this file is none", ""),
        "empty-spec": ("there are no values in this file", "values are a mapping of names, such as `name: Ann`"),
    }.get(finding.name)
    if said is None:
        return finding
    return replace(finding, words=replace(finding.words, message=said[0], help=said[1]))


def _value(name: str, value: str) -> Node:
    value = value.encode("utf-8", "replace").decode("utf-8")
    if value[:1] in ("[", "{"):
        tree, _ = read_tree(Source("--var", f"{name}: {value}"))
        if tree is not None and list(tree.entries) == [name]:
            return tree.entries[name][1]
    source = Source("--var", f"{name}={value}")
    return Scalar(value, source, len(name) + 1, len(source.text))
