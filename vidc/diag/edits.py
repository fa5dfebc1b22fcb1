"""edits: a text with repairs made in it."""

from __future__ import annotations

from .finding import Edit


def applied(text: str, edits: list[Edit]) -> str:
    """The text with edits made, whose spans are apart."""
    pieces = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at:]])
