"""sound: what is heard in a film, when, and scene after scene as samples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vidc.ir.timeline import PlacedScene, Timeline

from .measure_sources import Source, Sources, begins, window
from .media import Media
from .media_sound import RATE, Listener, Sound, mono, resampled, silence
from .mix import Ducking, faded, level, limited
from .voice import Speech

__all__ = ["RATE", "Clip", "SceneSound", "Sound", "Soundtrack", "soundtrack"]

DUCKED_DB = {"audio": -12.0, "video": -6.0}
"""How far a track's sound steps back while somebody speaks."""

PIECE = 10 * RATE
JUDGED_MS = 120_000
"""Limit: how loud a recording is, is judged by its first two minutes."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound in its window, in ms from the scene's start. `begins`: the time of the medium with which it begins.

    `goes_on`: the next scene takes it up where this one ends; `continues`: it takes up that of the scene before. There
    it is not faded, since nothing is cut.
    """

    kind: str
    source: Media | Speech
    start: int
    end: int
    begins: int = 0
    continues: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class SceneSound:
    """A scene's place in the film, in ms, and what is heard in it."""

    start: int
    duration: int
    clips: tuple[Clip, ...]


class _Player:
    """Plays a clip from its begin on, piece after piece."""

    def __init__(self, clip: Clip, scene: SceneSound, ducking: Ducking) -> None:
        self.clip, self.ducking = clip, ducking
        self.start, self.end = clip.start * RATE // 1000, clip.end * RATE // 1000
        self.scene_start = scene.start * RATE // 1000
        self.place = 0
        if isinstance(clip.source, Speech):
            said = resampled(clip.source.samples, clip.source.rate)
            self.said = said[clip.begins * RATE // 1000 :] * level(said)
        else:
            self.file = Listener(clip.source, clip.begins)
            speaks = clip.kind == "speech"
            self.gain = level(mono(clip.source, RATE, JUDGED_MS)) if speaks else np.float32(1.0)

    def onto(self, mixed: Sound, first: int) -> None:
        """Add what is heard of the clip to a piece of its scene that begins with sample `first`."""
        begin, end = max(first, self.start), min(first + len(mixed), self.end)
        if begin < end:
            mixed[begin - first : end - first] += self.take(end - begin)

    def take(self, samples: int) -> Sound:
        clip = self.clip
        sound = self.raw(samples)
        if clip.kind in DUCKED_DB:
            first = self.scene_start + self.start + self.place
            sound = sound * self.ducking.gain(first, samples, DUCKED_DB[clip.kind])
        sound = faded(sound, self.place, self.end - self.start, begin=not clip.continues, end=not clip.goes_on)
        self.place += samples
        return sound

    def raw(self, samples: int) -> Sound:
        if isinstance(self.clip.source, Media):
            return self.file.take(samples) * self.gain
        made = np.zeros((samples, 2), np.float32)
        said = self.said[self.place : self.place + samples]
        made[: len(said)] = said[:, np.newaxis]
        return made


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """The sound of a film: each scene exactly as long as its duration, so that they are laid end to end."""

    scenes: tuple[SceneSound, ...]
    ducking: Ducking

    def pieces(self, index: int) -> Iterator[Sound]:
        """The samples of a scene, 48 for each millisecond, a few seconds at a time. Raises CannotDecode."""
        scene = self.scenes[index]
        players = [_Player(clip, scene, self.ducking) for clip in scene.clips]
        total = scene.duration * RATE // 1000
        for first in range(0, total, PIECE):
            mixed = np.zeros((min(PIECE, total - first), 2), np.float32)
            for player in players:
                player.onto(mixed, first)
            yield limited(mixed)

    def scene(self, index: int) -> Sound:
        """The samples of a whole scene. Raises CannotDecode."""
        return np.concatenate([silence(0), *self.pieces(index)])

    def all(self) -> Iterator[Sound]:
        """The film's sound, piece after piece. Raises CannotDecode."""
        for index in range(len(self.scenes)):
            yield from self.pieces(index)


def soundtrack(timeline: Timeline, sources: Sources) -> Soundtrack:
    """What is heard in a film whose lengths were measured."""
    begun = begins(timeline, sources)
    nodes = {(node.track.scene, node.track.index): node for node in sources.nodes()}
    scenes: list[SceneSound] = []
    talks: list[tuple[int, int]] = []
    start = 0
    for placed in timeline.scenes:
        clips = []
        for track in placed.tracks:
            key = (track.track.scene, track.track.index)
            clip = _clip_of(track.track.type, sources.of(nodes[key]), window(track), begun[key])
            if clip is not None:
                clips.append(_joined(clip, placed, nodes[key].continues is not None, nodes[key].goes_on))
                talks += [(start + first, start + last) for first, last in _talks(clip, sources.of(nodes[key]))]
        scenes.append(SceneSound(start, placed.duration.expected, tuple(clips)))
        start += placed.duration.expected
    return Soundtrack(tuple(scenes), Ducking(talks))


def _clip_of(kind: str, source: Source, seen: tuple[int, int] | None, begins_ms: int) -> Clip | None:
    if seen is None:
        return None
    if source.media is not None and source.media.has_audio and kind in ("actor", "audio", "video"):
        return Clip("speech" if kind == "actor" else kind, source.media, *seen, begins_ms)
    if source.speech is not None and len(source.speech.samples):
        return Clip("speech", source.speech, *seen, begins_ms)
    return None


def _joined(clip: Clip, scene: PlacedScene, continues: bool, goes_on: bool) -> Clip:
    """The clip with what becomes of it at the scene's ends; a voice that says a new text does not go on."""
    if isinstance(clip.source, Speech):
        return clip
    at_start = continues and clip.start == 0
    at_end = goes_on and clip.end == scene.duration.expected
    return Clip(clip.kind, clip.source, clip.start, clip.end, clip.begins, at_start, at_end)


def _talks(clip: Clip, source: Source) -> Iterator[tuple[int, int]]:
    """When somebody speaks in a clip of speech, in ms from the scene's start."""
    if clip.kind != "speech" or source.speech is None:
        return
    shift = clip.start - clip.begins
    mouths = source.speech.mouths
    for (at, shape), (until, _) in zip(mouths, [*mouths[1:], (source.speech.ms, "rest")], strict=True):
        first, last = max(at + shift, clip.start), min(until + shift, clip.end)
        if shape != "rest" and first < last:
            yield first, last
