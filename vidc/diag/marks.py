"""Marks: what a snippet points at, and which lines and parts of lines show it."""

from __future__ import annotations

from vidc.record import record
from vidc.source import Source

from .cells import spread

HEAD = 4
"""A mark over many lines shows this many of them, and its last."""

MARGIN = 12
"""The cells that a view keeps free around what it shows of a long line."""

REACH = 100
"""How many lines above the first mark, and how many characters before one, are looked at."""


@record
class Mark:
    """Characters `start` to `end` of a source, and what is true there; `style` is a severity or `label`."""

    start: int
    end: int
    text: str
    style: str


@record
class Bar:
    """The mark that spans lines, drawn as a bar at their left.

    `early`: it begins its first line, so that the bar can begin there too. `opening` and `closing` are the characters
    that its corners point at.
    """

    style: str
    first: int
    last: int
    early: bool
    opening: Mark
    closing: Mark


def trim(source: Source, mark: Mark) -> Mark:
    """A mark over several lines without the blanks and line breaks at its end."""
    end = mark.end
    if source.position(mark.start)[0] == source.position(end)[0]:
        return mark
    while end > mark.start and source.text[end - 1] in " \t\r\n":
        end -= 1
    return Mark(mark.start, end, mark.text, mark.style)


def first_line(source: Source, mark: Mark) -> Mark:
    """As much of a mark as stands on the line where it begins."""
    end = bounds(source, source.position(mark.start)[0])[1]
    return Mark(mark.start, min(mark.end, max(end, mark.start)), mark.text, mark.style)


def bar_of(source: Source, mark: Mark) -> Bar | None:
    """The bar that draws a mark over several lines."""
    first, last = source.position(mark.start)[0], source.position(mark.end)[0]
    if first == last:
        return None
    before = source.text[max(source.starts[first - 1], mark.start - REACH) : mark.start]
    opening = Mark(mark.start, mark.start + 1, "", mark.style)
    closing = Mark(mark.end - 1, mark.end, mark.text, mark.style)
    return Bar(mark.style, first, last, not before.strip(" -"), opening, closing)


def bounds(source: Source, number: int) -> tuple[int, int]:
    """Where a line begins and ends, its line break left out."""
    start = source.starts[number - 1]
    end = source.starts[number] if number < len(source.starts) else len(source.text)
    while end > start and source.text[end - 1] in "\r\n":
        end -= 1
    return start, end


def shown_lines(source: Source, main: int, marked: set[int], bar: Bar | None) -> list[int]:
    """The numbers of the lines to show, `main` being where the main mark begins; a gap of a single line is filled."""
    wanted = {main, *marked}
    if bar:
        wanted |= {*range(bar.first, min(bar.first + HEAD, bar.last)), bar.last}
    wanted |= _owner(source, main)
    wanted |= {number + 1 for number in wanted if number + 2 in wanted}
    return sorted(wanted)


def _owner(source: Source, number: int) -> set[int]:
    """The line above that says what a line belongs to: the first of the list item that it stands in, else of the
    mapping. Lines of brackets say nothing."""
    indent = _indent(source, number)
    owner: set[int] = set()
    for above in range(number - 1, max(0, number - REACH), -1):
        said = _beginning(source, above).strip()
        if said.strip("-[]{}, ") and not said.startswith("#") and _indent(source, above) < indent:
            indent = _indent(source, above)
            if said.startswith("- "):
                return {above}
            owner = owner or {above}
    return owner


def _beginning(source: Source, number: int) -> str:
    start, end = bounds(source, number)
    return source.text[start : min(end, start + 4 * REACH)]


def _indent(source: Source, number: int) -> int:
    text = _beginning(source, number)
    return len(text) - len(text.lstrip(" "))


def parts(source: Source, number: int, marks: list[Mark], room: int) -> list[list[Mark]]:
    """The marks of one line, those together that one view of `room` cells can show; one empty part for no marks."""
    start = bounds(source, number)[0]
    made: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        first = made[-1][0].start if made else mark.start
        near = spread(source.text, first, reach(mark, room), room) <= room - MARGIN
        if made and (near or spread(source.text, start, mark.end, room) < room):
            made[-1].append(mark)
        else:
            made.append([mark])
    return made or [[]]


def reach(mark: Mark, room: int) -> int:
    """The end of what one view should show of a mark."""
    return min(mark.end, mark.start + room - MARGIN)
