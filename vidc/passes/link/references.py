"""references: the track that a scene takes its length from."""

from __future__ import annotations

from vidc.diag.finding import Finding, Log
from vidc.ir.spec import Scene
from vidc.problems import link as problems


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
            log.add(
                problems.repeated_reference(
                    track.place("referenceId"), name, scene.tracks[found[name]].node.at("referenceId")
                )
            )
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


def _unknown(scene: Scene, wanted: str, names: tuple[str, ...]) -> Finding:
    from vidc.diag.near import nearest

    at = scene.place("intrinsicDurationTrackReference")
    return problems.unknown_reference(at, wanted, nearest(wanted, names), names, _meant(scene, wanted))


def _meant(scene: Scene, wanted: str) -> str:
    """The track that is meant by a name that none has: the one that is blended by that name, else the only one that
    can size the scene, or the only actor; empty where that is not clear."""
    nameless = [track for track in scene.tracks if track.reference_id is None]
    blended = [track for track in nameless if track.blend_id == wanted]
    actors = [track for track in nameless if track.type == "actor"]
    sized = [track for track in nameless if track.type == "video" or track.duration is not None]
    for tracks in (blended, actors, sized):
        if len(tracks) == 1:
            return tracks[0].name
    return ""
