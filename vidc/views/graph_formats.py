"""graph_formats: a graph as text for a terminal, as data, and in the languages of Graphviz and Mermaid."""

from __future__ import annotations

from typing import Any

from vidc.diag.cells import wrap
from vidc.diag.sink import clean
from vidc.source import Span

from .graph import Dependent, Drawn, Edge, Found, Vertex

_SHAPES = {
    "spec": "folder",
    "part": "box",
    "scene": "box3d",
    "track": "box",
    "medium": "cylinder",
    "actor": "ellipse",
    "speaker": "ellipse",
    "variable": "hexagon",
    "service": "hexagon",
    "component": "component",
    "defaults": "note",
    "include": "folder",
}
_BRACKETS = {
    "spec": "[[]]",
    "part": "[]",
    "scene": "[[]]",
    "track": "[]",
    "medium": "[()]",
    "actor": "([])",
    "speaker": "([])",
    "variable": "{{}}",
    "service": "{{}}",
    "component": "[//]",
    "defaults": "[//]",
    "include": "[[]]",
}
MAX_NAME = 200
"""Limit: so many characters of a name are drawn."""

_DASHED = frozenset(("next", "continues"))


def as_data(drawn: Drawn) -> dict[str, Any]:
    """Nodes and edges; `file`, `line` and `column` say where each is written."""
    nodes = [
        {"id": vertex.id, "kind": vertex.kind, "name": vertex.name, "detail": vertex.detail, **_place(vertex.at)}
        for vertex in drawn.vertices
    ]
    edges = [{"from": edge.start, "to": edge.end, "kind": edge.kind, **_place(edge.at)} for edge in drawn.edges]
    return {"nodes": nodes, "edges": edges}


def found_data(found: Found) -> dict[str, Any]:
    """The graph of what was found, with what depends on each thing of the name that was asked for."""
    things = [
        {
            "id": thing.id,
            "kind": thing.kind,
            "name": thing.name,
            **_place(thing.at),
            "dependents": [_dependent_data(one) for one in dependents],
        }
        for thing, dependents in found.things
    ]
    return {"things": things, **as_data(found.drawn)}


def _dependent_data(one: Dependent) -> dict[str, Any]:
    vertex = one.vertex
    through = [between.id for between in one.through]
    named = {"id": vertex.id, "kind": vertex.kind, "name": vertex.name}
    return {**named, **_place(one.at), "through": through, "more": one.more}


def _place(at: Span | None) -> dict[str, Any]:
    if at is None:
        return {"file": None, "line": None, "column": None}
    line, column = at.source.position(at.start)
    return {"file": at.source.path, "line": line, "column": column}


def dot(drawn: Drawn) -> str:
    """For Graphviz. A label's text stands for itself: nothing in it is an escape or an entity."""
    ids = _ids(drawn)
    lines = ["digraph vidc {", "  rankdir=LR;", '  node [fontname="sans-serif"];', '  edge [fontname="sans-serif"];']
    for vertex in drawn.vertices:
        lines.append(f"  {ids[vertex.id]} [label={_dot(_label(vertex))}, shape={_SHAPES[vertex.kind]}];")
    for edge in drawn.edges:
        style = ", style=dashed" if edge.kind in _DASHED else ""
        lines.append(f"  {ids[edge.start]} -> {ids[edge.end]} [label={_dot(edge.kind)}{style}];")
    return "\n".join([*lines, "}", ""])


