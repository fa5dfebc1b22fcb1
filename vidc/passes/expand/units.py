"""units: units inside of expressions, where only numbers are, as in `{{ 2s * loop.index }}`."""

from __future__ import annotations

from re import Match, finditer, search, sub

from vidc.clock import read_time
from vidc.problems.wording import short

_TEXTS = r"'[^']*'|\"[^\"]*\""
_AMOUNT = r"(?<![\w./])(?<!/ )(?P<number>\d+(?:\.\d+)?)[ ]?(?P<unit>ms|px|sec|[sm%])(?=[ \t]*(?:[-+*)<>=!]|$))"
_BRACES = r"\{\{-?[ \t]*(?P<inside>[^{}]*?)[ \t]*-?\}\}"
_ADDED = r"(?:^|[-+(])[ ]*(?!loop\b)[^\W\d][\w.]*[ ]*(?:$|[-+)])"
LONGEST = 200
"""Limit: characters of an expression that is looked at."""


def without_units(text: str, at: int) -> str:
    """What to write for the expression around a place of a text; empty where no unit stands in it."""
    braces = next((found for found in finditer(_BRACES, text) if found.start() < at < found.end()), None)
    inside = braces["inside"] if braces is not None else text
    if len(inside) > LONGEST or search(_TEXTS, inside):
        return ""
    found = list(finditer(_AMOUNT, inside))
    units = {"s" if one["unit"] == "sec" else one["unit"] for one in found}
    if not found or (len(units) > 1 and not units <= {"s", "ms", "m"}):
        return ""
    number = r"\g<number>"
    is_time = units <= {"s", "ms", "m"}
    if is_time and (braces is None or len(units) > 1 or search(_ADDED, sub(_AMOUNT, number, inside))):
        right = sub(_AMOUNT, _in_ms, inside)
        return f"a time counts in ms here: write `{short(_marked(right, braces))}`"
    unit = units.pop()
    right = sub(_AMOUNT, number, inside)
    return f"write `{short(_marked(right, braces))}{'' if unit == 'px' or braces is None else unit}`"


def _marked(expression: str, braces: Match[str] | None) -> str:
    return expression if braces is None else f"{{{{ {expression} }}}}"


def _in_ms(amount: Match[str]) -> str:
    unit = "s" if amount["unit"] == "sec" else amount["unit"]
    ms = read_time(f"{amount['number']}{unit}")
    return str(ms) if ms is not None else amount[0]
