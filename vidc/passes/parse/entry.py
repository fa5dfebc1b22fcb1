"""entry: the key and the value that a line belongs to, as its author reads it where the parser has given up."""

from __future__ import annotations

import re

from vidc.ir.tree import Value
from vidc.record import record, replace
from vidc.source import Source, Span

FIELD = (
    r"actor|duration|extra|language|name|position|rotation|scale|size|text|transition|type|variant|view|volume"
    r"|[a-z]+(?:[A-Z][a-z]*)+"
)
"""Words that are fields of a job in most places: one without a value was hardly meant as text."""
KEY = (
    rf"{FIELD}|settings|scenes|tracks|variables|components|parameters|defaults|default|include|use|with|for|if"
    r"|callback|vidc|required|example|width|height|x|y"
)
"""Words that are keys of a spec."""

LINES = 200
"""Limit: so many lines are looked at."""
LONGEST = 10_000
"""Limit: a value is looked at where it has no more characters."""

_BEGINS = re.compile(
    r"(?P<lead>[ \t]*(?:-[ \t]+)*)"
    r"(?:(?P<key>[^\W\d][\w.-]{0,60}|\"[^\"\r\n]{0,60}\"|'[^'\r\n]{0,60}')[ \t]*:(?:[ \t]+|$))?"
)


_OWN = ("extra", "callbackPayload")


def is_own(above: list[Value]) -> bool:
    """Whether what stands below some keys is the author's own: any key may stand there, also one without a value."""
    return any(isinstance(key, str) and (key in _OWN or key.startswith("x-")) for key in above)


@record
class Entry:
    """A key and its value in block style, or an item of a list, whose key is empty. `column`: of the key, or of the
    item's dash, from 0; what belongs to the value stands deeper. `number`: the line of the key."""

    source: Source
    number: int
    column: int
    key: str
    start: int
    end: int

    @property
    def value(self) -> Span:
        return Span(self.source, self.start, self.end)


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def entry_begins(source: Source, number: int) -> Entry | None:
    """The entry that begins on a line, with as much of its value as stands there."""
    line = source.line(number)
    begins = _BEGINS.match(line)
    if begins is None or not (begins["key"] or "-" in begins["lead"]) or len(line) > LONGEST:
        return None
    column = begins.end("lead") if begins["key"] else begins["lead"].rindex("-")
    start = source.starts[number - 1] + begins.end()
    end = start + len(uncommented(line[begins.end() :]))
    return Entry(source, number, column, begins["key"] or "", start, end)


def entry_on(source: Source, number: int) -> Entry | None:
    """The entry that begins on a line, with all lines of its value."""
    found = entry_begins(source, number)
    if found is None:
        return None
    start, end = found.start, found.end
    for below in range(number + 1, min(number + LINES, len(source.starts) + 1)):
        text = source.line(below)
        if text.strip():
            if indent(text) <= found.column:
                break
            begin = source.starts[below - 1]
            start = start if end > start else begin + indent(text)
            end = begin + len(uncommented(text))
            if end - start > LONGEST:
                return None
    else:
        if number + LINES <= len(source.starts):
            return None
    return replace(found, start=start, end=end)


def entry_of(source: Source, number: int) -> Entry | None:
    """The entry that a line begins or that it goes on; a line that goes on stands deeper than the key, and whatever
    stands below a value, deeper than its key, goes on with it."""
    above = entry_above(source, number)
    if above is not None and source.position(above.start)[0] == above.number:
        return above
    return entry_on(source, number) or above


def entry_above(source: Source, number: int) -> Entry | None:
    """The entry above a line that it goes on by its indentation."""
    least = indent(source.line(number))
    for above in range(number - 1, max(number - LINES, 0), -1):
        line = source.line(above)
        if not line.strip():
            continue
        found = entry_begins(source, above)
        if found is not None and found.column < least:
            return entry_on(source, above)
        least = min(least, indent(line))
    return None


def uncommented(line: str) -> str:
    """A line without a comment that has a blank behind its `#`."""
    found = re.search(r"(?<=[ \t])#(?:[ \t~!]|vidc:|$)", line)
    return (line[: found.start()] if found else line).rstrip()
