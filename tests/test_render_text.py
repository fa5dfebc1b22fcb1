"""Texts: their direction, their lines, their letters and how they want to look."""

from __future__ import annotations

import os
from pathlib import Path

import av
import numpy as np
import pymupdf_fonts
import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st

from vidc.render.text import bidi
from vidc.render.text.block import MAX_CHARACTERS, set_text
from vidc.render.text.fonts import EM, fonts
from vidc.render.text.paint import blurred, mask, with_shadow
from vidc.render.text.shape import line_glyphs, paragraph
from vidc.render.text.style import Style, color, style_of
from vidc.render.text.wrap import widest_word, wrap
from vidc.render.turn import Turn

FUZZ = int(os.environ.get("VIDC_FUZZ", "1"))

SIGNS = st.sampled_from("ab ()%-,.19 שלםمرح١٢")
TEXTS = st.text(SIGNS, max_size=24)


def seen(text: str) -> str:
    """The characters of a line in the order in which they are seen."""
    base = bidi.base_level(text)
    order = bidi.runs(bidi.levels(text, base), base)
    return "".join(text[start:end][::-1] if level % 2 else text[start:end] for start, end, level in order)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words 12%", "plain words 12%"),
        ("שלום", "םולש"),
        ("car שלום end", "car םולש end"),
        ("שלום car 123", "car 123 םולש"),
        ("שלום 123 456", "456 123 םולש"),
        ("מחיר 15% היום", "םויה 15% ריחמ"),
        ("he said שלום, עולם!", "he said םלוע ,םולש!"),
        ("שלום (abc) עולם", "םלוע )abc( םולש"),
        ("مرحبا 12-34", "34-12 ابحرم"),
        ("שלום 12-34", "12-34 םולש"),
        ("\u200fabc.", ".abc\u200f"),
    ],
)
def test_a_line_is_seen_in_the_order_of_the_standard(text: str, expected: str) -> None:
    assert seen(text) == expected


@given(TEXTS)
@settings(max_examples=60 * FUZZ, deadline=None)
def test_every_character_is_seen_once(text: str) -> None:
    assert sorted(seen(text)) == sorted(text)


