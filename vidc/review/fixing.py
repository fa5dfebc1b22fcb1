"""fixing: repairs that need no choice, made in the text of a spec.

A repair is made where it is the only one that its finding offers, and where compiling again shows that the finding is
gone and no other has come but notes. Where there was a job already, it must be the same as before; where there was
none, only errors are mended. So what a fix may do is not a list of names but what it is seen to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

from vidc.compile import Compiled
from vidc.diag.finding import Edit, Finding, Repair
from vidc.record import record
from vidc.source import Source

ROUNDS = 50
"""Limit: a repair may uncover another finding with one; so often a text is looked at again."""

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
    refused: set[tuple[str, str, str]] = set()
    for _ in range(ROUNDS):
        chosen = _apart([one for one in _offers(made, source) if _key(*one) not in refused])
        if not chosen:
            break
        after, kept, failed = _tried(made, chosen, compiled)
        refused |= {_key(*one) for one in failed}
        titles += [f"{finding.name}: {repair.title}" for finding, repair in kept]
        made, source = after, after.source
    return Fixed(source.text, titles)


def _offers(made: Compiled, source: Source) -> list[Offer]:
    """The findings with one repair, whose edits are all in the file itself."""
    return [
        (finding, finding.words.repairs[0])
        for finding in made.findings
        if len(finding.words.repairs) == 1
        and finding.words.repairs[0].edits
        and all(edit.span.source is source for edit in finding.words.repairs[0].edits)
    ]


def _key(finding: Finding, repair: Repair) -> tuple[str, str, str]:
    return finding.name, finding.words.at.path or finding.span.text, repair.title


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


def _tried(made: Compiled, chosen: list[Offer], compiled: Compile) -> tuple[Compiled, list[Offer], list[Offer]]:
    """What comes of them, those that were made, and those that do not do what they promise.

    All at once where that is well, else one by one up to the first that is.
    """
    after = _after(made, chosen, compiled)
    if _is_better(made, after, chosen):
        return after, chosen, []
    failed: list[Offer] = []
    for one in chosen if len(chosen) > 1 else []:
        after = _after(made, [one], compiled)
        if _is_better(made, after, [one]):
            return after, [one], failed
        failed.append(one)
    return made, [], chosen


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
    old, new = (
        Counter((one.name, one.words.at.path) for one in made.findings if one.severity != "note")
        for made in (before, after)
    )
    gone = Counter((finding.name, finding.words.at.path) for finding, _ in chosen)
    if any(new[key] > max(old[key] - gone[key], 0) for key in new):
        return False
    if before.job is None:
        return all(finding.severity == "error" for finding, _ in chosen)
    return after.job is not None and after.job.data == before.job.data


def difference(path: str, old: str, new: str) -> str:
    """What the fixes change, as a unified diff that `patch` and `git apply` read."""
    from difflib import unified_diff

    lines = unified_diff(old.splitlines(True), new.splitlines(True), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
