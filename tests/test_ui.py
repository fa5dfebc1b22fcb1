"""Specs with mistakes, and the exact text that an author sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from vidc.compile import compile
from vidc.diag.catalog import PAGES
from vidc.diag.result import Result
from vidc.diag.text import render
from vidc.problems import load as load_problems
from vidc.project import load, reader

UI = Path(__file__).parent / "ui"
SPECS = sorted(UI.glob("*/*.vidc.yaml"))
MARK = re.compile(r"#~((?: [a-z-]+)+)")
NAME = re.compile(r"\[([a-z-]+)\]$", re.MULTILINE)

BEYOND_A_SPEC = {
    "breaks-schema": "a gap in vidc itself",
    "expands-too-far": "two million values",
    "infinite-number": "what works out numbers refuses one before",
    "scalar-too-long": "a hundred thousand characters",
    "too-large-job": "a hundred thousand values",
    "too-long": "sixteen million characters",
    "too-many-findings": "a thousand findings",
    "too-many-includes": "a hundred files",
    "too-many-words": "a million characters",
    "undeclared-variable": "a value from outside the file",
    "values-too-long": "a million characters",
    "background-stays": "found when a film is drawn",
    "missing-glyph": "found when a film is drawn",
    "other-proportions": "found when a film is drawn",
    "overflowing-text": "found when a film is drawn",
    "unlisted-actor": "what the workspace lists",
    "unlisted-voice": "what the workspace lists",
}
"""Findings that no short spec has, and why."""

LAYERS = {"covered", "text-on-text"}
"""Not asked for where no line is marked with them: short specs have all their tracks in one place."""


def test_every_finding_that_a_short_spec_can_have_is_shown() -> None:
    load_problems()
    shown = {name for path in UI.glob("*/*.txt") for name in NAME.findall(path.read_text(encoding="utf-8"))}
    assert set(PAGES) - shown == set(BEYOND_A_SPEC)


def test_there_are_specs_for_every_pass() -> None:
    assert {path.parent.name for path in SPECS} >= {"parse", "expand", "check", "link", "solve", "lint"}


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_findings_stand_where_they_are_marked_and_read_as_golden(
    path: Path, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    source = load(path.name)
    made = compile(source, read=reader(None), draft=True)
    marked = sorted(
        (number, name)
        for number, line in enumerate(source.text.split("\n"), 1)
        for mark in MARK.findall(line)
        for name in mark.split()
    )
    noted = "# with notes" in source.text
    told = [one for one in made.findings if one.name not in LAYERS or f" {one.name}" in source.text]
    here = [one for one in told if one.span.source is source and (noted or one.severity != "note")]
    found = sorted((source.position(finding.span.start)[0], finding.name) for finding in here)
    assert found == marked
    text = render([Result(path.name, source, told)], notes=noted, color=False, width=80)
    golden(path.with_name(path.name.removesuffix(".vidc.yaml") + ".txt"), text)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_finding_says_what_to_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    made = compile(load(path.name), read=reader(None), draft=True)
    assert [one.name for one in made.findings if not (one.words.help or one.words.repairs)] == []
