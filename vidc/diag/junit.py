"""junit: a test report, which every build server reads. A file is a suite, a finding a case that failed."""

from __future__ import annotations

from .concise import line
from .finding import Finding
from .result import Result, region, shown
from .sink import brief, clean


def render(results: list[Result], *, notes: bool = False) -> str:
    """A clean file is one case that passes; so is a note, with its text as output."""
    results = shown(results, notes)
    suites = "".join(map(_suite, results))
    tests, failures = map(sum, zip(*map(_counts, results), strict=True)) if results else (0, 0)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<testsuites name="vidc" tests="{tests}" failures="{failures}" errors="0">\n{suites}</testsuites>\n'


def _counts(result: Result) -> tuple[int, int]:
    """Cases, and those that failed."""
    failed = sum(finding.severity != "note" for finding in result.findings)
    return len(result.findings) or 1, failed


def _suite(result: Result) -> str:
    tests, failures = _counts(result)
    name = _quoted(clean(result.file))
    cases = "".join(map(_case, result.findings)) or f"    <testcase name={name} classname={name}/>\n"
    return f'  <testsuite name={name} tests="{tests}" failures="{failures}" errors="0">\n{cases}  </testsuite>\n'


def _case(finding: Finding) -> str:
    at = region(finding.span)
    name = _quoted(f"{finding.name} at {at.line}:{at.column}")
    opened = f"    <testcase name={name} classname={_quoted(clean(finding.span.source.path))}>\n"
    if finding.severity == "note":
        return f"{opened}      <system-out>{_escaped(_said(finding))}</system-out>\n    </testcase>\n"
    message = _quoted(brief(finding.words.message))
    failure = f'<failure type="{finding.severity}" message={message}>{_escaped(_said(finding))}</failure>'
    return f"{opened}      {failure}\n    </testcase>\n"


def _said(finding: Finding) -> str:
    help = finding.words.help
    return line(finding) + (f"\nhelp: {brief(help, keep_newlines=True)}" if help else "")


def _escaped(text: str) -> str:
    """Text of an element. The sink has already made visible what XML 1.0 forbids."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    quoted = _escaped(text).replace('"', "&quot;").replace("\n", "&#10;")
    return f'"{quoted}"'
