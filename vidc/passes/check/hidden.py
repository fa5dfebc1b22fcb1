"""hidden: a field that a merge key would have brought in a mapping that is written beside it."""

from __future__ import annotations

import re
from itertools import islice, takewhile

from vidc.problems.wording import short
from vidc.source import Span

from .scope import Scope

MOST = 20
"""Limit: so many aliases of one mapping are looked at."""

LONGEST = 4_000
"""Limit: so much of a text is looked at, for aliases and for what one stands for."""

LARGEST = 1_000_000
"""Limit: in a longer text no anchor is looked for."""

_MERGE = r"(?<![\w\"'<])<<:[ ]*(?:\*(?P<one>[^\s,\[\]{}]+)|\[(?P<list>[^\[\]{}\n]*)\])"


def by_merge(scope: Scope, name: str) -> str:
    """What to write for a field that is missing in a mapping, whose key hides the same key of a merged mapping; empty
    where that does not have it."""
    outer = scope.outer
    if outer is None or not scope.key or scope.key not in outer.node.entries or not outer.is_own(scope.key):
        return ""
    whole = outer.node.anchor or outer.node.span
    source = whole.source
    for merge in re.finditer(_MERGE, source.text[whole.start : min(whole.end, whole.start + LONGEST)]):
        aliases = [merge["one"]] if merge["one"] else re.findall(r"\*([^\s,]+)", merge["list"])
        for alias in islice(aliases, MOST):
            value = _value(_anchored(whole, alias), scope.key, name)
            if value:
                field = short(f"{name}: {value}")
                return f"`<<` takes keys whole: `*{short(alias)}` has `{field}`, so add `{field}` here"
    return ""


def _anchored(whole: Span, alias: str) -> str:
    """The text behind the last anchor of a name above, up to the next line that is not in what it stands before."""
    text = whole.source.text
    start = _behind_anchor(text, alias, whole.start)
    if start < 0:
        return ""
    lead = text[whole.source.line_start(start) : start]
    is_item = lead.lstrip(" ").startswith("-")
    column = len(lead) - len(lead.lstrip(" -"))
    first, *lines = text[start : start + LONGEST].split("\n")
    kept = [first]
    for line in lines:
        if line.strip() and _depth(line) < column + (not is_item):
            break
        kept.append(line)
    return "\n".join(kept)


def _behind_anchor(text: str, alias: str, before: int) -> int:
    """Where the last anchor of a name ends above a place; -1 where there is none, or too much text to look for it."""
    for _ in range(MOST if len(text) <= LARGEST else 0):
        before = text.rfind(f"&{alias}", 0, before)
        end = before + 1 + len(alias)
        if before < 0 or text[end : end + 1].isspace():
            return end if before >= 0 else -1
    return -1


def _value(text: str, key: str, name: str) -> str:
    """A field of a mapping that stands under a key, in braces or on lines of its own."""
    found = re.search(rf"(?m)(?P<lead>^[ ]*|[{{,\s-]){re.escape(key)}:[ ]*(?:\{{(?P<inner>[^{{}}]*)|$)", text)
    if found is None:
        return ""
    inner = found["inner"]
    if inner is None:
        lines = text[found.end() + 1 :].split("\n")
        inner = "\n".join(takewhile(lambda line: _depth(line) > _depth(found["lead"] + "."), lines))
    field = re.search(rf"(?<![\w.-]){re.escape(name)}:[ ]+(?P<value>[^\s,{{}}\[\]#]+)", inner)
    return field["value"] if field else ""


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
