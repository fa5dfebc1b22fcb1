"""curly: quotes as a word processor sets them, around keys and values: they are text to YAML."""

from __future__ import annotations

import re
from itertools import islice

from vidc.diag.finding import Edit, Finding, Repair
from vidc.problems.syntax import curly_quotes
from vidc.source import Source, Span

_KEY = re.compile(r"(?:^|[{,])[ \t]*[“”„‟][\w. -]{1,60}[“”‟][ \t]*:", re.MULTILINE)
"""A key in such quotes; where there is none, those around a value may be a part of its text."""
_EDGE = re.compile(r"(?:(?<=[{\[,:\s])|^)[“”„‟](?=\S)|[“”‟](?=[ \t]*(?:[:,}\]\r\n]|$))")

READ = 20_000
"""Limit: so many quotes are mended."""


def slips(source: Source) -> list[Span]:
    """The quotes at the edges of keys and values, where a key has such quotes."""
    if not _KEY.search(source.text):
        return []
    found = islice(_EDGE.finditer(source.text), READ)
    return [Span(source, match.start(), match.end()) for match in found]


def without(text: str, found: list[Span]) -> str:
    """The text with straight quotes, as long as before."""
    pieces: list[str] = []
    done = 0
    for span in found:
        pieces += (text[done : span.start], '"')
        done = span.end
    return "".join([*pieces, text[done:]])


def report(found: list[Span]) -> Finding:
    """One finding for all of them."""
    repair = Repair("write straight quotes", tuple(Edit(span, '"') for span in found))
    return curly_quotes(found[0], len(found), repair)
