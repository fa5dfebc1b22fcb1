"""script: the words of a video as running text, with those that are not heard."""

from __future__ import annotations

from re import compile as pattern

from vidc.compile import Compiled
from vidc.ir.graph import TrackNode
from vidc.ir.timeline import PlacedTrack
from vidc.record import record
from vidc.speech import is_unspaced, progress

_UNSPACED, _SPACED = pattern(r"\s*(?:[A-Za-z0-9]+|\S)"), pattern(r"\s*\S+")


@record
class Said:
    """A word with the blanks before it, when it is said (ms from the video's start), and whether it is heard."""

    text: str
    start: int
    end: int
    heard: bool


@record
class Speech:
    """What one track says, at the expected lengths (ms from the video's start).

    `track` is its path; `start` to `end` is how long saying it all takes, and it is heard until `until`.
    """

    track: str
    name: str
    language: str
    start: int
    end: int
    until: int
    words: list[Said]


def speeches(made: Compiled) -> dict[int, list[Speech]]:
    """The speeches of each scene, by its index."""
    if made.graph is None or made.timeline is None:
        return {}
    nodes = {id(item.track): item for scene in made.graph.scenes for item in scene.tracks}
    found: dict[int, list[Speech]] = {}
    for scene in made.timeline.scenes:
        for placed in scene.tracks:
            speech = _speech(nodes.get(id(placed.track)), placed, scene.start.expected)
            if speech is not None:
                found.setdefault(scene.scene.index, []).append(speech)
    return found


def _speech(item: TrackNode | None, placed: PlacedTrack, scene_ms: int) -> Speech | None:
    if item is None or item.spoken is None or not item.spoken.text.strip():
        return None
    spoken, track, seen = item.spoken, placed.track, placed.visible
    start = scene_ms + placed.start.expected
    end = start + (0 if item.medium is None else item.medium.expected)
    first, last = (0, 0) if seen is None else (scene_ms + seen.start.expected, scene_ms + seen.end.expected)
    words = [
        Said(text, begins, ends, first <= begins and ends <= last and seen is not None)
        for text, begins, ends in _words(spoken.text, spoken.language, start, end)
    ]
    return Speech(track.path, track.name, spoken.language, start, end, min(last, end), words)


def _words(text: str, language: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Each word with the blanks before it, and when it is said."""
    piece = _UNSPACED if is_unspaced(language) else _SPACED
    places = [match.span() for match in piece.finditer(text)]
    shares = progress(text, language, [edge for place in places for edge in place])
    times = [start + round(share * (end - start)) for share in shares]
    return [(text[a:b], times[2 * index], times[2 * index + 1]) for index, (a, b) in enumerate(places)]
