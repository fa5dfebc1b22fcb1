"""build: a parser's events built into a tree that knows where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
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

from vidc.diag.finding import Finding, Log
from vidc.hints import Any, TypeAlias
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, Value
from vidc.record import replace
from vidc.source import Source, Span

from .scalars import HUGE, MAX_DIGITS, value_of

MAX_DEPTH = 64
MAX_NODES = 2_000_000
"""A list or a mapping counts as two, as it takes the memory of two scalars and more; so does a key with its entry."""
MAX_SCALAR = 100_000

LIVE_KEYS = frozenset(("for", "if", "use"))
"""Keys that `expand` has work with."""

_PROPERTIES = r"(?:[&!][^\s,\[\]{}]*(?:\s+(?:#.*\s+)*|$))+"
_BREAKS = {0xFDED: 0x85, 0xFDEE: 0x2028, 0xFDEF: 0x2029}
_NO_BREAKS = {code: stand_in for stand_in, code in _BREAKS.items()}
"""Line breaks of YAML 1.1 that are none in 1.2, nor in JSON, and non-characters that stand in for them in libyaml."""
_DIRECTIVE = r"(?<![^\r\n\ufeff])(?:(%(?!YAML[ \t])[^ \t\r\n]*)|[ \t]*+(?!\.\.\.)[^\s#%])"
"""The first line that is neither blank, a comment, `...` nor `%YAML`: its directive, if it is one."""


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
    """Builds nodes from events with a stack of its own: no depth of the text can overflow the interpreter's.

    `lost`: what stands in the text and in no tree. `open`: the collections that were open when the text stopped being
    YAML, the outermost first; each ends with where it began.
    """

    __slots__ = (
        "anchors", "blanks", "broken", "colons", "has_hashes", "has_slashes", "hashes", "log", "lost", "mended", "open",
        "pairs", "repeated", "source", "spent", "words"
    )  # fmt: skip

    def __init__(self, source: Source, log: Log, spent: Spent, pairs: str = "") -> None:
        """`pairs`: the character that stands for both halves of a surrogate pair in what is built."""
        self.source = source
        self.log = log
        self.pairs = pairs
        self.broken = False
        self.mended = bool(pairs)
        self.anchors: dict[str, tuple[Node | None, int]] = {}
        self.blanks: list[int] = []  # where values stand of which nothing is written
        self.colons: list[int] = []  # where texts without quotes stand that hold a colon
        self.hashes: list[Span] = []  # quotes with a `#` right behind them, which is a comment to libyaml
        self.has_hashes = self.has_slashes = False  # `#` anywhere; a text without quotes that begins with `/`
        self.repeated: list[Again] = []
        self.lost: list[Node] = []
        self.open: list[tuple[Any, ...]] = []
        self.spent = spent
        self.words: dict[str, tuple[Value, bool]] = {}  # plain scalars that were resolved before: most come again

    def build(self, text: str) -> Node | None:
        self._refuse_directive(0)
        if "\x85" in text or "\u2028" in text or "\u2029" in text:
            self.broken = self.mended = True
            text = text.translate(_NO_BREAKS)
        self.has_hashes = "#" in text
        event_after: Callable[[], Any] = CParser(text).get_event
        event_after()
        if type(event_after()) is not DocumentStartEvent:
            return None
        root = self._document(event_after)
        end = event_after()
        if type(end) is DocumentEndEvent:
            self._refuse_directive(self._span(end).end)
            second = event_after()
            if type(second) is DocumentStartEvent:
                from vidc.problems.parse import second_document

                at = self._span(second).start
                self._fail(second_document(Span(self.source, at, at + 3)))
        return root

    def _document(self, event_after: Callable[[], Any]) -> Node:
        """Read events until the first node is whole. The hot loop: one turn per event, and what most scalars take is
        written out in it."""
        source, words, mended = self.source, self.words, self.mended
        count = self.spent.nodes
        stack: list[tuple[Any, ...]] = []
        self.open = stack
        items: Any = None  # the open sequence's items, or None in a mapping
        entries: Any = None  # the open mapping's entries, or None in a sequence
        key: Any = None  # the key that waits for its value
        live = False
        start = 0
        anchor: str | None = None
        before = 0
        node: Any = None
        while True:
            event = event_after()
            kind = type(event)
            if kind is ScalarEvent:
                count += 1
                if mended or event.style or event.anchor is not None or event.tag is not None:
                    node = self._special(event)
                else:
                    text = event.value
                    known = words.get(text)
                    if known is not None:
                        node = Scalar(known[0], source, event.start_mark.index, event.end_mark.index, known[1])
                    else:
                        node = self._plain(event, text)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if len(stack) >= MAX_DEPTH:
                    self._refuse_depth(event)
                at = event.start_mark.index
                if event.anchor is not None or event.tag is not None:
                    at = self._opened(event)
                stack.append((items, entries, key, live, start, before, anchor, at))
                start, before, anchor = at, count, event.anchor
                key, live = None, False
                items, entries = ([], None) if kind is SequenceStartEvent else (None, {})
                continue
            elif kind is AliasEvent:
                node, size = self._alias(event)
                count += size
            else:
                if kind is not MappingEndEvent and kind is not SequenceEndEvent:
                    return Scalar(None, source, start, start)
                count += 2
                node = self._closed(event, items, entries, start, live, stack, node)
                if anchor is not None:
                    self.anchors[anchor] = (node, count - before)
                items, entries, key, live, start, before, anchor, _ = stack.pop()
            if count > MAX_NODES:
                self._refuse_count(node)
            if items is not None:
                items.append(node)
                if node.live:
                    live = True
            elif entries is None:
                self.spent.nodes = count
                return node  # type: ignore[no-any-return]  # the node is one of the three that were just built
            elif key is None:
                count += 1
                key = node if node.__class__ is Scalar and node.value.__class__ is str else self._key(node)
            else:
                name = key.value
                entry = (key, node)
                if entries.setdefault(name, entry) is not entry:
                    self._again(entries, key, node)
                elif node.live or name in LIVE_KEYS:
                    live = True
                key = None

    def _again(self, entries: Entries, key: Scalar, node: Node) -> None:
        from .merge import taken_in

        if not taken_in(entries, key, node, self.repeated, self.log):
            self.repeated.append((entries, key, node))
            self.lost += (key, node)

    def _refuse_depth(self, event: Any) -> None:
        from vidc.problems.limits import too_deep

        self._fail(too_deep(self._span(event, 1), MAX_DEPTH))

    def _refuse_count(self, node: Node) -> None:
        from vidc.problems.limits import too_many_nodes

        end = node.start + 1 if node.anchor is None else node.end
        self._fail(too_many_nodes(Span(self.source, node.start, end), MAX_NODES))

    def _refuse_directive(self, at: int) -> None:
        """libyaml compares each `%TAG` with all before it, and nothing here has a use for any."""
        text = self.source.text
        if "%" not in text or not (text.startswith("%", at) or "\n%" in text or "\r%" in text):
            return
        found = re.compile(_DIRECTIVE).search(text, at)
        if found is not None and found[1]:
            from vidc.problems.parse import directive_used

            self._fail(directive_used(Span(self.source, found.start(1), found.end(1))))

    def _fail(self, finding: Finding) -> None:
        self.log.add(finding)
        raise Stop

    def _span(self, event: Any, length: int = 0) -> Span:
        start = event.start_mark.index
        return Span(self.source, start, start + length if length else max(event.end_mark.index, start))

    def _opened(self, event: Any) -> int:
        """Where a collection with an anchor or a tag begins, behind them."""
        if event.anchor is not None:
            self.anchors[event.anchor] = (None, 0)
        if event.tag is not None:
            from .tags import tag_of

            tag_of(event, self.source, self.log)
        return self._start(event)

    def _start(self, event: Any) -> int:
        """Where a value begins, behind its anchor and tag."""
        start: int = event.start_mark.index
        properties = re.compile(_PROPERTIES).match(self.source.text, start)
        return properties.end() if properties else start

    def _plain(self, event: Any, text: str) -> Scalar:
        """A scalar without quotes that is long, or was not seen before."""
        start, end = event.start_mark.index, event.end_mark.index
        size = len(text)
        if size > MAX_SCALAR:
            return self._special(event)
        first = text[:1]
        if first.isalpha() and first not in "tTfFnN":
            value: Value = text
        else:
            value = value_of(text)
            if value is HUGE:
                return self._huge(start, end)
            if not text:
                self.blanks.append(start)
            elif first == "/":
                self.has_slashes = True
        live = value.__class__ is str and ("<" in text or "{" in text)
        if ":" in text and "://" not in text:
            self.colons.append(start)
        elif 0 < size < 24 and len(self.words) < 4096:
            self.words[text] = (value, live)
        return Scalar(value, self.source, start, end, live)

    def _special(self, event: Any) -> Scalar:
        """A scalar in quotes or a block, with an anchor or a tag, too long, or with characters to be put back."""
        start, end = event.start_mark.index, event.end_mark.index
        text: str = event.value
        if self.mended:
            text = self._as_written(text, start, end)
        if event.anchor is not None or event.tag is not None:
            start = min(self._start(event), end)  # of an empty value nothing stands behind its anchor
        if len(text) > MAX_SCALAR:
            from vidc.problems.limits import scalar_too_long

            self.log.add(scalar_too_long(Span(self.source, start, start + 1), len(text), MAX_SCALAR))
            text = ""
        value: Value = text
        if event.style:
            if event.style in "|>":
                end = self._trimmed(start, end)
            elif self.has_hashes and self.source.text.startswith("#", end):
                self.hashes.append(Span(self.source, start, end))
        elif event.implicit[0]:
            value = value_of(text)
            if not text:
                self.blanks.append(start)
        node = Scalar(value, self.source, start, end, value.__class__ is str and ("<" in text or "{" in text))
        if value is HUGE:
            node = self._huge(start, end)
        if event.tag is not None:
            from .tags import tagged

            node = tagged(event, node, self.log)
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, 1)
        return node

    def _as_written(self, text: str, start: int, end: int) -> str:
        """The scalar's text without what stood in for its characters in libyaml."""
        if self.broken:
            text = text.translate(_BREAKS)
        if not self.pairs:
            return text
        from .pairs import restored

        return restored(text, self.source.text[start:end], self.pairs)

    def _huge(self, start: int, end: int) -> Scalar:
        """A number that is too large for anything: nothing else is said of it."""
        from vidc.problems.limits import huge_number

        self.log.add(huge_number(Span(self.source, start, end), MAX_DIGITS))
        return Scalar(None, self.source, start, end, unknown=True, faulty=True)

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
        from vidc.problems.parse import key_not_text

        self.lost.append(node)
        self.log.add(key_not_text(Span(self.source, node.start, min(node.end, node.start + 40))))
        return Scalar("", self.source, node.start, node.end, unknown=True)

    def _closed(
        self, event: Any, items: Any, entries: Any, start: int, live: bool, stack: list[tuple[Any, ...]], last: Any
    ) -> Node:
        """The collection that ends here, with its last child where no bracket closes it."""
        sign = self.source.text[start]
        end = event.end_mark.index if sign == "{" or sign == "[" else last.end
        if entries is None:
            return Sequence(items, self.source, start, end, live)
        if "" in entries and entries[""][0].unknown:
            self.lost.append(Mapping(entries, self.source, start, end))
            return Scalar(None, self.source, start, end, unknown=True)
        if sign == "{" and self.blanks and self.blanks[-1] > start:
            entries = self._whole(entries, start, [frame[2].value for frame in stack if frame[2] is not None])
        if self.colons and self.colons[-1] >= start:
            entries = self._parted(entries, start, [frame[2].value for frame in stack if frame[2] is not None])
        node = Mapping(entries, self.source, start, end, live)
        if "<<" not in entries:
            return node
        from .merge import merged

        node, lost = merged(node, self.log)
        self.lost += lost
        return node

    def _whole(self, entries: Entries, start: int, above: list[Value]) -> Entries:
        """The entries of a mapping in braces, with each text whole that a comma cuts off. `above`: keys around it."""
        first = bisect_right(self.blanks, start)
        blanks = frozenset(self.blanks[first:])
        del self.blanks[first:]
        if len(entries) == 1 and not self.repeated:
            return entries
        from .commas import mended

        again = []
        while self.repeated and self.repeated[-1][1].start > start:
            where, key, node = self.repeated.pop()
            if where is entries:
                again.append((key, node))
        return mended(entries, blanks, again, above, self.log)

    def _parted(self, entries: Entries, start: int, above: list[Value]) -> Entries:
        """The entries of a mapping, with a blank behind the colon of each key."""
        del self.colons[bisect_left(self.colons, start) :]
        if not any(":" in name for name in entries):
            return entries
        from .glued import parted

        return parted(entries, above, self.log)

    def _alias(self, event: Any) -> tuple[Node, int]:
        """What an alias repeats, and how many nodes that is."""
        span = self._span(event)
        known = self.anchors.get(event.anchor)
        if known is None:
            from vidc.problems.aliases import unknown_alias

            self.log.add(unknown_alias(span, event.anchor, self.anchors))
            return Scalar(None, self.source, span.start, span.end, unknown=True), 0
        node, size = known
        if node is None:
            from vidc.problems.aliases import recursive_alias

            self._fail(recursive_alias(span, event.anchor))
            raise Stop
        return replace(node, start=span.start, end=span.end, anchor=node.anchor or node.span), size
