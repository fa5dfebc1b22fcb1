"""What is hardly meant: sizes that lost their `%`, files of another kind, tracks of another type, names swapped."""

from __future__ import annotations

import pytest

from vidc.compile import compile
from vidc.diag.edits import applied
from vidc.diag.finding import Finding
from vidc.source import Source

HEAD = "language: en\nsettings: {name: Demo, videoSize: {width: 1920, height: 1080}}\nscenes:\n  - duration: 3s\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 400, height: 400}"
IMAGE = "type: image, imageUrl: https://cdn.example.com/a.png, "
FILM = "type: video, videoUrl: https://cdn.example.com/a.mp4, intrinsicDuration: 3s, "
SPOKEN = "type: actor, actor: karen, audioUrl: https://cdn.example.com/a.mp3, intrinsicDuration: 3s, "
TEXT = "type: text, text: Hello., "
SHARE = f"{IMAGE}position: {{x: 5%, y: 0}}, size: {{width: 300, height: 300}}"


def spec(*tracks: str) -> str:
    return f"{HEAD}    tracks:\n" + "".join(f"      - {{{track}}}\n" for track in tracks)


def job(track: str) -> str:
    """The same in a job that is taken literally, without what only a spec may hold."""
    lines = spec(track).replace("language: en\n", "").replace("3s", "3000").splitlines()
    return "videoCreative:\n" + "".join(f"  {line}\n" for line in lines)


def told(text: str) -> list[Finding]:
    made = compile(Source("spec.vidc.yaml", text), draft=True)
    return [finding for finding in made.findings if finding.severity != "note"]


def errors(text: str) -> list[Finding]:
    return [finding for finding in told(text) if finding.severity == "error"]


def helps(text: str) -> list[tuple[str, str]]:
    return [(finding.name, finding.words.help) for finding in told(text)]


@pytest.mark.parametrize(
    ("track", "meant"),
    [
        (f"{IMAGE}position: {{x: 0, y: 0}}, size: {{width: 20, height: 5%}}", "`20%`"),
        (f"{IMAGE}position: {{x: 0, y: 0}}, size: {{width: 100, height: 5%}}", "`100%`"),
        (f"{TEXT}position: {{x: 0, y: 0}}, size: {{width: 90%, height: 15}}", "`15%`"),
        (f"{TEXT}position: {{x: 0, y: 0}}, size: {{width: 90, height: 15}}", "`90%` and `15%`"),
        (f"{SPOKEN}position: {{x: 0, y: 0}}, size: {{width: 50, height: 90}}", "`50%` and `90%`"),
        (f"{FILM}position: {{x: 0, y: 0}}, size: {{width: 100, height: 100}}", "`100%` and `100%`"),
        (f"{IMAGE}position: {{x: 0, y: 0}}, size: {{width: 15, height: 15}}", "`15%` and `15%`"),
    ],
)
def test_pixels_that_were_meant_in_percent_are_doubted(track: str, meant: str) -> None:
    assert helps(spec(track, SHARE)) == [("tiny-size", f"did you mean {meant}?")]


@pytest.mark.parametrize(
    "size",
    [
        "{width: 19, height: 5%}",
        "{width: 101, height: 5%}",
        "{width: 100%, height: 4}",
        "{width: 64, height: 64}",
        "{width: 100, height: 100}",
        "{width: 400, height: 2}",
        "{width: 40, height: 100%}",
    ],
)
def test_lines_bands_and_icons_are_not_doubted(size: str) -> None:
    assert told(spec(f"{IMAGE}position: {{x: 0, y: 0}}, size: {size}", SHARE)) == []


@pytest.mark.parametrize("track", [TEXT, FILM, SPOKEN])
def test_what_is_seen_or_read_in_a_band_as_high_as_the_video_is_wider(track: str) -> None:
    found = helps(spec(f"{track}position: {{x: 0, y: 0}}, size: {{width: 40, height: 100%}}"))
    assert found == [("tiny-size", "did you mean `40%`?")]


