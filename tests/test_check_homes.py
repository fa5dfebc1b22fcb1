"""check: documented keys at another level or over a default, and scenes and tracks that are in each other's list."""

from __future__ import annotations

import pytest

from vidc.compile import Compiled, compile
from vidc.diag.edits import applied
from vidc.diag.finding import Finding
from vidc.passes.check import fields, homes, places
from vidc.source import Source

HEAD = "language: en\nsettings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 400, height: 400}"
IMAGE = "type: image, imageUrl: https://a.example/a.png"
DEFAULTS = (
    "defaults:\n"
    "  actor: {actor: karen, speakerId: v1, position: {x: 0, y: 0}, size: {width: 10, height: 10}}\n"
    f"  image: {{{PLACE}}}\n"
)


def made(text: str) -> Compiled:
    return compile(Source("t.vidc.yaml", text), draft=True)


def told(text: str) -> list[Finding]:
    return [finding for finding in made(text).findings if finding.severity != "note"]


def said(text: str) -> list[tuple[str, str, str]]:
    return [(finding.name, finding.span.text, finding.words.help) for finding in told(text)]


def track(fields: str, head: str = HEAD) -> list[tuple[str, str, str]]:
    return said(f"{head}scenes: [{{duration: 4s, tracks: [{{{fields}}}]}}]\n")


# Keys and their levels


def test_every_documented_key_has_a_home() -> None:
    tables = {
        homes.SETTINGS: [fields.SETTINGS],
        homes.SCENE: [fields.SCENE],
        homes.TRACK: list(fields.TRACKS.values()),
        "`position`": [places.POSITION],
        "`size`": [places.SIZE],
        homes.TOP: [fields.TOP],
    }
    levels: dict[str, set[str]] = {}
    for level, found in tables.items():
        for table in found:
            for name in table.fields:
                levels.setdefault(name, set()).add(level)
    del levels["extra"], levels["$schema"]
    assert levels.keys() == homes.HOMES.keys()
    assert {name for name, home in homes.HOMES.items() if home not in levels[name]} == set()
    assert {name for name, home in homes.HOMES.items() if levels[name] != {home}} == {"name", "duration", "language"}


def test_the_types_of_track_that_have_a_field_are_those_of_the_tables() -> None:
    types = ("actor", "image", "video", "audio", "text")
    of = {name: {type for type in types if name in fields.TRACKS[type].fields} for name in homes.HOMES}
    assert {name: set(kinds) for name, kinds in homes.KINDS.items()} == {
        name: kinds for name, kinds in of.items() if kinds and kinds != set(types)
    }


@pytest.mark.parametrize(
    ("wrong", "name", "help"),
    [
        ("size: {width: 10, height: 10, startTimeGap: 1s}", "startTimeGap", "write it on the track, beside `size`"),
        ("size: {width: 10, height: 10, x: 5}", "x", "write it in `position`, beside `size`"),
        ("size: {width: 10, height: 10, transition: fade}", "transition", "write it in a scene"),
        ("size: {width: 10, height: 10, alphaChannel: true}", "alphaChannel", "write it in `settings`, at the top"),
        ("size: {width: 10, height: 10, callback: a}", "callback", "write it at the top"),
    ],
)
def test_what_strayed_into_a_place_is_told_its_own(wrong: str, name: str, help: str) -> None:
    assert track(f"{IMAGE}, position: center, {wrong}") == [("misplaced-property", name, help)]


def test_a_size_in_a_position_is_one_mistake_and_not_also_missing() -> None:
    assert track(f"{IMAGE}, position: {{x: 1, y: 2, width: 50%, height: 40}}") == [
        ("misplaced-property", "width", "write `size: {width: 50%, height: 40}` beside `position`")
    ]


@pytest.mark.parametrize(
    ("type", "field", "severity"),
    [
        ("text: Hi., type: text", "imageUrl: https://a.example/a.png", "error"),
        ("text: Hi., type: text", "transition: fade", "error"),
        ("text: Hi., type: text", "speakerId: v1", "error"),
        ("text: Hi., type: text", "removeBackground: true", "warning"),
        ("type: audio, audioUrl: https://a.example/a.mp3", "text: Hi.", "error"),
        ("type: audio, audioUrl: https://a.example/a.mp3", "size: {width: 1, height: 1}", "warning"),
        (IMAGE, "rotation: 5", "warning"),
        (IMAGE, "audioUrl: https://a.example/a.mp3", "error"),
        ("type: shape", "alphaChannel: true", "error"),
    ],
)
def test_a_key_of_another_type_or_level_is_not_silent(type: str, field: str, severity: str) -> None:
    place = "" if "audio, " in type or "shape" in type else f"{PLACE}, "
    found = told(f"{HEAD}scenes: [{{duration: 4s, tracks: [{{{place}{type}, {field}}}]}}]\n")
    assert [(one.severity, one.name, one.span.text) for one in found] == [
        (severity, "misplaced-property", field.partition(":")[0])
    ]


