"""slips: what is YAML, but hardly what the author meant."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from vidc.diag.finding import Finding, Log
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems import parse as problems
from vidc.source import Source, Span

_TIGHT_COMMENT = r"#(?!vidc:)[^\s#~!][^\r\n]*"
_QUOTES_OR_COMMENT = r"(?<=[\s,:\[{])(?:'[^']*'|\"(?:[^\"\\]|\\.)*\"|(?P<comment>#(?:(?![ \t]+#)[^\r\n])*))"
_BEFORE = r"(?:: |[,\[{])[ \t]*(?P<value>[^\s'\",\[\]{}][^'\",\[\]{}:]*)$"
"""What stands before a comment, from the last sign that ends a key or an entry."""
_ENDS = r"[,'\"{}\[\]]|: "
"""What would end a text without quotes in braces."""

MOST = 100_000
"""Limit: in no more lines is a comment looked at."""


def note_cut_text(source: Source, root: Mapping, log: Log) -> None:
    """A `#` without a blank behind it was hardly meant as a comment: `We are #1`, `color: #fff`."""
    places = list(_tight_comments(source.text))
    if not places:
        return
    inside = sorted((node.start, node.end) for node in _scalars(root))
    for start, end in places:
        before = bisect_right(inside, (start, len(source.text)))
        if not before or inside[before - 1][1] <= start:
            log.add(problems.cut_by_comment(Span(source, start, end)))


def cut_in_braces(source: Source, opened: int, end: int) -> Finding | None:
    """What is found where a `#` without a blank behind it took away what closes a mapping or a list in braces."""
    text = source.text
    for match in re.compile(_QUOTES_OR_COMMENT).finditer(text, opened, end):
        if match["comment"] is None:
            continue
        start, stop = match.span("comment")
        tight = re.compile(_TIGHT_COMMENT).match(text, start)
        line = source.line_start(start)
        value = re.compile(_BEFORE).search(text, max(line, opened), start)
        if tight is None or value is None:
            continue
        rest = text[start:stop].rstrip(" \t,]}")
        whole = None if re.search(_ENDS, rest) else Span(source, value.start("value"), start + len(rest))
        label = Span(source, opened, opened + 1)
        return problems.cut_by_comment(Span(source, start, stop), label, whole)
    return None


def _tight_comments(text: str) -> Iterator[tuple[int, int]]:
    """Where the first `#` of a line stands behind text and a blank, and something right behind it."""
    tight = re.compile(_TIGHT_COMMENT)
    hits = list(_hits(text, " #"))
    if "\t#" in text:
        hits = sorted(hits + list(_hits(text, "\t#")))
    for line, at in hits:
        before = text[line:at]
        if before.strip() and "#" not in before and "\r" not in before:
            found = tight.match(text, at + 1)
            if found is not None:
                yield found.span()


def _hits(text: str, mark: str) -> Iterator[tuple[int, int]]:
    """The first of a mark in each line, at most MOST: where the line begins, and where the mark stands."""
    at = text.find(mark)
    done, left = 0, MOST
    while at >= 0 and left:
        yield text.rfind("\n", done, at) + 1, at
        done = text.find("\n", at)
        at = text.find(mark, done) if done >= 0 else -1
        left -= 1


def _scalars(root: Mapping) -> list[Scalar]:
    """The scalars of a document that span more than a word, wherever an alias may repeat them."""
    found: list[Scalar] = []
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            if node.end - node.start > 3:
                found.append(node)
        elif node.anchor is None:
            parts = node.entries.values() if isinstance(node, Mapping) else [node.items]
            waiting += [part for entry in parts for part in entry]
    return found
