"""unfilled: a field that takes no text, and fails because nothing filled in the `<name>` that it holds."""

from __future__ import annotations

from vidc.diag.finding import Finding, Log
from vidc.problems.wording import OR_TEXT
from vidc.record import replace
from vidc.source import Span

KINDS = frozenset(("misspelt-name", "unfilled-loop", "unfilled-name", "worked-in-brackets"))
"""The warnings that say of a `<name>` that it stays as text."""

Brackets = dict[tuple[int, int], list[Finding]]
"""Those of one spec, by the text that they are in and where they begin."""


def _gather(log: Log, found: Brackets) -> None:
    """What was said of names in angle brackets so far, looked for once: `found` is not empty then."""
    found[0, -1] = []
    for finding in log.findings:
        if finding.name in KINDS:
            found.setdefault((id(finding.span.source), finding.span.start), []).append(finding)


def caused(log: Log, brackets: Brackets, span: Span, finding: Finding) -> Finding:
    """The finding, with the help of the warning that says why its value was not filled in; that is taken back, as one
    mistake is one finding."""
    if not brackets:
        _gather(log, brackets)
    raw = span.text[:2]
    if span.text.strip("'\"")[-1:] != ">":
        return finding
    begins = (span.start, span.start + 1, span.start + 2) if raw[:1] in ("'", '"') else (span.start, span.start + 1)
    for start in begins:
        said = brackets.get((id(span.source), start))
        if said:
            log.take_back(said)
            words, help = said[0].words, said[0].words.help.partition(OR_TEXT)[0].rstrip(";")
            said[1:] = []
            return replace(finding, words=replace(finding.words, help=help, repairs=words.repairs))
    return finding
