"""quotes: quotes that end too early, or never."""

from __future__ import annotations

import re
from itertools import islice

from vidc.diag.finding import Finding, Log, Repair
from vidc.problems import syntax as problems
from vidc.problems.parse import cut_by_comment
from vidc.problems.quoting import in_quotes
from vidc.problems.wording import short
from vidc.source import Source, Span

from .entry import KEY, LINES
from .read import Reading
from .spot import Spot, quoting, value_at, writing
from .trial import tried

_QUOTED = re.compile(
    r"(?<![^\s,:\[{])(?:\"(?:[^\"\\]|\\.)*+(?:\"|(?P<double>$))|'(?:[^']|'')*+(?:'|(?P<single>$))|#.*)"
)
"""Quotes that begin a value, closed on their line or not; a comment has none."""
_ENDS = re.compile(rf",[ \t]*+(?:{KEY}|\"[^\"]*\"):[ \t]|(?<![}}\]])[}}\]]++[ \t]*+,?$|$")
"""What may stand behind a text in braces: the next key, or what closes them."""
_TRIPLE = re.compile(r"(?P<quote>[\"'])(?P=quote){2}(?P<text>(?:(?!(?P=quote))[^\\])*)(?P=quote){3}")
MOST = 100
"""Limit: so many quotes with a `#` behind them are looked at."""
LONGEST_LINE = 2_000
"""Limit: in a longer line no end of a text is looked for."""
_SWALLOWED = re.compile(rf"[ \t]*(?:-[ \t]+)*(?:{KEY}):(?:\s|$)")


def unclosed(spot: Spot) -> Finding | None:
    """Quotes that are not closed on their line, where the next line is a key: `text: "Hello there.`"""
    source = spot.source
    last = source.position(spot.at)[0]
    below = ""
    for number in range(last, max(last - LINES, 0), -1):
        line = source.line(number)
        start = _open_at_end(line) if _SWALLOWED.match(below) else -1
        if start >= 0:
            ends = _ENDS.search(line, start + 1) if spot.braces >= 0 or "{" in line[:start] else None
            end = len(line[: ends.start() if ends else None].rstrip())
            begin = source.starts[number - 1]
            return _never_closed(spot.span(begin + start, begin + end))
        below = line if line.strip() else below
    return None


def _open_at_end(line: str) -> int:
    """Where quotes begin that a line leaves open; -1 where it leaves none."""
    opened = (part.start() for part in _QUOTED.finditer(line) if part.lastgroup)
    return next(opened, -1) if "'" in line or '"' in line else -1


def end_early(spot: Spot) -> Finding | None:
    """`'It's on'`: the quotes end where they should not; or in braces they are those of the next text: `"a, "b"`."""
    number, column = spot.source.position(spot.at)
    line = spot.source.line(number)
    if not (1 < column < len(line) + 2 and line[column - 2] in "'\"" and spot.here.isalnum()):
        return None
    quote = line[column - 2]
    open = re.search(rf"{quote}(?P<text>[^{quote}]*[^{quote}\s,])\s*,\s*{quote}$", line[: column - 1])
    if open is not None and spot.braces >= 0:
        start = spot.source.starts[number - 1] + open.start()
        whole = spot.span(start, spot.source.starts[number - 1] + open.end("text"))
        right = f"{whole.text}{quote}"
        at = spot.span(start, start + 1)
        help = f"write `{short(right)}`"
        return problems.yaml_syntax(at, "these quotes are never closed", help, repairs=(writing(whole, right),))
    double = "''" if quote == "'" else '\\"'
    message = f"the quotes end here, before the text does: `{quote}`"
    repairs = _other_quotes(spot, line, column - 1)
    help = f"write `{double}` inside the quotes"
    return problems.yaml_syntax(spot.span(spot.at - 1, spot.at), message, help, repairs=repairs)


