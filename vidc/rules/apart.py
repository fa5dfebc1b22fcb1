"""apart: what would part two texts that lie on one another."""

from __future__ import annotations

from vidc.clock import with_unit
from vidc.ir.spec import Track
from vidc.ir.timeline import PlacedScene, PlacedTrack

from .unreadable_text import CHARACTERS_PER_SECOND, MIN_MS

ELSEWHERE = "give this one a `position` of its own"
TURNS = "in turn "
"""How a step through a loop begins."""


class Apart:
    """What to write for each text of a scene, one after another: what is told of one counts for those after it."""

    def __init__(self, scene: PlacedScene, literal: bool) -> None:
        self.scene = scene
        self.literal = literal
        self.moved: dict[int, tuple[int, int]] = {}

    def help(self, one: PlacedTrack, other: PlacedTrack) -> str:
        if one.track.node.via or other.track.node.via:
            return self._of_turns(one, other)
        return (
            self._ended(one, other)
            or self._sooner(one, other)
            or self._later(one, other)
            or self._after(one, other)
            or f"{ELSEWHERE}, or a scene of its own"
        )

    def _window(self, placed: PlacedTrack) -> tuple[int, int]:
        return self.moved.get(placed.track.index, (placed.start.expected, placed.end.expected))

    def _ended(self, one: PlacedTrack, other: PlacedTrack) -> str:
        """What ends the text below when this one begins, where it is on to the end of its scene."""
        track = other.track
        if track.duration is not None or track.end_gap is not None or one.start.low != one.start.high:
            return ""
        start, end = self._window(other)[0], self._window(one)[0]
        if end - start < _needed(track):
            return ""
        self.moved[track.index] = (start, end)
        return f"write `duration: {self._time(end - start)}` {where(track)}, or {ELSEWHERE}"

    def _sooner(self, one: PlacedTrack, other: PlacedTrack) -> str:
        """The gap that ends the text below when this one begins, where it has another."""
        track, total = other.track, self.scene.duration
        if track.duration is not None or not track.end_gap or total.low != total.high:
            return ""
        start, end = self._window(other)[0], self._window(one)[0]
        if one.start.low != one.start.high or end - start < _needed(track):
            return ""
        self.moved[track.index] = (start, end)
        gap = self._time(total.expected - end)
        return f"a gap counts back from the scene's end: write `endTimeGap: {gap}` {where(track)}, or {ELSEWHERE}"

    def _later(self, one: PlacedTrack, other: PlacedTrack) -> str:
        """When this text may begin, where the one below is over by then and there is time left for it."""
        track, (first, last) = one.track, self._window(one)
        start = self._window(other)[1]
        if other.end.low != other.end.high or track.end_gap is not None:
            return ""
        end = start + last - first if track.duration is not None else int(self.scene.duration.low)
        if end > self.scene.duration.low or end - start < _needed(track):
            return ""
        self.moved[track.index] = (start, end)
        return f"a gap counts from the start of the scene: write `startTimeGap: {self._time(start)}`, or {ELSEWHERE}"

    def _after(self, one: PlacedTrack, other: PlacedTrack) -> str:
        """The same where both have one gap and nothing ends them, which was taken for one since the text before."""
        track, below, gap = one.track, other.track, one.track.start_gap
        if any(text.duration is not None or text.end_gap is not None for text in (track, below)):
            return ""
        if not gap or gap != below.start_gap or gap < _needed(below):
            return ""
        start, end = self._window(other)[0] + gap, int(self.scene.duration.low)
        if end - start < _needed(track):
            return ""
        self.moved[track.index] = (start, end)
        return (
            f"a gap counts from the start of the scene: write `startTimeGap: {self._time(start)}` here and `duration: "
            f"{self._time(gap)}` {where(below)}, or {ELSEWHERE}"
        )

    def _of_turns(self, one: PlacedTrack, other: PlacedTrack) -> str:
        """The same for a text that a loop or a component makes, which takes another time in each."""
        steps = one.track.node.via
        if one.track.node.start != other.track.node.start or not steps:
            return f"{ELSEWHERE}, or a scene of its own"
        if not steps[-1].text.startswith(TURNS):
            return "make its `position`, or its times, parameters of the component"
        ms = one.track.duration
        times = f' `startTimeGap: "{{{{ loop.index0 * {ms} }}}}"`' if ms else ""
        return "give it another place or time in each turn" + (f", such as{times}" if times else "")

    def _time(self, ms: int) -> str:
        return str(ms) if self.literal else with_unit(ms)


def where(track: Track) -> str:
    """How a help calls another text: by its name, or by its line."""
    if track.reference_id is not None or track.node.via:
        return f"on `{track.name}`"
    span = track.place("text").span
    return f"on the text in line {span.source.position(span.start)[0]}"


def _needed(track: Track) -> int:
    """How long it takes to read a text."""
    return max(MIN_MS, len((track.text or "").strip()) * 1000 // CHARACTERS_PER_SECOND)
