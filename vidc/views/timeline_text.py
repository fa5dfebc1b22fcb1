"""timeline_text: a timeline as a table with bars, for a terminal."""

from __future__ import annotations

from re import sub

from vidc.diag.cells import width as cells
from vidc.diag.cells import wrap
from vidc.diag.sink import clean
from vidc.record import record

from .chart import Bar, Chart, Piece, Shown, charts, summed

LABEL = 24
"""Limit: a track's type and name take at most this many cells; the rest is `…`."""

KEPT = "\u00a0"
"""Stands for the space before a unit, at which no line is broken."""

_MARKS = {"sure": "█", "likely": "▓", "possible": "░", "cut": "╳", "idle": "·", "end": "│", "foot": "└"}
_PLAIN = {"sure": "#", "likely": "+", "possible": "-", "cut": "x", "idle": ".", "end": "|", "foot": "`-"}
_SAID = {
    "sure": "seen",
    "likely": "expected",
    "possible": "perhaps",
    "cut": "cut",
    "idle": "medium over",
    "end": "scene over",
}


@record
class Layout:
    """The columns of one file's table, the same for all its scenes."""

    width: int
    label: int
    times: int
    marks: dict[str, str]

    @property
    def bar(self) -> int:
        return max(self.width - self.label - self.times - 6, 8)

    def plain(self, text: str) -> str:
        """The text as the terminal can show it."""
        if self.marks is not _PLAIN:
            return text
        return text.replace("–", "-").replace("…", "~").encode("ascii", "backslashreplace").decode("ascii")

    def fitted(self, text: str, room: int) -> str:
        """As much of a text as fits, with `…` where it was cut."""
        text = self.plain(text)
        return text if cells(text) <= room else text[: _fits(text, room - 1)] + self.plain("…")

    def wrapped(self, text: str, lead: str = "") -> list[str]:
        """Lines that begin with `lead`, then as far in."""
        room = self.width - len(lead)
        together = sub(r"(?<=\d) (?=s\b|min\b)", KEPT, self.plain(text))
        lines = wrap(" ".join(piece for word in together.split(" ") for piece in _broken(word, room)), room)
        return [(lead if index == 0 else " " * len(lead)) + line.replace(KEPT, " ") for index, line in enumerate(lines)]


def _fits(text: str, room: int) -> int:
    """How many of its characters take at most `room` cells."""
    taken = 0
    for index, char in enumerate(text):
        taken += cells(char)
        if taken > room:
            return index
    return len(text)


def _broken(word: str, room: int) -> list[str]:
    """A word in pieces that fit. A piece that begins with `::` where the word did not is cleaned again."""
    pieces = []
    while cells(word) > room:
        kept = max(_fits(word, room), 1)
        pieces.append(word[:kept])
        word = clean(word[kept:])
    return [*pieces, word]


def timeline_text(files: list[Shown], width: int = 80, ascii_only: bool = False) -> str:
    """All files, one below the other, in `width` columns."""
    return "\n".join(_file(shown, width, _PLAIN if ascii_only else _MARKS) for shown in files)


def _file(shown: Shown, width: int, marks: dict[str, str]) -> str:
    drawn = charts(shown)
    layout = Layout(width, 0, 0, marks)
    bars = [bar for chart in drawn for bar in chart.bars]
    longest = max((cells(layout.plain(_label(bar))) for bar in bars), default=0)
    times = max((len(bar.times) for bar in bars), default=0)
    layout = Layout(width, min(longest, LABEL, max(width // 4, 8)), times, marks)
    lines = [layout.plain(clean(shown.file)), ""]
    for chart in drawn:
        lines += [*_scene(chart, layout), ""]
    lines += layout.wrapped(summed(shown.timeline))
    return "\n".join([*lines, *_legend(drawn, layout), ""])


def _scene(chart: Chart, layout: Layout) -> list[str]:
    name = f"scene {chart.number}" + (f": {chart.name}" if chart.name else "")
    about = f"from {chart.start}, lasts {chart.length}, {chart.reason}"
    if chart.transition:
        about += f", then a {chart.transition}"
    lines = [layout.fitted(name, layout.width), *layout.wrapped(about, "  ")]
    for bar in chart.bars:
        label = layout.fitted(_label(bar), layout.label)
        padding = " " * (layout.label - cells(label))
        times = layout.plain(bar.times)
        lines.append(f"  {label}{padding}  {times:>{layout.times}}  {_drawn(bar, chart, layout)}".rstrip())
        for cut in bar.cuts:
            lines += layout.wrapped(cut, f"    {layout.marks['foot']} ")
    return lines


def _label(bar: Bar) -> str:
    return f"{bar.type} {bar.name}".rstrip()


def _drawn(bar: Bar, chart: Chart, layout: Layout) -> str:
    """One mark for each cell, by what is at its middle; the shortest piece that is seen has a cell all the same."""
    room = layout.bar
    row = [" "] * room
    if chart.end < chart.reach:
        row[min(_cell(chart.end, chart, room), room - 1)] = layout.marks["end"]
    for piece in bar.pieces:
        first, last = _cells(piece, chart, room)
        row[first:last] = layout.marks[piece.kind] * (last - first)
    return "".join(row)


def _cells(piece: Piece, chart: Chart, room: int) -> tuple[int, int]:
    first, last = _cell(piece.start, chart, room), _cell(piece.end, chart, room)
    if first == last and piece.kind in ("sure", "cut"):
        first = min(first, room - 1)
        last = first + 1
    return first, last


def _cell(at: float, chart: Chart, room: int) -> int:
    return int(at / chart.reach * room + 0.5)


def _legend(drawn: list[Chart], layout: Layout) -> list[str]:
    """What the marks mean that were drawn; nothing where only the plainest was."""
    used = {piece.kind for chart in drawn for bar in chart.bars for piece in bar.pieces}
    if any(chart.end < chart.reach for chart in drawn):
        used.add("end")
    if used <= {"sure"}:
        return []
    lines = [""]
    for said in (f"{layout.marks[kind]} {said}" for kind, said in _SAID.items() if kind in used):
        if lines[-1] and len(lines[-1]) + 3 + len(said) > layout.width:
            lines.append("")
        lines[-1] += f"   {said}" if lines[-1] else said
    return lines
