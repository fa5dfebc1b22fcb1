"""voice_words: the words of a text as they are heard, each with the punctuation that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category

UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x30FF),  # Chinese, Japanese
    (0x31F0, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Scripts that part no words by spaces: ranges of characters, both ends included."""

_OPENING = ("Ps", "Pi")
_MARKS = "¿¡"


@dataclass(frozen=True, slots=True)
class Word:
    """Characters `first` to `last` (half-open) of a text and when they are heard, in ms."""

    text: str
    first: int
    last: int
    start: int
    end: int


def words_of(text: str, heard: Iterable[tuple[int, int]], end_ms: int) -> tuple[Word, ...]:
    """The words of a text from (ms, offset) where the synthesizer began one; the last ends at `end_ms`.

    A synthesizer names only what it pronounces, reads some words in parts (`$25.50`), and may be a few characters off
    behind signs that it reads out. So words are what blanks part (in scripts without blanks, what it read as one), and
    each takes the first time that falls into it; one that took none belongs to the word before it.
    """
    pieces = list(_pieces(text, sorted({offset for _, offset in heard})))
    starts: list[int | None] = [None] * len(pieces)
    place = 0
    for at, offset in heard:
        while place + 1 < len(pieces) and offset >= pieces[place + 1][0]:
            place += 1
        if pieces and offset < pieces[place][1] and starts[place] is None:
            starts[place] = max(at, 0)
    joined: list[tuple[int, int, int]] = []
    opened: int | None = None
    for (first, last), start in zip(pieces, starts, strict=True):
        if start is None and _opens(text[first:last]):
            opened = first if opened is None else opened
        elif start is None and joined:
            joined[-1] = (joined[-1][0], last, joined[-1][2])
        else:
            joined.append((first if opened is None else opened, last, start or 0))
            opened = None
    if opened is not None:
        first, _, start = joined.pop() if joined else (opened, 0, 0)
        joined.append((first, pieces[-1][1], start))
    if not joined:
        return ()
    ends = [*(start for _, _, start in joined[1:]), end_ms]
    return tuple(
        Word(text[first:last], first, last, start, max(start, end))
        for (first, last, start), end in zip(joined, ends, strict=True)
    )


def _pieces(text: str, offsets: list[int]) -> Iterable[tuple[int, int]]:
    """Where words begin and end."""
    cuts = [
        _before_opening(text, offset)
        for offset in offsets
        if 0 < offset < len(text) and (_is_unspaced(text[offset]) or _is_unspaced(text[offset - 1]))
    ]
    edges = sorted({0, len(text), *cuts, *_blanks(text)})
    for first, last in pairwise(edges):
        if text[first:last].strip():
            yield first, first + len(text[first:last].rstrip())


def _blanks(text: str) -> Iterable[int]:
    """Offsets at which something begins after a blank."""
    return (place for place in range(1, len(text)) if text[place - 1].isspace() and not text[place].isspace())


def _before_opening(text: str, offset: int) -> int:
    while offset and (category(text[offset - 1]) in _OPENING or text[offset - 1] in _MARKS):
        offset -= 1
    return offset


def _opens(piece: str) -> bool:
    """Whether a piece is only marks that open what follows."""
    return all(category(mark) in _OPENING or mark in _MARKS for mark in piece)


def _is_unspaced(character: str) -> bool:
    return any(low <= ord(character) <= high for low, high in UNSPACED)
