"""measure_sources: what each track of a spec is made from: its file, its speech, and with which part it begins."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from vidc.ir.graph import Graph, TrackNode
from vidc.ir.spec import Track
from vidc.ir.timeline import PlacedTrack, Timeline
from vidc.speech import language_of

from . import stage
from .align import read_lips
from .measure_cast import Cast, actor_of, speaker_of
from .media import Media, probe
from .media_library import Library, Missing
from .media_limits import CannotDecode
from .media_pictures import Footage, Photo
from .voice import CannotSpeak, Speech, speak

ADDRESSES = {"image": "imageUrl", "video": "videoUrl", "audio": "audioUrl", "actor": "audioUrl"}
"""The field that holds the address of a track's file, by type."""

MAX_TRANSCRIPT = 20_000
"""Limit: so many characters of the text beside a recording are read."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a track is made from; None for what it has none of. `missing`: why there is no file, in a few words.

    `speech` is what an actor says: made here, or read off its recording, which is then `media`."""

    media: Media | None = None
    speech: Speech | None = None
    missing: str = ""

    @property
    def ms(self) -> int | None:
        """How long the medium is, where it has a length."""
        if self.media is not None:
            return self.media.ms or None
        return self.speech.ms if self.speech is not None else None


class Sources:
    """The sources of one spec's tracks, each made when it is first asked for. `faces`: pictures of actors, by name."""

    def __init__(self, graph: Graph, library: Library, faces: Mapping[str, Media] | None = None) -> None:
        self.graph = graph
        self.library = library
        self.faces = faces or {}
        self.cast = Cast(graph)
        self.made: dict[tuple[int, int], Source] = {}

    def nodes(self) -> list[TrackNode]:
        return [node for scene in self.graph.scenes for node in scene.tracks]

    def by_place(self) -> dict[tuple[int, int], TrackNode]:
        """The tracks by the indices of their scene and themselves."""
        return {(node.track.scene, node.track.index): node for node in self.nodes()}

    def of(self, node: TrackNode) -> Source:
        """The source of a track. What cannot be had is `missing`: nothing is raised."""
        key = (node.track.scene, node.track.index)
        if key not in self.made:
            self.made[key] = self._source(node)
        return self.made[key]

    def _source(self, node: TrackNode) -> Source:
        try:
            if node.spoken is not None:
                return Source(speech=speak(node.spoken.text, *self.cast.role(node)))
            address = address_of(node.track)
            if address is None:
                return Source()
            path = self.library.resolve(address)
            return self._file(node.track, path)
        except (Missing, CannotDecode) as error:
            return Source(missing=error.reason)
        except CannotSpeak as error:
            return Source(missing=str(error))

    def _file(self, track: Track, path: str) -> Source:
        media = probe(path)
        if track.type in ("image", "video") and not media.has_picture:
            raise CannotDecode(path, "it holds sound only")
        if track.type == "video" and media.is_still:
            raise CannotDecode(path, "it is a picture, not a film")
        if track.type in ("audio", "actor") and not media.has_audio:
            raise CannotDecode(path, "it has no sound")
        return Source(media, self._recorded(track, media) if track.type == "actor" else None)

    def _recorded(self, track: Track, media: Media) -> Speech:
        """What a recording says: by the text in a file beside it, else by its sound alone."""
        text = transcript(media.path)
        if not text:
            return read_lips(media)
        speaker = speaker_of(track)
        scene = self.graph.spec.scenes[track.scene]
        language = language_of(speaker) or scene.language or self.graph.spec.language or "en"
        return read_lips(media, speak(text, language, speaker, actor_of(track)))


def transcript(path: str) -> str:
    """The text beside a recording, `hello.txt` for `hello.mp3`; empty where there is none that can be read."""
    try:
        with open(os.path.splitext(path)[0] + ".txt", encoding="utf-8-sig") as file:
            return file.read(MAX_TRANSCRIPT).strip()
    except (OSError, UnicodeDecodeError):
        return ""


def address_of(track: Track) -> str | None:
    field = ADDRESSES.get(track.type)
    address = track.values.get(field) if field else None
    return address if isinstance(address, str) else None


def materials(timeline: Timeline, sources: Sources, scene: int | None = None) -> dict[tuple[int, int], stage.Material]:
    """What each placed track shows and says, by the indices of its scene and itself. `scene`: the place in the timeline
    of the one that is asked for; the files of the others are then not looked at."""
    begun = begins(timeline, sources)
    nodes = sources.by_place()
    asked = begun if scene is None else [(one.track.scene, one.track.index) for one in timeline.scenes[scene].tracks]
    return {key: _material(nodes[key], sources, begun[key]) for key in asked}


def _material(node: TrackNode, sources: Sources, begins_ms: int) -> stage.Material:
    source = sources.of(node)
    media, said = source.media, source.speech
    pictured = {"image": media, "actor": sources.faces.get(actor_of(node.track))}.get(node.track.type)
    return stage.Material(
        photo=None if pictured is None else Photo(pictured),
        footage=Footage(media) if media is not None and node.track.type == "video" else None,
        speech=None if said is None else as_staged(said),
        begins=begins_ms,
        missing=source.missing,
    )


def as_staged(speech: Speech) -> stage.Speech:
    words = [stage.Word(word.start, word.end, word.text) for word in speech.words]
    return stage.Speech(speech.ms, list(speech.mouths), words, speech.language)


def begins(timeline: Timeline, sources: Sources) -> dict[tuple[int, int], int]:
    """The time of its medium, in ms, with which each placed track begins: more than 0 where it goes on with that of the
    scene before. What an actor says anew in each scene begins anew."""
    nodes = {(node.track.scene, node.track.index): node for node in sources.nodes()}
    found: dict[tuple[int, int], int] = {}
    ended: dict[tuple[int, int], int] = {}
    for scene in timeline.scenes:
        for placed in scene.tracks:
            key = (placed.track.scene, placed.track.index)
            before = nodes[key].continues
            said_anew = nodes[key].spoken is not None
            found[key] = 0 if before is None or said_anew else ended.get((before.scene, before.index), 0)
            ended[key] = found[key] + seen_ms(placed)
    return found


def window(placed: PlacedTrack) -> tuple[int, int] | None:
    """When a track is seen, in ms from its scene's start; None where it never is."""
    visible = placed.visible
    if visible is None or visible.end.expected <= visible.start.expected:
        return None
    return visible.start.expected, visible.end.expected


def seen_ms(placed: PlacedTrack) -> int:
    found = window(placed)
    return found[1] - found[0] if found else 0
