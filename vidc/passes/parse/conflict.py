"""conflict: the marks that a merge leaves where two sides changed the same lines."""

from __future__ import annotations

import re

from vidc.diag.finding import Finding, Label
from vidc.problems import parse as problems

from .spot import Spot

_OURS, _MIDDLE, _THEIRS = (rf"^{sign}{{7}}(?:[ \t][^\r\n]*)?(?=\r?$)" for sign in "<=>")


def conflict(spot: Spot) -> Finding | None:
    """The first one of the file: while there is one, nothing else that is wrong tells of the author's hand."""
    text = spot.source.text
    spans = []
    end = 0
    for mark in (_OURS, _MIDDLE, _THEIRS):
        found = re.compile(mark, re.MULTILINE).search(text, end)
        if found is None:
            return None
        end = found.end()
        spans.append(spot.span(found.start(), end))
    ours, middle, theirs = spans
    labels = (Label(middle, "the other side begins"), Label(theirs, "and ends here"))
    return problems.merge_conflict(ours, labels)
