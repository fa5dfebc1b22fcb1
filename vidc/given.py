"""given: values of variables from the command line and from files, as nodes that say where they were given."""

from __future__ import annotations

from collections.abc import Iterable

from vidc.diag.finding import Finding, Log
from vidc.ir.tree import Node, Scalar
from vidc.passes.parse import parse
from vidc.record import replace
from vidc.source import Source


def read_values(texts: Iterable[str], files: Iterable[Source]) -> tuple[dict[str, Node], list[Finding]]:
    """Values by name from `NAME=VALUE` texts, which win, and from mappings in files, of which the last wins.

    A value that begins with `[` or `{` is read as YAML, so that lists can be given; any other is text, which its
    declaration's type then reads.
    """
    log = Log()
    given: dict[str, Node] = {}
    for source in files:
        tree = parse(source, log)
        if tree is None:
            log.findings[:] = [_of_values(finding) for finding in log.findings]
        else:
            given |= {name: node for name, (_, node) in tree.entries.items()}
    for text in texts:
        name, _, value = text.partition("=")
        given[name] = _value(name, value)
    return given, log.findings


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
        tree = parse(Source("--var", f"{name}: {value}"), Log())
        if tree is not None and list(tree.entries) == [name]:
            return tree.entries[name][1]
    source = Source("--var", f"{name}={value}")
    return Scalar(value, source, len(name) + 1, len(source.text))
