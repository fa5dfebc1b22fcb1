"""interpret: a template's syntax tree and a scope -> its outcome.

Each statement writes what is known of it. Where it is not known whether it writes at all, it writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jinja2 import nodes

from vidc.problems.wording import kind_of

from .expression import Expressions, Scope, too_long, undefined
from .inert import Parsed
from .meter import Meter
from .values import MAX_TEXT, UNKNOWN, Fault, Mistaken, Outcome, Unclear, fields, settled, text_of, turn, unfit


def interpret(parsed: Parsed, scope: Scope, meter: Meter) -> Outcome:
    """The template's value: of its own type where it is one expression alone, else a text."""
    run = _Run(parsed, meter)
    for fault in (*parsed.tokens.faults, *parsed.refused):
        run.note(fault)
    for doubt in parsed.doubts:
        if doubt.kind != "never-equal" or doubt.words[-1] in scope:
            run.note(doubt)
    for name, at in parsed.free.items():
        if name not in scope:
            run.note(undefined(name, at))
    if parsed.refused:
        return run.outcome(None)
    match parsed.body:
        case [nodes.Output(nodes=[nodes.Expr() as lone])] if not isinstance(lone, nodes.TemplateData):
            value = run.settle(lone, scope)
            run.unknown = value is UNKNOWN
            return run.outcome(None if run.unknown else value)
    run.body(parsed.body, scope)
    return run.outcome("".join(run.parts))


class _Run:
    def __init__(self, parsed: Parsed, meter: Meter) -> None:
        self.expressions = Expressions(parsed.tokens, meter)
        self.meter = meter
        self.parts: list[str] = []
        self.size = 0
        self.unknown = False
        self.faults: dict[tuple[str, tuple[str, ...]], Fault] = {}

    def outcome(self, value: Any) -> Outcome:
        for doubt in self.expressions.doubts:
            self.note(doubt)
        return settled(value, self.unknown, list(self.faults.values()))

    def note(self, fault: Fault) -> None:
        before = self.faults.setdefault((fault.kind, fault.words), fault)
        if fault.start < before.start:
            self.faults[fault.kind, fault.words] = fault

    def body(self, found: Iterable[nodes.Node], scope: Scope) -> None:
        for node in found:
            self.meter.step()
            match node:
                case nodes.Output():
                    for inner in node.nodes:
                        self.output(inner, scope)
                case nodes.If():
                    self.condition(node, scope)
                case nodes.For():
                    self.loop(node, scope)

    def output(self, node: nodes.Expr, scope: Scope) -> None:
        if isinstance(node, nodes.TemplateData):
            self.write(node.data)
            return
        value = self.settle(node, scope)
        if value is UNKNOWN:
            self.unknown = True
            return
        text = text_of(value)
        if text is None:
            self.note(Fault("not-text", *self.expressions.place(node), (kind_of(value), *fields(value))))
        else:
            self.write(text)

    def write(self, text: str) -> None:
        self.meter.step(len(text) // 64)
        self.size += len(text)
        if self.size > MAX_TEXT:
            self.note(too_long(self.expressions.tokens))
        else:
            self.parts.append(text)

    def condition(self, node: nodes.If, scope: Scope) -> None:
        for branch in (node, *node.elif_):
            test = self.settle(branch.test, scope, is_condition=True)
            if test is UNKNOWN:
                self.unknown = True
                return
            if test:
                self.body(branch.body, scope)
                return
        self.body(node.else_, scope)

    def loop(self, node: nodes.For, scope: Scope) -> None:
        inner = dict(scope)
        try:
            found = self.turns(node, scope, inner)
        except Unclear:
            self.unknown = True
            return
        except Mistaken as mistake:
            self.note(mistake.fault)
            return
        if not found:
            self.body(node.else_, scope)
        for index, item in enumerate(found):
            self.meter.turn()
            self.bind(node.target, item, inner)
            inner["loop"] = turn(index, found)
            self.body(node.body, inner)

    def turns(self, node: nodes.For, scope: Scope, inner: Scope) -> list[Any]:
        """The items that a loop goes over."""
        series = self.expressions.value(node.iter, scope)
        if series is UNKNOWN:
            raise Unclear
        if not isinstance(series, list | dict):
            why = f"a loop goes over a list, and this is {kind_of(series)}"
            help = unfit("a list", series).help
            raise Mistaken(Fault("template-failed", *self.expressions.place(node.iter), (why, help)))
        self.meter.step(len(series))
        found = []
        for item in series:
            self.bind(node.target, item, inner)
            keep = self.expressions.truth(node.test, inner) if node.test else True
            if keep is UNKNOWN:
                raise Unclear
            if keep:
                found.append(item)
        return found

    def bind(self, target: nodes.Node, item: Any, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = item
            return
        assert isinstance(target, nodes.Tuple)
        parts = [UNKNOWN] * len(target.items) if item is UNKNOWN else item
        if not isinstance(parts, list) or len(parts) != len(target.items):
            why = f"an item of the list does not have {len(target.items)} parts"
            help = "write one name, and take the item's fields: `feature.title`"
            if isinstance(item, str) and len(target.items) == 2:
                help = "over an object write `| items` behind it; else write one name"
            raise Mistaken(Fault("template-failed", *self.expressions.place(target), (why, help)))
        for inner, part in zip(target.items, parts, strict=True):
            self.bind(inner, part, scope)

    def settle(self, node: nodes.Node, scope: Scope, is_condition: bool = False) -> Any:
        """The value; unknown where it is faulty, which is noted."""
        try:
            return self.expressions.truth(node, scope) if is_condition else self.expressions.value(node, scope)
        except Mistaken as mistake:
            self.note(mistake.fault)
        except Unclear:
            pass
        return UNKNOWN
