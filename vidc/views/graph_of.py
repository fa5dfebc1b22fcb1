"""graph_of: puts a spec into a graph: its scenes and tracks as they are sent, and what each is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vidc.compile import Compiled
from vidc.diag.finding import Via
from vidc.ir import tree
from vidc.ir.form import is_literal
from vidc.ir.graph import SceneNode, TrackNode
from vidc.ir.spec import Scene, Track
from vidc.passes.link.variables import TYPES as FILLED
from vidc.source import Source, Span

from .chart import could_size
from .graph import Graph, id_of
from .uses import Authored, Element, Key, Part, Use, authored, key_of

_MEDIA = {"imageUrl": "shows", "videoUrl": "shows", "audioUrl": "plays"}
_WHO = (("speakerId", "speaker", "speaks"), ("actor", "actor", "acts"))


def add_spec(graph: Graph, compiled: Compiled, read: Callable[[str, Source], Source | str]) -> None:
    """Add a spec without errors, or a file that only brings names to others. `read`: what it was compiled with."""
    file = compiled.source.path
    if compiled.root is None:
        return
    if compiled.graph is None:
        part = graph.add_vertex("include", file, file, Span(compiled.source, 0, 0))
        _Uses(graph, file, part, authored(compiled.root, read, compiled.sources)).add({}, {})
        return
    spec = graph.add_vertex("spec", file, file, Span(compiled.source, 0, 0))
    written = None if is_literal(compiled.root) else authored(compiled.root, read, compiled.sources)
    sized_by = {placed.scene.index: placed.sized_by for placed in compiled.timeline.scenes} if compiled.timeline else {}
    scenes = _Scenes(graph, file, spec)
    _add_services(graph, compiled)
    scenes.add(compiled.graph.scenes, sized_by)
    if written:
        _Uses(graph, file, spec, written).add(scenes.by_key, scenes.by_type)


def _add_services(graph: Graph, compiled: Compiled) -> None:
    """The service's variables, where their values are written."""
    node = compiled.root.entries.get("dynamicVariables") if compiled.root else None
    if node is not None and isinstance(node[1], tree.Mapping):
        for name, (key, _) in node[1].entries.items():
            graph.add_vertex("service", f"{compiled.source.path}#{name}", name, key.span)


class _Scenes:
    """Adds the scenes and tracks of one spec. `by_key`, `by_type`: their ids by where they are written and by type."""

    def __init__(self, graph: Graph, file: str, spec: str) -> None:
        self.graph = graph
        self.file = file
        self.spec = spec
        self.by_key: dict[Key, list[str]] = {}
        self.by_type: dict[str, list[str]] = {}

    def add(self, nodes: list[SceneNode], sized_by: dict[int, str]) -> None:
        before = ""
        for node in nodes:
            scene = self.vertex("scene", node.scene, node.scene.name or "", node.scene.node.via)
            self.graph.add_edge(self.spec, scene, "contains", node.scene.node.span)
            if before:
                self.graph.add_edge(before, scene, "next")
            before = scene
            for item in node.tracks:
                self.track(scene, item, len(node.scene.node.via))
            self.size(node, scene, sized_by.get(node.scene.index, ""))

    def vertex(self, kind: str, thing: Scene | Track, name: str, via: tuple[Via, ...]) -> str:
        """A scene or track; its detail says through what it came here."""
        steps = [step.text for step in via]
        detail = ", ".join([name, *steps] if name else steps)
        id = self.graph.add_vertex(kind, f"{self.file}#{thing.path}", thing.path, thing.node.span, detail)
        self.by_key.setdefault(key_of(thing.node), []).append(id)
        return id

    def track(self, scene: str, item: TrackNode, above: int) -> None:
        """`above`: how many steps it came through with its scene."""
        track, graph = item.track, self.graph
        name = f"{track.type} {track.reference_id or ''}".strip()
        id = self.vertex("track", track, name, track.node.via[above:])
        self.by_type.setdefault(track.type, []).append(id)
        graph.add_edge(scene, id, "contains", track.node.span)
        for field, kind in _MEDIA.items():
            if isinstance(address := track.values.get(field), str):
                graph.add_edge(id, graph.add_vertex("medium", address, address), kind, track.node.at(field))
        for field, kind, relation in _WHO:
            if isinstance(who := track.values.get(field), str):
                graph.add_edge(id, graph.add_vertex(kind, who, who), relation, track.node.at(field))
        for name in service_names(track):
            service = graph.add_vertex("service", f"{self.file}#{name}", name)
            graph.add_edge(id, service, "uses", track.node.at("text"))
        if item.continues is not None:
            earlier = id_of("track", f"{self.file}#{item.continues.path}")
            graph.add_edge(id, earlier, "continues", track.node.at("sequentialBlendId"))

    def size(self, node: SceneNode, scene: str, by: str) -> None:
        """Which track decides the scene's length: the one it refers to, else the only one that has a length."""
        sizing = [item.track for item in node.tracks if could_size(item.track)]
        if by == "reference" and node.reference is not None:
            sizing = [node.tracks[node.reference].track]
        if by in ("reference", "inferred") and len(sizing) == 1:
            at = node.scene.node.at("intrinsicDurationTrackReference") if by == "reference" else None
            self.graph.add_edge(id_of("track", f"{self.file}#{sizing[0].path}"), scene, "sizes", at)


