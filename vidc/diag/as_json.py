"""as_json: one object for each finding, for programs."""

from __future__ import annotations

from typing import Any

from vidc.clock import INF
from vidc.source import Source, Span

from .edits import as_there
from .finding import Amount, Condition, Finding, Repair
from .result import Result, region, shown
from .sink import brief, clean


def render(results: list[Result], *, notes: bool = False) -> str:
    """A list with one finding a line. Lines and columns count from 1, offsets from 0, all in characters.

    A span in another file than the finding's has that `file`; an amount that is unbounded above is null there.
    """
    objects = [dumped(as_object(finding)) for result in shown(results, notes) for finding in result.findings]
    return "[\n" + ",\n".join(objects) + "\n]\n" if objects else "[]\n"


def dumped(value: object, indent: int | None = None) -> str:
    """JSON in ASCII that no terminal and no build runner takes for an order, and that reads back as the same."""
    from json import dumps

    return dumps(value, indent=indent).replace("\x7f", "\\u007f").replace("##", "#\\u0023")


def as_object(finding: Finding) -> dict[str, Any]:
    words, home = finding.words, finding.span.source
    return {
        "name": finding.name,
        "severity": finding.severity,
        "message": brief(words.message),
        "file": clean(home.path),
        "span": _span(finding.span, home),
        "labels": [{"span": _span(label.span, home), "text": brief(label.text)} for label in words.labels],
        "help": brief(words.help, keep_newlines=True) or None,
        "path": clean(words.at.path),
        "via": [{"text": brief(step.text), "span": _span(step.span, home)} for step in words.at.via],
        "verdict": words.verdict,
        "condition": _condition(words.condition),
        "amount": _amount(words.amount),
        "conflict": [_span(span, home) for span in words.conflict],
        "repairs": [_repair(repair, home) for repair in words.repairs],
    }


def _span(span: Span, home: Source) -> dict[str, Any]:
    at = region(span)
    made: dict[str, Any] = {
        "start": {"line": at.line, "column": at.column, "offset": at.start},
        "end": {"line": at.end_line, "column": at.end_column, "offset": at.end},
    }
    return made if span.source is home else {"file": clean(span.source.path), **made}


def _condition(conditions: tuple[Condition, ...]) -> dict[str, Any] | None:
    """The first one; where all of several must hold, the others under `and`."""
    if not conditions:
        return None
    first, *others = (
        {"of": clean(f"{each.of} - {each.less}" if each.less else each.of), "op": each.op, "ms": each.ms}
        for each in conditions
    )
    return {**first, "and": others} if others else first


def _amount(amount: Amount | None) -> dict[str, int | float | None] | None:
    if amount is None:
        return None
    return {
        "low": amount.low,
        "expected": amount.expected,
        "high": None if amount.high == INF else amount.high,
    }


def _repair(repair: Repair, home: Source) -> dict[str, Any]:
    edits = [{"span": _span(edit.span, home), "text": edit.text} for edit in map(as_there, repair.edits)]
    return {"title": brief(repair.title), "edits": edits}
