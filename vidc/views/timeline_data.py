"""timeline_data: a timeline as plain data, which `vidc timeline --format json` prints."""

from __future__ import annotations

from typing import Any

from vidc.clock import INF, Length
from vidc.ir.timeline import Moment, PlacedScene, PlacedTrack, Timeline

MAX_NAME = 300
"""Limit: so many characters of a name are given, then `…`."""


def as_data(file: str, timeline: Timeline) -> dict[str, Any]:
    """One file's timeline; times in ms, None where a bound is infinite."""
    return {
        "file": file,
        "total": length(timeline.total),
        "scenes": [_scene(placed) for placed in timeline.scenes],
    }


def _named(name: str | None) -> str | None:
    return name if name is None or len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…"


def length(length: Length) -> dict[str, Any]:
    return {**moment(length), "basis": length.basis}


def moment(at: Moment | Length) -> dict[str, Any]:
    return {"low": _bound(at.low), "expected": at.expected, "high": _bound(at.high)}


def _scene(placed: PlacedScene) -> dict[str, Any]:
    return {
        "path": placed.scene.path,
        "name": _named(placed.scene.name),
        "start": length(placed.start),
        "duration": length(placed.duration),
        "sizedBy": placed.sized_by,
        "tracks": [_track(track) for track in placed.tracks],
    }


def _track(placed: PlacedTrack) -> dict[str, Any]:
    seen = placed.visible
    return {
        "path": placed.track.path,
        "type": _named(placed.track.type),
        "referenceId": _named(placed.track.reference_id),
        "start": moment(placed.start),
        "end": moment(placed.end),
        "visible": {"start": moment(seen.start), "end": moment(seen.end)} if seen else None,
        "medium": length(placed.medium) if placed.medium else None,
    }


def _bound(ms: int | float) -> int | float | None:
    return None if ms in (INF, -INF) else ms
