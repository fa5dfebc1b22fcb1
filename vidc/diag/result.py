"""Result: one file that was looked at and its findings; which of them are shown, and in what order."""

from __future__ import annotations

from collections.abc import Callable

from vidc.record import record, replace
from vidc.source import Key, Source, Span

from .finding import Finding, Severity

_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


@record
class Result:
    """`file` is how the file is shown; `source` is None where it could not be read."""

    file: str
    source: Source | None
    findings: list[Finding]


@record
class Region:
    """Where a span stands, kept inside its text: lines and columns from 1, the end not included."""

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


def region(span: Span) -> Region:
    size = len(span.source.text)
    start = min(max(span.start, 0), size)
    end = min(max(span.end, start), size)
    return Region(*span.source.position(start), *span.source.position(end), start, end)


def strictly(findings: list[Finding], strict: bool = True) -> list[Finding]:
    """The findings with every warning an error, if `strict`."""
    if not strict:
        return findings
    return [replace(finding, severity="error") if finding.severity == "warning" else finding for finding in findings]


def without_followers(findings: list[Finding]) -> list[Finding]:
    """The findings without those that follow from another one alone: that one stands for them, as severe as they."""
    followers: dict[Key, list[Finding]] = {}
    for finding in findings:
        if finding.words.follows is not None:
            followers.setdefault(finding.words.follows.key, []).append(finding)
    if not followers:
        return findings
    first = {finding.span.key for finding in findings if finding.words.follows is None}
    kept = []
    for finding in findings:
        if finding.words.follows is None:
            kept.append(_leading(finding, followers.get(finding.span.key, [])))
        elif finding.words.follows.key not in first:
            kept.append(finding)
    return kept


def _leading(finding: Finding, followers: list[Finding]) -> Finding:
    """The finding, as severe as those that it stands for."""
    if not followers:
        return finding
    severity = min((finding.severity, *{one.severity for one in followers}), key=_RANK.__getitem__)
    cuts = finding.words.cuts or any(one.words.cuts for one in followers)
    return replace(finding, severity=severity, words=replace(finding.words, cuts=cuts))


def shown(results: list[Result], notes: bool) -> list[Result]:
    """What is shown: notes only where asked for."""
    return results if notes else [replace(result, findings=_without_notes(result.findings)) for result in results]


def _without_notes(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity != "note"]


def order(findings: list[Finding], root: Source | None = None) -> list[Finding]:
    """By file, the root's own first, then place, severity and name: the same for every run."""

    def rank(finding: Finding) -> tuple[bool, str, int, int, str, int, str]:
        span = finding.span
        severity = _RANK[finding.severity]
        return (
            span.source is not root,
            span.source.path,
            span.start,
            severity,
            finding.name,
            span.end,
            finding.words.message,
        )

    return sorted(findings, key=rank)


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summary(results: list[Result], hidden_notes: int = 0) -> str:
    """`2 errors, 1 warning`, or `no findings in 3 files`."""
    found = [finding.severity for result in results for finding in result.findings]
    totals = [(found.count(severity), severity) for severity in _RANK]
    said = ", ".join(counted(number, severity) for number, severity in totals if number)
    said = said or f"no findings in {counted(len(results), 'file')}"
    return f"{said} ({counted(hidden_notes, 'note')} not shown: `--notes`)" if hidden_notes else said


def fingerprints(result: Result, named: Callable[[Source], str] = lambda source: source.path) -> list[str]:
    """One for each finding: the same in the next run though lines were added above, and unlike every other.

    `named`: what a file is called in them.
    """
    from hashlib import sha256

    seen: dict[str, int] = {}
    made = []
    for finding in result.findings:
        key = "\0".join((named(finding.span.source), finding.name, _around(finding.span)))
        seen[key] = seen.get(key, 0) + 1
        made.append(sha256(f"{key}\0{seen[key]}".encode(errors="surrogatepass")).hexdigest()[:32])
    return made


def _around(span: Span) -> str:
    """The line that a span begins on, without its indentation, and no more of it than 100 characters on each side."""
    text, place = span.source.text, region(span)
    line = span.source.starts[place.line - 1]
    before = text[max(line, place.start - 100) : place.start]
    after = text[place.start : place.start + 100].splitlines()
    return f"{before.lstrip()}\0{after[0].rstrip() if after else ''}"
