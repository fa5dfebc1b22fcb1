"""What the rules say of texts and of places."""

from __future__ import annotations

import pytest

from vidc.compile import compile
from vidc.diag.finding import Finding
from vidc.source import Source

HEAD = "language: en\nsettings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 900, height: 400}"


def told(track: str, top: str = "", notes: bool = False) -> list[Finding]:
    text = f"{HEAD}{top}scenes:\n  - duration: 9s\n    tracks:\n      - {{{track}}}\n"
    made = compile(Source("spec.vidc.yaml", text), draft=True)
    return [one for one in made.findings if notes or one.severity != "note"]


def shown(text: str, top: str = "") -> list[Finding]:
    """What is said of a text on the screen."""
    return told(f"type: text, text: '{text}', {PLACE}", top)


def spoken(text: str) -> list[Finding]:
    return told(f"type: actor, actor: karen, speakerId: v1, text: '{text}', startTimeGap: 0, endTimeGap: 0, {PLACE}")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("%first_name%", "first_name"),
        ("%%FirstName%%", "FirstName"),
        ("%recipient.name%", "recipient_name"),
        ("*|FNAME|*", "fname"),
        ("*|MERGE:name|*", "MERGE_name"),
        ("[[first_name]]", "first_name"),
        ("[[ first_name ]]", "first_name"),
        ("«First_Name»", "First_Name"),
    ],
)
def test_a_gap_of_a_mailing_tool_is_told(written: str, name: str) -> None:
    help = f"write `{{{name}}}` with a value under `dynamicVariables`, or `<{name}>` with one under `variables`"
    expected = [("merge-field", written, f"nothing fills in `{written}`: it stays in the text", help)]
    for found in (shown(f"Hello {written}, welcome."), spoken(f"Hello {written}, welcome.")):
        kept = [one for one in found if one.name != "ends-early"]
        assert [(one.name, one.span.text, one.words.message, one.words.help) for one in kept] == expected


@pytest.mark.parametrize(
    "text",
    [
        "From 20% to 50%, or 20 %to 30 %.",
        "It grows by 5%percent%s.",
        "Open %APPDATA% and %Temp% on Windows.",
        "Set %JAVA_HOME% on %COMPUTERNAME%.",
        "See https://example.com/a%20b%20c for more.",
        "She said «Bonjour» to all.",
        "Press [[ and then ]].",
        "[[ -f file ]] is a test.",
        "snake_case and max_length are names.",
        "A 2*|3|*4 puzzle.",
        "100% of 100%",
    ],
)
def test_percents_paths_and_quotes_are_no_gaps(text: str) -> None:
    assert [one for one in shown(text) if one.name == "merge-field"] == []


def test_a_gap_with_a_known_name_is_told_once() -> None:
    (found,) = shown("Hello %FIRST_NAME%.", "dynamicVariables: {first_name: Ann}\n")
    assert (found.name, found.words.help) == ("merge-field", "write `{first_name}`")


def test_a_gap_for_a_parameter_is_told_once() -> None:
    top = (
        "components:\n  lower:\n    parameters: {title: {type: string, default: Hello}}\n"
        f"    tracks: [{{type: text, text: '%title%', {PLACE}}}]\n"
    )
    (found,) = told("use: lower", top)
    assert (found.name, found.words.help) == ("merge-field", "write `<title>`")


def test_another_value_that_no_text_says_is_told_still() -> None:
    found = shown("Hello %first_name%.", "dynamicVariables: {first_name: Ann, plan: Pro}\n")
    assert [(one.name, one.span.text) for one in found] == [
        ("unused-service-variable", "plan"),
        ("merge-field", "%first_name%"),
    ]


@pytest.mark.parametrize(
    ("written", "sign", "help"),
    [
        (r"'one\ntwo'", r"\n", "put the text in double quotes"),
        (r"one\ntwo", r"\n", "put the text in double quotes"),
        (r'"one\\ntwo"', r"\\n", "write it with one backslash"),
        (r'"one\ntwo \\nthree"', r"\\n", "write it with one backslash"),
    ],
)
def test_a_backslash_that_stays_is_told(written: str, sign: str, help: str) -> None:
    (found,) = told(f"type: text, text: {written}, {PLACE}")
    assert (found.name, found.span.text, found.words.help) == ("kept-backslash", sign, help)


@pytest.mark.parametrize("written", [r'"one\ntwo"', r"'C:\new'", r"'\\server\new'", "'one two'", r"'a \b c'"])
def test_new_lines_and_paths_are_no_backslashes_that_stay(written: str) -> None:
    assert told(f"type: text, text: {written}, {PLACE}") == []


def placed(x: str, y: str, width: str, height: str, type: str = "image", more: str = "") -> list[tuple[str, str, str]]:
    medium = {
        "image": "imageUrl: https://cdn.example.com/a.png",
        "actor": "actor: karen, audioUrl: https://cdn.example.com/a.mp3, intrinsicDuration: 9s",
        "text": "text: Hello.",
    }[type]
    track = f"type: {type}, {medium}, position: {{x: {x}, y: {y}}}, size: {{width: {width}, height: {height}}}{more}"
    found = [one for one in told(track, notes=True) if one.name == "off-canvas"]
    return [
        (one.severity, one.words.message.partition(" lies ")[0], one.words.help.partition("; ")[2]) for one in found
    ]


