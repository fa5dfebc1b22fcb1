"""template: fills the templates inside one scalar. The one door of Jinja.

A text may hold `{{ expression }}`, `{% if %}`, `{% for %}`, `{# comment #}`, `{% raw %}`, and in short `<name>`,
`<name.field>` and `<name | filter>` where the name is in scope. What only looks names up is filled here; the rest is
worked out in a child process, one a document. A value is never read as a template again.

Limit: where the system cannot fork, templates are worked out in this process. They are bounded in steps, size and
nesting all the same, but the system does not bound their memory and time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from re import findall, fullmatch, sub
from typing import Any

from vidc.diag.finding import Finding, Log, Place
from vidc.diag.near import nearest
from vidc.problems import template as problems
from vidc.record import record, replace
from vidc.source import Span

from . import direct
from .budget import MAX_OUTPUT, MAX_STEPS, MAX_TURNS, Meter
from .names import names, names_of
from .short import FORM, NAME, RESERVED, candidates
from .values import MAX_TEXT, UNKNOWN, Fault, Outcome, TooLarge, settled, turn

__all__ = ("UNKNOWN", "Budget", "Filled", "evaluate", "fill", "names", "names_of", "turn")

Scope = Mapping[str, Any]
Where = Callable[[int], int]

_MARKS = ("{{", "{%", "{#")
_OF_DOCUMENT = frozenset(("steps", "turns", "output", "stopped"))
_MAX_COMPARED = 500_000
"""Limit: pairs of names compared in one document to find misspelt ones; past it they are text without a word."""


@record
class Filled:
    """A scalar's value. `unknown`: a part of it is not known, or a finding speaks of it. A text then holds what is
    known, so that what will be said is no shorter."""

    value: Any
    unknown: bool = False


class Budget:
    """What the templates of one document may cost, and the process that works them out. Close it after the document."""

    __slots__ = ("_cache", "_child", "_compared", "_near", "_said", "_spent", "meter")

    def __init__(self, steps: int = MAX_STEPS, turns: int = MAX_TURNS, output: int = MAX_OUTPUT) -> None:
        self.meter = Meter(steps, turns, output)
        self._compared = _MAX_COMPARED
        self._near: dict[tuple[str, frozenset[str]], str] = {}
        self._said: set[tuple[str, str, Span]] = set()
        self._spent = False
        self._child: Any = None
        self._cache: dict[Any, Any] = {}

    def __enter__(self) -> Budget:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child process."""
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def near(self, found: Collection[str], scope: Collection[str]) -> frozenset[str]:
        """Those of the names that are none in scope, but nearly one."""
        strange = [name for name in found if name not in scope and len(name) > 2]
        return frozenset(name for name in strange if self.nearest(name, scope))

    def nearest(self, name: str, known: Collection[str]) -> str:
        key = (name, frozenset(known))
        if key not in self._near:
            self._compared -= len(known)
            self._near[key] = (nearest(name, known) or "") if self._compared >= 0 else ""
        return self._near[key]

    def say(self, finding: Finding, log: Log) -> None:
        """Add a finding, but once: a line that loops and components come back to has its mistake once."""
        key = (finding.name, finding.words.message, finding.span)
        if key not in self._said:
            self._said.add(key)
            log.add(finding)

    def spend(self, outcome: Outcome) -> Outcome:
        """Count what was written, and say only once that the document's templates cost too much."""
        if isinstance(outcome.value, str):
            try:
                self.meter.write(len(outcome.value))
            except TooLarge as error:
                outcome = Outcome(None, True, (Fault("template-too-large", 0, 0, (error.what,)),))
        if any(_is_of_document(fault) for fault in outcome.faults):
            kept = tuple(fault for fault in outcome.faults if not (self._spent and _is_of_document(fault)))
            self._spent = True
            return replace(outcome, faults=kept)
        return outcome

    def work_out(self, text: str, expression: bool, scope: Scope, near: Collection[str]) -> Outcome:
        """By Jinja, in the child where there can be one. Nothing more where the budget is spent, which was said."""
        if self._spent:
            return Outcome(None, True)
        needed = {name: scope[name] for name in findall(NAME, text) if name in scope}
        if len(text) > MAX_TEXT:
            return settled(None, True, [Fault("template-too-large", 0, len(text), ("template",))])
        if not hasattr(os, "fork"):
            from .jinja import work_out

            return work_out(text, expression, needed, near, self.meter, self._cache)
        from .child import Child, Died

        try:
            self._child = self._child or Child()
            outcome: Outcome = self._child.ask(text, expression, needed, near, self.meter)
        except Died:
            self.close()
            return settled(None, True, [Fault("template-too-large", 0, len(text), ("stopped",))])
        return outcome


