"""A dash too many, a field that is too deep, and a key that hides a merged one: what is told makes the film meant."""

from __future__ import annotations

import pytest

from vidc.compile import compile
from vidc.diag.edits import applied
from vidc.diag.finding import Finding
from vidc.ir.job import Job
from vidc.source import Source

HEAD = """\
language: en
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
defaults:
  actor: {actor: karen, speakerId: v1, position: {x: 420, y: 0}, size: {width: 1080, height: 1080}}
  text: {position: {x: 5%, y: 82%}, size: {width: 90%, height: 15%}}
scenes:
"""


def told(text: str) -> list[Finding]:
    found = compile(Source("a.vidc.yaml", text), draft=True).findings
    return [finding for finding in found if finding.severity != "note"]


def names(text: str) -> list[str]:
    return [finding.name for finding in told(text)]


def job(text: str) -> Job | None:
    return compile(Source("a.vidc.yaml", text)).job


def mended(text: str) -> str:
    """The text with the one repair of its one finding made."""
    (finding,) = told(text)
    (repair,) = finding.words.repairs
    return applied(text, list(repair.edits))


LINES = ("type: actor", "referenceId: speech", "text: Hello, and welcome to all of you.", "endTimeGap: 0")


def track(*dashes: int) -> str:
    """A scene with a track whose lines at these places begin with a dash."""
    lines = "".join(f"      {'- ' if at in dashes else '  '}{line}\n" for at, line in enumerate(LINES))
    return f"{HEAD}  - duration: 9s\n    tracks:\n{lines}"


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_dash_in_a_track_is_one_too_many(at: int) -> None:
    broken = track(0, at)
    (finding,) = told(broken)
    assert (finding.name, finding.span.text) == ("extra-dash", "-")
    assert finding.words.help == "remove the `- ` here: these are one track"
    assert mended(broken) == track(0)
    assert job(track(0)) is not None
    assert job(mended(broken)) == job(track(0))


@pytest.mark.parametrize(
    "items",
    [
        "- name: A\n    duration: 4s\n  - tracks: [{type: text, text: Hello}]",
        "- tracks: [{type: text, text: Hello}]\n  - duration: 4s",
        "- duration: 4s\n  - name: A\n    tracks: [{type: text, text: Hello}]",
    ],
)
def test_a_dash_in_a_scene_is_one_too_many(items: str) -> None:
    broken = f"{HEAD}  {items}\n"
    assert names(broken) == ["extra-dash"]
    right = broken.replace("\n  - ", "\n    ").replace("scenes:\n    ", "scenes:\n  - ", 1)
    assert mended(broken) == right
    assert job(right) is not None


@pytest.mark.parametrize(
    "items",
    [
        "- {type: text, text: Hello}\n      - {text: You}",
        "- type: text\n        text: Hello\n      - text: You",
        "- type: image\n        imageUrl: https://a.b/c.png\n        position: {x: 0, y: 0}\n"
        "        size: {width: 9%, height: 9%}\n      - text: You",
    ],
)
def test_a_track_of_its_own_without_a_type_stays_one(items: str) -> None:
    assert names(f"{HEAD}  - duration: 9s\n    tracks:\n      {items}\n") == ["missing-field"]


def test_a_scene_with_a_name_of_its_own_stays_one() -> None:
    scenes = "  - duration: 4s\n    tracks: [{type: text, text: Hello}]\n  - name: Bye\n"
    assert names(HEAD + scenes) == ["missing-field"]


def text_of(*lines: str, behind: str = "", sign: str = ">-") -> str:
    body = "".join(f"          {line}\n" for line in lines)
    return (
        f"{HEAD}  - duration: 9s\n    tracks:\n      - type: actor\n        text: {sign}\n{body}{behind}"
        "  - duration: 2s\n    tracks:\n      - {type: text, text: Bye}\n"
    )


