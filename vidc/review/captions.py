"""Captions: what is said in a video as cues of one or two lines, at the times of its timeline.

The rules are those that film services and broadcasters ask for (Netflix's timed text guides): at most two lines of 42
characters (of 16 in Chinese, Japanese and Korean), at least 5/6 s and at most 7 s on the screen, at most 20 characters
a second (9, 9 and 12), two frames between two cues, and no other gap shorter than half a second. Each sentence begins a
cue, but where sentences by themselves would be gone before they are read, cues are parted elsewhere. What no parting
makes legible is named by `too_fast`. Times inside a speech are shared out by the estimator, so they are as sure as the
timeline.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import TypeAlias

from vidc.compile import Compiled
from vidc.ir.graph import TrackNode
from vidc.ir.timeline import PlacedTrack
from vidc.record import record
from vidc.speech import progress

from .captions_text import LINES, Limits, Word, broken, limits_of, parts_well, unmarked, words_of

LEAST_MS, MOST_MS = 833, 7_000
GAP_MS, NEAR_MS = 83, 500
"""Two frames at 24 a second; a gap that is shorter than half a second is made as short as that."""

SLACK = 20
"""So small a part of the time that a cue needs may lack: no sentence is torn for it, and nobody is told."""


@record
class Cue:
    """What stands on the screen from `start` to `end` (ms in the video); `track` is the path of who says it."""

    start: int
    end: int
    lines: tuple[str, ...]
    track: str
    limits: Limits

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def pace(self) -> float:
        """Characters a second."""
        return _signs(self) * 1000 / max(self.end - self.start, 1)


@record
class Heard:
    """The words of a track that are heard; `times`: when each begins and ends, in ms of the video."""

    words: list[Word]
    times: list[tuple[int, int]]
    track: str
    limits: Limits


def captions(made: Compiled) -> list[Cue]:
    """The cues of a whole video in the order of time; none of words that are cut off."""
    if made.graph is None or made.timeline is None:
        return []
    nodes = {node.scene.index: node.tracks for node in made.graph.scenes}
    speeches: list[Heard] = []
    for placed in made.timeline.scenes:
        spoken = {id(item.track): item for item in nodes[placed.scene.index]}
        for track in placed.tracks:
            item = spoken.get(id(track.track))
            heard = None if item is None else _heard(item, track, placed.start.expected)
            if heard is not None:
                speeches.append(heard)
    total = made.timeline.total.expected
    begins = sorted(speech.times[0][0] for speech in speeches)
    cues = [cue for speech in speeches for cue in _cues(speech, _until(speech, begins, total))]
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def too_fast(cues: list[Cue]) -> list[Cue]:
    """Those that are gone before they are read."""
    return [cue for cue in cues if _lacks(_needed(_signs(cue), cue.limits), cue.end - cue.start)]


def _needed(signs: int, limits: Limits) -> int:
    """The ms that it takes to read so many characters."""
    return max(LEAST_MS, -(-signs * 1000 // limits.pace))


def _lacks(needed: int, shown: int) -> int:
    """The ms that lack to read a cue; 0 for so few that nobody notices."""
    return needed - shown if (needed - shown) * SLACK > needed else 0


def _signs(cue: Cue) -> int:
    return sum(map(len, cue.lines)) + (len(cue.lines) - 1 if cue.limits.spaced else 0)


def _heard(item: TrackNode, placed: PlacedTrack, scene_ms: int) -> Heard | None:
    spoken, medium, seen = item.spoken, item.medium, placed.visible
    if spoken is None or medium is None or seen is None or medium.expected <= 0:
        return None
    words = words_of(spoken.text, spoken.language)
    shares = progress(spoken.text, spoken.language, [offset for word in words for offset in (word.start, word.end)])
    edges = [placed.start.expected + round(share * medium.expected) for share in shares]
    heard = [
        (word, (scene_ms + start, scene_ms + end))
        for word, start, end in zip(words, edges[::2], edges[1::2], strict=True)
        if start >= seen.start.expected and end <= seen.end.expected
    ]
    if not heard:
        return None
    return Heard(
        [word for word, _ in heard], [time for _, time in heard], placed.track.path, limits_of(spoken.language)
    )


def _until(speech: Heard, begins: list[int], total: int) -> int:
    """How long a speech's last cue may stay: to the next speech, or to the video's end. `begins`: in order."""
    later = bisect_left(begins, speech.times[-1][1])
    return min(begins[later] - GAP_MS, total) if later < len(begins) else total


def _cues(speech: Heard, until: int) -> Iterator[Cue]:
    division = Division(speech, until)
    for first, last in division.made():
        lines = broken(speech.words[first:last], speech.limits)
        start = speech.times[first][0]
        yield Cue(start, division.shown_until(first, last), lines, speech.track, speech.limits)


Cost: TypeAlias = tuple[int, int, int, float]
"""The ms that lack to read it or that it is too long, sentences that end inside, cues, unevenness: the first counts
most."""


class Division:
    """How the words of a speech are parted into cues."""

    def __init__(self, speech: Heard, until: int) -> None:
        self.speech = speech
        self.until = until
        words = speech.words
        self.cells = [0, *accumulate(word.cells + word.gap for word in words)]
        self.signs = [0, *accumulate(len(word.text) + word.gap for word in words)]
        self.ends = [0, *accumulate(int(word.ends) for word in words)]

    def made(self) -> list[tuple[int, int]]:
        """The first word of each cue and the one behind its last: of all partings, that which costs least."""
        best: list[tuple[Cost, int]] = [((0, 0, 0, 0.0), 0)]
        for last in range(1, len(self.speech.words) + 1):
            found = [(self._sum(best[first][0], first, last), first) for first in self._begins(last)]
            best.append(min(found))
        cuts = [len(self.speech.words)]
        while cuts[-1]:
            cuts.append(best[cuts[-1]][1])
        return list(pairwise(reversed(cuts)))

    def shown_until(self, first: int, last: int) -> int:
        """When a cue goes, in ms of the video: when all is said, or later where that is too soon to be read; two
        frames before the next in any case."""
        times = self.speech.times
        start, said = times[first][0], times[last - 1][1]
        edge = times[last][0] - GAP_MS if last < len(times) else self.until
        end = min(max(said, start + self._needed(first, last)), edge)
        if edge - end < NEAR_MS - GAP_MS:
            end = min(edge, max(end, start + MOST_MS))
        return max(end, start + 1)

    def _needed(self, first: int, last: int) -> int:
        signs = self.signs[last] - self.signs[first] - self.speech.words[first].gap
        return _needed(signs, self.speech.limits)

    def _begins(self, last: int) -> Iterator[int]:
        """The words with which a cue may begin that ends before `last`: it must fit."""
        for first in range(last - 1, -1, -1):
            if first < last - 1 and not self._fits(first, last):
                return
            yield first

    def _sum(self, before: Cost, first: int, last: int) -> Cost:
        off, crossed, count, uneven = before
        words, limits = self.speech.words, self.speech.limits
        shown = self.shown_until(first, last) - self.speech.times[first][0]
        off += _lacks(self._needed(first, last), shown)
        if last - first > 1:
            off += max(shown - MOST_MS, 0)
        crossed += self.ends[last - 1] - self.ends[first]
        wide = self.cells[last] - self.cells[first] - words[first].gap
        ends_well = last == len(words) or parts_well(words[last - 1], words[last], limits)
        return off, crossed, count + 1, uneven + (wide / limits.cells - LINES) ** 2 + (0.0 if ends_well else 1.0)

    def _fits(self, first: int, last: int) -> bool:
        """Whether words fit on two lines."""
        ends, gap, cells = self.cells, self.speech.words[first].gap, self.speech.limits.cells
        middle = bisect_right(ends, ends[first] + gap + cells, first, last + 1) - 1
        if middle == last:
            return True
        return middle > first and ends[last] - ends[middle] - self.speech.words[middle].gap <= cells


def srt(cues: list[Cue]) -> str:
    """SubRip: numbered cues, times with a comma."""
    blocks = []
    for number, cue in enumerate(cues, 1):
        text = unmarked("\n".join(cue.lines))
        blocks.append(f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{text}\n")
    return "\n".join(blocks)


def vtt(cues: list[Cue]) -> str:
    """WebVTT: the signs that its markup uses are written as entities."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        text = "\n".join(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in cue.lines)
        blocks.append(f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{text}\n")
    return "\n".join(blocks)


def _clock(ms: int, point: str) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"
