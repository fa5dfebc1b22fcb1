"""Cells: how wide a text is on a terminal, which part of a long line fits, and where to break lines."""

from __future__ import annotations

from bisect import bisect_right
from re import findall

from vidc.record import record

from .sink import pieces

TAB = "    "


@record
class View:
    """The part of a line that fits; `columns[i]` is the cell in which its character `i` begins."""

    text: str
    first: int
    columns: list[int]
    lead: int

    def column(self, offset: int) -> int:
        """The cell in which a character of the source stands, or the nearest one in view."""
        return self.lead + self.columns[min(max(offset - self.first, 0), len(self.columns) - 1)]


def width(text: str) -> int:
    """The cells that a text, already clean, takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(char: str) -> int:
    if char.isascii():
        return 1
    from unicodedata import category, east_asian_width

    if category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def layout(text: str) -> tuple[list[str], list[int]]:
    """Each character as it is shown, and the cell in which it begins; one more column for the end."""
    shown = [TAB if char == "\t" else piece for char, piece in zip(text, pieces(text), strict=True)]
    columns = [0]
    for piece in shown:
        columns.append(columns[-1] + width(piece))
    return shown, columns


def view(text: str, line: tuple[int, int], marked: tuple[int, int], room: int) -> View:
    """The part of `text` between the offsets `line` that shows `marked` in `room` cells, `…` where it was cut."""
    start, end = line
    first = _first(text, line, marked, room)
    shown, columns = layout(text[first : min(end, first + 4 * room)])
    lead = int(first > start)
    if first + len(shown) == end and columns[-1] + lead <= room:
        return View("…" * lead + "".join(shown), first, columns, lead)
    kept = bisect_right(columns, room - lead - 1) - 1
    return View("…" * lead + "".join(shown[:kept]) + "…", first, columns[: kept + 1], lead)


def _first(text: str, line: tuple[int, int], marked: tuple[int, int], room: int) -> int:
    """The first character to show: the line's own where the mark then fits, else some before the mark, more of them
    where the line soon ends."""
    start, end = line
    if spread(text, start, end, room) <= room or spread(text, start, marked[1], room) < room:
        return start
    taken = spread(text, *marked, room)
    after = spread(text, marked[1], end, room)
    before = max(0, min(room // 3, (room - 2 - taken) // 2), room - 1 - taken - after)
    columns = layout(text[max(start, marked[0] - before) : marked[0]])[1]
    cut = next(index for index, column in enumerate(columns) if columns[-1] - column <= before)
    return marked[0] - (len(columns) - 1 - cut)


def spread(text: str, start: int, end: int, room: int) -> int:
    """The cells from one character to another; of a distance of more than `room` characters only that it is more."""
    return end - start if end - start > room else layout(text[start:end])[1][-1]


def wrap(text: str, room: int) -> list[str]:
    """Lines of at most `room` cells, at least one, broken at spaces; a longer word is broken anywhere. What stands
    in backticks is one word where it is short, so that it can be copied."""
    lines: list[str] = []
    taken = 0
    for word in findall(rf"(?:`[^`]{{1,{max(2 * room // 3, 1)}}}`|[^ ])+", text):
        wide = width(word)
        if lines and taken + 1 + wide <= room:
            lines[-1] += f" {word}"
            taken += 1 + wide
        else:
            lines += _broken(word, room) if wide > room else [word]
            taken = width(lines[-1])
    return lines or [""]


def _broken(word: str, room: int) -> list[str]:
    """A word in pieces: at its spaces, which backticks kept, and each that is longer still where the room ends."""
    if " " in word:
        return [piece for part in word.split(" ") if part for piece in wrap(part, room)]
    found: list[str] = []
    left = 0
    for char in word:
        wide = width(char)
        if not found or (wide > left and left < room):
            found.append("")
            left = max(room, 1)
        found[-1] += char
        left -= wide
    return found
