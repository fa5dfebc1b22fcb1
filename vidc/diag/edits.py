"""edits: a text with repairs made in it."""

from __future__ import annotations

from vidc.record import replace

from .finding import Edit


def as_there(edit: Edit) -> Edit:
    """An edit whose lines end as those of the text do that it is made in."""
    if "\n" not in edit.text or "\r\n" not in edit.span.source.text:
        return edit
    return replace(edit, text=edit.text.replace("\r\n", "\n").replace("\n", "\r\n"))


def applied(text: str, edits: list[Edit]) -> str:
    """The text with edits made, whose spans are apart."""
    pieces = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at:]])
