"""markup-in-script: what an actor would read aloud, each different sign where it stands."""

from __future__ import annotations

import pytest

from vidc.compile import compile
from vidc.diag.finding import Finding
from vidc.source import Source

HEAD = (
    "language: en\nsettings: {name: Demo, videoSize: {width: 1920, height: 1080}}\ndynamicVariables: {price: 49, plan: Pro}\n"
    "scenes:\n  - tracks:\n      - type: actor\n        actor: karen\n        speakerId: en-GB-SoniaNeural\n"
    "        position: {x: 0, y: 0}\n        size: {width: 800, height: 800}\n        text: "
)
SILENCE = "remove it; for silence, make the scene's `duration` longer than its speech; a full stop is a short pause"
DIRECTION = "remove it: an actor takes no directions"
MARKUP = "write what is to be said, without markup or addresses"


def told(script: str) -> list[Finding]:
    made = compile(Source("t.vidc.yaml", f"{HEAD}{script}\n"), draft=True)
    return [finding for finding in made.findings if finding.name == "markup-in-script"]


def signs(script: str) -> list[str]:
    return [finding.span.text for finding in told(script)]


@pytest.mark.parametrize(
    ("script", "sign", "help"),
    [
        ("'Hello. [pause] You.'", "[pause]", SILENCE),
        ("'Hello [pause 1s], you.'", "[pause 1s]", SILENCE),
        ("'Hello [Pause: 1.5 seconds] you.'", "[Pause: 1.5 seconds]", SILENCE),
        ("'Hello. (beat) You.'", "(beat)", SILENCE),
        ("'(Short pause) Hello.'", "(Short pause)", SILENCE),
        ("'Hello (smiling) you.'", "(smiling)", DIRECTION),
        ("'Hello *laughs* you.'", "*laughs*", DIRECTION),
        ("'[whispers softly] Hello.'", "[whispers softly]", DIRECTION),
        ("'Hello. [Music] You.'", "[Music]", DIRECTION),
        ("'Hello. <break time=\"1s\"/> You.'", '<break time="1s"/>', SILENCE),
        ("'Hello <emphasis>you</emphasis>.'", "<emphasis>", MARKUP),
        ("'Hello <customer>.'", "<customer>", f"{MARKUP}; or declare `customer` under `variables:`"),
        ("'See https://example.com/break.'", "https://example.com/break", MARKUP),
    ],
)
def test_a_sign_is_told_where_it_stands(script: str, sign: str, help: str) -> None:
    (finding,) = told(script)
    assert (finding.span.text, finding.words.help) == (sign, help)
    assert finding.words.message == f"the actor would read `{sign}` aloud"


@pytest.mark.parametrize(
    "script",
    [
        "'Press (Pause) to stop.'",
        "'Press [Pause] to stop.'",
        "'Press [Enter] (see page 3).'",
        "'We take a break (one hour).'",
        "'The music (by Bach) fades.'",
        "'(Music to my ears.) Hello.'",
        "'The smile [sic] is (very) wide.'",
        "'Two (2) breaks. (Break of day) is at six.'",
        "'5 * 3 * 2 is thirty.'",
        "'It costs ${price}.'",
    ],
)
def test_brackets_are_common_in_scripts(script: str) -> None:
    assert signs(script) == []


def test_every_different_sign_is_told_at_once_and_its_other_places_are_labels() -> None:
    found = told("'See <b>this</b> and <b>that</b> at **once**, [pause 1s] now [pause 1s] or <i>later</i>.'")
    assert [(one.span.text, [label.span.text for label in one.words.labels]) for one in found] == [
        ("<b>", ["</b>", "<b>", "</b>"]),
        ("**", ["**"]),
        ("[pause 1s]", ["[pause 1s]"]),
        ("<i>", ["</i>"]),
    ]
    starts = [span.start for one in found for span in (one.span, *(label.span for label in one.words.labels))]
    assert len(set(starts)) == len(starts)


def test_a_sign_is_found_behind_escapes_and_in_blocks() -> None:
    assert signs('"Hello <break time=\\"1s\\"/> you."') == ['<break time=\\"1s\\"/>']
    assert signs("|\n          Hello.\n          [pause]\n          You.") == ["[pause]"]


def test_a_sign_that_a_fold_splits_is_told_at_the_whole_script() -> None:
    script = "'Hello <break\n          time=\"1s\"/> you.'"
    assert signs(script) == [script]


def test_of_very_many_signs_some_are_told() -> None:
    assert len(signs("'" + " ".join(f"<a{number}>" for number in range(5_000)) + "'")) == 8


def test_a_scene_that_is_longer_than_its_speech_is_silent_at_its_end_without_a_word() -> None:
    text = f"{HEAD}'It is {{price}} on {{plan}}.'\n".replace("  - tracks", "  - duration: 6s\n    tracks")
    made = compile(Source("t.vidc.yaml", text))
    assert [finding.name for finding in made.findings if finding.severity != "note"] == []
    assert made.job is not None
