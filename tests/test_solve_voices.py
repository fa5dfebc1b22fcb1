"""Two actors in a scene, held against an oracle that plays every length within the bounds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import NamedTuple

from tests import solve_oracle as oracle
from tests.conftest import SCALE
from tests.solve_specs import STYLES, Lengths, Plain, graph_of, text_of
from tests.test_solve import COMPARE, name_of
from vidc.clock import Length
from vidc.compile import compile
from vidc.diag.finding import Condition, Finding, Log
from vidc.passes.solve import solve
from vidc.source import Source

SCENES = 1_500 * SCALE

HEAD = """\
language: en-US
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
defaults:
  actor: {actor: karen, speakerId: en-US-JennyNeural, position: {x: 0, y: 0}, size: {width: 960, height: 1080}}
scenes:
  - duration: 12s
    tracks:
      - {type: actor, referenceId: karen, text: "Hello there, and welcome to the show."}
"""


class Point(NamedTuple):
    """The lengths of both speeches, and how long the first is still heard when the second begins."""

    lengths: dict[int, int]
    overlap: int


def findings(scene: Plain, lengths: Lengths, style: str) -> list[Finding]:
    log = Log()
    solve(graph_of(text_of([scene], style), lengths), log)
    return [one for one in log.findings if one.name == "overlapping-speech"]


def scene_at_random(random: Random) -> tuple[Plain, Lengths]:
    tracks: list[Plain] = []
    for number in range(2):
        track: Plain = {"type": "actor", "referenceId": f"t{number}"}
        for field, chance in (("startTimeGap", 0.5), ("duration", 0.2), ("endTimeGap", 0.25)):
            if random.random() < chance:
                track[field] = random.randint(1, 7)
        tracks.append(track)
    scene: Plain = {"name": "s0", "tracks": tracks}
    if random.random() < 0.5:
        scene["duration"] = random.randint(3, 14)
    else:
        scene["intrinsicDurationTrackReference"] = random.choice(("t0", "t1"))
    lengths = {}
    for number in range(2):
        low = random.randint(0, 7)
        lengths[0, number] = Length(low, low + random.choice((0, 1)), low + random.choice((1, 3)), "estimated")
        if random.random() < 0.3:
            lengths[0, number] = Length(low, low, low, "measured")
    return scene, lengths


def points(scene: Plain, sized: oracle.Size, lengths: Lengths, first: int, second: int) -> Iterator[Point]:
    """Both speeches at every length within their bounds; the first that is listed are the expected ones."""
    expected = tuple(lengths[0, number].expected for number in range(2))
    every = product(oracle.tried(lengths[0, 0]), oracle.tried(lengths[0, 1]))
    for own in (expected, *every):
        whole = sized.length.expected if sized.track is None or not sized.medium else own[sized.track]
        played = [
            oracle.play("actor", *oracle.given(track), whole, medium)
            for track, medium in zip(scene["tracks"], own, strict=True)
        ]
        over = min(played[first].end, played[first].start + own[first])
        yield Point(dict(enumerate(own)), over - played[second].start)


def order(scene: Plain, sized: oracle.Size, lengths: Lengths) -> tuple[int, int] | None:
    """Who begins first at the expected lengths; None where one is never seen or has nothing to say."""
    starts = []
    for number, track in enumerate(scene["tracks"]):
        if oracle.is_over_constrained(track):
            return None
        seen = oracle.look(track, number, sized, lengths[0, number])
        if seen.visible is None or lengths[0, number].high <= 0:
            return None
        starts.append((seen.start[1], number))
    (_, first), (_, second) = sorted(starts)
    return first, second


def holds(condition: Condition, lengths: dict[str, int]) -> bool:
    """A condition may speak of the sum of two lengths."""
    more, less = (sum(lengths[name] for name in names.split(" + ") if name) for names in (condition.of, condition.less))
    return COMPARE[condition.op](more - less, condition.ms)


def test_who_talks_over_whom_is_what_the_oracle_hears() -> None:
    random, held = Random(3), {"always": 0, "maybe": 0, "never": 0}
    for number in range(SCENES):
        scene, lengths = scene_at_random(random)
        found = findings(scene, lengths, STYLES[number % len(STYLES)])
        sized = oracle.size(scene, {track: length for (_, track), length in lengths.items()})
        if not isinstance(sized, oracle.Size) or sized.length.high <= 0:
            assert not found
            continue
        pair = order(scene, sized, lengths)
        if pair is None:
            assert not found
            continue
        expected, *every = points(scene, sized, lengths, *pair)
        overlaps = [point.overlap for point in every]
        if max(overlaps) < 1:
            assert not found, (scene, lengths)
            held["never"] += 1
            continue
        (one,) = found
        words, amount = one.words, one.words.amount
        always = min(overlaps) >= 1
        assert (words.verdict, words.expected) == ("always" if always else "maybe", expected.overlap >= 1), scene
        assert one.severity == ("warning" if expected.overlap >= 1 else "note")
        assert not words.cuts
        assert amount is not None
        said = (amount.low, amount.expected, amount.high)
        assert said == tuple(max(0, ms) for ms in (min(overlaps), expected.overlap, max(overlaps))), (scene, lengths)
        for point in every:
            names = {name_of([scene], 0, track): ms for track, ms in point.lengths.items()}
            assert all(holds(condition, names) for condition in words.condition) == (point.overlap >= 1), scene
        held[words.verdict or ""] += 1
    assert min(held.values()) > SCENES // 30, held


def test_an_actor_that_was_left_out_speaks_with_nobody() -> None:
    tracks = "      - {tpe: actor, text: Hello.}\n      - {type: actor, text: Hello., startTimeGap: 6s}\n"
    found = compile(Source("a.vidc.yaml", HEAD + tracks)).findings
    assert "overlapping-speech" not in [one.name for one in found]


def test_of_three_each_is_held_against_the_one_that_speaks_longest() -> None:
    scene = {
        "name": "s0",
        "duration": 60,
        "tracks": [
            {"type": "actor", "referenceId": "long"},
            {"type": "actor", "referenceId": "short", "startTimeGap": 5},
            {"type": "actor", "referenceId": "late", "startTimeGap": 20},
        ],
    }
    lengths = {(0, 0): Length(30, 30, 30), (0, 1): Length(2, 2, 2), (0, 2): Length(9, 9, 9)}
    said = [one.words.message for one in findings(scene, lengths, "block")]
    assert said == [
        "`short` begins to speak 0.025 s before `long` is done",
        "`late` begins to speak 0.01 s before `long` is done",
    ]


def test_a_start_that_is_proposed_lets_the_first_one_end() -> None:
    second = '      - {type: actor, referenceId: ryan, text: "Thank you. I am glad."'

    def names(text: str) -> list[str]:
        return [one.name for one in compile(Source("a.vidc.yaml", text)).findings if one.severity == "warning"]

    (one,) = (
        one
        for one in compile(Source("a.vidc.yaml", f"{HEAD}{second}}}\n")).findings
        if one.name == "overlapping-speech"
    )
    assert one.words.help == ("give each speech a scene of its own, or set `startTimeGap: 2.4s` (`3.5s` to be sure)")
    assert names(f"{HEAD}{second}}}\n") == ["overlapping-speech"]
    assert names(f"{HEAD}{second}, startTimeGap: 2.3s}}\n") == ["overlapping-speech"]
    assert names(f"{HEAD}{second}, startTimeGap: 2.4s}}\n") == []
    noted = compile(Source("a.vidc.yaml", f"{HEAD}{second}, startTimeGap: 3.5s}}\n")).findings
    assert "overlapping-speech" not in [one.name for one in noted]


def test_a_start_is_proposed_only_where_the_scene_is_not_as_long_as_a_speech() -> None:
    first = '{type: actor, referenceId: karen, text: "Hello there, and welcome to the show."}'
    second = '{type: actor, referenceId: ryan, text: "Thank you. I am glad."'

    def helps(length: str, more: str = "") -> list[str]:
        text = HEAD.split("  - duration")[0] + f"  - {length}\n    tracks:\n      - {first}\n      - {second}{more}}}\n"
        found = compile(Source("a.vidc.yaml", text)).findings
        return [one.words.help for one in found if one.severity == "warning"]

    own = "give each speech a scene of its own"
    assert helps("intrinsicDurationTrackReference: karen") == [own]
    assert helps("duration: 5s") == [f"{own}, or set `startTimeGap: 2.4s`"]
    assert helps("duration: 3s") == [f"{own}, or set `startTimeGap: 2.4s` and the scene's `duration: 4s`"]
    assert helps("duration: 4s", ", startTimeGap: 2.4s") == []
