"""What can be wrong at the end, when all passes have spoken."""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Place, Words
from vidc.source import Source, Span


@problem("error")
def breaks_schema(source: Source, where: str, what: str) -> Words:
    """The compiled job does not fit the job's schema.

    Every job is held against the schema once more before it leaves vidc. The earlier checks should have found this, so
    it is a gap in vidc: please report it with the spec. Nothing was sent.
    """
    at = Place(Span(source, 0, 0), where)
    return Words(
        f"the job does not fit the service's schema at {where or 'its top'}: {what}", at, help="please report it"
    )


@problem("error")
def too_large_job(source: Source, why: str) -> Words:
    """The compiled job has more than 100,000 values, or more than 32 million characters.

    Every job is held against the service's schema before it leaves vidc, and for this one that would take too long.
    `vidc import` takes jobs of at most 50,000 values.
    """
    return Words(f"the job is too large: {why}", Place(Span(source, 0, 0)), help="split it into several videos")


@problem("error")
def too_many_findings(at: Place, limit: int) -> Words:
    """A spec has more than 1,000 errors and warnings, and no more are looked for.

    Most often a few of them lead to all others. Mend these first and run vidc again.
    """
    return Words(f"more than {limit:,} mistakes were found, and no more are looked for", at, help="mend these first")
