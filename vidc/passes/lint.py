"""lint: what is unwise in a spec that can be compiled. The rules are in `vidc.rules`, one module each."""

from __future__ import annotations

from vidc.diag.finding import Finding, Log
from vidc.ir.spec import Spec
from vidc.ir.timeline import Timeline
from vidc.rules import RULES
from vidc.rules.looked import Looked
from vidc.rules.unreadable_text import check_unreadable_text
from vidc.source import Span

SUSPICIOUS_MS = 100

BRACKETS = ("misspelt-name", "unfilled-loop", "unfilled-name", "worked-in-brackets", "wrong-brackets")
"""Findings that say better what a script would have in angle brackets."""

UNUSED = ("unused-service-variable", "unused-parameter")
"""What follows from a name in the marks of another tool."""

OF_TIME = (check_unreadable_text,)
"""The rules that ask how long something is seen."""


def lint(spec: Spec, timeline: Timeline, log: Log) -> None:
    """Ask every rule about every track that could be placed."""
    canvas = _canvas(spec)
    looked = Looked(spec.dynamic_variables, _unused_parameters(log), {}, set())
    for scene in timeline.scenes:
        is_cut = scene.duration.expected < SUSPICIOUS_MS
        for placed in scene.tracks:
            for rule in RULES.get(placed.track.type, ()):
                if is_cut and rule in OF_TIME:
                    continue  # seconds written for milliseconds: what it cuts only follows
                for finding in rule(canvas, placed, looked):
                    if not _is_told(finding, log):
                        log.add(finding)
    if looked.meant:
        log.take_back([one for one in log.findings if one.name in UNUSED and one.span.text in looked.meant])


def _unused_parameters(log: Log) -> tuple[str, ...]:
    return tuple(one.span.text for one in log.findings if one.name == "unused-parameter")


def _is_told(finding: Finding, log: Log) -> bool:
    """Whether the brackets in a script are those of a name, of which a finding in the same text says it better."""
    if finding.name != "markup-in-script":
        return False
    whole = finding.span
    if whole.text.startswith("${"):
        return any(other.name == "unset-service-variable" and _within(whole, other.span) for other in log.findings)
    if "`<" not in finding.words.message:
        return False
    return any(
        other.name in BRACKETS and _within(whole, other.span) and other.span.text in finding.words.message
        for other in log.findings
    )


def _within(whole: Span, span: Span) -> bool:
    return span.source is whole.source and whole.start <= span.start < whole.end


def _canvas(spec: Spec) -> tuple[float, float] | None:
    """The video's width and height in pixels, where both are known."""
    size = spec.settings.get("videoSize")
    if isinstance(size, dict):
        width, height = size.get("width"), size.get("height")
        if isinstance(width, int | float) and isinstance(height, int | float):
            return width, height
    return None
