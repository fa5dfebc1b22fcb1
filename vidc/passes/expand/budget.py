"""budget: what all templates of one document may cost together, and what of them is kept for the next time."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from re import findall

from vidc.diag.near import nearest
from vidc.hints import Any, TypeVar
from vidc.record import replace

from .meter import MAX_OUTPUT, MAX_STEPS, MAX_TURNS, Meter
from .short import NAME
from .values import MAX_TEXT, Fault, Outcome, TooLarge, settled

T = TypeVar("T")

MAX_COMPARED = 500_000
"""Limit: pairs of names compared in one document to find misspelt ones; past it they are text without a word."""
MAX_KEPT = 500_000
"""Limit: characters of the texts of which is kept what was found in them, as loops and components come back to them."""
_EVEN_EMPTY = 50
"""Characters that a kept text counts beside its own."""

_ASKING = 50
"""Steps that it takes to ask the child, however little."""

_OF_DOCUMENT = frozenset(("steps", "turns", "output", "stopped"))


class Budget:
    """What the templates of one document may cost, and the process that works them out. Close it after the document."""

    __slots__ = ("_cache", "_child", "_compared", "_kept", "_known", "_near", "_room", "_said", "_spent", "meter")

    def __init__(self, steps: int = MAX_STEPS, turns: int = MAX_TURNS, output: int = MAX_OUTPUT) -> None:
        self.meter = Meter(steps, turns, output)
        self._compared = MAX_COMPARED
        self._near: dict[frozenset[str], dict[str, str]] = {}
        self._known: tuple[Collection[str], int, dict[str, str]] = ((), 0, {})
        self._kept: dict[tuple[object, str], Any] = {}
        self._room = MAX_KEPT
        self._said: set[object] = set()
        self._spent = False
        self._child: Any = None
        self._cache: Any = None

    def __enter__(self) -> Budget:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child process."""
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def once(self, kind: object, text: str, find: Callable[[str], T]) -> T:
        """What is found in a text, looked for once while there is room to keep it. Looking is counted."""
        found: T = self._kept.get((kind, text), self)
        if found is not self:
            self.meter.step(1 + len(text) // 64)
            return found
        self.meter.step(1 + len(text) // 32)
        found = find(text)
        if len(text) + _EVEN_EMPTY <= self._room:
            self._room -= len(text) + _EVEN_EMPTY
            self._kept[kind, text] = found
        return found

    def near(self, found: Collection[str], scope: Collection[str]) -> Collection[str]:
        """Those of the names that are none in scope, but nearly one."""
        strange = [name for name in found if name not in scope and len(name) > 2]
        return frozenset([name for name in strange if self.nearest(name, scope)]) if strange else ()

    def nearest(self, name: str, known: Collection[str]) -> str:
        """The one of the known names that this one nearly is, else an empty text."""
        near = self._nearest_of(known)
        found = near.get(name)
        if found is None and self._compared >= len(known):
            self._compared -= len(known)
            found = near[name] = nearest(name, known) or ""
        return found or ""

    def _nearest_of(self, known: Collection[str]) -> dict[str, str]:
        """What was found near to names before, where the same names were known."""
        last, size, near = self._known
        if last is known and size == len(known):
            return near
        near = {}
        if self._compared >= len(known):
            near = self._near.setdefault(frozenset(known), near)
            self._compared -= 0 if near else len(known)
        self._known = known, len(known), near
        return near

    def is_news(self, mistake: object) -> bool:
        """Whether it was not said before: a line that loops and components come back to has its mistake once."""
        known = len(self._said)
        self._said.add(mistake)
        return len(self._said) > known

    def spend(self, outcome: Outcome) -> Outcome:
        """Count what was written, and say only once that the document's templates cost too much."""
        if isinstance(outcome.value, str):
            try:
                self.meter.write(len(outcome.value))
            except TooLarge as error:
                outcome = Outcome(None, True, (Fault("template-too-large", 0, 0, (error.what,)),))
        if outcome.faults and any(map(_is_of_document, outcome.faults)):
            kept = tuple(fault for fault in outcome.faults if not (self._spent and _is_of_document(fault)))
            self._spent = True
            return replace(outcome, faults=kept)
        return outcome

    def work_out(self, text: str, expression: bool, scope: Mapping[str, Any], near: Collection[str]) -> Outcome:
        """By Jinja, in the child where there can be one. Nothing more where the budget is spent, which was said.

        Raises `OSError` where the system makes no process.
        """
        if self._spent:
            return Outcome(None, True)
        if len(text) > MAX_TEXT:
            return settled(None, True, [Fault("template-too-large", 0, len(text), ("template",))])
        words = self.once("words", text, _words)
        needed = {name: scope[name] for name in words if name in scope}
        self.meter.step(_ASKING + 2 * len(needed))
        if not hasattr(os, "fork"):
            from .jinja import Cache, work_out

            self._cache = self._cache or Cache()
            return work_out(text, expression, needed, near, self.meter, self._cache)
        from .child import Child, Died

        try:
            self._child = self._child or Child()
            outcome: Outcome = self._child.ask(text, expression, needed, near, self.meter)
        except Died:
            self.close()
            return settled(None, True, [Fault("template-too-large", 0, len(text), ("stopped",))])
        return outcome


def _words(text: str) -> frozenset[str]:
    return frozenset(findall(NAME, text))


def _is_of_document(fault: Fault) -> bool:
    return fault.kind == "template-too-large" and fault.words[0] in _OF_DOCUMENT
