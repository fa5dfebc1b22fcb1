"""A duration written in seconds for milliseconds is one mistake, and hides no other."""

from __future__ import annotations

import pytest

from vidc.compile import Compiled, compile
from vidc.source import Source

SPEC = """\
settings: {{name: Demo, videoSize: {{width: 1920, height: 1080}}}}
scenes:
  - duration: {duration}
    transition: {{type: fade, duration: 500ms}}
    tracks:
      - {{type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: Hello there and welcome.,
         position: {{x: 420, y: 0}}, size: {{width: 1080, height: 1080}}}}
      - {{type: image, imageUrl: https://cdn.example.com/a.png, startTimeGap: {gap}, endTimeGap: 0,
         position: {{x: 0, y: 0}}, size: {{width: 960, height: 540}}}}
  - duration: 4s
    tracks:
      - {{type: image, imageUrl: https://cdn.example.com/a.png,
         position: {{x: 0, y: 0}}, size: {{width: 960, height: 540}}}}
"""


def made(duration: str, gap: str = "1s") -> Compiled:
    return compile(Source("a.vidc.yaml", SPEC.format(duration=duration, gap=gap)))


def told(compiled: Compiled) -> list[tuple[str, str, str]]:
    return [(one.severity, one.name, one.words.at.path) for one in compiled.findings if one.severity != "note"]


def test_what_only_follows_is_not_said_and_the_number_is_as_wrong_as_what_it_does() -> None:
    found = made("5")
    assert told(found) == [("error", "suspicious-time", "scenes[0]")]
    assert found.job is None
    assert [one.name for one in found.cuts] == ["suspicious-time"]


def test_with_the_unit_that_was_meant_nothing_is_wrong() -> None:
    assert told(made("5s")) == []


def test_with_the_other_unit_everything_is_said() -> None:
    assert told(made("50ms")) == [
        ("error", "overlong-transition", "scenes[0]"),
        ("warning", "clipped", "scenes[0].tracks[0]"),
        ("error", "empty-window", "scenes[0].tracks[1]"),
    ]


@pytest.mark.parametrize(("duration", "right"), [("20ms", "20s"), ("5ms # a flash", "5s")])
def test_less_than_a_frame_is_told_with_its_unit_too(duration: str, right: str) -> None:
    found = made(duration)
    assert told(found) == [("error", "suspicious-time", "scenes[0]")]
    (words,) = (one.words for one in found.findings if one.name == "suspicious-time")
    bare = duration.partition(" ")[0]
    assert (words.message, words.help) == (f"`{bare}` is less than one frame", f"for seconds, set `duration: {right}`")
    assert told(made(right)) == []


def test_a_range_may_begin_below_a_frame() -> None:
    film = "type: video, videoUrl: https://cdn.example.com/a.mp4, intrinsicDuration: [1ms, 2s, 3s]"
    place = "position: {x: 0, y: 0}, size: {width: 960, height: 540}"
    text = f"settings: {{name: Demo, videoSize: {{width: 1920, height: 1080}}}}\nscenes: [{{tracks: [{{{film}, {place}}}]}}]\n"
    assert told(compile(Source("a.vidc.yaml", text))) == []


def test_where_the_number_is_allowed_what_follows_is_said() -> None:
    found = made("5 # vidc: allow suspicious-time -- a flash")
    assert told(found) == told(made("50ms"))
    assert told(found) == told(made("5ms # vidc: allow suspicious-time -- a flash"))


def test_what_is_wrong_in_seconds_too_is_said() -> None:
    assert told(made("5", gap="9s")) == [
        ("error", "suspicious-time", "scenes[0]"),
        ("error", "empty-window", "scenes[0].tracks[1]"),
    ]


def test_a_number_that_does_no_harm_is_a_warning() -> None:
    text = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - duration: 5
    tracks:
      - {type: image, imageUrl: https://cdn.example.com/a.png,
         position: {x: 0, y: 0}, size: {width: 960, height: 540}}
"""
    found = compile(Source("a.vidc.yaml", text))
    assert told(found) == [("warning", "suspicious-time", "scenes[0]")]
    assert found.job is not None
    assert found.cuts == []


def test_what_is_no_matter_of_time_is_said_in_a_scene_that_is_too_short() -> None:
    text = (
        SPEC.format(duration="5", gap="0").replace("Hello there and welcome.", '"**Hi**"').replace("x: 420", "x: 5000")
    )
    text = text.replace("type: image, imageUrl: https://cdn.example.com/a.png, start", "type: text, text: Hello, start")
    names = {name for _, name, _ in told(compile(Source("a.vidc.yaml", text)))}
    assert names == {"suspicious-time", "markup-in-script", "off-canvas"}
