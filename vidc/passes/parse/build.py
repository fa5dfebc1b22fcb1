"""build: a parser's events built into a tree that knows where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from vidc.diag.finding import Log, Place
from vidc.hints import Any, TypeAlias
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, Value
from vidc.problems import parse as problems
from vidc.record import replace
from vidc.source import Source, Span

MAX_DEPTH = 64
MAX_NODES = 2_000_000
"""A list or a mapping counts as two, as it takes the memory of two scalars and more."""
MAX_SCALAR = 100_000
MAX_DIGITS = 30
HUGE: int = 10**MAX_DIGITS
"""Stands for every number as large or larger: a finding says so, and nothing else is said of it."""

LIVE_KEYS = frozenset(("for", "if", "use"))
"""Keys that `expand` has work with."""

_CONSTANTS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = re.compile(r"[-+]?(?:[0-9]+|(?P<float>(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?))")
_BASED = r"0o[0-7]+|0x[0-9a-fA-F]+"
_PROPERTIES = r"(?:[&!][^\s,\[\]{}]*(?:\s+(?:#.*\s+)*|$))+"
_BREAKS = {0xFDED: 0x85, 0xFDEE: 0x2028, 0xFDEF: 0x2029}
_NO_BREAKS = {code: stand_in for stand_in, code in _BREAKS.items()}
"""Line breaks of YAML 1.1 that are none in 1.2, nor in JSON, and non-characters that stand in for them in libyaml."""
_DIRECTIVE = r"(?<![^\r\n\ufeff])(?:(%(?!YAML[ \t])[^ \t\r\n]*)|[ \t]*+(?!\.\.\.)[^\s#%])"
"""The first line that is neither blank, a comment, `...` nor `%YAML`: its directive, if it is one."""
PAIR = r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"


Entries: TypeAlias = "dict[str, tuple[Scalar, Node]]"
Again: TypeAlias = "tuple[Entries, Scalar, Node]"
"""A key that stands in a mapping already, and its value."""


class Spent:
    """What was read so far of the files of one compilation, to which the limits apply together."""

    __slots__ = ("characters", "full", "nodes")

    def __init__(self) -> None:
        self.characters = 0
        self.nodes = 0
        self.full = False


class Stop(Exception):  # noqa: N818  # no error of the program: it leaves the reading loop
    """The rest of the text is not read; a finding says why."""


class Builder:
    """Builds nodes from events with a stack of its own: no depth of the text can overflow the interpreter's."""

    __slots__ = ("again", "anchors", "blanks", "broken", "count", "log", "mended", "pairs", "source", "spent", "words")

    def __init__(self, source: Source, log: Log, spent: Spent, pairs: str = "") -> None:
        """`pairs`: the character that stands for both halves of a surrogate pair in what is built."""
        self.source = source
        self.log = log
        self.pairs = pairs
        self.broken = False
        self.mended = bool(pairs)
        self.anchors: dict[str, tuple[Node | None, int]] = {}
        self.blanks: list[int] = []  # where values stand of which nothing is written
        self.again: list[Again] = []
        self.count = spent.nodes
        self.spent = spent
        self.words: dict[str, tuple[Value, bool]] = {}  # plain scalars that were resolved before: most come again

    def build(self, text: str) -> Node | None:
        self._refuse_directive(0)
        if "\x85" in text or "\u2028" in text or "\u2029" in text:
            self.broken = self.mended = True
            text = text.translate(_NO_BREAKS)
        event_after: Callable[[], Any] = CParser(text).get_event
        event_after()
        if type(event_after()) is not DocumentStartEvent:
            return None
        root = self._document(event_after)
        self.spent.nodes = self.count
        end = event_after()
        if type(end) is DocumentEndEvent:
            self._refuse_directive(self._span(end).end)
            second = event_after()
            if type(second) is DocumentStartEvent:
                at = self._span(second).start
                self._fail(problems.second_document(Span(self.source, at, at + 3)))
        return root

    def _document(self, event_after: Callable[[], Any]) -> Node:
        """Read events until the first node is whole. The hot loop: one turn per event."""
        stack: list[tuple[Any, ...]] = []
        items: Any = None  # the open sequence's items, or None in a mapping
        entries: Any = None  # the open mapping's entries, or None in a sequence
        key: Any = None  # the key that waits for its value
        live = False
        start = 0
        anchor: str | None = None
        before = 0
        while True:
            event = event_after()
            kind = type(event)
            if kind is ScalarEvent:
                node: Any = self._scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if len(stack) >= MAX_DEPTH:
                    self._fail(problems.too_deep(self._span(event, 1), MAX_DEPTH))
                stack.append((items, entries, key, live, start, before, anchor))
                start = self._start(event)
                anchor = event.anchor
                before = self.count
                self._opened(event, anchor)
                key, live = None, False
                items, entries = ([], None) if kind is SequenceStartEvent else (None, {})
                continue
            elif kind is AliasEvent:
                node = self._alias(event)
            else:
                if kind is not MappingEndEvent and kind is not SequenceEndEvent:
                    return Scalar(None, self.source, start, start)
                node = self._closed(event, items, entries, start, live, stack)
                if anchor is not None:
                    self.anchors[anchor] = (node, self.count - before)
                items, entries, key, live, start, before, anchor = stack.pop()
            if items is not None:
                items.append(node)
                if node.live:
                    live = True
            elif entries is None:
                return node  # type: ignore[no-any-return]  # the node is one of the three that were just built
            elif key is None:
                key = node if node.__class__ is Scalar and node.value.__class__ is str else self._key(node)
            else:
                name = key.value
                if name in entries:
                    self.log.add(problems.repeated_key(key.span, name, entries[name][0].span))
                    self.again.append((entries, key, node))
                else:
                    entries[name] = (key, node)
                    if node.live or name in LIVE_KEYS:
                        live = True
                key = None

    def _refuse_directive(self, at: int) -> None:
        """libyaml compares each `%TAG` with all before it, and nothing here has a use for any."""
        text = self.source.text
        if "%" not in text or not (text.startswith("%", at) or "\n%" in text or "\r%" in text):
            return
        found = re.compile(_DIRECTIVE).search(text, at)
        if found is not None and found[1]:
            self._fail(problems.directive_used(Span(self.source, found.start(1), found.end(1))))

    def _fail(self, finding: Any) -> None:
        self.log.add(finding)
        raise Stop

    def _span(self, event: Any, length: int = 0) -> Span:
        start = event.start_mark.index
        return Span(self.source, start, start + length if length else max(event.end_mark.index, start))

    def _opened(self, event: Any, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = (None, 0)
        if event.tag is not None:
            self.log.add(problems.tag_used(self._tag(event)))

    def _start(self, event: Any) -> int:
        """Where the value begins, behind its anchor and tag."""
        start: int = event.start_mark.index
        if event.anchor is None and event.tag is None:
            return start
        properties = re.compile(_PROPERTIES).match(self.source.text, start)
        return properties.end() if properties else start

    def _tag(self, event: Any) -> Span:
        """From the tag's `!` to the next blank; an anchor may stand before it."""
        text, start = self.source.text, event.start_mark.index
        start = max(text.find("!", start, event.end_mark.index + 1), start)
        end = start
        while end < len(text) and text[end] not in " \t\r\n,]}":
            end += 1
        return Span(self.source, start, max(end, start + 1))

    def _scalar(self, event: Any) -> Scalar:
        self.count += 1
        text: str = event.value
        start, end = event.start_mark.index, event.end_mark.index
        if self.mended:
            text = self._as_written(text, start, end)
        if self.count > MAX_NODES:
            self._fail(problems.too_many_nodes(Span(self.source, start, start + 1), MAX_NODES))
        if event.style or event.anchor is not None or event.tag is not None or len(text) > MAX_SCALAR:
            return self._special(event, text, start, end)
        known = self.words.get(text)
        if known is None:
            value = self._resolved(text, start, end)
            if value is HUGE:
                return Scalar(None, self.source, start, end, unknown=True, faulty=True)
            known = (value, value.__class__ is str and ("<" in text or "{" in text))
            if text and len(text) < 24 and len(self.words) < 4096:
                self.words[text] = known
        return Scalar(known[0], self.source, start, end, known[1])

    def _as_written(self, text: str, start: int, end: int) -> str:
        """The scalar's text without what stood in for its characters in libyaml."""
        if self.broken:
            text = text.translate(_BREAKS)
        return _restored(text, self.source.text[start:end], self.pairs) if self.pairs else text

    def _special(self, event: Any, text: str, start: int, end: int) -> Scalar:
        """A scalar in quotes or a block, with an anchor or a tag, or too long."""
        start = self._start(event)
        if len(text) > MAX_SCALAR:
            self.log.add(problems.scalar_too_long(Span(self.source, start, start + 1), len(text), MAX_SCALAR))
            text = ""
        value: Value = text
        if event.style:
            end = self._trimmed(start, end)
        elif event.implicit[0]:
            value = self._resolved(text, start, end)
        node = Scalar(value, self.source, start, end, value.__class__ is str and ("<" in text or "{" in text))
        if value is HUGE:
            node = Scalar(None, self.source, start, end, unknown=True, faulty=True)
        if event.tag is not None:
            self.log.add(problems.tag_used(self._tag(event)))
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, 1)
        return node

    def _resolved(self, text: str, start: int, end: int) -> Value:
        """A plain scalar's value. Most are text, told by the first character."""
        first = text[:1]
        if first.isalpha() and first not in "tTfFnN":
            return text
        if text in _CONSTANTS:
            if not text:
                self.blanks.append(start)
            return _CONSTANTS[text]
        number = _NUMBER.fullmatch(text)
        if number is None:
            if first != "0" or not re.fullmatch(_BASED, text):
                return text
            value: int | float = int(text, 0) if len(text) <= MAX_DIGITS else HUGE
        elif number["float"]:
            value = float(text)
        else:
            value = int(text) if len(text) <= MAX_DIGITS + 1 else HUGE
        if abs(value) >= HUGE:
            self.log.add(problems.huge_number(Span(self.source, start, end), MAX_DIGITS))
            return HUGE
        return value

    def _trimmed(self, start: int, end: int) -> int:
        """A block scalar's end without the blank lines behind it."""
        text = self.source.text
        end = min(end, len(text))
        while end > start + 1 and text[end - 1] in " \t\r\n":
            end -= 1
        return end

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar) and node.value.__class__ is not str:
            text = self.source.text[node.start : node.end] if node.end > node.start else ""
            return replace(node, value=text, unknown=False, faulty=False)
        self.log.add(problems.key_not_text(Span(self.source, node.start, min(node.end, node.start + 40))))
        return Scalar("", self.source, node.start, node.end, unknown=True)

    def _closed(
        self, event: Any, items: Any, entries: Any, start: int, live: bool, stack: list[tuple[Any, ...]]
    ) -> Node:
        """The collection that ends here."""
        self.count += 2
        if self.count > MAX_NODES:
            self._fail(problems.too_many_nodes(Span(self.source, start, start + 1), MAX_NODES))
        end = self._end(event, items, entries, start)
        if entries is None:
            return Sequence(items, self.source, start, end, live)
        if "" in entries and entries[""][0].unknown:
            return Scalar(None, self.source, start, end, unknown=True)
        if self.blanks and self.blanks[-1] > start and self.source.text[start] == "{":
            entries = self._whole(entries, start, [frame[2].value for frame in stack if frame[2] is not None])
        node = Mapping(entries, self.source, start, end, live)
        return self._merged(node) if "<<" in entries else node

    def _whole(self, entries: Entries, start: int, above: list[Value]) -> Entries:
        """The entries of a mapping in braces, with each text whole that a comma cuts off. `above`: keys around it."""
        from .commas import mended

        first = bisect_right(self.blanks, start)
        blanks = frozenset(self.blanks[first:])
        del self.blanks[first:]
        again = []
        while self.again and self.again[-1][1].start > start:
            where, key, node = self.again.pop()
            if where is entries:
                again.append((key, node))
        return mended(entries, blanks, again, above, self.log)

    def _end(self, event: Any, items: Any, entries: Any, start: int) -> int:
        """Where a collection ends: a flow collection's bracket, else its last child's end."""
        if event.start_mark.index != event.end_mark.index:
            return int(event.end_mark.index)
        if items:
            return max(int(items[-1].end), start + 1)
        if entries:
            key, node = entries[next(reversed(entries))]
            return max(int(node.end), int(key.end))
        return start + 1

    def _alias(self, event: Any) -> Node:
        span = self._span(event)
        if event.anchor not in self.anchors:
            self.log.add(problems.unknown_alias(span, event.anchor, self.anchors))
            return Scalar(None, self.source, span.start, span.end, unknown=True)
        node, size = self.anchors[event.anchor]
        if node is None:
            self._fail(problems.recursive_alias(span, event.anchor))
            raise Stop
        self.count += size
        if self.count > MAX_NODES:
            self._fail(problems.too_many_nodes(span, MAX_NODES))
        return replace(node, start=span.start, end=span.end, anchor=node.anchor or node.span)

    def _merged(self, mapping: Mapping) -> Mapping:
        """The mapping with what its merge key brings under its own entries; of several, the first wins. In quotes `<<`
        is a key like any other."""
        entries = dict(mapping.entries)
        if mapping.source.text[entries["<<"][0].start] in "\"'":
            return mapping
        _, value = entries.pop("<<")
        live = mapping.live
        if isinstance(value, Sequence) and value.anchor is not None:
            self._report_lost(value)
        for node in value.items if isinstance(value, Sequence) else [value]:
            if not isinstance(node, Mapping):
                self.log.add(problems.merge_not_mapping(node.span))
                continue
            live = live or node.live
            for name, entry in node.entries.items():
                entries.setdefault(name, entry)
        return Mapping(entries, mapping.source, mapping.start, mapping.end, live)

    def _report_lost(self, merged: Sequence) -> None:
        """Report a list of things that an alias puts where one mapping is merged: what the first has, the others lose.
        A list of aliases is one of mappings to be merged."""
        seen: set[str] = set()
        for node in merged.items:
            if isinstance(node, Mapping) and node.anchor is None:
                lost = [name for name in node.entries if name in seen]
                if lost:
                    at = Place(merged.span)
                    self.log.add(problems.merged_list(at, len(merged.items), lost, node.key(lost[0])))
                    return
                seen |= node.entries.keys()


def _restored(text: str, raw: str, stand_in: str) -> str:
    """The surrogate pairs of `raw`, a scalar as written, put back into its value: as characters where its quotes know
    escapes, else as they are written."""
    escape = f"\\u{ord(stand_in):04X}"
    if stand_in not in text and escape not in text:
        return text
    pairs = re.finditer(PAIR, raw)

    def restored(found: re.Match[str]) -> str:
        pair = next(pairs, None)
        if pair is None:
            return found[0]
        high, low = int(pair[1], 16), int(pair[2], 16)
        return pair[0] if found[0][0] == "\\" else chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    return re.sub(f"{stand_in}{{2}}|(?:{re.escape(escape)}){{2}}", restored, text)
