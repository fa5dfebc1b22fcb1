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
    found = told(spec(f"{FILM}https://cdn.example.com/a.mp3, intrinsicDuration: 5s"))
    assert [one.name for one in found] == ["wrong-medium", "clipped"]


def test_a_speech_that_begins_too_early_is_cut_for_the_same_cause() -> None:
    first = f"type: actor, actor: karen, speakerId: v1, text: Hello and welcome to the show., {PLACE}"
    second = f"type: actor, actor: ryan, speakerId: v2, text: I am glad to be here with you all., {PLACE}"
    compiled = made(spec(first, f"{second}, startTimeGap: 1500ms"))
    (found,) = (one for one in compiled.findings if one.severity != "note")
    assert (found.name, compiled.cuts) == ("overlapping-speech", [found])
    assert found.words.help.endswith("set `startTimeGap: 1.9s` and the scene's `duration: 3.8s`")
    later = spec(first, f"{second}, startTimeGap: 1900ms").replace("duration: 3s", "duration: 3800ms")
    assert told(later) == []
