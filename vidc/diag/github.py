"""github: workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from .finding import Finding
from .result import Result, region, shown
from .sink import MAX_TEXT, github, github_property

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(results: list[Result], *, notes: bool = False) -> str:
    return "".join(f"{_command(finding)}\n" for result in shown(results, notes) for finding in result.findings)


def _command(finding: Finding) -> str:
    at, words = region(finding.span), finding.words
    places: dict[str, str | int] = {"file": github_property(finding.span.source.path), "line": at.line}
    # The runner drops columns, and says so, where the lines differ.
    if at.line == at.end_line:
        places |= {"col": at.column, "endLine": at.end_line, "endColumn": at.end_column}
    else:
        places |= {"endLine": at.end_line}
    places["title"] = github_property(f"vidc: {finding.name}")
    said = f"{words.message[:MAX_TEXT]} [{finding.name}]" + (f"\nhelp: {words.help[:MAX_TEXT]}" if words.help else "")
    properties = ",".join(f"{name}={value}" for name, value in places.items())
    return f"::{_COMMANDS[finding.severity]} {properties}::{github(said)}"
