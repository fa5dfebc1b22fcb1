"""units: units inside of expressions, where only numbers are, as in `{{ 2s * loop.index }}`."""

from __future__ import annotations

from re import Match, finditer, search, sub

from vidc.clock import read_time
from vidc.problems.wording import short

_TEXTS = r"'[^']*'|\"[^\"]*\""
_AMOUNT = r"(?<![\w./])(?<!/ )(?P<number>\d+(?:\.\d+)?)[ ]?(?P<unit>ms|px|sec|[sm%])(?=[ \t]*(?:[-+*)<>=!]|$))"
_ADDED = r"(?:^|[-+(])[ ]*(?!loop\b)[^\W\d][\w.]*[ ]*(?:$|[-+)])"
LONGEST = 200
"""Limit: characters of an expression that is looked at."""


def without_units(text: str, at: int) -> str:
    """What to write for the expression around a place of a text; empty where no unit stands in it."""
    inside = _in_braces(text, at)
    is_marked = bool(inside)
    inside = inside or text
    if len(inside) > LONGEST or search(_TEXTS, inside):
        return ""
    found = list(finditer(_AMOUNT, inside))
    units = {"s" if one["unit"] == "sec" else one["unit"] for one in found}
    if not found or (len(units) > 1 and not units <= {"s", "ms", "m"}):
        return ""
    number = r"\g<number>"
    is_time = units <= {"s", "ms", "m"}
    if is_time and (not is_marked or len(units) > 1 or search(_ADDED, sub(_AMOUNT, number, inside))):
        right = sub(_AMOUNT, _in_ms, inside)
        return f"a time counts in ms here: write `{short(_marked(right, is_marked))}`"
    unit = units.pop()
    right = sub(_AMOUNT, number, inside)
    return f"write `{short(_marked(right, is_marked))}{unit if is_marked and unit != 'px' else ''}`"


def _in_braces(text: str, at: int) -> str:
    """The expression around a place; empty where no braces are near."""
    begin = text.rfind("{{", max(0, at - LONGEST), at)
    end = text.find("}}", at, at + LONGEST)
    inside = text[begin + 2 : end] if 0 <= begin < end else ""
    return "" if "{" in inside or "}" in inside else inside.removeprefix("-").removesuffix("-").strip()


def _marked(expression: str, is_marked: bool) -> str:
    return f"{{{{ {expression} }}}}" if is_marked else expression


def _in_ms(amount: Match[str]) -> str:
    unit = "s" if amount["unit"] == "sec" else amount["unit"]
    ms = read_time(f"{amount['number']}{unit}")
    return str(ms) if ms is not None else amount[0]
