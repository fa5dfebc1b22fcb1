"""session: fills the scalars of one document, with one budget and at most one child process for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType

from vidc.diag.finding import Log, Place, Via
from vidc.hints import Any
from vidc.ir.tree import Node, Scalar
from vidc.record import replace

from .short import spaced
from .template import Budget, Filled, evaluate, filled, told
from .values import MAX_FAULTS, Fault, Outcome


class Session:
    """`origins`: where the values of the names that are in scope stand in the text, as far as that is known."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.origins: dict[str, Node] = {}
        self.budget = Budget()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.budget.close()

    def fill(self, node: Scalar, scope: Mapping[str, Any], via: tuple[Via, ...]) -> Outcome | None:
        """What filling a node's text gives; its mistakes are in the log. None where the text holds no template."""
        text = str(node.value)
        outcome = filled(text, scope, self.budget)
        if ("< " in text or " >" in text) and "{{" not in text and "{%" not in text:
            outcome = _with(outcome, text, spaced(text, scope))
        if outcome is not None and outcome.faults:
            told(outcome, text, scope, _where(node), Place(node.span, "", via), self.log, self.budget, self.origins)
        return outcome

    def evaluate(self, node: Scalar, offset: int, expression: str, scope: Mapping[str, Any], place: Place) -> Filled:
        """The value of an expression that begins at `offset` of the node's text."""
        where = _where(node)
        return evaluate(expression, scope, lambda at: where(at + offset), place, self.log, self.budget, self.origins)


def _with(outcome: Outcome | None, text: str, faults: list[Fault]) -> Outcome | None:
    """What filling a text gives, and more mistakes in it."""
    if not faults:
        return outcome
    before = outcome or Outcome(text)
    return replace(before, faults=(*before.faults, *faults)[:MAX_FAULTS])


def _where(node: Scalar) -> Callable[[int], int]:
    """Where a character of the node's value stands in its source."""

    def where(offset: int) -> int:
        if node.anchor is not None:
            return node.start
        value = str(node.value)
        raw = node.source.text[node.start : node.end]
        quote = 1 if raw[:1] in "\"'" else 0
        if raw[quote : len(raw) - quote] == value:
            return node.start + quote + offset
        return node.start + _found(value, raw, offset)

    return where


def _found(value: str, raw: str, offset: int) -> int:
    """The same word in the text as written, which may be folded, indented or escaped: the n-th there as here."""
    end = offset
    while end < len(value) and end < offset + 40 and not value[end].isspace():
        end += 1
    word = value[offset:end]
    if not word:
        return min(offset, len(raw))
    at = raw.find(word)
    for _ in range(value.count(word, 0, offset)):
        at = raw.find(word, at + 1)
    return max(at, 0)
