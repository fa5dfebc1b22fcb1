"""trial: repairs of a text that is no YAML, each tried: what is offered lets the text be read on."""

from __future__ import annotations

from vidc.diag.edits import applied
from vidc.diag.finding import Finding, Log, Repair
from vidc.record import replace
from vidc.source import Source

from .build import Spent, Stop
from .read import Reading, read

LONGEST = 1_000_000
"""Limit: in a longer text no repair is tried, and none is offered."""

_LEVELS = ("mapping values are not allowed", "did not find expected")
"""What a parser says of a line that does not stand as deep as those above."""


def tried(finding: Finding, reading: Reading) -> Finding:
    """A finding of where a text stops being YAML, with those of its repairs that hold, and of these the ones that let
    most be read."""
    left = [_left(repair, reading) for repair in finding.words.repairs]
    least = min((count for count in left if count is not None), default=0)
    repairs = tuple(repair for repair, count in zip(finding.words.repairs, left, strict=True) if count == least)
    return replace(finding, words=replace(finding.words, repairs=repairs))


def _left(repair: Repair, reading: Reading) -> int | None:
    """How much of the text cannot be read with a repair; None where the repair does not hold."""
    if len(reading.text) > LONGEST:
        return None
    text = applied(reading.text, list(repair.edits))
    start = min(edit.span.start for edit in repair.edits)
    end = max(edit.span.end for edit in repair.edits) + len(text) - len(reading.text)
    source, log = Source("", text), Log()
    try:
        again = read(source, text, log, Spent())
    except Stop:
        return None
    if again.fault is not None and not _is_elsewhere(again, text[end : again.fault]):
        return None
    lines = range(source.position(start)[0], source.position(end)[0] + 1)
    if any(found.severity == "error" and source.position(found.span.start)[0] in lines for found in log.findings):
        return None
    return 0 if again.fault is None else len(text) - again.fault


def _is_elsewhere(again: Reading, between: str) -> bool:
    """Whether a text stops being YAML for another reason: by a key behind the repair or on another line, but not on the
    next one for its depth. `between`: what stands between the repair and the place."""
    _, *below = between.split("\n")
    if not below:
        return ":" in between
    is_next = not "".join(below[:-1]).strip()
    return not (is_next and again.error is not None and (again.error.problem or "").startswith(_LEVELS))
