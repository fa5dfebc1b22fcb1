"""What a file silences itself, and what is said of an allowance that silences nothing."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vidc.compile import compile as compiled
from vidc.diag.allow import apply
from vidc.diag.catalog import PAGES, Page
from vidc.diag.finding import Finding, Place, Severity, Words
from vidc.problems import load
from vidc.source import Source, Span

Said = list[tuple[str, int, str]]


@pytest.fixture(autouse=True)
def _known_names(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    for name in ("clipped", "ends-early", "trimmed-media", "starts-before-scene", "wrong-type"):
        monkeypatch.setitem(PAGES, name, Page(name, "warning", "A page.", "problem"))


def at(source: Source, text: str, name: str = "clipped", severity: Severity = "warning") -> Finding:
    start = source.text.index(text)
    return Finding(name, severity, Words(f"of {text}", Place(Span(source, start, start + len(text)))))


def said(findings: list[Finding]) -> Said:
    """Name, line, and the text that is pointed at."""
    return [(each.name, each.span.source.position(each.span.start)[0], each.span.text) for each in findings]


def ranges(source: Source) -> list[tuple[int, int]]:
    events = [event for event in yaml.parse(source.text) if isinstance(event, yaml.ScalarEvent)]
    return [(event.start_mark.index, event.end_mark.index) for event in events]


def applied(text: str, *pointed: str, severity: Severity = "warning") -> tuple[Said, Said]:
    """What stays and what is silenced, of findings `clipped` at the texts pointed at."""
    source = Source("a.vidc.yaml", text)
    kept, silenced = apply([at(source, each, severity=severity) for each in pointed], [source], ranges)
    return said(kept), said(silenced)


def test_a_comment_silences_what_begins_on_its_line() -> None:
    assert applied("a: 1  # vidc: allow clipped -- meant\nb: 2\n", "a: 1", "b: 2") == (
        [("clipped", 2, "b: 2")],
        [("clipped", 1, "a: 1")],
    )


def test_a_comment_alone_on_its_line_speaks_for_the_next_that_says_something() -> None:
    text = "# vidc: allow clipped\n\n   # another comment\na: 1\nb: 2\n"
    assert applied(text, "a: 1", "b: 2") == ([("clipped", 5, "b: 2")], [("clipped", 4, "a: 1")])


def test_several_comments_and_several_names_speak_for_one_line() -> None:
    source = Source("a", "# vidc: allow clipped, ends-early -- both\n# vidc: allow trimmed-media\na: 1\n")
    found = [at(source, "a: 1", name) for name in ("clipped", "ends-early", "trimmed-media", "starts-before-scene")]
    kept, silenced = apply(found, [source], ranges)
    assert kept == found[3:]
    assert silenced == found[:3]


def test_one_allowance_silences_every_finding_of_its_name_on_the_line() -> None:
    text = "a: 1  # vidc: allow clipped\n"
    assert applied(text, "a", "1") == ([], [("clipped", 1, "a"), ("clipped", 1, "1")])


def test_notes_are_silenced_too() -> None:
    assert applied("a: 1  # vidc: allow clipped\n", "a: 1", severity="note") == ([], [("clipped", 1, "a: 1")])


def test_an_error_is_not_silenced_and_the_allowance_is_reported() -> None:
    text = "a: 1  # vidc: allow clipped\n"
    assert applied(text, "a: 1", severity="error") == (
        [("clipped", 1, "a: 1"), ("error-not-allowed", 1, "clipped")],
        [],
    )


def test_an_allowance_that_silences_nothing_is_reported() -> None:
    text = "a: 1\n# vidc: allow clipped -- old\nb: 2\n"
    assert applied(text, "a: 1") == ([("clipped", 1, "a: 1"), ("unused-allowance", 2, "clipped")], [])


def test_while_there_are_errors_an_unused_allowance_is_not_reported() -> None:
    source = Source("a", "a: 1\n# vidc: allow clipped\nb: 2\n")
    found = [at(source, "a: 1", "wrong-type", "error")]
    assert apply(found, [source], ranges) == (found, [])


def test_an_unused_allowance_can_be_allowed() -> None:
    assert applied("a: 1  # vidc: allow clipped, unused-allowance\n") == ([], [])
    text = "a: 1  # vidc: allow clipped, unused-allowance\n"
    assert applied(text, "a: 1") == ([("unused-allowance", 1, "unused-allowance")], [("clipped", 1, "a: 1")])


def test_an_unknown_name_is_reported_with_the_nearest() -> None:
    source = Source("a", "a: 1  # vidc: allow cliped, whatever-else\n")
    kept, _ = apply([], [source], ranges)
    assert [(each.name, each.span.text, each.words.help) for each in kept] == [
        ("unknown-allowance", "cliped", "did you mean `clipped`?"),
        ("unknown-allowance", "whatever-else", "`vidc explain` lists the names"),
    ]


@pytest.mark.parametrize(
    "comment",
    ["vidc: allow", "vidc: allow -- why", "vidc: allow clipped because", "vidc: ignore clipped", "vidc: alow clipped"],
)
def test_a_comment_that_allows_nothing_is_reported(comment: str) -> None:
    word = comment.removeprefix("vidc: ")
    assert applied(f"a: 1  # {comment}\n", "a: 1") == ([("clipped", 1, "a: 1"), ("unreadable-allowance", 1, word)], [])


@pytest.mark.parametrize("comment", ["vidc: 1", "vidc: see the manual", "vidc:", "about vidc: allow clipped"])
def test_other_comments_that_name_vidc_are_left_alone(comment: str) -> None:
    assert applied(f"a: 1  # {comment}\n", "a: 1") == ([("clipped", 1, "a: 1")], [])


def test_spelling_and_spacing_are_free() -> None:
    for comment in (
        "#vidc:allow clipped",
        "#  vidc:  allow  clipped ,ends-early, unused-allowance --x",
        "# x # vidc: allow clipped",
    ):
        assert applied(f"a: 1 {comment}\n", "a: 1") == ([], [("clipped", 1, "a: 1")])


def test_a_hash_inside_of_a_text_is_no_comment() -> None:
    text = 'k1: "x # vidc: allow clipped"\nk2: |\n  x\n  # vidc: allow clipped\nk3: 1\nk4: x#vidc:allow\n'
    found = ["k1", "k2", "k3", "k4"]
    assert applied(text, *(f"{name}:" for name in found)) == (
        [("clipped", line, f"{name}:") for line, name in zip((1, 2, 5, 6), found, strict=True)],
        [],
    )


def test_a_comment_behind_a_text_that_looks_like_one_counts() -> None:
    text = 'a: "# vidc: allow ends-early"  # vidc: allow clipped\n'
    assert applied(text, "a:") == ([], [("clipped", 1, "a:")])


def test_a_place_inside_a_text_of_several_lines_counts_as_where_the_text_begins() -> None:
    text = "a: |  # vidc: allow clipped\n  one\n  two\nb: 1\n"
    assert applied(text, "two") == ([], [("clipped", 3, "two")])


def test_an_included_file_speaks_for_itself_and_may_hold_allowances_for_other_specs() -> None:
    root = Source("a", "a: 1\n")
    included = Source("b", "b: 1  # vidc: allow clipped\nc: 2  # vidc: allow ends-early, nonsense\n")
    found = [at(root, "a: 1"), at(included, "b: 1")]
    kept, silenced = apply(found, [root, included], ranges)
    assert said(kept) == [("clipped", 1, "a: 1"), ("unknown-allowance", 2, "nonsense")]
    assert silenced == found[1:]


def test_scalars_are_asked_for_only_where_a_comment_stands() -> None:
    def never(_: Source) -> list[tuple[int, int]]:
        raise AssertionError

    assert apply([], [Source("a", "vidc: 1\n")], never) == ([], [])


LINES = st.sampled_from(
    [
        "",
        "  ",
        "# text",
        "# vidc: allow clipped",
        "KEY: 1",
        "KEY: 1  # vidc: allow clipped",
        "KEY: '# vidc: allow clipped'",
    ]
)


@given(st.lists(LINES, max_size=12))
def test_a_line_is_silenced_just_where_its_own_comment_or_the_one_above_says_so(lines: list[str]) -> None:
    lines = [line.replace("KEY", f"k{number}") for number, line in enumerate(lines)]
    source = Source("a", "end: 0\n" + "\n".join(lines) + "\nlast: 0\n")
    found = [at(source, match[0]) for match in re.finditer(r"^k\d+:", source.text, re.MULTILINE)]
    _, silenced = apply(found, [source], ranges)
    expected = []
    above = False
    for line in lines:
        if line.startswith("k"):
            if above or line.endswith("clipped"):
                expected.append(line.split(" ")[0])
            above = False
        above = above or line.startswith("# vidc")
    assert [finding.span.text for finding in silenced] == expected


def test_a_hundred_thousand_allowances_take_no_more_than_their_number() -> None:
    source = Source("a", "# vidc: allow clipped\n" * 100_000 + "a: 1\n")
    kept, silenced = apply([at(source, "a: 1")], [source], ranges)
    assert (said(kept), said(silenced)) == ([], [("clipped", 100_001, "a: 1")])


SPEC = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - duration: 4s  # vidc: allow clipped
    tracks:
      - {type: image, imageUrl: https://a.example/a.png, position: {x: 0, y: 0}, size: {width: 9, height: 9}}
      # vidc: allow clipped -- the last second is black
      - {type: image, duration: 5s, imageUrl: https://b.example, position: {x: 0, y: 0}, size: {width: 9, height: 9}}
      - {type: text, text: "# vidc: allow clipped", position: {x: 0, y: 0}, size: {width: 900, height: 90}}
"""


def test_a_compiled_spec_heeds_its_allowances_unless_told_not_to() -> None:
    source = Source("a.vidc.yaml", SPEC)
    made = compiled(source)
    warnings = [finding for finding in made.findings if finding.severity == "warning"]
    assert said(warnings) == [("unused-allowance", 3, "clipped")]
    assert [finding.name for finding in made.allowed] == ["clipped"]
    assert made.job is not None
    made = compiled(source, allowances=False)
    assert [finding.name for finding in made.findings if finding.severity == "warning"] == ["clipped"]
    assert made.allowed == []
