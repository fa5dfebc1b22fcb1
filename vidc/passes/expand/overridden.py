"""overridden: tracks that lie under every scene, where every scene has tracks of its own."""

from __future__ import annotations

from vidc.diag.finding import Log, Place
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems import expand as problems

LONGEST = 60
"""Limit: characters of a track that a help shows."""


def report(root: Mapping, scenes: Node, log: Log) -> None:
    """Say of the tracks in the spec's own `defaults` that no scene takes them, since lists replace each other.

    What a file brings may be for other specs. A scene that is left out, or of which nothing is known, may take them.
    """
    tracks = _tracks(root)
    written = root.entries["scenes"][1]
    if tracks is None or not isinstance(written, Sequence) or not isinstance(scenes, Sequence) or not scenes.items:
        return
    if all(map(_has_tracks, (*written.items, *_bodies(root)))) and all(map(_is_whole, scenes.items)):
        log.add(problems.unused_default(Place(tracks[0].span), "tracks", _help(tracks[1])))


def _tracks(root: Mapping) -> tuple[Scalar, Node] | None:
    defaults = root.entries["defaults"][1] if "defaults" in root.entries else None
    scene = defaults.entries.get("scene") if isinstance(defaults, Mapping) else None
    found = scene[1].entries.get("tracks") if scene and isinstance(scene[1], Mapping) else None
    return found if found and found[0].source is root.source and isinstance(found[1], Sequence) else None


def _bodies(root: Mapping) -> list[Node]:
    """The scenes that components are."""
    found = root.entries["components"][1] if "components" in root.entries else None
    bodies = [body for _, body in found.entries.values()] if isinstance(found, Mapping) else []
    return [body.entries["scene"][1] for body in bodies if isinstance(body, Mapping) and "scene" in body.entries]


def _has_tracks(scene: Node) -> bool:
    return isinstance(scene, Mapping) and not scene.entries.keys().isdisjoint(("tracks", "use"))


def _is_whole(scene: Node) -> bool:
    return isinstance(scene, Mapping) and "tracks" in scene.entries and not scene.partial


def _help(tracks: Node) -> str:
    items = tracks.items if isinstance(tracks, Sequence) else []
    text = items[0].span.text if len(items) == 1 else ""
    what = f"write `- {text}`" if text.isprintable() and 0 < len(text) <= LONGEST else "write them"
    return f"{what} in the `tracks` of each scene, and remove this"
