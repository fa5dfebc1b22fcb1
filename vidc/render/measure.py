"""measure: how long the speech and the files of a spec are here, as facts for the compiler.

    draft = compile(source, ...)
    sources = Sources(draft.graph, library_of(source.file))
    made = compile(source, facts=measured(sources), ...)

`made.timeline` is then that of the film, to the millisecond. These lengths are the local voices': they prove nothing of
the service's.
"""

from __future__ import annotations

from dataclasses import dataclass

from vidc import lock
from vidc.ir.facts import NOTHING, Facts
from vidc.ir.graph import Graph

from .measure_cast import Cast, speaker_of
from .measure_sources import ADDRESSES, Source, Sources, address_of
from .voice import NAME

__all__ = ["Note", "Source", "Sources", "learned", "measured", "notes", "remembered"]


def measured(sources: Sources, known: Facts = NOTHING) -> Facts:
    """The lengths of all that could be had, and those that are `known` of files that could not (what the lock has)."""
    media: dict[str, int] = dict(known.media)
    speech: dict[tuple[str, str], int] = {}
    for node in sources.nodes():
        if node.track.type == "image" or node.track.type not in ADDRESSES:
            continue
        source, address = sources.of(node), address_of(node.track)
        if source.ms is None:
            continue
        if node.spoken is not None:
            speech[speaker_of(node.track), node.spoken.text] = source.ms
        elif address is not None:
            media[address] = source.ms
    return Facts(media, speech, {})


def learned(sources: Sources) -> list[lock.Entry]:
    """What the lock should keep: the local voices' lengths, under the synthesizer's name, and those of fetched files.

    A file that only stands in for an address says nothing of what the service will find there.
    """
    found: list[lock.Entry] = []
    for node in sources.nodes():
        source, address = sources.of(node), address_of(node.track)
        if node.spoken is not None and source.ms is not None:
            voice = sources.cast.voice(node)
            found.append(lock.LocalSpeech(NAME, voice.name, node.spoken.text, source.ms))
        elif source.ms and address is not None and (sha256 := sources.library.fetched(address)):
            found.append(lock.Media(address, source.ms, sha256))
    return found


def remembered(known: lock.Lock, graph: Graph) -> Facts:
    """The lengths that `measured` would find, as far as the lock has them: without a voice being there, or a file."""
    cast = Cast(graph)
    speech: dict[tuple[str, str], int] = {}
    for node in cast.spoken():
        assert node.spoken is not None
        ms = known.local_speech.get((NAME, cast.voice(node).name, node.spoken.text))
        if ms is not None:
            speech[speaker_of(node.track), node.spoken.text] = ms
    return Facts({address: entry.ms for address, entry in known.media.items()}, speech, {})


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know of a track in the film: `path` is like `scenes[0].tracks[2]`."""

    path: str
    text: str
    is_missing: bool = False


def notes(sources: Sources) -> list[Note]:
    """Files that could not be had, and voices that stand in poorly; each is said once, where it is first met."""
    found: dict[str, Note] = {}
    for node in sources.nodes():
        source = sources.of(node)
        if source.missing:
            text = f"{address_of(node.track) or 'the speech'}: {source.missing}"
            found.setdefault(text, Note(node.track.path, text, is_missing=True))
        if source.speech is not None and source.speech.note:
            found.setdefault(source.speech.note, Note(node.track.path, source.speech.note))
    return list(found.values())
