"""Source and Span: one text that was read, and a half-open piece of it counted in characters."""

from __future__ import annotations

from bisect import bisect_right
from re import compile as pattern

from .record import record

_BREAK = pattern(r"\r\n|[\r\n]")


class Source:
    """A text and the name it is shown under; compared by identity.

    `path` is what messages print; `file` is the real path for reading what it includes, empty for standard input.
    """

    __slots__ = ("_starts", "file", "path", "text")

    def __init__(self, path: str, text: str, file: str = "") -> None:
        self.path = path
        self.text = text
        self.file = file
        self._starts: list[int] | None = None

    def __repr__(self) -> str:
        return f"Source({self.path!r})"

    @property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        if self._starts is None:
            self._starts = [0, *(match.end() for match in _BREAK.finditer(self.text))]
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, columns in characters."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line counted from 1, without its line break; empty past the end."""
        if not 1 <= number <= len(self.starts):
            return ""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@record
class Span:
    """Characters `start` to `end`, half-open, of one source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]
