"""shifting: where a place of one text stands in another that differs from it in one piece.

While a line is half written, what is known is of the last text that could be read: this leads from one to the other.
"""

from __future__ import annotations

from vidc.record import record
from vidc.source import Source, Span


@record
class Shift:
    """Up to `start` both texts are the same, and from `old_end` and `new_end` on."""

    start: int
    old_end: int
    new_end: int

    def forward(self, offset: int) -> int | None:
        """A place of the old text in the new one; None where it is in what differs."""
        if offset <= self.start:
            return offset
        return None if offset < self.old_end else offset - self.old_end + self.new_end

    def back(self, offset: int) -> int | None:
        """A place of the new text in the old one."""
        return Shift(self.start, self.new_end, self.old_end).forward(offset)

    def span(self, span: Span, source: Source) -> Span | None:
        """A piece of the old text in the new source; None where it was changed."""
        if self.start < span.end and span.start < self.old_end:
            return None
        return self.around(span, source)

    def around(self, span: Span, source: Source) -> Span:
        """A piece of the old text in the new source, with what was written in it."""
        start, end = self.forward(span.start), self.forward(span.end)
        start = self.start if start is None else start
        return Span(source, start, max(start, self.new_end if end is None else end))


def shift(old: str, new: str) -> Shift:
    if old == new:
        return Shift(len(old), len(old), len(new))
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return Shift(start, len(old) - end, len(new) - end)


def _common(one: str, other: str) -> int:
    """How many characters both begin with, found by halving: comparing slices is quick where a loop is not."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
