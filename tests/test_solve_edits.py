"""Taking out, changing and adding a field in text, in block, flow and JSON style; and where that would do harm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from vidc.clock import with_unit
from vidc.compile import compile
from vidc.diag.finding import Edit, Log
from vidc.ir.tree import Mapping, Sequence
from vidc.passes.parse import parse
from vidc.passes.solve import edits
from vidc.source import Source

BLOCK = """\
scenes:
  - name: one
    duration: 2s  # short
    tracks:
      - type: image
        startTimeGap: 1s

        endTimeGap: 2s
"""
FLOW = "scenes: [{name: one, duration: 2s, tracks: [{type: image, startTimeGap: 1s, endTimeGap: 2s}]}]\n"
JSON = (
    '{"scenes": [{"name": "one", "duration": 2000, "tracks": '
    '[{"type": "image", "startTimeGap": 1000, "endTimeGap": 2000}]}]}'
)
PRETTY = """\
{
  "scenes": [
    {
      "name": "one",
      "duration": 2000,
      "tracks": [
        {
          "type": "image",
          "startTimeGap": 1000,
          "endTimeGap": 2000
        }
      ]
    }
  ]
}
"""
ALL = pytest.mark.parametrize("text", [BLOCK, FLOW, JSON, PRETTY], ids=["block", "flow", "json", "pretty"])


def nodes(text: str) -> tuple[Mapping, Mapping, Mapping]:
    """The root, the first scene and its first track."""
    root = parse(Source("a.yaml", text), Log())
    assert root is not None
    scenes = root.entries["scenes"][1]
    assert isinstance(scenes, Sequence)
    scene = scenes.items[0]
    assert isinstance(scene, Mapping)
    tracks = scene.entries["tracks"][1]
    assert isinstance(tracks, Sequence)
    track = tracks.items[0]
    assert isinstance(track, Mapping)
    return root, scene, track


def done(text: str, *found: Edit | None) -> str:
    for edit in sorted((edit for edit in found if edit is not None), key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def removed(text: str, owner: int, *names: str) -> str:
    found = edits.remove(nodes(text)[owner], list(names))
    assert found is not None
    return done(text, *found)


def plain(text: str) -> Any:
    return yaml.safe_load(text)["scenes"][0]


@ALL
@pytest.mark.parametrize(
    ("owner", "names"),
    [
        (1, ["name"]),
        (1, ["duration"]),
        (1, ["tracks"]),
        (1, ["name", "duration"]),
        (1, ["duration", "tracks"]),
        (1, ["name", "tracks"]),
        (2, ["type"]),
        (2, ["startTimeGap"]),
        (2, ["endTimeGap"]),
        (2, ["startTimeGap", "endTimeGap"]),
        (2, ["type", "endTimeGap"]),
        (2, ["type", "startTimeGap"]),
    ],
)
def test_fields_are_gone_and_the_others_stay(text: str, owner: int, names: list[str]) -> None:
    want = plain(text)
    mapping = want if owner == 1 else want["tracks"][0]
    for name in names:
        del mapping[name]
    assert plain(removed(text, owner, *names)) == want


def test_lines_go_with_their_comment() -> None:
    assert removed(BLOCK, 1, "duration") == BLOCK.replace("    duration: 2s  # short\n", "")
    assert removed(BLOCK, 2, "endTimeGap") == BLOCK.replace("        endTimeGap: 2s\n", "")
    assert removed(BLOCK, 1, "name") == BLOCK.replace("name: one\n    ", "")


def test_the_last_line_may_have_no_end() -> None:
    assert removed(BLOCK.rstrip("\n"), 2, "endTimeGap") == BLOCK.replace("\n        endTimeGap: 2s\n", "")


def test_carriage_returns_stay() -> None:
    text = BLOCK.replace("\n", "\r\n")
    assert removed(text, 2, "startTimeGap") == text.replace("        startTimeGap: 1s\r\n", "")


def test_a_comma_goes_with_its_field() -> None:
    assert removed(FLOW, 2, "type") == FLOW.replace("type: image, ", "")
    assert removed(FLOW, 2, "endTimeGap") == FLOW.replace(", endTimeGap: 2s", "")
    assert removed(PRETTY, 2, "startTimeGap") == PRETTY.replace('          "startTimeGap": 1000,\n', "")
    assert removed(PRETTY, 2, "endTimeGap") == PRETTY.replace(',\n          "endTimeGap": 2000', "")


@ALL
def test_a_value_is_changed_in_place(text: str) -> None:
    _, scene, track = nodes(text)
    changed = done(text, edits.change(scene, "duration", 3500, False), edits.change(track, "endTimeGap", 250, False))
    want = plain(text)
    bare = isinstance(want["duration"], int)
    want["duration"] = 3500 if bare else "3.5s"
    want["tracks"][0]["endTimeGap"] = 250 if bare else "250ms"
    assert plain(changed) == want


@ALL
def test_a_field_is_added_in_front(text: str) -> None:
    _, scene, track = nodes(text)
    changed = done(
        text, edits.insert(scene, "reference", "speech", False), edits.insert(track, "duration", 61_000, False)
    )
    want = plain(text)
    want["reference"] = "speech"
    want["tracks"][0]["duration"] = 61_000 if isinstance(want["duration"], int) else "1m1s"
    assert plain(changed) == want


@ALL
def test_one_field_takes_the_place_of_another(text: str) -> None:
    changed = done(text, edits.rename(nodes(text)[1], "duration", "reference", "a b: c", False))
    want = plain(text)
    del want["duration"]
    assert plain(changed) == want | {"reference": "a b: c"}


def test_an_explicit_null_is_written_over() -> None:
    text = BLOCK.replace("startTimeGap: 1s", "startTimeGap:")
    changed = done(text, edits.change(nodes(text)[2], "startTimeGap", 1000, False))
    assert changed == BLOCK


@pytest.mark.parametrize(
    ("ms", "said"), [(0, "0s"), (5, "5ms"), (999, "999ms"), (1000, "1s"), (1050, "1.05s"), (90_500, "1m30.5s")]
)
def test_times_are_written_with_the_unit_that_reads_best(ms: int, said: str) -> None:
    assert with_unit(ms) == said


@pytest.mark.parametrize("name", ["true", "No", "12", "a: b", "-x", "", "a#b", "{x}"])
def test_a_name_that_yaml_would_read_otherwise_is_quoted(name: str) -> None:
    text = "scenes: [{a: 1, tracks: [{b: 1}]}]"
    assert plain(done(text, edits.insert(nodes(text)[1], "reference", name, False)))["reference"] == name


def is_own(text: str) -> bool:
    root, scene, track = nodes(text)
    return edits.is_own_text(edits.chain_to(root, scene, track))


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (BLOCK, True),
        (FLOW, True),
        (JSON, True),
        ("scenes: [{tracks: &all [{type: image}]}, {tracks: *all}]", False),
        ("scenes: [&one {tracks: [{type: image}]}, *one]", False),
        ("scenes: [{tracks: [&one {type: image}]}]", False),
        ("x-t: &t {type: image}\nscenes: [{tracks: [*t]}]", False),
        ("x-s: &s {tracks: [{type: image}]}\nscenes: [*s]", False),
        ("scenes:\n- tracks:\n  - &one\n    type: image\n", False),
        ("scenes: [{name: 'a & b', tracks: [{type: image}]}]", True),
    ],
)
def test_what_has_an_anchor_or_came_through_one_is_not_edited(text: str, own: bool) -> None:
    assert is_own(text) == own


def test_a_field_that_a_merge_key_brought_is_not_edited() -> None:
    text = "x: &x {duration: 1s}\nscenes: [{<<: *x, name: a, tracks: [{type: image}]}]"
    scene = nodes(text)[1]
    assert edits.remove(scene, ["duration"]) is None
    assert edits.change(scene, "duration", 1, False) is None
    assert edits.rename(scene, "duration", "a", 1, False) is None
    assert removed(text, 1, "name") == text.replace("name: a, ", "")


def test_a_value_that_others_refer_to_is_not_taken_out() -> None:
    text = "scenes: [{duration: &d 1s, name: *d, tracks: [{type: image}]}]"
    assert edits.remove(nodes(text)[1], ["duration"]) is None
    assert removed(text, 1, "name") == text.replace("name: *d, ", "")


AWKWARD: list[tuple[str, Callable[[Mapping], Any]]] = [
    ("scenes:\n- name: a\n  # stays\n  tracks: [{type: image}]\n", lambda scene: edits.remove(scene, ["name"])),
    ("scenes:\n- ? name\n  : a\n  tracks: [{type: image}]\n", lambda scene: edits.insert(scene, "b", 1, False)),
]


@pytest.mark.parametrize(("text", "act"), AWKWARD)
def test_what_cannot_be_written_safely_is_left(text: str, act: Callable[[Mapping], Any]) -> None:
    assert act(nodes(text)[1]) is None


DEFAULTS = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
defaults:
  image: {startTimeGap: 1s, endTimeGap: 1s}
x-base: &base {startTimeGap: 1s, endTimeGap: 1s}
scenes:
  - duration: 6s
    tracks:
      - {type: image, imageUrl: https://cdn.example.com/a.png, position: {x: 0, y: 0}, size: {width: 9, height: 9}, duration: 2s}
"""
MERGED = DEFAULTS.replace("defaults:", "x-other:").replace("- {type", "- {<<: *base, type")


@pytest.mark.parametrize("text", [DEFAULTS, MERGED], ids=["defaults", "merge-key"])
def test_a_time_that_comes_from_elsewhere_is_overruled_where_it_does_harm(text: str) -> None:
    (finding,) = compile(Source("a.vidc.yaml", text)).findings[:1]
    assert finding.name == "over-constrained"
    titles = [repair.title for repair in finding.words.repairs]
    assert titles == ["add `endTimeGap: null`", "remove `duration`", "add `startTimeGap: null`"]
    for repair in finding.words.repairs:
        mended = compile(Source("a.vidc.yaml", done(text, *repair.edits)))
        assert [one.name for one in mended.findings if one.severity == "error"] == []
        assert "x-base: &base {startTimeGap: 1s, endTimeGap: 1s}" in mended.source.text
