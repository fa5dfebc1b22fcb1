"""Any one number of the solver's tables that is changed is noticed by the comparison with the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest

from tests.solve_specs import Lengths, Plain, graph_of, scenes_at_random, text_of
from tests.test_solve import Expected, found_of, placed_of
from vidc.diag.finding import Log
from vidc.ir.graph import Graph
from vidc.passes.solve import solve, table

SAMPLE = 400
COLUMNS = ("scene", "medium", "duration", "startTimeGap", "endTimeGap")


def there(fields: int, kind: str) -> list[int]:
    """The columns of a row that mean something: those of the fields that are there."""
    found = [0, 1] if kind == "MEDIA" else [0]
    return found + [i for i, bit in ((2, table.DURATION), (3, table.START_GAP), (4, table.END_GAP)) if fields & bit]


def coefficients() -> Iterator[tuple[str, int, int]]:
    """Every number of every table: the table's name, the row's and the column's number."""
    for kind in ("MEDIA", "FILLS"):
        for fields in range(len(getattr(table, kind))):
            for column in there(fields, kind):
                yield kind, fields, column
                yield kind, fields, column + len(COLUMNS)
    for name in ("OWN", "MADE", "GIVEN", "HEARD"):
        for row in range(len(getattr(table, name))):
            for column in range(1, 6):
                yield name, row, column


@contextmanager
def changed(name: str, row: int, column: int, by: int) -> Iterator[None]:
    rows: list[Any] = getattr(table, name)
    kept = rows[row]
    rows[row] = (*kept[:column], kept[column] + by, *kept[column + 1 :])
    refresh()
    try:
        yield
    finally:
        rows[row] = kept
        refresh()


def refresh() -> None:
    for kind in range(3):
        for fields in range(table.EVERYTHING):
            table.TESTS[kind][fields][:] = table.tests(kind, fields)


@pytest.fixture(scope="module")
def sample() -> list[tuple[Graph, Any]]:
    """Specs with what the oracle says of them."""
    random = Random(3)
    return [_judged(*scenes_at_random(random)) for _ in range(SAMPLE)]


def _judged(scenes: list[Plain], lengths: Lengths) -> tuple[Graph, Any]:
    expected = Expected(scenes, lengths)
    places = {
        (index, number): (one.start, one.end, one.visible)
        for index, seen in expected.placed
        for number, one in seen.items()
    }
    return graph_of(text_of(scenes, "json"), lengths), (expected.findings, places)


def is_noticed(sample: list[tuple[Graph, Any]]) -> bool:
    return any(_differs(graph, expected) for graph, expected in sample)


def _differs(graph: Graph, expected: Any) -> bool:
    log = Log()
    timeline = solve(graph, log)
    places = {
        (scene.scene.index, number): place for scene in timeline.scenes for number, place in placed_of(scene).items()
    }
    return (found_of(log.findings), places) != expected


def test_the_tables_as_they_are_agree_with_the_oracle(sample: list[tuple[Graph, Any]]) -> None:
    assert not is_noticed(sample)


@pytest.mark.parametrize("coefficient", list(coefficients()), ids=lambda c: f"{c[0]}[{c[1]}][{c[2]}]")
@pytest.mark.parametrize("by", [1, -1])
def test_a_changed_coefficient_is_noticed(
    sample: list[tuple[Graph, Any]], coefficient: tuple[str, int, int], by: int
) -> None:
    with changed(*coefficient, by):
        assert is_noticed(sample)
