"""Random scenes as plain data, as text in three styles, and as the graph that the solver takes."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from vidc.clock import INF, Length
from vidc.diag.finding import Log
from vidc.ir.facts import NOTHING
from vidc.ir.graph import Graph, SceneNode, TrackNode
from vidc.ir.spec import Scene, Spec, Track, Transition
from vidc.ir.tree import Mapping, Sequence, plain
from vidc.passes.link import link
from vidc.passes.parse import parse
from vidc.source import Source

Plain = dict[str, Any]
Lengths = dict[tuple[int, int], Length]
"""The length of a medium by the numbers of its scene and track."""

TYPES = ("actor", "video", "image", "text", "audio")
STYLES = ("json", "flow", "block", "pretty")


def scenes_at_random(random: Random, scale: int = 1) -> tuple[list[Plain], Lengths]:
    """One to three scenes; every time is a small number times `scale`."""
    number = random.choice((1, 1, 1, 2, 3))
    scenes = [_scene(random, scale, index) for index in range(number)]
    lengths = {
        (i, j): _length(random, scale)
        for i, scene in enumerate(scenes)
        for j, track in enumerate(scene["tracks"])
        if track["type"] in ("actor", "video") or (track["type"] == "audio" and random.random() < 0.6)
    }
    return scenes, lengths


def _scene(random: Random, scale: int, index: int) -> Plain:
    tracks = [_track(random, scale, number) for number in range(random.choice((1, 1, 2, 2, 3, 4)))]
    scene: Plain = {"name": f"s{index}"}
    named = [track["referenceId"] for track in tracks if "referenceId" in track]
    mode = random.random()
    if mode < 0.4:
        scene["duration"] = random.randint(1, 14) * scale
    if 0.35 < mode < 0.65 and named:
        scene["intrinsicDurationTrackReference"] = random.choice(named)
    if random.random() < 0.15:
        scene["transition"] = {"type": "fade", "duration": random.randint(1, 16) * scale}
    scene["tracks"] = tracks
    return scene


def _track(random: Random, scale: int, number: int) -> Plain:
    track: Plain = {"type": random.choice(TYPES)}
    if random.random() < 0.6:
        track["referenceId"] = f"t{number}"
    for field, chance, least in (("startTimeGap", 0.4, 0), ("duration", 0.3, 1), ("endTimeGap", 0.4, 0)):
        if random.random() < chance:
            track[field] = random.choice((least, random.randint(least, 9))) * scale
            if random.random() < 0.1:
                track[field] = random.randint(9, 16) * scale
    return track


def _length(random: Random, scale: int) -> Length:
    low = random.choice((0, random.randint(1, 9), random.randint(1, 12))) * scale
    kind = random.random()
    if kind < 0.35:
        return Length(low, low, low, "measured")
    if kind < 0.9:
        middle = low + random.randint(0, 2) * scale
        return Length(low, middle, middle + random.randint(0, 2) * scale, "estimated")
    return Length(low, low + random.randint(0, 6) * scale, INF, "estimated")


def text_of(scenes: list[Plain], style: str) -> str:
    spec = {"scenes": scenes}
    if style == "json":
        return json.dumps(spec)
    if style == "pretty":
        return json.dumps(spec, indent=2)
    if style == "flow":
        return "scenes:\n" + "".join(f"- {_flow(scene)}\n" for scene in scenes)
    return "scenes:\n" + "".join(_block(scene, 0) for scene in scenes)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value)


def _block(mapping: Plain, indent: int) -> str:
    """A mapping as an item of a list, with a comment here and there."""
    lines = []
    for key, value in mapping.items():
        if isinstance(value, list):
            lines.append(f"{key}:\n" + "".join(_block(item, indent + 2) for item in value).rstrip("\n"))
        elif isinstance(value, dict):
            lines.append(f"{key}: {_flow(value)}")
        else:
            lines.append(f"{key}: {value}" + ("  # a time" if key == "duration" else ""))
    return " " * indent + "- " + ("\n" + " " * (indent + 2)).join(lines) + "\n"


def graph_of(text: str, lengths: Lengths) -> Graph:
    """The graph of a text as `link` makes it, with these lengths."""
    log = Log()
    root = parse(Source("spec.yaml", text), log)
    assert root is not None
    assert not log.findings
    spec = spec_of(root)
    linked = link(spec, NOTHING, log)
    scenes = [
        SceneNode(node.scene, [_measured(item, lengths) for item in node.tracks], node.reference, node.reference_broken)
        for node in linked.scenes
    ]
    return Graph(spec, scenes)


def _measured(item: TrackNode, lengths: Lengths) -> TrackNode:
    return TrackNode(item.track, lengths.get((item.track.scene, item.track.index)), item.continues)


def spec_of(root: Mapping) -> Spec:
    """A spec of times alone, each field as it stands."""
    items = root.entries["scenes"][1]
    assert isinstance(items, Sequence)
    scenes = [_read_scene(node, index) for index, node in enumerate(items.items) if isinstance(node, Mapping)]
    return Spec("video", root, {}, scenes, {}, {}, literal=True)


def _read_scene(node: Mapping, index: int) -> Scene:
    values: Any = plain(node)
    found = node.entries["tracks"][1]
    assert isinstance(found, Sequence)
    transition = values.get("transition")
    inner: Any = node.entries["transition"][1] if transition else None
    return Scene(
        index,
        node,
        values,
        [_read_track(track, index, number) for number, track in enumerate(found.items) if isinstance(track, Mapping)],
        values.get("name"),
        values.get("duration"),
        values.get("intrinsicDurationTrackReference"),
        Transition(transition["type"], transition["duration"], inner) if transition else None,
    )


def _read_track(node: Mapping, scene: int, index: int) -> Track:
    values: Any = plain(node)
    return Track(
        values["type"],
        scene,
        index,
        node,
        values,
        values.get("duration"),
        values.get("startTimeGap"),
        values.get("endTimeGap"),
        reference_id=values.get("referenceId"),
    )
