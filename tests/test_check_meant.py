"""What was meant: fields of other places, components as types, copied addresses; and what only follows from a slip."""

from __future__ import annotations

import pytest

from vidc.compile import Compiled, compile
from vidc.diag.edits import applied
from vidc.diag.finding import Finding
from vidc.source import Source

HEAD = "language: en\nsettings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 1080, height: 1080}"
ACTOR = f"type: actor, actor: karen, speakerId: v1, text: Hello there., {PLACE}"
COMPONENT = (
    "components: {card: {tracks: [{type: text, text: Hello., position: center, size: {width: 9%, height: 9%}}]}}\n"
)
DEFAULTS = (
    "defaults: {text: {fontSize: 40, color: white, position: center, size: {width: 90%, height: 10%}}, "
    "image: {position: center, size: {width: 10%, height: 10%}}}\n"
)
FILM = "type: video, position: {x: 0, y: 0}, size: {width: 100%, height: 100%}, videoUrl: "


def spec(*tracks: str, top: str = "") -> str:
    lines = "".join(f"      - {{{track}}}\n" for track in tracks)
    return f"{HEAD}{top}scenes:\n  - duration: 3s\n    tracks:\n{lines}"


def job(track: str) -> str:
    lines = spec(track).replace("language: en\n", "").replace("3s", "3000").splitlines()
    return "videoCreative:\n" + "".join(f"  {line}\n" for line in lines)


def made(text: str) -> Compiled:
    return compile(Source("spec.vidc.yaml", text), draft=True)


def told(text: str) -> list[Finding]:
    return [finding for finding in made(text).findings if finding.severity != "note"]


def mended(text: str) -> list[Finding]:
    """What is left when the one repair of the one finding is made."""
    ((repair,),) = (finding.words.repairs for finding in told(text))
    return told(applied(text, list(repair.edits)))


@pytest.mark.parametrize(
    ("fields", "severity", "help"),
    [
        ("view: full_body", "warning", "it is a `variant`: write `variant: full_body`"),
        ("variant: front", "error", "it is a `view`: write `view: front`"),
    ],
)
def test_a_word_of_another_field_is_told_with_that_field(fields: str, severity: str, help: str) -> None:
    text = spec(f"{ACTOR}, {fields}")
    (found,) = told(text)
    assert (found.name, found.severity, found.words.help) == ("unknown-value", severity, help)
    assert mended(text) == []


@pytest.mark.parametrize("fields", ["view: full-body", "view: shoulder, variant: bubble", "view: side"])
def test_where_more_than_a_key_is_wrong_nothing_is_repaired(fields: str) -> None:
    (found,) = told(spec(f"{ACTOR}, {fields}"))
    assert (found.name, found.words.repairs) == ("unknown-value", ())


def test_a_component_is_used_and_no_type() -> None:
    text = spec("type: card", top=COMPONENT)
    (found,) = told(text)
    assert (found.name, found.severity, found.words.help) == ("unknown-track-type", "error", "write `use: card`")
    assert [label.span.text for label in found.words.labels] == ["card"]
    assert mended(text) == []


def test_the_fields_beside_a_component_go_under_with() -> None:
    (found,) = told(spec("type: card, text: Hello.", top=COMPONENT))
    assert (found.words.help, found.words.repairs) == ("write `use: card`, with the rest of the track under `with`", ())


def test_a_component_of_the_name_of_a_type_hides_no_type() -> None:
    assert told(spec(ACTOR, "use: actor", top=COMPONENT.replace("card", "actor"))) == []


@pytest.mark.parametrize(
    ("address", "help"),
    [
        ('"https://cdn.example.com/a.png "', "write it without the blank"),
        ('" https://cdn.example.com/a.png"', "write it without the blank"),
        ("'https://cdn.example.com/a.png  '", "write it without the blank"),
    ],
)
def test_a_blank_around_an_address_is_taken_away(address: str, help: str) -> None:
    text = spec(f"type: image, {PLACE}, imageUrl: {address}")
    (found,) = told(text)
    assert (found.name, found.words.help) == ("unfetchable-url", help)
    assert mended(text) == []