def _other_quotes(spot: Spot, line: str, column: int) -> tuple[Repair, ...]:
    """The text around a column of a line in quotes of the other kind, where it has none of them."""
    quote, other = ("'", '"') if line[column - 1] == "'" else ('"', "'")
    begin = spot.source.line_start(spot.at)
    if len(line) > LONGEST_LINE:
        return ()
    for found in re.finditer(
        rf"(?<![^\s,:\[{{]){quote}(?P<text>[^{other}\\]*?){quote}(?=[ \t]*+(?:{_ENDS.pattern}))", line
    ):
        if found.start() < column < found.end():
            return (writing(spot.span(begin + found.start(), begin + found.end()), f"{other}{found['text']}{other}"),)
    return ()


_NAME_IN_QUOTES = re.compile(
    r"(?P<quote>['\"])(?P<braces>\{{1,2})?[ \t]*(?P<name>[\w.]+)[ \t]*\}{0,2}(?P=quote)"
    r"(?P<rest>(?(braces)|(?=[ \t]*(?:[!=]=|[<>]=?)[ \t]*['\"\d]))[^\r\n]*)$"
)
"""A name in braces and quotes, or in quotes where it is compared with a text or a number, and the rest of the
expression that it begins."""


def behind_quotes(spot: Spot) -> Finding | None:
    """`"Great" he said`: a text that begins with a word in quotes."""
    column = spot.source.position(spot.at)[1]
    before = spot.source.line(spot.source.position(spot.at)[0])[: column - 1].rstrip()
    if (
        before[-1:] not in ("'", '"')
        or not spot.here.strip("]}")
        or not spot.problem.startswith("did not find expected")
    ):
        return None
    triple = _triple(spot)
    if triple is not None:
        return triple
    at = spot.span(spot.at, spot.at + 1)
    whole = value_at(spot, spot.at)
    message = f"the text goes on behind its quotes: `{before[-1]}`"
    if whole is None or whole.text[0] not in "'\"":
        return problems.yaml_syntax(at, message, "put the whole text in quotes of the other kind")
    name = _NAME_IN_QUOTES.match(whole.text)
    if name is not None and spot.source.text[max(whole.start - 4, 0) : whole.start] == "if: ":
        right = f"{name['name']}{name['rest']}"
        help = f"a condition is one expression: write `{short(right)}`"
        return problems.yaml_syntax(at, message, help, repairs=(writing(whole, right),))
    right = in_quotes(whole.text, "the whole text")
    return problems.yaml_syntax(at, message, right, repairs=(quoting(whole),))


def _triple(spot: Spot) -> Finding | None:
    """Three quotes around a text, as in Python."""
    begin = spot.source.line_start(spot.at)
    for found in _TRIPLE.finditer(spot.source.line(spot.source.position(spot.at)[0])):
        if found.start() < spot.at - begin < found.end():
            right = f"{found['quote']}{found['text']}{found['quote']}"
            whole = spot.span(begin + found.start(), begin + found.end())
            at, help = spot.span(whole.start, whole.start + 3), f"write `{short(right)}`"
            message = "three quotes do not begin a text in YAML"
            return problems.yaml_syntax(at, message, help, repairs=(writing(whole, right),))
    return None


def report_hashes(source: Source, reading: Reading, log: Log) -> None:
    """Report quotes with a `#` right behind them: the next quotes on a line below close them, as in `"#fff"`; or a
    comment has no blank before it."""
    for quotes in islice(reading.hashes, MOST):
        first, _, below = quotes.text.partition("\n")
        if any(_SWALLOWED.match(line) for line in below.split("\n")):
            whole = Span(source, quotes.start, quotes.start + len(first.rstrip()))
            log.add(tried(_never_closed(whole), reading))
        else:
            stop = source.starts[source.position(quotes.end)[0] - 1] + len(source.line(source.position(quotes.end)[0]))
            log.add(cut_by_comment(Span(source, quotes.end, stop)))


def _never_closed(whole: Span) -> Finding:
    """`whole`: the quotes up to where they should end."""
    right = whole.text + whole.text[0]
    at, help = Span(whole.source, whole.start, whole.start + 1), f"write `{short(right)}`"
    return problems.yaml_syntax(at, "these quotes are never closed", help, repairs=(writing(whole, right),))
