"""glued: a key that runs into its value, where a colon in the value makes a key of both: `text:Note: it is on`."""

from __future__ import annotations

import re

from vidc.diag.finding import Edit, Log, Place, Repair
from vidc.hints import TypeAlias
from vidc.ir.tree import Node, Scalar, Value
from vidc.problems.quoting import as_value
from vidc.problems.wording import short
from vidc.record import replace
from vidc.source import Span

from .blanks import ODD
from .entry import KEY, is_own

Entries: TypeAlias = "dict[str, tuple[Scalar, Node]]"

_GLUED = re.compile(rf"(?P<key>{KEY}):[^\s{ODD}]")
_IN_QUOTES = re.compile(r"(?:\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\r\n]|'')*+')(?=[ \t]*(?:$|[\r\n]|[ \t]#))")


def parted(entries: Entries, above: list[Value], log: Log) -> Entries:
    """The entries with each key apart from its value. A key that has none is left: who reads it says more of it.

    `above`: the keys that the mapping stands under.
    """
    if is_own(above):
        return entries
    made: Entries = {}
    for name, (key, node) in entries.items():
        found = _GLUED.match(name)
        if found is None or found["key"] in entries or not _is_one_text(key, node):
            made[name] = (key, node)
            continue
        value = _value(key, node, len(found["key"]) + 1)
        _report(found["key"], key, value, log)
        made[found["key"]] = (
            replace(key, value=found["key"], end=key.start + len(found["key"])),
            Scalar(value.text, key.source, value.start, value.end, unknown=True, faulty=True),
        )
    return made


def _is_one_text(key: Scalar, node: Node) -> bool:
    """Whether a key and its value stand without quotes in one piece."""
    if not isinstance(node, Scalar) or node.anchor is not None or node.start == node.end:
        return False
    return not {key.source.text[key.start], key.source.text[node.start]} & set("'\"|>")


def _value(key: Scalar, node: Node, length: int) -> Span:
    """What stands behind the key's colon; quotes hold what is read as a comment as well."""
    start = key.start + length
    quotes = _IN_QUOTES.match(key.source.text, start)
    return Span(key.source, start, max(quotes.end(), node.end) if quotes else node.end)


def _report(name: str, key: Scalar, value: Span, log: Log) -> None:
    from vidc.problems.mistakes import missing_blank

    line = key.source.text[key.source.line_start(key.start) : key.start]
    right = as_value(value.text, in_braces=bool(line.strip("- \t")))
    shown = f"{name}: {short(right)}"
    at = Span(key.source, key.start, value.end)
    repair = Repair(f"write `{shown}`", (Edit(value, f" {right}"),))
    log.add(missing_blank(Place(at), short(at.text), shown, (), (repair,)))
