"""questions: what may stand behind `is`. Each asks what Jinja's test of that name asks, of plain data."""

from __future__ import annotations

from collections.abc import Callable
from re import fullmatch
from typing import Any

from vidc.problems.wording import kind_of
from vidc.record import record

from .filters import number, text
from .values import ABSENT, ALIKE, Failed

_TRUTHS = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}
_NUMBER = r"[-+]?[0-9]+(?:\.[0-9]+)?"
_LONGEST = 30
"""Limit: characters of a text that is taken for a number."""


@record
class Question:
    run: Callable[..., bool]
    arguments: int = 0


def same(value: Any, other: Any) -> bool:
    return bool(value == other)


def unlike(left: Any, right: Any, is_written: bool) -> tuple[str, str, str] | None:
    """What is said of two values that are never equal though they are spelt alike: a text, and a number or a truth, or
    two texts in capital and small letters.

    `is_written`: the right one stands in the template, and can be written otherwise there.
    """
    if isinstance(left, str) and isinstance(right, str):
        if left == right or len(left) != len(right) or left.lower() != right.lower():
            return None
        return _shown(left), _shown(right), f"write `'{left}'`" if is_written else "write them in the same letters"
    word, other = (left, right) if isinstance(left, str) else (right, left)
    bare = word.strip().lower()
    if isinstance(other, bool):
        if bare not in _TRUTHS:
            return None
        right_way = _TRUTHS[bare] if word is right else f"'{left}'"
    elif isinstance(other, int | float) and len(bare) < _LONGEST and fullmatch(_NUMBER, bare):
        right_way = bare if word is right else f"'{right}'"
    else:
        return None
    return _shown(left), _shown(right), f"write `{right_way}`" if is_written else ALIKE


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"the text `'{value}'`"
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"the number `{value}`"


def before(value: Any, other: Any) -> bool:
    ordered(value, other)
    return bool(value < other)


def after(value: Any, other: Any) -> bool:
    return before(other, value)


def holds(value: Any, series: Any) -> bool:
    """Whether a list, an object's names or a text hold the value."""
    if isinstance(series, str) and not isinstance(value, str):
        raise Failed(f"a text cannot hold {kind_of(value)}", "ask for a text: put it in quotes")
    if not isinstance(series, str | list | dict):
        why = f"`in` looks into a list, an object or text, and this is {kind_of(series)}"
        raise Failed(why, "compare with `==`")
    if isinstance(series, dict) and isinstance(value, list | dict):
        raise Failed(f"an object is asked for a name, and not for {kind_of(value)}", "ask for the name of a field")
    return value in series


def ordered(left: Any, right: Any) -> None:
    """Only numbers, and only texts, have an order."""
    if isinstance(left, str) and isinstance(right, str):
        return
    if isinstance(left, int | float) and isinstance(right, int | float):
        return
    help = "make a number of the text: `| int`" if {kind_of(left), kind_of(right)} == {"text", "a number"} else ALIKE
    text = left if isinstance(left, str) else right
    if help is not ALIKE and text.isdecimal():
        help = f"write `{text[:20]}` without quotes, or make a number of it: `| int`"
    raise Failed(f"{kind_of(left)} and {kind_of(right)} have no order", help)


def _divisible(value: Any, by: Any) -> bool:
    if number(by) == 0:
        raise Failed("nothing is divisible by 0", "ask for another number")
    return bool(number(value) % by == 0)


def _not_same(value: Any, other: Any) -> bool:
    return not same(value, other)


def _at_most(value: Any, other: Any) -> bool:
    ordered(value, other)
    return bool(value <= other)


def _at_least(value: Any, other: Any) -> bool:
    return _at_most(other, value)


_SAME = Question(same, 1)
_DIFFERENT = Question(_not_same, 1)
_BEFORE = Question(before, 1)
_AFTER = Question(after, 1)
_AT_MOST = Question(_at_most, 1)
_AT_LEAST = Question(_at_least, 1)

QUESTIONS: dict[str, Question] = {
    "!=": _DIFFERENT,
    "<": _BEFORE,
    "<=": _AT_MOST,
    "==": _SAME,
    ">": _AFTER,
    ">=": _AT_LEAST,
    "boolean": Question(lambda value: isinstance(value, bool)),
    "defined": Question(lambda value: value is not ABSENT),
    "divisibleby": Question(_divisible, 1),
    "eq": _SAME,
    "equalto": _SAME,
    "even": Question(lambda value: bool(number(value) % 2 == 0)),
    "false": Question(lambda value: value is False),
    "float": Question(lambda value: isinstance(value, float)),
    "ge": _AT_LEAST,
    "greaterthan": _AFTER,
    "gt": _AFTER,
    "in": Question(holds, 1),
    "integer": Question(lambda value: isinstance(value, int) and not isinstance(value, bool)),
    "iterable": Question(lambda value: isinstance(value, str | list | dict)),
    "le": _AT_MOST,
    "lessthan": _BEFORE,
    "lower": Question(lambda value: text(value).islower()),
    "lt": _BEFORE,
    "mapping": Question(lambda value: isinstance(value, dict)),
    "ne": _DIFFERENT,
    "none": Question(lambda value: value is None),
    "number": Question(lambda value: isinstance(value, int | float)),
    "odd": Question(lambda value: bool(number(value) % 2 == 1)),
    "sequence": Question(lambda value: isinstance(value, str | list | dict)),
    "string": Question(lambda value: isinstance(value, str)),
    "true": Question(lambda value: value is True),
    "undefined": Question(lambda value: value is ABSENT),
    "upper": Question(lambda value: text(value).isupper()),
}
"""What may be asked, by name; `arguments` is how many each takes."""
