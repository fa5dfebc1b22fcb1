"""commas: texts without quotes in a mapping in braces, where a comma ends them and the rest is read as keys."""

from __future__ import annotations

import re

from vidc.diag.finding import Log, Place
from vidc.hints import TypeAlias
from vidc.ir.tree import Node, Scalar, Value
from vidc.problems import parse as problems
from vidc.record import replace
from vidc.source import Key, Span

Entries: TypeAlias = "dict[str, tuple[Scalar, Node]]"
Blanks: TypeAlias = "frozenset[int]"

_PIECE = re.compile(r"[ \t]*+,[ \t]*+(?:\r?\n[ \t]*+)?(?P<key>[^,\[\]{}#\r\n\"'&*!|>%@`][^,\[\]{}\r\n]*)")
"""A key behind a comma, on the same line or the next one, that is not in quotes and has no comment in front of it."""
_SPEAKS = r"\w['’]\w|[.!?…]$"
_FIELD = (
    r"actor|duration|extra|language|name|position|rotation|scale|size|text|transition|type|variant|view|volume"
    r"|[a-z]+(?:[A-Z][a-z]*)+"
)
"""Words that are fields of a job in most places: one without a value was hardly meant as text."""
_FREE = ("extra", "callbackPayload")
_LOOPED = ("type", "use", "tracks")
"""A mapping that has one of these is a track or a scene."""


def mended(entries: Entries, blanks: Blanks, again: list[tuple[Scalar, Node]], above: list[Value], log: Log) -> Entries:
    """The entries with the pieces of each text in one; a finding says so, and whatever was found of a piece is undone.

    `blanks`: where values stand of which nothing is written. `again`: the keys that were there already. `above`: the
    keys that the mapping stands under; what is the author's own below them may well have keys without a value.
    """
    if any(isinstance(key, str) and (key in _FREE or key.startswith("x-")) for key in above):
        return entries
    looping = any(name in entries for name in _LOOPED)
    made: Entries = {}
    cut: list[Span] = []
    for name, (key, node) in entries.items():
        if cut and key.start < cut[-1].end:
            continue
        pieces = _pieces(node, blanks) if isinstance(node, Scalar) else []
        if isinstance(node, Scalar) and pieces and name == "for" and looping:
            node = _whole(node, pieces)  # its own finding shows what a loop needs
            cut.append(node.span)
        elif isinstance(node, Scalar) and pieces and _is_text(name, node, pieces):
            node = _whole(node, pieces)
            log.add(problems.cut_by_comma(Place(node.span), pieces[0].text))
            cut.append(node.span)
        made[name] = (key, node)
    if not cut:
        return entries
    undone: set[Key] = set()
    for key, node in again:
        name = str(key.value)
        if _is_in(key, cut) or _is_in(entries[name][0], cut):
            undone.add(key.span.key)
        if not _is_in(key, cut):
            made.setdefault(name, (key, node))
    log.take_back([one for one in log.findings if one.name == "repeated-key" and one.span.key in undone])
    return made


def _pieces(node: Scalar, blanks: Blanks) -> list[Span]:
    """The keys without a value right behind a value."""
    text = node.source.text
    found: list[Span] = []
    end = node.end
    if node.anchor is not None or node.start == end:
        return found
    while (piece := _PIECE.match(text, end)) is not None and piece.end() in blanks:
        written = piece["key"].rstrip()
        if not written or re.search(r":(?:\s|$)", written):
            break
        start = piece.start("key")
        found.append(Span(node.source, start, start + len(written)))
        end = piece.end()
    return found


def _is_text(name: str, node: Scalar, pieces: list[Span]) -> bool:
    """Whether keys without a value read as the rest of a text: by their signs, else by what they stand behind."""
    written = [piece.text for piece in pieces]
    first = node.span.text
    if all(re.fullmatch(_FIELD, piece) for piece in written) or "://" in first:
        return False
    if any(re.search(_SPEAKS, piece) for piece in written):
        return True
    if first[0] in "\"'" or any(":" in piece for piece in written):
        return False
    if name == "text":
        return True
    return isinstance(node.value, str) and (first[0].isupper() or any(" " in piece for piece in (first, *written)))


def _whole(node: Scalar, pieces: list[Span]) -> Scalar:
    whole = Span(node.source, node.start, pieces[-1].end)
    text = " ".join(line.strip() for line in whole.text.split("\n"))
    return replace(node, value=text, end=whole.end, live="<" in text or "{" in text)


def _is_in(key: Scalar, spans: list[Span]) -> bool:
    return any(span.start <= key.start < span.end for span in spans)
