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

LONGEST_TEXT = 10_000
"""Limit: in a longer text no given name is looked for."""

OF_VALUES = frozenset((
    "bad-place", "bad-time", "bad-video-size", "empty-field", "for-over-no-list", "not-a-file", "suspicious-time",
    "swapped-names", "unfetchable-url", "unknown-track-type", "unknown-value", "wrong-host", "wrong-medium",
    "wrong-type",
))  # fmt: skip
"""Findings that speak of nothing but a value: they are mended where it is given."""

IN_VALUES = frozenset(("markup-in-script", "merge-field", "odd-braces"))
"""Findings that speak of a sign in a text, which a value may have brought."""

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
    if finding.name in IN_VALUES and (moved := _of_sign(finding, given)) is not None:
        return moved
    span = finding.span
    lone = _LONE.fullmatch(span.text.strip()) if span.end - span.start <= LONGEST else None
    origin = given.get(lone["short"] or lone["long"] or lone["list"]) if lone else None
    if origin is None:
        return finding
    if finding.name not in OF_VALUES:
        label = Label(origin, "the value is given here")
        return replace(finding, words=replace(finding.words, labels=(*finding.words.labels, label)))
    return _moved(finding, origin, (*finding.words.labels, Label(span, "it is used here")))


def _of_sign(finding: Finding, given: Mapping[str, Span]) -> Finding | None:
    """A sign that does not stand in the text itself, where a given value holds it; None for any other."""
    sign = search("`([^`]+)`", finding.words.message)
    if sign is None or finding.span.text == sign[1]:
        return None
    written = finding.span.text if finding.span.end - finding.span.start <= LONGEST_TEXT else ""
    for origin in [given[name] for name in sorted(given, key=lambda name: name not in written)]:
        begin = origin.source.text.find(sign[1], origin.start, origin.end)
        if begin >= 0:
            at = Span(origin.source, begin, begin + len(sign[1]))
            moved = _moved(finding, at, (Label(finding.span, "it is used here"),))
            help = "a value is no template: write what it stands for" if sign[1][:2] == "{{" else moved.words.help
            return replace(moved, words=replace(moved.words, help=help))
    return None


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
