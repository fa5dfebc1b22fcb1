"""A baseline: what was there before is not shown, what is new is, and what was mended is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidc.compile import compile
from vidc.diag.baseline import Entry, NotABaseline, Sifted, entries_of, parsed, sift, text_of
from vidc.diag.result import Result
from vidc.source import Source

SPEC = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - duraton: 3s
    tracks:
      - {type: image, imageUrl: https://cdn.example.com/a.png, position: {x: 0, y: 0}, size: {width: 9, height: nine}}
"""


def results(text: str, folder: str = "/project") -> list[Result]:
    source = Source("a.vidc.yaml", text, f"{folder}/films/a.vidc.yaml")
    return [Result(source.path, source, compile(source).findings)]


def names(sifted: Sifted) -> list[str]:
    return [finding.name for result in sifted.results for finding in result.findings if finding.severity != "note"]


PATH = "/project/baseline.json"
ENTRIES = entries_of(results(SPEC), PATH)


def test_what_was_there_is_not_shown_wherever_its_lines_are_now() -> None:
    moved = "# one\n# two\n" + SPEC.replace("scenes:", "\n\nscenes:")
    assert names(sift(results(SPEC), [], PATH)) == ["misspelled-property", "bad-place"]
    assert names(sift(results(moved), ENTRIES, PATH)) == []
    assert sift(results(moved), ENTRIES, PATH).known == 2


def test_what_is_new_is_shown() -> None:
    new = SPEC.replace("{type: image", "{type: image, zz: 1")
    assert names(sift(results(new), ENTRIES, PATH))[:1] == ["undocumented-property"]


def test_a_second_one_of_the_same_kind_at_the_same_place_is_new() -> None:
    twice = SPEC + SPEC[SPEC.index("  - duraton") :]
    assert len(names(sift(results(twice), ENTRIES, PATH))) == 2


def test_what_was_mended_is_stale() -> None:
    sifted = sift(results(SPEC.replace("duraton", "duration")), ENTRIES, PATH)
    assert [(entry.file, entry.name) for entry in sifted.stale] == [("films/a.vidc.yaml", "misspelled-property")]


def test_a_file_that_was_not_looked_at_has_no_stale_entries() -> None:
    assert sift([], ENTRIES, PATH).stale == []


def test_the_project_may_stand_anywhere() -> None:
    assert names(sift(results(SPEC, "/elsewhere"), ENTRIES, "/elsewhere/baseline.json")) == []


@given(st.lists(st.builds(Entry, st.text(), st.text(), st.text(), st.text())))
def test_a_baseline_reads_back(entries: list[Entry]) -> None:
    assert parsed(text_of(entries)) == entries


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"vidc-baseline": 2}', '{"vidc-baseline": 1, "findings": [1]}', "[" * 99_999]
)
def test_another_file_is_no_baseline(text: str) -> None:
    with pytest.raises(NotABaseline, match="--write-baseline"):
        parsed(text)


def test_lines_are_sorted_so_that_branches_merge(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text_of(ENTRIES))
    lines = path.read_text().splitlines()[1:-1]
    assert lines == sorted(lines)
