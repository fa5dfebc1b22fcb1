"""origin: where the value was given that a finding speaks of, and that the file only names."""

from __future__ import annotations

from collections.abc import Mapping
from re import compile as pattern

from vidc.record import replace
from vidc.source import Span

from .finding import Finding, Label

LONGEST = 200
"""Limit: no longer piece of a file is taken for a lone name."""

_LONE = pattern(r"""(?:[\w-]+["']? *: *)?["']?(?:<(?P<short>\w+)[^<>]*>|\{\{-? *(?P<long>\w+)[^{}]*\}\})["']?""")


def with_origins(findings: list[Finding], given: Mapping[str, Span]) -> list[Finding]:
    """The findings, each of a value that is nothing but a given name with a label where that was given."""
    return [_with_origin(finding, given) for finding in findings]


def _with_origin(finding: Finding, given: Mapping[str, Span]) -> Finding:
    span = finding.span
    lone = _LONE.fullmatch(span.text.strip()) if span.end - span.start <= LONGEST else None
    origin = given.get(lone["short"] or lone["long"]) if lone else None
    if origin is None:
        return finding
    label = Label(origin, "the value is given here")
    return replace(finding, words=replace(finding.words, labels=(*finding.words.labels, label)))
