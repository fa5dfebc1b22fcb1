"""session: fills the scalars of one document, with one budget and at most one child process for all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from types import TracebackType

from vidc.diag.finding import Log, Place, Via
from vidc.hints import Any
from vidc.ir.tree import Node, Scalar

from .origins import View
from .short import braced
from .template import Budget, Filled, evaluate, filled, told
from .values import MAX_FAULTS, Fault, Outcome, TooLarge, says_no


class Session:
    """`origins`: where the values of the names that are in scope stand in the text, as far as that is known.

    `served`: the names that have values of the service, None where that cannot be told. `is_sent`: what is filled goes
    to the service as it is, its braces too. `doubted`: names that are
    declared in a wrong way, which is said there, and no more where they are used. `declared`: the spec's variables.
    `choices`: what those may hold that have any.
    `outer`: what is in scope where the component is used whose texts are filled. `passing`: whether it has parameters,
    and its use a `with`.
    """

    def __init__(self, log: Log) -> None:
        self.log = log
        self.origins: dict[str, Node] = {}
        self.served: frozenset[str] | None = frozenset()
        self.is_sent = False
        self.doubted: set[str] = set()
        self.declared: Collection[str] = ()
        self.choices: Mapping[str, Collection[Any]] = {}
        self.outer: Mapping[str, Any] = {}
        self.passing = False, False
        self.budget = Budget()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.budget.close()

    def doubt(self, names: Iterable[str]) -> None:
        """Say nothing of the texts that use these names."""
        self.doubted.update(names)

    def is_doubtful(self, text: str) -> bool:
        """Whether a text may use a name that is declared in a wrong way."""
        marked = "{{" in text or "{%" in text
        return any(f"<{name}" in text or (marked and name in text) for name in self.doubted)

    def fill(self, node: Scalar, scope: Mapping[str, Any], via: tuple[Via, ...]) -> Outcome | None:
        """What filling a node's text gives; its mistakes are in the log. None where the text holds no template."""
        text = str(node.value)
        outcome = filled(text, scope, self.budget, self.served, bool(self.outer))
        if "{" in text and self.served is not None and not self.is_sent:
            outcome = _with(outcome, self._in_braces(text, scope))
        if self.served and ("default" in text or "defined" in text) and (outcome is not None or "<" in text):
            from .served import guarded

            outcome = _with(outcome, guarded(text, self.served, scope))
        if self.choices and outcome is not None and ("==" in text or "!=" in text or " in" in text):
            self._report_chosen(node, text, 0, scope, Place(node.span, "", via))
        if outcome is not None and outcome.faults:
            at = Place(node.span, "", via)
            told(outcome, text, scope, _where(node), at, self.log, self.budget, self._view(scope))
        return outcome

    def report_truth(self, node: Scalar, value: str, via: tuple[Via, ...]) -> None:
        """Say of a condition that is a text that says no that it holds all the same."""
        if says_no(value):
            text = str(node.value)
            fault = Fault("text-as-truth", 0, len(text), (value,))
            at = Place(node.span, "", via)
            told(Outcome(True, False, (fault,)), text, {}, _where(node), at, self.log, self.budget, self._view({}))

    def _report_chosen(self, node: Scalar, text: str, offset: int, scope: Mapping[str, Any], at: Place) -> None:
        """Say where a variable is compared with what it can never be."""
        from .chosen import never_chosen

        if faults := never_chosen(text, self.choices, scope):
            self._report(node, faults, text, offset, scope, at)

    def _report(
        self, node: Scalar, faults: list[Fault], text: str, offset: int, scope: Mapping[str, Any], at: Place
    ) -> None:
        """Say what is wrong with a text that begins at `offset` of the node's."""
        where = _where(node)
        outcome = Outcome(None, False, tuple(faults[:MAX_FAULTS]))
        told(outcome, text, scope, lambda begin: where(begin + offset), at, self.log, self.budget, self._view(scope))

    def _in_braces(self, text: str, scope: Mapping[str, Any]) -> list[Fault]:
        """The names of the spec's own variables that stand in the service's braces."""
        try:
            names = self.budget.once("braces", text, braced)
        except TooLarge:
            return []
        meant = ((self._own(name, scope), rest, start, end) for name, rest, start, end in names)
        found = [
            Fault("own-variable-in-braces", start, end, (name, name + rest)) for name, rest, start, end in meant if name
        ]
        return [*found, *self._of_environment(text, names, scope)] if "${" in text else found

    def _of_environment(
        self, text: str, names: Iterable[tuple[str, str, int, int]], scope: Mapping[str, Any]
    ) -> list[Fault]:
        """The names that a shell would fill from its environment: `${COMPANY}`."""
        return [
            Fault("undefined-name", start, end, (f"env.{name}",))
            for name, rest, start, end in names
            if text[start] == "$" and name.isupper() and not rest and not self._is_meant(name, scope)
        ]

    def _is_meant(self, name: str, scope: Mapping[str, Any]) -> bool:
        """Whether a name in braces may be one of the service, or is one of the spec."""
        served = self.served or ()
        return name in served or self.budget.nearest(name, served) != "" or self._own(name, scope) != ""

    def _own(self, name: str, scope: Mapping[str, Any]) -> str:
        """The name in scope that a name in the service's braces means; empty where it may be one of the service."""
        if self.served is None or name in self.served:
            return ""
        if name in scope or name in self.declared:
            return name
        return "" if self.budget.nearest(name, self.served) else self.budget.nearest(name, scope)

    def _view(self, scope: Mapping[str, Any]) -> View:
        outer = self.outer if self.outer is not scope else {}
        return View(self.origins, outer, self.passing, self.served or ())

    def evaluate(self, node: Scalar, offset: int, expression: str, scope: Mapping[str, Any], place: Place) -> Filled:
        """The value of an expression that begins at `offset` of the node's text."""
        if any(map(expression.__contains__, self.doubted)):
            return Filled(None, True)
        if self.choices and ("=" in expression or " in" in expression):
            self._report_chosen(node, expression, offset, scope, place)
        where = _where(node)
        if self.served and ("default" in expression or "defined" in expression):
            from .served import EXPRESSION, guarded

            if faults := guarded(expression, self.served, scope, EXPRESSION):
                self._report(node, faults, expression, offset, scope, place)
                return Filled(None, True)
        return evaluate(
            expression, scope, lambda at: where(at + offset), place, self.log, self.budget, self._view(scope)
        )


def _with(outcome: Outcome | None, faults: list[Fault]) -> Outcome | None:
    """What filling a text gives, and more mistakes in it, which leave it without a value."""
    if not faults:
        return outcome
    before = outcome.faults if outcome is not None else ()
    return Outcome(None, True, (*before, *faults)[:MAX_FAULTS])


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
