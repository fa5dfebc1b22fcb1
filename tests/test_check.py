"""check: every field is of its type, lowered, or known to be left out; and what it says where it is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidc.clock import INF, Length
from vidc.diag.finding import Log, Via
from vidc.ir.spec import Spec
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.passes.check import check
from vidc.passes.parse import parse
from vidc.record import replace
from vidc.source import Source

HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\nscenes:\n  - tracks:\n      - "
ACTOR = "type: actor, actor: karen, speakerId: v1, text: Hi., "
PLACE = "position: {x: 0, y: 0}, size: {width: 10, height: 10}"
PLACED = {"position": {"x": 0, "y": 0}, "size": {"width": 10, "height": 10}}
IMAGE = "type: image, imageUrl: https://a.example/a.png, "

Said = tuple[str, str, str]


def run(text: str, literal: bool = False) -> tuple[Spec, list[Said], Log]:
    log = Log()
    tree = parse(Source("t.vidc.yaml", text), log)
    assert tree is not None, [finding.words.message for finding in log.findings]
    spec = check(tree, log, literal=literal)
    return spec, [(found.severity, found.name, found.span.text) for found in log.findings], log


def track(fields: str) -> tuple[Any, list[Said], Log]:
    """The one track of a spec with these fields, and what is said of it."""
    spec, said, log = run(f"{HEAD}{{{fields}}}\n")
    tracks = spec.scenes[0].tracks
    return (tracks[0] if tracks else None), said, log


def job(fields: str) -> tuple[Any, list[Said], Log]:
    """The same in a job that is taken literally."""
    text = "videoCreative:\n" + "".join(f"  {line}\n" for line in f"{HEAD}{{{fields}}}".split("\n"))
    spec, said, log = run(text, literal=True)
    tracks = spec.scenes[0].tracks
    return (tracks[0] if tracks else None), said, log


def top(fields: str) -> tuple[Spec, list[Said], Log]:
    """A sound spec with more keys at its top."""
    return run(f"{HEAD}{{{ACTOR}{PLACE}}}\n{fields}\n")


def scene(fields: str) -> tuple[Any, list[Said], Log]:
    """The one scene of a spec, with more fields."""
    spec, said, log = run(f"{HEAD}{{{ACTOR}{PLACE}}}\n    {fields}\n")
    return (spec.scenes[0] if spec.scenes else None), said, log


# Values that are lowered


@pytest.mark.parametrize(
    ("written", "ms"),
    [("1", 1), ("2000", 2000), ("2000.0", 2000), ("500ms", 500), ("2s", 2000), ("2.5s", 2500), ("1m30s", 90_000)],
)
def test_a_duration_is_whole_milliseconds(written: str, ms: int) -> None:
    one, said, _ = track(f"{ACTOR}{PLACE}, duration: {written}")
    assert said == []
    assert (one.duration, one.values["duration"], type(one.values["duration"])) == (ms, ms, int)


def test_gaps_may_be_zero() -> None:
    one, said, _ = track(f"{ACTOR}{PLACE}, startTimeGap: 0, endTimeGap: 0s")
    assert said == []
    assert (one.start_gap, one.end_gap) == (0, 0)


@pytest.mark.parametrize(
    ("written", "message", "help"),
    [
        ("0", "`duration` is zero", "write a time above zero, or remove it"),
        ("0s", "`duration` is zero", "write a time above zero, or remove it"),
        ("-5", "`duration` is negative", "write a time above zero"),
        ("-2s", "`duration` is negative", "write a time above zero"),
        ("1:30", "`duration` is `1:30`, which is no time", "write `1m30s`"),
        ("0:05.5", "`duration` is `0:05.5`, which is no time", "write `5.5s`"),
        ("'00:01:30'", "`duration` is `00:01:30`, which is no time", "write `1m30s`"),
        ("2 s", "`duration` is `2 s`, which is no time", "write `2s`"),
        ("2 seconds", "`duration` is `2 seconds`, which is no time", "write `2s`"),
        ("1.5m", "`duration` is `1.5m`, which is no time", "write `1m30s`"),
        ("'2,5s'", "`duration` is `2,5s`, which is no time", "write `2.5s`"),
        ("PT2M", "`duration` is `PT2M`, which is no time", "write `2m`"),
        ("2S", "`duration` is `2S`, which is no time", "write `2s`"),
        ("2.5", "`duration` is 2.5 ms, and times are whole milliseconds", "write `2.5s` if seconds are meant"),
        ("1500.5", "`duration` is 1500.5 ms, and times are whole milliseconds", "write a whole number"),
        ("'5'", "`duration` is the text `5`, which has no unit", "write `5s`, or `5ms` if milliseconds are meant"),
        ("'2000'", "`duration` is the text `2000`, which has no unit", "write `2000ms`, or the number without quotes"),
        (
            "0.5ms",
            "`duration` is `0.5ms`, which is no whole number of milliseconds",
            "write milliseconds, or text such as `500ms`, `2.5s` or `1m30s`",
        ),
        (
            "soon",
            "`duration` is `soon`, which is no time",
            "write milliseconds, or text such as `500ms`, `2.5s` or `1m30s`",
        ),
        (
            "auto",
            "`duration` is `auto`, which is no time",
            "remove it: what has no length of its own is as long as what it holds, or as its scene",
        ),
        (
            "speech.end",
            "`duration` is `speech.end`, which is no time",
            "write milliseconds, or text such as `500ms`, `2.5s` or `1m30s`; what begins when another track is over goes "
            "into a scene of its own",
        ),
        ("true", "`duration` is true, not a time", "write milliseconds, or text such as `500ms`, `2.5s` or `1m30s`"),
        ("[1]", "`duration` is a list, not a time", "write milliseconds, or text such as `500ms`, `2.5s` or `1m30s`"),
        (
            "25h",
            "`duration` is longer than a day",
            "times are in milliseconds; the service's videos end far below",
        ),
    ],
)
def test_what_is_no_time_says_what_to_write(written: str, message: str, help: str) -> None:
    one, said, log = track(f"{ACTOR}{PLACE}, duration: {written}")
    assert said == [("error", "bad-time", written)]
    assert (log.findings[0].words.message, log.findings[0].words.help) == (message, help)
    assert (one.duration, one.broken) == (None, frozenset({"duration"}))
    assert "duration" not in one.values


@pytest.mark.parametrize(
    ("key", "help"),
    [
        (
            "end: 8s",
            "write how long it lasts as `duration`, or how long before its scene's end it is over as `endTimeGap`",
        ),
        (
            "startAfter: speech",
            "write how long after its scene begins it starts as `startTimeGap`, or give it a scene of its own",
        ),
        (
            "startTimeReference: speech",
            "write how long after its scene begins it starts as `startTimeGap`, or give it a scene of its own",
        ),
    ],
)
def test_a_moment_on_another_clock_is_not_merely_renamed(key: str, help: str) -> None:
    _, said, log = track(f"{ACTOR}{PLACE}, {key}")
    assert said == [("error", "invented-property", key.partition(":")[0])]
    assert (log.findings[0].words.help, log.findings[0].words.repairs) == (help, ())


def test_a_job_has_times_in_numbers_only() -> None:
    one, said, log = job(f"{ACTOR}{PLACE}, duration: 2s, startTimeGap: 500.0")
    assert said == [("error", "bad-time", "2s")]
    assert log.findings[0].words.help == "write 2000"
    assert (one.start_gap, one.values["startTimeGap"], type(one.values["startTimeGap"])) == (500, 500.0, float)


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("12s", Length(12_000, 12_000, 12_000, "stated")),
        ("[8s, 10s, 14s]", Length(8000, 10_000, 14_000, "stated")),
        ("[8000, 8000, inf]", Length(8000, 8000, INF, "stated")),
        ("[8000, 8000, .inf]", Length(8000, 8000, INF, "stated")),
    ],
)
def test_a_stated_length_is_kept_and_not_sent(written: str, length: Length) -> None:
    one, said, _ = track(f"{ACTOR}{PLACE}, intrinsicDuration: {written}")
    assert said == []
    assert one.intrinsic == length
    assert "intrinsicDuration" not in one.values


@pytest.mark.parametrize("written", ["[8s, 14s]", "[8s, 6s, 14s]", "0", "{low: 1s}"])
def test_a_stated_length_that_cannot_be_is_left_out(written: str) -> None:
    one, said, _ = track(f"{ACTOR}{PLACE}, intrinsicDuration: {written}")
    assert said == [("error", "bad-time", written)]
    assert (one.intrinsic, one.broken) == (None, frozenset({"intrinsicDuration"}))


def test_an_image_has_no_length_to_state() -> None:
    _, said, _ = track(f"{IMAGE}{PLACE}, duration: 2s, intrinsicDuration: 3s")
    assert said == [("error", "misplaced-property", "intrinsicDuration")]


@pytest.mark.parametrize(
    ("position", "size", "pixels"),
    [
        ("{x: 5%, y: 82%}", "{width: 90%, height: 12%}", (96, 886, 1728, 130)),
        ("{x: -5%, y: 0.05%}", "{width: 33.333%, height: 2.5}", (-96, 1, 640, 2.5)),
        ("center", "{width: 1080, height: 50%}", (420, 270, 1080, 540)),
        ("{x: center, y: 1.0}", "{width: 101, height: 7}", (910, 1, 101, 7)),
        ("{x: 10.5, y: -3}", "{width: 101, height: 7}", (10.5, -3, 101, 7)),
        ("{x: center, y: center}", "{width: 2000, height: 2000}", (-40, -460, 2000, 2000)),
    ],
)
def test_places_are_lowered_to_pixels(position: str, size: str, pixels: tuple[float, ...]) -> None:
    one, said, _ = track(f"{ACTOR}position: {position}, size: {size}")
    assert said == []
    found = (*one.values["position"].values(), *one.values["size"].values())
    assert found == pixels
    assert [type(value) for value in found] == [type(value) for value in pixels]


@given(st.integers(1, 8000), st.integers(-99_999, 99_999), st.integers(0, 3))
def test_a_percentage_is_rounded_to_the_nearest_pixel(width: int, digits: int, places: int) -> None:
    from fractions import Fraction

    sign, amount = ("-" if digits < 0 else ""), str(abs(digits)).rjust(places + 1, "0")
    written = f"{sign}{amount[: len(amount) - places]}" + (f".{amount[len(amount) - places :]}" if places else "")
    text = f"{HEAD}{{{ACTOR}position: {{x: {written}%, y: 0}}, size: {{width: 400, height: 400}}}}\n"
    spec, said, _ = run(text.replace("width: 1920", f"width: {width}"))
    exact = Fraction(digits, 10**places) * width / 100
    place: Any = spec.scenes[0].tracks[0].values["position"]
    assert said == []
    assert place["x"] - exact <= Fraction(1, 2)
    assert exact - place["x"] < Fraction(1, 2)


@pytest.mark.parametrize(
    ("place", "said", "help"),
    [
        ("position: {x: middle, y: 0}", "middle", "write `x: center`"),
        ("position: {x: 0, y: centre}", "centre", "write `y: center`"),
        ("position: {x: left, y: 0}", "left", "write `x: 0`"),
        ("position: {x: 0, y: Top}", "Top", "write `y: 0`"),
        ("position: {x: top, y: 0}", "top", "`top` is a place of `y`"),
        ("position: {x: right, y: 0}", "right", "write `x: 1910`, the video's width less the track's"),
        ("position: {x: 10px, y: 0}", "10px", "write 10 without `px`"),
        ('position: {x: "10", y: 0}', '"10"', "write 10 without quotes"),
        ("position: {x: 5 percent, y: 0}", "5 percent", "write pixels, a percentage such as `5%`, or `center`"),
        ("size: {width: center, height: 1}", "center", "write pixels above zero, or a percentage such as `50%`"),
        ("size: {width: 0, height: 1}", "0", "write a size above zero"),
        ("size: {width: -2.5, height: 1}", "-2.5", "write a size above zero"),
        ("size: {width: 0%, height: 1}", "0%", "write a size above zero"),
    ],
)
def test_what_is_no_place_says_what_to_write(place: str, said: str, help: str) -> None:
    name = place.partition(":")[0]
    other = "size: {width: 10, height: 10}" if name == "position" else "position: {x: 0, y: 0}"
    one, found, log = track(f"{ACTOR}{other}, {place}")
    assert found == [("error", "bad-place", said)]
    assert log.findings[0].words.help == help
    assert (name in one.values, one.broken) == (False, frozenset({name}))


@pytest.mark.parametrize(
    ("place", "help"),
    [
        ("size: [800, 200]", "write `{width: 800, height: 200}`"),
        ("size: [50%, 200]", "write `{width: 50%, height: 200}`"),
        ("size: [1, 2, 3]", "write `{width: 100%, height: 100%}`"),
        ("position: [10, 20.5]", "write `{x: 10, y: 20.5}`"),
        ("position: [a, b]", "write `{x: 0, y: 0}`, or `center`"),
        ("position: middle", "write `center`"),
        ("position: top left", "write `{x: 0, y: 0}`"),
        ("position: top", "write `{x: center, y: 0}`"),
        ("position: bottom-right", "write `{x: ..., y: ...}`, where the track begins, counted from the top left"),
    ],
)
def test_a_place_in_another_form_keeps_the_authors_numbers(place: str, help: str) -> None:
    name, _, written = place.partition(": ")
    other = "size: {width: 10, height: 10}" if name == "position" else "position: {x: 0, y: 0}"
    _, said, log = track(f"{ACTOR}{other}, {place}")
    assert said == [("error", "wrong-type", written)]
    assert log.findings[0].words.help == help


@pytest.mark.parametrize(
    ("size", "said", "help"),
    [
        ("{width: 0.8, height: 200}", "0.8", "did you mean `80%`?"),
        ("{width: 1.0, height: 0.333}", "1.0", "did you mean `100%` and `33.3%`?"),
        ("{width: 200, height: 0.125}", "0.125", "did you mean `12.5%`?"),
    ],
)
def test_a_size_that_is_a_fraction_is_hardly_meant_in_pixels(size: str, said: str, help: str) -> None:
    _, found, log = track(f"{ACTOR}position: {{x: 5, y: 1}}, size: {size}")
    assert found == [("warning", "tiny-size", said)]
    assert log.findings[0].words.help == help


def test_a_size_of_whole_pixels_is_meant() -> None:
    assert track(f"{ACTOR}position: {{x: 1.5, y: 1}}, size: {{width: 1, height: 2.5}}")[1] == []


def test_a_broken_size_breaks_what_is_centered_by_it_without_another_word() -> None:
    one, said, _ = track(f"{ACTOR}position: center, size: {{width: 0, height: 5}}")
    assert said == [("error", "bad-place", "0")]
    assert one.broken == frozenset({"position", "size"})


def test_a_broken_video_size_breaks_percentages_without_another_word() -> None:
    spec, said, _ = run(
        f"{HEAD}{{{ACTOR}position: {{x: 5%, y: 0}}, size: {{width: 400, height: 400}}}}".replace("1920", "0")
    )
    assert said == [("error", "bad-video-size", "0")]
    assert spec.scenes[0].tracks[0].broken == frozenset({"position"})
    assert spec.broken == frozenset({"settings.videoSize"})


def test_a_text_without_a_size_cannot_be_centered() -> None:
    _, said, log = track("type: text, text: Hi., position: center")
    assert said[0] == ("error", "bad-place", "center")
    assert log.findings[0].words.help == "add `size`, or write where the track begins"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Hello.", "Hello."),
        ("2024", "2024"),
        ("1.50", "1.50"),
        ("007", "007"),
        ("1e3", "1e3"),
        ("yes", "yes"),
        ('""', ""),
    ],
)
def test_a_number_in_a_text_field_becomes_text_as_written(written: str, sent: str) -> None:
    one, said, _ = track(f"type: actor, actor: karen, speakerId: v1, text: {written}, {PLACE}")
    assert said == []
    assert (one.text, one.values["text"]) == (sent, sent)


def test_a_computed_number_becomes_text_by_its_value() -> None:
    log = Log()
    source = Source("t.vidc.yaml", f"{HEAD}{{type: text, text: <year>, {PLACE}}}")
    tree = parse(source, log)

    def filled(node: Node) -> Node:
        match node:
            case Scalar(value="<year>"):
                return replace(node, value=2024, live=False)
            case Mapping():
                return replace(node, entries={name: (key, filled(item)) for name, (key, item) in node.entries.items()})
            case Sequence():
                return replace(node, items=[filled(item) for item in node.items])
        return node

    assert tree is not None
    spec = check(filled(tree), log, literal=False)
    assert log.findings == []
    assert spec.scenes[0].tracks[0].text == "2024"


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("{company}", 'put it in quotes: "{company}"'),
        ("[Applause]", 'put it in quotes: "[Applause]"'),
        ('["a", b]', "put it in quotes: '[\"a\", b]'"),
    ],
)
def test_braces_and_brackets_in_text_need_quotes(written: str, help: str) -> None:
    _, said, log = track(f"type: actor, actor: karen, speakerId: v1, text: {written}, {PLACE}")
    assert said == [("error", "wrong-type", written)]
    assert log.findings[0].words.help == help


def test_truths_in_text_fields_need_quotes() -> None:
    _, said, log = track(f"type: actor, actor: true, speakerId: v1, text: Hi., {PLACE}")
    assert said == [("error", "wrong-type", "true")]
    assert log.findings[0].words.help == 'write "true" in quotes'


def test_a_job_keeps_its_numbers_and_a_number_is_no_text_there() -> None:
    one, said, _ = job(f"{ACTOR}position: {{x: 1.0, y: 0}}, size: {{width: 10, height: 10.0}}, referenceId: 5")
    assert said == [("error", "wrong-type", "5")]
    assert repr(one.values["position"]) == "{'x': 1.0, 'y': 0}"
    assert repr(one.values["size"]) == "{'width': 10, 'height': 10.0}"


def test_null_is_absence_in_a_spec() -> None:
    one, said, _ = track(f"{ACTOR}{PLACE}, duration: null, view: ~, audioUrl: null, mood: null")
    assert said == []
    assert one.broken == frozenset()
    assert set(one.values) == {"type", "actor", "speakerId", "text", "position", "size"}


def test_a_job_keeps_its_nulls_and_treats_them_as_absence() -> None:
    one, said, _ = job(f"{ACTOR}{PLACE}, duration: null, audioUrl: null, mood: null")
    assert [name for _, name, _ in said] == []
    assert (one.duration, one.values["duration"], one.values["audioUrl"], one.values["mood"]) == (
        None,
        None,
        None,
        None,
    )


# Addresses


@pytest.mark.parametrize(
    "address",
    [
        "https://cdn.example.com/a.png",
        "http://cdn.example.com",
        "HTTPS://CDN.example.com:8443/a?b=c#d",
        "https://user:pass@example.com/ä.png",
        "https://example.com/{a-b}.png",
    ],
)
def test_absolute_addresses_pass(address: str) -> None:
    one, said, _ = track(f'type: image, imageUrl: "{address}", {PLACE}, duration: 1s')
    assert said == []
    assert one.values["imageUrl"] == address


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "is empty"),
        ("images/a.png", "is a path, and the service cannot read files here"),
        ("./a.png", "is a path, and the service cannot read files here"),
        ("file:///a.png", "begins with `file://`, which the service cannot fetch"),
        ("s3://bucket/a.png", "begins with `s3://`, which the service cannot fetch"),
        ("//cdn.example.com/a.png", "has no `https:`"),
        ("www.example.com/a.png", "has no `https://`"),
        ("cdn.example.com/a.png", "has no `https://`"),
        ("CDN.Example.COM/a/b.png", "has no `https://`"),
        ("logos.v2/a.png", "is a path, and the service cannot read files here"),
        ("example.com", "is a path, and the service cannot read files here"),
        ("https:///a.png", "names no host"),
        ("https:/example.com", "names no host"),
        ("data:image/png;base64,AA==", "holds the file itself, and the service takes addresses"),
        ("https://example.com/my file.png", "holds a blank or a control character"),
        ("https://example.com/\\u0007", "holds a blank or a control character"),
    ],
)
def test_what_the_service_cannot_fetch_is_an_error(address: str, why: str) -> None:
    _, said, log = track(f'type: image, imageUrl: "{address}", {PLACE}, duration: 1s')
    assert said == [("error", "unfetchable-url", f'"{address}"')]
    shown = "imageUrl" if address in ("", "https://example.com/\\u0007") or address.startswith("data:") else address
    assert log.findings[0].words.message == f"`{shown}` {why}"


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8000", "127.0.0.1", "10.1.2.3", "192.168.0.9", "172.20.1.1", "[::1]:80", "nas.local"],
)
def test_an_address_of_this_machine_is_a_warning(host: str) -> None:
    spec, said, _ = top(f'callback: "http://{host}/done"')
    assert said == [("warning", "unfetchable-url", f'"http://{host}/done"')]
    assert spec.values["callback"] == f"http://{host}/done"


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ", "YouTube"),
        ("https://m.youtube.com/shorts/a", "YouTube"),
        ("https://youtu.be/aqz-KE-bpKQ", "YouTube"),
        ("https://drive.google.com/file/d/abc/view", "Google Drive"),
        ("https://vimeo.com/123456", "Vimeo"),
        ("https://www.dropbox.com/s/abc/a.mp4?dl=0", "Dropbox"),
        ("https://github.com/a/b/blob/main/a.mp4", "GitHub"),
        ("https://drive.google.com/uc?export=download&id=abc", ""),
        ("https://www.dropbox.com/s/abc/a.mp4?dl=1", ""),
        ("https://vimeo.com/about", ""),
        ("https://player.vimeo.com/external/1.mp4", ""),
        ("https://github.com/a/b/raw/main/a.mp4", ""),
        ("https://cdn.example.com/watch?v=5", ""),
    ],
)
def test_a_page_that_shows_a_file_is_not_the_file(address: str, whose: str) -> None:
    one, said, log = track(f'type: video, videoUrl: "{address}", {PLACE}')
    assert said == ([("warning", "not-a-file", f'"{address}"')] if whose else [])
    assert [found.words.message for found in log.findings] == (
        [f"`videoUrl` is a page of {whose}, and the service needs the file"] if whose else []
    )
    assert one.values["videoUrl"] == address


def test_a_public_address_that_looks_private_passes() -> None:
    assert top("callback: http://10.example.com/a")[1] == []
    assert top("callback: http://172.15.0.1/a")[1] == []


def test_the_services_own_host_is_no_place_for_a_callback() -> None:
    assert top("callback: https://app.colossyan.com/api/v1")[1] == [
        ("error", "wrong-host", "https://app.colossyan.com/api/v1")
    ]
    assert track(f"type: image, imageUrl: https://app.colossyan.com/a.png, {PLACE}, duration: 1s")[1] == []


# Fields that are missing, and fields that exclude one another


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (f"type: actor, speakerId: v1, text: Hi., {PLACE}", [("error", "missing-field", "actor")]),
        (f"type: actor, actor: '', speakerId: v1, text: Hi., {PLACE}", [("error", "empty-field", "''")]),
        (f"type: actor, actor: karen, speakerId: v1, {PLACE}", [("error", "missing-field", "actor")]),
        (f"type: actor, actor: karen, text: Hi., {PLACE}", [("warning", "missing-speaker", "actor")]),
        (f"type: actor, actor: karen, audioUrl: https://a.example/a.mp3, {PLACE}", []),
        (f"{ACTOR}audioUrl: https://a.example/a.mp3, {PLACE}", [("error", "text-and-audio", "audioUrl")]),
        (f"type: image, duration: 1s, {PLACE}", [("error", "missing-field", "image")]),
        (f"type: image, imageUrl: null, duration: 1s, {PLACE}", [("error", "missing-field", "null")]),
        (f"{IMAGE}duration: 1s, size: {{width: 1, height: 1}}", [("error", "missing-field", "image")]),
        (
            f"{IMAGE}duration: 1s, position: {{x: 1}}, size: {{width: 1, height: 1}}",
            [("error", "missing-field", "position")],
        ),
        (f"type: video, {PLACE}", [("error", "missing-field", "video")]),
        ("type: audio", [("warning", "missing-field", "audio")]),
        (f"type: text, {PLACE}", [("warning", "missing-field", "text")]),
        ("type: text, text: Hi.", [("warning", "missing-field", "text"), ("warning", "missing-field", "text")]),
        ("type: shape, color: red, sides: 5", []),
    ],
)
def test_what_a_track_needs(fields: str, said: list[Said]) -> None:
    assert track(fields)[1] == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("text: Hi.", ("error", "missing-field", "text")),
        ("type: null, text: Hi.", ("error", "missing-field", "null")),
        ("Type: image", ("error", "misspelled-property", "Type")),
        ("type: 5", ("error", "wrong-type", "5")),
        ("type: Actor", ("error", "unknown-track-type", "Actor")),
        ("type: vidoe", ("error", "unknown-track-type", "vidoe")),
        ("type: avatar", ("error", "unknown-track-type", "avatar")),
    ],
)
def test_a_track_without_a_sound_type_is_left_out(fields: str, said: Said) -> None:
    spec, found, _ = run(f"{HEAD}{{{fields}}}\n")
    assert found == [said]
    assert (spec.scenes[0].tracks, spec.scenes[0].tracks_missing) == ([], True)


@pytest.mark.parametrize(
    ("fields", "type"),
    [
        ("imageUrl: https://a.example/a.png", "image"),
        ("videoUrl: https://a.example/a.mp4", "video"),
        ("audioUrl: https://a.example/a.mp3", "audio"),
        ("audioUrl: https://a.example/a.mp3, actor: karen", "actor"),
        ("text: Hi.", "text"),
        ("text: Hi., speakerId: v1", "actor"),
        ("position: center", "actor"),
    ],
)
def test_a_track_without_a_type_is_told_the_one_of_its_fields(fields: str, type: str) -> None:
    _, _, log = run(f"{HEAD}{{{fields}}}\n")
    assert [found.words.help for found in log.findings] == [f"add `type: {type}`"]


def test_a_type_that_nobody_documented_passes_with_a_warning() -> None:
    one, said, _ = track("type: confetti, amount: [1, 2], startTimeGap: 1s, duration: 0")
    assert said == [("warning", "unknown-track-type", "confetti"), ("error", "bad-time", "0")]
    assert one.values == {"type": "confetti", "startTimeGap": 1000, "amount": [1, 2]}


@pytest.mark.parametrize("item", ["null", "Hello", "[]"])
def test_what_is_no_track_is_left_out(item: str) -> None:
    spec, said, _ = run(f"{HEAD}{item}\n")
    assert said == [("error", "wrong-type", item)]
    assert spec.scenes[0].tracks_missing


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("scenes: []\nsettings: {name: A, videoSize: {width: 1, height: 1}}", [("error", "no-scenes", "scenes")]),
        ("scenes: {}\nsettings: {name: A, videoSize: {width: 1, height: 1}}", [("error", "wrong-type", "{}")]),
        ("scenes: [5]\nsettings: {name: A, videoSize: {width: 1, height: 1}}", [("error", "wrong-type", "5")]),
        (
            "scenes: [{name: A}]\nsettings: {name: A, videoSize: {width: 1, height: 1}}",
            [("error", "missing-field", "name")],
        ),
        (
            "scenes: [{tracks: 5}]\nsettings: {name: A, videoSize: {width: 1, height: 1}}",
            [("error", "wrong-type", "5")],
        ),
        ("scenes: [{tracks: []}]\nsettings: {name: A, videoSize: {width: 1, height: 1}}", []),
        (
            "scenes: [{tracks: []}]\nsettings: {videoSize: {width: 1, height: 1}}",
            [("warning", "missing-name", "settings")],
        ),
        ("scenes: [{tracks: []}]\nsettings: {name: A}", [("error", "missing-field", "settings")]),
        ("scenes: [{tracks: []}]\nsettings: text", [("error", "wrong-type", "text")]),
        ("scenes: [{tracks: []}]", [("error", "missing-field", "scenes")]),
        (
            "sceens: [{tracks: []}]\nsettings: {name: A, videoSize: {width: 1, height: 1}}",
            [("error", "misspelled-property", "sceens")],
        ),
        ("{}", [("error", "missing-field", "{}"), ("error", "missing-field", "{}")]),
    ],
)
def test_what_a_spec_needs(text: str, said: list[Said]) -> None:
    assert run(text)[1] == said


@pytest.mark.parametrize(
    ("size", "said", "help"),
    [
        ("square", "square", "write `videoSize: {width: 1080, height: 1080}`"),
        ("1280x720", "1280x720", "write `videoSize: {width: 1280, height: 720}`"),
        ("16:9", "16:9", "write `videoSize: {width: 1920, height: 1080}`"),
        ("{type: portrait}", "videoSize", "write `videoSize: {width: 1080, height: 1920}`"),
        ("[1, 2]", "videoSize", "write `videoSize: {width: 1920, height: 1080}`"),
        ("{width: 0, height: 9}", "0", "write whole pixels, such as 1080"),
        ("{width: 9.5, height: 9}", "9.5", "write whole pixels, such as 1080"),
        ("{width: '9', height: 9}", "'9'", "write 9 without quotes"),
        ("{width: 9px, height: 9}", "9px", "write 9 without `px`"),
    ],
)
def test_a_video_size_is_a_width_and_a_height(size: str, said: str, help: str) -> None:
    _, found, log = run(f"scenes: [{{tracks: []}}]\nsettings: {{name: A, videoSize: {size}}}")
    assert found == [("error", "bad-video-size", said)]
    assert log.findings[0].words.help == help


def test_a_whole_float_is_a_size_in_a_spec() -> None:
    spec, said, _ = run("scenes: [{tracks: []}]\nsettings: {name: A, videoSize: {width: 9.0, height: 9}}")
    assert said == []
    assert repr(spec.settings["videoSize"]) == "{'width': 9, 'height': 9}"


# Enums, truths, transitions


@pytest.mark.parametrize(
    ("field", "severity"),
    [
        ("variant: bubbel", "error"),
        ("variant: wide", "error"),
        ("view: side", "warning"),
        ("view: fronts", "error"),
    ],
)
def test_words_that_are_none_of_the_documented(field: str, severity: str) -> None:
    one, said, _ = track(f"{ACTOR}{PLACE}, {field}")
    name, _, value = field.partition(": ")
    assert said == [(severity, "unknown-value", value)]
    assert (name in one.values) is (severity == "warning")


def test_a_transition_is_read() -> None:
    one, said, _ = scene("transition: {type: fade, duration: 500ms}")
    assert said == []
    assert one.values["transition"] == {"type": "fade", "duration": 500}
    assert (one.transition.type, one.transition.duration) == ("fade", 500)


@pytest.mark.parametrize(
    ("written", "said", "kept"),
    [
        ("{type: dissolve, duration: 1s}", [("warning", "unknown-value", "dissolve")], True),
        ("{type: fades, duration: 1s}", [("error", "unknown-value", "fades")], False),
        ("{type: fade}", [("warning", "missing-field", "transition")], True),
        ("{duration: 1s}", [("error", "missing-field", "transition")], False),
        ("{type: fade, duration: 0}", [("error", "bad-time", "0")], False),
        ("fade", [("error", "wrong-type", "fade")], False),
    ],
)
def test_a_transition_with_a_mistake(written: str, said: list[Said], kept: bool) -> None:
    one, found, _ = scene(f"transition: {written}")
    assert found == said
    assert (one.transition is not None, "transition" in one.values, "transition" in one.broken) == (
        kept,
        kept,
        not kept,
    )


@pytest.mark.parametrize(
    ("written", "help"),
    [("yes", "write `true` without quotes"), ("1", "write `removeBackground: true` or `removeBackground: false`")],
)
def test_a_truth_is_true_or_false(written: str, help: str) -> None:
    _, said, log = track(f"{ACTOR}{PLACE}, removeBackground: {written}")
    assert said == [("error", "wrong-type", written)]
    assert log.findings[0].words.help == help


# Keys that are no fields


@pytest.mark.parametrize(
    ("field", "said", "help"),
    [
        ("startTimegap: 1s", "misspelled-property", "write `startTimeGap`"),
        ("start_time_gap: 1s", "misspelled-property", "write `startTimeGap`"),
        ("star_time_gap: 1s", "misspelled-property", "write `startTimeGap`"),
        ("Duration: 1s", "misspelled-property", "write `duration`"),
        ("durations: 1s", "misspelled-property", "write `duration`"),
        ("intrinsic_duration: 1s", "misspelled-property", "write `intrinsicDuration`"),
        ("start: 1s", "invented-property", "write `startTimeGap`"),
        ("voice_id: v2", "invented-property", "remove it: `speakerId` is there too"),
        (
            "intrinsicDurationTrackReference: a",
            "misplaced-property",
            "give this track `referenceId: a`, and write `intrinsicDurationTrackReference: a` in the scene",
        ),
    ],
)
def test_a_key_that_is_nearly_a_field_is_an_error(field: str, said: str, help: str) -> None:
    name = field.partition(":")[0]
    one, found, log = track(f"{ACTOR}{PLACE}, {field}")
    assert found == [("error", said, name)]
    assert log.findings[0].words.help == help
    assert name not in one.values


@pytest.mark.parametrize(
    "kind", [f"type: text, text: Hi., {PLACE}", "type: audio, audioUrl: https://a.example/a.mp3", "type: shape"]
)
@pytest.mark.parametrize(
    ("field", "right"),
    [
        ("startGap: 1s", "startTimeGap"),
        ("start_gap: 1s", "startTimeGap"),
        ("startTime: 1s", "startTimeGap"),
        ("delay: 1s", "startTimeGap"),
        ("end-gap: 1s", "endTimeGap"),
        ("endTimegap: 1s", "endTimeGap"),
        ("length: 1s", "duration"),
        ("lenght: 1s", "duration"),
        ("duraton: 1s", "duration"),
        ("id: a", "referenceId"),
        ("reference_id: a", "referenceId"),
    ],
)
def test_the_times_and_names_of_every_track_are_checked(kind: str, field: str, right: str) -> None:
    name = field.partition(":")[0]
    one, said, log = track(f"{kind}, {field}")
    assert [(severity, text) for severity, _, text in said] == [("error", name)]
    assert log.findings[0].words.help == f"write `{right}`"
    assert one.broken == frozenset({name, right})
    assert name not in one.values


def test_seconds_are_no_mere_renaming() -> None:
    one, said, log = track(f"{IMAGE}{PLACE}, seconds: 3")
    assert said == [("error", "invented-property", "seconds")]
    assert log.findings[0].words.help == "write `duration`, with a unit: `duration: 3s`"
    assert log.findings[0].words.repairs == ()
    assert "duration" in one.broken


@pytest.mark.parametrize(
    ("field", "name", "help", "repaired"),
    [
        ("when: plan", "invented-property", "write `if`", True),
        ("If: plan", "invented-property", "write `if`", True),
        ("foreach: a in b", "invented-property", "write `for`", True),
        ("for each: [1, 2]", "invented-property", "write `for: x in list`", False),
        ("each: b", "invented-property", "write `for: x in list`", False),
        ("loop: a in b", "invented-property", "write `for`", True),
        ("repeat: b", "invented-property", "write `for: x in list`", False),
        ("component: card", "invented-property", "write `use`", True),
        ("template: card", "invented-property", "write `use`", True),
        ("with: {a: 1}", "invented-property", "it goes with `use`: add `use: NAME`", False),
    ],
)
def test_the_words_of_other_tools_are_told_those_of_the_language(
    field: str, name: str, help: str, repaired: bool
) -> None:
    key = field.partition(":")[0]
    for one, said, log in (scene(field), track(f"{IMAGE}{PLACE}, {field}")):
        assert said == [("error", name, key)]
        assert log.findings[0].words.help == help
        assert bool(log.findings[0].words.repairs) is repaired
        assert key not in one.values


@pytest.mark.parametrize("field", ["loop: true", "repeat: 3"])
def test_a_medium_may_have_a_loop(field: str) -> None:
    assert track(f"type: audio, audioUrl: https://a.example/a.mp3, {field}")[1] == []


def test_a_component_under_another_name_hides_what_it_would_bring() -> None:
    spec, said, _ = run("settings: {name: A, videoSize: {width: 1, height: 1}}\nscenes: [{component: a, with: {b: 1}}]")
    assert said == [("error", "invented-property", "component")]
    assert spec.scenes[0].tracks_missing
    spec, said, _ = run(f"{HEAD}{{template: a, with: {{b: 1}}}}\n")
    assert said == [("error", "invented-property", "template")]
    assert spec.scenes[0].tracks_missing


@pytest.mark.parametrize(
    ("field", "name", "help"),
    [
        ("length: 3s", "invented-property", "write `duration`"),
        ("seconds: 3", "invented-property", "write `duration`, with a unit: `duration: 3s`"),
    ],
)
def test_the_length_of_a_scene_under_another_name_counts_as_written(field: str, name: str, help: str) -> None:
    one, said, log = scene(field)
    assert said == [("error", name, field.partition(":")[0])]
    assert log.findings[0].words.help == help
    assert "duration" in one.broken


def test_a_language_belongs_to_a_scene() -> None:
    _, said, log = track(f"{ACTOR}{PLACE}, language: en")
    assert said == [("error", "misplaced-property", "language")]
    assert log.findings[0].words.help == "write it on the scene, or at the top"


def test_a_transition_belongs_to_a_scene() -> None:
    spec, said, log = run(f"{HEAD}{{{ACTOR}{PLACE}}}\n".replace("name: Demo", "name: Demo, transition: fade"))
    assert said == [("error", "misplaced-property", "transition")]
    assert log.findings[0].words.help == "write it in each scene that it leads out of"
    assert "transition" not in spec.settings


def test_a_job_may_have_all_of_these_as_properties_of_its_own() -> None:
    more = "when: x, foreach: y, loop: z, component: c, with: 1, length: 4, seconds: 4, id: a, language: en, acter: b"
    one, said, _ = job(f"{ACTOR}{PLACE}, {more}")
    assert {(severity, name) for severity, name, _ in said} == {("warning", "undocumented-property")}
    assert [text for _, _, text in said] == [name for name in one.values if name in more]
    assert len(said) == 10


@pytest.mark.parametrize(("fields", "wrong"), [(ACTOR + "acter: karen, ", "acter"), (ACTOR + "textt: Hi., ", "textt")])
def test_a_slip_beside_the_right_name_is_no_property_of_its_own(fields: str, wrong: str) -> None:
    _, said, log = track(fields + PLACE)
    right = "actor" if wrong == "acter" else "text"
    assert said == [("error", "misspelled-property", wrong)]
    assert log.findings[0].words.help == f"remove it: `{right}` is there too"


@pytest.mark.parametrize("field", ["sizes: 1", "side: left", "views: 2"])
def test_a_plural_or_another_short_word_is_a_property_of_its_own(field: str) -> None:
    name = field.partition(":")[0]
    assert track(f"{ACTOR}{PLACE}, view: front, {field}")[1] == [("warning", "undocumented-property", name)]


# Keys without a value


@pytest.mark.parametrize(
    ("fields", "key", "help", "broken"),
    [
        ("position: {x:100, y:50}, size: {width: 1, height: 1}", "x:100", "write `x: 100, y: 50`", "position"),
        ("position: {x: 100, y:50}, size: {width: 1, height: 1}", "y:50", "write `y: 50`", "position"),
        ("position: {x: 1, y: 5}, size: {width:1, height: 1}", "width:1", "write `width: 1`", "size"),
        (f"{PLACE}, duration:5s", "duration:5s", "write `duration: 5s`", "duration"),
    ],
)
def test_a_key_that_runs_into_its_value_is_one_mistake(fields: str, key: str, help: str, broken: str) -> None:
    one, said, log = track(f"{ACTOR}{fields}")
    assert said == [("error", "missing-blank", key)]
    assert log.findings[0].words.message == f"`{key}`: a blank is missing after the colon"
    assert log.findings[0].words.help == help
    assert broken in one.broken
    assert broken not in one.values


@pytest.mark.parametrize(
    ("written", "right", "key"),
    [
        ("videoSize: {width: 1920, height: 1080}", "videoSize: {width:1920, height:1080}", "width:1920"),
        ("name: Demo", "name:Demo", "name:Demo"),
        ("type: actor", "type:actor", "type:actor"),
    ],
)
def test_a_missing_blank_is_found_everywhere_and_can_be_put_in(written: str, right: str, key: str) -> None:
    text = f"{HEAD}{{{ACTOR}{PLACE}}}\n"
    slipped = text.replace(written, right)
    _, said, log = run(slipped)
    assert said == [("error", "missing-blank", key)]
    (repair,) = log.findings[0].words.repairs
    for edit in sorted(repair.edits, key=lambda edit: -edit.span.start):
        slipped = slipped[: edit.span.start] + edit.text + slipped[edit.span.end :]
    assert slipped == text


@pytest.mark.parametrize(
    ("fields", "key", "help", "broken"),
    [
        ("position: {x: 0, y: 0}, size: {width: 1,000, height: 200}", "000", "write `width: 1000`", "size"),
        ("position: {x: -1,5, y: 0}, size: {width: 1, height: 200}", "5", "write `x: -1.5`", "position"),
        (f"{PLACE}, duration: 1,500", "500", "write `duration: 1500`", "duration"),
        (f"{PLACE}, duration: 1,5s", "5s", "write `duration: 1.5s`", "duration"),
    ],
)
def test_a_comma_in_a_number_is_one_mistake(fields: str, key: str, help: str, broken: str) -> None:
    one, said, log = track(f"{ACTOR}{fields}")
    assert said == [("error", "split-number", key)]
    assert log.findings[0].words.help == help
    assert broken in one.broken
    assert broken not in one.values


def test_a_word_without_a_value_does_not_vanish_silently() -> None:
    one, said, _ = track(f"{ACTOR}{PLACE}, looped")
    assert said == [("warning", "lone-key", "looped")]
    assert "looped" not in one.values
    assert scene("mood:")[1] == [("warning", "lone-key", "mood")]


def test_a_misspelled_key_can_be_repaired_in_its_quotes() -> None:
    _, _, log = track(f'{ACTOR}{PLACE}, "start_time_gap": 1s')
    (repair,) = log.findings[0].words.repairs
    assert (repair.title, repair.edits[0].span.text, repair.edits[0].text) == (
        "write `startTimeGap`",
        '"start_time_gap"',
        '"startTimeGap"',
    )


def test_what_a_misspelled_key_stands_for_is_not_also_missing() -> None:
    one, said, _ = track(f"type: image, imageURL: https://a.example/a.png, {PLACE}, duration: 1s")
    assert said == [("error", "misspelled-property", "imageURL")]
    assert one.broken == frozenset({"imageURL", "imageUrl"})


def test_a_property_that_nobody_documented_passes_with_a_warning() -> None:
    one, said, _ = track(f"{ACTOR}{PLACE}, opacity: {{from: 0, to: [1, null]}}")
    assert said == [("warning", "undocumented-property", "opacity")]
    assert one.values["opacity"] == {"from": 0, "to": [1, None]}


def test_of_very_many_properties_the_last_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vidc.passes.check.scope.MAX_STRAYS", 2)
    one, said, _ = track(f"{ACTOR}{PLACE}, glow: [a], opacity: 1, rotaton: 5, blur: null")
    assert said == [("warning", "undocumented-property", "glow"), ("warning", "undocumented-property", "opacity")]
    assert {name: one.values.get(name) for name in ("opacity", "rotaton", "blur")} == {
        "opacity": 1, "rotaton": 5, "blur": None,
    }  # fmt: skip
    assert [said for _, said, _ in run(f"{HEAD}{{{ACTOR}{PLACE}}}\nx-a: 1\nb: 1\nx-c: 1\nd: 1\n")[1]].count(
        "unknown-key"
    ) == 2


def test_an_address_that_no_server_reads_is_an_error() -> None:
    address = "https://a.example/" + "a" * 8_000
    _, said, log = track(f"type: image, imageUrl: {address}, {PLACE}")
    assert said == [("error", "unfetchable-url", address)]
    assert log.findings[0].words.message == f"`{address[:60]}` is longer than 8,000 characters"


def test_beside_the_right_name_a_near_one_is_a_property_of_its_own() -> None:
    assert track(f"{ACTOR}{PLACE}, views: [a], view: front")[1] == [("warning", "undocumented-property", "views")]


def test_the_properties_of_a_text_are_its_own() -> None:
    one, said, _ = track(f"type: text, text: Roses, {PLACE}, fontSize: 48, color: red, align: left, volume: 3")
    assert said == []
    assert (
        one.values
        == {"type": "text", "text": "Roses", "fontSize": 48, "color": "red", "align": "left", "volume": 3} | PLACED
    )


def test_extra_is_merged_untouched() -> None:
    one, said, _ = track(f"{ACTOR}{PLACE}, extra: {{mood: calm, when: 2s, deep: {{a: null}}}}")
    assert said == []
    assert (one.values["mood"], one.values["when"], one.values["deep"]) == ("calm", "2s", {"a": None})
    assert "extra" not in one.values


def test_extra_holds_nothing_that_is_checked_elsewhere() -> None:
    one, said, log = track(f"{ACTOR}{PLACE}, opacity: 1, extra: {{opacity: 2, duration: 5, mood: calm}}")
    assert said == [
        ("warning", "undocumented-property", "opacity"),
        ("error", "extra-clash", "opacity"),
        ("error", "extra-clash", "duration"),
    ]
    assert [label.span.text for label in log.findings[1].words.labels] == ["opacity"]
    assert (one.values["opacity"], one.values["mood"], "duration" in one.values) == (1, "calm", False)


def test_extra_stands_in_scenes_and_settings_too() -> None:
    one, said, _ = scene("extra: {mood: calm}")
    assert (one.values, said) == ({"mood": "calm"}, [])
    spec, said, _ = run(
        "scenes: [{tracks: []}]\nsettings: {name: A, extra: {fps: 30}, videoSize: {width: 9, height: 9}}"
    )
    assert (spec.settings["fps"], said) == (30, [])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("x-notes: {a: [b]}", []),
        ("x-scenes: [a]", []),
        ("$schema: vidc.schema.json", []),
        ("variables: {a: b}\ncomponents: {c: {tracks: []}}\ndefaults: {}\ninclude: []", []),
        ("vidc: 1", []),
        ("vidc: 2", [("error", "wrong-type", "2")]),
        ("palette: [red]", [("error", "unknown-key", "palette")]),
        ("setings: {}", [("error", "misspelled-property", "setings")]),
        ("dynamic_variables: {a: b}", [("error", "misspelled-property", "dynamic_variables")]),
        ("webhook_url: https://a.example", [("error", "invented-property", "webhook_url")]),
        ("callbackUrl: https://a.example", [("error", "invented-property", "callbackUrl")]),
        ("name: Demo", [("error", "misplaced-property", "name")]),
        ("tracks: []", [("error", "misplaced-property", "tracks")]),
        ("title: Demo", [("error", "invented-property", "title")]),
        ("status: done", [("error", "answer-property", "status")]),
        ("videoUrl: https://a.example/a.mp4", [("error", "answer-property", "videoUrl")]),
    ],
)
def test_keys_at_the_top(fields: str, said: list[Said]) -> None:
    assert top(fields)[1] == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("settings: {videoSize: {width: 1, height: 1}}", [("error", "misplaced-property", "settings")]),
        ("reference: speech", [("error", "invented-property", "reference")]),
        ("intrinsicDurationTrackRefrence: a", [("error", "misspelled-property", "intrinsicDurationTrackRefrence")]),
        ("startTimeGap: 1s", [("error", "misplaced-property", "startTimeGap")]),
        ("mood: calm", [("warning", "undocumented-property", "mood")]),
        ("language: pt-BR", []),
        ("language: portuguese", [("error", "wrong-type", "portuguese")]),
    ],
)
def test_keys_of_a_scene(fields: str, said: list[Said]) -> None:
    assert scene(fields)[1] == said


def test_the_language_is_kept_and_not_sent() -> None:
    spec, said, _ = top("language: de")
    assert (spec.language, spec.values, said) == ("de", {}, [])
    one, _, _ = scene("language: pt-BR")
    assert (one.language, one.values) == ("pt-BR", {})


# Service variables, callbacks, templates


def test_service_variables_are_texts() -> None:
    spec, said, _ = top("dynamicVariables: {a: Pro, b: 5, c: 1.50, d: true, e: ''}")
    assert said == []
    assert spec.dynamic_variables == {"a": "Pro", "b": "5", "c": "1.50", "d": "true", "e": ""}
    assert spec.values == {"dynamicVariables": spec.dynamic_variables}


@pytest.mark.parametrize(("value", "told"), [("null", "null"), ("[1]", "a"), ("{a: b}", "a")])
def test_a_service_variable_that_is_no_text_is_left_out(value: str, told: str) -> None:
    spec, said, _ = top(f"dynamicVariables: {{a: {value}, b: c}}")
    assert said == [("error", "wrong-type", told)]
    assert (spec.dynamic_variables, spec.broken) == ({"b": "c"}, frozenset({"dynamicVariables.a"}))


def test_a_jobs_service_variables_pass_as_they_are() -> None:
    text = "videoCreative: {settings: {name: A, videoSize: {width: 1, height: 1}}, scenes: [{tracks: []}]}\n"
    spec, said, _ = run(text + "dynamicVariables: {a: 5, b: true, c: d}", literal=True)
    assert said == [("warning", "untyped-variable", "5"), ("warning", "untyped-variable", "true")]
    assert spec.dynamic_variables == {"a": 5, "b": True, "c": "d"}


def test_a_payload_passes_as_it_is() -> None:
    spec, said, _ = top("callback: https://a.example/a\ncallbackPayload: {id: [1, null], when: 2s}")
    assert said == []
    assert spec.values["callbackPayload"] == {"id": [1, None], "when": "2s"}


def test_a_template_job() -> None:
    spec, said, _ = run("templateJobId: 5f0c\ncallback: https://a.example/a\nlanguage: en\nx-mine: 1")
    assert said == []
    assert (spec.kind, spec.literal, spec.scenes, spec.settings) == ("template", False, [], {})
    assert spec.values == {"templateJobId": "5f0c", "dynamicVariables": {}, "callbackUrl": "https://a.example/a"}


def test_a_template_jobs_own_request_is_taken_as_it_is() -> None:
    spec, said, _ = run(
        "{templateJobId: a, dynamicVariables: {n: 5}, callbackUrl: null, callbackPayload: null}", literal=True
    )
    assert said == [("warning", "untyped-variable", "5")]
    assert spec.literal
    assert spec.values == {
        "templateJobId": "a",
        "dynamicVariables": {"n": 5},
        "callbackUrl": None,
        "callbackPayload": None,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("templateId: a", [("error", "invented-property", "templateId")]),
        ("template_job_id: a", [("error", "invented-property", "template_job_id")]),
        ("templateJobId: ''", [("error", "empty-field", "''")]),
        ("templateJobId: [a]", [("error", "wrong-type", "[a]")]),
        ("templateJobId: a\nscenes: []", [("error", "template-with-scenes", "scenes")]),
        ("templateJobId: a\nscenes: null", []),
        (
            "templateJobId: a\ncallback: https://a.example/a\ncallbackUrl: https://a.example/a",
            [("error", "misspelled-property", "callback")],
        ),
        ("templateJobId: a\npalette: 1", [("error", "unknown-key", "palette")]),
    ],
)
def test_a_template_job_with_a_mistake(text: str, said: list[Said]) -> None:
    assert run(text)[1] == said


@pytest.mark.parametrize(
    ("beside", "names"),
    [("variables: {a: b}", ["variables"]), ("vidc: 1\nlanguage: en", ["vidc", "language"]), ("scenes: []", ["scenes"])],
)
def test_a_job_beside_vidcs_own_keys_says_which(beside: str, names: list[str]) -> None:
    creative = "videoCreative: {settings: {name: A, videoSize: {width: 1, height: 1}}, scenes: [{tracks: []}]}"
    _, said, log = run(f"{creative}\n{beside}")
    assert said == [("error", "mixed-forms", "videoCreative")]
    assert [label.span.text for label in log.findings[0].words.labels] == names


def test_a_mixture_is_read_on_so_that_its_other_mistakes_show() -> None:
    _, said, _ = run(
        "vidc: 1\nvideoCreative: {settings: {name: A, videoSize: {width: 1, height: 1}}, scenes: [{tracks: 5}]}"
    )
    assert said == [("error", "mixed-forms", "videoCreative"), ("error", "wrong-type", "5")]


# What is not known yet


def unknowing(text: str) -> tuple[Spec, list[str]]:
    """Check a spec in which every scalar with `?` has no value yet: it keeps the rest of its text."""
    log = Log()

    def blur(node: Node) -> Node:
        match node:
            case Scalar(value=str(value)) if "?" in value:
                return replace(node, value=value.replace("?", "") or None, unknown=True)
            case Mapping():
                return replace(node, entries={name: (key, blur(item)) for name, (key, item) in node.entries.items()})
            case Sequence():
                return replace(node, items=[blur(item) for item in node.items])
        return node

    tree = parse(Source("t.vidc.yaml", text), log)
    assert tree is not None
    return check(blur(tree), log, literal=False), [finding.name for finding in log.findings]


@pytest.mark.parametrize(
    "fields",
    [
        "type: '?', mood: 1",
        "type: actor, actor: '?', speakerId: '?', text: '?', position: '?', size: {width: '?', height: 1}, view: '?'",
        f"{ACTOR}{PLACE}, duration: '?', startTimeGap: '?s', intrinsicDuration: [1s, '?', inf], extra: '?'",
        f"{ACTOR}position: center, size: {{width: '?', height: 1}}, removeBackground: '?', rotation: '?'",
        f"type: image, imageUrl: 'https://?', {PLACE}, extra: {{a: ['?']}}",
    ],
)
def test_nothing_is_said_of_what_is_not_known(fields: str) -> None:
    spec, said = unknowing(f"{HEAD}{{{fields}}}\n")
    assert said == []
    assert spec.unknown


def test_the_known_parts_of_a_script_are_kept() -> None:
    spec, _ = unknowing(f"{HEAD}{{type: actor, actor: karen, speakerId: v1, text: 'Hello ?.', {PLACE}}}")
    (one,) = spec.scenes[0].tracks
    assert (one.text, one.text_known, one.broken, one.values["text"]) == ("Hello .", False, frozenset(), "Hello .")


@pytest.mark.parametrize(
    "text",
    [
        "settings: '?'\nscenes: '?'",
        "settings: {name: '?', videoSize: '?', alphaChannel: '?'}\nscenes: ['?', {tracks: '?'}, {tracks: ['?']}]",
        "settings: {name: A, videoSize: {width: '?', height: 1}}\nscenes: [{tracks: [], transition: '?', name: '?'}]",
        "templateJobId: '?'\ndynamicVariables: {a: '?'}\ncallback: '?'\ncallbackPayload: {a: '?'}",
    ],
)
def test_nothing_is_said_of_parts_that_are_not_known(text: str) -> None:
    spec, said = unknowing(text)
    assert said == []
    assert spec.unknown


def test_an_unknown_service_variable_is_there_and_its_value_is_not_known() -> None:
    spec, _ = unknowing("templateJobId: a\ndynamicVariables: {a: 'Dr ?', b: c}")
    assert spec.dynamic_variables == {"a": "Dr ", "b": "c"}
    assert spec.broken == frozenset({"dynamicVariables.a"})


def test_a_spec_that_is_whole_is_not_unknown() -> None:
    assert not top("language: en")[0].unknown


# Places of findings


def test_a_finding_says_where_it_is_and_through_what_it_came() -> None:
    log = Log()
    source = Source("t.vidc.yaml", f"{HEAD}{{{ACTOR}position: {{x: no, y: 0}}, size: {{width: 1, height: 1}}}}\n")
    tree = parse(source, log)
    assert tree is not None
    scenes = tree.entries["scenes"][1]
    assert isinstance(scenes, Sequence)
    via = (Via("in turn 2 of `for: a in b`", scenes.span),)
    assert isinstance(scenes.items[0], Mapping)
    inner = scenes.items[0].entries["tracks"][1]
    assert isinstance(inner, Sequence)
    assert isinstance(inner.items[0], Mapping)
    inner.items[0] = replace(inner.items[0], via=via)
    check(tree, log, literal=False)
    (found,) = log.findings
    assert (found.span.text, found.words.at.path, found.words.at.via) == ("no", "scenes[0].tracks[0]", via)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("settings: {name: [], videoSize: {width: 1, height: 1}}\nscenes: [{tracks: []}]", "settings"),
        ("settings: {name: A, videoSize: {width: x, height: 1}}\nscenes: [{tracks: []}]", "settings"),
        (
            "settings: {name: A, videoSize: {width: 1, height: 1}}\nscenes: [{tracks: []}, {tracks: [], name: []}]",
            "scenes[1]",
        ),
    ],
)
def test_a_path_says_what_a_finding_speaks_of(text: str, path: str) -> None:
    _, _, log = run(text)
    assert [found.words.at.path for found in log.findings] == [path]


def test_one_broken_scene_hides_no_other() -> None:
    spec, said, log = run(
        "settings: {name: A, videoSize: {width: 1, height: 1}}\nscenes:\n"
        "  - 5\n  - {tracks: [7, {type: shape}], duration: x}\n  - {tracks: [], name: []}\n"
    )
    assert [text for _, _, text in said] == ["5", "x", "7", "[]"]
    assert [found.words.at.path for found in log.findings] == [
        "scenes[0]",
        "scenes[1]",
        "scenes[1].tracks[0]",
        "scenes[2]",
    ]
    assert spec.scenes_missing
    assert [(one.index, [each.index for each in one.tracks], one.tracks_missing) for one in spec.scenes] == [
        (1, [1], True),
        (2, [], False),
    ]


# Any tree

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["2s", "5%", "center"]),
)
NAMES = [
    "settings",
    "scenes",
    "tracks",
    "type",
    "name",
    "duration",
    "position",
    "size",
    "x",
    "y",
    "width",
    "height",
    "text",
    "actor",
    "speakerId",
    "audioUrl",
    "imageUrl",
    "videoUrl",
    "videoSize",
    "transition",
    "extra",
    "intrinsicDuration",
    "dynamicVariables",
    "callback",
    "callbackPayload",
    "templateJobId",
    "callbackUrl",
    "videoCreative",
    "language",
    "vidc",
    "x-a",
    "script",
    "avatar",
    "status",
    "start_time_gap",
    "summary",
    "input",
]
keys = st.sampled_from(NAMES) | st.text(max_size=5)
plain = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6), max_leaves=30
)
types = st.sampled_from(["actor", "image", "video", "audio", "text", "shape", "Actor", "confetti"])
tracks = st.lists(
    st.builds(lambda kind, rest: {**rest, "type": kind}, types, st.dictionaries(keys, plain, max_size=6)), max_size=3
)
scenes = st.lists(
    st.builds(lambda some, rest: {**rest, "tracks": some}, tracks, st.dictionaries(keys, plain, max_size=4)), max_size=3
)
specs = st.builds(
    lambda some, rest: {**rest, "scenes": some}, scenes, st.dictionaries(keys, plain, max_size=5)
) | st.dictionaries(keys, plain)


def grown(value: Any, source: Source) -> Node:
    if isinstance(value, dict):
        return Mapping({k: (Scalar(k, source, 0, 1), grown(v, source)) for k, v in value.items()}, source, 0, 5)
    if isinstance(value, list):
        return Sequence([grown(item, source) for item in value], source, 0, 5)
    return Scalar(value, source, 0, 3)


@given(specs | plain, st.booleans())
def test_any_tree_gives_a_spec(value: Any, literal: bool) -> None:
    log = Log()
    spec = check(grown(value, Source("t", "never")), log, literal=literal)
    assert isinstance(spec, Spec)
    assert spec.scenes or spec.scenes_missing or "scenes" in spec.broken or spec.kind == "template"
