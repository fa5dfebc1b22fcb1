"""graph: what specs are made of and what depends on what. The one door of networkx.

    TooLarge        there is more than is drawn

Nodes are `spec`, `scene`, `track`, `medium`, `speaker`, `actor`, `variable`, `service` (a variable of the service),
`component`, `defaults`, `include` and `part` (another top-level key). An edge leads from what has or needs to what is
had or needed; its `kind` is one of

    contains   spec -> scene -> track, spec -> part
    next       scene -> the scene that follows
    sizes      track -> the scene whose length it decides
    continues  track -> the track of the scene before that it goes on from
    shows      track -> a picture's or film's medium        plays     track -> a sound's medium
    speaks     track -> its speaker                         acts      track -> its actor
    uses       anything -> variable, service, component, defaults, include
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vidc.diag.near import nearest
from vidc.diag.sink import MAX_TEXT
from vidc.record import record
from vidc.source import Span

KINDS = (
    "spec",
    "part",
    "scene",
    "track",
    "medium",
    "actor",
    "speaker",
    "variable",
    "service",
    "component",
    "defaults",
    "include",
)
"""The kinds of nodes, in the order in which they are listed."""

NAMED = frozenset(("variable", "service", "medium", "actor", "speaker", "component", "include"))
"""The kinds whose dependents can be asked for."""

MAX_PARTS = 100_000
"""Limit: so many nodes and edges are drawn."""

MAX_THROUGH = 8
"""Limit: so many of the things between a thing and its dependent are told."""

MAX_KEY = 300
MAX_DETAIL = 100
"""Limit: so many characters of a key are in a node's id, and so many of its detail are shown."""

_DEPENDS = frozenset(("continues", "shows", "plays", "speaks", "acts", "uses"))


class TooLarge(Exception):  # noqa: N818  # named as the sentence reads
    """There is more in the specs than is drawn; the text says what."""


@record
class Vertex:
    """A node: `id` is unique, `name` is shown. `at`: where it is written. `detail`: what else there is to say."""

    id: str
    kind: str
    name: str
    at: Span | None = None
    detail: str = ""


@record
class Edge:
    start: str
    end: str
    kind: str
    at: Span | None = None


@record
class Drawn:
    """Nodes and edges, in order."""

    vertices: list[Vertex]
    edges: list[Edge]


@record
class Dependent:
    """What depends on a thing; `at`: where it says so; `through`: the things between the two, the thing's own last, and
    `more` of them between those and the thing."""

    vertex: Vertex
    at: Span | None
    through: list[Vertex]
    more: int
    sizes: bool


@record
class Found:
    """What a name stands for, what depends on each, and all of that as a graph with the scenes it stands in."""

    things: list[tuple[Vertex, list[Dependent]]]
    drawn: Drawn


