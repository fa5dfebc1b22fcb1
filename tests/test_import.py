"""`vidc import`: any job becomes a spec that compiles to just that job."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from vidc.adopt import adopt, written
from vidc.cli.importing import command
from vidc.clock import MAX_MS, read_time, with_unit
from vidc.compile import compile
from vidc.diag.finding import Log
from vidc.ir.tree import plain
from vidc.passes.parse import parse
from vidc.source import Source

HERE = Path(__file__).parent
VIEWS = HERE / "views"
JOBS = sorted((HERE / "jobs").glob("*.json"))

ODD = [
    "",
    " ",
    " led",
    "trailed ",
    "two  blanks",
    "a: b",
    "a #b",
    "# vidc: allow clipped -- no",
    "yes",
    "null",
    "~",
    "TRUE",
    "12",
    "-1.5e3",
    "0x1F",
    "0o17",
    "1:30",
    "2020-01-01",
    ".inf",
    "5%",
    "center",
    "2s",
    "<b>bold</b>",
    "<name>",
    r"\<name>",
    "{{ x }}",
    "{{",
    "{% if x %}",
    "{# note #}",
    "{plan}",
    "{}",
    "- item",
    "? key",
    "| block",
    "> fold",
    "*alias",
    "&anchor",
    "!tag",
    "%TAG",
    "@at",
    "`tick`",
    "'",
    '"',
    "it's",
    'say "hi"',
    "back\\slash",
    "\\n",
    "[a, b]",
    "{a: b}",
    "a, b",
    "a\nb",
    "a\n",
    "a\n\n",
    "\na",
    " a\nb",
    "a \nb",
    "a\n\n  b\n",
    "a\r\nb",
    "a\tb",
    "\t",
    "\x07\x1b[31m",
    "\x85\u2028\u2029",
    "\ufeff",
    "\u202e\u200b",
    "é ü ñ 日本語 русский العربية",
    "👩‍👩‍👧 🇩🇪 ✌️",
    "\U0010ffff",
    "---",
    "...",
    "--- a",
    "<<",
    "=",
    "word " * 60,
    "x" * 300,
    "a: long text with a colon " * 12,
    "line one that is long enough to need it\n" * 5,
]

texts = st.sampled_from(ODD) | st.text(max_size=30) | st.text("ab <>{}%#:'\"\\\n-,[]&*!|>?@`\t", max_size=12)
numbers = st.integers(-(10**6), 10**6) | st.floats(-(10**9), 10**9, allow_nan=False)
keys = st.sampled_from(["a", "x-y", "for", "if", "use", "with", "extra", "note", "", "1", "null"]) | texts.filter(
    lambda text: text != "<<"
)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
times = st.integers(1, 100_000) | st.sampled_from([1, 999, 1000, 1500, 60_000, 61_001, 3_600_000])
places = st.fixed_dictionaries({"x": numbers, "y": numbers})
sizes = st.fixed_dictionaries({"width": st.integers(1, 4000), "height": st.integers(1, 4000)})
extras = st.dictionaries(keys, values, max_size=2)
tracks = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("actor"), "actor": st.just("karen"), "speakerId": st.just("en-GB-RyanNeural"), "text": texts,
         "position": places, "size": sizes},
        optional={"referenceId": texts, "rotation": numbers, "view": st.just("front")},
    ),
    st.fixed_dictionaries(
        {"type": st.just("image"), "imageUrl": st.just("https://cdn.example.com/a.png"), "position": places,
         "size": sizes},
        optional={"startTimeGap": times, "note": values},
    ),
    st.fixed_dictionaries({"type": st.just("text"), "text": texts, "position": places, "size": sizes}),
)  # fmt: skip
scenes = st.fixed_dictionaries(
    {"duration": times, "tracks": st.lists(tracks, min_size=1, max_size=3)}, optional={"name": texts, "note": values}
)
sound_jobs = st.fixed_dictionaries(
    {
        "videoCreative": st.fixed_dictionaries(
            {
                "settings": st.fixed_dictionaries({"name": texts, "videoSize": sizes}),
                "scenes": st.lists(scenes, min_size=1, max_size=3),
            }
        )
    },
    optional={
        "dynamicVariables": st.dictionaries(texts, texts, max_size=2),
        "callbackPayload": st.dictionaries(keys, values, max_size=2),
        "language": st.just("en"),
        "variables": st.dictionaries(st.just("name"), texts),
        "defaults": values,
        "include": values,
        "vidc": values,
        "x-note": values,
        "note": values,
    },
)
template_jobs = st.fixed_dictionaries(
    {"templateJobId": st.just("tpl-1"), "dynamicVariables": st.dictionaries(st.sampled_from(["a", "b"]), texts)},
    optional={"callbackPayload": extras},
)
any_jobs = (
    st.dictionaries(st.sampled_from(["videoCreative", "templateJobId", "callback", "vidc", "scenes"]) | keys, values)
    | st.fixed_dictionaries({"videoCreative": st.dictionaries(st.sampled_from(["settings", "scenes"]), values)})
    | st.fixed_dictionaries({"videoCreative": values, "note": values})
)


def canonical(data: Any) -> str:
    """JSON in which 1, 1.0 and true differ and the order of keys does not matter."""
    return json.dumps(data, sort_keys=True)


def holds(job: dict[str, Any]) -> str:
    """Import a job; it is given back whole, or it does not compile itself."""
    source = Source("job.json", json.dumps(job, ensure_ascii=False))
    adopted = adopt(source)
    if not adopted.text:
        assert compile(source).job is None
        assert any(finding.severity == "error" for finding in adopted.findings)
        return ""
    made = compile(Source("spec", adopted.text)).job
    assert made is not None
    assert canonical(made.data) == canonical(job)
    return adopted.text


@given(sound_jobs)
def test_a_job_comes_back_from_its_spec(job: dict[str, Any]) -> None:
    holds(job)


@given(template_jobs)
@example({"templateJobId": "t", "dynamicVariables": {"a": "{{ x }} {% if %} {# <b> 5%"}})
def test_a_template_job_comes_back_from_its_spec(job: dict[str, Any]) -> None:
    holds(job)


@given(any_jobs)
def test_what_is_no_sound_job_gives_findings(job: dict[str, Any]) -> None:
    holds(job)


@pytest.mark.parametrize("text", ODD)
def test_a_script_of_any_form_comes_back(text: str) -> None:
    actor = {"type": "actor", "actor": "karen", "speakerId": "en-GB-RyanNeural", "text": text}
    place = {"position": {"x": 0, "y": 0}, "size": {"width": 1, "height": 1}}
    settings = {"name": "Demo", "videoSize": {"width": 1, "height": 1}}
    holds({"videoCreative": {"settings": settings, "scenes": [{"duration": 9000, "tracks": [actor | place]}]}})


@given(st.dictionaries(keys, values, max_size=4))
def test_what_is_written_reads_back(data: dict[str, Any]) -> None:
    log = Log()
    tree = parse(Source("", written({"first": data})), log)
    assert log.findings == []
    assert tree is not None
    assert canonical(plain(tree)) == canonical({"first": data})


@given(st.integers(1, MAX_MS))
def test_a_time_with_its_unit_is_the_same_time(ms: int) -> None:
    assert read_time(with_unit(ms)) == ms


def test_times_are_written_as_a_person_would() -> None:
    times = [1, 250, 1000, 1500, 1234, 60_000, 90_000, 61_001, 3_600_000]
    assert [with_unit(ms) for ms in times] == [
        "1ms",
        "250ms",
        "1s",
        "1.5s",
        "1.234s",
        "1m",
        "1m30s",
        "1m1.001s",
        "60m",
    ]


@pytest.mark.parametrize("path", JOBS, ids=lambda path: path.stem)
def test_jobs_as_they_are_found(path: Path) -> None:
    holds(json.loads(path.read_text()))


@pytest.mark.parametrize("path", sorted((VIEWS / "import").glob("*.json")), ids=lambda path: path.stem)
def test_the_spec_of_a_job(path: Path, golden: Callable[[Path, str], None]) -> None:
    golden(path.with_suffix(".vidc.yaml"), holds(json.loads(path.read_text())))


def run(*words: str, text: str | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, list(words), input=text, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.return_value, done.stdout, done.stderr


JOB = {
    "videoCreative": {
        "settings": {"videoSize": {"width": 1920, "height": 1080}, "name": "Demo: one"},
        "scenes": [
            {
                "duration": 1500,
                "tracks": [
                    {
                        "size": {"height": 1080, "width": 1920},
                        "position": {"y": 0, "x": 0},
                        "imageUrl": "https://cdn.example.com/a.png",
                        "type": "image",
                        "startTimeGap": 0,
                        "endTimeGap": 250,
                    }
                ],
            }
        ],
    },
    "callback": "https://hooks.example.com/a",
}

SPEC = """\
vidc: 1

