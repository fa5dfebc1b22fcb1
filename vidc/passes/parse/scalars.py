"""scalars: the value of a plain scalar by YAML's core schema."""

from __future__ import annotations

import re

from vidc.ir.tree import Value

MAX_DIGITS = 30
HUGE: int = 10**MAX_DIGITS
"""Stands for every number as large or larger: a finding says so, and nothing else is said of it."""

_CONSTANTS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = r"[-+]?(?:[0-9]+|(?P<float>(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?))"
_BASED = r"0o[0-7]+|0x[0-9a-fA-F]+"


def value_of(text: str) -> Value:
    """The value. Most that do not begin as a word are small whole numbers."""
    if text.isdigit() and text.isascii() and len(text) <= MAX_DIGITS:
        return int(text)
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    value: int | float
    if text[:2] in ("0x", "0o") and re.fullmatch(_BASED, text):
        value = int(text, 0) if len(text) <= MAX_DIGITS else HUGE
        return HUGE if value >= HUGE else value
    if text[-1] not in ".0123456789" or text[0] not in "+-.0123456789":
        return text  # `80%` and `2s` are most of them: no pattern is made for these
    number = re.fullmatch(_NUMBER, text)
    if number is None:
        return text
    value = float(text) if number["float"] else int(text) if len(text) <= MAX_DIGITS + 1 else HUGE
    return HUGE if abs(value) >= HUGE else value
