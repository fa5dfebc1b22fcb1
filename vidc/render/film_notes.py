"""film_notes: what drawing a scene found, kept beside its film, so that it is said again when nothing is drawn."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from vidc.diag.finding import Finding, Place, Words
from vidc.ir.spec import Track
from vidc.ir.timeline import PlacedScene

from .encode import Packet


def packed(findings: Iterable[Finding], scene: PlacedScene) -> list[Packet]:
    """Findings without their places in the text, which may move while the scene stays the same."""
    listed = [_told(finding, scene) for finding in findings]
    return [Packet(0, True, json.dumps([one for one in listed if one is not None]).encode())]


def unpacked(packets: list[Packet], scene: PlacedScene) -> Iterator[Finding]:
    """The same findings at the places of now."""
    for name, severity, message, help, number, field in json.loads(packets[0].data):
        place = scene.tracks[number].track.place(field)
        yield Finding(name, severity, Words(message, place, help=help))


def _told(finding: Finding, scene: PlacedScene) -> Any:
    """What is kept of a finding; None where it speaks of no track."""
    words = finding.words
    for number, placed in enumerate(scene.tracks):
        field = _field(placed.track, words.at)
        if field is not None:
            return finding.name, finding.severity, words.message, words.help, number, field
    return None


def _field(track: Track, at: Place) -> str | None:
    """The field of a track that a place is that of; None where it lies elsewhere."""
    if track.path != at.path:
        return None
    return next((field for field in track.node.entries if track.node.at(field) == at.span), "")
