"""concise: one line for each finding."""

from __future__ import annotations

from .finding import Finding
from .result import Result, region, shown
from .sink import brief, clean


def render(results: list[Result], *, notes: bool = False) -> str:
    """`file:line:column: severity: message [name]`, as compilers have it and editors read it."""
    return "".join(f"{line(finding)}\n" for result in shown(results, notes) for finding in result.findings)


def line(finding: Finding) -> str:
    at = region(finding.span)
    place = f"{clean(finding.span.source.path)}:{at.line}:{at.column}"
    return f"{place}: {finding.severity}: {brief(finding.words.message)} [{finding.name}]"
