"""interchange: a timeline in OpenTimelineIO, which editing programs read.

Every track of a scene is a clip. Those at the same height in their scenes share a track of the timeline; sound has
tracks of its own, scenes are markers. Times are the expected ones, on whole frames.
"""

from __future__ import annotations

from typing import Any

from vidc.clock import Length
from vidc.ir.timeline import PlacedTrack, Timeline

RATE = 30
"""Frames a second."""

_SEEN = ("image", "video", "text", "actor")
_HEARD = ("actor", "audio", "video")
_ADDRESS = {"image": "imageUrl", "video": "videoUrl", "audio": "audioUrl"}


def frame(ms: int) -> int:
    """The frame nearest to a time."""
    return (ms * RATE + 500) // 1000


def otio_json(name: str, timeline: Timeline) -> str:
    """The timeline as the text of an `.otio` file."""
    from opentimelineio import schema

    made = schema.Timeline(name=name)
    lanes: dict[tuple[str, int], list[tuple[int, int, Any]]] = {}
    for scene in timeline.scenes:
        start, length = scene.start.expected, scene.duration.expected
        made.tracks.markers.append(
            schema.Marker(name=scene.scene.label, marked_range=_range(frame(start), frame(start + length)))
        )
        heights = dict.fromkeys(("Video", "Audio"), 0)
        for track in scene.tracks:
            for kind in _kinds(track):
                clip = _clip(track, start)
                if clip is not None:
                    lanes.setdefault((kind, heights[kind]), []).append(clip)
                heights[kind] += 1
    for kind in ("Video", "Audio"):
        for (_, height), clips in sorted(
            (lane for lane in lanes.items() if lane[0][0] == kind), key=lambda lane: lane[0]
        ):
            made.tracks.append(_track(f"{kind} {height + 1}", kind, clips))
    text: str = made.to_json_string()
    return text + "\n"


def _kinds(placed: PlacedTrack) -> list[str]:
    kind = placed.track.type
    return [name for name, kinds in (("Video", _SEEN), ("Audio", _HEARD)) if kind in kinds]


def _range(first: int, last: int) -> Any:
    from opentimelineio.opentime import RationalTime, TimeRange

    return TimeRange(RationalTime(first, RATE), RationalTime(last - first, RATE))


def _clip(placed: PlacedTrack, scene_ms: int) -> tuple[int, int, Any] | None:
    """Its first frame, the frame behind its last, and the clip; None where nothing is seen of it."""
    from opentimelineio import schema

    seen, track = placed.visible, placed.track
    if seen is None:
        return None
    first, last = frame(scene_ms + seen.start.expected), frame(scene_ms + seen.end.expected)
    if first >= last:
        return None
    skipped = frame(seen.start.expected - placed.start.expected)
    clip = schema.Clip(
        name=track.name,
        media_reference=_reference(placed.medium, track.values.get(_ADDRESS.get(track.type, ""))),
        source_range=_range(skipped, skipped + last - first),
        metadata={"vidc": {"path": track.path, "type": track.type, "text": track.text or ""}},
    )
    return first, last, clip


def _reference(medium: Length | None, address: object) -> Any:
    from opentimelineio import schema

    if not isinstance(address, str):
        return schema.MissingReference()
    whole = None if medium is None else _range(0, frame(medium.expected))
    return schema.ExternalReference(target_url=address, available_range=whole)


def _track(name: str, kind: str, clips: list[tuple[int, int, Any]]) -> Any:
    """Clips with the gaps between them. Those of scenes that a transition joins do not overlap here."""
    from opentimelineio import schema

    made = schema.Track(name=name, kind=kind)
    at = 0
    for first, last, clip in clips:
        if first > at:
            made.append(schema.Gap(source_range=_range(0, first - at)))
        made.append(clip)
        at = last
    return made