@pytest.fixture(scope="module")
def font(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("fonts") / "FiraGO-Regular.ttf"
    path.write_bytes(pymupdf_fonts.myfont("figo"))
    return str(path)


def drawn_elsewhere(text: str, font: str, width: int, height: int) -> np.ndarray:
    """The cover of a line as the SVG renderer sets it, with its own shaping and its own order, from left to right."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<text x="10" y="60" font-family="FiraGO" font-size="40">{text}</text></svg>'
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[font])
    decoder = av.CodecContext.create("png", "r")
    frame = [*decoder.decode(av.Packet(png)), *decoder.decode(None)][0]
    return frame.to_ndarray(format="rgba")[:, :, 3]


@pytest.mark.parametrize(
    "text",
    [
        "Preview AVATAR office",
        "Καλημέρα κόσμε",
        "Здравствуйте, мир",
        "გამარჯობა",
        "नमस्ते दुनिया",
        "สวัสดีชาวโลก",
        "مرحبا بالعالم",
        "x مرحبا (العالم) من Harbor",
        "x שלום עולם, Harbor 3.1 (חדש)",
        "abc שלום, 15% def",
    ],
)
def test_letters_stand_where_another_engine_puts_them(text: str, font: str) -> None:
    whole = paragraph(text, fonts())
    glyphs, em = line_glyphs(whole, 0, len(text))
    assert em == pytest.approx(sum(whole.widths))
    block = set_text(text, Style(size=40, bold=False, align="left", rise="top"), 2_000, 48, 1080)
    line = block.lines[0]
    ink, x, y = mask(block, Turn(10 - line.x, 60 - line.y, 2_000, 48))
    ours = np.zeros((100, 700), np.uint8)
    ours[y : y + ink.shape[0], x : x + ink.shape[1]] = ink
    theirs = drawn_elsewhere(text, font, 700, 100)
    assert len(glyphs) > 3
    assert np.abs(ours.astype(int) - theirs).mean() < 0.6
    assert np.abs(ours.astype(int) - theirs).max() < 160


@given(st.text(st.sampled_from("ab-ש ي日,ก"), max_size=40), st.floats(500, 9000))
@settings(max_examples=60 * FUZZ, deadline=None)
def test_lines_hold_the_whole_text_and_fit(text: str, width: float) -> None:
    whole = paragraph(text, fonts())
    lines = wrap(whole, width)
    assert "".join(text[start:end] for start, end in lines).replace(" ", "") == text.replace(" ", "")
    assert all(sum(whole.widths[start:end]) <= width + 1e-6 or end - start == 1 for start, end in lines)


@given(
    st.lists(st.text(st.sampled_from("abשي"), min_size=1, max_size=5), min_size=1, max_size=12), st.floats(5000, 9000)
)
@settings(max_examples=60 * FUZZ, deadline=None)
def test_each_line_takes_as_many_words_as_fit(words: list[str], width: float) -> None:
    whole = paragraph(" ".join(words), fonts())
    expected: list[list[str]] = []
    at, used = 0, 0.0
    for word in words:
        wide = sum(whole.widths[at : at + len(word)])
        if expected and used + whole.widths[at - 1] + wide <= width:
            expected[-1].append(word)
            used += whole.widths[at - 1] + wide
        else:
            expected.append([word])
            used = wide
        at += len(word) + 1
    assert [whole.text[start:end].split(" ") for start, end in wrap(whole, width)] == expected


def test_a_word_is_broken_only_where_it_is_wider_than_its_line() -> None:
    whole = paragraph("an extraordinarily long word", fonts())
    assert [whole.text[start:end] for start, end in wrap(whole, 8 * EM)] == ["an", "extraordinarily", "long word"]
    narrow = [whole.text[start:end] for start, end in wrap(whole, 3 * EM)]
    assert narrow[:1] == ["an"]
    assert "".join(narrow) == "anextraordinarilylongword"
    assert widest_word(whole) == pytest.approx(sum(whole.widths[3:18]))


def test_no_line_begins_with_a_comma_or_ends_with_a_bracket() -> None:
    whole = paragraph("日本語、日本語「日本語」日本語", fonts())
    for width in range(2, 8):
        lines = [whole.text[start:end] for start, end in wrap(whole, width * EM)]
        assert not any(line[0] in "、」" or line[-1] == "「" for line in lines)


def test_letters_grow_to_fill_their_box_and_no_further_than_a_heading() -> None:
    big = set_text("Hi", Style(), 1900, 1000, 1080)
    assert big.size == pytest.approx(81)
    assert big.bold
    small = set_text("word " * 200, Style(), 600, 300, 1080)
    assert not small.overflows
    assert 12 <= small.size < 30
    assert not small.bold
    stated = set_text("word " * 200, Style(size=40), 600, 300, 1080)
    assert (stated.size, stated.overflows) == (40, True)


def test_the_side_on_which_a_text_begins_is_that_of_its_script() -> None:
    left = set_text("one", Style(size=40), 500, 60, 1080).lines[0]
    right = set_text("שלום", Style(size=40), 500, 60, 1080).lines[0]
    assert left.x == 0
    assert right.x + right.width == pytest.approx(500)
    assert set_text("שלום", Style(size=40, align="left"), 500, 60, 1080).lines[0].x == 0


def test_a_character_that_no_font_has_is_named_and_stands_as_a_box() -> None:
    block = set_text("日 ok 😀 ✓ ①", Style(size=40), 900, 60, 1080)
    assert block.missing == "日😀"
    ink, _, _ = mask(block, Turn(0, 0, 900, 60), range(1))
    assert ink.any()


def test_marks_that_only_steer_are_not_missing() -> None:
    assert set_text("a\u200db \u200fשלום\ufe0f\u00ad", Style(size=40), 900, 60, 1080).missing == ""


def test_a_text_of_any_length_is_set() -> None:
    block = set_text("x" * (MAX_CHARACTERS + 10_000), Style(size=2000), 100, 100, 1080)
    assert sum(len(line.glyphs) for line in block.lines) == MAX_CHARACTERS
    ink, _, _ = mask(block, Turn(0, 0, 100, 100), video=(1920, 1080))
    assert ink.size < 20_000 * 20_000


@given(TEXTS, st.floats(1, 500), st.floats(1, 500), st.none() | st.floats(4, 200))
@settings(max_examples=40 * FUZZ, deadline=None)
def test_any_text_is_set_in_any_box(text: str, width: float, height: float, size: float | None) -> None:
    block = set_text(text, Style(size=size), width, height, 1080)
    assert sum(len(line.glyphs) for line in block.lines) <= len(text)
    assert block.size > 0


def test_a_turned_text_stands_upright_after_four_quarters() -> None:
    block = set_text("Turn", Style(size=40), 200, 100, 1080)
    upright, x, y = mask(block, Turn(50, 60, 200, 100))
    full, turned_x, turned_y = mask(block, Turn(50, 60, 200, 100, 360))
    assert (x, y) == (turned_x, turned_y)
    assert np.array_equal(upright, full)
    half, half_x, half_y = mask(block, Turn(50, 60, 200, 100, 180))
    assert half.shape == upright.shape
    assert np.abs(half[::-1, ::-1].astype(int) - upright).max() <= 2
    assert (half_x + half.shape[1], half_y + half.shape[0]) == (300 - x, 220 - y)


def test_blur_keeps_what_it_spreads() -> None:
    plane = np.zeros((60, 80), np.uint8)
    plane[25:35, 30:50] = 200
    soft = blurred(plane, 4)
    assert soft.max() < 200
    assert abs(int(soft.sum()) - int(plane.sum())) < 0.02 * plane.sum()
    exact = np.zeros((60, 80))
    kernel = np.ones(9) / 9
    for row in range(60):
        exact[row] = np.convolve(np.convolve(plane[row], kernel, "same"), kernel, "same")
    for column in range(80):
        exact[:, column] = np.convolve(np.convolve(exact[:, column], kernel, "same"), kernel, "same")
    assert np.abs(soft - exact).max() < 3


def test_a_shadow_lies_below_the_letters_and_beside_them() -> None:
    ink = np.full((20, 30), 255, np.uint8)
    pixels, grown = with_shadow(ink, (255, 255, 255, 255), 60)
    assert (pixels[grown : grown + 20, grown : grown + 30] == 255).all()
    assert pixels[grown + 21, grown + 15, 3] > 60
    assert pixels[0, 0, 3] == 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#fff", (255, 255, 255, 255)),
        ("#12345678", (0x12, 0x34, 0x56, 0x78)),
        ("#FFD34D", (255, 211, 77, 255)),
        ("rgb(1, 2,300)", (1, 2, 255, 255)),
        ("rgba(1,2,3,.5)", (1, 2, 3, 128)),
        ("Navy", (0, 0, 128, 255)),
        ("#12", None),
        ("url(x)", None),
        (7, None),
        (None, None),
    ],
)
def test_colors_are_read_as_they_are_written(value: object, expected: object) -> None:
    assert color(value) == expected  # type: ignore[arg-type]


def test_a_style_is_read_from_the_names_of_the_studio() -> None:
    found = style_of(
        {
            "fontSize": 54,
            "fontWeight": 600,
            "fontFamily": "Fira Mono",
            "fontColor": "#000",
            "backgroundColor": "#ffffff80",
            "textAlign": "center",
            "lineHeight": 1.5,
            "verticalAlign": "top",
            "fontStyle": "italic",
            "opacity": 0.5,
        },
        0.5,
    )
    white = (255, 255, 255, 128)
    assert found == Style(27.0, True, True, True, (0, 0, 0, 255), white, "center", "top", 1.5, 0.5)


JSON = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12) | st.just("12px")
NAMES = ("fontSize", "fontWeight", "fontFamily", "fontColor", "backgroundColor", "textAlign", "lineHeight", "opacity")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, JSON)))
@settings(max_examples=60 * FUZZ, deadline=None)
def test_any_value_gives_some_style(values: dict[str, object]) -> None:
    found = style_of(values)  # type: ignore[arg-type]
    assert found.size is None or 4 <= found.size <= 2000
    assert 0 <= found.opacity <= 1
    assert 0.5 <= found.leading <= 4
