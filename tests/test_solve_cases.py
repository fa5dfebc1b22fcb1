"""The tables of time row by row, in whole specs, and what is said of each mistake."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_link import HEAD, actor, image, linked, pair, scenes, video
from vidc.clock import INF, Length, exact
from vidc.diag.finding import Finding, Log
from vidc.ir.facts import NOTHING, Facts
from vidc.ir.timeline import Timeline
from vidc.passes.solve import solve

VOICE = "aquXcfLbkxpW4BBI5qKm"
TEXT = "Hello there."
SPEECH = Facts({}, {(VOICE, TEXT): 4_000}, {})
LONG = "One two three four five six seven eight nine ten."
LONG_SPEECH = Facts({}, {(VOICE, LONG): 4_000}, {})
QUIET = ("assumed-language", "undocumented-reading")


def solved(text: str, facts: Facts = NOTHING) -> tuple[Timeline, list[Finding]]:
    """The timeline of a spec, and what solving it found, without the notes on readings."""
    log = Log()
    timeline = solve(linked(text, facts)[0], log)
    return timeline, [finding for finding in log.findings if finding.name not in QUIET]


def only(text: str, facts: Facts = NOTHING) -> Finding:
    (finding,) = solved(text, facts)[1]
    return finding


def said(text: str, facts: Facts = NOTHING) -> list[tuple[str, str]]:
    return [(finding.name, finding.span.text) for finding in solved(text, facts)[1]]


# The scene's duration


@pytest.mark.parametrize(
    ("head", "tracks", "length", "by"),
    [
        ("duration: 7s", [actor()], 7_000, "duration"),
        ("intrinsicDurationTrackReference: a", [actor(more="referenceId: a"), actor()], 4_000, "reference"),
        ("intrinsicDurationTrackReference: a", [image("referenceId: a, duration: 2s"), actor()], 2_000, "reference"),
        ("intrinsicDurationTrackReference: a", [actor(more="referenceId: a, duration: 2s")], 2_000, "reference"),
        ("name: x", [actor(), image()], 4_000, "inferred"),
        ("name: x", [actor(more="duration: 2s"), image()], 2_000, "inferred"),
        ("name: x", [image("duration: 2s"), actor(more="startTimeGap: 0, endTimeGap: 0")], 2_000, "inferred"),
        ("duration: null\n  intrinsicDurationTrackReference: null", [actor()], 4_000, "inferred"),
    ],
)
def test_a_scene_is_as_long_as_its_table_says(head: str, tracks: list[str], length: int, by: str) -> None:
    (scene,) = solved(scenes(*tracks, head=head), SPEECH)[0].scenes
    assert (scene.duration.expected, scene.sized_by) == (length, by)


REFERENCE = "intrinsicDurationTrackReference: a"


@pytest.mark.parametrize(
    ("head", "tracks", "found"),
    [
        (f"{REFERENCE}\n  duration: 7s", [actor(more="referenceId: a")], ("over-constrained", "duration: 7s")),
        (REFERENCE, [actor(more="referenceId: a, startTimeGap: 0, endTimeGap: 0")], ("cyclic-duration", REFERENCE)),
        (REFERENCE, [image("referenceId: a, startTimeGap: 1s, endTimeGap: 1s")], ("cyclic-duration", REFERENCE)),
        (REFERENCE, [image("referenceId: a, startTimeGap: 1s")], ("unsized-reference", REFERENCE)),
        ("name: x", [image(), image("startTimeGap: 1s")], ("under-constrained", "tracks")),
        ("name: x", [actor(), video()], ("ambiguous-duration", "tracks")),
        ("name: x", [actor(), image("duration: 1s")], ("ambiguous-duration", "tracks")),
    ],
)
def test_a_scene_without_a_length_is_an_error(head: str, tracks: list[str], found: tuple[str, str]) -> None:
    text = scenes(*tracks, head=head)
    timeline, _ = solved(text, SPEECH)
    assert said(text, SPEECH) == [found]
    assert (timeline.scenes, timeline.complete) == ([], False)


# A track's place, in a scene of 10 s, its medium 4 s

FIELDS = {"d": "duration: 3s", "s": "startTimeGap: 1s", "e": "endTimeGap: 2s"}


@pytest.mark.parametrize(
    ("fields", "medium", "fill"),
    [
        ("", (0, 4_000), (0, 10_000)),
        ("s", (1_000, 5_000), (1_000, 10_000)),
        ("e", (4_000, 8_000), (0, 8_000)),
        ("se", (1_000, 8_000), (1_000, 8_000)),
        ("d", (0, 3_000), (0, 3_000)),
        ("ds", (1_000, 4_000), (1_000, 4_000)),
        ("de", (5_000, 8_000), (5_000, 8_000)),
    ],
)
def test_a_track_stands_where_its_table_says(fields: str, medium: tuple[int, int], fill: tuple[int, int]) -> None:
    more = ", ".join(FIELDS[field] for field in fields)
    for track, place in ((actor(more=more), medium), (image(more), fill)):
        ((placed,),) = (scene.tracks for scene in solved(scenes(track, head="duration: 10s"), SPEECH)[0].scenes)
        assert (placed.start.expected, placed.end.expected) == place


@pytest.mark.parametrize("gaps", ["startTimeGap: 1s, endTimeGap: 2s", "startTimeGap: 0, endTimeGap: 0"])
def test_three_fields_are_one_too_many_even_where_they_agree(gaps: str) -> None:
    finding = only(scenes(image(f"duration: 3s, {gaps}"), head="duration: 6s"))
    assert (finding.name, [label.text for label in finding.words.labels][1]) == ("over-constrained", "lasts 3.0 s")
    assert [span.text for span in finding.words.conflict] == [
        *gaps.split(", ")[:1],
        "duration: 3s",
        *gaps.split(", ")[1:],
    ]


def test_an_explicit_null_is_absence_and_zero_is_not() -> None:
    null = image("duration: 3s, startTimeGap: 1s, endTimeGap: null")
    assert said(scenes(null, head="duration: 6s")) == []
    assert [name for name, _ in said(scenes(null.replace("null", "0"), head="duration: 6s"))] == ["over-constrained"]


def test_the_sizing_tracks_start_gap_cuts_its_end() -> None:
    finding = only(scenes(actor(LONG, "startTimeGap: 1s"), head="name: x"), LONG_SPEECH)
    assert (finding.name, finding.severity, finding.words.cuts) == ("clipped", "warning", True)
    assert finding.words.message == "this track ends 1.0 s after the scene does, cutting off `nine ten.`"


def test_the_sizing_tracks_end_gap_pushes_its_start_out() -> None:
    finding = only(scenes(video("intrinsicDuration: 4s, endTimeGap: 1s"), head="name: x"))
    assert finding.name == "starts-before-scene"
    assert finding.words.message == "this track starts 1.0 s before the scene does"


def test_a_reference_to_a_speech_never_clips_its_own_scene() -> None:
    text = scenes(actor(more="referenceId: a"), image("startTimeGap: 0, endTimeGap: 0"), head=REFERENCE)
    assert said(text) == []


# What is said


def test_the_condition_of_a_maybe_names_the_length_it_hangs_on() -> None:
    text = scenes(actor(more="referenceId: a"), image("startTimeGap: 600ms, duration: 100ms"))
    text = text.replace("duration: 9s", "name: hello\n  " + REFERENCE)
    finding = only(text)
    assert (finding.severity, finding.words.verdict, finding.words.expected) == ("note", "maybe", False)
    assert finding.words.message == (
        "this track ends up to 0.06 s after the scene does if `hello/a` is shorter than 0.7 s"
    )
    assert [(one.of, one.op, one.ms) for one in finding.words.condition] == [("hello/a", "<", 700)]


def test_two_unknown_lengths_are_compared_with_each_other() -> None:
    tracks = actor(more="referenceId: a"), video("intrinsicDuration: [500ms, 800ms, 2s], referenceId: b")
    finding = only(scenes(*tracks, head="name: hello\n  " + REFERENCE))
    assert [(one.of, one.op, one.ms, one.less) for one in finding.words.condition] == [("hello/b", ">", 0, "hello/a")]
    assert finding.words.message.endswith("if `hello/b` is longer than `hello/a`")


def test_a_cut_speech_says_which_words_are_lost() -> None:
    finding = only(scenes(actor(LONG), head="duration: 3s"), LONG_SPEECH)
    assert finding.words.message == "this track ends 1.0 s after the scene does, cutting off `nine ten.`"
    finding = only(scenes(actor(LONG, "startTimeGap: 0, endTimeGap: 1s"), head="duration: 4s"), LONG_SPEECH)
    assert finding.words.message == "this speech is 1.0 s longer than the time given to it, cutting off `nine ten.`"


def test_a_length_says_what_it_rests_on() -> None:
    (label, _) = only(scenes(actor(), head="duration: 500ms")).words.labels
    assert label.text == "takes about 0.92 s (0.64 s to 1.3 s, estimated)"
    (label, _) = only(scenes(actor(), head="duration: 3s"), SPEECH).words.labels
    assert label.text == "takes 4.0 s (measured)"


def test_the_total_is_as_sure_as_its_least_sure_scene() -> None:
    text = HEAD + f"scenes:\n- {{duration: 1s, tracks: [{{{image()}}}]}}\n- {{tracks: [{{{actor()}}}]}}\n"
    assert solved(text, SPEECH)[0].total == Length(5_000, 5_000, 5_000, "measured")
    assert solved(text)[0].total.basis == "estimated"


def test_a_transition_may_take_its_length_from_the_total() -> None:
    text = pair(image(), image(), "  transition: {type: fade, duration: 500ms}\n", "duration: 3s")
    timeline, findings = solved(text)
    assert (timeline.total, findings) == (Length(5_500, 6_000, 6_000), [])
    assert [scene.start for scene in timeline.scenes] == [exact(0), Length(2_500, 3_000, 3_000)]


def test_a_broken_scene_hides_no_other_and_has_no_upper_bound() -> None:
    text = (
        HEAD
        + "scenes:\n"
        + "".join(
            f"- {{{head}tracks: [{{{track}}}]}}\n"
            for head, track in (
                ("duration: 1s, ", image()),
                ("", image()),
                ("duration: 2s, ", image("startTimeGap: 3s")),
            )
        )
    )
    timeline, findings = solved(text)
    assert [finding.name for finding in findings] == ["under-constrained", "empty-window"]
    assert [scene.scene.index for scene in timeline.scenes] == [0, 2]
    assert (timeline.total, timeline.complete) == (Length(3_000, 3_000, INF), False)


@pytest.mark.parametrize(
    ("head", "track"),
    [
        ("duration: soon", image("startTimeGap: 5s")),
        ("duration: 3s", image("startTimeGap: soon, duration: 5s, endTimeGap: 1s")),
        ("name: x", image("duration: soon")),
        ("name: x", f"type: video, videoUrl: 7, {image().partition('png, ')[2]}, startTimeGap: 5s"),
        (REFERENCE, image("referenceId: [a]")),
    ],
)
def test_what_depends_on_a_field_with_an_error_is_not_spoken_of(head: str, track: str) -> None:
    assert said(scenes(track, head=head)) == []


@pytest.mark.parametrize(("time", "found"), [("5", ["5s"]), ("90", ["1m30s"]), ("100", []), ("5ms", [])])
def test_a_bare_number_under_a_hundred_looks_like_seconds(time: str, found: list[str]) -> None:
    findings = solved(scenes(image(), head=f"duration: {time}"))[1]
    assert [finding.words.repairs[0].edits[0].text for finding in findings] == found


def test_seconds_are_looked_for_in_every_duration() -> None:
    text = scenes(
        video("duration: 7, intrinsicDuration: 7"),
        head="duration: 5s\n  transition: {type: fade, duration: 1}",
    )
    assert [name for name, _ in said(text)].count("suspicious-time") == 3


def test_a_film_that_goes_on_is_not_cut_by_the_end_of_its_scene() -> None:
    blend = "intrinsicDuration: 8s, sequentialBlendId: a"
    text = pair(video(blend), video(blend), head="duration: 4s")
    warned = [finding for finding in solved(text)[1] if finding.severity == "warning"]
    assert [(finding.name, finding.words.at.path) for finding in warned] == [("clipped", "scenes[1].tracks[0]")]
    assert [name for name, _ in said(pair(video(blend), video(), head="duration: 4s"))] == ["clipped", "clipped"]


# Repairs that cannot be written into one piece of text


@pytest.mark.parametrize(
    "text",
    [
        HEAD + f"x-t: &t {{{image('startTimeGap: 5s')}}}\nscenes: [{{duration: 4s, tracks: [*t]}}]\n",
        HEAD
        + f"components: {{c: {{tracks: [{{{image('startTimeGap: 5s')}}}]}}}}\nscenes: [{{duration: 4s, tracks: [{{use: c}}]}}]\n",
        HEAD + f"scenes:\n- for: n in [1]\n  duration: 4s\n  tracks: [{{{image('startTimeGap: 5s')}}}]\n",
    ],
    ids=["alias", "component", "loop"],
)
def test_what_stands_for_more_than_one_thing_gets_a_title_without_edits(text: str) -> None:
    finding = only(text)
    first = finding.words.repairs[0]
    assert (finding.name, first.title, first.edits) == ("empty-window", "remove `startTimeGap`", ())


def test_nothing_is_lost_of_a_scene_without_tracks() -> None:
    found: Any = said(HEAD + "scenes: [{name: a, duration: 1s, tracks: []}, {name: b, tracks: []}]\n")
    assert found == [("under-constrained", "tracks")]