def test_an_address_over_several_lines_is_told_to_go_on_one() -> None:
    text = f"{spec(ACTOR)}      - type: image\n        {PLACE.replace('}, ', '}' + chr(10) + '        ')}\n"
    for block in (
        "|\n          https://cdn.example.com/a.png\n",
        ">-\n          https://cdn.example.com/a\n          /b\n",
    ):
        (found,) = told(f"{text}        imageUrl: {block}")
        assert (found.name, found.words.help) == ("unfetchable-url", "write it on one line, behind `imageUrl:`")


@pytest.mark.parametrize("end", [" ", ",", ";"])
def test_what_is_too_much_at_the_end_of_an_address_is_a_doubt_in_a_job(end: str) -> None:
    text = job(f'type: image, {PLACE}, imageUrl: "https://cdn.example.com/a.png{end}"')
    assert [(one.name, one.severity) for one in told(text)] == [("unfetchable-url", "warning")]


@pytest.mark.parametrize(
    ("address", "help"),
    [
        ("https://github.com/o/r/blob/main/a.png?raw=true", ""),
        ("https://www.dropbox.com/s/1/a.png?rlkey=2", "end it with `&dl=1`"),
        ("https://www.dropbox.com/s/1/a.png", "end it with `?dl=1`"),
        ("https://www.dropbox.com/s/1/a.png?rlkey=2&dl=0", "end it with `dl=1` instead of `dl=0`"),
    ],
)
def test_addresses_of_files_behind_pages_are_known(address: str, help: str) -> None:
    found = told(spec(f'type: image, {PLACE}, imageUrl: "{address}"'))
    assert [(one.name, one.words.help) for one in found] == ([("not-a-file", help)] if help else [])


@pytest.mark.parametrize(
    "track",
    ["type: text, imageUrl: https://cdn.example.com/a.png", "type: video, imageUrl: https://cdn.example.com/a.png"],
)
def test_what_defaults_bring_for_a_wrong_type_only_follows(track: str) -> None:
    text = spec(track, top=DEFAULTS)
    assert [one.name for one in told(text)] == ["misplaced-property"]
    assert mended(text) == []


def test_a_sound_that_is_to_be_spoken_is_one_mistake() -> None:
    (found,) = told(spec("type: audio, text: Hello."))
    assert (found.name, found.span.text) == ("misplaced-property", "text")
    assert (
        found.words.help == "speech belongs to an actor: write `{type: actor, actor: ..., speakerId: ..., text: ...}`"
    )


def test_a_script_is_never_renamed_to_a_sound() -> None:
    (found,) = told(spec("type: audio, script: Hello."))
    assert (found.name, found.span.text, found.words.repairs) == ("misplaced-property", "script", ())


@pytest.mark.parametrize(
    ("track", "help"),
    [
        (
            "logo: {type: image, imageUrl: https://a.b/c.png}",
            "write `referenceId: logo`, and beside it what stands under it",
        ),
        ("actor: {actor: karen, text: Hello.}", "write `type: actor`, and beside it what stands under it"),
        ("image: https://a.b/c.png", "add `type: image`"),
        ("video: https://a.b/c.mp4", "add `type: video`"),
    ],
)
def test_a_track_under_a_name_is_told_once(track: str, help: str) -> None:
    assert [(one.name, one.words.help) for one in told(spec(track))] == [("missing-field", help)]


def test_a_scene_under_a_name_is_told_once() -> None:
    text = f"{HEAD}scenes:\n  - intro: {{duration: 3s, tracks: [{{{ACTOR}}}]}}\n"
    (found,) = told(text)
    assert (found.name, found.span.text) == ("missing-field", "intro")
    assert found.words.help == "write `name: intro`, and beside it what stands under it"


def test_a_mixture_names_the_keys_of_its_own() -> None:
    (found,) = told("variables: {company: Northwind}\n" + job("type: text, text: <company>, " + PLACE))
    assert (found.name, [label.span.text for label in found.words.labels]) == ("mixed-forms", ["variables"])


