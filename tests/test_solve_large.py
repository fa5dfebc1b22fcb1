"""The solver against linear programs, where times are too large to try them all.

Each program is made of what the documentation says, as equations between the scene's length, the track's start and end
and the lengths of media; its optimum is a bound.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests import solve_oracle as oracle
from tests.conftest import SCALE
from tests.solve_specs import Lengths, Plain, scenes_at_random, text_of
from tests.test_solve import name_of, of_scene, side_of, solved
from vidc.clock import INF, Length
from vidc.diag.finding import Finding, Log
from vidc.ir.timeline import PlacedTrack
from vidc.passes.solve import solve

linprog = pytest.importorskip("scipy.optimize").linprog

SPECS = 120 * SCALE
SCENE, OWN, START, END = range(4)
Row = dict[int, float]


class Program:
    """One track of one scene: unknowns D, i, start and end."""

    def __init__(self, track: Plain, number: int, sized: oracle.Size, own: Length | None) -> None:
        duration, start, end = oracle.given(track)
        self.equations: list[tuple[Row, float]] = []
        self.bounds: list[tuple[float | None, float | None]] = [
            span(sized.length),
            span(own),
            (None, None),
            (None, None),
        ]
        self.made = duration is None and (track["type"] not in oracle.WITH_LENGTH or None not in (start, end))
        self.asked = duration is not None or None not in (start, end)
        if sized.medium and sized.track == number:
            self.equations.append(({SCENE: 1, OWN: -1}, 0))
        if start is not None:
            self.equations.append(({START: 1}, start))
        if end is not None:
            self.equations.append(({SCENE: 1, END: -1}, end))
        if duration is not None:
            self.equations.append(({END: 1, START: -1}, duration))
        elif not self.made:
            self.equations.append(({END: 1, START: -1, OWN: -1}, 0))
        elif end is None:
            self.equations.append(({SCENE: 1, END: -1}, 0))
        if start is None and (end is None or self.made):
            self.equations.append(({START: 1}, 0))

    def most(self, goal: Row, limits: tuple[tuple[Row, float], ...] = ()) -> float:
        """The highest value of a goal, where each limited row is at most its number; -inf where nothing is left."""
        done = linprog(
            [-goal.get(i, 0) for i in range(4)],
            A_ub=[[row.get(i, 0) for i in range(4)] for row, _ in limits] or None,
            b_ub=[number for _, number in limits] or None,
            A_eq=[[row.get(i, 0) for i in range(4)] for row, _ in self.equations] or None,
            b_eq=[number for _, number in self.equations] or None,
            bounds=self.bounds,
        )
        if done.status == 3:
            return INF
        return -INF if done.status == 2 else -float(done.fun)

    def least(self, goal: Row, limits: tuple[tuple[Row, float], ...] = ()) -> float:
        return -self.most(negative(goal), limits)

    def goals(self, track: Plain, own: Length | None) -> Iterator[tuple[str, Row, int]]:
        """What is judged of the track, and the least value at which it holds."""
        if self.made:
            yield "empty-window", {START: 1, END: -1}, 0
        else:
            yield "late", {START: 1, SCENE: -1}, 0
            yield "early", {END: -1}, 0
            yield "clipped", {END: 1, SCENE: -1}, 1
            yield "starts-before-scene", {START: -1}, 1
        if self.asked and own is not None:
            if track["type"] in oracle.WITH_LENGTH:
                yield "trimmed-media", {OWN: 1, START: 1, END: -1}, 1
            yield "ends-early", {OWN: -1, START: -1, END: 1}, 1


def span(length: Length | None) -> tuple[float | None, float | None]:
    if length is None:
        return 0, 0
    return length.low, None if length.high == INF else length.high


def negative(row: Row) -> Row:
    return {i: -value for i, value in row.items()}


def assert_bounds(program: Program, placed: PlacedTrack) -> None:
    assert (placed.start.low, placed.start.high) == (program.least({START: 1}), program.most({START: 1}))
    assert (placed.end.low, placed.end.high) == (program.least({END: 1}), program.most({END: 1}))


def faults_of(program: Program, track: Plain, own: Length | None, expected: Row) -> dict[str, Any]:
    """The findings of a track with their amounts, and whether they always hold."""
    found: dict[str, Any] = {}
    for name, goal, least in program.goals(track, own):
        low, high = program.least(goal), program.most(goal)
        no_length = least == 0 and program.most({SCENE: 1}, ((negative(goal), 0),)) <= 0
        if high >= least and not (no_length and low < 0):
            found[name] = (low >= least, (max(0, low), max(0, high)), goal, least)
    return {name: found[name] for name in oracle.first_causes(faults_at(found, expected))}


def faults_at(found: dict[str, Any], expected: Row) -> dict[str, oracle.Fault]:
    """The findings as the oracle knows them. `expected`: where everything is at the lengths that are expected."""
    return {
        name: oracle.Fault(always, sum(goal[i] * expected[i] for i in goal) >= least, frozenset(), None)
        for name, (always, _, goal, least) in found.items()
    }


def assert_condition(program: Program, finding: Finding, goal: Row, least: int, row: dict[str, int]) -> None:
    """The condition parts the lengths for which it holds from those for which it does not, to the millisecond."""
    (condition,) = finding.words.condition
    longer, shorter = condition.of, condition.less
    lengths: Row = {row[longer]: 1.0} | ({row[shorter]: -1.0} if shorter else {})
    holds, fails = ((negative(goal), -float(least)),), ((goal, float(least - 1)),)
    ms = condition.ms
    if condition.op in (">", ">="):
        first = ms + (condition.op == ">")
        assert (program.least(lengths, holds), program.most(lengths, fails)) == (first, first - 1)
    else:
        last = ms - (condition.op == "<")
        assert (program.most(lengths, holds), program.least(lengths, fails)) == (last, last + 1)


def check(scenes: list[Plain], lengths: Lengths) -> None:
    timeline, findings = solved(text_of(scenes, "json"), lengths)
    said = {(finding.words.at.path, side_of(finding)): finding for finding in findings}
    for scene in timeline.scenes:
        index = scene.scene.index
        sized = oracle.size(scenes[index], of_scene(lengths, index))
        assert isinstance(sized, oracle.Size)
        for placed in scene.tracks:
            number = placed.track.index
            track, own = scenes[index]["tracks"][number], lengths.get((index, number))
            program = Program(track, number, sized, own)
            assert_bounds(program, placed)
            middle = 0 if own is None else own.expected
            expected = {
                START: placed.start.expected,
                END: placed.end.expected,
                SCENE: sized.length.expected,
                OWN: middle,
            }
            faults = faults_of(program, track, own, expected)
            path = placed.track.path
            named = {side for at, side in said if at == path and side in KNOWN}
            assert named == set(faults)
            names = {name_of(scenes, index, number): OWN}
            if sized.medium and sized.track is not None:
                names[name_of(scenes, index, sized.track)] = SCENE
            for name, (always, amount, goal, least) in faults.items():
                finding = said[path, name]
                assert (finding.words.verdict == "always") == always
                if finding.words.amount is not None:
                    assert (finding.words.amount.low, finding.words.amount.high) == amount
                if not always:
                    assert_condition(program, finding, goal, least, names)


KNOWN = {"late", "early", "empty-window", "clipped", "starts-before-scene", "trimmed-media", "ends-early"}


def test_bounds_verdicts_and_conditions_are_those_of_linear_programs() -> None:
    random = Random(5)
    for _ in range(SPECS):
        scenes, lengths = scenes_at_random(random, random.choice((997, 1_000, 7_919)))
        check(scenes, lengths)


@pytest.mark.parametrize("speech", [False, True])
def test_what_the_benchmark_calls_clean_has_no_finding(speech: bool) -> None:
    benchmark = runpy.run_path(str(Path(__file__).parent / "benchmarks" / "solver.py"))
    log = Log()
    solve(benchmark["graph"](benchmark["clean"], 2_000, 8, speech), log)
    assert log.findings == []
