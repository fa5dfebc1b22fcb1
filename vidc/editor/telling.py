"""telling: hovers, hints beside lines, outlines and folds: what the compiler knows of an open file."""

from __future__ import annotations

from textwrap import dedent

from vidc.clock import Length, roughly, show
from vidc.compile import Compiled
from vidc.diag.markdown import code, escaped, fenced
from vidc.ir import tree
from vidc.ir.timeline import Moment, PlacedScene, PlacedTrack
from vidc.record import record
from vidc.source import Source, Span
from vidc.views.chart import spoken

from .places import spot_at
from .positions import line_end
from .schema import properties
from .symbols import Trees, Use

LONGEST = 400
"""So many characters of a script or a value are shown."""

LINES = 6
"""So many lines of a value are shown."""


@record
class Hint:
    """A text behind a line; `offset` is the line's end."""

    offset: int
    text: str


@record
class Outline:
    """A part of the spec as written: `kind` is scene, track, variable or component. `name_at`: its name or its key."""

    kind: str
    name: str
    detail: str
    span: Span
    name_at: Span
    inner: list[Outline]


def hints(made: Compiled) -> list[Hint]:
    """When each scene and track of the file itself starts and ends. A loop's lines tell the first turn and how many."""
    if made.timeline is None:
        return []
    said: dict[int, list[str]] = {}
    for scene in made.timeline.scenes:
        at = _written_at(made.source, scene.scene.node)
        if at is not None:
            said.setdefault(at, []).append(_length(scene.duration))
        for track in scene.tracks:
            place = _written_at(made.source, track.track.node)
            if place is not None and (place != at or track.track.node.source is made.source):
                said.setdefault(place, []).append(_window(track))
    return [
        Hint(at, first + (f", and {len(more)} more" if more else "")) for at, (first, *more) in sorted(said.items())
    ]


def _written_at(source: Source, node: tree.Mapping) -> int | None:
    """The end of the line where a scene or track is written; of one from an included component, where that is used."""
    home = node.source is source
    start = (
        node.start if home else next((via.span.start for via in reversed(node.via) if via.span.source is source), None)
    )
    return None if start is None else line_end(source, start)


def _length(length: Length) -> str:
    if length.low == length.high:
        return show(length.expected)
    return f"about {show(roughly(length.expected))}"


def _window(placed: PlacedTrack) -> str:
    if placed.visible is None:
        return "never seen"
    return f"{_seconds(placed.visible.start)} - {_seconds(placed.visible.end)} s"


def _seconds(at: Moment) -> str:
    """One that is known to the millisecond, else to the tenth of a second."""
    ms = at.expected
    return (
        f"{ms / 1000:.3f}".rstrip("0").ljust(len(f"{ms // 1000}.0"), "0") if at.low == at.high else f"{ms / 1000:.1f}"
    )


def hover(made: Compiled, trees: Trees, offset: int) -> tuple[str, Span] | None:
    """What there is to say of a place, as Markdown, and which piece of text it is said of."""
    use = trees.at(offset)
    if use is not None and (said := _of_symbol(trees, use)):
        return said, use.span
    spot = spot_at(trees.root, offset)
    if spot is None:
        return None
    at = spot.name.span if spot.key and spot.name is not None else spot.node.span
    parts: list[str] = []
    if spot.key:
        about = properties(spot.path[:-1], trees.root).get(str(spot.path[-1]), {})
        parts += [str(about["description"])] if "description" in about else []
    parts += _of_element(made, offset)
    return ("\n\n".join(parts), at) if parts else None


def _of_symbol(trees: Trees, use: Use) -> str:
    symbol = use.symbol
    if symbol.kind == "include":
        return ""
    found = trees.definitions(symbol)
    if not found:
        return ""
    where = "" if found[0].span.source is use.span.source else f" in {code(found[0].span.source.path)}"
    called = {"local": "name", "service": "the service's variable"}.get(symbol.kind, symbol.kind)
    value = _value(trees, found[0])
    return f"{called} {code(symbol.name)}{where}" + (f"\n\n{fenced(_cut(value))}" if value else "")


def _value(trees: Trees, use: Use) -> str:
    """What is written behind a definition, without the blanks of its place."""
    node = trees.defined(use)
    if node is None or isinstance(node, tree.Scalar):
        return "" if node is None or node.value is None else _written(node)
    source, start = node.source, node.start
    lead = source.text[source.line_start(start) : start]
    blank = "" if lead.strip() else lead
    return "\n".join(line for line in dedent(blank + node.span.text).splitlines()[:LINES] if line.strip())


