"""The presenter: who looks how, what moves, and that parts laid together are the whole."""

from __future__ import annotations

import os
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidc.render.drawing import drawn
from vidc.render.picture import Pixels, over
from vidc.render.presenter import figure
from vidc.render.presenter.clothes import body
from vidc.render.presenter.face import brows, eyes, head, head_back, mouth, nose
from vidc.render.presenter.figure import VARIANTS, Presenter, stand
from vidc.render.presenter.look import LONG, SHORT, look_of
from vidc.render.presenter.motion import BLINK_MS, Motion, stressed
from vidc.render.stage import MOUTHS, Layer, Speech, Word
from vidc.render.turn import Turn

FUZZ = int(os.environ.get("VIDC_FUZZ", "1"))
SMALL = Turn(20, 10, 300, 300)
WORDS = [Word(0, 300, "Welcome"), Word(400, 700, "everybody"), Word(2_000, 2_200, "again")]
EACH = Speech(2_500, [(100 * at, shape) for at, shape in enumerate(MOUTHS)], WORDS)


def shown(layers: list[Layer], width: int = 340, height: int = 320) -> Pixels:
    made = np.zeros((height, width, 4), np.uint8)
    for layer in layers:
        over(made, layer.picture.pixels, layer.x, layer.y, layer.opacity)
    return made


def presenter(actor: str = "karen", variant: str = "full_body", place: Turn = SMALL, view: str = "front") -> Presenter:
    return Presenter(actor, variant, view, place, 60_000, EACH)


def test_a_name_always_looks_the_same_and_names_look_different() -> None:
    assert look_of("karen") == look_of("Karen")
    looks = Counter(repr(look_of(f"actor-{number}")) for number in range(300))
    assert len(looks) > 280
    assert {look_of(f"actor-{number}").hair for number in range(300)} == {*SHORT, *LONG}


def test_the_actors_of_the_service_s_examples_look_as_they_were_chosen() -> None:
    found = {
        name: (look_of(name).hair, look_of(name).clothes, look_of(name).cloth) for name in ("karen", "ryan", "omar")
    }
    assert found == {
        "karen": ("long", "blazer", "#23695b"),
        "ryan": ("swept", "sweater", "#b4573b"),
        "omar": ("crop", "blazer", "#2c4a78"),
    }


@given(st.text(max_size=12), st.sampled_from(VARIANTS), st.text(max_size=6))
@settings(max_examples=12 * FUZZ, deadline=None)
def test_any_name_is_drawn(actor: str, variant: str, view: str) -> None:
    layers = Presenter(actor, variant, view, Turn(0, 0, 60, 60), 1_000, None).layers(500)
    assert shown(layers, 60, 60)[:, :, 3].any()


@pytest.mark.parametrize("hair", [*SHORT, *LONG])
def test_every_cut_of_hair_lies_inside_the_box_that_it_is_drawn_in(hair: str) -> None:
    names = (f"actor-{number}" for number in range(2_000))
    look = next(look for look in map(look_of, names) if look.hair == hair)
    for name in ("back", "head", "body", "nose", "brows", *(f"mouth-{one}" for one in MOUTHS), "eyes-open"):
        svg, box = figure._source(look, name)
        if not svg:
            continue
        wide = (box[0] - 30, box[1] - 30, box[2] + 30, box[3] + 30)
        around = drawn(svg, wide, (0.5, 0.0, 0.0, 0.5, 0.0, 0.0))
        alpha = around.pixels[:, :, 3].copy()
        edge = 15
        alpha[edge:-edge, edge:-edge] = 0
        if name == "body":
            alpha[-edge:] = 0  # it goes on below
        assert not alpha.any(), (name, hair)


def test_there_is_a_picture_for_each_mouth_and_only_the_mouth_changes_it() -> None:
    who = presenter()
    keys = set()
    for number, shape in enumerate(MOUTHS):
        assert who.shape(100 * number + 50) == shape
        keys.add(
            next(layer.picture.key for layer in who.layers(100 * number + 50) if layer.y and _is_mouth(who, layer))
        )
    assert len(keys) == len(MOUTHS)
    silent = Presenter("karen", "full_body", "front", SMALL, 60_000, None)
    assert [silent.shape(at) for at in (0, 999_999)] == ["rest", "rest"]


def _is_mouth(who: Presenter, layer: Layer) -> bool:
    return any(layer.picture is part.picture for name in MOUTHS if (part := who._part(f"mouth-{name}")) is not None)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("place", [SMALL, Turn(30, 20, 200, 260), Turn(60, 30, 200, 200, 20)])
