"""undeclared: values that were given for several files at once, of which not each declares every name."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vidc.record import replace
from vidc.source import Span

from .finding import Finding
from .result import Result

NAME = "undeclared-variable"
MOST = 3
"""So many files are named."""


def name_before(name: str, value: Span) -> Span:
    """Where the name of a value stands that came with the command: right before it; the value itself where it does
    not stand there as it is."""
    start = value.source.text.rfind(name, 0, value.start)
    return Span(value.source, start, start + len(name)) if start >= 0 else value


def held_together(
    results: list[Result], looked: Collection[tuple[Result, list[str]]], given: Mapping[str, Span]
) -> list[Result]:
    """The results, where `given` are the places of values that came with the command, by name; `looked`: those of
    files that could be read, and the real paths of the files that each includes.

    A name that one of the files declares is no mistake in the others. A file that another one includes is a part of
    that, and is not held against the values on its own. What is left is a mistake of the command, told once.
    """
    names = {span.key: name for name, span in given.items()}

    def named(finding: Finding) -> str:
        """The name that a finding says is not declared; empty for any other finding."""
        return names.get(finding.span.key, "") if finding.name == NAME else ""

    wanted = set(given)
    for result, _ in looked:
        wanted &= {named(finding) for finding in result.findings}
    parts = {file for _, included in looked for file in included if file}
    whole = [result for result in results if result.source is None or result.source.file not in parts]
    files: dict[str, list[str]] = {}
    for result in whole:
        for name in {named(finding) for finding in result.findings} & wanted:
            files.setdefault(name, []).append(result.file)
    kept = []
    for result in results:
        findings = []
        for finding in result.findings:
            name = named(finding)
            if not name:
                findings.append(finding)
            elif files.get(name, [""])[0] == result.file:
                findings.append(_naming(finding, files.pop(name)))
        kept.append(Result(result.file, result.source, findings))
    return kept


def _naming(finding: Finding, files: list[str]) -> Finding:
    """The finding with the files that do not declare the name."""
    shown = [f"`{file}`" for file in files[:MOST]]
    if len(files) > MOST:
        shown.append(f"{len(files) - MOST} more")
    where = f"any of {', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
    return replace(finding, words=replace(finding.words, message=f"{finding.words.message} in {where}"))
