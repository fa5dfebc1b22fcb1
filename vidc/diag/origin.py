"""origin: where the value was given that a finding speaks of, and that the file only names."""

from __future__ import annotations

from collections.abc import Mapping
from re import compile as pattern
from re import search, sub

from vidc.record import replace
from vidc.source import Span

from .finding import Finding, Label

LONGEST = 200
"""Limit: no longer piece of a file is taken for a lone name."""

OF_VALUES = frozenset((
    "bad-place", "bad-time", "bad-video-size", "empty-field", "for-over-no-list", "not-a-file", "suspicious-time",
    "swapped-names", "unfetchable-url", "unknown-track-type", "unknown-value", "wrong-host", "wrong-medium",
    "wrong-type",
))  # fmt: skip
"""Findings that speak of nothing but a value: they are mended where it is given."""

_LONE = pattern(
    r"""(?:[\w-]+["']? *: *)?["']?"""
    r"""(?:<(?P<short>\w+)[^<>]*>|\{\{-? *(?P<long>\w+)[^{}]*\}\}|\w+ in (?P<list>\w+))["']?"""
)
_NEAR = pattern(r"did you mean `([^`]*)`\?")


def with_origins(findings: list[Finding], given: Mapping[str, Span]) -> list[Finding]:
    """The findings; one of a value that is nothing but a given name points at where that was given, or says it."""
    return [_with_origin(finding, given) for finding in findings]


def _with_origin(finding: Finding, given: Mapping[str, Span]) -> Finding:
    if finding.name == "undefined-field":
        return _of_field(finding, given)
    span = finding.span
    lone = _LONE.fullmatch(span.text.strip()) if span.end - span.start <= LONGEST else None
    origin = given.get(lone["short"] or lone["long"] or lone["list"]) if lone else None
    if origin is None:
        return finding
    if finding.name not in OF_VALUES:
        label = Label(origin, "the value is given here")
        return replace(finding, words=replace(finding.words, labels=(*finding.words.labels, label)))
    return _moved(finding, origin, (*finding.words.labels, Label(span, "it is used here")))


def _of_field(finding: Finding, given: Mapping[str, Span]) -> Finding:
    """A field that a given value does not have is missing there."""
    labels = finding.words.labels
    for origin in given.values() if labels else ():
        at = labels[0].span
        if at.source is origin.source and origin.start <= at.start < origin.end:
            near = _NEAR.fullmatch(finding.words.help)
            moved = _moved(finding, at, (Label(finding.span, "it is asked for here"), *labels[1:]))
            help = f"write `{finding.span.text}` for `{near[1]}`" if near else moved.words.help
            return replace(moved, words=replace(moved.words, help=help))
    return finding


def _moved(finding: Finding, origin: Span, labels: tuple[Label, ...]) -> Finding:
    """The finding at where the value was given, where no edit of the file mends it."""
    key = _key_of(finding.span)
    help = sub(rf"`{key}: ", "`", finding.words.help) if key else finding.words.help
    at = replace(finding.words.at, span=origin)
    return replace(finding, words=replace(finding.words, at=at, labels=labels, help=help, repairs=()))


def _key_of(span: Span) -> str:
    """The key that a place stands behind, or begins with; empty for none."""
    before = span.source.text[max(0, span.start - LONGEST) : span.start]
    found = search(r"(\w+)[\"']?: *[\"']?$", before) or search(r"^(\w+)[\"']?:", span.text)
    return found[1] if found else ""
