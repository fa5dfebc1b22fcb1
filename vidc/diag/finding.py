"""Finding: one thing that is wrong or unwise in a spec, with its place, reason and repairs; Log: all of them."""

from __future__ import annotations

from vidc.hints import Literal
from vidc.record import record
from vidc.source import Span

Severity = Literal["error", "warning", "note"]
Verdict = Literal["always", "maybe"]


@record
class Via:
    """One step through which an author's line came to stand where it is: a loop's turn, a component, an include."""

    text: str
    span: Span


@record
class Place:
    """Where a finding points: the smallest span to fix, the path of what it speaks of (`scenes[0].tracks[2]`, in the
    expanded spec), and through what the line came there, outermost first."""

    span: Span
    path: str = ""
    via: tuple[Via, ...] = ()


@record
class Label:
    """What is true at another place that took part."""

    span: Span
    text: str


@record
class Edit:
    """Replace the span by the text; an empty span inserts."""

    span: Span
    text: str


@record
class Repair:
    """A change that was tried and satisfies the spec. `edits` is empty where no single piece of text can be changed.

    `sure`: what it writes follows from the spec. Else it holds a length that is estimated or chosen, which is for the
    author to say, and is never made without being asked for.
    """

    title: str
    edits: tuple[Edit, ...] = ()
    sure: bool = True


@record
class Condition:
    """When a `maybe` happens: the length of the track `of` compared by `op` (`<`, `<=`, `>`, `>=`) with `ms`.

    Where it depends on two lengths, `less` is the track whose length is taken from the first.
    """

    of: str
    op: str
    ms: int
    less: str = ""


@record
class Amount:
    """How much is cut or missing, in ms, over the bounds of the unknown lengths; `high` may be infinite."""

    low: int
    expected: int
    high: int | float


@record
class Words:
    """What a problem's function returns: the message and everything else but the name.

    `severity` is set only where it differs from the one that the problem was declared with. `follows`: the place of
    another finding from which alone this one follows.
    """

    message: str
    at: Place
    labels: tuple[Label, ...] = ()
    help: str = ""
    severity: Severity | None = None
    verdict: Verdict | None = None
    condition: tuple[Condition, ...] = ()
    amount: Amount | None = None
    conflict: tuple[Span, ...] = ()
    repairs: tuple[Repair, ...] = ()
    expected: bool = True
    cuts: bool = False
    follows: Span | None = None


@record
class Finding:
    """A named finding. `name` is the whole of its identity; `words` are what it says."""

    name: str
    severity: Severity
    words: Words

    @property
    def span(self) -> Span:
        return self.words.at.span


class Full(Exception):  # noqa: N818  # no error of the program: it ends a compilation that has found too much
    """A log is full, and nothing more is looked for."""


MAX_NOTES = 10_000
"""Limit: so many notes of one spec are kept, the first ones."""


class Log:
    """The findings of one compilation, in the order in which they were found, each once: a loop finds the same mistake
    of the author in every turn, and the first turn says it.

    Limit: after `limit` errors and warnings, `add` raises `Full`, which `compile` catches: nobody reads more, and a
    hostile text could make a finding of every character.
    """

    __slots__ = ("_said", "findings", "left", "notes")

    def __init__(self, limit: int = 10_000) -> None:
        self.findings: list[Finding] = []
        self.left = limit
        self.notes = 0
        self._said: set[tuple[str, int, int, str]] = set()

    def add(self, finding: Finding) -> None:
        what = _said(finding)
        if what in self._said:
            return
        if finding.severity == "note":
            if self.notes == MAX_NOTES:
                return
            self.notes += 1
        else:
            self.left -= 1
        self._said.add(what)
        self.findings.append(finding)
        if self.left < 0:
            raise Full

    def take_back(self, kept: int) -> None:
        """Forget all findings but the first so many."""
        for finding in self.findings[kept:]:
            self._said.discard(_said(finding))
            if finding.severity == "note":
                self.notes -= 1
            else:
                self.left += 1
        del self.findings[kept:]

    @property
    def has_error(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)


def _said(finding: Finding) -> tuple[str, int, int, str]:
    """What two findings have in common that say the same of the same place."""
    span = finding.words.at.span
    return finding.name, id(span.source), span.start, finding.words.message
