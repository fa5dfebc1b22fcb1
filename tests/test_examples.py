"""The examples are what they say: each command in a spec's head makes the job beside it, and nothing is wrong."""

from __future__ import annotations

import json
import re
import shlex
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

import pytest

from vidc.compile import Compiled, compile
from vidc.given import read_values
from vidc.project import ENDINGS, load, reader

EXAMPLES = Path(__file__).parent.parent / "examples"
FOLDERS = sorted(path for path in EXAMPLES.iterdir() if path.is_dir())
COMMAND = re.compile(r"^# +vidc (compile .+)$", re.MULTILINE)

ARGUMENTS = ArgumentParser(exit_on_error=False)
ARGUMENTS.add_argument("command", choices=["compile"])
ARGUMENTS.add_argument("spec")
ARGUMENTS.add_argument("--var", action="append", default=[])
ARGUMENTS.add_argument("--vars", action="append", default=[])
ARGUMENTS.add_argument("-o", dest="output", required=True)


def specs(folder: Path) -> list[Path]:
    return [folder / f"video{ending}" for ending in ENDINGS if (folder / f"video{ending}").exists()]


def commands(folder: Path) -> list[str]:
    """How the jobs of a folder are made, as its spec's head tells; a JSON file has no room to tell it."""
    texts = [(spec.name, spec.read_text(encoding="utf-8")) for spec in specs(folder)]
    return [
        command
        for name, text in texts
        for command in (COMMAND.findall(text) if not name.endswith(".json") else [f"compile {name} -o job.json"])
    ]


def run(command: str) -> tuple[Compiled, str]:
    """What a command makes in the folder where it stands, and the name of the job that it writes."""
    arguments = ARGUMENTS.parse_args(shlex.split(command))
    given, problems = read_values(arguments.var, [load(name) for name in arguments.vars])
    assert problems == []
    return compile(load(arguments.spec), given=given, read=reader(None)), arguments.output


def shown(made: Compiled) -> list[str]:
    """Errors and warnings, and where they stand."""
    return [f"{finding.name} at `{finding.span.text}`" for finding in made.findings if finding.severity != "note"]


ALL = [(folder, command) for folder in FOLDERS for command in commands(folder)]
NAMES = [f"{folder.name}: {shlex.split(command)[-1]}" for folder, command in ALL]


def test_there_are_examples_of_every_kind() -> None:
    assert {folder.name for folder in FOLDERS} >= {
        "changelog",
        "compliance",
        "greeting",
        "onboarding",
        "studio-export",
        "template",
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_has_one_spec_and_a_job_for_every_command(folder: Path) -> None:
    assert len(specs(folder)) == 1
    jobs = sorted(path.name for path in folder.glob("job*.json"))
    assert sorted(shlex.split(command)[-1] for command in commands(folder)) == jobs
    assert "job.json" in jobs


@pytest.mark.parametrize(("folder", "command"), ALL, ids=NAMES)
def test_an_example_compiles_to_the_job_beside_it(
    folder: Path, command: str, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    made, output = run(command)
    assert shown(made) == []
    assert made.job is not None
    golden(folder / output, made.job.text())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_example_lints_clean_without_values(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    found = {spec.name: shown(compile(load(spec.name), read=reader(None), draft=True)) for spec in specs(folder)}
    assert found == {spec.name: [] for spec in specs(folder)}


def test_an_export_of_studio_compiles_to_itself() -> None:
    folder = EXAMPLES / "studio-export"
    export = json.loads((folder / "video.vidc.json").read_text(encoding="utf-8"))
    assert json.loads((folder / "job.json").read_text(encoding="utf-8")) == export


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_editor_finds_the_schema_that_a_spec_names(folder: Path) -> None:
    for path in sorted(folder.glob("*.vidc.yaml")):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (folder / first.partition("=")[2]).resolve() == EXAMPLES.parent / "schemas" / "vidc.schema.json"
