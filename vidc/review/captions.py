"""Captions: what is said in a video as cues of one or two lines, at the times of its timeline.

Each sentence begins a cue. The limits are those that broadcasters ask for: at most two lines of 42 characters (of 16
where a language has no spaces), at least 5/6 s and at most 7 s on the screen, at most 20 characters a second (9). A
cue stays longer where nothing follows it; one that is still too fast to read is named by `too_fast`. Times inside a
speech are shared out by the estimator, so they are as sure as the timeline.
"""

from __future__ import annotations

from collections.abc import Iterator
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
_LETTERS = r"[A-Za-zÀ-ɏ0-9'’.,%-]+[,，、。．！？!?：；:;）」』”]*|\S[,，、。．！？!?：；:;）」』”]*"
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
    for words in _pieces(spoken.text, spoken.language, limits):
        bounds = [offset for word in words for offset in word]
        times = [first + round(share * medium.expected) for share in progress(spoken.text, spoken.language, bounds)]
        heard = [
            (word, times[2 * place], times[2 * place + 1])
            for place, word in enumerate(words)
            if times[2 * place] >= seen.start.expected and times[2 * place + 1] <= seen.end.expected
        ]
        if heard:
            lines = broken([_plain(spoken.text[a:b]) for (a, b), _, _ in heard], limits)
            yield Cue(scene_ms + heard[0][1], scene_ms + heard[-1][2], lines, placed.track.path, limits)


def _pieces(text: str, language: str, limits: Limits) -> Iterator[list[tuple[int, int]]]:
    """The words of each cue, as (start, end) in the text."""
    word = pattern(_LETTERS if limits is UNSPACED else r"\S+")
    for start, end in sentences(text, language):
        words = [match.span() for match in word.finditer(text, start, end)]
        if any(map(pattern(_SIGNS).search, (text[a:b] for a, b in words))):
            yield from _divided(text, words, limits)


def _divided(text: str, words: list[tuple[int, int]], limits: Limits) -> Iterator[list[tuple[int, int]]]:
    """A sentence in as few cues as will do, as even as they can be, rather behind a comma than elsewhere."""
    plain = [_plain(text[a:b]) for a, b in words]
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # cues, unevenness, where the last one begins
    for last in range(1, len(words) + 1):
        found = (last, float("inf"), last - 1)
        for first in range(last - 1, -1, -1):
            wide = _width(plain[first:last], limits)
            if first < last - 1 and (wide > LINES * limits.cells or len(broken(plain[first:last], limits)) > LINES):
                break
            ends_well = last == len(words) or plain[last - 1][-1:] in _CLOSING
            cost = (wide / limits.cells - LINES) ** 2 + (0.0 if ends_well else 1.0)
            found = min(found, (best[first][0] + 1, best[first][1] + cost, first))
        best.append(found)
    cuts = [len(words)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][2])
    for first, last in zip(cuts[:0:-1], cuts[-2::-1], strict=True):
        yield words[first:last]


def broken(words: list[str], limits: Limits) -> tuple[str, ...]:
    """Words as lines that fit: one, else two as even as can be, else as many as it takes."""
    whole = _joined(words, limits)
    if width(whole) <= limits.cells:
        return (whole,)
    halves = [(_joined(words[:at], limits), _joined(words[at:], limits)) for at in range(1, len(words))]
    fitting = [pair for pair in halves if max(map(width, pair)) <= limits.cells]
    if fitting:
        return min(fitting, key=lambda pair: abs(width(pair[0]) - width(pair[1])))
    lines: list[str] = []
    for word in words:
        longer = _joined([lines[-1], word], limits) if lines else word
        if lines and width(longer) <= limits.cells:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _width(words: list[str], limits: Limits) -> int:
    return width(_joined(words, limits))


def _joined(words: list[str], limits: Limits) -> str:
    """With spaces; where a language has none, only between Latin words."""
    if limits is SPACED:
        return " ".join(words)
    text = ""
    for word in words:
        apart = text[-1:].isascii() and word[:1].isascii() and text[-1:].isalnum() and word[:1].isalnum()
        text += f" {word}" if apart else word
    return text


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