@pytest.mark.parametrize("fields", ["view: wide, variant: bold", "fontSize: 40, color: red", "transition: null"])
def test_a_text_may_have_any_style(fields: str) -> None:
    assert track(f"type: text, text: Hi., {PLACE}, {fields}") == []


def test_a_job_that_is_taken_literally_may_have_them_all() -> None:
    text = (
        "videoCreative: {settings: {name: Demo, videoSize: {width: 1920, height: 1080}}, scenes: [{duration: 4000, "
        f"tracks: [{{type: text, text: Hi., {PLACE}, transition: fade, imageUrl: a, name: b}}]}}]}}\n"
    )
    assert told(text) == []


def test_defaults_in_the_wrong_place_are_one_mistake() -> None:
    inside = DEFAULTS.partition("\n")[2].replace("\n  image:", ", image:").strip()
    settings = f"settings: {{name: Demo, videoSize: {{width: 1920, height: 1080}}, defaults: {{{inside}}}}}\n"
    rest = "scenes: [{tracks: [{type: actor, text: Hello there.}]}]\n"
    assert said(f"language: en\n{settings}{rest}") == [
        ("misplaced-property", "defaults", "write it at the top, beside `settings`")
    ]
    assert said(f"{HEAD}scenes: [{{defaults: {{{inside}}}, tracks: [{{type: actor, text: Hello there.}}]}}]\n") == [
        (
            "misplaced-property",
            "defaults",
            "they are for the whole spec, and stand at the top: write these fields on the tracks of this scene",
        )
    ]
    one = "{actor: {speakerId: de-DE-KatjaNeural}}"
    voiced = f"{HEAD}defaults: {{{inside}}}\nscenes: [{{defaults: {one}, tracks: [{{type: actor, text: Hallo.}}]}}]\n"
    help = "they are for the whole spec, and stand at the top: write `speakerId: de-DE-KatjaNeural` on the actor tracks of this scene"
    assert said(voiced.replace("language: en", "language: de")) == [("misplaced-property", "defaults", help)]


@pytest.mark.parametrize(
    ("item", "name", "help"),
    [
        (
            '{for: "n in [1]", scenes: [{name: a}]}',
            "scenes",
            "a loop makes one scene in each turn: write what is in it beside `for`",
        ),
        (
            '{for: "n in [1]", scenes: [{name: a}, {name: b}]}',
            "scenes",
            "a loop makes one scene in each turn: write a loop for each of these scenes",
        ),
        ("{scenes: [{name: a}]}", "scenes", "scenes do not nest: write these among the `scenes` at the top"),
        (
            "{include: intro.vidc.yaml}",
            "include",
            "write `include: [intro.vidc.yaml]` at the top: it brings variables, defaults and components, and no scenes",
        ),
    ],
)
def test_an_item_that_holds_scenes_or_names_a_file_is_one_mistake(item: str, name: str, help: str) -> None:
    assert said(f"{HEAD}scenes: [{item}]\n") == [("misplaced-property", name, help)]


# Over defaults


@pytest.mark.parametrize(
    ("fields", "name", "wrong", "help"),
    [
        ("type: actor, text: Hi., voice: v2", "invented-property", "voice", "write `speakerId`"),
        ("type: actor, text: Hi., speaker_id: v2", "misspelled-property", "speaker_id", "write `speakerId`"),
        (f"{IMAGE}, size: {{w: 50%}}", "invented-property", "w", "write `width`"),
        (f"{IMAGE}, x: 5, y: 50%", "misplaced-property", "x", "write `position: {x: 5, y: 50%}`"),
        (f"{IMAGE}, height: 5", "misplaced-property", "height", "write `size: {height: 5}`"),
    ],
)
def test_an_authors_own_wins_over_the_default(fields: str, name: str, wrong: str, help: str) -> None:
    found = track(fields, HEAD + DEFAULTS)
    assert found == [(name, wrong, f"{help}, which wins over the default")]


def test_a_wrong_key_of_a_default_is_renamed_there() -> None:
    head = HEAD + DEFAULTS.replace("speakerId", "voice")
    assert track("type: actor, text: Hi., speakerId: v2", head) == [("invented-property", "voice", "write `speakerId`")]


def test_beside_the_right_key_a_wrong_one_is_removed() -> None:
    assert track("type: actor, text: Hi., voice: v2, speakerId: v3", HEAD + DEFAULTS) == [
        ("invented-property", "voice", "remove it: `speakerId` is there too")
    ]


def test_a_merged_key_is_won_over_too() -> None:
    head = f"{HEAD}x-place: &place {{{PLACE}}}\n"
    assert track(f"<<: *place, {IMAGE}, x: 3, y: 4", head) == [
        ("misplaced-property", "x", "write `position: {x: 3, y: 4}`, which wins over the default")
    ]


def test_nothing_is_concluded_from_a_default_that_the_author_meant_to_replace() -> None:
    text = f"{HEAD}defaults: {{image: {{{PLACE}, duration: 9s}}}}\nscenes: [{{duration: 4s, tracks: [{{{IMAGE}, length: 2s}}]}}]\n"
    assert said(text) == [("invented-property", "length", "write `duration`, which wins over the default")]


# In each other's list

