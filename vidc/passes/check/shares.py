"""shares: percentages of the video's width and height."""

from __future__ import annotations

SMALL_PX = 100
"""What is wider or higher in pixels has lost no `%`."""

Ratio = tuple[int, int]


def percentage(text: str) -> Ratio | None:
    """`12.5%` as (125, 1000): exact, so that no pixel hangs on how floats round."""
    amount = text[:-1].removesuffix(" ")
    sign = -1 if amount.startswith("-") else 1
    whole_part, dot, fraction = (amount[1:] if amount[:1] in ("+", "-") else amount).partition(".")
    digits = whole_part + fraction
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12 or (dot and not fraction):
        return None
    return sign * int(digits), 100 * 10 ** len(fraction)


def is_percentage(value: object) -> bool:
    return isinstance(value, str) and value[-1:] == "%" and percentage(value) is not None
