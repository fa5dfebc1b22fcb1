"""Jobs as other programs send them: what is right passes as it is, what is wrong is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vidc.contract import breaches
from vidc.diag.finding import Log
from vidc.ir.form import is_literal
from vidc.ir.spec import Spec
from vidc.passes.check import check
from vidc.passes.parse import parse
from vidc.source import Source

JOBS = Path(__file__).parent / "jobs"

Said = tuple[str, str, str]
"""A finding's severity, name and the text it points at."""

SAYS: dict[str, list[Said]] = {
    "actor-alone": [],
    "older-removed-background": [],
    "scene-with-duration": [],
    "scene-by-reference": [],
    "scene-by-its-video": [],
    "image-with-duration": [],
    "image-between-gaps": [],
    "with-variables": [],
    "double-braces": [],
    "nulls-and-floats": [],
    "unknown-properties": [
        ("warning", "undocumented-property", '"priority"'),
        ("warning", "undocumented-property", '"mood"'),
        ("warning", "undocumented-property", '"lighting"'),
    ],
    "every-documented-field": [
        ("warning", "unfetchable-url", '"word"'),
        ("warning", "unfetchable-url", '"word"'),
        ("error", "text-and-audio", '"audioUrl"'),
    ],
    "template": [("warning", "unfetchable-url", '"word"')],
    "saved-answer": [("warning", "answer-property", '"status"')],
    "wrong-image-url-in-video": [("error", "misplaced-property", '"imageUrl"')],
    "wrong-avatar-request": [("error", "another-request", '"sourceFileUrl"')],
    "wrong-draft-request": [("error", "another-request", '"summary"')],
    "wrong-flat": [("error", "another-vendors-body", '"script"')],
    "wrong-config": [("error", "another-vendors-body", '"avatar"'), ("error", "invented-property", '"config"')],
    "wrong-no-video-size": [
        ("error", "another-vendors-body", '"avatar"'),
        ("error", "invented-property", '"resolution"'),
        ("error", "invented-property", '"subtitles"'),
        ("error", "invented-property", '"videoLayout"'),
        ("error", "invented-property", '"padding"'),
        ("warning", "missing-name", '"settings"'),
    ],
    "wrong-video-size-text": [
        ("error", "another-vendors-body", '"avatar"'),
        ("error", "bad-video-size", '"portrait"'),
        ("error", "invented-property", '"resolution"'),
        ("error", "invented-property", '"subtitles"'),
        ("error", "invented-property", '"videoLayout"'),
        ("error", "invented-property", '"padding"'),
        ("warning", "missing-name", '"settings"'),
    ],
    "wrong-video-size-kind": [
        ("error", "another-vendors-body", '"avatar"'),
        ("error", "bad-video-size", '"videoSize"'),
        ("error", "invented-property", '"resolution"'),
        ("error", "invented-property", '"subtitles"'),
        ("error", "invented-property", '"videoLayout"'),
        ("error", "invented-property", '"padding"'),
        ("warning", "missing-name", '"settings"'),
    ],
    "wrong-flat-snake": [("error", "another-vendors-body", '"script"')],
    "wrong-template-names": [("error", "invented-property", '"templateId"')],
    "wrong-heygen": [("error", "another-vendors-body", '"video_inputs"')],
    "wrong-synthesia": [("error", "another-vendors-body", '"input"')],
    "wrong-settings-per-scene": [("error", "misplaced-property", '"settings"')],
    "wrong-audio-speech": [("error", "misplaced-property", '"scriptSource"')],
    "wrong-snake-names": [
        ("error", "invented-property", '"callback_url"'),
        ("error", "invented-property", '"actor_id"'),
        ("error", "invented-property", '"voice_id"'),
    ],
    "wrong-no-tracks": [("error", "missing-field", '"name"')],
    "wrong-no-scenes": [("error", "missing-field", '"videoCreative"')],
    "wrong-host": [("error", "wrong-host", '"https://api.colossyan.com/v1/done"')],
}


def checked(name: str) -> tuple[Spec, Log]:
    log = Log()
    path = JOBS / f"{name}.json"
    tree = parse(Source(path.name, path.read_text(encoding="utf-8")), log)
    assert tree is not None
    return check(tree, log, literal=is_literal(tree)), log


def body(spec: Spec) -> dict[str, Any]:
    """What a spec sends, put together without regard to order."""
    if spec.kind == "template":
        return dict(spec.values)
    scenes = [{**scene.values, "tracks": [track.values for track in scene.tracks]} for scene in spec.scenes]
    return {**spec.values, "videoCreative": {**spec.creative, "settings": spec.settings, "scenes": scenes}}


def test_every_job_has_its_findings_written_down() -> None:
    assert {path.stem for path in JOBS.glob("*.json")} == set(SAYS)


@pytest.mark.parametrize("name", SAYS)
def test_a_job_gets_the_findings_that_it_deserves(name: str) -> None:
    _, log = checked(name)
    assert [(found.severity, found.name, found.span.text) for found in log.findings] == SAYS[name]


@pytest.mark.parametrize("name", [name for name, said in SAYS.items() if all(one[0] != "error" for one in said)])
def test_a_job_without_an_error_passes_exactly_as_it_is(name: str) -> None:
    spec, _ = checked(name)
    written = json.loads((JOBS / f"{name}.json").read_text(encoding="utf-8"))
    assert json.dumps(body(spec), sort_keys=True) == json.dumps(written, sort_keys=True)
    schema = "colossyan-template-job" if spec.kind == "template" else "colossyan-job"
    assert breaches(written, f"{schema}.schema.json") == []


@pytest.mark.parametrize("name", [name for name, said in SAYS.items() if any(one[0] == "error" for one in said)])
def test_every_error_says_what_to_write_instead(name: str) -> None:
    _, log = checked(name)
    assert [found.name for found in log.findings if not found.words.help] == []


def test_the_skeleton_for_another_vendors_body_holds_the_authors_own_values() -> None:
    _, log = checked("wrong-flat")
    (found,) = log.findings
    assert found.words.message == (
        "this looks like a request of D-ID, not of Colossyan: it has no scenes, but `script`, `avatar` and `voice`"
    )
    assert found.words.help == (
        "write `settings: {name: Garden tour, videoSize: {width: 1920, height: 1080}}, scenes: [{tracks: [{type: actor, "
        "actor: gardener, speakerId: gardener-voice, text: Welcome to the garden., position: {x: 420, y: 0}, "
        "size: {width: 1080, height: 1080}}]}]`"
    )
    assert [(label.span.text, label.text) for label in found.words.labels] == [
        ('"avatar"', "is a track's `actor`"),
        ('"voice"', "is a track's `speakerId`"),
        ('"title"', "is `name` in `settings`"),
        ('"config"', "is `settings`"),
    ]
