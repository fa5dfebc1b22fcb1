"""The name that a misspelt one was meant to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidc.diag.near import MAX_NAME, MAX_NAMES, Names, distance, nearest

FIELDS = ["type", "text", "duration", "startTimeGap", "endTimeGap", "imageUrl", "videoUrl", "referenceId", "size"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("duraton", "duration"),
        ("durationn", "duration"),
        ("druation", "duration"),
        ("DURATION", "duration"),
        ("start_time_gap", "startTimeGap"),
        ("start-time-gap", "startTimeGap"),
        ("startGapTime", "startTimeGap"),
        ("imgUrl", "imageUrl"),
        ("tpye", "type"),
        ("fontFamily", None),
        ("x", None),
        ("", None),
    ],
)
def test_a_misspelt_field_is_told_the_nearest(name: str, meant: str | None) -> None:
    assert nearest(name, FIELDS) == meant


def test_of_two_as_near_the_one_with_the_same_first_letter_is_taken() -> None:
    assert nearest("cart", ["dart", "card"]) == "card"


def test_no_name_is_near_to_none() -> None:
    assert nearest("duration", []) is None


def test_a_very_long_name_is_near_only_to_its_other_spellings() -> None:
    name = "a" * (MAX_NAME + 1)
    assert nearest(name, ["a" * MAX_NAME]) is None
    assert nearest(name, [name.upper()]) == name.upper()


def test_many_names_are_compared_up_to_a_limit() -> None:
    names = [f"name_{number:06}" for number in range(MAX_NAMES)]
    assert nearest("OTHER-TITLE", [*names[1:], "other_title"]) == "other_title"
    assert nearest("OTHER-TITLE", [*names, "other_title"]) is None


@given(st.lists(st.text("abAB_- ", max_size=8), max_size=8), st.lists(st.text("abAB_- ", max_size=8), max_size=8))
def test_sorting_the_candidates_before_changes_nothing(names: list[str], candidates: list[str]) -> None:
    known = Names(candidates)
    assert [nearest(name, known) for name in names] == [nearest(name, candidates) for name in names]


def slow(left: str, right: str) -> int:
    """The same by its definition, without a bound."""
    if not left or not right:
        return len(left) + len(right)
    ways = [slow(left[1:], right) + 1, slow(left, right[1:]) + 1, slow(left[1:], right[1:]) + (left[0] != right[0])]
    if left[:2] == right[1::-1] and len(left) > 1 and len(right) > 1:
        ways.append(slow(left[2:], right[2:]) + 1)
    return min(ways)


SHORT = st.text("abc", max_size=6)


@given(SHORT, SHORT, st.integers(0, 4))
def test_the_distance_is_that_of_its_definition_up_to_the_limit(left: str, right: str, limit: int) -> None:
    assert distance(left, right, limit) == min(slow(left, right), limit + 1)


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=8))
def test_what_is_near_is_one_of_the_candidates(name: str, candidates: list[str]) -> None:
    assert nearest(name, candidates) in [*candidates, None]
