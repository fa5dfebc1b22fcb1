"""aside: the scenes and tracks of a spec that are not in this video, for checks of what stands in them all the same."""

from __future__ import annotations

from collections.abc import Callable

from vidc.diag.finding import Via
from vidc.ir.tree import Mapping, Node, Scalar, Sequence

from .gaps import unknown

MOST = 1_000
"""Limit: so many of them are looked at."""
MOST_VALUES = 50_000
"""Limit: so many values in them."""

Over = Callable[[Mapping, str, tuple[Via, ...]], Mapping]
"""Lays a scene or a track over what is declared to lie under all of its kind."""


class Aside:
    """Gathers them as `scenes`, each once. What a template gives in them is unknown: its names may have no value here,
    which is why they were left out."""

    def __init__(self, over: Over, scenes: list[Node]) -> None:
        self.over = over
        self.scenes = scenes
        self.seen: set[tuple[int, int]] = set()
        self.left = MOST_VALUES

    def add(self, item: Node, is_scene: bool, via: tuple[Via, ...], why: Via) -> None:
        """`via`: through what it came to where it was left out. `why`: what left it out."""
        key = id(item.source), item.start
        if not isinstance(item, Mapping) or key in self.seen or len(self.seen) == MOST:
            return
        self.seen.add(key)
        made = self._blank(item, (*via, why), "scene" if is_scene else "track")
        if self.left < 0 or not isinstance(made, Mapping):
            return
        if not is_scene:
            place = Scalar("tracks", item.source, item.start, item.start)
            tracks = Sequence([made], item.source, item.start, item.end)
            made = Mapping({"tracks": (place, tracks)}, item.source, item.start, item.end, via=(*via, why))
        self.scenes.append(made)

    def _blank(self, node: Node, via: tuple[Via, ...], kind: str = "") -> Node:
        """A node without what decides whether it is there, and with nothing known of its templates. `kind`: it is a
        scene, or a track."""
        self.left -= 1
        if self.left < 0:
            return unknown(node)
        if isinstance(node, Scalar):
            return unknown(node) if node.live else node
        if isinstance(node, Sequence):
            within = "track" if kind == "tracks" else ""
            return Sequence([self._blank(one, via, within) for one in node.items], node.source, node.start, node.end)
        if kind in ("scene", "track") and "use" in node.entries:
            return unknown(node)
        entries = {
            name: (key, self._blank(value, via, "tracks" if kind == "scene" and name == "tracks" else ""))
            for name, (key, value) in node.entries.items()
            if not kind or name not in ("for", "if")
        }
        made = Mapping(entries, node.source, node.start, node.end, anchor=node.anchor, via=via if kind else node.via)
        if kind == "scene":
            return self.over(made, "scene", via)
        type = entries.get("type") if kind == "track" else None
        return self.over(made, str(type[1].value), via) if type and isinstance(type[1], Scalar) else made
