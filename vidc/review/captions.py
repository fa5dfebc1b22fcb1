"""Captions: what is said in a video as cues of one or two lines, at the times of its timeline.

Each sentence begins a cue. The limits are those that broadcasters ask for: at most two lines of 42 characters (of 16
where a language has no spaces), at least 5/6 s and at most 7 s on the screen, at most 20 characters a second (9). A
cue stays longer where nothing follows it; one that is still too fast to read is named by `too_fast`. Times inside a
speech are shared out by the estimator, so they are as sure as the timeline.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from re import compile as pattern

from vidc.compile import Compiled
from vidc.diag.cells import width
from vidc.ir.graph import TrackNode
from vidc.ir.timeline import PlacedTrack
from vidc.record import record, replace
from vidc.speech import is_unspaced, progress, sentences

LINES = 2
LEAST_MS, MOST_MS = 833, 7_000
GAP_MS = 83
"""Two frames at 24 a second between a cue that was held longer and the next."""

_HIDDEN = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"
_SIGNS = r"[^\W_]"
_CLOSE = "[,，、。．！？!?：；:;）」』”]*"
_MARKS = r"[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u200d\ufe0f]"
_CLUSTER = rf"[\u0e40-\u0e44\u0ec0-\u0ec4]?\S(?:{_MARKS}|[\u0e30\u0e32\u0e33\u0eb0\u0eb2\u0eb3])*"
"""A sign with those that belong to it; in Thai and Lao also the vowels that are written before and behind it."""

_LETTERS = rf"[A-Za-zÀ-ɏ0-9'’.,%-]+{_CLOSE}|[\u0e00-\u0eff]+{_CLOSE}|\S{_MARKS}*{_CLOSE}"
_CLOSING = ",;:，、；：)–—"


@record
class Limits:
    """`cells`: the width of a line, as a terminal counts it. `pace`: characters a second."""

    cells: int
    pace: int


SPACED, UNSPACED = Limits(42, 20), Limits(32, 9)


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
        return len(self.text) * 1000 / max(self.end - self.start, 1)


def captions(made: Compiled) -> list[Cue]:
    """The cues of a whole video in the order of time; none of words that are cut off."""
    if made.graph is None or made.timeline is None:
        return []
    nodes = {node.scene.index: node.tracks for node in made.graph.scenes}
    cues: list[Cue] = []
    for placed in made.timeline.scenes:
        spoken = {id(item.track): item for item in nodes[placed.scene.index]}
        for track in placed.tracks:
            item = spoken.get(id(track.track))
            if item is not None and item.spoken is not None:
                cues += _of_track(item, track, placed.start.expected)
    return _held(sorted(cues, key=lambda cue: (cue.start, cue.end)), made.timeline.total.expected)


def too_fast(cues: list[Cue]) -> list[Cue]:
    """Those that are gone before they are read."""
    return [cue for cue in cues if cue.pace > cue.limits.pace]


def _of_track(item: TrackNode, placed: PlacedTrack, scene_ms: int) -> Iterator[Cue]:
    spoken, medium, seen = item.spoken, item.medium, placed.visible
    if spoken is None or medium is None or seen is None or medium.expected <= 0:
        return
    limits = UNSPACED if is_unspaced(spoken.language) else SPACED
    first = placed.start.expected
    pieces = list(_pieces(spoken.text, spoken.language, limits))
    bounds = [offset for words in pieces for word in words for offset in (word.start, word.end)]
    shares = iter(progress(spoken.text, spoken.language, bounds))
    for words in pieces:
        times = [[first + round(next(shares) * medium.expected) for _ in range(2)] for _ in words]
        heard = [
            (word, start, end)
            for word, (start, end) in zip(words, times, strict=True)
            if start >= seen.start.expected and end <= seen.end.expected
        ]
        if heard:
            lines = broken([word for word, _, _ in heard], limits)
            yield Cue(scene_ms + heard[0][1], scene_ms + heard[-1][2], lines, placed.track.path, limits)


@record
class Word:
    """What is not broken, from `start` to `end` in the script; `gap`: one cell where a space stands before it."""

    start: int
    end: int
    text: str
    cells: int
    gap: int


def _pieces(text: str, language: str, limits: Limits) -> Iterator[list[Word]]:
    """The words of each cue."""
    for start, end in sentences(text, language):
        words = list(_words(text, start, end, limits))
        if any(map(pattern(_SIGNS).search, (word.text for word in words))):
            yield from _divided(words, limits)


def _words(text: str, start: int, end: int, limits: Limits) -> Iterator[Word]:
    """Of one sentence. Where a language has no spaces, those that stand beside a wide sign are only a line's end in
    the file; a run of Thai or Lao between spaces is broken only where it is longer than a line."""
    before = start
    for match in pattern(r"\S+" if limits is SPACED else _LETTERS).finditer(text, start, end):
        plain = _plain(match[0])
        parts = [match.span()]
        if limits is UNSPACED and width(plain) > limits.cells:
            parts = [part.span() for part in pattern(_CLUSTER).finditer(text, *match.span())]
        for first, last in parts:
            apart = before > start and first > before
            if limits is UNSPACED and apart:
                apart = not any(width(sign) > 1 for sign in (text[before - 1], text[first]))
            plain = _plain(text[first:last])
            yield Word(first, last, plain, width(plain), int(apart))
            before = last


def _divided(words: list[Word], limits: Limits) -> Iterator[list[Word]]:
    """A sentence in as few cues as will do, as even as they can be, rather behind a comma than elsewhere."""
    ends = [0, *accumulate(word.cells + word.gap for word in words)]
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # cues, unevenness, where the last one begins
    for last in range(1, len(words) + 1):
        found = (last, float("inf"), last - 1)
        for first in range(last - 1, -1, -1):
            wide = ends[last] - ends[first] - words[first].gap
            if first < last - 1 and not _fits(words, ends, first, last, limits.cells):
                break
            ends_well = last == len(words) or _parts_well(words[last - 1], words[last], limits)
            cost = (wide / limits.cells - LINES) ** 2 + (0.0 if ends_well else 1.0)
            found = min(found, (best[first][0] + 1, best[first][1] + cost, first))
        best.append(found)
    cuts = [len(words)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][2])
    for first, last in zip(cuts[:0:-1], cuts[-2::-1], strict=True):
        yield words[first:last]


def _parts_well(one: Word, other: Word, limits: Limits) -> bool:
    """Whether a cue may well end between two words: a language without spaces has one only between phrases."""
    return one.text[-1:] in _CLOSING or (limits is UNSPACED and other.gap > 0)


def _fits(words: list[Word], ends: list[int], first: int, last: int, cells: int) -> bool:
    """Whether words fit on two lines. `ends`: the cells of all words up to each, with the gaps before them."""
    middle = bisect_right(ends, ends[first] + words[first].gap + cells, first, last + 1) - 1
    return middle == last or (middle > first and ends[last] - ends[middle] - words[middle].gap <= cells)


def broken(words: list[Word], limits: Limits) -> tuple[str, ...]:
    """Words as lines that fit: one, else two as even as can be, else as many as it takes."""
    whole = _joined(words)
    if width(whole) <= limits.cells:
        return (whole,)
    if sum(word.cells + word.gap for word in words) <= LINES * limits.cells + 1:
        halves = [(_joined(words[:at]), _joined(words[at:])) for at in range(1, len(words))]
        fitting = [pair for pair in halves if max(map(width, pair)) <= limits.cells]
        if fitting:
            return min(fitting, key=lambda pair: abs(width(pair[0]) - width(pair[1])))
    lines: list[list[Word]] = []
    for word in words:
        if lines and width(_joined([*lines[-1], word])) <= limits.cells:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(map(_joined, lines))


def _joined(words: list[Word]) -> str:
    return "".join(" " * word.gap + word.text for word in words).lstrip(" ")


def _plain(text: str) -> str:
    return pattern(_HIDDEN).sub("", text)


def _held(cues: list[Cue], total: int) -> list[Cue]:
    """Short and fast ones stay until the next one comes, as long as it takes to read them."""
    held: list[Cue] = []
    for place, cue in enumerate(cues):
        free = cues[place + 1].start - GAP_MS if place + 1 < len(cues) else total
        wanted = cue.start + max(LEAST_MS, -(-len(cue.text) * 1000 // cue.limits.pace))
        end = min(max(cue.end, min(wanted, free)), max(cue.start + MOST_MS, cue.end))
        held.append(replace(cue, end=end) if end > cue.start else replace(cue, end=cue.start + 1))
    return held


def srt(cues: list[Cue]) -> str:
    """SubRip: numbered cues, times with a comma."""
    blocks = []
    for number, cue in enumerate(cues, 1):
        text = "\n".join(line.replace("-->", "->") for line in cue.lines)
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
