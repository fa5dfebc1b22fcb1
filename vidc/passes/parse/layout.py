"""layout: how lines hang together: tabs, statements around lines, and the indentation of texts."""

from __future__ import annotations

import re

from vidc.diag.finding import Edit, Finding, Label, Repair
from vidc.problems import syntax as problems
from vidc.problems.wording import short
from vidc.source import Span

from .entry import KEY, Entry, entry_above, entry_on, indent
from .marks import is_broken_key
from .spot import Spot

_HEADER = re.compile(r"(?:^|[:-] )[ \t]*(?:[&!]\S+[ \t]+)*[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$")
"""A line behind which a text begins."""
_KEY_LINE = re.compile(rf"[ \t]*(?:-[ \t]|(?:{KEY}):(?:\s|$))")
_STATEMENT = re.compile(
    r"[ \t]*(?:- )?[ \t]*(?P<all>\{%[-+]?[ \t]*(?P<word>\w+)[ \t]*(?P<rest>[^%]{0,200}?)[ \t]*[-+]?%\})"
)

ABOVE = 60
"""Limit: so many lines above are looked at."""


def tab(spot: Spot) -> Finding | None:
    if spot.here != "\t":
        return None
    at = spot.span(spot.at, spot.at + 1)
    return problems.yaml_syntax(at, "a tab stands where only spaces can", "indent with spaces")


def statement(spot: Spot) -> Finding | None:
    """`{% for x in y %}` around scenes or tracks."""
    found = _STATEMENT.match(spot.source.line(spot.source.position(spot.at)[0]))
    if found is None or spot.here != "%":
        return None
    begin = spot.source.line_start(spot.at)
    at = spot.span(begin + found.start("all"), begin + found.end("all"))
    help = f"write `{found['word']}: {short(found['rest'])}` as a key of the scene or track itself"
    if found["word"] not in ("for", "if"):
        help = "remove it; `for` and `if` are keys of the scene or track itself"
    return problems.yaml_syntax(at, f"`{{% {found['word']} %}}` cannot stand around scenes or tracks", help)


def unindented_text(spot: Spot) -> Finding | None:
    """A text below `|` or `>` that stands no deeper than its key, or goes on no deeper; or a line of a text without
    either."""
    source, number = spot.source, spot.number
    if spot.braces >= 0 or not spot.problem.startswith(("could not find", "mapping values", "did not find expected")):
        return None
    first = number
    for above in range(number, max(number - ABOVE, 0), -1):
        line = source.line(above)
        entry = entry_on(source, above) if _HEADER.search(line) else None
        if entry is not None:
            break
        if line.strip() and _KEY_LINE.match(line):
            return _unindented_line(spot, above)
        first = above if line.strip() and indent(line) <= indent(spot.line) else first
    else:
        return None
    inner = next((line for line in map(source.line, range(entry.number + 1, first)) if line.strip()), "")
    wanted = indent(inner) or entry.column + 2
    if first == entry.number or indent(source.line(first)) >= wanted or is_broken_key(source.line(first)):
        return None
    return _unindented(spot, first, spot.span(entry.start, entry.start + 1), entry, wanted)


def _unindented_line(spot: Spot, above: int) -> Finding | None:
    """A line of a text without quotes that stands as deep as the text's key."""
    entry = entry_on(spot.source, above)
    if entry is None or above == spot.number or not spot.problem.startswith("could not find"):
        return None
    prose = entry.value.text
    if " " not in prose or prose[0] in "[{|>'\"" or indent(spot.line) > entry.column or entry.key in ("", "type"):
        return None
    if is_broken_key(spot.line):
        return None
    return _unindented(spot, spot.number, spot.span(entry.start, entry.start + 1), entry, entry.column + 2)


def _unindented(spot: Spot, first: int, head: Span, entry: Entry, wanted: int) -> Finding:
    begin, line = spot.source.starts[first - 1], spot.source.line(first)
    at = spot.span(begin + indent(line), begin + len(line.rstrip()))
    repair = Repair("indent the text", tuple(_indenting(spot, first, wanted, entry)))
    return problems.unindented_text(at, head, entry.key, wanted, (repair,))


def _indenting(spot: Spot, first: int, wanted: int, entry: Entry) -> list[Edit]:
    """The lines of the text, each as deep as it should be."""
    source = spot.source
    lead = indent(source.line(first))
    edits: list[Edit] = []
    for number in range(first, min(first + ABOVE, len(source.starts) + 1)):
        line = source.line(number)
        if not line.strip():
            continue
        if indent(line) < lead or (indent(line) <= entry.column and _KEY_LINE.match(line)):
            break
        start = source.starts[number - 1]
        edits.append(Edit(spot.span(start, start), " " * (wanted - lead)))
    return edits


def comment_in_text(spot: Spot) -> Finding | None:
    """A line that goes on a text without quotes behind a comment, which ends the text."""
    entry = entry_above(spot.source, spot.number) if spot.problem.startswith("did not find expected key") else None
    if entry is None or spot.braces >= 0:
        return None
    begin = spot.source.starts[spot.number - 1]
    sign = re.search(r"(?<=\S)[ \t]+(?P<sign>#)", spot.source.line(spot.number - 1))
    if sign is None:
        return None
    comment = spot.source.starts[spot.number - 2] + sign.start("sign")
    label = Label(spot.span(comment, comment + 1), "the comment ends the text")
    at = spot.span(begin + indent(spot.line), begin + len(spot.line.rstrip()))
    help = "put the comment on a line of its own above the text, or the text in quotes, if the `#` is a part of it"
    return problems.yaml_syntax(at, "no text goes on behind a comment", help, (label,))