class Graph:
    """The graph of one or several specs. Media, actors, speakers and what includes bring are shared among them."""

    def __init__(self) -> None:
        from networkx import DiGraph  # type: ignore[import-untyped]  # it comes without types

        self._graph: Any = DiGraph()
        self._parts = 0

    def add_vertex(self, kind: str, key: str, name: str, at: Span | None = None, detail: str = "") -> str:
        """Add a node, or find the one that is there; its id."""
        id = id_of(kind, key)
        if id not in self._graph:
            self._spend()
            vertex = Vertex(id, kind, _cut(name, MAX_TEXT), at, _cut(detail, MAX_DETAIL))
            self._graph.add_node(id, vertex=vertex)
        return id

    def add_edge(self, start: str, end: str, kind: str, at: Span | None = None) -> None:
        """Add an edge; of several between two nodes the first stays."""
        if not self._graph.has_edge(start, end):
            self._spend()
            self._graph.add_edge(start, end, edge=Edge(start, end, kind, at))

    def _spend(self) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise TooLarge(f"more than {MAX_PARTS:,} things and what is between them")

    def drawn(self, only: Iterable[str] | None = None) -> Drawn:
        """All of it, or some nodes and what is between them, in an order that does not depend on how it was made."""
        graph = self._graph if only is None else self._graph.subgraph(list(only))
        vertices = sorted((vertex for _, vertex in graph.nodes(data="vertex")), key=_order)
        place = {vertex.id: index for index, vertex in enumerate(vertices)}
        edges = sorted((edge for _, _, edge in graph.edges(data="edge")), key=lambda e: (place[e.start], place[e.end]))
        return Drawn(vertices, edges)

    def dependents(self, name: str) -> Found | None:
        """What depends on the things of that name; None where there are none. A medium is also known by the last part
        of its address."""
        name = _cut(name, MAX_TEXT)
        starts = [vertex for vertex in self.drawn().vertices if vertex.kind in NAMED and _is_called(vertex, name)]
        if not starts:
            return None
        things = [(start, self._dependents(start.id)) for start in starts]
        reached = {vertex.id for _, found in things for one in found for vertex in (one.vertex, *one.through)}
        reached |= {start.id for start in starts}
        return Found(things, self.drawn(reached | self._holders(reached)))

    def nearest(self, name: str) -> str | None:
        """The name that a misspelt one was meant to be."""
        return nearest(name, [vertex.name for vertex in self.drawn().vertices if vertex.kind in NAMED])

    def _dependents(self, start: str) -> list[Dependent]:
        """What depends on a thing, each found on the shortest way, from what stands next to it outwards."""
        nearer: dict[str, tuple[str, int]] = {start: ("", -1)}
        waiting = [start]
        for next in waiting:  # which grows
            for id, _ in self._graph.in_edges(next):
                if id not in nearer and self._passes(id, next, start):
                    self._spend()
                    nearer[id] = (next, nearer[next][1] + 1)
                    waiting.append(id)
        found = [self._dependent(id, nearer) for id in nearer if id != start]
        return sorted(found, key=lambda one: _order(one.vertex))

    def _passes(self, start: str, end: str, asked: str) -> bool:
        """Whether a change of `end` reaches `start`. Tracks have edges of their own to the variables that they use
        through components, so nothing passes through a component unless it has changed itself, or its file has."""
        if self._graph.edges[start, end]["edge"].kind not in _DEPENDS:
            return False
        if self._vertex(end).kind != "component" or end == asked:
            return True
        return self._vertex(asked).kind == "include" and bool(self._graph.has_edge(end, asked))

    def _dependent(self, id: str, nearer: dict[str, tuple[str, int]]) -> Dependent:
        """`nearer`: of each dependent, what lies next to it on the way to the thing, and how many lie on that way."""
        next, between = nearer[id]
        edge: Edge = self._graph.edges[id, next]["edge"]
        vertex = self._vertex(id)
        sizes = any(edge.kind == "sizes" for _, _, edge in self._graph.out_edges(id, data="edge"))
        through: list[Vertex] = []
        while len(through) < min(between, MAX_THROUGH):
            through.append(self._vertex(next))
            next = nearer[next][0]
        return Dependent(vertex, edge.at or vertex.at, through, between - len(through), sizes)

    def _holders(self, ids: set[str]) -> set[str]:
        """The specs and scenes that contain them."""
        held, more = set(ids), set(ids)
        while more:
            edges = self._graph.in_edges(more, data="edge")
            more = {start for start, _, edge in edges if edge.kind == "contains"} - held
            held |= more
        return held

    def _vertex(self, id: str) -> Vertex:
        vertex: Vertex = self._graph.nodes[id]["vertex"]
        return vertex


def id_of(kind: str, key: str) -> str:
    """A node's id: of a long key, its beginning and a digest of it."""
    if len(key) > MAX_KEY:
        from hashlib import sha256

        key = f"{key[:MAX_KEY]}…{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    return f"{kind}:{key}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _is_called(vertex: Vertex, name: str) -> bool:
    return vertex.name == name or (vertex.kind == "medium" and name != "" and vertex.name.rsplit("/", 1)[-1] == name)


def _order(vertex: Vertex) -> tuple[int, list[tuple[int, str]]]:
    """By kind, then by name, numbers in it as numbers: `tracks[2]` before `tracks[10]`."""
    from re import findall

    parts = findall(r"[0-9]+|[^0-9]+", vertex.id)
    return KINDS.index(vertex.kind), [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
