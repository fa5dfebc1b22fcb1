"""slips: what is YAML, but hardly what the author meant."""

from __future__ import annotations

import re
from bisect import bisect_right

from vidc.diag.finding import Log
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems import parse as problems
from vidc.source import Source, Span

_TIGHT_COMMENT = r"(?m)^[^#\r\n]*[^#\s][ \t]+(#(?!vidc:)[^\s#~!][^\r\n]*)"


def note_cut_text(source: Source, root: Mapping, log: Log) -> None:
    """A `#` without a blank behind it was hardly meant as a comment: `We are #1`, `color: #fff`."""
    places = [match.span(1) for match in re.finditer(_TIGHT_COMMENT, source.text)]
    if not places:
        return
    inside = sorted((node.start, node.end) for node in _scalars(root))
    for start, end in places:
        before = bisect_right(inside, (start, len(source.text)))
        if not before or inside[before - 1][1] <= start:
            log.add(problems.cut_by_comment(Span(source, start, end)))


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