@pytest.mark.parametrize("address", ["https://cdn.example.com/a.mp3", "https://youtu.be/aqz-KE-bpKQ"])
def test_how_long_a_wrong_file_is_only_follows_and_still_cuts(address: str) -> None:
    compiled = made(spec(FILM + address))
    (found,) = (one for one in compiled.findings if one.severity != "note")
    assert found.name in ("wrong-medium", "not-a-file")
    assert compiled.cuts == [found]
    allowed = told(spec(FILM + address).replace("      - {", f"      # vidc: allow {found.name} -- a test\n      - {{"))
    assert [one.name for one in allowed] == ["clipped"]


def test_a_wrong_file_whose_length_is_known_is_cut_on_its_own() -> None:
    found = told(spec(f"{FILM}https://youtu.be/aqz-KE-bpKQ, intrinsicDuration: 5s"))
    assert [one.name for one in found] == ["not-a-file", "clipped"]


def test_neither_length_nor_place_is_told_of_a_sound_as_a_film() -> None:
    film = "type: video, position: {x: 1900, y: 0}, size: {width: 100, height: 100}, videoUrl: "
    (found,) = told(spec(f"{film}https://cdn.example.com/a.mp3, intrinsicDuration: 5s"))
    assert found.name == "wrong-medium"
    assert told(spec("type: audio, audioUrl: https://cdn.example.com/a.mp3, intrinsicDuration: 5s")) == []


def test_a_speech_that_begins_too_early_is_cut_for_the_same_cause() -> None:
    first = f"type: actor, actor: karen, speakerId: v1, text: Hello and welcome to the show., {PLACE}"
    second = f"type: actor, actor: ryan, speakerId: v2, text: I am glad to be here with you all., {PLACE}"
    compiled = made(spec(first, f"{second}, startTimeGap: 1500ms"))
    (found,) = (one for one in compiled.findings if one.severity != "note")
    assert (found.name, compiled.cuts) == ("overlapping-speech", [found])
    assert found.words.help.endswith("set `startTimeGap: 1.9s` and the scene's `duration: 3.8s`")
    later = spec(first, f"{second}, startTimeGap: 1900ms").replace("duration: 3s", "duration: 3800ms")
    assert told(later) == []


PICTURE = "type: image, imageUrl: https://cdn.example.com/a.png, size: {width: 200, height: 100}"


@pytest.mark.parametrize(
    ("position", "right"),
    [
        ("{right: 40, bottom: 40}", "{x: 1680, y: 940}"),
        ("{left: 10, bottom: 10%}", "{x: 10, y: 872}"),
        ("{x: 10, bottom: 10}", "{x: 10, y: 970}"),
        ("{top: 5%, right: 0}", "{y: 5%, x: 1720}"),
    ],
)
def test_a_place_from_the_right_or_the_bottom_is_worked_out(position: str, right: str) -> None:
    text = spec(f"{PICTURE}, position: {position}")
    (found,) = told(text)
    assert (found.name, found.severity) == ("invented-property", "error")
    assert applied(text, list(found.words.repairs[0].edits)) == text.replace(position, right)
    assert mended(text) == []


@pytest.mark.parametrize("position", ["{right: 40, bottom: 40}", "{left: 5%, top: 40}", "{bottom: 10%, x: 40}"])
def test_a_place_from_the_edges_is_one_mistake_over_a_default_too(position: str) -> None:
    text = spec(f"{PICTURE}, position: {position}", top="defaults: {image: {position: {x: 0, y: 0}}}\n")
    (found,) = told(text)
    assert found.name == "invented-property"
    assert mended(text) == []


def test_two_sides_of_one_axis_are_told_without_a_repair() -> None:
    (found,) = told(spec(f"{PICTURE}, position: {{left: 0, right: 0, top: 5}}"))
    assert (found.words.help, found.words.repairs[0].edits) == (
        "a place is counted from the top left: write `position: {x: 0, y: 5}`",
        (),
    )


def test_a_job_may_have_such_properties() -> None:
    found = told(job(f"{PICTURE}, position: {{x: 0, y: 0, right: 40}}"))
    assert [one.name for one in found] == ["undocumented-property"]


SCENE = "  - {}\n    tracks:\n      - {{{}}}\n"


