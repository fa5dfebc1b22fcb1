"""Faults: what a text asks for, and that it strikes just so often."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidc.server.faults import Faults, NoFault, read_fault


def struck(text: str, requests: int, where: str = "post") -> list[int]:
    """The numbers of the requests that a fault strikes, counted from 1."""
    faults = Faults((text,))
    return [number for number in range(1, requests + 1) if faults.of_request(where)]


@given(st.integers(0, 50), st.integers(1, 50), st.integers(1, 300))
def test_a_share_strikes_exactly_so_many(share: int, whole: int, requests: int) -> None:
    share = min(share, whole)
    assert len(struck(f"503:{share}/{whole}", requests)) == requests * share // whole


def test_a_share_of_one_in_three_strikes_every_third() -> None:
    assert struck("no-answer:1/3", 10) == [3, 6, 9]


def test_one_number_strikes_that_one_only() -> None:
    assert struck("torn:#2", 10) == [2]


def test_a_probability_strikes_about_so_often_and_the_same_for_the_same_seed() -> None:
    found = struck("429:0.1", 5000)
    assert 400 < len(found) < 600
    assert struck("429:0.1", 5000) == found
    other = Faults(("429:0.1",), seed=1)
    assert [number for number in range(1, 5001) if other.of_request("post")] != found


def test_the_turns_of_one_fault_do_not_depend_on_another() -> None:
    both = Faults(("429:1/2", "torn:1/3"))
    assert [both.of_request("post") for _ in range(6)] == [None, "429", "torn", "429", None, "429"]


@pytest.mark.parametrize(
    ("fault", "where"), [("503:1/1", "post"), ("503@get:1/1", "get"), ("503@delete:1/1", "delete")]
)
def test_a_fault_strikes_where_it_is_asked_to(fault: str, where: str) -> None:
    faults = Faults((fault,))
    places = ("post", "get", "delete", "other")
    assert [faults.of_request(place) for place in places] == ["503" if place == where else None for place in places]


def test_a_fault_of_jobs_strikes_no_request() -> None:
    faults = Faults(("fail:1/2", "slow:1/1", "429@any:1/1"))
    assert faults.of_job() == {"slow"}
    assert faults.of_job() == {"slow", "fail"}
    assert faults.of_request("other") == "429"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("oops:1/3", "`oops` is no kind of fault"),
        ("429", "`429` is no kind of fault"),
        ("200:1/3", "`200` is no kind of fault"),
        ("429:2/1", "`2/1` is not how often"),
        ("429:1/0", "`1/0` is not how often"),
        ("429:1.5", "`1.5` is not how often"),
        ("429:#0", "`#0` is not how often"),
        ("429:", "`` is not how often"),
        ("429@put:0.1", "`@put` is not where `429` can strike"),
        ("fail@post:0.1", "`@post` is not where `fail` can strike"),
    ],
)
def test_a_text_that_is_no_fault_says_what_would_be(text: str, said: str) -> None:
    with pytest.raises(NoFault) as caught:
        read_fault(text)
    assert str(caught.value).startswith(said)


@given(st.text(max_size=20))
def test_any_text_is_a_fault_or_says_why_not(text: str) -> None:
    said = ""
    try:
        read_fault(text).strikes()
    except NoFault as error:
        said = str(error)
    assert "\n" not in said.replace(text, "")
