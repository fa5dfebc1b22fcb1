"""Laying layers onto a frame: drawing only what changed gives what drawing everything gives, and that is right."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import SCALE
from hypothesis import given, settings
from hypothesis import strategies as st

from vidc.render.compose import Compositor, Frame, _blended, blank, disjoint
from vidc.render.encode_alpha import straightened
from vidc.render.film_fade import _mix
from vidc.render.picture import Picture, Pixels
from vidc.render.planes import planes_of
from vidc.render.stage import Layer
from vidc.render.still import as_pixels


def picture(seed: int, width: int, height: int, kind: str) -> Picture:
    """Premultiplied pixels: opaque, soft everywhere, a shape with a soft edge, empty, or as a video brings them."""
    random = np.random.default_rng(seed)
    pixels = random.integers(0, 256, (height, width, 4), dtype=np.uint8)
    if kind == "shape":
        y, x = np.mgrid[0:height, 0:width]
        away = np.hypot((x - width / 2) / max(width, 1), (y - height / 2) / max(height, 1))
        pixels[:, :, 3] = np.clip((0.45 - away) * 6 * 255, 0, 255).astype(np.uint8)
    elif kind != "soft":
        pixels[:, :, 3] = 0 if kind == "empty" else 255
    pixels[:, :, :3] = (pixels[:, :, :3].astype(np.uint32) * pixels[:, :, 3:] + 127) // 255
    if kind == "video" and width % 2 == 0 and height % 2 == 0:
        planes = planes_of(Picture(pixels), False, False)
        assert planes is not None
        video = planes.luma.planes[0], *planes.chroma.planes
        return Picture.of_planes(video, str(seed), lambda: pixels)
    return Picture(pixels)


KINDS = ("opaque", "soft", "shape", "empty", "video")
PICTURES = [picture(seed, 5 + 7 * seed % 40, 4 + 11 * seed % 30, KINDS[seed % 5]) for seed in range(15)]
PICTURES += [picture(40, 64, 48, "opaque"), picture(41, 64, 48, "video"), picture(42, 63, 47, "opaque")]

LAYERS = st.builds(
    Layer,
    st.sampled_from(PICTURES),
    st.integers(-40, 70),
    st.integers(-40, 55),
    st.sampled_from([1.0, 1.0, 1.0, 0.5, 0.004, 0.0]),
)
STACKS = st.lists(LAYERS, max_size=6)


def bytes_of(frame: Frame) -> list[bytes]:
    planes = [frame.luma, *frame.chroma, frame.alpha, frame.chroma_alpha]
    return [plane.tobytes() for plane in planes if plane is not None]


def in_full(layers: list[Layer], size: tuple[int, int], alpha: bool) -> Frame:
    frame = blank(*size, alpha=alpha)
    Compositor(frame, size).draw(layers)
    return frame


def next_stack(stack: list[Layer], moves: list[tuple[int, int, int]]) -> list[Layer]:
    """The same layers, some of them moved by a little, taken out, or put elsewhere in the order."""
    made = list(stack)
    for what, index, by in moves:
        if not made:
            break
        index %= len(made)
        if what == 0:
            made[index] = Layer(made[index].picture, made[index].x + by, made[index].y, made[index].opacity)
        elif what == 1:
            made.pop(index)
        else:
            made.insert(by % len(made), made.pop(index))
    return made


MOVES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(-3, 3)), max_size=3)


@settings(max_examples=120 * SCALE)
@given(st.lists(st.tuples(STACKS, MOVES), min_size=2, max_size=4), st.booleans(), st.sampled_from([(64, 48), (63, 47)]))
def test_what_is_drawn_in_part_is_what_is_drawn_in_full(
    stacks: list[tuple[list[Layer], list[tuple[int, int, int]]]], alpha: bool, size: tuple[int, int]
) -> None:
    frame = blank(*size, alpha=alpha)
    compositor = Compositor(frame, size)
    for stack, moves in stacks:
        for layers in (stack, next_stack(stack, moves)):
            compositor.draw(layers)
            assert bytes_of(frame) == bytes_of(in_full(layers, size, alpha))


def test_a_picture_of_an_odd_size_that_fills_the_video_takes_the_place_of_another() -> None:
    size = 63, 47
    frame = blank(*size)
    compositor = Compositor(frame, size)
    for seed in (1, 2):
        layers = [Layer(picture(seed, *size, "opaque"), 0, 0)]
        compositor.draw(layers)
        assert bytes_of(frame) == bytes_of(in_full(layers, size, alpha=False))


def test_one_layer_may_stand_in_several_places_of_the_order() -> None:
    one, two = Layer(picture(1, 20, 20, "shape"), 3, 3), Layer(picture(2, 20, 20, "soft"), 9, 9)
    frame = blank(64, 48)
    compositor = Compositor(frame, (64, 48))
    for layers in ([one, two, one], [two, one, one], [one, two], [one, one, two], [two]):
        compositor.draw(layers)
        assert bytes_of(frame) == bytes_of(in_full(layers, (64, 48), alpha=False))


def test_mixing_is_exact_for_all_bytes() -> None:
    below, through = np.mgrid[0:256, 0:256].astype(np.uint8)
    mixed = _blended(below, through.astype(np.uint16), np.zeros_like(below))
    assert (mixed == np.floor(below.astype(float) * through / 255 + 0.5)).all()


@pytest.mark.parametrize("part", [0, 1, 100, 255, 256])
def test_a_fade_mixes_exactly(part: int) -> None:
    one, two = np.mgrid[0:256, 0:256].astype(np.uint8)
    onto = np.zeros_like(one)
    _mix(one, two, part, onto)
    assert (onto == np.floor((one.astype(float) * (256 - part) + two.astype(float) * part) / 256 + 0.5)).all()


def over_black(layers: list[Layer], size: tuple[int, int]) -> np.ndarray:
    """The same layers laid over each other pixel by pixel in fractions of 1: RGB in sRGB values."""
    width, height = size
    canvas = np.zeros((height, width, 3))
    for layer in layers:
        for y in range(layer.picture.height):
            for x in range(layer.picture.width):
                if 0 <= layer.y + y < height and 0 <= layer.x + x < width:
                    *color, through = layer.picture.pixels[y, x] * layer.opacity / 255
                    at = canvas[layer.y + y, layer.x + x]
                    canvas[layer.y + y, layer.x + x] = np.array(color) + at * (1 - through)
    return canvas * 255


def smooth(seed: int, width: int, height: int, soft: bool) -> Picture:
    """Colors that change slowly, so that their means over two by two pixels are close to them."""
    y, x = np.mgrid[0:height, 0:width]
    parts = [128 + 100 * np.sin(seed + part + x / 31 + y / 43) for part in range(3)]
    alpha = 100 + 60 * np.sin(x / 37 + seed) if soft else np.full((height, width), 255.0)
    pixels = np.stack([part * alpha / 255 for part in parts] + [alpha], axis=2)
    return Picture(np.round(pixels).astype(np.uint8))


@settings(max_examples=25 * SCALE)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(-20, 20), st.integers(-20, 20)), max_size=3),
    st.sampled_from([1.0, 0.4]),
)
def test_the_colors_are_those_of_the_layers(placed: list[tuple[int, bool, int, int]], opacity: float) -> None:
    size = 40, 30
    layers = [Layer(smooth(seed, 80, 70, soft), x - 20, y - 20, opacity) for seed, soft, x, y in placed]
    drawn = as_pixels(in_full(layers, size, alpha=False), size).astype(float)
    wanted = over_black(layers, size)
    inside = np.s_[2:-2, 2:-2]
    assert np.abs(drawn - wanted)[inside].max(initial=0) <= 9
    assert np.abs(drawn - wanted)[inside].mean() <= 2.5


COLORS = {
    (255, 255, 255): (235, 128, 128),
    (0, 0, 0): (16, 128, 128),
    (255, 0, 0): (63, 102, 240),
    (0, 255, 0): (173, 42, 26),
    (0, 0, 255): (32, 240, 118),
}
"""Eight-bit values of BT.709 as its colour bars have them."""


@pytest.mark.parametrize("color", COLORS)
@pytest.mark.parametrize("size", [(64, 48), (33, 21)])
def test_colours_are_those_of_bt709(color: tuple[int, int, int], size: tuple[int, int]) -> None:
    pixels = np.full((48, 64, 4), 255, np.uint8)
    pixels[:, :, :3] = color
    frame = in_full([Layer(Picture(pixels), 0, 0)], size, alpha=False)
    found = frame.luma[4, 4], frame.chroma[0][4, 4], frame.chroma[1][4, 4]
    assert np.abs(np.array(found, int) - COLORS[color]).max() <= 1


def test_a_picture_that_reaches_out_of_the_video_is_cut() -> None:
    white = Picture(np.full((10, 10, 4), 255, np.uint8))
    frame = in_full([Layer(white, -4, 44), Layer(white, 60, -6)], (64, 48), alpha=False)
    seen = np.zeros((48, 64), bool)
    seen[44:, :6] = True
    seen[:4, 60:] = True
    assert (frame.luma == np.where(seen, 235, 16)).all()


def test_nothing_is_laid_anew_where_nothing_changed() -> None:
    still, moving = Layer(picture(1, 64, 48, "opaque"), 0, 0), picture(2, 10, 8, "shape")
    compositor = Compositor(blank(64, 48), (64, 48))
    laid = [compositor.draw([still, Layer(moving, x, 20)]) for x in (10, 10, 12, 12)]
    assert laid[0] == 64 * 48
    assert laid[1] == laid[3] == 0
    assert 0 < laid[2] <= 14 * 10


def test_an_alpha_channel_keeps_the_colors_of_what_lets_through() -> None:
    pixels: Pixels = np.zeros((16, 16, 4), np.uint8)
    pixels[:, 8:] = (64, 0, 0, 64)  # pure red, a quarter there
    frame = in_full([Layer(Picture(pixels), 0, 0)], (16, 16), alpha=True)
    planes = [
        np.zeros((16, 16), np.uint8),
        *(np.zeros((8, 8), np.uint8) for _ in range(2)),
        np.zeros((16, 16), np.uint8),
    ]
    straightened(frame, planes)
    assert [int(plane[0, -1]) for plane in planes] == pytest.approx([63, 102, 240, 64], abs=2)
    assert [int(plane[0, 0]) for plane in planes] == [16, 128, 128, 0]
    assert as_pixels(frame, (16, 16))[8, 12].tolist() == pytest.approx([255, 0, 0, 64], abs=4)


RECTANGLES = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(1, 9), st.integers(1, 9)).map(
    lambda box: (box[0], box[1], box[0] + box[2], box[1] + box[3])
)


@given(st.lists(RECTANGLES, max_size=7))
def test_joined_rectangles_cover_the_same_and_do_not_overlap(boxes: list[tuple[int, int, int, int]]) -> None:
    def painted(rectangles: list[tuple[int, int, int, int]]) -> np.ndarray:
        canvas = np.zeros((32, 32), int)
        for left, top, right, bottom in rectangles:
            canvas[top:bottom, left:right] += 1
        return canvas

    made = painted(disjoint(boxes))
    assert made.max(initial=0) <= 1
    assert (made[painted(boxes) > 0] == 1).all()