@pytest.mark.parametrize("sign", [">-", "|", ">"])
@pytest.mark.parametrize(
    ("lines", "by"),
    [
        (("variant: bubble",), 2),
        (("startTimeGap: 1s", "endTimeGap: 1500"), 2),
        (
            (
                "actor: ryan",
                "rotation: 5",
                "view: front  # as she is",
            ),
            2,
        ),
        (("referenceId: speech", "", "duration: 4s"), 2),
        (("position:", "  x: 0", "  y: 0", "variant: bubble"), 2),
        (("- type: text", "  text: Hello", "  position: center"), 4),
    ],
)
def test_fields_at_the_end_of_a_text_are_told(lines: tuple[str, ...], by: int, sign: str) -> None:
    broken = text_of("Hello to all of you.", *lines, sign=sign)
    found = [one for one in told(broken) if one.name == "spoken-key"]
    assert len(found) == 1
    many = len([line for line in lines if line]) > 1
    assert found[0].words.help == f"indent {'them' if many else 'it'} by {by} columns less"
    (repair,) = found[0].words.repairs
    behind = "".join(f"{' ' * (10 - by)}{line}\n" if line else f"{' ' * 10}\n" for line in lines)
    right = text_of("Hello to all of you.", behind=behind, sign=sign)
    assert applied(broken, list(repair.edits)) == right
    assert job(right) is not None


def test_a_scene_at_the_end_of_a_text_is_told() -> None:
    broken = text_of("Hello to all of you.", "- name: Bye", "  tracks:", "    - type: text", "      text: Bye")
    (finding,) = told(broken)
    assert (finding.name, finding.words.help) == ("spoken-key", "indent them by 8 columns less")


@pytest.mark.parametrize(
    "lines",
    [
        ("Note: this is for all of you.",),
        ("What you get:", "size: large", "type: of gift", "duration: as long as it takes", "position: on the left"),
        ("variant: bubble",),
        ("You may write", "variant: bubble", "in a track, and she is in a bubble."),
        ("Options are", "- text: what she says", "- name: what it is called"),
        ("The duration: 4s, and no more.",),
        ("Text:", "view: of the sea"),
    ],
)
@pytest.mark.parametrize("sign", [">-", "|"])
def test_what_is_said_is_no_field(lines: tuple[str, ...], sign: str) -> None:
    assert "spoken-key" not in names(text_of(*lines, sign=sign))


def test_a_text_in_quotes_has_no_depth() -> None:
    spec = (
        f'{HEAD}  - duration: 9s\n    tracks:\n      - type: actor\n        text: "Hello.\n          variant: bubble"\n'
    )
    assert names(spec) == []


MERGE = """\
x-place: &place {position: {x: 5%, y: 70%}, size: {width: 60%, height: 10%}}
x-other: &other
  size:
    height: 10%
    width: 30%
  position: {x: 9%, y: 9%}
"""


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("<<: *place, position: {y: 10%}", "`<<` takes keys whole: `*place` has `x: 5%`, so add `x: 5%` here"),
        (
            "<<: *other, size: {height: 5%}",
            "`<<` takes keys whole: `*other` has `width: 30%`, so add `width: 30%` here",
        ),
        ("<<: [*other, *place], position: {x: 1%}", "`<<` takes keys whole: `*other` has `y: 9%`, so add `y: 9%` here"),
        ("position: {y: 10%}, size: {width: 10%, height: 10%}", "add `x: 0`"),
    ],
)
def test_what_a_merge_would_have_brought_is_to_be_written(written: str, wanted: str) -> None:
    spec = (
        f"{MERGE}{HEAD}  - duration: 9s\n    tracks:\n      - {{type: image, imageUrl: https://a.b/c.png, {written}}}\n"
    )
    (finding,) = told(spec)
    assert (finding.name, finding.words.help) == ("missing-field", wanted)


@pytest.mark.parametrize(
    "scene",
    ["for: tip in tips\n  name: <tip>\n  duration: 9s\n", "- duration: <tip>\n    tracks: {type: text, text: <tip>}\n"],
)
def test_names_below_what_is_no_list_are_left(scene: str) -> None:
    top = "variables: {tips: {type: list, default: [One]}}\n"
    found = names(f"{top}{HEAD}  {scene}")
    assert "wrong-type" in found
    assert found.count("misspelt-name") + found.count("unfilled-name") <= scene.startswith("-")


def test_braces_in_a_field_that_a_text_swallowed_are_not_told_as_braces() -> None:
    track = "type: text\n        text: >-\n          Hello there\n          position: {x: 0, y: 0}\n        size: {width: 90, height: 90}"
    text = f"settings: {{name: A, videoSize: {{width: 900, height: 900}}}}\nscenes:\n  - duration: 4s\n    tracks:\n      - {track}\n"
    found = compile(Source("a.vidc.yaml", text)).findings
    assert sorted({one.name for one in found if one.severity != "note"}) == ["spoken-key"]
