"""The fingerprint changes with the video and with nothing else."""

from __future__ import annotations

import pytest

from vidc.compile import compile
from vidc.source import Source

SPEC = """\
# a comment
x-places: {left: &left {x: 0, y: 0}}
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
dynamicVariables: {plan: Pro}
scenes:
  - name: one
    tracks:
      - {type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: "Hello {plan}.", position: *left, size: {width: 9, height: 9}}
callback: https://hooks.example.com/a
callbackPayload: {run: 1}
"""


def fingerprint(text: str) -> str:
    made = compile(Source("a.vidc.yaml", text))
    assert made.job is not None, [finding.words.message for finding in made.findings]
    return made.job.fingerprint()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# a comment", "# another comment"),
        (
            "{name: Demo, videoSize: {width: 1920, height: 1080}}",
            "{videoSize: {height: 1080, width: 1920}, name: Demo}",
        ),
        ("left", "anchor"),
        ("hooks.example.com/a", "hooks.example.com/b"),
        ("{run: 1}", "{run: 2, more: x}"),
        ("    tracks:\n", "\n    tracks:\n\n"),
        ("x: 0", "x: 0%"),
        ("name: one", "name: 'one'"),
        ("Hello {plan}.", "Hello {{ '{plan}' }}."),
    ],
)
def test_what_is_not_the_video_does_not_change_it(old: str, new: str) -> None:
    assert fingerprint(SPEC.replace(old, new)) == fingerprint(SPEC)


@pytest.mark.parametrize(
    ("old", "new"),
    [("Hello", "Hallo"), ("plan: Pro", "plan: Team"), ("1920", "1280"), ("name: one", "name: two"), ("karen", "ryan")],
)
def test_one_word_changes_it(old: str, new: str) -> None:
    assert fingerprint(SPEC.replace(old, new)) != fingerprint(SPEC)


def test_numbers_and_nulls_that_mean_the_same_are_the_same() -> None:
    job = '{"videoCreative": {"settings": {"name": "a", "videoSize": {"width": 100, "height": 100}}, "scenes": [{"duration": 2000%s, "tracks": []}]}%s}'
    assert fingerprint(job % ("", "")) == fingerprint(job % (".0", ', "callback": null, "dynamicVariables": {}'))
