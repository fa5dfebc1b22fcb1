"""turns: what a name was meant for that is none here, by the loops around it and by those elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from re import escape, search

from vidc.diag.finding import Via
from vidc.source import Source

MOST_SEARCHED = 100_000
"""Limit: in a longer spec no loop is looked for that has the name."""


def turn_of(owner: str, via: tuple[Via, ...]) -> str:
    """The name that the innermost loop over a list gives its item; empty where none is around."""
    for step in reversed(via):
        if step.text.startswith("in component"):
            return ""
        found = search(rf"`for: (\w+) in {escape(owner)}(?![\w.\[(])", step.text)
        if found is not None:
            return found[1]
    return ""


def around(near: str, rest: str, via: tuple[Via, ...]) -> str:
    """The name of the turn for the field of a list: `item` for `features` in `for: item in features`; else the list."""
    return (turn_of(near, via) if rest else "") or near


def elsewhere(name: str, scope: Collection[str], source: Source) -> str:
    """Help for the name of a turn that stands outside of its loop; empty for any other."""
    if len(source.text) > MOST_SEARCHED or f"{name} in " not in source.text:
        return ""
    found = search(rf"\bfor[\"']?: *[\"']?{escape(name)} in (\w+)", source.text)
    if found is None or found[1] not in scope:
        return ""
    return f"`{name}` is known only where `for: {name} in {found[1]}` stands, and inside of that scene or track"
