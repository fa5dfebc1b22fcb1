"""The pre-commit hook: its definition is whole, and its entry does what a commit of such files needs."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import ROOT, run

from vidc.project import ENDINGS

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
HOOK = HOOKS[0]

SOUND = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - duration: 3s
    tracks: [{type: image, imageUrl: https://cdn.example.com/a.png, position: {x: 0, y: 0}, size: {width: 9, height: 9}}]
"""


def commit(folder: Path, *files: str, arguments: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the hook as pre-commit does: its entry, its arguments, and the changed files that it asks for."""
    program, *words = shlex.split(HOOK["entry"])
    assert program == "vidc"
    return run(*words, *arguments, *filter(re.compile(HOOK["files"]).search, files), cwd=folder)


def test_the_definition_has_the_fields_that_pre_commit_asks_for() -> None:
    assert [(hook["id"], hook["entry"], hook["language"]) for hook in HOOKS] == [("vidc-lint", "vidc lint", "python")]
    assert set(HOOK) == {"id", "name", "description", "entry", "language", "files", "require_serial"}


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        *((f"videos/welcome{ending}", True) for ending in ENDINGS),
        ("welcome.yaml", False),
        ("welcome.vidc.yaml.bak", False),
        ("vidc.yaml", False),
        ("welcomeXvidc.yaml", False),
    ],
)
def test_it_asks_for_specs_and_nothing_else(path: str, asked: bool) -> None:
    assert bool(re.search(HOOK["files"], path)) is asked


def test_sound_specs_may_be_committed(tmp_path: Path) -> None:
    (tmp_path / "a.vidc.yaml").write_text(SOUND)
    (tmp_path / "notes.yaml").write_text("[")
    done = commit(tmp_path, "a.vidc.yaml", "notes.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("no findings in 1 file")


def test_a_spec_with_a_mistake_may_not(tmp_path: Path) -> None:
    (tmp_path / "a.vidc.yaml").write_text(SOUND)
    (tmp_path / "b.vidc.yml").write_text(SOUND.replace("3s", "soon"))
    done = commit(tmp_path, "a.vidc.yaml", "b.vidc.yml", arguments=("--format", "concise"))
    assert done.returncode == 1
    assert [line.split(" ")[0] for line in done.stdout.splitlines() if ".vidc." in line] == ["b.vidc.yml:3:15:"]


def test_a_mistake_in_what_two_specs_share_is_shown_once(tmp_path: Path) -> None:
    (tmp_path / "shared.vidc.yaml").write_text("variables: {length: {type: tme, default: 1s}}\n")
    for name in "ab":
        (tmp_path / f"{name}.vidc.yaml").write_text("include: [shared.vidc.yaml]\n" + SOUND)
    done = commit(tmp_path, *sorted(path.name for path in tmp_path.iterdir()), arguments=("--format", "concise"))
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines() if ".vidc." in line] == ["shared.vidc.yaml"]
