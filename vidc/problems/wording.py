"""wording: how the messages of templates, variables and components name what the author wrote."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

MAX_SHOWN = 60
"""Characters of a name or a text that a message shows."""
MAX_LISTED = 12
"""Names that one message lists; it says how many more there are."""


def short(value: object, length: int = MAX_SHOWN) -> str:
    """A name or a text on one line, cut where it is long."""
    text = str(value)
    line = " ".join(text[: 10 * length].split())
    return line if len(line) <= length and len(text) <= 10 * length else line[: length - 1] + "…"


def listed(names: Collection[str]) -> str:
    shown = ", ".join(f"`{short(name)}`" for name in islice(names, MAX_LISTED))
    return f"{shown} and {len(names) - MAX_LISTED} more" if len(names) > MAX_LISTED else shown


def meant(near: str) -> str:
    """The help where a name is nearly a known one."""
    return f"did you mean `{near}`?" if near else ""


def kind_of(value: object) -> str:
    """What a value is, in an author's words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
    return "an object"
