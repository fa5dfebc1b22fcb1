"""learn: what the length of a finished video says about how a speaker speaks."""

from __future__ import annotations

import json
from typing import Any

from vidc.compile import Compiled
from vidc.ir.graph import Spoken
from vidc.ir.timeline import PlacedScene
from vidc.lock import Speech

FARTHEST = 2.0
"""A speech that is this many times as long as expected, or as short, says that the job was read otherwise than here."""


def measures(made: Compiled) -> str:
    """What is unknown in a video's length, as JSON: `{rest, speaker, language, texts, expected}`; empty where its
    length will say nothing of one speaker.

    The service says one length for the whole video. Where all of it is known but some speech, each of which sizes a
    scene, what is left is the length of that speech. With transitions it is not: that they overlap is not documented.
    """
    timeline, graph = made.timeline, made.graph
    if timeline is None or graph is None or not timeline.complete or not timeline.scenes:
        return ""
    rest = 0
    spoken: list[tuple[str, Spoken, int]] = []
    for placed, node in zip(timeline.scenes, graph.scenes, strict=True):
        if placed.scene.transition is not None:
            return ""
        if placed.duration.low == placed.duration.high:
            rest += placed.duration.expected
            continue
        found = _sizing(placed, [(track.track, track.spoken) for track in node.tracks])
        if found is None:
            return ""
        spoken.append(found)
    speakers = {(speaker, each.language) for speaker, each, _ in spoken}
    if len(speakers) != 1:
        return ""
    speaker, language = speakers.pop()
    said = {"texts": [each.text for _, each, _ in spoken], "expected": sum(length for _, _, length in spoken)}
    return json.dumps({"rest": rest, "speaker": speaker, "language": language, **said}, ensure_ascii=False)


def _sizing(placed: PlacedScene, spoken: list[tuple[Any, Spoken | None]]) -> tuple[str, Spoken, int] | None:
    """The speech whose length is the scene's."""
    by_track = {id(track): words for track, words in spoken}
    for each in placed.tracks:
        words = by_track.get(id(each.track))
        speaker = each.track.values.get("speakerId")
        if words is not None and each.medium == placed.duration and isinstance(speaker, str) and speaker:
            return speaker, words, placed.duration.expected
    return None


def speech(measures: str, ms: int, made: str) -> Speech | None:
    """What a finished length says; None where it says nothing, or what cannot be."""
    if not measures:
        return None
    known = json.loads(measures)
    said = ms - known["rest"]
    if not known["expected"] / FARTHEST < said < known["expected"] * FARTHEST:
        return None
    return Speech(known["speaker"], tuple(known["texts"]), known["language"], made[:10], said)
