"""comments: a `#` that cuts a text off, as it begins a comment there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from vidc.diag.finding import Finding, Label, Log
from vidc.hints import TypeAlias
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems.parse import cut_by_comment
from vidc.record import replace
from vidc.source import Source, Span

from .entry import LONGEST, entry_of, uncommented

Empty: TypeAlias = "dict[int, tuple[Mapping, str]]"
"""Values of which nothing is written, by where they stand: the mapping and the key."""

_TIGHT_COMMENT = re.compile(r"#(?!vidc:)[^\s#~!][^\r\n]*")
_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3,4})(?![^\s,\]}])")
_TEXT_COMMENT = re.compile(r"(?<=[ \t{]text: )#[ \t](?!vidc:)[^\r\n]*")
_NEEDED = frozenset(("text", "type", "actor", "imageUrl", "videoUrl", "audioUrl", "position", "size"))
"""Keys that a track cannot be without."""
_QUOTES_OR_COMMENT = re.compile(
    r"(?<=[\s,:\[{])(?:'[^']*+'|\"(?:[^\"\\]|\\.)*+\"|(?P<comment>#(?:[^\r\n \t]++|[ \t]++(?!#))*+))"
)
_BEFORE = re.compile(r"(?:: |[,\[{])[ \t]*(?P<value>[^\s'\",\[\]{}][^'\",\[\]{}:]*)$")
"""What stands before a comment, from the last sign that ends a key or an entry."""
_NO_TEXT = r"['\"\[{|>&*!#]|(?:[-+]?[\d.]+\w*%?|true|false|null)\s*$"
"""What begins as no text without quotes, or is a number, a time or a word of YAML's own."""
_ENDS = re.compile(r"[,'\"{}\[\]]|: ")
"""What would end a text without quotes in braces."""

MOST = 100_000
"""Limit: in no more lines is a comment looked at."""
READ = 20_000
"""Limit: so many quotes and comments in braces are looked at."""
BACK = 2_000
"""Limit: so many characters of a line before a comment in braces are looked at."""


def note_cut_text(source: Source, text: str, roots: Sequence[Node], log: Log) -> None:
    """A `#` without a blank behind it was hardly meant as a comment: `We are #1`, `color: #fff`.

    `text`: what was read. `roots`: all that was made of it.
    """
    places = [*_tight_comments(text), *_text_comments(text)]
    if not places:
        return
    inside = sorted((node.start, node.end) for node in _scalars(roots))
    empty: Empty | None = None
    for start, end in places:
        before = bisect_right(inside, (start, len(text)))
        if before and inside[before - 1][1] > start:
            continue
        empty = _empty(roots) if empty is None else empty
        lost = _lost(empty, source, start, end)
        if lost is not None:
            log.add(cut_by_comment(lost, lost, is_all=True))
        elif not text[start + 1].isspace():
            log.add(cut_by_comment(Span(source, start, end), _whole(source, start, end)))


def cut_in_braces(source: Source, opened: int, end: int) -> Finding | None:
    """What is found where a `#` without a blank behind it took away what closes a mapping or a list in braces."""
    text = source.text
    for match in islice(_QUOTES_OR_COMMENT.finditer(text, opened, end), READ):
        if match["comment"] is None:
            continue
        start, stop = match.span("comment")
        if _TIGHT_COMMENT.match(text, start) is None:
            continue
        line = max(source.line_start(start), opened, start - BACK)
        value = _BEFORE.search(text, line, start)
        if value is None and not text[line:start].rstrip(" \t").endswith(":"):
            continue
        label = Label(Span(source, opened, opened + 1), "what begins here is not closed")
        color = _COLOR.match(text, start) if value is None else None
        if color is not None:
            at = Span(source, start, color.end())
            return cut_by_comment(at, at, is_all=True, label=label)
        rest = text[start:stop].rstrip(" \t,]}")
        first = value.start("value") if value is not None else start
        whole = None if _ENDS.search(rest) else Span(source, first, start + len(rest))
        return cut_by_comment(Span(source, start, stop), whole, label=label)
    return None


def _whole(source: Source, start: int, end: int) -> Span | None:
    """The text without quotes that a comment cuts off, with the comment."""
    entry = entry_of(source, source.position(start)[0])
    if entry is None or entry.start > start or end - entry.start > LONGEST:
        return None
    if entry.start < start and re.match(_NO_TEXT, source.text[entry.start : start]):
        return None
    return Span(source, entry.start, start + len(uncommented(source.text[start:end])))


def _empty(roots: Sequence[Node]) -> Empty:
    """The values of which nothing is written, by where they stand."""
    found: Empty = {}
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar) or node.anchor is not None:
            continue
        if isinstance(node, Mapping):
            for name, (_, value) in node.entries.items():
                if isinstance(value, Scalar) and value.value is None and value.start == value.end:
                    found[value.start] = (node, name)
                waiting.append(value)
        else:
            waiting += node.items
    return found


def _lost(empty: Empty, source: Source, start: int, end: int) -> Span | None:
    """The value that a comment takes as a whole: a color, or what a track cannot be without. Nothing is known of it
    then, and its mapping says so."""
    text = source.text
    back = max(0, start - BACK)
    mapping, name = empty.get(back + len(text[back:start].rstrip(" \t")), (None, ""))
    color = _COLOR.match(text, start)
    if mapping is None or not (color or (name in _NEEDED and "type" in mapping.entries)):
        return None
    key, value = mapping.entries[name]
    mapping.entries[name] = (key, replace(value, unknown=True, faulty=True))
    if color and re.match(r"[ \t]+#", text[color.end() : end]):
        return Span(source, start, color.end())
    return Span(source, start, start + len(uncommented(text[start:end])))


def _tight_comments(text: str) -> Iterator[tuple[int, int]]:
    """Where the first `#` of a line stands behind text and a blank, and something right behind it."""
    hits = list(_hits(text, " #"))
    if "\t#" in text:
        hits = sorted(hits + list(_hits(text, "\t#")))
    for line, at in hits:
        before = text[line:at]
        if before.strip() and "#" not in before and "\r" not in before:
            found = _TIGHT_COMMENT.match(text, at + 1)
            if found is not None:
                yield found.span()


def _text_comments(text: str) -> Iterator[tuple[int, int]]:
    """Where a comment with a blank behind its `#` stands in a text's place, as a heading may: `text: # Welcome`."""
    return (match.span() for match in islice(_TEXT_COMMENT.finditer(text), MOST))


def _hits(text: str, mark: str) -> Iterator[tuple[int, int]]:
    """The first of a mark in each line, at most MOST: where the line begins, and where the mark stands."""
    at = text.find(mark)
    done, left = 0, MOST
    while at >= 0 and left:
        yield text.rfind("\n", done, at) + 1, at
        done = text.find("\n", at)
        at = text.find(mark, done) if done >= 0 else -1
        left -= 1


def _scalars(roots: Sequence[Node]) -> list[Scalar]:
    """The scalars of a document that span more than a word, wherever an alias may repeat them."""
    found: list[Scalar] = []
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            if node.end - node.start > 3:
                found.append(node)
        elif node.anchor is None:
            parts = node.entries.values() if isinstance(node, Mapping) else [node.items]
            waiting += [part for entry in parts for part in entry]
    return found
