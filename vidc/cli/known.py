"""known: the baseline that a lint is held against, read from its file or written to it."""

from __future__ import annotations

import os
from collections.abc import Callable

import click

from vidc.diag.result import Result
from vidc.diag.sink import clean
from vidc.project import load
from vidc.record import replace
from vidc.review.baseline import NotABaseline, entries_of, parsed, sift, text_of

from .end import complain
from .writing import write_file

Results = list[Result]


def sifted(path: str, writes: bool) -> Callable[[Results], Results]:
    """What is left of results by the baseline at `path`; stale entries are named. `writes`: it is written anew."""

    def write(results: Results) -> Results:
        write_file(path, text_of(entries_of(results, path)))
        return [replace(result, findings=[]) for result in results]

    def read(results: Results) -> Results:
        if not os.path.lexists(path):
            raise click.UsageError(f"there is no baseline {clean(path)}; `--write-baseline` makes it.")
        try:
            found = sift(results, parsed(load(path).text), path)
        except NotABaseline as error:
            raise click.UsageError(f"{clean(path)}: {error}") from error
        for entry in found.stale:
            complain(f"{path}: stale: {entry.file} has no more `{entry.name}`: {entry.message}")
        return found.results

    return write if writes else read
