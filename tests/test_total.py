"""Any text gives a job or an error: never both, never neither, never an exception, never a control character."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from conftest import SCALE
from hypothesis import given, settings
from hypothesis import strategies as st

from vidc.compile import Compiled, compile
from vidc.diag.result import Result
from vidc.source import Source

FORMATS = ("text", "concise", "as_json", "github", "sarif", "junit", "gitlab")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")

WORDS = [
    "vidc",
    "variables",
    "dynamicVariables",
    "defaults",
    "components",
    "include",
    "settings",
    "scenes",
    "callback",
    "callbackPayload",
    "templateJobId",
    "videoCreative",
    "language",
    "extra",
    "x-a",
    "name",
    "videoSize",
    "width",
    "height",
    "alphaChannel",
    "duration",
    "intrinsicDurationTrackReference",
    "transition",
    "tracks",
    "type",
    "actor",
    "image",
    "video",
    "audio",
    "text",
    "speakerId",
    "imageUrl",
    "videoUrl",
    "audioUrl",
    "position",
    "size",
    "x",
    "y",
    "rotation",
    "referenceId",
    "sequentialBlendId",
    "startTimeGap",
    "endTimeGap",
    "intrinsicDuration",
    "removeBackground",
    "variant",
    "view",
    "for",
    "if",
    "use",
    "with",
    "parameters",
    "tracks",
    "scene",
    "required",
    "default",
    "example",
    "max_length",
    "string",
    "number",
    "boolean",
    "list",
    "object",
    "url",
    "time",
    "fade",
    "center",
]
SCALARS = [
    *["1", "0", "-1", "2000", "1.5", "1e9", "99", "null", "~", "true", "no", "1:30", "''", '""', "5%", "100%", "inf"],
    *["500ms", "2s", "2.5s", "1m30s", "9999999h", "[1s, 2s, inf]", "Hello there.", "{name}", "'{a} {b'", "'{{ a }}'"],
    *["'<a>'", "'<a.b>'", "'<a | upper>'", "'\\<a>'", "'{{ a.b }}'", "'{{ a | join }}'", "'{% if a %}x{% endif %}'"],
    *[
        "'{% for i in a %}{{ i }}{% endfor %}'",
        "'{{ 1 / 0 }}'",
        "'{{'",
        "'{%'",
        "'{{ nope }}'",
        "i in a",
        "i in [1, 2]",
    ],
    *[
        "a",
        "b",
        "box",
        "https://cdn.example.com/a.png",
        "http://[",
        "karen",
        "en-GB-RyanNeural",
        "speech",
        "*r",
        "&r 1",
    ],
    *[
        '"\\u202e\\x1b[31m"',
        "'\u200b'",
        "\U0001f600",
        "'\u4f60\u597d'",
        "!!int 1",
        "|\n    x\n",
        ">-\n    y\n",
        "<<",
        "@",
        "`",
    ],
]
PIECES = st.sampled_from([
    *WORDS, *SCALARS, ": ", ": ", ": ", "\n", "\n", "\n", "  ", "  ", "    ", "- ", "- ", "{", "}", "[", "]", ", ",
    "# vidc: allow clipped", "#", "---\n", "\t", "\r\n", "'", '"', "\x00", "\x1b", "\ud800", "\ufeff", "\u2028",
])  # fmt: skip
SOUP = st.lists(PIECES, max_size=60).map("".join)

TRACK = st.dictionaries(st.sampled_from(WORDS), st.sampled_from([s for s in SCALARS if "\n" not in s]), max_size=9)


def _flow(mapping: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in mapping.items()) + "}"


@st.composite
def near_specs(draw: st.DrawFn) -> str:
    """Texts with the shape of a spec and anything in its places."""
    lines = []
    if draw(st.booleans()):
        lines.append(
            "variables: " + _flow(draw(TRACK)) if draw(st.booleans()) else "variables: {a: [1, 2], b: {c: x}, i: 3}"
        )
    if draw(st.booleans()):
        lines.append("components: {box: {parameters: {a: 1}, tracks: [" + _flow(draw(TRACK)) + "]}}")
    if draw(st.booleans()):
        lines.append("dynamicVariables: {name: Ann}")
    if draw(st.booleans()):
        lines.append("defaults: {actor: " + _flow(draw(TRACK)) + "}")
    lines.append(
        draw(
            st.sampled_from(
                ["settings: {name: Demo, videoSize: {width: 1920, height: 1080}}", "settings: " + _flow(draw(TRACK))]
            )
        )
    )
    lines.append("scenes:")
    for _ in range(draw(st.integers(0, 3))):
        scene = draw(TRACK)
        lines.append("  - " + ("duration: 3s" if draw(st.booleans()) else "name: s"))
        lines += [f"    {key}: {value}" for key, value in scene.items() if key not in ("tracks", "duration", "name")]
        lines.append("    tracks:")
        for _ in range(draw(st.integers(0, 3))):
            kind = draw(st.sampled_from(["actor", "image", "video", "text", "audio", "shape"]))
            fields = {"type": kind, **draw(TRACK)}
            if draw(st.booleans()):
                fields |= {"position": "{x: 0, y: 0}", "size": "{width: 9, height: 9}"}
            lines.append("      - " + _flow(fields))
    return "\n".join(lines)


def hold(made: Compiled) -> None:
    has_error = any(finding.severity == "error" for finding in made.findings)
    assert (made.job is None) == has_error
    for name in FORMATS:
        text = import_module(f"vidc.diag.{name}").render(
            [Result(made.source.path, made.source, made.findings)], notes=True
        )
        assert CONTROL.search(text) is None
    if made.job is not None:
        made.job.text().encode()
        assert len(made.job.fingerprint()) == 64


@pytest.mark.parametrize("part", range(2))
@settings(max_examples=2_500 * SCALE)
@given(text=SOUP)
def test_any_soup_of_fragments_is_a_job_or_an_error(part: int, text: str) -> None:
    hold(compile(Source(f"soup{part}.vidc.yaml", text)))


@pytest.mark.parametrize("part", range(2))
@settings(max_examples=2_500 * SCALE)
@given(text=near_specs())
def test_anything_in_the_places_of_a_spec_is_a_job_or_an_error(part: int, text: str) -> None:
    hold(compile(Source(f"spec{part}.vidc.yaml", text)))


@settings(max_examples=500 * SCALE)
@given(st.text(max_size=200))
def test_any_text_at_all_is_a_job_or_an_error(text: str) -> None:
    hold(compile(Source("\x1b]0;evil\x07.vidc.yaml", text)))


@settings(max_examples=1_000 * SCALE)
@given(near_specs())
def test_a_draft_makes_no_job_and_finds_what_compiling_finds(text: str) -> None:
    draft, made = (compile(Source("draft.vidc.yaml", text), draft=draft) for draft in (True, False))
    assert draft.job is None
    missing = {"missing-variable", "example-used"}
    if not missing & {finding.name for finding in (*draft.findings, *made.findings)}:
        assert [finding.name for finding in draft.findings] == [finding.name for finding in made.findings]
