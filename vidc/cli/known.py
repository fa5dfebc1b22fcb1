"""known: the baseline that a lint is held against, read from its file or written to it."""

from __future__ import annotations

import os
from collections.abc import Callable

import click

from vidc.compile import Compiled
from vidc.diag.baseline import Entry, NotABaseline, entries_of, parsed, sift, text_of
from vidc.diag.result import Result
from vidc.diag.sink import clean
from vidc.project import load
from vidc.record import replace

from .end import complain
from .writing import write_file

Results = list[Result]


def sifted(path: str, writes: bool) -> Callable[[Results], Results]:
    """What is left of results by the baseline at `path`; stale entries are named. `writes`: it is written anew."""

    def write(results: Results) -> Results:
        write_file(path, text_of(entries_of(results, path)))
        return [replace(result, findings=[]) for result in results]

    def read(results: Results) -> Results:
        found = sift(results, _entries(path), path)
        for entry in found.stale:
            complain(f"{path}: stale: {entry.file} has no more `{entry.name}`: {entry.message}")
        return found.results

    return write if writes else read


def unknown(path: str) -> Callable[[Compiled], Compiled]:
    """Leaves to what was compiled only the findings that are not in the baseline at `path`, as it is now."""
    entries = _entries(path)

    def left(made: Compiled) -> Compiled:
        (result,) = sift([Result(made.source.path, made.source, made.findings)], entries, path).results
        return replace(made, findings=result.findings)

    return left


def _entries(path: str) -> list[Entry]:
    if not os.path.lexists(path):
        raise click.UsageError(f"there is no baseline {clean(path)}; `vidc lint --write-baseline` makes it.")
    try:
        return parsed(load(path).text)
    except NotABaseline as error:
        raise click.UsageError(f"{clean(path)}: {error}") from error
