"""commas: a key that is no field, but the rest of a text in braces that a comma cut off: `text: Wait, then: go.`"""

from __future__ import annotations

from itertools import islice

from vidc.hints import Any
from vidc.ir.tree import Node, Scalar
from vidc.problems.parse import cut_by_comma
from vidc.source import Span

from .scope import Scope

MOST = 100
"""Limit: the text is looked for in so many entries."""
BLANKS = 80
"""Limit: blanks and line breaks between a comma and a key."""


def report_cut_off(scope: Scope, name: str, sent: dict[str, Any]) -> bool:
    """Whether a key is the rest of a text: then this is reported, and both are left out.

    It has blanks in it, or its value ends as a sentence does; and right before its comma stands a text without quotes.
    """
    key, node = scope.node.entries[name]
    value = _written(node)
    gap = key.source.text[max(0, key.start - BLANKS) : key.start]
    before = gap.rstrip()
    if not _written(key) or not before.endswith(",") or not (" " in name or value[-1:] in (*".!?…",)):
        return False
    comma = key.start - len(gap) + len(before) - 1
    for other, (_, text) in islice(scope.node.entries.items(), MOST):
        start = _written(text) if text.end == comma else ""
        if start and (other == "text" or " " in start or start[0].isupper()):
            span = Span(key.source, text.start, node.end)
            scope.log.add(cut_by_comma(scope.place(span), name))
            scope.broken.update((name, other))
            sent.pop(other, None)
            return True
    return False


def _written(node: Node) -> str:
    """A text that is written here without quotes; else an empty one."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or node.anchor is not None:
        return ""
    return "" if node.source.text[node.start : node.start + 1] in ("'", '"') else node.value
