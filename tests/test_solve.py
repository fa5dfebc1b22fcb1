"""The solver against an oracle that tries every length and steps through every millisecond."""

from __future__ import annotations

import operator
from random import Random
from typing import Any

from tests import solve_oracle as oracle
from tests.conftest import SCALE
from tests.solve_specs import STYLES, Lengths, Plain, graph_of, scenes_at_random, text_of
from vidc.clock import INF, Length
from vidc.diag.finding import Condition, Finding, Log
from vidc.ir.timeline import Moment, PlacedScene, Timeline
from vidc.passes.solve import solve

SPECS = 13_000 * SCALE
"""Specs of one to three scenes, 1.6 on average."""

COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
SEVERE = {"late", "early", "empty-window", "zero-scene", "overlong-transition"}
CUTS = {"clipped", "starts-before-scene", "trimmed-media", "ends-early"}
UNSEEN = {"never-visible", "empty-window"}
OF_LENGTHS = CUTS | UNSEEN | {"zero-scene", "overlong-transition"}
SIZES = {"over-constrained", "cyclic-duration", "unsized-reference", "ambiguous-duration", "under-constrained"}


def solved(text: str, lengths: Lengths) -> tuple[Timeline, list[Finding]]:
    log = Log()
    return solve(graph_of(text, lengths), log), log.findings


def of_scene(lengths: Lengths, number: int) -> dict[int, Length]:
    return {track: length for (scene, track), length in lengths.items() if scene == number}


def severity(name: str, fault: oracle.Fault) -> str:
    if fault.always:
        return "error" if name in SEVERE else "warning"
    return "warning" if fault.expected else "note"


def bounds(moment: Moment | Length) -> oracle.Bounds:
    return moment.low, moment.expected, moment.high


def holds_at(condition: Condition, names: dict[str, int]) -> bool:
    """Whether a condition holds at the lengths of some tracks, by the names that conditions use."""
    longer, shorter = condition.of, condition.less
    value = names[longer] - (names[shorter] if shorter else 0)
    return COMPARE[condition.op](value, condition.ms)


class Expected:
    """What the oracle says of one spec, in the solver's words."""

    def __init__(self, scenes: list[Plain], lengths: Lengths) -> None:
        self.scenes = scenes
        self.lengths = lengths
        self.sizes = [oracle.size(scene, of_scene(lengths, index)) for index, scene in enumerate(scenes)]
        self.findings: dict[tuple[str, str, str], Any] = {}
        self.regions: dict[tuple[str, str, str], tuple[frozenset[oracle.Point], list[oracle.Point], int, int]] = {}
        self.placed: list[tuple[int, dict[int, oracle.Seen]]] = []
        for index in range(len(scenes)):
            self._scene(index)
        for index in range(len(scenes)):
            self._transition(index)

    def _add(self, scene: int, track: int | None, name: str, fault: oracle.Fault, side: str = "") -> None:
        path = f"scenes[{scene}]" + ("" if track is None else f".tracks[{track}]")
        said = "never-visible" if name in ("late", "early") else name
        if said == "trimmed-media" and self._is_behind_speech(scene, track):
            self.findings[path, said, name] = (
                "note",
                "always" if fault.always else "maybe",
                fault.expected,
                fault.amount,
                False,
            )
            return
        self.findings[path, said, side or name] = (
            severity(name, fault),
            "always" if fault.always else "maybe",
            fault.expected,
            fault.amount,
            fault.expected and (said in CUTS or (said in UNSEEN and not fault.always)),
        )

    def _is_behind_speech(self, scene: int, track: int | None) -> bool:
        """Whether it is a film that is told to be as long as a scene that is as long as a speech."""
        tracks, sized = self.scenes[scene]["tracks"], self.sizes[scene]
        if track is None or not isinstance(sized, oracle.Size) or not sized.medium or sized.track is None:
            return False
        film = tracks[track]
        gaps = [film.get(name) for name in ("startTimeGap", "endTimeGap")]
        return gaps == [0, 0] and (film["type"], tracks[sized.track]["type"]) == ("video", "actor")

    def _scene(self, index: int) -> None:
        scene, sized = self.scenes[index], self.sizes[index]
        for number, track in enumerate(scene["tracks"]):
            if oracle.is_over_constrained(track):
                self.findings[f"scenes[{index}].tracks[{number}]", "over-constrained", ""] = ("error",)
        if not isinstance(sized, oracle.Size):
            if sized:
                self.findings[f"scenes[{index}]", sized[0], ""] = ("error",)
            return
        tried = list(oracle.tried(sized.length))
        if tried[0] == 0:
            nothing = frozenset(oracle.Point(ms, None) for ms in tried if ms == 0)
            fault = oracle.Fault(len(tried) == 1, sized.length.expected == 0, nothing, None)
            self._add(index, None, "zero-scene", fault)
            every = [oracle.Point(ms, None) for ms in tried]
            self.regions[f"scenes[{index}]", "zero-scene", "zero-scene"] = (nothing, every, index, 0)
            if fault.always:
                self.sizes[index] = ()
                return
        self.placed.append((index, self._tracks(index, scene, sized)))

    def _tracks(self, index: int, scene: Plain, sized: oracle.Size) -> dict[int, oracle.Seen]:
        lengths = of_scene(self.lengths, index)
        placed = {}
        for number, track in enumerate(scene["tracks"]):
            if oracle.is_over_constrained(track):
                continue
            placed[number] = oracle.look(track, number, sized, lengths.get(number))
            every = list(oracle.points(sized, number, lengths.get(number)))
            for name, fault in placed[number].faults.items():
                self._add(index, number, name, fault)
                said = "never-visible" if name in ("late", "early") else name
                key = (f"scenes[{index}].tracks[{number}]", said, name)
                self.regions[key] = (fault.where, every, index, number)
        return placed

    def _transition(self, index: int) -> None:
        ms = self.scenes[index].get("transition", {}).get("duration")
        if ms is None:
            return
        if index + 1 == len(self.scenes):
            self.findings[f"scenes[{index}]", "dangling-transition", ""] = ("warning",)
        faults = []
        for side, other in (("its scene", index), ("the next scene", index + 1)):
            sized = self.sizes[other] if other < len(self.sizes) else ()
            if isinstance(sized, oracle.Size):
                tried = list(oracle.tried(sized.length))
                short = frozenset(oracle.Point(length, None) for length in tried if ms >= length)
                if short:
                    fault = oracle.Fault(len(short) == len(tried), ms >= sized.length.expected, short, None)
                    faults.append((side, fault, tried, other))
        surely = [entry for entry in faults if entry[1].always]
        for side, fault, tried, other in surely[:1] or faults:
            self._add(index, None, "overlong-transition", fault, side)
            key = (f"scenes[{index}]", "overlong-transition", side)
            self.regions[key] = (fault.where, [oracle.Point(length, None) for length in tried], other, 0)


