"""What is seen of a scene at a time: tracks in order and in their windows, fitted, turned, captioned and marked."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidc.compile import compile
from vidc.diag.catalog import PAGES
from vidc.diag.finding import Log
from vidc.diag.page import examples
from vidc.ir.facts import Facts
from vidc.ir.timeline import PlacedScene
from vidc.render.badge import clock
from vidc.render.captions import lines_of
from vidc.render.drawing_shapes import corners, framed, rounded, sloped
from vidc.render.overlay import cut_ms
from vidc.render.picture import Picture, Pixels, over, premultiplied, trimmed
from vidc.render.picture_turned import Turner
from vidc.render.placeholder import Setting, card, file_name
from vidc.render.stage import Material, Speech, StagedScene, Word, layers
from vidc.render.stage_picture import Fitted
from vidc.render.staging import Shown, filled_in, place_of, stage
from vidc.render.turn import Turn
from vidc.source import Source

FUZZ = int(os.environ.get("VIDC_FUZZ", "1"))
HEAD = "settings: {name: Demo, videoSize: {width: 320, height: 180}}\n"
BOX = "position: {x: 10, y: 20}, size: {width: 100, height: 60}"
IMAGE = "type: image, imageUrl: https://cdn.example.com/a%20b.png"


class Photo:
    """A picture of one color."""

    def __init__(self, width: int, height: int, color: tuple[int, int, int, int] = (200, 10, 10, 255)) -> None:
        self.key, self.width, self.height, self.color = f"{width}x{height}{color}", width, height, color

    def picture(self, width: int, height: int) -> Picture:
        return Picture(np.full((height, width, 4), self.color, np.uint8))


class Footage(Photo):
    """A film whose frames, 100 ms each, get lighter; two seconds long."""

    def frames(self, width: int, height: int) -> Callable[[int], Picture | None]:
        made = [Picture(np.full((height, width, 4), (at, at, at, 255), np.uint8)) for at in range(20)]
        return lambda ms: made[ms // 100] if 0 <= ms < 2_000 else None


def placed(text: str, **known: Any) -> PlacedScene:
    made = compile(Source("a.vidc.yaml", HEAD + text), facts=Facts(**known) if known else Facts({}, {}, {}))
    assert made.timeline is not None, [finding.words.message for finding in made.findings]
    return made.timeline.scenes[0]


def scene(*tracks: str, duration: str = "2s") -> PlacedScene:
    return placed(
        f"scenes:\n  - duration: {duration}\n    tracks:\n" + "".join(f"      - {{{one}}}\n" for one in tracks)
    )


def staged(of: PlacedScene, materials: dict[int, Material] | None = None, **more: Any) -> tuple[StagedScene, list[str]]:
    log = Log()
    shown = more.pop("shown", None)
    found = {(of.scene.index, index): one for index, one in (materials or {}).items()}
    made = stage(of, (320, 180), found, more.pop("variables", {}), log, shown, **more)
    return made, [finding.name for finding in log.findings]


def seen(of: StagedScene, t: int) -> Pixels:
    made = np.zeros((of.size[1], of.size[0], 4), np.uint8)
    made[:, :, 3] = 255
    for layer in layers(of, t):
        over(made, layer.picture.pixels, layer.x, layer.y, layer.opacity)
    return made


def test_a_later_track_lies_above_an_earlier_one() -> None:
    of = scene(f"{IMAGE}, {BOX}", f"{IMAGE}, position: {{x: 60, y: 30}}, size: {{width: 100, height: 60}}")
    red, blue = Photo(10, 6), Photo(10, 6, (0, 0, 250, 255))
    made, _ = staged(of, {0: Material(red), 1: Material(blue)})
    frame = seen(made, 0)
    assert tuple(frame[25, 15]) == (200, 10, 10, 255)
    assert tuple(frame[35, 65]) == (0, 0, 250, 255)
    assert tuple(frame[5, 5]) == (0, 0, 0, 255)


def test_a_track_is_seen_from_its_start_to_before_its_end() -> None:
    made, _ = staged(scene(f"{IMAGE}, {BOX}, startTimeGap: 500, endTimeGap: 700"), {0: Material(Photo(10, 6))})
    found = [t for t in range(2_000) if layers(made, t)]
    assert (found[0], found[-1] + 1) == (500, 1_300)


def test_a_time_outside_the_scene_shows_its_first_or_last_moment() -> None:
    made, _ = staged(
        scene(f"{IMAGE}, {BOX}, endTimeGap: 1s", f"{IMAGE}, {BOX}, startTimeGap: 1s"),
        {0: Material(Photo(10, 6)), 1: Material(Photo(10, 6, (0, 250, 0, 255)))},
    )
    assert np.array_equal(seen(made, -50), seen(made, 0))
    assert np.array_equal(seen(made, 2_400), seen(made, 1_999))
    assert not np.array_equal(seen(made, 0), seen(made, 1_999))


def test_the_picture_of_a_still_track_stays_the_same_object() -> None:
    made, _ = staged(scene(f"{IMAGE}, {BOX}", f"type: text, text: Hi, {BOX}"), {0: Material(Photo(10, 6))})
    first = [id(layer.picture) for layer in layers(made, 0)]
    assert all([id(layer.picture) for layer in layers(made, t)] == first for t in range(0, 2_000, 40))


def test_a_film_shows_the_frame_of_its_own_time_and_nothing_after_its_end() -> None:
    spec = f"type: video, videoUrl: https://cdn.example.com/a.mp4, {BOX}, startTimeGap: 300, intrinsicDuration: 2s"
    of = scene(spec, duration="4s")
    made, _ = staged(of, {0: Material(footage=Footage(100, 60))})
    assert layers(made, 299) == []
    assert [int(seen(made, t)[30, 30, 0]) for t in (300, 399, 400, 1_300, 2_299)] == [0, 0, 1, 10, 19]
    assert layers(made, 2_300) == []
    later, _ = staged(of, {0: Material(footage=Footage(100, 60), begins=1_000)})
    assert [int(seen(later, t)[30, 30, 0]) for t in (300, 1_299)] == [10, 19]
    assert layers(later, 1_300) == []
    assert layers(made, 305)[0].picture is layers(made, 390)[0].picture


@pytest.mark.parametrize(
    ("fit", "scaled", "box"),
    [
        ("cover", (100, 100), (10, 20, 100, 60)),
        ("contain", (60, 60), (30, 20, 60, 60)),
        ("stretch", (100, 60), (10, 20, 100, 60)),
    ],
)
def test_a_picture_fits_its_box_as_asked(fit: str, scaled: tuple[int, int], box: tuple[int, int, int, int]) -> None:
    found = Fitted((500, 500), Turn(10, 20, 100, 60), fit)
    assert found.scaled == scaled
    assert (found.x, found.y, found.width, found.height) == box


def test_a_covering_picture_shows_its_middle() -> None:
    pixels = np.zeros((100, 100, 4), np.uint8)
    pixels[:, :, 0] = np.arange(100)[:, None]
    pixels[:, :, 3] = 255
    found = Fitted((100, 100), Turn(0, 0, 100, 60), "cover")
    assert [int(found.cut(Picture(pixels)).pixels[row, 0, 0]) for row in (0, 59)] == [20, 79]


@given(
    st.tuples(st.integers(1, 9_000), st.integers(1, 9_000)),
    st.floats(-300, 300),
    st.floats(1, 900),
    st.floats(1, 900),
    st.sampled_from(["cover", "contain", "stretch"]),
)
@settings(max_examples=200 * FUZZ, deadline=None)
def test_a_fitted_picture_never_leaves_its_box(
    natural: tuple[int, int], at: float, width: float, height: float, fit: str
) -> None:
    found = Fitted(natural, Turn(at, at, width, height), fit)
    assert found.x >= round(at)
    assert found.y >= round(at)
    assert found.x + found.width <= max(round(at + width), round(at) + 1)
    assert found.y + found.height <= max(round(at + height), round(at) + 1)
    assert found.left + found.width <= found.scaled[0]
    assert found.top + found.height <= found.scaled[1]
    assert found.scaled[0] * found.scaled[1] <= 9 * (width + 1) * (height + 1)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_quarter_turn_moves_every_pixel_as_it_is(quarters: int) -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (40, 60, 4), dtype=np.uint8)
    pixels[:, :, 3] = 255
    turner = Turner(Turn(100, 100, 60, 40, 90 * quarters))
    turned = turner.turned(pixels)
    assert (turner.x, turner.y) == ((100, 100) if quarters == 2 else (110, 90))
    assert np.abs(turned.astype(int) - np.rot90(pixels, -quarters)).max() <= 1


def test_a_turned_picture_keeps_its_weight_and_its_middle() -> None:
    turner = Turner(Turn(0, 0, 90, 50, 33))
    alpha = turner.turned(np.full((50, 90, 4), 255, np.uint8))[:, :, 3].astype(float)
    assert alpha.sum() / 255 == pytest.approx(90 * 50, rel=0.01)
    rows, columns = np.mgrid[0 : alpha.shape[0], 0 : alpha.shape[1]]
    middle = (columns * alpha).sum() / alpha.sum() + turner.x + 0.5, (rows * alpha).sum() / alpha.sum() + turner.y + 0.5
    assert middle == pytest.approx((45, 25), abs=0.05)


def test_a_medium_that_is_missing_is_a_card_that_names_its_file() -> None:
    of = scene(f"{IMAGE}, {BOX}", "type: video, videoUrl: https://cdn.example.com/b.mp4, intrinsicDuration: 9s")
    made, found = staged(of, {0: Material(missing="it is not there")})
    sizes = [(layer.picture.width, layer.picture.height) for layer in layers(made, 0)]
    assert sizes == [(100, 60), (320, 180)]
    assert found == []
    assert file_name("https://cdn.example.com/x/a%20b.png?v=1") == "a b.png"
    assert file_name("http://[") == "http://["
    cards = [card("image", f"https://x.com/{name}.png", "", (90, 60), Setting((320, 180))) for name in "abc"]
    assert len({one.key for one in cards}) == 3


def test_a_card_is_light_where_a_text_is_dark() -> None:
    of = scene(f"{IMAGE}, {BOX}", f'type: text, text: Hi, {BOX}, extra: {{fontColor: "#112233"}}')
    light, _ = staged(of)
    dark, _ = staged(scene(f"{IMAGE}, {BOX}", f"type: text, text: Hi, {BOX}"))
    assert seen(light, 0)[60, 90, :3].mean() > 150
    assert seen(dark, 0)[60, 90, :3].mean() < 120


def test_texts_are_filled_with_the_service_s_variables() -> None:
    assert filled_in("{a} {b} {c} {0} {{a}}", {"a": "x", "b": None, "d": 1}) == "x  {c} {0} {x}"
    of = scene(f'type: text, text: "{{who}}", {BOX}')
    one, _ = staged(of, variables={"who": "Maya"})
    other, _ = staged(of, variables={"who": "Noah"})
    assert not np.array_equal(seen(one, 0), seen(other, 0))


def test_what_cannot_be_shown_as_it_would_be_is_found() -> None:
    film = "type: video, videoUrl: https://cdn.example.com/a.mp4, intrinsicDuration: 2s, removeBackground: true"
    of = scene(
        f'type: text, text: "日本", {BOX}',
        f"type: text, text: Words that do not fit, {BOX}, extra: {{fontSize: 50}}",
        f"{film}, {BOX}",
    )
    _, found = staged(of, {2: Material(footage=Footage(100, 100))})
    assert found == ["missing-glyph", "overflowing-text", "background-stays", "other-proportions"]
    _, none = staged(of, {2: Material(footage=Footage(100, 60))})
    assert none == ["missing-glyph", "overflowing-text", "background-stays"]


@pytest.mark.parametrize("name", ["missing-glyph", "overflowing-text", "background-stays", "other-proportions"])
def test_each_of_these_has_a_page(name: str) -> None:
    assert len(PAGES[name].text) > 200
    assert examples(PAGES[name]) == (None, None)


WORDS = [
    Word(100, 300, "One"),
    Word(300, 600, "two"),
    Word(700, 900, "three."),
    Word(1_000, 1_300, "Then"),
    Word(1_300, 1_700, "four"),
]
ACTOR = f"type: actor, actor: karen, speakerId: en-GB-SoniaNeural, text: One two three. Then four, {BOX}"


def captioned(t: int) -> Pixels:
    made, _ = staged(
        scene(ACTOR), {0: Material(speech=Speech(1_800, [(0, "rest")], WORDS))}, shown=Shown(captions=True)
    )
    bare, _ = staged(scene(ACTOR), {0: Material(speech=Speech(1_800, [(0, "rest")], WORDS))})
    return np.where(seen(made, t) == seen(bare, t), 0, seen(made, t)).astype(np.uint8)


def test_captions_light_the_word_of_the_moment() -> None:
    assert not captioned(50).any()
    yellow = []
    for t in (150, 400, 800):
        found = captioned(t).astype(int)
        lit = (found[:, :, 0] > 180) & (found[:, :, 1] > 130) & (found[:, :, 2] < 120)
        yellow.append(float(np.flatnonzero(lit.any(axis=0)).mean()))
    assert yellow == sorted(yellow)
    assert yellow[2] - yellow[0] > 15


def test_captions_begin_a_new_line_after_a_sentence_and_balance_a_long_one() -> None:
    assert [line.text for line in lines_of(WORDS, 20, 900)] == ["One two three.", "Then four"]
    long = [Word(100 * at, 100 * at + 90, word) for at, word in enumerate(("word " * 23).split())]
    lines = lines_of(long, 20, 400)
    assert [word for line in lines for word in line.words] == long
    counts = [len(line.words) for line in lines]
    assert max(counts) - min(counts) <= 1
    for line in lines:
        texts = [line.text[at : at + len(word.text)] for at, word in zip(line.places, line.words, strict=True)]
        assert texts == [word.text for word in line.words]


def test_captions_of_two_that_speak_at_once_stand_above_each_other() -> None:
    said = Material(speech=Speech(1_800, [(0, "rest")], WORDS))
    made, _ = staged(scene(ACTOR, ACTOR), {0: said, 1: said}, shown=Shown(captions=True))
    one, other = layers(made, 150)[-2:]
    assert other.y + other.picture.height <= one.y


def test_the_badge_tells_the_time_in_the_scene() -> None:
    assert [clock(t, 5_000) for t in (0, 99, 100, 61_234)] == ["0:00.0", "0:00.0", "0:00.1", "1:01.2"]
    assert clock(601_000, 700_000) == "10:01.0"
    made, _ = staged(scene(f"{IMAGE}, {BOX}"), {0: Material(Photo(10, 6))}, shown=Shown(badge=True))
    badge = layers(made, 1_230)[1:]
    assert len(badge) == 1 + len("0:01.2")
    assert all(layer.x >= 0 and layer.x + layer.picture.width <= 320 for layer in badge)
    assert [one.picture for one in layers(made, 1_230)] == [one.picture for one in layers(made, 1_299)]


def test_the_overlay_marks_what_is_cut_in_red() -> None:
    of = scene(
        f"{IMAGE}, {BOX}, duration: 3s", f"{IMAGE}, position: {{x: 150, y: 60}}, size: {{width: 90, height: 60}}"
    )
    assert [cut_ms(track, 2_000) for track in of.tracks] == [1_000, 0]
    made, _ = staged(of, {0: Material(Photo(10, 6)), 1: Material(Photo(9, 6))}, shown=Shown(overlay=True))
    frame = seen(made, 0)
    assert tuple(frame[79, 60]) == (235, 52, 52, 255)
    assert tuple(frame[119, 200]) == (120, 214, 130, 255)


def test_the_names_in_the_overlay_do_not_lie_on_each_other() -> None:
    of = scene(*(f"{IMAGE}, {BOX}" for _ in range(5)))
    made, _ = staged(of, {at: Material(Photo(10, 6)) for at in range(5)}, shown=Shown(overlay=True))
    tags = layers(made, 0)[-5:]
    rows = sorted((layer.y, layer.y + layer.picture.height) for layer in tags)
    assert all(one[1] <= other[0] for one, other in pairwise(rows))


def test_the_key_changes_with_what_is_seen_and_with_nothing_else() -> None:
    spec = f"{IMAGE}, {BOX}"
    photo = {0: Material(Photo(10, 6))}

    def key(track: str = spec, materials: dict[int, Material] = photo, **more: Any) -> str:
        return staged(scene(track), materials, **more)[0].key

    assert key() == key()
    assert key() == key(spec + ", referenceId: other") == key(spec + ", endTimeGap: 0")
    others = [
        key(spec.replace("x: 10", "x: 11")),
        key(spec + ", endTimeGap: 1s"),
        key(materials={0: Material(Photo(10, 7))}),
        key(materials={0: Material(missing="gone")}),
        key(shown=Shown(badge=True)),
        key(scale=0.5),
    ]
    assert len({key(), *others}) == len(others) + 1


def test_a_film_at_half_size_has_everything_half_as_large() -> None:
    of = scene(f"{IMAGE}, {BOX}", f"type: text, text: Half as large, {BOX}, extra: {{fontSize: 20}}")
    whole, _ = staged(of, {0: Material(Photo(10, 6))})
    half, _ = staged(of, {0: Material(Photo(10, 6))}, scale=0.5)
    assert half.size == (160, 90)
    sizes = [[(layer.x, layer.y, layer.picture.width) for layer in layers(one, 0)] for one in (whole, half)]
    assert sizes[0][0] == (10, 20, 100)
    assert sizes[1][0] == (5, 10, 50)
    assert sizes[1][1] == pytest.approx([number / 2 for number in sizes[0][1]], abs=5)


NUMBER = st.integers(-(10**9), 10**9) | st.floats(-1e300, 1e300) | st.none()


@given(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, st.sampled_from([0.25, 1.0, 2.0]))
@settings(max_examples=100 * FUZZ, deadline=None)
def test_any_place_is_one_that_can_be_drawn(x: Any, y: Any, width: Any, height: Any, turn: Any, scale: float) -> None:
    values: Any = {"position": {"x": x, "y": y}, "size": {"width": width, "height": height}, "rotation": turn}
    found = place_of(values, (320, 180), scale)
    if found is not None:
        assert 1 <= found.width <= 3 * 320 * scale
        assert 1 <= found.height <= 3 * 320 * scale
        assert abs(found.x) <= 100_000 * scale
        assert all(abs(number) < 1e7 for number in found.matrix())


@given(st.integers(-400, 400), st.integers(-400, 400), st.integers(1, 300), st.integers(1, 300), st.floats(-720, 720))
@settings(max_examples=15 * FUZZ, deadline=None)
def test_any_box_is_drawn(x: int, y: int, width: int, height: int, turn: float) -> None:
    box = f"position: {{x: {x}, y: {y}}}, size: {{width: {width}, height: {height}}}, rotation: {turn:.3f}"
    texts = f'type: text, text: "Any box", {box}, extra: {{backgroundColor: "#123"}}'
    actor = f"type: actor, actor: omar, speakerId: x, text: Hi, {box}"
    of = scene(f"{IMAGE}, {box}", texts, actor)
    made, _ = staged(of, {0: Material(Photo(30, 20))}, shown=Shown(True, True, True))
    assert seen(made, 100).shape == (180, 320, 4)


def test_shapes_cover_what_they_should() -> None:
    assert rounded(10, 6, 0, (1, 2, 3, 255)).reshape(-1, 4).tolist() == [[1, 2, 3, 255]] * 60
    area = corners(80, 80, 40).astype(float).sum() / 255
    assert area == pytest.approx(np.pi * 40**2, rel=0.005)
    frame = framed(40, 30, 5, 3, (255, 255, 255, 255))
    assert frame[15, 20, 3] == 0
    assert frame[1, 20, 3] == 255
    assert [tuple(row[0]) for row in sloped(2, 3, (0, 0, 0), (10, 20, 30))] == [
        (0, 0, 0, 255),
        (5, 10, 15, 255),
        (10, 20, 30, 255),
    ]


def test_premultiplying_rounds_to_the_nearest() -> None:
    straight = np.random.default_rng(1).integers(0, 256, (50, 40, 4), dtype=np.uint8)
    expected = np.floor(straight[:, :, :3] * (straight[:, :, 3:] / 255.0) + 0.5).astype(np.uint8)
    made = premultiplied(straight)
    assert np.array_equal(made[:, :, :3], expected)
    assert np.array_equal(made[:, :, 3], straight[:, :, 3])


def test_laying_over_is_the_formula_of_porter_and_duff() -> None:
    rng = np.random.default_rng(2)
    below, above = (premultiplied(rng.integers(0, 256, (30, 30, 4), dtype=np.uint8)) for _ in range(2))
    expected = above + below * (1 - above[:, :, 3:] / 255.0)
    made = below.copy()
    over(made, above, 0, 0)
    assert np.abs(made - expected).max() <= 1
    outside = below.copy()
    over(outside, above, 40, -40)
    assert np.array_equal(outside, below)


def test_trimming_keeps_every_pixel_that_is_seen() -> None:
    pixels = np.zeros((20, 30, 4), np.uint8)
    pixels[5:9, 11:17] = 50
    part, x, y = trimmed(pixels)
    assert (part.shape, x, y) == ((4, 6, 4), 11, 5)
    assert trimmed(np.zeros((3, 3, 4), np.uint8))[0].shape == (1, 1, 4)


def test_a_picture_cannot_be_changed_and_is_known_by_its_content() -> None:
    one, other = Picture(np.zeros((2, 2, 4), np.uint8)), Picture(np.zeros((2, 2, 4), np.uint8))
    assert one.key == other.key
    assert one.key != Picture(np.zeros((4, 1, 4), np.uint8)).key
    with pytest.raises(ValueError, match="read-only"):
        one.pixels[0, 0, 0] = 1
    film = Picture.of_planes((np.zeros((2, 2), np.uint8),) * 3, "k", lambda: np.full((2, 2, 4), 7, np.uint8))
    assert film.opaque
    assert film.pixels.max() == 7
    assert film.pixels is film.pixels
