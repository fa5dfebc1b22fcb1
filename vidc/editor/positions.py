"""positions: offsets of a text as the protocol counts them: lines from 0, columns in UTF-16 code units."""

from __future__ import annotations

from vidc.record import record
from vidc.source import Source, Span


@record
class Position:
    line: int
    character: int


@record
class Range:
    start: Position
    end: Position


def position(source: Source, offset: int) -> Position:
    """Where an offset in characters stands; one past the end of the text stands at its end."""
    offset = min(max(offset, 0), len(source.text))
    line, column = source.position(offset)
    before = source.text[offset - column + 1 : offset]
    return Position(line - 1, units(before))


def offset(source: Source, at: Position) -> int:
    """The offset in characters of a position; one past the end of its line stands at the line's end."""
    if at.line < 0:
        return 0
    if at.line >= len(source.starts):
        return len(source.text)
    start, line = source.starts[at.line], source.line(at.line + 1)
    if line.isascii():
        return start + min(max(at.character, 0), len(line))
    left = at.character
    for place, char in enumerate(line):
        left -= 2 if char > "\uffff" else 1
        if left < 0:
            return start + place
    return start + len(line)


def line_end(source: Source, offset: int) -> int:
    """Where the line of an offset ends, before its line break."""
    line = source.position(offset)[0]
    return source.starts[line - 1] + len(source.line(line))


def range_of(span: Span) -> Range:
    return Range(position(span.source, span.start), position(span.source, span.end))


def units(text: str) -> int:
    """UTF-16 code units."""
    return len(text) if text.isascii() else sum(2 if char > "\uffff" else 1 for char in text)
