"""again: a text read a second time, without what is no YAML in it but was clearly meant as such, or with what is lost
there."""

from __future__ import annotations

from collections.abc import Callable

from vidc.diag.finding import Log
from vidc.ir.tree import Mapping, Scalar
from vidc.source import Source

from . import blanks, curly, dashes, slashes
from .read import Reading

ABOVE = 40
"""Limit: so many lines above the place are looked at: a text may be long that a key without a blank begins."""

Read = Callable[[str], Reading]
Reread = Callable[[str, int], Reading | None]


def read_again(source: Source, first: Reading, read: Read, log: Log, before: int) -> Reading:
    """The reading without comments of other languages, or without odd blanks where plain ones are needed, or with the
    dashes that are lost: one finding speaks of all of a kind, or of each dash, and what else is wrong shows as well.
    The first reading where there are none.

    `before`: how many findings the log had before the first reading.
    """
    kept = log.findings[before:]

    def reread(text: str, beyond: int) -> Reading | None:
        """The reading of a text in the place of the first, if it goes beyond a place; else the log is as it was."""
        log.take_back(log.findings[before:])
        second = read(text)
        if second.failed is None or second.failed > beyond:
            return second
        log.take_back(log.findings[before:])
        for finding in kept:
            log.add(finding)
        return None

    return (
        _without_slashes(source, first, reread, log)
        or (not source.text.isascii() and _without_odd_signs(source, first, reread, log))
        or _with_dashes(source, first, reread, log)
        or first
    )


def _without_slashes(source: Source, first: Reading, reread: Reread, log: Log) -> Reading | None:
    found = slashes.comments(source, first.root, first.failed)
    if not found:
        return None
    beyond = -1 if first.failed is None or slashes.is_json(source.text, first.root) else first.failed
    second = reread(slashes.without(source.text, found), beyond)
    if second is not None:
        log.add(slashes.report(found))
    return second


def _with_dashes(source: Source, first: Reading, reread: Reread, log: Log) -> Reading | None:
    lost = dashes.lost(source, first.repeated)
    second = reread(dashes.put(source.text, lost), -1) if lost else None
    if second is not None:
        dashes.report(source, lost, log)
    return second


def _without_odd_signs(source: Source, first: Reading, reread: Reread, log: Log) -> Reading | None:
    quotes = curly.slips(source)
    if quotes:
        second = reread(curly.without(source.text, quotes), len(source.text) if first.failed is None else -1)
        if second is not None:
            log.add(curly.report(quotes))
        return second
    slips = blanks.slips(source)
    if first.failed is not None:
        return _where_it_stops(source, first, slips, reread, log)
    told = blanks.in_tree(slips, first.root) if first.root is not None else []
    second = reread(blanks.without(source.text, told), -1) if told else None
    if second is None:
        return None
    log.add(blanks.report(told, is_more=second.error is not None))
    if second.error is None:
        return second
    return Reading(second.text, Scalar(None, source, 0, 0, unknown=True, faulty=True), [])


def _where_it_stops(
    source: Source, first: Reading, slips: list[blanks.Slip], reread: Reread, log: Log
) -> Reading | None:
    """The reading with plain blanks, where it gets further than the first."""
    lines = _lines(source, first)
    near = blanks.near(slips, lines) or blanks.near(slips, set(range(min(lines) - ABOVE, max(lines))))
    second = reread(blanks.without(source.text, slips), first.failed or 0) if near else None
    if second is None:
        return None
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
