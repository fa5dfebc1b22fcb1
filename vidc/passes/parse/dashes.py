"""dashes: items of a list whose dash is lost, so that their keys stand again in the item before."""

from __future__ import annotations

from itertools import islice

from vidc.diag.finding import Edit, Log, Repair
from vidc.ir.tree import Scalar
from vidc.problems import parse as problems
from vidc.problems.wording import short
from vidc.record import record
from vidc.source import Source, Span

MOST = 50
"""Limit: so many lost dashes are told of one text."""

_BEGINS = {"type": "track", "tracks": "scene"}
"""What an item is, by the key that each must have."""


@record
class Lost:
    """`at`: where the dash would stand. `part`: a track or a scene. `key`: the first of the item's keys."""

    at: int
    part: str
    key: Span
    first: Span


def lost(source: Source, repeated: tuple[tuple[Scalar, Scalar], ...]) -> list[Lost]:
    """Where the first of the keys that stand again begins an item, in lists whose items have a line for each key."""
    mappings: dict[int, list[Scalar]] = {}
    firsts: dict[int, Scalar] = {}
    for key, first in repeated:
        mappings.setdefault(first.start, []).append(key)
        firsts[first.start] = first
    found: list[Lost] = []
    for start, keys in mappings.items():
        part = next((_BEGINS[str(key.value)] for key in keys if key.value in _BEGINS), "")
        if part and source.text[max(start - 2, 0) : start] == "- ":
            begins = [key for key in keys if key.value == keys[0].value and _is_below(source, key, start)]
            found += [Lost(key.start - 2, part, key.span, firsts[start].span) for key in begins]
    return list(islice(found, MOST))


def _is_below(source: Source, key: Scalar, first: int) -> bool:
    """Whether a key begins its line right below the first key of its mapping."""
    before = source.text[source.line_start(key.start) : key.start]
    return not before.strip(" ") and len(before) == first - source.line_start(first)


def put(text: str, found: list[Lost]) -> str:
    """The text with these dashes, in the place of blanks."""
    pieces, at = [], 0
    for one in sorted(found, key=lambda one: one.at):
        pieces += [text[at : one.at], "- "]
        at = one.at + 2
    return "".join([*pieces, text[at:]])


def report(source: Source, found: list[Lost], log: Log) -> None:
    for one in found:
        line = f"- {source.line(source.position(one.key.start)[0]).partition(' #')[0].strip()}"
        repair = Repair(f"write `{short(line)}`", (Edit(Span(source, one.at, one.at + 2), "- "),))
        log.add(problems.repeated_key(one.key, one.key.text, one.first, one.part, repair))
