"""labels: where a finding of time points, and what is true at the fields that took part."""

from __future__ import annotations

from functools import lru_cache

from vidc.clock import INF, Length, roughly
from vidc.diag.finding import Label, Place
from vidc.ir.graph import SceneNode, TrackNode
from vidc.ir.spec import Scene, Track
from vidc.problems.proof import shown
from vidc.source import Key

from .changes import DURATION, END_GAP, REFERENCE, START_GAP
from .size import Size


def place(owner: Track | Scene, field: str) -> Place:
    """A field of a track or scene, or all of it where the field is not there."""
    return Place(owner.node.entry(field), owner.path, owner.node.via)


def medium_field(track: Track) -> str:
    """The field that says how long the track's medium is."""
    entries = track.node.entries
    fields = ("intrinsicDuration", "text", "audioUrl", "videoUrl", "type")
    return next((field for field in fields if field in entries), "type")


def medium_place(track: Track) -> Place:
    """The value that makes the medium: a script, an address, or the length stated for it."""
    field = medium_field(track)
    return place(track, field) if field in (DURATION, "intrinsicDuration") else track.place(field)


def is_unknown(length: Length | None) -> bool:
    """Whether nothing is known of a length, so that what is expected of it is assumed."""
    return length is not None and length.high == INF and length.low <= 1


def long(length: Length) -> str:
    """A length with what it rests on: `3.0 s (2.1 s to 4.35 s, estimated)`."""
    if length.low == length.high:
        basis = "" if length.basis == "exact" else f" ({length.basis})"
        return f"{shown(length.expected)}{basis}"
    low, expected, high = (roughly(ms) for ms in (length.low, length.expected, length.high))
    if is_unknown(length):
        return f"an unknown time; {shown(expected)} is assumed"
    if length.high == INF:
        return f"about {shown(expected)} (at least {shown(low)}, {length.basis})"
    return f"about {shown(expected)} ({shown(low)} to {shown(high)}, {length.basis})"


@lru_cache(maxsize=10_000)
def _starts(ms: int) -> str:
    return f"starts {shown(ms)} into the scene" if ms else "starts with the scene"


@lru_cache(maxsize=10_000)
def _scene_lasts(ms: int) -> str:
    return f"the scene lasts {shown(ms)}"


@lru_cache(maxsize=10_000)
def _lasts(ms: int) -> str:
    return f"lasts {shown(ms)}"


@lru_cache(maxsize=10_000)
def _ends(ms: int) -> str:
    return f"ends {shown(ms)} before the scene does" if ms else "ends with the scene"


def time_labels(track: Track) -> dict[str, Label]:
    """What the times that a track has mean, by field, in the order of time."""
    entry, labels = track.node.entry, {}
    if (ms := track.start_gap) is not None:
        labels[START_GAP] = Label(entry(START_GAP), _starts(ms))
    if (ms := track.duration) is not None:
        labels[DURATION] = Label(entry(DURATION), _lasts(ms))
    if (ms := track.end_gap) is not None:
        labels[END_GAP] = Label(entry(END_GAP), _ends(ms))
    return labels


def medium_label(item: TrackNode) -> Label:
    medium = item.medium
    said = f"takes {long(medium)}" if medium is not None else "is of unknown length"
    return Label(medium_place(item.track).span, said)


def scene_labels(node: SceneNode, sized: Size) -> tuple[Label, ...]:
    """Where the scene's length is from."""
    scene = node.scene
    if sized.track is None:
        return (Label(scene.node.entry(DURATION), _scene_lasts(sized.length.expected)),)
    item = node.tracks[sized.track]
    span = medium_place(item.track).span if sized.medium else item.track.node.entry(DURATION)
    label = Label(span, f"the scene lasts as long as this, {long(sized.length)}")
    if sized.by == "reference":
        return (Label(scene.node.entry(REFERENCE), "sizes the scene"), label)
    return (label,)


def fields_of_track(track: Track) -> list[str]:
    """The times that the track has, in the order of time."""
    fields = [] if track.start_gap is None else [START_GAP]
    if track.duration is not None:
        fields.append(DURATION)
    if track.end_gap is not None:
        fields.append(END_GAP)
    return fields


def merged(*labels: Label) -> tuple[Label, ...]:
    """Labels without a second one at the same place."""
    seen: dict[Key, Label] = {}
    for label in labels:
        seen.setdefault(label.span.key, label)
    return tuple(seen.values())
