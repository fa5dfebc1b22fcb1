"""size: how long a scene is, from its own fields or from the one track that sizes it."""

from __future__ import annotations

from vidc.clock import Length, exact
from vidc.ir.graph import SceneNode, TrackNode
from vidc.record import record

from .table import TIMED, TIMES


@record
class Size:
    """A scene's length and where it is from: `duration`, `reference` or `inferred`.

    `track`: the index of the track that sizes it. `medium`: it does so by the length of its medium, which is then the
    same unknown as the scene's.
    """

    length: Length
    by: str
    track: int | None = None
    medium: bool = False


@record
class Trouble:
    """Why a scene has no length: a finding's name and the tracks that take part; no name where one speaks already."""

    name: str
    tracks: tuple[int, ...] = ()


SPOKEN_OF = Trouble("")


def size(node: SceneNode) -> Size | Trouble:
    scene = node.scene
    if "duration" in scene.broken or "intrinsicDurationTrackReference" in scene.broken:
        return SPOKEN_OF
    if scene.duration is not None:
        return Size(exact(scene.duration), "duration") if scene.reference is None else Trouble("over-constrained")
    if scene.reference is None:
        return _inferred(node)
    if node.reference is None or node.reference_broken:
        return SPOKEN_OF
    return _referred(node.tracks[node.reference], node.reference)


def _referred(item: TrackNode, index: int) -> Size | Trouble:
    track = item.track
    if not track.broken.isdisjoint(TIMES):
        return SPOKEN_OF
    both_gaps = track.start_gap is not None and track.end_gap is not None
    if track.duration is not None:
        return SPOKEN_OF if both_gaps else Size(exact(track.duration), "reference", index)
    if both_gaps:
        return Trouble("cyclic-duration", (index,))
    if track.type not in TIMED:
        return Trouble("unsized-reference", (index,))
    return SPOKEN_OF if item.medium is None else Size(item.medium, "reference", index, True)


def _inferred(node: SceneNode) -> Size | Trouble:
    """By the one track that has a size. A track with an error may have one or not: then nothing is concluded."""
    sized: list[int] = []
    unsure = node.scene.tracks_missing
    for index, item in enumerate(node.tracks):
        track = item.track
        both_gaps = track.start_gap is not None and track.end_gap is not None
        if track.broken and not track.broken.isdisjoint(TIMES):
            unsure = unsure or track.type in TIMED or track.duration is not None or "duration" in track.broken
        elif track.duration is not None:
            if both_gaps:
                continue
            sized.append(index)
        elif track.type in TIMED and not both_gaps:
            sized.append(index)
    if len(sized) > 1:
        return Trouble("ambiguous-duration", tuple(sized))
    if unsure:
        return SPOKEN_OF
    if sized:
        return _by_one(node.tracks[sized[0]], sized[0])
    return SPOKEN_OF if any(is_over_constrained(item) for item in node.tracks) else Trouble("under-constrained")


def _by_one(item: TrackNode, index: int) -> Size | Trouble:
    if item.track.duration is not None:
        return Size(exact(item.track.duration), "inferred", index)
    return SPOKEN_OF if item.medium is None else Size(item.medium, "inferred", index, True)


def is_over_constrained(item: TrackNode) -> bool:
    track = item.track
    return track.duration is not None and track.start_gap is not None and track.end_gap is not None


def is_sized(item: TrackNode) -> bool:
    """Whether the track has a length that could size its scene."""
    track = item.track
    both_gaps = track.start_gap is not None and track.end_gap is not None
    return not both_gaps and (track.duration is not None or track.type in TIMED)
