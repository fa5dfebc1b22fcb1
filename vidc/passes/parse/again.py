"""again: a text read a second time, without what is no YAML in it but was clearly meant as such."""

from __future__ import annotations

from collections.abc import Callable

from vidc.diag.finding import Finding, Log
from vidc.ir.tree import Mapping, Scalar
from vidc.source import Source, Span

from . import blanks, curly, slashes
from .read import Reading

ABOVE = 40
"""Limit: so many lines above the place are looked at: a text may be long that a key without a blank begins."""

Read = Callable[[str], Reading]


def read_again(source: Source, first: Reading, read: Read, log: Log, before: int) -> Reading:
    """The reading without comments of other languages, or without odd blanks where plain ones are needed: one finding
    speaks of all of them, and what else is wrong shows as well. The first reading where there are none.

    `before`: how many findings the log had before the first reading.
    """
    found = slashes.comments(source, first.root, first.failed)
    if found:
        log.take_back(log.findings[before:])
        log.add(slashes.report(found))
        return read(slashes.without(source.text, found))
    if source.text.isascii():
        return first
    quotes = curly.slips(source)
    if quotes:
        return _with_straight_quotes(source, first, quotes, read, log, before)
    slips = blanks.slips(source)
    if first.error is not None:
        return _where_it_stops(source, first, slips, read, log, before)
    told = blanks.in_tree(slips, first.root) if first.root is not None else []
    if not told:
        return first
    log.take_back(log.findings[before:])
    second = read(blanks.without(source.text, told))
    log.add(blanks.report(told, is_more=second.error is not None))
    if second.error is None:
        return second
    return Reading(second.text, Scalar(None, source, 0, 0, unknown=True, faulty=True), [])


def _with_straight_quotes(
    source: Source, first: Reading, quotes: list[Span], read: Read, log: Log, before: int
) -> Reading:
    kept = log.findings[before:]
    log.take_back(kept)
    second = read(curly.without(source.text, quotes))
    if second.error is None or first.error is not None:
        log.add(curly.report(quotes))
        return second
    log.take_back(log.findings[before:])
    for finding in kept:
        log.add(finding)
    return first


def _where_it_stops(
    source: Source, first: Reading, slips: list[blanks.Slip], read: Read, log: Log, before: int
) -> Reading:
    """The reading with plain blanks, where it gets further than the first."""
    lines = _lines(source, first)
    near = blanks.near(slips, lines) or blanks.near(slips, set(range(min(lines) - ABOVE, max(lines))))
    if not near:
        return first
    kept: list[Finding] = log.findings[before:]
    log.take_back(kept)
    second = read(blanks.without(source.text, slips))
    if second.failed is not None and first.failed is not None and second.failed <= first.failed:
        log.take_back(log.findings[before:])
        for finding in kept:
            log.add(finding)
        return first
    free = blanks.outside(slips, second.root) if isinstance(second.root, Mapping) else []
    starts = {slip.span.start for slip in free}
    told = [slip for slip in near if slip.where == blanks.INDENTATION or slip.span.start in starts or not free]
    once = {slip.span.start: slip for slip in (*told, *free)}
    log.add(blanks.report([once[start] for start in sorted(once)]))
    return second


def _lines(source: Source, reading: Reading) -> set[int]:
    """The lines that may be at fault: where it stops, the one above, and where what is read there began."""
    assert reading.failed is not None
    assert reading.error is not None
    number = source.position(reading.failed)[0]
    above = next((one for one in range(number - 1, max(number - 20, 0), -1) if source.line(one).strip()), number)
    begun = reading.error.context_mark
    return {number, above, source.position(min(begun.index, len(source.text)))[0] if begun else number}