class _Uses:
    """Adds what the author wrote a spec from, and who uses it."""

    def __init__(self, graph: Graph, file: str, spec: str, written: Authored) -> None:
        self.graph = graph
        self.file = file
        self.spec = spec
        self.written = written

    def add(self, by_key: dict[Key, list[str]], by_type: dict[str, list[str]]) -> None:
        written, add = self.written, self.graph.add_vertex
        ids = {source: add("include", source.path, source.path, span) for source, span in written.includes.items()}
        for source, span in written.includes.items():
            self.graph.add_edge(ids.get(span.source, self.spec), ids[source], "uses", span)
        made = [(add(kind, self.key(part.key, name), name, part.key.span), part) for kind, name, part in self.parts()]
        for id, part in made:
            if id.startswith("part:"):
                self.graph.add_edge(self.spec, id, "contains", part.key.span)
            self.use(id, part.uses)
        for element in written.elements:
            if element.key not in by_key:
                by_key[element.key] = [self.absent(element, by_key)]
            for id in by_key[element.key]:
                self.use(id, element.uses)
        for name, part in written.defaults.items():
            for id in by_type.get(name, ()):
                self.use(id, [Use("defaults", name, part.key.span)])

    def parts(self) -> Iterator[tuple[str, str, Part]]:
        written = self.written
        kinds = {"variable": written.variables, "component": written.components, "defaults": written.defaults}
        for kind, parts in {**kinds, "service": written.services, "part": written.others}.items():
            yield from ((kind, name, part) for name, part in parts.items())

    def key(self, key: tree.Scalar, name: str) -> str:
        """The same for every spec that includes it."""
        return f"{key.source.path}#{name}"

    def use(self, id: str, uses: list[Use]) -> None:
        for use in uses:
            self.graph.add_edge(id, self.used(use), "uses", use.at)

    def used(self, use: Use) -> str:
        parts: dict[str, dict[str, Part]] = {
            "variable": self.written.variables,
            "component": self.written.components,
            "defaults": self.written.defaults,
        }
        if use.kind == "include":
            return id_of("include", use.name)
        return id_of(use.kind, self.key(parts[use.kind][use.name].key, use.name))

    def absent(self, element: Element, by_key: dict[Key, list[str]]) -> str:
        """A scene or track that a condition or an empty list leaves out of this video."""
        _, (source, start) = element.key
        name = f"{element.kind} at line {source.position(start)[0]}"
        id = self.graph.add_vertex(
            element.kind, f"{self.file}#{source.path}:{start}", name, Span(source, start, start), "not in this video"
        )
        scene = by_key.get(element.scene, []) if element.scene else []
        self.graph.add_edge(scene[0] if scene else self.spec, id, "contains", Span(source, start, start))
        return id


def service_names(track: Track) -> list[str]:
    """The service's variables in a track's text, as `{name}`."""
    from re import findall, fullmatch

    if track.type not in FILLED or not track.text:
        return []
    found = (fullmatch(r"\{([A-Za-z_][A-Za-z0-9_]*)\}", part) for part in findall(r"\{+[^{}]*\}+", track.text))
    return sorted({match[1] for match in found if match})