@pytest.mark.parametrize(
    ("position", "size", "meant"),
    [
        ("{x: 5%, y: 82}", "{width: 90%, height: 12%}", "`82%`"),
        ("{x: 88, y: 5%}", "{width: 10%, height: 12%}", "`88%`"),
        ("{x: 5%, y: 60}", "{width: 90%, height: 12%}", ""),
        ("{x: 5%, y: 50}", "{width: 90%, height: 45%}", ""),
        ("{x: 5%, y: 95}", "{width: 90%, height: 12%}", ""),
        ("{x: 5%, y: 82}", "{width: 900, height: 12%}", ""),
        ("{x: center, y: 82}", "{width: 90%, height: 12%}", ""),
    ],
)
def test_a_place_beside_percentages_is_doubted_where_it_would_end_near_the_edge(
    position: str, size: str, meant: str
) -> None:
    track = f"{IMAGE}position: {position}, size: {size}"
    assert helps(spec(track)) == ([("tiny-size", f"did you mean {meant}?")] if meant else [])


@pytest.mark.parametrize(("x", "doubted"), [("420.25", False), ("420", True), ("0", True), ("0.2", True)])
def test_a_fraction_beside_a_fraction_of_many_pixels_was_exported_so(x: str, doubted: bool) -> None:
    found = told(spec(f"{IMAGE}position: {{x: {x}, y: 0.4}}, size: {{width: 400, height: 400}}"))
    assert [one.name for one in found] == (["tiny-size"] if doubted else [])


def test_a_spec_without_percentages_is_drawn_in_pixels() -> None:
    small = f"{TEXT}position: {{x: 0, y: 0}}, size: {{width: 9, height: 9}}"
    assert told(spec(small)) == []
    assert told(job(small)) == []


def test_a_size_that_all_turns_of_a_loop_share_is_doubted_once() -> None:
    looped = f"for: n in [1, 2, 3], {TEXT}position: {{x: 5%, y: 0}}, size: {{width: 90, height: 12}}"
    assert helps(spec(looped.replace("n in [1, 2, 3]", '"n in [1, 2, 3]"'))) == [
        ("tiny-size", "did you mean `90%` and `12%`?")
    ]


@pytest.mark.parametrize(
    ("field", "address", "help"),
    [
        ("image", "a.mp4", "write `type: video` and `videoUrl`, or the address of another file"),
        ("image", "a.webm?v=2#t=1", "write `type: video` and `videoUrl`, or the address of another file"),
        ("image", "a.MP3", "write `{type: audio, audioUrl: ...}`, without `position` and `size`"),
        ("image", "slides.pptx", "export it as a picture, and write the address of that"),
        ("video", "a.svg", "write `type: image` and `imageUrl`, or the address of another file"),
        ("video", "deck.pdf", "export it as a video, and write the address of that"),
        ("audio", "a.jpeg", "write the address of a sound"),
        ("image", "a.gif", ""),
        ("image", "a", ""),
        ("image", "a.v2/latest", ""),
        ("image", "get?file=a.mp4", ""),
        ("audio", "a.mp4", ""),
        ("audio", "a.webm", ""),
        ("video", "a.unknown", ""),
    ],
)
def test_a_file_is_of_the_kind_that_its_field_says(field: str, address: str, help: str) -> None:
    place = "" if field == "audio" else PLACE
    length = "" if field == "image" else "intrinsicDuration: 3s, "
    found = helps(spec(f'type: {field}, {field}Url: "https://cdn.example.com/{address}", {length}{place}'))
    assert found == ([("wrong-medium", help)] if help else [])


def test_a_host_is_no_file() -> None:
    assert told(spec(f"type: image, imageUrl: https://example.mov, {PLACE}")) == []


def test_the_service_fills_no_addresses() -> None:
    text = spec(f'type: image, imageUrl: "https://cdn.example.com/{{plan}}.png", {PLACE}')
    assert [(one.name, one.severity, one.words.message, one.words.help) for one in told(text)] == [
        (
            "unfetchable-url",
            "warning",
            "`imageUrl` holds `{plan}`, and the service is documented to fill texts alone",
            "write `<plan>`, with a value under `variables`",
        )
    ]


