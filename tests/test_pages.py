"""Every finding has a page, and the examples of the page do what they say."""

from __future__ import annotations

from importlib import import_module

import pytest

from vidc.compile import compile
from vidc.diag.catalog import PAGES
from vidc.diag.page import examples
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


def names(text: str) -> set[str]:
    made = compile(Source("page.vidc.yaml", text), draft=True)
    return {finding.name for finding in made.findings}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_says_what_is_wrong_and_its_examples_show_it(name: str) -> None:
    page = PAGES[name]
    first = page.text.strip().split("\n", 1)[0]
    assert first.endswith("."), "a page begins with one sentence"
    bad, good = examples(page)
    assert bad is not None or name in BEYOND_A_FILE
    if bad is not None:
        assert name in names(bad)
    if good is not None:
        assert name not in names(good)
        made = compile(Source("page.vidc.yaml", good), draft=True)
        assert [finding.name for finding in made.findings if finding.severity == "error"] == []