def _is_of_document(fault: Fault) -> bool:
    return fault.kind == "template-too-large" and fault.words[0] in _OF_DOCUMENT


def fill(text: str, scope: Scope, where: Where, place: Place, log: Log, budget: Budget) -> Filled:
    """The text with its templates filled; of the value's own type where it is one expression alone.

    `scope`: plain data, or `UNKNOWN`, by name. `where`: the offset in the source of a character of the text.
    """
    marked = any(mark in text for mark in _MARKS)
    if not marked and "<" not in text:
        return Filled(text)
    if len(text) > MAX_TEXT:
        fault = Fault("template-too-large", 0, len(text), ("template",))
        return _told(settled(None, True, [fault]), text, scope, where, place, log, budget)
    if "\r" in text:
        if not marked and candidates(text).isdisjoint(scope):
            return Filled(text)
        text = sub("\r\n?", "\n", text)
    return _told(_outcome(text, scope, budget), text, scope, where, place, log, budget)


def _outcome(text: str, scope: Scope, budget: Budget) -> Outcome:
    near = budget.near(candidates(text) - RESERVED, scope) if "<" in text else frozenset()
    pieces = direct.read(text)
    if pieces is not None:
        try:
            budget.meter.step(len(pieces))
        except TooLarge as error:
            return settled(None, True, [Fault("template-too-large", 0, len(text), (error.what,))])
        outcome = direct.fill(pieces, scope, near, text)
        if outcome is not None:
            return outcome
    return budget.work_out(text, False, scope, near)


def evaluate(expression: str, scope: Scope, where: Where, place: Place, log: Log, budget: Budget) -> Filled:
    """The value of one bare expression, such as `features` in `for: feature in features`.

    Marks around the whole of it do no harm, nor short forms in it: `<plan> == "Pro"` is read as `(plan) == "Pro"`.
    """
    bare = expression.strip()
    if bare.startswith("{{") or (bare.startswith("<") and fullmatch(FORM, bare)):
        before = len(expression) - len(expression.lstrip())
        return fill(bare, scope, lambda at: where(at + before), place, log, budget)
    if "<" in expression:
        expression = sub(FORM, lambda form: f"({form[0][1:-1]})" if form["short"] in scope else form[0], expression)
    outcome = _looked_up(expression, scope) or budget.work_out(expression, True, scope, ())
    return _told(outcome, expression, scope, where, place, log, budget)


def _looked_up(expression: str, scope: Scope) -> Outcome | None:
    marked = f"{{{{{expression}}}}}"
    pieces = direct.read(marked)
    if pieces is None or len(pieces) != 1 or isinstance(pieces[0], str) or pieces[0].short:
        return None
    outcome = direct.fill(pieces, scope, (), marked)
    assert outcome is not None
    faults = tuple(replace(fault, start=fault.start - 2, end=fault.end - 2) for fault in outcome.faults)
    return replace(outcome, faults=faults)


def _told(outcome: Outcome, text: str, scope: Scope, where: Where, place: Place, log: Log, budget: Budget) -> Filled:
    outcome = budget.spend(outcome)
    for fault in outcome.faults:
        at = replace(place, span=_span(fault, text, where, place.span))
        budget.say(_finding(fault, at, text, scope, budget), log)
    return Filled(outcome.value, outcome.unknown)


def _span(fault: Fault, text: str, where: Where, whole: Span) -> Span:
    """The characters at fault, if they stand in the source as they do in the text; else the whole scalar."""
    written = text[fault.start : fault.end]
    if not written or written == text:
        return whole
    start = where(fault.start)
    end = start + len(written)
    return Span(whole.source, start, end) if whole.source.text[start:end] == written else whole


def _finding(fault: Fault, at: Place, text: str, scope: Scope, budget: Budget) -> Finding:
    match fault.kind, fault.words:
        case "undefined-name", (name, *_):
            return problems.undefined_name(at, name, budget.nearest(name, scope), tuple(scope))
        case "undefined-field", (owner, field, kind, held, *fields):
            near = budget.nearest(field, fields)
            return problems.undefined_field(at, owner, field, kind, held, near, tuple(fields))
        case "misspelt-name", (name, *_):
            return problems.misspelt_name(at, name, budget.nearest(name, scope))
        case "not-text", (kind, *_):
            return problems.not_text(at, text[fault.start : fault.end], kind)
        case "template-syntax", (why, help, *_):
            return problems.template_syntax(at, why, help)
        case "template-not-allowed", (what, help, *_):
            return problems.template_not_allowed(at, what, help)
        case "template-failed", (why, help, *_):
            return problems.template_failed(at, why, help)
        case _, (what, *_):
            return problems.template_too_large(at, what)
    return problems.template_failed(at, "this cannot be worked out", "")
