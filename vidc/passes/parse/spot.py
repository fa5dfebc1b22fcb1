"""spot: where a text stops being YAML, and what stands around the place."""

from __future__ import annotations

import re

from vidc.diag.finding import Edit, Repair
from vidc.problems.wording import quoted, short
from vidc.record import record
from vidc.source import Source, Span

from .entry import LONGEST, entry_above, entry_of
from .read import Reading

BACK = 300
"""Limit: so many characters of a text in braces are looked at, before a place and behind it."""

_NEXT_KEY = r"[ \t]*(?:,[ \t]*(?:[\w.-]+|<<|\"[^\"\r\n]*\"|'[^'\r\n]*')[ \t]*:(?:[ \t]|$)|[\]}]|\r?$)"
_IN_BRACES = re.compile(
    rf"(?:[^\r\n{{}}\[\]]|\{{\{{[^\r\n{{}}]*\}}\}}|\{{[^\r\n{{}}]*\}}|\[[^\r\n\[\]]*\])*?(?={_NEXT_KEY})", re.MULTILINE
)
"""A text up to the next key of a mapping in braces, or to what closes it."""
_VALUE = re.compile(r"(?:(?<=[\w\"']):[ \t]+|[\[{,][ \t]*)(?P<value>[^,:{}\[\]]*)$")
_WITH_COMMAS = re.compile(
    r"(?:(?<=\btext)|(?<=\w)(?=:[ \t]+[^\W\d])):[ \t]+"
    r"(?P<value>(?:[^:{}\[\]\"']|(?<=\w)')+,(?:[^:{}\[\]\"']|(?<=\w)')*)$"
)
"""A text in which commas stand before the place."""
_PARTS = re.compile(
    r"(?<=[\s,:\[{])(?:'(?:[^']|'')*+'|\"(?:[^\"\\]|\\.)*+\")|(?<=\s)#[^\r\n]*"
    r"|(?P<opens>(?<=[\s,:\[{])[\[{]|^[\[{])|(?P<closes>[\]}])"
)


@record
class Spot:
    """`at`: the place. `context`: where what was being read began, -1 for nowhere. `braces`: the bracket that is open
    there, -1 for none. `line`: the one at fault, without its break, `number` its number."""

    source: Source
    at: int
    problem: str
    reading: str
    context: int
    braces: int
    number: int
    line: str

    def span(self, start: int, end: int) -> Span:
        return Span(self.source, start, end)

    @property
    def here(self) -> str:
        """The character where the text stops being YAML; empty at its end."""
        return self.source.text[self.at : self.at + 1]

    @property
    def lines(self) -> list[int]:
        """The lines that may be at fault: one that cannot be a key, or the one above, which it seems to go on."""
        if self.problem.startswith("could not find"):
            return [self.number]
        if not self.problem.startswith(("mapping values", "did not find expected '-'", "did not find expected key")):
            return []
        numbers = range(self.number - 1, max(self.number - 20, 0), -1)
        above = [number for number in numbers if self.source.line(number).strip()][:1]
        return above if self._goes_on else [self.number, *above]

    @property
    def _goes_on(self) -> bool:
        """Whether the line goes on a text that begins behind a key above."""
        entry = entry_above(self.source, self.number)
        return entry is not None and self.source.position(entry.start)[0] == entry.number


def spot_of(source: Source, reading: Reading) -> Spot:
    error, at = reading.error, reading.failed or 0
    assert error is not None
    problem = error.problem or "the text cannot be read"
    fault = reading.fault or 0
    number = source.position(fault)[0]
    opened = reading.opened[-1] if reading.opened else -1
    is_flow = opened >= 0 and source.text[opened] in "{["
    end = at if is_flow else fault
    if problem == "found unexpected end of stream":
        end = reading.context + 1  # quotes are open, and these may be the ones that should close them
    braces = _innermost(source.text, opened if is_flow else source.starts[source.position(end)[0] - 1], end)
    return Spot(source, at, problem, error.context or "", reading.context, braces, number, source.line(number))


def _innermost(text: str, start: int, at: int) -> int:
    """The bracket that is open at a place, of those behind another; a parser reads ahead on a line before it tells."""
    opened: list[int] = []
    for part in _PARTS.finditer(text, start, at):
        if part["opens"]:
            opened.append(part.start())
        elif part["closes"] and opened:
            opened.pop()
    return opened[-1] if opened else -1


def value_at(spot: Spot, place: int) -> Span | None:
    """The text without quotes that a place belongs to, as far as its author meant it to go."""
    source = spot.source
    if spot.braces >= 0:
        back = max(spot.braces, place - BACK)
        begins = _WITH_COMMAS.search(source.text, back, place) or _VALUE.search(source.text, back, place)
        if begins is not None and begins[0][0] != ":" and source.text[spot.braces] == "{":
            begins = None  # a text whose beginning is not clear: here only a key could stand
        start = begins.start("value") if begins else -1
        goes = _IN_BRACES.match(source.text, place, place + BACK)
        return Span(source, start, goes.end()) if start >= 0 and goes is not None and goes.end() > start else None
    entry = entry_of(source, source.position(place)[0])
    if entry is None or not entry.start <= place <= entry.end or not 0 < entry.end - entry.start <= LONGEST:
        return None
    return entry.value


def quoting(whole: Span) -> Repair:
    """The repair that puts a text in quotes."""
    return writing(whole, quoted(whole.text))


def writing(span: Span, right: str) -> Repair:
    return Repair(f"write `{short(right)}`", (Edit(span, right),))
