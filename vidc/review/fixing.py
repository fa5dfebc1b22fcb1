"""fixing: repairs that need no choice, made in the text of a spec.

A repair is made where it is the only one that its finding offers, where what it writes follows from the spec (no length
that is estimated or chosen), and where compiling again shows that the finding is gone and no other has come but notes.
Where there was a job already, it must be the same as before; where there was none, only errors are mended. So what a
fix may do is not a list of names but what it is seen to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias

from vidc.compile import Compiled
from vidc.diag.finding import Edit, Finding, Repair
from vidc.passes.emit import emit
from vidc.record import record
from vidc.source import Source

ROUNDS = 50
TRIES = 40
"""Limits: a repair may uncover another finding with one; so often a text is looked at again, and so many sets of
repairs are tried each time. The same text is always treated the same: what one run leaves, the next one leaves too."""

Offer: TypeAlias = tuple[Finding, Repair]
Compile: TypeAlias = Callable[[Source], Compiled]


@record
class Fixed:
    """`text`: the whole text with the repairs made. `titles`: what was done, in the order of the text as it was."""

    text: str
    titles: list[str]


def fixed(source: Source, compiled: Compile) -> Fixed:
    """Make every repair that needs no choice."""
    made = compiled(source)
    titles: list[str] = []
    for _ in range(ROUNDS):
        after, kept = _Round(made, compiled).best()
        if not kept:
            break
        titles += [f"{finding.name}: {repair.title}" for finding, repair in kept]
        made = after
    return Fixed(made.source.text, titles)


def _offers(made: Compiled) -> list[Offer]:
    """The findings with one repair, whose edits are all in the file itself."""
    return [
        (finding, finding.words.repairs[0])
        for finding in made.findings
        if len(finding.words.repairs) == 1
        and finding.words.repairs[0].edits
        and finding.words.repairs[0].sure
        and all(edit.span.source is made.source for edit in finding.words.repairs[0].edits)
    ]


def _apart(offers: list[Offer]) -> list[Offer]:
    """Those whose edits do not touch one another, the first in the text before the others."""
    kept: list[Offer] = []
    taken: list[tuple[int, int]] = []
    for offer in sorted(offers, key=lambda one: min(edit.span.start for edit in one[1].edits)):
        spans = [(edit.span.start, edit.span.end) for edit in offer[1].edits]
        if all(end < first or last < start for start, end in spans for first, last in taken):
            kept.append(offer)
            taken += spans
    return kept


class _Round:
    """Which of the repairs that a text offers do what they promise, all of them tried at once, else in halves."""

    def __init__(self, made: Compiled, compiled: Compile) -> None:
        self.made = self.after = made
        self.compiled = compiled
        self.left = TRIES

    def best(self) -> tuple[Compiled, list[Offer]]:
        """What comes of them, and those that were made."""
        offers = _offers(self.made)
        while offers and self.left > 0:
            chosen = _apart(offers)
            kept = self._grown([], chosen)
            if kept:
                return self.after, kept
            offers = [one for one in offers if not any(one is other for other in chosen)]
        return self.made, []

    def _grown(self, kept: list[Offer], more: list[Offer]) -> list[Offer]:
        """Those that are kept and as many more as go with them."""
        if self.left <= 0 or not more:
            return kept
        self.left -= 1
        tried = kept + more
        after = _after(self.made, tried, self.compiled)
        if _is_better(self.made, after, tried):
            self.after = after
            return tried
        if len(more) == 1:
            return kept
        come = {path for _, path in _come(self.made, after, tried)}
        harmless = [one for one in more if one[0].words.at.path not in come]
        if 0 < len(harmless) < len(more):
            return self._grown(kept, harmless)
        middle = len(more) // 2
        return self._grown(self._grown(kept, more[:middle]), more[middle:])


def _after(made: Compiled, chosen: list[Offer], compiled: Compile) -> Compiled:
    edits = [edit for _, repair in chosen for edit in repair.edits]
    source = made.source
    return compiled(Source(source.path, applied(source.text, edits), source.file))


def applied(text: str, edits: list[Edit]) -> str:
    """The text with edits made, whose spans are apart."""
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end), reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _is_better(before: Compiled, after: Compiled, chosen: list[Offer]) -> bool:
    """Whether these findings are gone, nothing has come, and no job that was there has become another."""
    if _come(before, after, chosen):
        return False
    job = _job(before)
    if job is None:
        return all(finding.severity == "error" for finding, _ in chosen)
    return bool(_job(after) == job)


def _job(made: Compiled) -> Any:
    """What the service would take; None where an error stands in the way. A draft has it too: a variable that waits
    for its value is the same before and after."""
    broken = made.spec is None or any(finding.severity == "error" for finding in made.findings)
    return None if made.spec is None or broken else emit(made.spec).data


def _come(before: Compiled, after: Compiled, chosen: list[Offer]) -> list[tuple[str, str]]:
    """The name and path of what was not found before, or was to be gone."""
    old, new = (
        Counter((one.name, one.words.at.path) for one in made.findings if one.severity != "note")
        for made in (before, after)
    )
    gone = Counter((finding.name, finding.words.at.path) for finding, _ in chosen)
    return [key for key in new if new[key] > max(old[key] - gone[key], 0)]


def difference(path: str, old: str, new: str) -> str:
    """What the fixes change, as a unified diff that `patch` and `git apply` read."""
    from difflib import unified_diff

    lines = unified_diff(old.splitlines(True), new.splitlines(True), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
