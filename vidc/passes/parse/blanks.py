"""blanks: spaces that look as others do and are none to YAML, such as the no-break space of a word processor."""

from __future__ import annotations

import re
from itertools import islice

from vidc.diag.finding import Edit, Finding, Label, Repair
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems.syntax import odd_blank
from vidc.record import record
from vidc.source import Source, Span

ODD = "\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
ODD += "\u200b\u202f\u205f\u2060\u3000\ufeff"
_RUN = re.compile(f"[{ODD}]+")
_KEY = re.compile(rf"(?:^|[{{,\[]|[-][ \t{ODD}])[ \t{ODD}]*(?:[\w.-]+|\"[^\"]*\"|'[^']*')[ \t]*:[ \t{ODD}]*$")

INDENTATION = "in the indentation"
DASH = "after this dash"

RUNS = 20_000
"""Limit: so many runs of odd blanks are looked at."""
BACK = 80
"""Limit: so many characters before a blank are looked at."""
MOST = 8
"""Limit: so many blanks are pointed at."""


@record
class Slip:
    """Odd blanks where a plain one has a meaning; `where` says so."""

    span: Span
    where: str


def slips(source: Source) -> list[Slip]:
    """The odd blanks that may have been meant as plain ones that part a key, a value or a line's beginning."""
    text = source.text
    found = []
    line, newline = 0, text.find("\n")
    for match in islice(_RUN.finditer(text), RUNS):
        start, end = match.span()
        while 0 <= newline < start:
            line, newline = newline + 1, text.find("\n", newline + 1)
        where = _where(text, line, start, end) if start else ""
        if where:
            found.append(Slip(Span(source, start, end), where))
    return found


def _where(text: str, line: int, start: int, end: int) -> str:
    before = text[max(line, start - BACK) : start]
    stripped = before.rstrip(f" \t{ODD}")
    if line >= start - BACK and not stripped.strip(f" \t-{ODD}"):
        return DASH if stripped else INDENTATION
    if stripped.endswith(":") and _KEY.search(before):
        return "after this colon"
    if stripped[-1:] in ("{", "[", ","):
        return "here"
    after = text[end : end + 1]
    return "at the end of this value" if after in ("", "\r", "\n", ",", "}", "]") else ""


def in_tree(found: list[Slip], root: Node) -> list[Slip]:
    """Those that stand in a key, or at an edge of a value of one word: in a longer text they may well be meant."""
    left = {slip.span.start: slip for slip in found}
    slipped: list[Slip] = []
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            slipped += _in_value(node, left)
        elif node.anchor is not None:
            continue
        elif isinstance(node, Mapping):
            for key, value in node.entries.values():
                slipped += _in_key(key, left)
                waiting.append(value)
        else:
            waiting += node.items
    once = {slip.span.start: slip for slip in slipped}  # a merge key puts the same nodes into several mappings
    return [once[start] for start in sorted(once)]


def _in_key(key: Scalar, left: dict[int, Slip]) -> list[Slip]:
    text = key.source.text
    if text[key.start : key.start + 1] in ("'", '"'):
        return []
    runs = _RUN.finditer(text, key.start, min(key.end, key.start + BACK))
    return [left[run.start()] for run in runs if run.start() in left]


def _in_value(node: Scalar, left: dict[int, Slip]) -> list[Slip]:
    text = node.source.text
    if not isinstance(node.value, str) or text[node.start : node.start + 1] in ("'", '"', "|", ">"):
        return []
    word = node.value.strip(f" \t{ODD}")
    if word == node.value or not re.fullmatch(r"\w[\w.%-]*", word):
        return []
    runs = _RUN.finditer(text, node.start, min(node.end, node.start + BACK))
    return [left[run.start()] for run in runs if run.start() in left]


def near(found: list[Slip], lines: set[int]) -> list[Slip]:
    """Those on some lines."""
    return [slip for slip in found if slip.span.source.position(slip.span.start)[0] in lines]


def outside(found: list[Slip], root: Node | None) -> list[Slip]:
    """Those that are in no scalar of a tree, or indent a line of one: where they are no blanks, a text ends there."""
    spans: list[tuple[int, int, bool]] = []
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            spans.append((node.start, node.end, node.source.text[node.start : node.start + 1] not in ("'", '"')))
        elif node.anchor is None:
            parts = node.entries.values() if isinstance(node, Mapping) else [node.items]
            waiting += [part for entry in parts for part in entry]
    spans.sort()
    free, index = [], 0
    for slip in found:
        while index < len(spans) and spans[index][1] <= slip.span.start:
            index += 1
        is_inside = index < len(spans) and spans[index][0] <= slip.span.start
        if not is_inside or (spans[index][2] and slip.span.start == slip.span.source.line_start(slip.span.start)):
            free.append(slip)
    return free


def without(text: str, found: list[Slip]) -> str:
    """The text with plain blanks, as long as before."""
    pieces: list[str] = []
    done = 0
    for slip in found:
        span = slip.span
        pieces += (text[done : span.start], " " * (span.end - span.start))
        done = span.end
    return "".join([*pieces, text[done:]])


def report(found: list[Slip], is_more: bool = False) -> Finding:
    """One finding for all that are to be mended. `is_more`: those before a key are too many, since the text is no YAML
    with plain ones in their place."""
    first, *others = found
    labels = tuple(Label(slip.span, "here too") for slip in others[: MOST - 1])
    lead = [is_more and slip.where in (INDENTATION, DASH) for slip in found]
    edits = [
        Edit(slip.span, "" if more else " " * (slip.span.end - slip.span.start))
        for slip, more in zip(found, lead, strict=True)
    ]
    return odd_blank(first.span, first.where, lead[0], labels, (Repair("write plain spaces", tuple(edits)),))
