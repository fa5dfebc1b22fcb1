"""syntax: where a text stops being YAML, and what its author's hand may have done there."""

from __future__ import annotations

from vidc.diag.finding import Finding, Label, Log
from vidc.problems import syntax as problems
from vidc.source import Source

from . import brackets, conflict, layout, levels, marks, quotes, unquoted
from .read import Reading
from .spot import Spot, spot_of, value_at
from .trial import tried

_TELLS = (
    conflict.conflict,
    layout.tab,
    layout.statement,
    brackets.comment_in_braces,
    quotes.unclosed,
    brackets.unclosed,
    layout.unindented_text,
    marks.missing_blank,
    marks.bullet,
    marks.missing_colon,
    brackets.closes_nothing,
    brackets.items_in_braces,
    brackets.closes_early,
    brackets.second_comma,
    brackets.missing_colon,
    brackets.comma_behind,
    brackets.missing_opening,
    levels.first_dash,
    levels.dash_above,
    levels.second_dash,
    levels.line_above,
    unquoted.colon,
    unquoted.beginning,
    unquoted.behind_words,
    quotes.end_early,
    brackets.missing_comma,
    quotes.behind_quotes,
    layout.comment_in_text,
    levels.between_levels,
    levels.missing_dash,
)
"""Whatever may be told from the lines; the first that sees what it knows speaks."""


def report(source: Source, reading: Reading, log: Log, before: int) -> None:
    """Report why a text is no YAML: one finding, whatever was found right before it.

    `before`: how many findings the log had before the reading.
    """
    spot = spot_of(source, reading)
    loose = _loose(spot, log.findings[before:])
    if loose is None:
        log.add(_explained(spot, reading))
        return
    whole = value_at(spot, loose.span.start)
    if whole is not None and whole.start <= loose.span.start:
        log.take_back([loose])
        log.add(tried(unquoted.needing_quotes(spot, whole, whole.start), reading))


def _loose(spot: Spot, found: list[Finding]) -> Finding | None:
    """What was found on the same line, and stands for a text without quotes: braces, an alias or a tag; also a tag that
    is not in the document's mapping."""
    last = found[-1] if found else None
    if last is None or last.name not in ("key-not-text", "unknown-alias", "tag-used"):
        return None
    lines = [spot.source.position(at)[0] for at in (last.span.start, spot.at)]
    is_lone = last.name == "tag-used" and not spot.source.text[: last.span.start].strip()
    return last if lines[0] == lines[1] or is_lone else None


def _explained(spot: Spot, reading: Reading) -> Finding:
    """What the first says whose repair holds, or that offers none; else the first of all, without its repair."""
    told: Finding | None = None
    for tell in _TELLS:
        found = tell(spot)
        if found is None:
            continue
        held = tried(found, reading)
        if held.words.repairs or not found.words.repairs:
            return held
        told = told or held
    return told or _as_the_parser_says(spot)


def _as_the_parser_says(spot: Spot) -> Finding:
    at = spot.span(spot.at, min(spot.at + 1, len(spot.source.text)))
    labels: tuple[Label, ...] = ()
    if spot.context >= 0 and spot.context != spot.at:
        begin = spot.span(spot.context, min(spot.context + 1, len(spot.source.text)))
        labels = (Label(begin, problems.opened(spot.reading)),)
    message, help = problems.advice(spot.problem)
    return problems.yaml_syntax(at, message, help, labels)