@pytest.mark.parametrize(
    ("track", "type", "meant"),
    [
        (f"type: image, videoUrl: https://cdn.example.com/a.mp4, {PLACE}", "image", "video"),
        (f"type: image, videoUrl: https://cdn.example.com/a, intrinsicDuration: 3s, {PLACE}", "image", "video"),
        (f"type: video, imageUrl: https://cdn.example.com/a.png, {PLACE}", "video", "image"),
        ("type: video, audioUrl: https://cdn.example.com/a.mp3", "video", "audio"),
        (f"type: audio, videoUrl: https://cdn.example.com/a.mp4, {PLACE}", "audio", "video"),
        (f"type: actor, imageUrl: https://cdn.example.com/a.png, {PLACE}", "actor", "image"),
        (f"type: text, imageUrl: https://cdn.example.com/a, {PLACE}", "text", "image"),
        (f"type: text, actor: karen, speakerId: v1, text: Hello there., {PLACE}", "text", "actor"),
        (f"type: audio, actor: karen, speakerId: v1, text: Hello there., {PLACE}", "audio", "actor"),
    ],
)
def test_a_track_of_the_wrong_type_is_one_mistake_and_its_repair_mends_it(track: str, type: str, meant: str) -> None:
    text = spec(track)
    (finding,) = errors(text)
    assert (finding.name, finding.words.help) == ("misplaced-property", f"write `type: {meant}`")
    (repair,) = finding.words.repairs
    after = applied(text, list(repair.edits))
    assert after == text.replace(f"type: {type}", f"type: {meant}")
    assert errors(after) == []


def test_where_the_field_may_be_the_wrong_one_nothing_is_repaired() -> None:
    (finding,) = errors(spec(f"type: image, videoUrl: https://cdn.example.com/a, {PLACE}"))
    assert (finding.words.help, finding.words.repairs) == ("write `imageUrl`, or `type: video`", ())


def test_where_the_file_is_of_the_type_the_field_is_renamed() -> None:
    text = spec(f"type: image, videoUrl: https://cdn.example.com/a.png, {PLACE}")
    (finding,) = told(text)
    assert finding.words.help == "write `imageUrl`"
    (repair,) = finding.words.repairs
    assert told(applied(text, list(repair.edits))) == []


def test_a_type_that_a_variable_gives_is_not_repaired_where_it_is_used() -> None:
    text = spec(f"type: <kind>, videoUrl: https://cdn.example.com/a.mp4, {PLACE}")
    (finding,) = errors(f"variables: {{kind: image}}\n{text}")
    assert (finding.words.help, finding.words.repairs) == ("write `type: video`", ())


@pytest.mark.parametrize(
    "track",
    [
        f"type: text, actor: karen, text: Hello there., {PLACE}",
        f"type: text, imageUrl: https://cdn.example.com/a.png, {PLACE}",
        "type: audio, videoUrl: https://cdn.example.com/a.mp4",
        f"{SPOKEN.replace('audioUrl', 'audio').replace('intrinsicDuration: 3s, ', '')}text: Hello there., "
        f"speakerId: v1, {PLACE}",
    ],
)
def test_a_job_may_have_properties_that_nobody_documented(track: str) -> None:
    assert errors(job(track)) == []


@pytest.mark.parametrize("name", ["background", "backgroundColor", "background_image", "bg"])
def test_a_background_is_told_to_be_an_image(name: str) -> None:
    text = spec(f"{IMAGE}{PLACE}").replace("    tracks", f"    {name}: white\n    tracks")
    ((found, help),) = helps(text)
    assert (found, help) == (
        "undocumented-property",
        "a background is the first of the `tracks`: write `- {type: image, imageUrl: https://..., "
        "position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}`",
    )


