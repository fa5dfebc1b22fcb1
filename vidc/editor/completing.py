"""completing: what can be written at a place: keys and values that the schema of specs knows, and names of the spec.

A line that is half written is seldom YAML. So the text is tried as it is and with what its author may be about to
write, until one can be read; where none can, nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from re import compile as pattern
from typing import Any

from vidc.diag.finding import Log
from vidc.ir.tree import Scalar, Sequence
from vidc.passes.expand.short import NAME
from vidc.passes.parse import parse
from vidc.record import record
from vidc.source import Source

from .elsewhere import Elsewhere, findings
from .fields import fields
from .places import Path, Spot, holder, spot_at
from .positions import line_end
from .schema import properties, values
from .symbols import REFERENCE, Trees, content

_DUMMY = "x__"
_WORD = r"(?:[\w./-]|:(?=[\w./-]))*"
_KEY = r"[\w.-]*"
_CHAIN = rf"((?:{NAME}\.)*)((?:{NAME})?)\Z"
_TEMPLATE_OPEN = rf"(?:<|\{{\{{[^{{}}]*?|\{{%[^{{}}]*?)(?<![\w.]){_CHAIN}"
_SERVICE_OPEN = rf"(?<!\{{)\{{({NAME})?\Z"
_ALLOWS = r"(?:^|\s)#[ \t]*vidc:[ \t]*allow[ \t]+((?:[\w-]+[ \t]*,[ \t]*)*)[\w-]*\Z"
_BARE = r"-?\d+(?:\.\d+)?|true|false|null"


@record
class Offer:
    """`kind`: key, value, variable, component, reference, service, name, file. `text` is written in the place of the
    word around the cursor, from `start` to `end`; `about` is shown beside it; `soon`: it stands before the others."""

    kind: str
    name: str
    text: str
    start: int
    end: int
    about: str = ""
    soon: bool = False


@record
class Cursor:
    """Where something is written in a document: a place in its text, and the word that begins before it."""

    source: Source
    offset: int
    start: int

    @property
    def before(self) -> str:
        """The line up to the cursor."""
        return self.source.text[self.source.line_start(self.offset) : self.offset]

    @property
    def rest(self) -> str:
        """The line from the cursor on."""
        return self.source.text[self.offset : line_end(self.source, self.offset)]

    @property
    def quote(self) -> str:
        """The quotation mark that the word is written in, if it is."""
        last = self.source.text[self.start - 1 : self.start]
        return last if last in ("'", '"') else ""

    @property
    def in_json(self) -> bool:
        return self.source.text.lstrip().startswith("{")

    def word_end(self, word: str) -> int:
        """Where a word around the cursor ends."""
        found = pattern(word).match(self.rest)
        return self.offset + (found.end() if found else 0)


def offers(source: Source, offset: int, sources: list[Source], known: Elsewhere) -> list[Offer]:
    """What can be written at an offset. `sources`: the documents that this one includes."""
    begun = pattern(_WORD + r"\Z").search(source.text[:offset])
    cursor = Cursor(source, offset, begun.start() if begun else offset)
    allows = None if cursor.in_json else pattern(_ALLOWS).search(cursor.before)
    if allows is not None:
        return _findings(cursor, pattern(r"[\w-]+").findall(allows[1]), known.found)
    for text, at in _tries(cursor):
        tried = Source(source.path, text, source.file)
        root = parse(tried, Log())
        spot = None if root is None else spot_at(root, at)
        if root is None or spot is None or (spot.key and spot.path[:-1] and spot.path[0] == "include"):
            continue
        trees = Trees(root, [tried, *(one for one in sources if one.file != source.file)])
        named = _named(cursor, spot, trees)
        return _offered(cursor, spot, trees, known) if named is None else named
    return []


def _tries(cursor: Cursor) -> Iterator[tuple[str, int]]:
    """The text with what may be about to be written, and where the cursor then is."""
    line, offset = cursor.before, cursor.offset
    before, after = cursor.source.text[:offset], cursor.source.text[offset:]
    bare = pattern(r"\s*(?:- +)*[\w.-]*").fullmatch(line) and not cursor.rest.strip()
    word = "" if cursor.start < offset else _DUMMY
    if bare:
        yield f"{before}{word}:{after}", offset + len(word)
    if pattern(r"(?::|^[ ]*-)[ ]+\Z").search(line) and not cursor.rest.strip(" ,}]"):
        yield f"{before}{_DUMMY}{after}", offset
    yield cursor.source.text, offset
    if pattern(r"[{,]\s*[\w.-]*\Z").search(line):
        for closing in dict.fromkeys((": ", f": {_open(line)}", ": }", ": }]", ": }]}")):
            yield f"{before}{word}{closing}{after}", offset + len(word)
    if cursor.in_json and pattern(r"[{,]\s*\"?[\w.-]*\Z").search(before[-200:]):
        mark = cursor.quote or '"'
        word = (word if cursor.quote else f'"{_DUMMY}') if cursor.start == offset else ""
        for closing in (": 0,", ": 0"):
            yield f"{before}{word}{mark}{closing}{after.removeprefix(cursor.quote)}", offset + len(word)
    for closing in dict.fromkeys((_open(line), "}", "]", "}]", "'", '"', '",', '"}', "'}")):
        yield f"{before}{closing}{after}", offset
    if pattern(r"[\[,]\s*\Z").search(line):
        for closing in ("", "]"):
            yield f"{before}{_DUMMY}{closing}{after}", offset


def _open(line: str) -> str:
    """What closes the brackets that a line leaves open."""
    closing = ""
    for sign in line:
        if sign in "{[":
            closing = ("}" if sign == "{" else "]") + closing
        elif sign == closing[:1]:
            closing = closing[1:]
    return closing


def _findings(cursor: Cursor, present: list[str], found: frozenset[str]) -> list[Offer]:
    """Names that a comment can allow, those of what is found in the document first."""
    begun = pattern(rf"{_KEY}\Z").search(cursor.before)
    start = cursor.offset - (len(begun[0]) if begun else 0)
    end = cursor.word_end(_KEY)
    about = dict.fromkeys(found, "") | dict(findings())
    return [
        Offer("name", name, name, start, end, said, name in found)
        for name, said in sorted(about.items())
        if name not in present
    ]


def _named(cursor: Cursor, spot: Spot, trees: Trees) -> list[Offer] | None:
    """Names inside a template or expression that is being written; None where there is none."""
    if spot.key or not isinstance(spot.node, Scalar):
        return None
    last = spot.path[-1] if spot.path else ""
    if last in ("for", "if"):
        chain = pattern(rf"(?<![\w.]){_CHAIN}").search(cursor.before)
        return None if chain is None else _variables(cursor, spot, trees, (chain[1], chain[2]), "")
    if template := pattern(_TEMPLATE_OPEN).search(cursor.before):
        return _variables(cursor, spot, trees, (template[1], template[2]), ">" if template[0][0] == "<" else "")
    if service := pattern(_SERVICE_OPEN).search(cursor.before):
        start, end = cursor.offset - len(service[1] or ""), cursor.word_end(r"\w*")
        closing = _closing(cursor, end, "}")
        return [Offer("service", name, name + closing, start, end) for name in trees.names("service")]
    return None


def _variables(cursor: Cursor, spot: Spot, trees: Trees, chain: tuple[str, str], mark: str) -> list[Offer]:
    """Variables and the names of loops and components, or the fields of what stands before the dot."""
    holders, word = chain
    start, end = cursor.offset - len(word), cursor.word_end(r"\w*")
    closing = _closing(cursor, end, mark)
    if holders:
        names = fields(holders.rstrip(".").split("."), spot.path, trees)
        return [Offer("variable", name, name + closing, start, end) for name in names]
    own = trees.locals_at(spot.path)
    return [
        *(Offer("variable", name, name + closing, start, end) for name in trees.names("variable")),
        *(Offer("variable", name, name + closing, start, end, "of this loop or component") for name in own),
    ]


def _closing(cursor: Cursor, end: int, mark: str) -> str:
    """What ends a template, where that is not there yet."""
    return "" if cursor.source.text.startswith((mark, f" {mark}"), end) else mark


def _offered(cursor: Cursor, spot: Spot, trees: Trees, known: Elsewhere) -> list[Offer]:
    if spot.key:
        present = set(spot.mapping.entries) - {spot.path[-1]}
        names = _parameters(spot.path[:-1], trees) or properties(spot.path[:-1], trees.root)
        return [
            _key(cursor, name, str(about.get("description", "")))
            for name, about in names.items()
            if name not in present
        ]
    return _values(cursor, spot, trees, known)


def _values(cursor: Cursor, spot: Spot, trees: Trees, known: Elsewhere) -> list[Offer]:
    """Names in the place of all that is written of a value; what the schema gives only where nothing is but a word."""
    last = str(spot.path[-1]) if spot.path else ""
    begun = content(spot.node).start if isinstance(spot.node, Scalar) else cursor.start
    start = min(begun, cursor.start)
    if "\n" in cursor.source.text[start : cursor.start]:
        return []
    if last == "use":
        return [_value(cursor, "component", name, start) for name in trees.names("component")]
    if last == REFERENCE:
        return [_value(cursor, "reference", name, start) for name in trees.names("reference", spot.path[:-1])]
    if last in known.names:
        return [_value(cursor, "name", name, start, about) for name, about in known.names[last]]
    if spot.path[:1] == ("include",):
        return [_value(cursor, "file", name, start) for name in known.files() if name not in _included(spot, trees)]
    if start < cursor.start:
        return []
    return [_value(cursor, "value", name, start) for name in values(spot.path, trees.root)]


def _included(spot: Spot, trees: Trees) -> set[str]:
    """What is included beside the item that is being written."""
    listed = holder(trees.root, ("include",))
    items = listed.items if isinstance(listed, Sequence) else []
    return {str(item.value) for item in items if isinstance(item, Scalar) and item is not spot.node}


def _key(cursor: Cursor, name: str, about: str) -> Offer:
    """A key as it is written here: in quotes in JSON, and with a colon where none stands."""
    end = cursor.word_end(_KEY)
    text, quote = cursor.source.text, cursor.quote
    closed = bool(quote) and text.startswith(quote, end)
    if pattern(r"[ \t]*:").match(text, end + closed):
        return Offer("key", name, name if quote or not cursor.in_json else f'"{name}"', cursor.start, end, about)
    mark = quote or ('"' if cursor.in_json else "")
    return Offer("key", name, f"{'' if quote else mark}{name}{mark}: ", cursor.start, end + closed, about)


def _value(cursor: Cursor, kind: str, name: str, start: int, about: str = "") -> Offer:
    """A value as it is written here: in quotes in JSON, and with a space behind its key's colon."""
    mark = '"' if cursor.in_json and not cursor.quote and not pattern(_BARE).fullmatch(name) else ""
    space = " " if cursor.source.text[start - 1 : start] == ":" else ""
    return Offer(kind, name, f"{space}{mark}{name}{mark}", start, cursor.word_end(_WORD), about)


def _parameters(path: Path, trees: Trees) -> dict[str, dict[str, Any]]:
    """What a component takes, where a path leads to what it is given."""
    if path[-1:] != ("with",):
        return {}
    used = holder(trees.root, (*path[:-1], "use"))
    called = str(used.value) if isinstance(used, Scalar) else ""
    return {name: {} for name in trees.names("parameter", ("components", called))}
