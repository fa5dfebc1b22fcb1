"""The house is in order: format, lint, types, import contracts, the map, and what a lint may load."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import vidc

ROOT = Path(__file__).parent.parent

COMMANDS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "imports": ["importlinter.cli", "lint-imports"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_checks_pass(name: str) -> None:
    module, *words = COMMANDS[name]
    if name == "imports":
        code = "import sys; from importlinter.cli import lint_imports_command; sys.argv = ['lint-imports']; lint_imports_command()"
        command = [sys.executable, "-c", code]
    else:
        command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_map_names_every_module_and_no_other() -> None:
    named = set(re.findall(r"^ {4}([a-z_/]+?)/? {2,}\S", vidc.__doc__ or "", re.MULTILINE))
    there = set()
    for path in (ROOT / "vidc").iterdir():
        if path.is_dir() and (path / "__init__.py").exists():
            there.add(path.name)
        elif path.suffix == ".py" and not path.name.startswith("__"):
            there.add(path.stem)
    assert named == there


def test_the_top_level_holds_what_it_should() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    top = {line.split("/")[0] for line in done.stdout.splitlines()}
    wanted = {"pyproject.toml", "README.md", "LICENSE", "vidc", "schemas", "examples", "tests"}
    assert {name for name in top if not name.startswith(".")} == wanted


def test_no_module_is_longer_than_it_may_be_without_a_reason() -> None:
    long = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "vidc").rglob("*.py")
        if len(path.read_text().splitlines()) > 400 and "Limit:" not in path.read_text()[:1500]
        if "problems" not in path.parts
    }
    assert long == set()