@pytest.mark.parametrize(
    ("place", "help"),
    [
        ("position: {left: 1, top: 2}, size: {width: 400, height: 400}", "write `{x: 1, y: 2}`"),
        ("position: {x: 0, y: 0}, size: {w: 30%, h: 40%}", "write `{width: 30%, height: 40%}`"),
        ("position: {x: 0, y: 0}, size: {h: 40%, w: 30%}", "write `{height: 40%, width: 30%}`"),
        ("position: {x: 0, y: 0}, size: {x: 30%, y: 40%}", "write `{width: 30%, height: 40%}`"),
        ("position: {width: 1, height: 2}, size: {width: 400, height: 400}", "write `{x: 1, y: 2}`"),
    ],
)
def test_two_names_of_another_tool_are_one_mistake(place: str, help: str) -> None:
    text = spec(f"{IMAGE}{place}")
    (finding,) = told(text)
    assert (finding.name, finding.words.help) == ("invented-property", help)
    (repair,) = finding.words.repairs
    assert told(applied(text, list(repair.edits))) == []


@pytest.mark.parametrize(("written", "right"), [("12vh", "12%"), ("7.5 vw", "7.5%"), ("40px", "40")])
def test_units_of_style_sheets_are_percentages(written: str, right: str) -> None:
    ((_, help),) = helps(spec(f"{IMAGE}position: {{x: 0, y: 0}}, size: {{width: 400, height: {written}}}"))
    assert help == (f"write `{right}`" if "%" in right else f"write {right} without `px`")


@pytest.mark.parametrize(("name", "right"), [("pos", "position"), ("dimensions", "size"), ("coords", "position")])
def test_other_names_of_places_are_renamed(name: str, right: str) -> None:
    text = spec(f"{TEXT}{PLACE}".replace(right, name))
    assert helps(text) == [("invented-property", f"write `{right}`")]


def test_beside_a_script_a_sound_is_no_recording() -> None:
    sound = f"{SPOKEN.replace('audioUrl', 'audio').replace('intrinsicDuration: 3s, ', '')}{PLACE}"
    assert helps(spec(sound)) == [("invented-property", "write `audioUrl`")]
    script = f"{sound}, text: 'Hello there, and welcome to all of you.', speakerId: v1, duration: 1s"
    assert ("undocumented-property", "put it in `extra` if you mean it") in helps(spec(script))


@pytest.mark.parametrize(
    ("actor", "speaker", "swapped"),
    [
        ("en-GB-RyanNeural", "ryan", True),
        ("aquXcfLbkxpW4BBI5qKm", "karen", True),
        ("karen", "aquXcfLbkxpW4BBI5qKm", False),
        ("aquXcfLbkxpW4BBI5qKm", "en-GB-RyanNeural", False),
        ("Karen", "ryan", False),
        ("karen", "ryan", False),
    ],
)
def test_an_actor_and_a_voice_may_be_swapped(actor: str, speaker: str, swapped: bool) -> None:
    found = helps(f"{spec(f'type: actor, actor: {actor}, speakerId: {speaker}, text: Hello there., {PLACE}')}")
    help = f"swap them: write `actor: {speaker}` and `speakerId: {actor}`"
    assert [one for one in found if one[0] == "swapped-names"] == ([("swapped-names", help)] if swapped else [])


@pytest.mark.parametrize(("word", "meant"), [("lower-third", "text"), ("voice_over", "audio"), ("b-roll", "video")])
def test_words_of_authors_for_types_are_understood_in_a_spec(word: str, meant: str) -> None:
    track = f"type: {word}, {PLACE}"
    assert helps(spec(track)) == [("unknown-track-type", f"did you mean `{meant}`?")]
    ((_, help),) = helps(job(track))
    assert help.startswith("known types: ")


def test_defaults_in_a_wrong_place_bring_fields_however_many_types_they_have() -> None:
    bodies = "".join(f"      kind{number}: {{rotation: 1}}\n" for number in range(100))
    text = spec("type: text, text: Hello.").replace(
        "    tracks:\n",
        f"    defaults:\n{bodies}      image: {{position: center, size: {{width: 80%, height: 10%}}}}\n    tracks:\n",
    )
    track = "      - {type: image, imageUrl: https://cdn.example.com/a.png}\n"
    assert [(one.name, one.span.text) for one in told(text + track)] == [("misplaced-property", "defaults")]
