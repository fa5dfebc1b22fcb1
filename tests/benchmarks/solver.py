"""What solving costs, per track and against shortest paths over the same constraints.

    python tests/benchmarks/solver.py [--tracks 100000]

Prints a table. Nothing is asserted: a machine under load measures badly.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

import networkx

from tests.solve_specs import Plain, graph_of, text_of
from vidc.clock import Length
from vidc.diag.finding import Log
from vidc.ir.graph import Graph, SceneNode
from vidc.passes.solve import solve

SPEECH = Length(2_100, 3_000, 4_350, "estimated")
FILM = Length(8_000, 8_000, 8_000, "measured")


def clean(random: Random, number: int) -> Plain:
    """A track without a finding in a scene of 10 s or of 2.1 to 4.35 s."""
    kind = random.choice(("image", "text", "video"))
    track: Plain = {"type": kind, "referenceId": f"t{number}"}
    if kind == "video":
        return track | {"duration": 1_000, "startTimeGap": random.randrange(100, 900)}
    if random.random() < 0.5:
        return track | {"startTimeGap": random.randrange(100, 900), "endTimeGap": random.randrange(100, 900)}
    return track | {"startTimeGap": random.randrange(100, 900), "duration": random.randrange(100, 1_100)}


def filling(random: Random, number: int) -> Plain:
    """A track without a time: a note says that it fills its scene."""
    return {"type": random.choice(("image", "text")), "referenceId": f"t{number}"}


def clipped(random: Random, number: int) -> Plain:
    return {
        "type": "image",
        "referenceId": f"t{number}",
        "startTimeGap": 1_000,
        "duration": random.randrange(9_500, 9_900),
    }


def unseen(random: Random, number: int) -> Plain:
    return {
        "type": "image",
        "referenceId": f"t{number}",
        "startTimeGap": random.randrange(11_000, 12_000),
        "duration": 500,
    }


def mixed(random: Random, number: int) -> Plain:
    """One in four has a finding."""
    return random.choice((clean, clean, clean, clipped))(random, number)


def graph(make: Callable[[Random, int], Plain], tracks: int, each: int, speech: bool) -> Graph:
    """Scenes of `each` tracks, as long as a speech or 10 s."""
    random = Random(1)
    scenes: list[Plain] = []
    for number in range(tracks // each):
        items = [make(random, index) for index in range(each - speech)]
        if speech:
            items.insert(0, {"type": "actor", "referenceId": "speech"})
        head: Plain = {"intrinsicDurationTrackReference": "speech"} if speech else {"duration": 10_000}
        scenes.append({"name": f"s{number}", **head, "tracks": items})
    lengths = {
        (i, j): SPEECH if track["type"] == "actor" else Length(1_000, 1_000, 1_000, "measured")
        for i, scene in enumerate(scenes)
        for j, track in enumerate(scene["tracks"])
        if track["type"] in ("actor", "video")
    }
    return graph_of(text_of(scenes, "json"), lengths)


def best(work: Callable[[], object], turns: int = 9) -> float:
    """Seconds of the fastest of some turns."""
    found = []
    for _ in range(turns):
        gc.collect()
        gc.disable()
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
        gc.enable()
        if sum(found) > 3:
            break
    return min(found)


def shortest_paths(node: SceneNode) -> None:
    """The same constraints as differences: an edge a -> b of weight w says b - a <= w."""
    net = networkx.DiGraph()
    edges: list[tuple[object, object, float]] = []

    def between(a: object, b: object, low: float, high: float) -> None:
        edges.append((a, b, high))
        edges.append((b, a, -low))

    scene = node.scene
    if scene.duration is not None:
        between("start", "end", scene.duration, scene.duration)
    for index, item in enumerate(node.tracks):
        track = item.track
        first, last = (index, "start"), (index, "end")
        if track.start_gap is not None:
            between("start", first, track.start_gap, track.start_gap)
        if track.end_gap is not None:
            between(last, "end", track.end_gap, track.end_gap)
        medium = item.medium
        if track.duration is not None:
            between(first, last, track.duration, track.duration)
        elif medium is not None:
            between(first, last, medium.low, medium.high)
            between("start", "end", medium.low, medium.high)
    net.add_weighted_edges_from(edges)
    networkx.single_source_bellman_ford_path_length(net, "start")
    networkx.single_source_bellman_ford_path_length(net.reverse(copy=False), "start")


def bellman_ford(made: Graph) -> None:
    for node in made.scenes:
        shortest_paths(node)


def solved(made: Graph) -> None:
    solve(made, Log(10**9))


def main() -> None:
    tracks = int(sys.argv[sys.argv.index("--tracks") + 1]) if "--tracks" in sys.argv else 20_000
    print(f"{'scenes':44} {'tracks':>8} {'us/track':>9} {'findings':>9}")
    for name, make, speech in (
        ("clean, 10 s", clean, False),
        ("clean, as long as a speech", clean, True),
        ("filling, 10 s (a note each)", filling, False),
        ("filling, as long as a speech (a note each)", filling, True),
        ("one in four clipped", mixed, False),
        ("every track clipped (a warning each)", clipped, False),
        ("every track unseen (an error each, repaired)", unseen, False),
    ):
        for each in (8, tracks):
            made = graph(make, tracks, each, speech)
            log = Log(10**9)
            solve(made, log)
            seconds = best(partial(solved, made))
            where = "one scene" if each == tracks else f"scenes of {each}"
            print(f"{name + ', ' + where:60.60} {tracks:>8} {seconds / tracks * 1e6:>9.2f} {len(log.findings):>9}")
    print()
    for each in (8, 50, 400):
        made = graph(clean, 2_000, each, True)
        ours = best(partial(solved, made))
        theirs = best(partial(bellman_ford, made), 2)
        print(
            f"scenes of {each}: solve {ours * 1e3:.1f} ms, Bellman-Ford {theirs * 1e3:.1f} ms, {theirs / ours:.1f} times"
        )


if __name__ == "__main__":
    main()