settings:
  name: "Demo: one"
  videoSize: {width: 1920, height: 1080}

scenes:
  - duration: 1.5s
    tracks:
      - type: image
        imageUrl: https://cdn.example.com/a.png
        position: {x: 0, y: 0}
        size: {width: 1920, height: 1080}
        startTimeGap: 0
        endTimeGap: 250ms

callback: https://hooks.example.com/a
"""


def test_the_spec_is_printed() -> None:
    assert run("-", text=json.dumps(JOB)) == (0, SPEC, "")


def test_the_spec_is_written_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "job.json").write_text(json.dumps(JOB))
    assert run(str(tmp_path / "job.json"), "-o", str(tmp_path / "a.vidc.yaml")) == (0, "", "")
    assert (tmp_path / "a.vidc.yaml").read_text() == SPEC


def test_what_looks_like_a_template_keeps_the_services_form() -> None:
    job = {**JOB, "callbackPayload": {"note": "{{ x }}"}}
    code, out, err = run("-", text=json.dumps(job))
    assert (code, err) == (0, "vidc: kept in the service's own form: vidc's own would not give the same job\n")
    assert out.startswith("videoCreative:\n  settings:\n    videoSize: {width: 1920, height: 1080}\n")


def test_a_job_with_errors_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "job.json").write_text('{"videoCreative": {"settings": {}, "scenes": []}}')
    code, out, err = run(str(tmp_path / "job.json"), "-o", str(tmp_path / "a.vidc.yaml"))
    assert (code, out, (tmp_path / "a.vidc.yaml").exists()) == (1, "", False)
    assert "error: " in err


def test_what_is_no_json_is_said_with_its_place() -> None:
    code, out, err = run("-", text='{"videoCreative": ]}')
    assert (code, out) == (1, "")
    assert "--> <stdin>:1:" in err


def test_a_spec_is_one_already(tmp_path: Path) -> None:
    file = tmp_path / "a.vidc.yaml"
    file.write_text("settings: {name: Demo}\nscenes: []\n")
    done = CliRunner().invoke(command, [str(file)])
    assert done.exit_code == 2
    assert done.stderr.endswith(f"Error: {file} is a spec already; `vidc compile` makes its job.\n")
