"""growth: what a document grows by, as loops, components and defaults put its parts in place again and again."""

from __future__ import annotations

from vidc.diag.finding import Log, Place, Via
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems import expand as problems

MAX_TURNS = 10_000
MAX_GROWTH = 250_000
"""Limit: values by which a document grows. The passes after this one hold about a kilobyte for each."""
CHARACTERS = 64
"""Characters of a text that count as much as one value."""
NAMES = 128
"""Names in a scope that cost as much to copy as one value."""


class TooLarge(Exception):  # noqa: N818  # no error of the program: it leaves the expansion, and a finding says why
    """The spec grows past what one document may."""


def weight(value: object) -> int:
    """What one plain value counts, without what it holds."""
    if isinstance(value, str):
        return 1 + len(value) // CHARACTERS
    return 2 if isinstance(value, list | dict) else 1


class Growth:
    __slots__ = ("_known", "_log", "_turns", "_values")

    def __init__(self, log: Log) -> None:
        self._log = log
        self._turns = 0
        self._values = 0
        self._known: dict[int, tuple[Node, int]] = {}

    def add(self, values: int, at: Node, via: tuple[Via, ...] = ()) -> None:
        """Count values that a node grows by; the innermost loop or use around it is what makes it grow."""
        self._values += values
        if self._values > MAX_GROWTH:
            span = via[-1].span if via else at.span
            self._log.add(problems.expands_too_far(Place(span, "", via), MAX_GROWTH))
            raise TooLarge

    def copy(self, node: Node, via: tuple[Via, ...]) -> None:
        """Count a node that is put in place again, with all that it holds."""
        self.add(self.weight(node), node, via)

    def turn(self, names: int, at: Node, via: tuple[Via, ...]) -> None:
        """Count a turn of a loop or a use of a component, which sees so many names."""
        self._turns += 1
        if self._turns > MAX_TURNS:
            self._log.add(problems.too_many_turns(Place(at.span, "", via), MAX_TURNS))
            raise TooLarge
        self.add(1 + names // NAMES, at, via)

    def weight(self, node: Node) -> int:
        """What a node counts with all that it holds, found once. Depth is bounded by the parser."""
        if isinstance(node, Scalar):
            return weight(node.value)
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = (node, 2 + self._inside(node))
        return known[1]

    def _inside(self, node: Mapping | Sequence) -> int:
        if isinstance(node, Sequence):
            return sum(map(self.weight, node.items))
        names = sum(len(name) // CHARACTERS for name in node.entries)
        return names + sum(self.weight(item) for _, item in node.entries.values())