SCENE = f"  - duration: 4s\n    tracks:\n      - {{{IMAGE}, {PLACE}}}\n"
BLOCK_TRACK = (
    "type: text\n    text: |\n      Hello\n\n      there\n    position: center\n    size: {width: 80%, height: 10%}\n"
)


def mended(text: str) -> str:
    (finding,) = told(text)
    (repair,) = finding.words.repairs
    return applied(text, list(repair.edits))


def test_a_track_among_the_scenes_is_indented_into_the_scene_before() -> None:
    text = f"{HEAD}scenes:\n{SCENE}  - {BLOCK_TRACK}"
    (finding,) = told(text)
    assert (finding.name, finding.words.message) == (
        "wrong-level",
        "this looks like a track of type `text`, and it stands among the scenes",
    )
    assert finding.words.help == "write it under the `tracks` of the scene before it: indent it by 4 columns more"
    after = mended(text)
    assert after == text.replace("  - type", "      - type").replace(
        BLOCK_TRACK.partition("\n")[2],
        "".join(f"    {line}" if line.strip() else line for line in BLOCK_TRACK.partition("\n")[2].splitlines(True)),
    )
    assert told(after) == []


def test_a_scene_among_the_tracks_is_moved_out_of_them() -> None:
    inner = "".join(f"    {line}" for line in SCENE.splitlines(True))
    text = f"{HEAD}scenes:\n{SCENE}{inner}"
    (finding,) = told(text)
    assert (finding.name, finding.span.text, finding.words.message) == (
        "wrong-level",
        "tracks",
        "a track holds no tracks: this looks like a scene",
    )
    assert mended(text) == f"{HEAD}scenes:\n{SCENE}{SCENE}"


@pytest.mark.parametrize(
    "scenes",
    [
        f"[{{type: text, text: Hi., {PLACE}}}]",
        f"[{{duration: 4s, tracks: [{{{IMAGE}, {PLACE}}}, {{tracks: []}}]}}]",
    ],
)
def test_in_braces_nothing_can_be_indented(scenes: str) -> None:
    (finding,) = told(f"{HEAD}scenes: {scenes}\n")
    assert (finding.name, finding.words.repairs) == ("wrong-level", ())


@pytest.mark.parametrize(
    ("scene", "like", "actor", "speaker", "text"),
    [
        ("{scriptText: Hi there., avatar: anna}", "Synthesia", "anna", "aquXcfLbkxpW4BBI5qKm", "Hi there."),
        (
            "{character: {type: avatar, avatar_id: Daisy}, voice: {type: text, input_text: Hi., voice_id: v7}}",
            "HeyGen",
            "Daisy",
            "v7",
            "Hi.",
        ),
        ("{script: {type: text, input: 'a: b', provider: {voice_id: v8}}}", "D-ID", "karen", "v8", '"a: b"'),
        ("{script: Hi.}", "another vendor", "karen", "aquXcfLbkxpW4BBI5qKm", "Hi."),
    ],
)
def test_another_vendors_scene_is_one_mistake_and_keeps_its_script(
    scene: str, like: str, actor: str, speaker: str, text: str
) -> None:
    (finding,) = told(f"{HEAD}scenes: [{scene}]\n")
    assert finding.name == "another-vendors-body"
    assert finding.words.message.startswith(f"this looks like a scene of {like}, not of Colossyan")
    tracks = finding.words.help.removeprefix("write `").removesuffix("`")
    assert tracks.startswith(f"tracks: [{{type: actor, actor: {actor}, speakerId: {speaker}, text: {text}, ")
    assert told(f"{HEAD}scenes: [{{{tracks}}}]\n") == []


def test_another_vendors_request_keeps_all_its_scripts() -> None:
    inputs = ", ".join(f"{{scriptText: Part {number}., avatar: anna}}" for number in range(1, 6))
    (finding,) = told(f"{{title: Hi, input: [{inputs}]}}\n")
    spec = finding.words.help.removeprefix("write `").removesuffix("`")
    assert [f"Part {number}." in spec for number in range(1, 6)] == [True, True, True, False, False]
    assert told("{language: en, " + spec.replace(", ...", "") + "}") == []


# Times


@pytest.mark.parametrize(
    ("field", "seconds", "help"),
    [
        ("duration: 6000s", "6000s", "for milliseconds, set `duration: 6000ms`; for so long a time, write `100m`"),
        ("duration: 1500s", "1500s", "for milliseconds, set `duration: 1500ms`; for so long a time, write `25m`"),
        ("duration: 900s", "", ""),
        ("duration: 100m", "", ""),
        ("duration: 2000000", "", ""),
    ],
)
def test_thousands_of_seconds_are_hardly_meant(field: str, seconds: str, help: str) -> None:
    text = f"{HEAD}scenes: [{{{field}, tracks: [{{{IMAGE}, {PLACE}}}]}}]\n"
    assert said(text) == ([("suspicious-time", seconds, help)] if seconds else [])
    for finding in told(text):
        (repair,) = finding.words.repairs
        assert not repair.sure
        assert told(applied(text, list(repair.edits))) == []
