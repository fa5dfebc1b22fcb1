"""expression: works one expression out over plain data, counting everything that it does.

Nothing is compiled or run: each node that `inert` lets pass has its meaning here. So a value that is not known yet
spreads as far as it must and no further, every mistake knows its place, and no step is free.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from math import isfinite
from typing import Any

from jinja2 import nodes

from vidc.problems.wording import kind_of, short
from vidc.record import record

from .direct import missing
from .filters import FILTERS, Filter, Nested, default, number
from .inert import field_place, leftmost
from .instead import of_operator
from .meter import Meter
from .questions import QUESTIONS, after, before, holds, unlike
from .tokens import Tokens
from .values import (
    ABSENT,
    MAX_TEXT,
    UNKNOWN,
    Failed,
    Fault,
    Mistaken,
    TooLong,
    Unclear,
    fields,
    look_up,
    says_no,
    text_of,
    unfit,
)

MAX_BITS = 128
"""Limit: a number that a template makes fits into as many bits."""

Scope = dict[str, Any]


@record
class Missing:
    """A value that is not there: a mistake, unless it has a default or is asked for."""

    fault: Fault


def undefined(name: str, at: int) -> Fault:
    return Fault("undefined-name", at, at + len(name), (name,))


def too_long(tokens: Tokens) -> Fault:
    return Fault("template-too-large", 0, len(tokens.text), ("text",))


class Expressions:
    """The expressions of one template. `doubts`: what is unwise in them, and leaves them their value."""

    def __init__(self, tokens: Tokens, meter: Meter) -> None:
        self.tokens = tokens
        self.meter = meter
        self.doubts: list[Fault] = []

    def place(self, node: nodes.Node) -> tuple[int, int]:
        """Where a mistake in an expression is shown: a filter's name, else the whole expression."""
        if isinstance(node, nodes.Filter):
            return self.tokens.token(node.lineno)
        return self.tokens.region(leftmost(node))

    def extent(self, node: nodes.Node) -> tuple[int, int]:
        """Where an expression stands, as far as that can be told; else the whole expression or statement around it."""
        if isinstance(node, nodes.Name | nodes.Const):
            return self.tokens.token(node.lineno)
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            end = field_place(node, self.tokens)[1]
            return leftmost(node), self.tokens.closing.get(node.lineno, end - 1) + 1
        return self.tokens.region(leftmost(node))

    def truth(self, node: nodes.Node, scope: Scope) -> Any:
        """The value of a condition."""
        value = self.value(node, scope)
        if says_no(value):
            self.doubts.append(Fault("text-as-truth", *self.extent(node), (value,)))
        return value

    def value(self, node: nodes.Node, scope: Scope) -> Any:
        found = self.raw(node, scope)
        if isinstance(found, Missing):
            raise Mistaken(found.fault)
        return found

    def raw(self, node: nodes.Node, scope: Scope) -> Any:
        """The value, or `Missing`."""
        self.meter.step()
        try:
            return _WORK[type(node)](self, node, scope)
        except Failed as failure:
            why, help = failure.why, failure.help
        except TooLong:
            raise Mistaken(too_long(self.tokens)) from None
        except ZeroDivisionError:
            why, help = "this divides by zero", "ask first: `total / count if count else 0`"
        except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError):
            why, help = "this cannot be worked out", ""
        raise Mistaken(Fault("template-failed", *self.place(node), (why, help)))

    def made(self, value: Any) -> Any:
        """A new value, if it is no larger than one may be; its making is counted."""
        if isinstance(value, str):
            if len(value) > MAX_TEXT:
                raise TooLong
            self.meter.step(len(value) // 16)
        elif isinstance(value, list):
            self.meter.step(len(value))
        elif (isinstance(value, int) and value.bit_length() > MAX_BITS) or (
            isinstance(value, float) and not isfinite(value)
        ):
            raise Failed("this number is too large", "no field of a job takes one: write a smaller number")
        return value

    def known(self, *values: Any) -> None:
        """Leave where anything inside of a value is unknown; looking is counted."""
        waiting = [value for value in values if isinstance(value, list | dict) or value is UNKNOWN]
        while waiting:
            value = waiting.pop()
            self.meter.step()
            if value is UNKNOWN:
                raise Unclear
            if isinstance(value, list | dict):
                self.meter.step(len(value) // 4)
                waiting += value.values() if isinstance(value, dict) else value

    def name(self, node: nodes.Name, scope: Scope) -> Any:
        return scope[node.name] if node.name in scope else Missing(undefined(node.name, node.lineno))

    def constant(self, node: nodes.Const, _scope: Scope) -> Any:
        return node.value

    def field(self, node: nodes.Getattr, scope: Scope) -> Any:
        return self.found(node, self.value(node.node, scope), node.attr)

    def item(self, node: nodes.Getitem, scope: Scope) -> Any:
        value = self.value(node.node, scope)
        if isinstance(node.arg, nodes.Slice):
            return self.slice(value, node.arg, scope)
        key = self.value(node.arg, scope)
        return UNKNOWN if key is UNKNOWN else self.found(node, value, key)

    def found(self, node: nodes.Getattr | nodes.Getitem, value: Any, key: Any) -> Any:
        item = look_up(value, key)
        if item is not ABSENT:
            return item
        before = self.tokens.text[leftmost(node.node) : node.lineno].strip()
        return Missing(missing(value, key, before, *field_place(node, self.tokens)))

    def slice(self, value: Any, node: nodes.Slice, scope: Scope) -> Any:
        bounds = [None if part is None else self.value(part, scope) for part in (node.start, node.stop, node.step)]
        self.known(value if value is UNKNOWN else None, *bounds)
        if not isinstance(value, str | list):
            raise Failed(f"a part can be taken of a list or text, not of {kind_of(value)}", "write the value alone")
        if any(isinstance(bound, bool) or not isinstance(bound, int | None) for bound in bounds) or bounds[2] == 0:
            raise Failed("the bounds of a part are whole numbers", "write it as `[:3]`")
        return self.made(value[slice(*bounds)])

    def filter(self, node: nodes.Filter, scope: Scope) -> Any:
        assert node.node is not None
        filter = FILTERS[node.name]
        value = self.raw(node.node, scope) if filter.run is default else self.value(node.node, scope)
        arguments = [self.value(argument, scope) for argument in node.args]
        named = {str(pair.key): self.value(pair.value, scope) for pair in node.kwargs}
        if any(found is UNKNOWN for found in (value, *arguments, *named.values())):
            return UNKNOWN
        made = self.filtered(filter, ABSENT if isinstance(value, Missing) else value, arguments, named)
        if made is ABSENT:
            why = f"this is empty, so it has no `{node.name}`"
            return Missing(Fault("template-failed", *self.place(node), (why, f"write `| {node.name} | default('')`")))
        return made

    def filtered(self, filter: Filter, value: Any, arguments: list[Any], named: dict[str, Any]) -> Any:
        if isinstance(value, str | list | dict):
            self.meter.step(len(value) // 16 if isinstance(value, str) else len(value))
        if filter.nested:
            arguments = [Nested(self.nested_filter, self.nested_test), value, *arguments]
            return self.made(filter.run(*arguments, **named))
        return self.made(filter.run(value, *arguments, **named))

    def nested_filter(self, name: str, value: Any, arguments: list[Any]) -> Any:
        found = self.filtered(FILTERS[name], value, arguments, {})
        if found is ABSENT:
            raise Failed(f"an item of the list is empty, so it has no `{name}`", "leave the empty ones out: `| select`")
        return found

    def nested_test(self, name: str, value: Any, arguments: list[Any]) -> bool:
        self.meter.step()
        return self.asked(name, value, arguments)

    def asked(self, name: str, value: Any, arguments: list[Any]) -> bool:
        if value is ABSENT and name not in ("defined", "undefined"):
            raise Failed(
                "an item of the list has no such field", "ask first which have it: `selectattr(..., 'defined')`"
            )
        if arguments:
            self.known(value, *arguments)
        return QUESTIONS[name].run(value, *arguments)

    def test(self, node: nodes.Test, scope: Scope) -> Any:
        about_presence = node.name in ("defined", "undefined")
        value = self.raw(node.node, scope) if about_presence else self.value(node.node, scope)
        arguments = [self.value(argument, scope) for argument in node.args]
        if value is UNKNOWN and about_presence and isinstance(node.node, nodes.Name):
            return node.name == "defined"
        if value is UNKNOWN or any(argument is UNKNOWN for argument in arguments):
            return UNKNOWN
        return self.asked(node.name, ABSENT if isinstance(value, Missing) else value, arguments)

    def choice(self, node: nodes.CondExpr, scope: Scope) -> Any:
        test = self.truth(node.test, scope)
        if test is UNKNOWN:
            return UNKNOWN
        if test:
            return self.raw(node.expr1, scope)
        if node.expr2 is not None:
            return self.raw(node.expr2, scope)
        why = "this `if` has no `else`, and its condition does not hold"
        return Missing(Fault("template-failed", *self.place(node), (why, "write `else ''` behind it")))

    def both(self, node: nodes.And, scope: Scope) -> Any:
        left = self.truth(node.left, scope)
        return left if left is UNKNOWN or not left else self.raw(node.right, scope)

    def either(self, node: nodes.Or, scope: Scope) -> Any:
        left = self.value(node.left, scope)
        return left if left is UNKNOWN or left else self.raw(node.right, scope)

    def negation(self, node: nodes.Not, scope: Scope) -> Any:
        value = self.truth(node.node, scope)
        return UNKNOWN if value is UNKNOWN else not value

    def comparison(self, node: nodes.Compare, scope: Scope) -> Any:
        left = self.value(node.expr, scope)
        for operand in node.ops:
            right = self.value(operand.expr, scope)
            self.known(left, right)
            if isinstance(right, str):
                self.meter.step(len(right) // 64)
            if operand.op in ("eq", "ne") and (isinstance(left, str) or isinstance(right, str)):
                self.compared(left, right, operand.expr)
            if not _COMPARED[operand.op](left, right):
                return False
            left = right
        return True

    def compared(self, left: Any, right: Any, node: nodes.Node) -> None:
        """Doubt that a text and a number or a truth are compared that are spelt alike."""
        found = unlike(left, right, isinstance(node, nodes.Const))
        if found is not None:
            self.doubts.append(Fault("never-equal", *self.extent(node), found))

    def joined(self, node: nodes.Concat, scope: Scope) -> Any:
        values = [(part, self.value(part, scope)) for part in node.nodes]
        if any(value is UNKNOWN for _, value in values):
            return UNKNOWN
        parts = []
        for part, value in values:
            text = text_of(value)
            if text is None:
                raise Mistaken(Fault("not-text", *self.place(part), (kind_of(value), *fields(value))))
            parts.append(text)
        if sum(map(len, parts)) > MAX_TEXT:
            raise TooLong
        return self.made("".join(parts))

    def arithmetic(self, node: nodes.BinExpr, scope: Scope) -> Any:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        for value in (left, right):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise self.no_number(node, node.left if value is left else node.right, value)
        return self.made(_ARITHMETIC[type(node)](left, right))

    def written(self, node: nodes.Node) -> str:
        """An expression as it is written; empty where that cannot be told."""
        place = self.extent(node)
        return self.tokens.text[slice(*place)] if place != self.tokens.region(place[0]) else ""

    def no_number(self, node: nodes.BinExpr, operand: nodes.Node, value: Any) -> Failed:
        """What is said of an operand that is no number."""
        written, other = self.written(operand), self.written(node.right if operand is node.left else node.left)
        found = f"`{short(written, 30)}` is {kind_of(value)}" if written else f"this has {kind_of(value)}"
        why = f"`{node.operator}` is for numbers, and {found}"
        if not isinstance(value, str):
            return Failed(why, unfit("a number", value).help)
        whole = self.tokens.text[slice(*self.place(node))]
        return Failed(why, of_operator(node.operator, whole, written, other, value))

    def negative(self, node: nodes.Neg, scope: Scope) -> Any:
        value = self.value(node.node, scope)
        return UNKNOWN if value is UNKNOWN else -number(value)

    def positive(self, node: nodes.Pos, scope: Scope) -> Any:
        value = self.value(node.node, scope)
        return UNKNOWN if value is UNKNOWN else +number(value)

    def series(self, node: nodes.List | nodes.Tuple, scope: Scope) -> Any:
        return [self.value(item, scope) for item in node.items]

    def object(self, node: nodes.Dict, scope: Scope) -> Any:
        made: dict[str, Any] = {}
        for pair in node.items:
            key = self.value(pair.key, scope)
            if key is UNKNOWN:
                return UNKNOWN
            if not isinstance(key, str):
                raise Failed("the names in an object are text", "write them in quotes")
            made[key] = self.value(pair.value, scope)
        return made


def _not_in(value: Any, series: Any) -> bool:
    return not holds(value, series)


def _not_after(left: Any, right: Any) -> bool:
    return QUESTIONS["<="].run(left, right)


def _not_before(left: Any, right: Any) -> bool:
    return QUESTIONS["<="].run(right, left)


_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": before,
    "lteq": _not_after,
    "gt": after,
    "gteq": _not_before,
    "in": holds,
    "notin": _not_in,
}

_ARITHMETIC: dict[type[nodes.Node], Callable[[Any, Any], Any]] = {
    nodes.Add: operator.add,
    nodes.Sub: operator.sub,
    nodes.Mul: operator.mul,
    nodes.Div: operator.truediv,
    nodes.FloorDiv: operator.floordiv,
    nodes.Mod: operator.mod,
}

_WORK: dict[type[nodes.Node], Callable[[Expressions, Any, Scope], Any]] = {
    nodes.Name: Expressions.name,
    nodes.Const: Expressions.constant,
    nodes.Getattr: Expressions.field,
    nodes.Getitem: Expressions.item,
    nodes.Filter: Expressions.filter,
    nodes.Test: Expressions.test,
    nodes.CondExpr: Expressions.choice,
    nodes.And: Expressions.both,
    nodes.Or: Expressions.either,
    nodes.Not: Expressions.negation,
    nodes.Compare: Expressions.comparison,
    nodes.Concat: Expressions.joined,
    **dict.fromkeys(_ARITHMETIC, Expressions.arithmetic),
    nodes.Neg: Expressions.negative,
    nodes.Pos: Expressions.positive,
    nodes.List: Expressions.series,
    nodes.Tuple: Expressions.series,
    nodes.Dict: Expressions.object,
}
