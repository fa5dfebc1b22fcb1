"""Source and Span: one text that was read, and a half-open piece of it counted in characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from re import finditer

from .hints import TypeAlias
from .record import record

LARGE = 1_000_000
"""Characters of a text whose line starts are kept as plain numbers of four bytes: it may have nothing but lines."""


class Source:
    """A text and the name it is shown under; compared by identity.

    `path` is what messages print; `file` is the real path for reading what it includes, empty for standard input.
    """

    __slots__ = ("_again", "_starts", "file", "path", "text")

    def __init__(self, path: str, text: str, file: str = "") -> None:
        self.path = path
        self.text = text
        self.file = file
        self._starts: Sequence[int] | None = None

    def __repr__(self) -> str:
        return f"Source({self.path!r})"

    @property
    def starts(self) -> Sequence[int]:
        """The offset at which each line begins."""
        if self._starts is None:
            self._starts = _starts(self.text)
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

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins; here a line ends with a line feed alone."""
        return self.text.rfind("\n", 0, offset) + 1

    def forget(self, again: Callable[[], Source]) -> None:
        """Let go of the text: `again` gives a source that has it, each time it is asked for."""
        self._again = again
        self._starts = None
        self.text = ""
        self.__class__ = _Forgotten


class _Forgotten(Source):
    """A class of its own, so that reading the text of any other source costs nothing."""

    __slots__ = ()

    @property
    def text(self) -> str:  # type: ignore[override]  # it is only read
        return self._again().text

    @property
    def starts(self) -> Sequence[int]:
        return self._again().starts


def _starts(text: str) -> Sequence[int]:
    if len(text) < LARGE:
        return list(_ends(text))
    from array import array

    return array("I", _ends(text))


def _ends(text: str) -> Iterator[int]:
    yield 0
    for match in finditer(r"\r\n|[\r\n]" if "\r" in text else r"\n", text):
        yield match.end()


Key: TypeAlias = tuple[int, int, int]


@record
class Span:
    """Characters `start` to `end`, half-open, of one source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def key(self) -> Key:
        """What equal spans share, and no others: it costs less to look up than a span."""
        return id(self.source), self.start, self.end
