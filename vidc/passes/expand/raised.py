"""raised: scenes that stand under another key of the top, which are read as if they stood beside it."""

from __future__ import annotations

from vidc.diag.finding import Edit, Log, Place, Repair
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems.mistakes import misplaced_property
from vidc.record import replace
from vidc.source import Span

_HOLDERS = ("settings", "defaults", "variables", "components", "dynamicVariables")
_DEEP = ("settings", "defaults")
"""What holds mappings that have no scenes of their own: a variable may have such, and in a component they are another
mistake."""

MOST = 10_000
"""Limit: so many lines are moved by a repair."""


def with_scenes(root: Mapping, log: Log) -> Mapping:
    """The document with its scenes at the top, where they stand under another key, which is reported."""
    if not root.entries.keys().isdisjoint(("scenes", "templateJobId", "videoCreative")):
        return root
    for name in _HOLDERS:
        found = root.entries.get(name)
        if found is None or not isinstance(found[1], Mapping):
            continue
        holder = found[1]
        if "scenes" in holder.entries and _are_scenes(holder, name):
            entry = _reported(root, name, holder, log)
            return replace(root, entries={**root.entries, name: (found[0], _without(holder)), "scenes": entry})
        for inner, (key, node) in holder.entries.items() if name in _DEEP else ():
            if isinstance(node, Mapping) and "scenes" in node.entries and _are_scenes(node, name):
                entry = _reported(root, inner, node, log)
                outer = replace(holder, entries={**holder.entries, inner: (key, _without(node))})
                return replace(root, entries={**root.entries, name: (found[0], outer), "scenes": entry})
    return root


def _are_scenes(holder: Mapping, section: str) -> bool:
    """Whether a list is one of scenes: a variable of this name may be another."""
    node = holder.entries["scenes"][1]
    items = node.items if isinstance(node, Sequence) and holder.anchor is None else []
    is_known = section not in ("variables", "dynamicVariables")
    return any(isinstance(item, Mapping) and (is_known or "tracks" in item.entries) for item in items)


def _without(holder: Mapping) -> Mapping:
    return replace(holder, entries={name: entry for name, entry in holder.entries.items() if name != "scenes"})


def _reported(root: Mapping, name: str, holder: Mapping, log: Log) -> tuple[Scalar, Node]:
    key, node = holder.entries["scenes"]
    repair = _outdented(root, holder, key.span, node)
    beside = ", beside `settings`" if "settings" in root.entries else ""
    help = f"write it at the top{beside}" + (f": {repair.title}" if repair else "")
    log.add(misplaced_property(Place(key.span), "scenes", f"`{name}`", help, repair=repair))
    return key, node


def _outdented(root: Mapping, holder: Mapping, key: Span, node: Node) -> Repair | None:
    """The scenes moved to the left, where they are the last of what they stand in and begin a line each."""
    source, start = key.source, key.source.line_start(key.start)
    by = key.start - start
    is_last = next(reversed(holder.entries)) == "scenes"
    if (
        not is_last
        or not by
        or source.text[start : key.start].strip(" ")
        or root.start != source.line_start(root.start)
    ):
        return None
    edits: list[Edit] = []
    while start < node.end:
        end = source.text.find("\n", start)
        end = len(source.text) if end < 0 else end
        lead = source.text[start : min(start + by, end)]
        if lead.strip(" "):
            return None
        if lead:
            edits.append(Edit(Span(source, start, start + len(lead)), ""))
        start = end + 1
    return Repair(f"indent it by {by} columns less", tuple(edits)) if len(edits) <= MOST else None