def side_of(finding: Finding) -> str:
    """What tells apart two findings of one name at one track or scene."""
    if finding.name == "never-visible":
        return "late" if "is over" in finding.words.message else "early"
    if finding.name == "overlong-transition":
        return "its scene" if "its scene" in finding.words.message else "the next scene"
    return finding.name if finding.name in OF_LENGTHS else ""


def described(finding: Finding) -> Any:
    words = finding.words
    if finding.name not in OF_LENGTHS:
        return (finding.severity,)
    amount = words.amount and (words.amount.low, words.amount.expected, words.amount.high)
    return finding.severity, words.verdict, words.expected, amount, words.cuts


def found_of(findings: list[Finding]) -> dict[tuple[str, str, str], Any]:
    names = OF_LENGTHS | SIZES | {"dangling-transition"}
    kept = [finding for finding in findings if finding.name in names]
    found = {(finding.words.at.path, finding.name, side_of(finding)): described(finding) for finding in kept}
    assert len(found) == len(kept), "no finding twice"
    return found


def name_of(scenes: list[Plain], scene: int, track: int) -> str:
    plain = scenes[scene]["tracks"][track]
    return f"s{scene}/{plain.get('referenceId') or plain['type'] + ' ' + str(track + 1)}"


def assert_conditions(expected: Expected, findings: list[Finding]) -> None:
    """A `maybe` holds at exactly those lengths that its condition names."""
    for finding in findings:
        words = finding.words
        if words.verdict != "maybe" or finding.name not in OF_LENGTHS:
            continue
        where, every, scene, track = expected.regions[words.at.path, finding.name, side_of(finding)]
        sized = expected.sizes[scene]
        assert isinstance(sized, oracle.Size)
        (condition,) = words.condition
        for point in every:
            names = {name_of(expected.scenes, scene, track): point.own}
            if sized.track is not None and sized.medium:
                names[name_of(expected.scenes, scene, sized.track)] = point.scene
            assert holds_at(condition, names) == (point in where), (finding, point)


def assert_places(expected: Expected, timeline: Timeline) -> None:
    assert [scene.scene.index for scene in timeline.scenes] == [index for index, _ in expected.placed]
    assert timeline.complete == (len(timeline.scenes) == len(expected.scenes))
    for scene, (index, seen) in zip(timeline.scenes, expected.placed, strict=True):
        sized = expected.sizes[index]
        assert isinstance(sized, oracle.Size)
        assert (scene.duration, scene.sized_by) == (sized.length, sized.by)
        assert placed_of(scene) == {number: (one.start, one.end, one.visible) for number, one in seen.items()}


def placed_of(scene: PlacedScene) -> dict[int, Any]:
    return {
        track.track.index: (
            bounds(track.start),
            bounds(track.end),
            track.visible and (bounds(track.visible.start), bounds(track.visible.end)),
        )
        for track in scene.tracks
    }


def assert_sums(expected: Expected, timeline: Timeline) -> None:
    """Scenes follow one another; each transition to a next scene may take its length away."""
    low, middle, high = 0, 0, 0.0
    starts = []
    for index, (scene, sized) in enumerate(zip(expected.scenes, expected.sizes, strict=True)):
        starts.append((low, middle, high))
        if not isinstance(sized, oracle.Size):
            high = INF
            continue
        length = sized.length
        last = index + 1 == len(expected.scenes)
        overlap = 0 if last else scene.get("transition", {}).get("duration", 0)
        low, middle, high = low + max(length.low - overlap, 0), middle + length.expected, high + length.high
    assert bounds(timeline.total) == (low, middle, high)
    assert [bounds(scene.start) for scene in timeline.scenes] == [starts[index] for index, _ in expected.placed]


def check(scenes: list[Plain], lengths: Lengths, style: str) -> None:
    timeline, findings = solved(text_of(scenes, style), lengths)
    expected = Expected(scenes, lengths)
    assert found_of(findings) == expected.findings
    assert_conditions(expected, findings)
    assert_places(expected, timeline)
    assert_sums(expected, timeline)


def test_windows_verdicts_conditions_and_amounts_are_the_oracles() -> None:
    random = Random(20)
    for number in range(SPECS):
        scenes, lengths = scenes_at_random(random)
        try:
            check(scenes, lengths, STYLES[number % len(STYLES)])
        except AssertionError as error:
            raise AssertionError(f"spec {number}: {scenes} {lengths}") from error
