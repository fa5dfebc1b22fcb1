"""slashes: comments as other languages have them, `//` and `/* */`, which are read as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from vidc.diag.finding import Edit, Finding, Label, Repair
from vidc.ir.tree import Mapping, Node, Sequence
from vidc.problems.syntax import wrong_comment
from vidc.source import Source, Span

_JSON = re.compile(r"\ufeff?\s*(?:(?://[^\n]*|/\*.*?\*/)\s*)*\{\s*(?:(?:#[^\n]*|//[^\n]*|/\*.*?\*/)\s*)*\"", re.DOTALL)
"""How JSON begins: a brace and a key in quotes; comments may stand around the brace."""
_TOKENS = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|(?<!\S)#[^\n]*|(?P<comment>(?<!:)//[^\r\n]*|/\*.*?(?:\*/|\Z))", re.DOTALL)
_BEFORE = re.compile(r"(?:(?P<colon>:)|[,{}\[\]\"0-9\r\n]|\b(?:true|false|null)|^)[ \t]*$")
"""What stands before a comment in JSON: behind a word without quotes there is text, as in `{"a": now // then}`."""
_BEGINS = re.compile(r"^[ \t]*+(?P<sign>//|/\*)", re.MULTILINE)
_AT_END = re.compile(
    r"(?:[^\"'#]|\"[^\"]*\"|'[^']*')*?(?:(?<=[:|>}\]\"'])|(?<=[|>][-+]))[ \t]+(?P<comment>//(?:[ \t].*)?)$"
)
"""A comment behind a colon, a bracket, a text in quotes or what begins one on the next line."""
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r|$)", re.MULTILINE)
"""What may stand behind a comment that has its lines for itself."""

BACK = 80
LONGEST = 2_000
"""Limit: at the end of a longer line no comment is looked for."""
MOST = 8
"""Limit: so many comments are pointed at."""
READ = 20_000
"""Limit: where there are more comments, none is told from the text."""
MOST_EDITS = 100
"""Limit: so many comments are mended."""


def comments(source: Source, root: Node | None, failed: int | None) -> list[Span]:
    """The comments of a text that is JSON, of one that stops being YAML beside one of them, or of one in which they are
    keys.

    `failed`: where it stops.
    """
    text = source.text
    if "//" not in text and "/*" not in text:
        return []
    if is_json(text, root):
        told = (match.span("comment") for match in _TOKENS.finditer(text) if match["comment"])
        found = list(islice(told, READ + 1))
        if failed is None and not all(_is_comment(text, start) for start, _ in found):
            return []
    else:
        found = list(islice(_with_own_lines(text), READ + 1))
        if failed is None:
            keys = _keys(root) if found else frozenset()
            found = [(start, end) for start, end in found if start in keys]
        elif not any(_is_near(source, source.position(failed)[0], end) for _, end in found):
            found = _at_ends(source, source.position(failed)[0])
    return [Span(source, start, end) for start, end in found] if len(found) <= READ else []


def is_json(text: str, root: Node | None) -> bool:
    """Whether a text begins as JSON does; `root`: what was made of it."""
    return (root is None or text.startswith("{", root.start)) and _JSON.match(text) is not None


def _keys(root: Node | None) -> frozenset[int]:
    """Where keys stand."""
    found: set[int] = set()
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping) and node.anchor is None:
            found.update(key.start for key, _ in node.entries.values())
            waiting += [value for _, value in node.entries.values()]
        elif isinstance(node, Sequence) and node.anchor is None:
            waiting += node.items
    return frozenset(found)


def _is_comment(text: str, start: int) -> bool:
    """Whether slashes are a comment in a text that is YAML with them, and no part of a text or an address."""
    before = _BEFORE.search(text[max(start - BACK, 0) : start])
    return before is not None and (not before["colon"] or text[start + 2 : start + 3].isspace())


def _with_own_lines(text: str) -> Iterator[tuple[int, int]]:
    """Comments in YAML that have their lines for themselves."""
    done = 0
    for match in _BEGINS.finditer(text):
        start = match.start("sign")
        if start < done:
            continue
        is_line = match["sign"] == "//"
        end = text.find("\n" if is_line else "*/", start)
        if end < 0:
            if not is_line:
                return
            end = len(text)
        end = start + len(text[start:end].rstrip("\r")) if is_line else end + 2
        done = end
        if is_line or _REST.match(text, end):
            yield start, end


def _at_ends(source: Source, near: int) -> list[tuple[int, int]]:
    """Comments at the ends of a line and of the one above it, behind what cannot be a text that goes on."""
    found = []
    for number in range(max(near - 1, 1), near + 1):
        line, start = source.line(number), source.starts[number - 1]
        match = _AT_END.match(line) if len(line) <= LONGEST else None
        if match is not None:
            found.append((start + match.start("comment"), start + len(line)))
    return found


def _is_near(source: Source, near: int, end: int) -> bool:
    """Whether a comment that ends here stands on a line, or nothing but blank lines and comments is between them."""
    number = source.position(end)[0]
    return number <= near and not any(
        source.line(between).strip() and not source.line(between).lstrip().startswith(("/", "*"))
        for between in range(number + 1, min(near, number + 20))
    )


def without(text: str, spans: list[Span]) -> str:
    """The text with blanks in the place of the comments, as long as before."""
    pieces: list[str] = []
    done = 0
    for span in spans:
        before = text[done : span.start]
        lead = before[len(before.rstrip(" \t")) :]  # a tab is no indentation of a line that is blank then
        pieces += (before[: len(before) - len(lead)], " " * len(lead), re.sub(r"[^\r\n]", " ", span.text))
        done = span.end
    return "".join([*pieces, text[done:]])


def report(spans: list[Span]) -> Finding:
    """One finding for all comments of a text."""
    first, *others = spans
    labels = tuple(Label(_head(span), "here too") for span in others[: MOST - 1])
    is_json = first.source.path.lower().endswith(".json")
    edits = [edit for edit in map(_edited, spans[:MOST_EDITS]) if edit is not None and not is_json]
    repairs = (Repair("write `#`", tuple(edits)),) if len(edits) == len(spans) else ()
    return wrong_comment(_head(first), first.text[:2], is_json, labels, repairs)


def _head(span: Span) -> Span:
    """The first line of a comment."""
    return Span(span.source, span.start, span.start + len(span.text.split("\n", 1)[0].rstrip()))


def _edited(span: Span) -> Edit | None:
    """The comment as YAML has it, where nothing stands behind it on its line."""
    if not _REST.match(span.source.text, span.end):
        return None
    inner = span.text[2:].removesuffix("*/") if span.text[1] == "*" else span.text[2:]
    lead = span.start - span.source.line_start(span.start)
    lines = [line.strip(" \t\r*") for line in inner.strip().split("\n")]
    gap = "" if span.source.text[span.start - 1 : span.start].isspace() or not span.start else " "
    return Edit(span, gap + ("\n" + " " * lead).join(f"# {line}".rstrip() for line in lines))
