"""merge: what a key `<<` brings into a mapping."""

from __future__ import annotations

from vidc.diag.finding import Log, Place
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems import aliases as problems
from vidc.record import replace


def merged(mapping: Mapping, log: Log) -> tuple[Mapping, list[Node]]:
    """The mapping with what its merge key brings under its own entries, of several mappings the first's; and what of
    the text is in no tree then. In quotes `<<` is a key like any other."""
    entries = dict(mapping.entries)
    if mapping.source.text[entries["<<"][0].start] in "\"'":
        return mapping, []
    key, value = entries.pop("<<")
    live, partial = mapping.live, False
    if isinstance(value, Sequence) and value.anchor is not None:
        _report_lost(value, log)
    for node in value.items if isinstance(value, Sequence) else [value]:
        if isinstance(node, Scalar) and node.unknown:
            partial = True
            continue
        if not isinstance(node, Mapping):
            log.add(problems.merge_not_mapping(node.span if node.start < node.end else key.span))
            continue
        live, partial = live or node.live, partial or node.partial
        for name, entry in node.entries.items():
            entries.setdefault(name, entry)
    return replace(mapping, entries=entries, live=live, partial=partial), [value]


def _report_lost(merged: Sequence, log: Log) -> None:
    """Report a list of things that an alias puts where one mapping is merged: what the first has, the others lose.
    A list of aliases is one of mappings to be merged."""
    seen: set[str] = set()
    for node in merged.items:
        if isinstance(node, Mapping) and node.anchor is None:
            lost = [name for name in node.entries if name in seen]
            if lost:
                at = Place(merged.span)
                log.add(problems.merged_list(at, len(merged.items), lost, node.key(lost[0])))
                return
            seen |= node.entries.keys()
