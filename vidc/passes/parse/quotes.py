"""quotes: quotes that end too early, or never."""

from __future__ import annotations

import re

from vidc.diag.finding import Finding
from vidc.problems import syntax as problems
from vidc.problems.quoting import in_quotes
from vidc.problems.wording import short

from .entry import KEY, LINES, entry_begins
from .spot import Spot, quoting, value_at, writing

_OPEN = r"\"(?:[^\"\\]|\\.)*+|'(?:[^']|'')*+"
"""Quotes that a line does not close."""
_SWALLOWED = re.compile(rf"[ \t]*(?:-[ \t]+)*(?:{KEY}):(?:\s|$)")


def unclosed(spot: Spot) -> Finding | None:
    """Quotes that are not closed on their line, where the next line is a key: `text: "Hello there.`"""
    source = spot.source
    last = source.position(spot.at)[0]
    for number in range(last, max(last - LINES, 0), -1):
        line = source.line(number)
        entry = entry_begins(source, number) if "'" in line or '"' in line else None
        if entry is None:
            continue
        start = entry.start - source.starts[number - 1]
        below = next((text for text in map(source.line, range(number + 1, last + 1)) if text.strip()), "")
        if re.fullmatch(_OPEN, line[start:]) and _SWALLOWED.match(below):
            end = entry.start + len(line[start:].rstrip())
            whole = spot.span(entry.start, end)
            right = whole.text + whole.text[0]
            at = spot.span(entry.start, entry.start + 1)
            return problems.yaml_syntax(
                at, "these quotes are never closed", f"write `{short(right)}`", repairs=(writing(whole, right),)
            )
    return None


def end_early(spot: Spot) -> Finding | None:
    """`'It's on'`: the quotes end where they should not; or in braces they are those of the next text: `"a, "b"`."""
    number, column = spot.source.position(spot.at)
    line = spot.source.line(number)
    if not (1 < column < len(line) + 2 and line[column - 2] in "'\"" and spot.here.isalnum()):
        return None
    quote = line[column - 2]
    open = re.search(rf"{quote}(?P<text>[^{quote}]*[^{quote}\s,])\s*,\s*{quote}$", line[: column - 1])
    if open is not None and spot.braces >= 0:
        start = spot.source.starts[number - 1] + open.start()
        whole = spot.span(start, spot.source.starts[number - 1] + open.end("text"))
        right = f"{whole.text}{quote}"
        at = spot.span(start, start + 1)
        help = f"write `{short(right)}`"
        return problems.yaml_syntax(at, "these quotes are never closed", help, repairs=(writing(whole, right),))
    double = "''" if quote == "'" else '\\"'
    message = f"the quotes end here, before the text does: `{quote}`"
    return problems.yaml_syntax(spot.span(spot.at - 1, spot.at), message, f"write `{double}` inside the quotes")


def behind_quotes(spot: Spot) -> Finding | None:
    """`"Great" he said`: a text that begins with a word in quotes."""
    column = spot.source.position(spot.at)[1]
    before = spot.source.line(spot.source.position(spot.at)[0])[: column - 1].rstrip()
    if (
        before[-1:] not in ("'", '"')
        or not spot.here.strip("]}")
        or not spot.problem.startswith("did not find expected")
    ):
        return None
    at = spot.span(spot.at, spot.at + 1)
    whole = value_at(spot, spot.at)
    message = f"the text goes on behind its quotes: `{before[-1]}`"
    if whole is None or whole.text[0] not in "'\"":
        return problems.yaml_syntax(at, message, "put the whole text in quotes of the other kind")
    triple = re.fullmatch(r"(['\"])\1\1([^'\"\\]*)\1\1\1", whole.text)
    if triple is not None:
        right = f"{triple[1]}{triple[2]}{triple[1]}"
        message, at = "three quotes do not begin a text in YAML", spot.span(whole.start, whole.start + 3)
        return problems.yaml_syntax(at, message, f"write `{short(right)}`", repairs=(writing(whole, right),))
    right = in_quotes(whole.text, "the whole text")
    return problems.yaml_syntax(at, message, right, repairs=(quoting(whole),))