def test_parts_laid_together_are_the_figure_drawn_in_one_piece(variant: str, place: Turn) -> None:
    who = presenter("ryan", variant, place)
    at = stand(variant, place)
    look = who.look
    rest = who.layers(0)
    whole = (
        head_back(look) + body(look) + head(look) + nose(look) + eyes(look, "open") + mouth(look, "rest") + brows(look)
    )
    bottom = at.bottom if not at.clip else 1040
    made = drawn(whole, (200, 0, 800, bottom), at.matrix, at.clip)
    one = np.zeros((320, 340, 4), np.uint8)
    if who.disc is not None:
        over(one, who.disc.picture.pixels, who.disc.x, who.disc.y)
    over(one, made.pixels, made.x, made.y)
    apart = np.abs(shown(rest).astype(int) - one).max(axis=2)
    if variant == "bubble":  # in one piece the head is drawn through the circle as well, which changes its edges
        assert (apart > 2).sum() < 100
        assert apart.max() <= 64
    else:
        assert apart.max() <= 16, "one step of the sixteen in which the renderer counts an edge"
        assert (apart > 2).sum() <= 8


def test_what_is_kept_is_what_is_drawn_anew() -> None:
    kept = [shown(presenter("omar").layers(at)) for at in range(0, 3_000, 170)]
    figure._part.cache_clear()
    figure._risen.cache_clear()
    anew = [shown(presenter("omar").layers(at)) for at in range(0, 3_000, 170)]
    assert all(np.array_equal(one, other) for one, other in zip(kept, anew, strict=True))


def test_the_same_part_is_the_same_picture() -> None:
    one, other = presenter("maya").layers(1_000), presenter("maya").layers(1_000)
    assert [layer.picture for layer in one] == [layer.picture for layer in other]
    still = {id(layer.picture) for at in range(0, 20_000, 33) for layer in presenter("maya").layers(at)}
    assert len(still) < 30


def test_a_figure_stands_on_the_lower_edge_of_its_box_and_breathes_above_it() -> None:
    for variant in ("full_body", "shoulder"):
        who = presenter("karen", variant)
        tops = set()
        for at in range(0, 8_000, 100):
            seen = np.flatnonzero(shown(who.layers(at))[:, :, 3].any(axis=1))
            assert seen[-1] == 309
            tops.add(who.layers(at)[1].y)
        assert len(tops) > 1


def test_nothing_of_a_bubble_s_body_lies_outside_its_circle() -> None:
    who = presenter("lena", "bubble")
    y, x = np.mgrid[0:320, 0:340]
    outside = np.hypot(x + 0.5 - 170, y + 0.5 - 160) > 151
    for at in range(0, 6_000, 500):
        assert not shown(who.layers(at))[outside, 3].any()


def test_a_face_may_look_to_a_side() -> None:
    front, side = presenter(view="front"), presenter(view="side")
    places = [next(layer.x for layer in who.layers(50) if _is_mouth(who, layer)) for who in (front, side)]
    assert places[1] > places[0]


def test_eyes_blink_and_stay_open_between() -> None:
    motion = Motion("karen", 60_000, [])
    seen = [motion.pose(at).lids for at in range(60_000)]
    assert set(seen) == {"open", "half", "shut"}
    assert 0.9 < seen.count("open") / len(seen) < 0.98
    changes = [at for at in range(1, 60_000) if seen[at - 1] == "open" and seen[at] != "open"]
    assert changes == [at for at in motion.blinks if at + BLINK_MS < 60_000 or at < 60_000]


@given(st.text(max_size=5), st.integers(0, 20_000), st.lists(st.integers(0, 20_000), max_size=8).map(sorted))
@settings(max_examples=50 * FUZZ, deadline=None)
def test_nothing_moves_far_or_fast(name: str, length: int, words: list[int]) -> None:
    motion = Motion(name, length, words)
    before = motion.pose(0)
    for at in range(33, min(length, 4_000), 33):
        pose = motion.pose(at)
        assert abs(pose.right) <= 6
        assert -5 <= pose.down <= 8
        assert abs(pose.right - before.right) < 2
        before = pose


def test_long_words_and_first_ones_are_stressed_but_not_too_often() -> None:
    words = [(0, "a"), (300, "tremendous"), (1_000, "extraordinary"), (1_100, "of"), (2_600, "the"), (2_700, "end")]
    assert stressed(words) == [0, 1_000, 2_600]