def _written(scalar: tree.Scalar) -> str:
    return scalar.value if isinstance(scalar.value, str) else scalar.span.text


def _of_element(made: Compiled, offset: int) -> list[str]:
    """The scene or track around a place: its times, its words, and what is found of it."""
    if made.timeline is None:
        return []
    scenes = made.timeline.scenes
    tracks = [(scene, track) for scene in scenes for track in scene.tracks if _holds(track.track.node, made, offset)]
    if tracks:
        return _of_track(made, *tracks[0], _turns(len(tracks)))
    around = [scene for scene in scenes if _holds(scene.scene.node, made, offset)]
    if not around:
        return []
    scene = around[0]
    said = f"{code(scene.scene.label)}: {spoken(scene.duration)} long, from {spoken(scene.start)}"
    return [said + _turns(len(around)), *_verdicts(made, scene.scene.path)]


def _turns(count: int) -> str:
    """That a line stands for several, where it does."""
    return f" (the first of {count})" if count > 1 else ""


def _holds(node: tree.Mapping, made: Compiled, offset: int) -> bool:
    return node.source is made.source and node.start <= offset <= node.end


def _of_track(made: Compiled, scene: PlacedScene, placed: PlacedTrack, turns: str) -> list[str]:
    track = placed.track
    parts = [f"{code(track.name)} in {code(scene.scene.label)}: {_window(placed)}{turns}"]
    if placed.medium is not None:
        parts.append(f"its {'speech' if track.type == 'actor' else 'medium'} takes {spoken(placed.medium)}")
    if track.text:
        parts.append(fenced(_cut(track.text)))
    return parts + _verdicts(made, track.path)


def _verdicts(made: Compiled, path: str) -> list[str]:
    """What was found of the times of a scene or track; the message says on what condition it is so."""
    said = [one for one in made.findings if one.words.at.path == path and one.words.verdict is not None]
    return [
        f"**{one.severity}**, {one.words.verdict}: {escaped(_cut(one.words.message))} ({code(one.name)})"
        for one in said
    ]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def outline(root: tree.Mapping) -> list[Outline]:
    """The scenes with their tracks, the components and the variables of a file, in the order of its text."""
    found = [
        Outline("variable", name, "", Span(key.source, key.start, max(node.end, key.end)), key.span, [])
        for name, (key, node) in _entries(root, "variables")
    ]
    for name, (key, node) in _entries(root, "components"):
        inner = _tracks(node) if isinstance(node, tree.Mapping) else []
        found.append(
            Outline("component", name, "", Span(key.source, key.start, max(node.end, key.end)), key.span, inner)
        )
    literal = root.entries.get("videoCreative")
    creative = literal[1] if literal is not None and isinstance(literal[1], tree.Mapping) else root
    for index, node in enumerate(_items(creative, "scenes")):
        used = _text(node, "use")
        name = _text(node, "name") or (f"use {used}" if used else f"scene {index + 1}")
        found.append(Outline("scene", name, _text(node, "for"), node.span, node.span, _tracks(node)))
    return sorted((one for one in found if one.span.source is root.source), key=lambda one: one.span.start)


def _tracks(node: tree.Mapping) -> list[Outline]:
    return [
        Outline("track", _track_name(track, index), _text(track, "referenceId"), track.span, track.span, [])
        for index, track in enumerate(_items(node, "tracks"))
        if track.source is node.source
    ]


def _track_name(track: tree.Mapping, index: int) -> str:
    used = _text(track, "use")
    return f"use {used}" if used else _text(track, "type") or f"track {index + 1}"


def _entries(root: tree.Mapping, name: str) -> list[tuple[str, tuple[tree.Scalar, tree.Node]]]:
    entry = root.entries.get(name)
    return list(entry[1].entries.items()) if entry is not None and isinstance(entry[1], tree.Mapping) else []


def _items(node: tree.Mapping, name: str) -> list[tree.Mapping]:
    entry = node.entries.get(name)
    items = entry[1].items if entry is not None and isinstance(entry[1], tree.Sequence) else []
    return [item for item in items if isinstance(item, tree.Mapping) and item.anchor is None]


def _text(node: tree.Mapping, name: str) -> str:
    entry = node.entries.get(name)
    found = entry[1] if entry is not None else None
    return found.value if isinstance(found, tree.Scalar) and isinstance(found.value, str) else ""
