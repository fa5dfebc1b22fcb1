"""consequences: a text with repairs made in it: where its places were before, what is found that was not, and which of
the repairs that speaks of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from vidc.compile import Compiled, read_tree
from vidc.diag.edits import applied, as_there
from vidc.diag.finding import Edit, Finding
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.record import record
from vidc.source import Source, Span

Key: TypeAlias = tuple[str, str, int]
"""A finding's name, its file and the place where it begins."""


@record
class Offer:
    """A repair of what is found at a place, in the text as it was at first, though it may have come to light only when
    other repairs were made in that."""

    finding: Key
    title: str
    edits: tuple[Edit, ...]


class Text:
    """A text with edits made in it, which are apart; `text` is what it is then."""

    def __init__(self, text: str, offers: list[Offer]) -> None:
        edits = [(edit, number) for number, offer in enumerate(offers) for edit in offer.edits]
        edits.sort(key=lambda one: (one[0].span.start, one[0].span.end))
        self.edits = [edit for edit, _ in edits]
        self.numbers = [number for _, number in edits]
        self._ends = [edit.span.end for edit in self.edits]
        self._grown = [0, *accumulate(len(edit.text) - (edit.span.end - edit.span.start) for edit in self.edits)]
        self.written = Pieces(
            [edit.span.start + grown for edit, grown in zip(self.edits, self._grown, strict=False)],
            [end + grown for end, grown in zip(self._ends, self._grown[1:], strict=True)],
        )
        self.text = applied(text, self.edits)

    def forward(self, offset: int) -> int:
        """Where a place of the text as it was stands now."""
        behind = bisect_right(self._ends, offset)
        if behind < len(self.edits):
            offset = min(offset, self.edits[behind].span.start)  # or in the middle of what was changed
        return offset + self._grown[behind]

    def back(self, offset: int) -> int:
        """Where a place stood; of what was written, where that begins."""
        behind = bisect_right(self.written.ends, offset)
        if behind < len(self.edits) and self.written.starts[behind] < offset:
            return self.edits[behind].span.start
        return offset - self._grown[behind]


class Pieces:
    """Pieces of a text, in order by their starts and by their ends."""

    def __init__(self, starts: list[int], ends: list[int]) -> None:
        self.starts, self.ends = starts, ends

    def touching(self, start: int, end: int) -> range:
        """Which of them overlap another or meet it."""
        return range(bisect_left(self.ends, start), bisect_right(self.starts, end))


class Consequences:
    """Of repairs made in the text of `before`, which give `after`.

    `come`: the errors and warnings that were not found before, and those that were to be gone and are not. One was
    found before if it has the same name and stands at the same place, moved as the edits move the text.
    """

    def __init__(self, before: Compiled, after: Compiled, offers: list[Offer], text: Text) -> None:
        self.before, self.after, self.offers, self.text = before, after, offers, text
        self._meant: dict[Key, set[int]] = {}
        for number, offer in enumerate(offers):
            self._meant.setdefault(self._moved(offer.finding), set()).add(number)
        self.come = self._come()

    def _come(self) -> list[Finding]:
        old = Counter(self._moved(key_of(one)) for one in self.before.findings if _counts(one))
        for key, numbers in self._meant.items():
            old[key] -= len(numbers)
        found = []
        for finding in filter(_counts, self.after.findings):
            key = key_of(finding)
            old[key] -= 1
            if old[key] < 0:
                found.append(finding)
        return found

    def _moved(self, key: Key) -> Key:
        name, path, start = key
        return (name, path, self.text.forward(start)) if path == self.before.source.path else key

    @property
    def is_legible(self) -> bool:
        """Whether what could be read before still can, and no pass ends earlier than it did."""
        if self._root is None:
            return _read(self.before) is None
        return self.after.root is None or _reached(self.after) >= _reached(self.before)

    def of(self, finding: Finding) -> set[int]:
        """Which repairs, by their place in `offers`, a finding afterwards speaks of: those that were to end it, and
        those where its own place, or another that took part, touches what they wrote, or stands in the same entry and
        that has a single value."""
        words = finding.words
        spans = (words.at.span, *(label.span for label in words.labels), *words.conflict)
        here = (span for span in spans if span.source is self.after.source)
        touched = {self.text.numbers[at] for span in here for at in self._entries.touching(span.start, span.end)}
        return touched | self._meant.get(key_of(finding), set())

    @cached_property
    def _root(self) -> Mapping | None:
        return _read(self.after)

    @cached_property
    def _entries(self) -> Pieces:
        """What was written, edit by edit, with all of the entry that it is in."""
        written = self.text.written
        wide = Pieces(list(written.starts), list(written.ends))
        for start, end in [] if self._root is None else _single_entries(self._root, written):
            for at in written.touching(start, end):
                wide.starts[at], wide.ends[at] = min(wide.starts[at], start), max(wide.ends[at], end)
        return wide


def offered(finding: Finding, text: Text, source: Source) -> Offer | None:
    """The only repair of a finding in an edited text, in terms of its source before; None where it changes what was
    written since."""
    (repair,) = finding.words.repairs
    if any(text.written.touching(edit.span.start, edit.span.end) for edit in repair.edits):
        return None
    name, path, start = key_of(finding)
    edits = [
        Edit(Span(source, text.back(edit.span.start), text.back(edit.span.end)), edit.text)
        for edit in map(as_there, repair.edits)
    ]
    return Offer((name, path, text.back(start) if path == source.path else start), repair.title, tuple(edits))


def key_of(finding: Finding) -> Key:
    return finding.name, finding.span.source.path, finding.span.start


def _counts(finding: Finding) -> bool:
    return finding.severity != "note"


def _read(made: Compiled) -> Mapping | None:
    """The tree as written, which a compilation that has found too much does not hold."""
    return made.root or read_tree(made.source)[0]


def _reached(made: Compiled) -> int:
    return sum(one is not None for one in (made.root, made.tree, made.spec, made.graph, made.timeline))


def _single_entries(root: Mapping, written: Pieces) -> Iterator[tuple[int, int]]:
    """From key to value, the entries of a single value in which something was written."""
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar) or node.anchor is not None or not written.touching(node.start, node.end):
            continue
        if isinstance(node, Sequence):
            waiting += node.items
            continue
        for key, value in node.entries.values():
            if key.source is not node.source or not node.start <= key.start <= node.end:
                continue  # it came by a merge key
            if not isinstance(value, Scalar):
                waiting.append(value)
            elif written.touching(key.start, value.end):
                yield key.start, max(key.end, value.end)
