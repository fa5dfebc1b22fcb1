"""What is shown fits in 80 columns, and help is as right as what it speaks of."""

from __future__ import annotations

import textwrap

import pytest

from vidc.compile import compile
from vidc.diag.cells import wrap
from vidc.diag.edits import applied
from vidc.diag.finding import Finding
from vidc.diag.result import Result
from vidc.diag.text import render
from vidc.problems.wording import as_yaml
from vidc.source import Source

HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 9, height: 9}"
ADDRESS = "httpss://assets.example.com/workspace/7c1e/entrance-hall.jpg"
IMAGE = f"{HEAD}scenes:\n  - duration: 2s\n    tracks:\n      - {{type: image, imageUrl: '{ADDRESS}', {PLACE}}}\n"
OPEN = f"{HEAD}scenes:\n  - {{name: {'a' * 200}\n"


def found_in(text: str, name: str) -> Finding:
    (finding,) = [one for one in compile(Source("a.vidc.yaml", text), draft=True).findings if one.name == name]
    return finding


@pytest.mark.parametrize("text", [OPEN, OPEN[:-1], IMAGE], ids=["open", "open-at-the-end", "address"])
def test_no_line_is_longer_than_the_room(text: str) -> None:
    source = Source("a.vidc.yaml", text)
    found = compile(source, draft=True).findings
    assert found
    shown = render([Result("a.vidc.yaml", source, found)], notes=True, color=False, width=80)
    assert [line for line in shown.splitlines() if len(line) > 80] == []


def test_a_word_wider_than_the_room_is_broken() -> None:
    assert wrap("so abcdefgh is", 3) == ["so", "abc", "def", "gh", "is"]
    assert wrap("日本語", 4) == ["日本", "語"]
    assert wrap("日本", 1) == ["日", "本"]


@pytest.mark.parametrize(
    ("name", "written"),
    [("a", "a"), ("my intro-2", "my intro-2"), ("a: b", '"a: b"'), ("true", '"true"'), ("1", '"1"'), ("~", '"~"')],
)
def test_a_name_that_yaml_reads_as_something_else_is_quoted(name: str, written: str) -> None:
    assert as_yaml(name) == written


def test_a_component_with_such_a_name_is_used_by_its_text() -> None:
    track = f"{{type: text, text: Hi, {PLACE}}}"
    scenes = "scenes:\n  - duration: 2s\n    tracks:\n      - true:\n"
    (repair,) = found_in(
        f"{HEAD}components: {{true: {{tracks: [{track}]}}}}\n{scenes}", "component-as-key"
    ).words.repairs
    assert repair.edits[0].text == 'use: "true"'


def test_a_key_with_a_value_was_not_cut_off_a_number() -> None:
    rest = f"scenes:\n  - duration: 2s\n    tracks:\n      - {{type: text, text: Hi, {PLACE}}}\n"
    found_in(f"{HEAD}variables: {{year: 2020, 5: x}}\n{rest}", "bad-variable-name")
    found_in(f"{HEAD}variables: {{price: 49,90}}\n{rest}", "split-number")


@pytest.mark.parametrize("last", ["", "          duration: 5s\n"])
def test_a_scene_that_ends_in_a_repeated_key_is_moved_whole(last: str) -> None:
    track = f"{{type: text, text: Hi, {PLACE}}}"
    scene = f"      - name: second\n        duration: 4s\n        tracks:\n          - {track}\n"
    text = f"{HEAD}scenes:\n  - duration: 4s\n    tracks:\n      - {track}\n{scene}{last[2:]}"
    (repair,) = found_in(text, "wrong-level").words.repairs
    below = f"{scene}{last[2:]}"
    assert applied(text, list(repair.edits)) == text.replace(below, textwrap.indent(textwrap.dedent(below), "  "))


def test_two_lengths_without_a_repair_have_a_help() -> None:
    track = "{type: actor, actor: text, audioUrl: text, text: text, speakerId: text, referenceId: text, " + PLACE + "}"
    move = "transition: {type: fade, duration: 1}"
    scene = f"{{duration: 1, intrinsicDurationTrackReference: text, {move}, tracks: [{track}]}}"
    settings = "{name: text, videoSize: {width: 1, height: 1}}"
    text = f"videoCreative: {{settings: {settings}, scenes: [{scene}]}}\n"
    words = found_in(text, "over-constrained").words
    assert (words.help, words.repairs) == ("remove `duration` or `intrinsicDurationTrackReference`", ())
