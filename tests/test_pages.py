"""Every finding has a page, and the examples of the page do what they say."""

from __future__ import annotations

from importlib import import_module

import pytest

from vidc.compile import compile
from vidc.diag.catalog import PAGES
from vidc.diag.cells import width
from vidc.diag.page import examples, paragraphs, show
from vidc.problems import load
from vidc.source import Source

load()
import_module("vidc.rules")

BEYOND_A_FILE = {
    "missing-variable": "lint notes it; only compiling makes it an error",
    "undeclared-variable": "a value from outside the file",
    "unprintable": "the page itself would have to hold the character",
    "too-long": "sixteen million characters",
    "too-deep": "more than 64 brackets",
    "too-many-nodes": "two million values",
    "scalar-too-long": "a hundred thousand characters",
    "too-many-turns": "ten thousand turns",
    "expands-too-far": "a quarter of a million values",
    "expands-too-deep": "65 components",
    "too-many-includes": "a hundred files",
    "include-clash": "several files",
    "include-cycle": "several files",
    "not-includable": "several files",
    "breaks-schema": "a gap in vidc itself",
    "infinite-number": "only arithmetic in a template makes one",
    "too-many-findings": "a thousand findings",
    "unlisted-actor": "what the workspace lists",
    "unlisted-voice": "what the workspace lists",
    "missing-glyph": "found when a film is drawn",
    "overflowing-text": "found when a film is drawn",
    "other-proportions": "found when a film is drawn",
    "background-stays": "found when a film is drawn",
    "too-large-job": "a hundred thousand values",
    "values-too-long": "a million characters",
    "too-many-words": "a million characters",
}
"""Findings whose bad example cannot be one short file."""


WITH = {"error-not-allowed": ["empty-window"]}
"""What else the bad example of a page shows, since the finding speaks of it."""


def told(text: str, notes: bool) -> list[str]:
    """The names of an example's findings, in the order of the text."""
    made = compile(Source("page.vidc.yaml", text), draft=True)
    return [finding.name for finding in made.findings if notes or finding.severity != "note"]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_says_what_is_wrong_and_its_examples_show_just_that(name: str) -> None:
    page = PAGES[name]
    first = page.text.strip().split("\n", 1)[0]
    assert first.endswith("."), "a page begins with one sentence"
    bad, good = examples(page)
    assert (bad is None) == (name in BEYOND_A_FILE)
    if bad is not None and page.severity == "note":
        assert told(bad, notes=False) == []
        assert name in told(bad, notes=True)
    elif bad is not None:
        assert sorted(told(bad, notes=False)) == sorted([name, *WITH.get(name, [])])
    if good is not None:
        assert told(good, notes=False) == []
        assert name not in told(good, notes=True)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_says_why_or_what_to_write_instead(name: str) -> None:
    prose = [part for part in paragraphs(PAGES[name]) if not part.startswith("```") and part not in ("bad:", "good:")]
    assert len(prose) > 1, "one sentence says what is wrong; more says why the service or the rule makes it so"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_line_of_a_page_is_wider_than_a_terminal(name: str) -> None:
    assert [line for line in show(PAGES[name], 80).split("\n") if width(line) > 80] == []
