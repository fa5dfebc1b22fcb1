"""What is shown cannot drive a terminal, a build runner, or the reader's eye."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidc.diag.sink import MAX_TEXT, brief, clean, github, github_property, pieces

SEEN_FORMATS = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Arabic, Syriac and Kaithi number signs: of Unicode's class `format`, and yet drawn."""


def is_seen(char: str) -> bool:
    """By Unicode's own classes, where the sink has a list of ranges."""
    return char in SEEN_FORMATS or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("plain text, ~ and all", "plain text, ~ and all"),
        ("Grüße, 日本語, 👍️ and a\xa0b", "Grüße, 日本語, 👍️ and a\xa0b"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\tb\r\nc\x7f\x85", "a\\tb\\r\\nc\\x7f\\x85"),
        ("user\u202etxt.exe", "user\\u202etxt.exe"),
        ("a\u200bb\ufeff\u2028", "a\\u200bb\\ufeff\\u2028"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("ab\u3164\uffa0", "ab\\u3164\\uffa0"),
        ("\uffff", "\\uffff"),
    ],
)
def test_what_is_not_seen_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("##[add-mask]x", "\\x23#[add-mask]x"),
        ("a ##vso[task.setvariable]x", "a \\x23#vso[task.setvariable]x"),
        ("##teamcity[x]", "\\x23#teamcity[x]"),
        ("###[error]", "#\\x23#[error]"),
        ("::error::x", "\\x3a:error::x"),
        ("  ::stop-commands::x", "  \\x3a:stop-commands::x"),
        ("## heading, std::vector and a :: b", "## heading, std::vector and a :: b"),
    ],
)
def test_orders_to_a_build_runner_are_broken(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_newlines_are_kept_where_asked_for() -> None:
    assert clean("a\n::b\r\n\x1b", keep_newlines=True) == "a\n\\x3a:b\\r\n\\x1b"


def test_every_character_of_unicode_is_either_drawn_or_escaped() -> None:
    wrong = [
        f"{code:x}" for code in range(sys.maxunicode + 1) if not is_seen(chr(code)) and clean(chr(code)) == chr(code)
    ]
    assert wrong == []


@given(st.text())
def test_a_cleaned_text_is_clean(text: str) -> None:
    shown = clean(text)
    assert all(map(is_seen, shown))
    assert "".join(pieces(text)) == shown
    assert len(pieces(text)) == len(text)


@given(st.text(st.sampled_from("#[:a \nvso\x00"), max_size=12))
def test_no_line_of_a_cleaned_text_is_an_order(text: str) -> None:
    for line in clean(text, keep_newlines=True).split("\n"):
        assert "##[" not in line
        assert "##vso[" not in line
        assert not (line.lstrip().startswith("::") and line.lstrip()[2:3].isalpha())


def test_a_long_text_is_cut() -> None:
    assert brief("a" * MAX_TEXT) == "a" * MAX_TEXT
    assert brief("a" * (MAX_TEXT + 1)) == "a" * (MAX_TEXT - 1) + "…"


def test_a_workflow_command_holds_what_it_is_given() -> None:
    assert github("100% of\r\n`a:b,c`") == "100%25 of\\r%0A`a:b,c`"
    assert github_property("a:b,100%.yaml") == "a%3Ab%2C100%25.yaml"
