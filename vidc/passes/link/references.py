"""references: the track that a scene takes its length from."""

from __future__ import annotations

from re import escape, finditer, search

from vidc.diag.finding import Finding, Log
from vidc.ir.spec import Scene, Track
from vidc.problems import link as problems
from vidc.source import Span

_CONDITION = r"(?m)(?:^[ \t]*|[{,][ \t]*|- )if:[ \t]+(?P<quote>['\"]?)(?P<condition>[^\r\n]*?)(?P=quote)[ \t]*(?:$|, )"
LONGEST = 20_000
"""Limit: so much of a scene is searched for a track that is left out."""


def reference_of(scene: Scene, log: Log) -> tuple[int | None, bool]:
    """The index of the track that the scene refers to, and whether the reference is no use.

    Where a track was left out, or its name was, a name that is not found proves nothing.
    """
    found: dict[str, int] = {}
    repeated: set[str] = set()
    unsure = scene.tracks_missing
    for index, track in enumerate(scene.tracks):
        name = track.reference_id
        if name is None:
            unsure = unsure or "referenceId" in track.broken
        elif name in found:
            repeated.add(name)
            log.add(_repeated(scene.tracks[found[name]], track, name))
        else:
            found[name] = index
    wanted = scene.reference
    if wanted is None:
        return None, False
    if wanted in repeated:
        return None, True
    if wanted in found:
        return found[wanted], False
    if not unsure and scene.duration is None and "duration" not in scene.broken:
        log.add(_unknown(scene, wanted, tuple(found)))
    return None, True


def _repeated(first: Track, track: Track, name: str) -> Finding:
    at, other = track.place("referenceId"), first.node.at("referenceId")
    if at.span != other:
        return problems.repeated_reference(at, name, other)
    steps = zip(first.node.via, track.node.via)  # noqa: B905  # of the one that is in less, no step differs
    step = next((own.text for one, own in steps if one != own), "")
    if step.startswith("in turn "):
        help = "the loop makes one in each turn: put `for` on the scene, or remove `referenceId`"
    elif step.startswith("in component "):
        help = "the component makes one in each use: make `referenceId` one of its parameters, or remove it"
    else:
        help = "both have it from here: write another `referenceId` on one of them"
    return problems.repeated_reference(at, name, None, help)


def _unknown(scene: Scene, wanted: str, names: tuple[str, ...]) -> Finding:
    from vidc.diag.near import nearest

    at = scene.place("intrinsicDurationTrackReference")
    absent = _left_out(scene, wanted)
    if absent is not None:
        condition, span = absent
        other = names[0] if len(names) == 1 else "..."
        return problems.absent_reference(at, wanted, condition, other, span)
    meant = _meant(scene, wanted)
    could = () if meant or names else tuple(track.name for track in scene.tracks if _may_size(track))
    return problems.unknown_reference(at, wanted, nearest(wanted, names), names, meant, could)


def _left_out(scene: Scene, wanted: str) -> tuple[str, Span] | None:
    """The condition of a track of that name that is written in the scene and is not there now, and where its name is
    written."""
    node = scene.node
    text = node.source.text[node.start : min(node.end, node.start + LONGEST)] if node.anchor is None else ""
    name = search(rf"\breferenceId:[ \t]*(?P<name>['\"]?{escape(wanted)}['\"]?)[ \t]*(?:[,}}#\r\n]|$)", text)
    if name is None:
        return None
    starts = [match.start() for match in finditer(r"(?m)^[ \t]*- ", text)]
    begin = max((start for start in starts if start <= name.start()), default=0)
    end = min((start for start in starts if start > name.start()), default=len(text))
    found = search(_CONDITION, text[begin:end])
    if found is None:
        return None
    return found["condition"], Span(node.source, node.start + name.start("name"), node.start + name.end("name"))


def _may_size(track: Track) -> bool:
    return track.type in ("actor", "video") or track.duration is not None


def _meant(scene: Scene, wanted: str) -> str:
    """The track that is meant by a name that none has: the one that is blended by that name, else the only one that
    can size the scene, or the only actor; empty where that is not clear."""
    nameless = [track for track in scene.tracks if track.reference_id is None]
    blended = [track for track in nameless if track.blend_id == wanted]
    actors = [track for track in nameless if track.type == "actor"]
    sized = [track for track in nameless if _may_size(track)]
    for tracks in (blended, actors, sized):
        if len(tracks) == 1:
            return tracks[0].name
    return ""