@pytest.mark.parametrize(
    ("place", "severity", "part", "hint"),
    [
        (("1000", "0", "1840", "100"), "note", "50 % of this track", ""),
        (("1000", "0", "1860", "100"), "warning", "51 % of this track", ""),
        (
            ("100", "900", "200", "900"),
            "warning",
            "80 % of this track",
            "if `x` and `y` are swapped, write `{x: 900, y: 100}`",
        ),
        (("5", "99%", "50%", "20%"), "warning", "95 % of this track", ""),
        (
            ("82%", "5%", "90%", "12%"),
            "warning",
            "80 % of this track",
            "if `x` and `y` are swapped, write `{x: 5%, y: 82%}`",
        ),
        (("1600", "1000", "400", "400"), "warning", "84 % of this track", ""),
        (
            ("0", "0", "1080", "1920"),
            "warning",
            "44 % of this track",
            "to fill it, write `size: {width: 1920, height: 1080}`",
        ),
        (("0", "1200", "100", "100"), "warning", "this track", "if `x` and `y` are swapped, write `{x: 1200, y: 0}`"),
        (
            ("0", "0", "3840", "2160"),
            "warning",
            "75 % of this track",
            "to fill it, write `size: {width: 1920, height: 1080}`",
        ),
    ],
)
def test_how_much_of_a_track_lies_outside(
    place: tuple[str, str, str, str], severity: str, part: str, hint: str
) -> None:
    assert placed(*place) == [(severity, part, hint)]


@pytest.mark.parametrize(
    ("place", "type", "more"),
    [
        (("0", "0", "2000", "1100"), "image", ""),
        (("0", "0", "3840", "1080"), "image", ""),
        (("-960", "-540", "3840", "2160"), "image", ""),
        (("0", "0", "3840", "2160"), "image", ", extra: {rotation: 90}"),
        (("0", "540", "1080", "1080"), "actor", ""),
        (("-40", "100", "2000", "2000"), "actor", ""),
    ],
)
def test_what_fills_the_video_or_is_cut_on_purpose(place: tuple[str, str, str, str], type: str, more: str) -> None:
    assert placed(*place, type, more) == []


def test_an_actor_of_whom_little_is_seen_is_told() -> None:
    assert placed("200", "1000", "800", "800", "actor") == [
        ("warning", "90 % of this track", "if `x` and `y` are swapped, write `{x: 1000, y: 200}`")
    ]


def test_what_is_estimated_is_said_to_be() -> None:
    long = "All that you need today is in the blue folder on your desk."
    text = f"{HEAD}scenes:\n  - duration: 1250ms\n    tracks: [{{type: text, text: {long}, {PLACE}}}]\n"
    speech = f"{{type: actor, actor: karen, speakerId: v1, text: Hello there., {PLACE}}}"
    exactly, roughly = (
        compile(Source("spec.vidc.yaml", one)).findings
        for one in (text, text.replace("duration: 1250ms\n    tracks: [", f"tracks: [{speech}, "))
    )
    assert [one.words.message for one in exactly if one.name == "unreadable-text"] == [
        "this text is seen for 1.25 s, and reading it takes about 3.0 s"
    ]
    assert [one.words.message for one in roughly if one.name == "unreadable-text"] == [
        "this text is seen for about 0.92 s, and reading it takes about 3.0 s"
    ]


def test_a_parameter_fills_the_texts_of_its_component_alone() -> None:
    card = (
        "components: {card: {parameters: {name: {default: Ann}}, tracks: [{type: text, text: '%s', position: center, "
    )
    card += "size: {width: 50%%, height: 50%%}}]}}\n"
    for inside, outside, right in (("%name%", "Hello.", "write `<name>`"), ("Hello.", "%name%", "")):
        top = card % inside
        found = told("use: card", top) + told(f"type: text, text: '{outside}', {PLACE}", top)
        helps = [one.words.help for one in found if one.name == "merge-field"]
        assert len(helps) == 1
        assert (helps[0] == right) == bool(right)


@pytest.mark.parametrize(
    "kind", ["type: actor, actor: karen, speakerId: v1, text: Hello there.", "type: text, text: Hello."]
)
@pytest.mark.parametrize(
    ("position", "help"),
    [
        ("{x: 0, y: 420}", "; if `x` and `y` are swapped, write `{x: 420, y: 0}`"),
        ("{x: 0%, y: 420}", "; if `x` and `y` are swapped, write `{x: 420, y: 0%}`"),
        ("{x: 0, y: 38.8889%}", ""),
        ("{x: 0, y: 400}", ""),
        ("{x: 100, y: 420}", ""),
    ],
)
def test_a_place_that_is_the_middle_the_other_way_round_is_swapped(kind: str, position: str, help: str) -> None:
    found = told(f"{kind}, startTimeGap: 0, endTimeGap: 0, position: {position}, size: {{width: 1080, height: 1080}}")
    helps = [one.words.help for one in found if one.name == "off-canvas"]
    assert helps == ([f"the video is 1920 x 1080 pixels{help}"] if help else [])
