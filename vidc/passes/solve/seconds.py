"""seconds: which findings only follow from a time that was written in seconds for milliseconds.

Each scene with such times is solved once more, with a thousand times as much. What is not found then follows from the
number, so it is not said beside it; what is found again is a mistake of its own.
"""

from __future__ import annotations

from vidc.clock import Length
from vidc.diag.finding import Finding, Log
from vidc.hints import TypeAlias
from vidc.ir.graph import SceneNode, TrackNode
from vidc.record import replace
from vidc.source import Span

from .case import Case, transition_ms
from .place import hold_of
from .size import Size, size

NAME = "suspicious-time"
BY_AMOUNT = frozenset(
    (
        "clipped",
        "empty-window",
        "ends-early",
        "never-visible",
        "overlong-transition",
        "starts-before-scene",
        "trimmed-media",
    )
)
"""Findings of how long something is, not of which fields there are."""

Found: TypeAlias = set[tuple[str, str]]
"""Findings by name and path."""


def mark_followers(cases: list[Case], log: Log) -> None:
    """Say of each finding that follows from such a time where that time stands."""
    places = {finding.span for finding in log.findings if finding.name == NAME}
    if not places:
        return
    lengths = [_in_seconds(case.node, places) for case in cases]
    again: Found = set()
    for number, case in enumerate(cases):
        again |= _found(*lengths[number])
        again |= _too_long(case, lengths[number : number + 2], places)
    for at, finding in enumerate(log.findings):
        if finding.name in BY_AMOUNT and (finding.name, finding.words.at.path) not in again:
            log.findings[at] = _marked(finding, places)


def _marked(finding: Finding, places: set[Span]) -> Finding:
    words = finding.words
    parts = (words.at.span, *(label.span for label in words.labels))
    follows = next((span for span in parts if span in places), None)
    return finding if follows is None else replace(finding, words=replace(words, follows=follows))


def _in_seconds(node: SceneNode, places: set[Span]) -> tuple[SceneNode, Size | None]:
    """The scene as it would be, and its length."""
    scene = node.scene
    if scene.duration is not None and scene.node.entry("duration") in places:
        scene = replace(scene, duration=scene.duration * 1000)
    meant = SceneNode(scene, [_longer(item, places) for item in node.tracks], node.reference, node.reference_broken)
    sized = size(meant)
    return meant, sized if isinstance(sized, Size) else None


def _longer(item: TrackNode, places: set[Span]) -> TrackNode:
    track, medium = item.track, item.medium
    meant = {
        attribute: 1000 * ms
        for field, attribute, ms in (
            ("duration", "duration", track.duration),
            ("startTimeGap", "start_gap", track.start_gap),
            ("endTimeGap", "end_gap", track.end_gap),
        )
        if ms and track.node.entry(field) in places
    }
    if meant:
        item = replace(item, track=replace(track, **meant))
    if medium is not None and track.node.entry("intrinsicDuration") in places:
        low, expected, high = (1000 * ms for ms in (medium.low, medium.expected, medium.high))
        item = replace(item, medium=Length(int(low), int(expected), high, medium.basis))
    return item


def _found(meant: SceneNode, sized: Size | None) -> Found:
    """What is wrong with the tracks all the same."""
    if sized is None:
        return {(name, item.track.path) for item in meant.tracks for name in BY_AMOUNT}
    return {
        (hold.name, item.track.path) for index, item in enumerate(meant.tracks) for hold in hold_of(item, sized, index)
    }


def _too_long(case: Case, joined: list[tuple[SceneNode, Size | None]], places: set[Span]) -> Found:
    """Whether the transition behind a scene is too long all the same."""
    scene = case.node.scene
    transition = scene.transition
    ms = transition_ms(scene)
    if transition is not None and transition.node.entry("duration") in places:
        ms *= 1000
    short = any(sized is None or ms >= sized.length.expected for _, sized in joined)
    return {("overlong-transition", scene.path)} if short else set()
