"""The examples are what they say: each command in a spec's head makes the job beside it, and nothing is wrong."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from vidc.cli.app import group
from vidc.contract import breaches
from vidc.diag.finding import Log
from vidc.ir.tree import plain
from vidc.passes.parse import parse
from vidc.project import ENDINGS, load

EXAMPLES = Path(__file__).parent.parent / "examples"
FOLDERS = sorted(path for path in EXAMPLES.iterdir() if path.is_dir() and any(path.glob("*.vidc.*")))
COMMAND = re.compile(r"^# +vidc (compile .+)$", re.MULTILINE)


def specs(folder: Path) -> list[Path]:
    return [folder / f"video{ending}" for ending in ENDINGS if (folder / f"video{ending}").exists()]


def commands(folder: Path) -> list[str]:
    """How the jobs of a folder are made, as its spec's head tells; a JSON file has no room to tell it."""
    return [
        command
        for spec in specs(folder)
        for command in (
            ["compile video.vidc.json -o job.json"]
            if spec.suffix == ".json"
            else COMMAND.findall(spec.read_text(encoding="utf-8"))
        )
    ]


def output(command: str) -> str:
    """The job that a command writes: what stands last in it."""
    return shlex.split(command)[-1]


def vidc(*arguments: str) -> object:
    """Run a command; its exit code. What it prints is shown where a test fails."""
    return group.main([*arguments], prog_name="vidc", standalone_mode=False)


each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
each_command = pytest.mark.parametrize(
    ("folder", "command"),
    [
        pytest.param(folder, command, id=f"{folder.name}/{output(command)}")
        for folder in FOLDERS
        for command in commands(folder)
    ],
)


def test_there_are_examples_of_every_kind() -> None:
    kinds = {"changelog", "compliance", "greeting", "onboarding", "studio-export", "template"}
    assert kinds - {folder.name for folder in FOLDERS} == set()


@each_command
def test_a_command_makes_the_job_beside_it_without_a_warning(
    folder: Path,
    command: str,
    golden: Callable[[Path, str], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(folder)
    made = tmp_path / "job.json"
    assert vidc(*shlex.split(command)[:-1], str(made), "--strict") == 0
    golden(folder / output(command), made.read_text(encoding="utf-8"))


@each_folder
def test_a_folder_has_one_spec_and_a_job_for_every_command(folder: Path) -> None:
    assert len(specs(folder)) == 1
    jobs = sorted(path.name for path in folder.glob("job*.json"))
    assert sorted(output(command) for command in commands(folder)) == jobs
    assert "job.json" in jobs


@each_command
def test_a_job_keeps_to_the_schema_of_jobs(folder: Path, command: str) -> None:
    job = json.loads((folder / output(command)).read_text(encoding="utf-8"))
    kind = "colossyan-template-job" if "templateJobId" in job else "colossyan-job"
    assert breaches(job, f"{kind}.schema.json") == []


def test_all_of_them_lint_clean_without_values() -> None:
    assert vidc("lint", str(EXAMPLES), "--strict") == 0


def test_an_export_of_studio_compiles_to_itself() -> None:
    folder = EXAMPLES / "studio-export"
    export = json.loads((folder / "video.vidc.json").read_text(encoding="utf-8"))
    assert json.loads((folder / "job.json").read_text(encoding="utf-8")) == export


@each_folder
def test_an_editor_finds_the_schema_that_a_spec_names_and_nothing_against_it(folder: Path) -> None:
    schema = EXAMPLES.parent / "schemas" / "vidc.schema.json"
    for path in sorted(folder.glob("*.vidc.*")):
        source = load(str(path))
        tree = parse(source, Log())
        assert tree is not None
        assert breaches(plain(tree), schema.name) == []
        if path.suffix == ".yaml":
            named = source.line(1).removeprefix("# yaml-language-server: $schema=")
            assert (folder / named).resolve() == schema