def scenes(*items: tuple[str, str]) -> str:
    return f"{HEAD}scenes:\n" + "".join(SCENE.format(*item) for item in items)


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_scene_that_lasts_as_long_as_a_track_says_so_by_reference(quote: str) -> None:
    text = scenes((f"duration: {quote}speech{quote}", f"{ACTOR}, referenceId: speech"))
    (found,) = told(text)
    assert found.words.help == "write `intrinsicDurationTrackReference: speech` in its place"
    assert mended(text) == []


def test_a_transition_on_the_last_scene_is_told_where_it_may_belong() -> None:
    fade = "duration: 3s\n    transition: {type: fade, duration: 500ms}"
    text = f"type: text, text: Hello., {PLACE}"
    helps = {
        "it leads out of a scene: write it in `Hello`, the scene before, or remove it": (
            "name: Hello\n    duration: 3s",
        ),
        "it leads out of a scene: write it in the scene before, or remove it": ("duration: 3s",),
        "remove `transition` from the last scene": (fade,),
    }
    for help, before in helps.items():
        (found,) = told(scenes(*((one, text) for one in before), (fade, text)))
        assert (found.name, found.words.help) == ("dangling-transition", help)


def test_a_broken_language_says_nothing_of_a_voice() -> None:
    voice = ACTOR.replace("v1", "de-DE-KatjaNeural")
    assert [one.name for one in told(scenes(("language: German", voice)))] == ["wrong-type"]
    assert [one.name for one in told(scenes(("language: German", voice), ("language: fr", voice)))] == [
        "wrong-type",
        "language-mismatch",
    ]


@pytest.mark.parametrize(
    ("gap", "left"),
    [("2", "2s"), ("39", "39s"), ('"{{ 1 + 2 }}"', '"{{ 1 + 2 }}s"')],
)
@pytest.mark.parametrize("field", ["startTimeGap", "endTimeGap"])
def test_a_gap_of_a_few_milliseconds_was_meant_in_seconds(field: str, gap: str, left: str) -> None:
    text = f"{HEAD}scenes:\n  - duration: 90s\n    tracks:\n      - {{type: text, text: Hello., {PLACE}, {field}: {gap}}}\n"
    (found,) = told(text)
    assert (found.name, found.severity) == ("suspicious-time", "warning")
    assert applied(text, list(found.words.repairs[0].edits)) == text.replace(f"{field}: {gap}", f"{field}: {left}")
    assert mended(text) == []


@pytest.mark.parametrize("gap", ["0", "40", "2ms", "2s"])
def test_any_other_gap_is_taken_as_it_is(gap: str) -> None:
    assert told(spec(f"type: text, text: Hello., {PLACE}, startTimeGap: {gap}")) == []


def test_a_gap_in_a_job_is_told_without_a_unit() -> None:
    (found,) = told(job(f"type: text, text: Hello., {PLACE}, startTimeGap: 2"))
    assert (found.name, found.words.help) == ("suspicious-time", "for seconds, set `startTimeGap: 2000`")


@pytest.mark.parametrize(("lasts", "more"), [("5s", []), ("4s", ["ends-early"])])
def test_what_only_follows_from_a_gap_in_seconds_is_not_said(lasts: str, more: list[str]) -> None:
    film = f"{FILM}https://cdn.example.com/a.mp4, intrinsicDuration: {lasts}, startTimeGap: 2, endTimeGap: 2"
    found = told(scenes(("duration: 9s", film)))
    assert sorted(one.name for one in found) == [*more, "suspicious-time", "suspicious-time"]


def test_a_film_behind_a_speech_may_go_on_without_a_word() -> None:
    film = FILM + "https://cdn.example.com/a.mp4, intrinsicDuration: 30s, startTimeGap: 0s, endTimeGap: 0s"
    text = f"{HEAD}scenes:\n  - intrinsicDurationTrackReference: a\n    tracks:\n      - {{{film}}}\n      - {{{ACTOR}, referenceId: a}}\n"
    (found,) = (one for one in made(text).findings if one.name == "trimmed-media")
    assert (found.severity, found.words.cuts) == ("note", False)
    (found,) = (one for one in made(text.replace("startTimeGap: 0s", "startTimeGap: 1ms")).findings if one.words.cuts)
    assert (found.name, found.severity) == ("trimmed-media", "warning")
