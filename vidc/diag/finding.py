"""Finding: one thing that is wrong or unwise in a spec, with its place, reason and repairs; Log: all of them."""

from __future__ import annotations

from vidc.hints import Literal, TypeAlias
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
    """The findings of one compilation, in the order in which they were found.

    A loop finds the same mistake of the author in every turn. `once` gives what is said, each once.

    Limit: after `limit` errors and warnings that differ, `add` raises `Full`, which `compile` catches: nobody reads
    more, and a hostile text could make a finding of every character.
    """

    __slots__ = ("_limit", "_said", "findings", "left", "notes")

    def __init__(self, limit: int = 10_000) -> None:
        self.findings: list[Finding] = []
        self.left = self._limit = limit
        self.notes = 0
        self._said: set[Said] | None = None  # made when there is no room: few specs have so many findings

    def add(self, finding: Finding) -> None:
        if self._said is not None:
            if said(finding) in self._said or (finding.severity == "note" and self.notes == MAX_NOTES):
                return
            self._said.add(said(finding))
        self.findings.append(finding)
        if finding.severity == "note":
            self.notes += 1
        else:
            self.left -= 1
        if self.left < 0 or self.notes > MAX_NOTES:
            self._make_room()

    def once(self) -> list[Finding]:
        """The findings without those that say again what one before them says of the same place."""
        first: dict[Said, Finding] = {}
        for finding in self.findings:
            first.setdefault(said(finding), finding)
        return list(first.values())

    def _make_room(self) -> None:
        kept = self.once() if self._said is None else self.findings
        self._said = {said(finding) for finding in kept}
        notes = [finding for finding in kept if finding.severity == "note"]
        over = {id(finding) for finding in notes[MAX_NOTES:]}
        self.findings[:] = [finding for finding in kept if id(finding) not in over]
        self.notes = len(notes) - len(over)
        self.left = self._limit - (len(self.findings) - self.notes)
        if self.left < 0:
            raise Full

    def take_back(self, taken: list[Finding]) -> None:
        """Forget some of the findings."""
        for finding in taken:
            if self._said is not None:
                self._said.discard(said(finding))
            if finding.severity == "note":
                self.notes -= 1
            else:
                self.left += 1
        gone = {id(finding) for finding in taken}
        self.findings[:] = [finding for finding in self.findings if id(finding) not in gone]

    @property
    def has_error(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)


Said: TypeAlias = "tuple[str, int, int, str]"


def said(finding: Finding) -> Said:
    """What two findings have in common that say the same of the same place."""
    span = finding.words.at.span
    return finding.name, id(span.source), span.start, finding.words.message
