"""baseline: findings that were there before, kept in a file so that only new ones are shown.

Entries have no lines: a finding is known by its file, its name and the text around it, so adding lines above changes
nothing. What is mended leaves a stale entry, which is reported until the baseline is written again.
"""

from __future__ import annotations

import os
from typing import Any

from vidc.record import record, replace
from vidc.source import Source

from .result import Result, fingerprints
from .sink import brief, clean

VERSION = 1


class NotABaseline(Exception):  # noqa: N818  # named as what is the case
    """The file is none; its text says why and what to do."""


@record
class Entry:
    """`file` is relative to the baseline's folder; `message` is for those who read the file."""

    file: str
    name: str
    message: str
    key: str


@record
class Sifted:
    """What is new, and the entries of files that were looked at which fit nothing any more."""

    results: list[Result]
    known: int
    stale: list[Entry]


def entries_of(results: list[Result], path: str) -> list[Entry]:
    """Every error and warning as an entry for a baseline at `path`. Notes are no trouble and stay out."""
    named = _named(path)
    found: list[Entry] = []
    for result in results:
        for key, finding in zip(fingerprints(result, named), result.findings, strict=True):
            if finding.severity != "note":
                message = brief(finding.words.message)
                found.append(Entry(clean(named(finding.span.source)), finding.name, message, key))
    unique = {entry.key: entry for entry in found}
    return sorted(unique.values(), key=lambda entry: (entry.file, entry.name, entry.message, entry.key))


def text_of(entries: list[Entry]) -> str:
    """The baseline's text: one line an entry, sorted, so that changes read well and branches merge."""
    from .as_json import dumped

    lines = [dumped({"file": one.file, "name": one.name, "message": one.message, "key": one.key}) for one in entries]
    return f'{{"vidc-baseline": {VERSION}, "findings": [\n' + ",\n".join(lines) + "\n]}\n"


def parsed(text: str) -> list[Entry]:
    """The entries of a baseline's text."""
    from json import loads

    try:
        data: Any = loads(text)
        if data["vidc-baseline"] != VERSION:
            raise NotABaseline("another version of vidc wrote it; write it again with `--write-baseline`")
        fields = [(one["file"], one["name"], one["message"], one["key"]) for one in data["findings"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotABaseline("it is not what `--write-baseline` writes; write it again") from error
    if not all(isinstance(value, str) for one in fields for value in one):
        raise NotABaseline("it is not what `--write-baseline` writes; write it again")
    return [Entry(*one) for one in fields]


def sift(results: list[Result], entries: list[Entry], path: str) -> Sifted:
    """The results without what the baseline at `path` knows."""
    named = _named(path)
    known = {entry.key for entry in entries}
    met: set[str] = set()
    sifted: list[Result] = []
    count = 0
    for result in results:
        fresh = []
        for key, finding in zip(fingerprints(result, named), result.findings, strict=True):
            if key in known and finding.severity != "note":
                met.add(key)
                count += 1
            else:
                fresh.append(finding)
        sifted.append(replace(result, findings=fresh))
    looked_at = {clean(named(result.source)) for result in results if result.source is not None}
    stale = [entry for entry in entries if entry.key not in met and entry.file in looked_at]
    return Sifted(sifted, count, stale)


def _named(path: str) -> Any:
    folder = os.path.dirname(os.path.realpath(path))

    def named(source: Source) -> str:
        return os.path.relpath(source.file, folder).replace(os.sep, "/") if source.file else source.path

    return named