def _dot(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def mermaid(drawn: Drawn) -> str:
    """For Mermaid, as a flowchart."""
    ids = _ids(drawn)
    lines = ["flowchart LR"]
    for vertex in drawn.vertices:
        brackets = _BRACKETS[vertex.kind]
        half = len(brackets) // 2
        lines.append(f'  {ids[vertex.id]}{brackets[:half]}"{_mermaid(_label(vertex))}"{brackets[half:]}')
    for edge in drawn.edges:
        arrow = "-.->" if edge.kind in _DASHED else "-->"
        lines.append(f"  {ids[edge.start]} {arrow}|{edge.kind}| {ids[edge.end]}")
    return "\n".join([*lines, ""])


def _mermaid(text: str) -> str:
    """Every sign that could mean something to Mermaid as its number."""
    return "".join(
        char if char.isalnum() or char in " ._:,-" or not char.isascii() else f"#{ord(char)};" for char in text
    )


def _ids(drawn: Drawn) -> dict[str, str]:
    return {vertex.id: f"n{index}" for index, vertex in enumerate(drawn.vertices)}


def _label(vertex: Vertex) -> str:
    kind = "" if vertex.kind in ("scene", "track") else f"{vertex.kind} "
    return clean(f"{kind}{_short(vertex.name)}" + (f": {vertex.detail}" if vertex.detail else ""))


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…"


def graph_text(drawn: Drawn, width: int = 80) -> str:
    """Each spec as a tree of what it contains, with what that uses below it."""
    by_id = {vertex.id: vertex for vertex in drawn.vertices}
    out: dict[str, list[Edge]] = {vertex.id: [] for vertex in drawn.vertices}
    for edge in drawn.edges:
        out[edge.start].append(edge)
    held = {edge.end for edge in drawn.edges if edge.kind == "contains"}
    blocks = []
    for vertex in drawn.vertices:
        if vertex.kind == "spec":
            blocks.append("".join(f"{line}\n" for line in _tree(vertex, "", by_id, out, width)))
    others = [vertex for vertex in drawn.vertices if vertex.kind in ("variable", "component", "defaults", "include")]
    loose = [line for vertex in others if vertex.id not in held for line in _tree(vertex, "", by_id, out, width)]
    return "\n".join([*blocks, *(["".join(f"{line}\n" for line in loose)] if loose else [])])


def _tree(vertex: Vertex, indent: str, by_id: dict[str, Vertex], out: dict[str, list[Edge]], width: int) -> list[str]:
    lines = _wrapped(_titled(vertex), indent, indent + "  ", width)
    needs = [edge for edge in out[vertex.id] if edge.kind not in ("contains", "next")]
    said: dict[str, list[str]] = {}
    for edge in needs:
        target = by_id[edge.end]
        what = "the service's variable" if target.kind == "service" else target.kind
        kind = f"uses {what}" if edge.kind == "uses" else edge.kind
        said.setdefault(kind, []).append(_name(target))
    for kind, targets in said.items():
        lines += _wrapped(f"{kind} {', '.join(targets)}", f"{indent}  ", f"{indent}    ", width)
    for edge in out[vertex.id]:
        if edge.kind == "contains":
            lines += _tree(by_id[edge.end], f"{indent}  ", by_id, out, width)
    return lines


def _titled(vertex: Vertex) -> str:
    if vertex.kind == "spec":
        return clean(vertex.name)
    kind = "" if vertex.kind in ("scene", "track", "part") else f"{vertex.kind} "
    detail = f": {vertex.detail}" if vertex.detail else ""
    return clean(f"{kind}{vertex.name.rsplit('.', 1)[-1] if vertex.kind == 'track' else vertex.name}{detail}") + (
        f" ({place(vertex.at)})" if vertex.at else ""
    )


def _called(vertex: Vertex) -> str:
    kind = {"scene": "", "track": "", "part": "", "service": "the service's variable "}.get(
        vertex.kind, f"{vertex.kind} "
    )
    return f"{kind}{_name(vertex)}"


def _name(vertex: Vertex) -> str:
    name = _short(vertex.name)
    return clean(f"{{{name}}}" if vertex.kind == "service" else name)


def found_text(found: Found, width: int = 80) -> str:
    """Each thing of the name, and a line for all that depends on it: where it says so, what it is, and through what."""
    return "\n".join(_thing(thing, dependents, width) for thing, dependents in found.things)


def _thing(thing: Vertex, dependents: list[Dependent], width: int) -> str:
    where = f" ({place(thing.at)})" if thing.at else ""
    count = (
        f"{len(dependents)} thing{' depends' if len(dependents) == 1 else 's depend'}"
        if dependents
        else "nothing depends"
    )
    lines = _wrapped(f"{_called(thing)}{where}: {count} on it", "", "  ", width)
    places = [place(one.at) if one.at else "" for one in dependents]
    column = min(max(map(len, places), default=0), width // 2)
    for one, at in zip(dependents, places, strict=True):
        lead = f"  {at:<{column}}  "
        lines += _wrapped(_dependent(one), lead, " " * (column + 4), width)
    return "".join(f"{line}\n" for line in lines)


def _dependent(one: Dependent) -> str:
    vertex = one.vertex
    text = _called(vertex)
    spec = vertex.id.split(":", 1)[1].split("#", 1)[0]
    if one.at is not None and vertex.kind in ("scene", "track", "part") and one.at.source.path != spec:
        text += f" of {spec}"
    text += f": {vertex.detail}" if vertex.detail else ""
    if one.sizes:
        text += ", which sizes its scene"
    through = [between for between in one.through if vertex.kind != "track" or between.kind != "component"]
    if through:
        text += ", through " + ", ".join(map(_called, through))
        text += f" and {one.more:,} more" if one.more else ""
    return clean(text)


def place(at: Span) -> str:
    """`file:line`, as editors take it."""
    return f"{clean(at.source.path)}:{at.source.position(at.start)[0]}"


def _wrapped(text: str, first: str, later: str, width: int) -> list[str]:
    lines = wrap(text, max(width - len(first), 20))
    return [f"{later if index else first}{line}" for index, line in enumerate(lines)]
