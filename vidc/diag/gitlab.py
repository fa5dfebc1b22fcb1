"""gitlab: a Code Quality report, which GitLab shows in a merge request."""

from __future__ import annotations

from typing import Any

from .as_json import dumped
from .finding import Finding
from .result import Result, fingerprints, region, shown
from .sink import brief, clean

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def render(results: list[Result], *, notes: bool = False) -> str:
    report = [
        _object(finding, fingerprint)
        for result in shown(results, notes)
        for finding, fingerprint in zip(result.findings, fingerprints(result), strict=True)
    ]
    return dumped(report, indent=2) + "\n"


def _object(finding: Finding, fingerprint: str) -> dict[str, Any]:
    at = region(finding.span)
    return {
        "description": brief(finding.words.message),
        "check_name": finding.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        # GitLab matches paths as git writes them.
        "location": {
            "path": clean(finding.span.source.path.removeprefix("./")),
            "lines": {"begin": at.line, "end": at.end_line},
        },
    }
