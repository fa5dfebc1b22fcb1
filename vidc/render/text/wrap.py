"""wrap: where the lines of a paragraph end."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from unicodedata import combining, east_asian_width

from .shape import Paragraph

_AFTER = frozenset("-\u2010\u2012\u2013\u2014/\u200b\u00ad")
"""A line may end after these, where letters or digits follow."""

_NEVER_FIRST = frozenset(",.;:!?)]}%»”’…、。，．：；！？）」』】ー々ๆฯ")
_NEVER_LAST = frozenset("([{«“‘（「『【เแโใไ")


def wrap(whole: Paragraph, width: float) -> list[tuple[int, int]]:
    """The lines, as (start, end) without blanks at their ends; `width` in EM units. A word that is wider than a line is
    broken between its letters. An empty paragraph is one empty line."""
    text = whole.text
    starts = [*(at for at in range(1, len(text)) if _may_break(text, at)), len(text)]
    along = [0.0, *accumulate(whole.widths)]
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = _line_end(text, along, starts, start, width)
        lines.append((start, _without_blanks(text, start, end)))
        start = end
    return lines or [(0, 0)]


def widest_word(whole: Paragraph) -> float:
    """The width of the widest piece in which no line may end, in EM units: a narrower box breaks a word."""
    text = whole.text
    bounds = [0, *(at for at in range(1, len(text)) if _may_break(text, at)), len(text)]
    along = [0.0, *accumulate(whole.widths)]
    return max((along[_without_blanks(text, *pair)] - along[pair[0]] for pair in pairwise(bounds)), default=0.0)


def _line_end(text: str, along: list[float], starts: list[int], start: int, width: float) -> int:
    """Where the line after the one from `start` begins."""
    fits = start
    for number in range(bisect_right(starts, start), len(starts)):
        if along[_without_blanks(text, start, starts[number])] - along[start] > width:
            break
        fits = starts[number]
    return fits if fits > start else _broken(text, along, start, width)


def _broken(text: str, along: list[float], start: int, width: float) -> int:
    """Where a word that is wider than the line is broken: at least one letter stands on each line."""
    end = start + 1
    while end < len(text) and (_joins(text[end]) or along[end + 1] - along[start] <= width):
        end += 1
    return end


def _without_blanks(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _joins(character: str) -> bool:
    """Whether a character belongs to the letter before it."""
    return combining(character) != 0 or character in "\u200d\ufe0f" or "\u0e30" <= character <= "\u0e3a"


def _may_break(text: str, at: int) -> bool:
    """Whether a line may begin with the character at `at`."""
    before, after = text[at - 1], text[at]
    if after.isspace() or _joins(after) or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before.isspace():
        return before not in "\u00a0\u202f"
    if before in _AFTER:
        return after.isalnum() and not (before in "-/" and after.isdigit())
    return _dense(before) or _dense(after)


def _dense(character: str) -> bool:
    """Whether its script writes no blanks between words: East Asian ones and Thai.

    Limit: where the words of Thai end is in no table here, so a Thai line may end between any two of its letters.
    """
    return east_asian_width(character) in ("W", "F") or "\u0e00" <= character <= "\u0e7f"
