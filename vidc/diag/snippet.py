"""snippet: the lines of a source that marks stand on, each mark underlined and its text beside or below it."""

from __future__ import annotations

from collections.abc import Callable

from vidc.record import record
from vidc.source import Source

from .cells import View, view, width, wrap
from .marks import Bar, Mark, bar_of, bounds, parts, reach, shown_lines

Paint = Callable[[str, str], str]
"""A text and the name of a style; gives the text in that color, or as it is."""

MIN_TEXT = 32
"""The cells that a label's text has at least, if it is so long; where its mark leaves fewer, it begins further left."""

MIN_BESIDE = 16
"""The same where it would stand under the mark before it."""


@record
class Frame:
    """What all rows share: `room` is the cells for the source's text, `gutter` those for line numbers."""

    room: int
    gutter: int
    paint: Paint

    def row(self, text: str, number: str = "") -> str:
        return f"{self.paint(f'{number:>{self.gutter}} |', 'gutter')} {text}".rstrip(" ")


@record
class Placed:
    """A mark in the cells of one shown line."""

    start: int
    end: int
    mark: Mark


def snippet(source: Source, marks: list[Mark], frame: Frame) -> list[str]:
    """The rows that show the marks, of which the first matters most, and alone may go over several lines."""
    main = marks[0]
    bar = bar_of(source, main)
    frame = Frame(frame.room - 2, frame.gutter, frame.paint) if bar else frame
    on_line: dict[int, list[Mark]] = {}
    for mark in marks[1:] if bar else marks:
        on_line.setdefault(source.position(mark.start)[0], []).append(mark)
    rows: list[str] = []
    before = 0
    for number in shown_lines(source, source.position(main.start)[0], set(on_line), bar):
        if before and number > before + 1:
            rows.append(_gap(frame, bar, before, number))
        rows += _line(source, number, on_line.get(number, []), bar, frame)
        before = number
    return rows


def _gap(frame: Frame, bar: Bar | None, before: int, after: int) -> str:
    dots = frame.paint("...", "gutter")
    inside = bar is not None and bar.first <= before and after <= bar.last
    return f"{dots}{' ' * frame.gutter}{frame.paint('|', bar.style)}" if bar and inside else dots


def _line(source: Source, number: int, marks: list[Mark], bar: Bar | None, frame: Frame) -> list[str]:
    """The rows of one line: itself, in as many parts as its marks need, and under each what is said of it."""
    beside, below = _edges(number, bar, frame)
    corners = _corners(number, bar)
    rows = []
    for part in parts(source, number, [*marks, *corners], frame.room):
        line = bounds(source, number)
        marked = (part[0].start, max(reach(mark, frame.room) for mark in part)) if part else (line[0], line[0])
        seen = view(source.text, line, marked, frame.room)
        rows.append(frame.row(beside + seen.text, str(number)))
        placed = [_place(seen, mark, frame.room) for mark in part if mark not in corners]
        rows += [frame.row(below + row) for row in remarks(placed, frame)]
        rows += [
            row for corner in corners if corner in part for row in _corner(_place(seen, corner, frame.room), bar, frame)
        ]
    return rows


def _place(seen: View, mark: Mark, room: int) -> Placed:
    start = min(seen.column(mark.start), room - 1)  # a mark behind a full line stands under its last cell
    return Placed(start, max(start + 1, seen.column(mark.end)), mark)


def _edges(number: int, bar: Bar | None, frame: Frame) -> tuple[str, str]:
    """What stands between the gutter and a line, and between the gutter and the rows under it."""
    if bar is None:
        return "", ""
    edge = frame.paint("|", bar.style) + " "
    if number == bar.first:
        return (frame.paint("/", bar.style) + " ", edge) if bar.early else ("  ", "  ")
    return (edge, edge) if bar.first < number <= bar.last else ("  ", "  ")


def _corners(number: int, bar: Bar | None) -> list[Mark]:
    if bar and number == bar.last:
        return [bar.closing]
    return [bar.opening] if bar and number == bar.first and not bar.early else []


def _corner(placed: Placed, bar: Bar | None, frame: Frame) -> list[str]:
    """`_____^` from the bar to where its mark begins, or `|____^` to where it ends, with its text."""
    opens = bar is not None and placed.mark is bar.opening
    line = (" " if opens else "|") + "_" * (placed.start + 1) + "^"
    text, style = placed.mark.text, placed.mark.style
    if not text or len(line) + 1 + width(text) <= frame.room + 2:
        return [frame.row(frame.paint(f"{line} {text}".rstrip(" "), style))]
    at = _column(placed.start, text, frame.room) + 2
    said = [" " * at + frame.paint(piece, style) for piece in wrap(text, frame.room + 2 - at)]
    return [frame.row(row) for row in (frame.paint(line, style), *said)]


def remarks(placed: list[Placed], frame: Frame) -> list[str]:
    """The rows under a line: the signs, the text of the last mark beside them, those of the others hanging below."""
    if not placed:
        return []
    under = _underline(placed)
    beside = _beside(placed, frame.room)
    if beside:
        under.append((beside.end + 1, beside.mark.text, beside.mark.style))
    hanging = [item for item in placed if item.mark.text and item is not beside]
    hanging.sort(key=lambda item: -item.start)
    rows = [_compose(under, frame.paint)]
    if hanging and len(placed) > 1:
        rows.append(_compose(_stems(hanging), frame.paint))
    for index, item in enumerate(hanging):
        stems = _stems(hanging[index + 1 :])
        column = _column(item.start, item.mark.text, frame.room, stems[-1][0] + 3 if stems else 0)
        stems = [stem for stem in stems if stem[0] < column]
        for text in wrap(item.mark.text, frame.room - column):
            rows.append(_compose([*stems, (column, text, item.mark.style)], frame.paint))
    return rows


Piece = tuple[int, str, str]
"""A cell, the text that begins there, and its style."""


def _underline(placed: list[Placed]) -> list[Piece]:
    """Runs of `-` under labels and `^` under the rest, which lies on top."""
    styles = [""] * max(item.end for item in placed)
    for item in sorted(placed, key=lambda item: item.mark.style != "label"):
        styles[item.start : item.end] = [item.mark.style] * (item.end - item.start)
    pieces: list[Piece] = []
    for column, style in enumerate(styles):
        sign = "-" if style == "label" else "^"
        if pieces and pieces[-1][2] == style:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + sign, style)
        else:
            pieces.append((column, sign, style))
    return [piece for piece in pieces if piece[2]]


def _beside(placed: list[Placed], room: int) -> Placed | None:
    """The mark whose text has its place right of the signs: the one that ends last, if the text fits."""
    last = max(placed, key=lambda item: (item.end, item.mark.style != "label", item.start))
    return last if last.mark.text and last.end + 1 + width(last.mark.text) <= room else None


def _stems(hanging: list[Placed]) -> list[Piece]:
    """A `|` under each mark whose text hangs below, the leftmost first."""
    return sorted({item.start: (item.start, "|", item.mark.style) for item in hanging}.values())


def _column(start: int, text: str, room: int, free: int = 0) -> int:
    """Where a text that hangs under the cell `start` begins, so that it has room to be read; what stands left of the
    cell `free` is another's, and taken only in need."""
    column = max(0, min(start, room - min(width(text), MIN_TEXT)))
    return min(start, free) if column < free <= room - MIN_BESIDE else column


def _compose(pieces: list[Piece], paint: Paint) -> str:
    row, at = "", 0
    for column, text, style in pieces:
        row += " " * (column - at) + paint(text, style)
        at = column + width(text)
    return row
