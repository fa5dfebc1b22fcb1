"""The extension for VS Code: whole, and started under plain node against a real `vidc lsp`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import ROOT

from vidc.project import ENDINGS

FOLDER = ROOT / "examples" / "vscode"
PACKAGE: dict[str, Any] = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
WORKS = [sys.executable, "-c", "from vidc.cli import main; main()"]
ENDS = [sys.executable, "-c", "raise SystemExit(1)"]
ADVICE = [
    'vidc does not start. Install it with `pip install "vidc[editor]"`, or name it in `vidc.command`.',
    "Open settings",
    "Show why",
]


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if found is None:
        if "node" in os.environ.get("VIDC_REQUIRE", "").split(","):
            pytest.fail("there is no node")
        pytest.skip("there is no node")
    return found


def hosted(node: str, folder: Path, command: list[str], *steps: str, choice: str = "") -> dict[str, Any]:
    """What the extension does in a workspace whose setting is `command`; `choice`: what its user clicks."""
    copied = folder / "extension.js"
    shutil.copyfile(FOLDER / "extension.js", copied)  # apart from modules that may be installed beside it
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "NODE_PATH": str(ROOT / "tests" / "vscode"),
        "VIDC_COMMAND": json.dumps(command),
        "VIDC_CHOICE": choice,
    }
    words = [node, str(ROOT / "tests" / "vscode" / "host.js"), str(copied), *steps]
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_file_that_it_names_is_there_and_is_json_where_it_says_so() -> None:
    contributed = PACKAGE["contributes"]
    named = [
        PACKAGE["main"],
        *(one["configuration"] for one in contributed["languages"]),
        *(one["path"] for one in contributed["grammars"]),
    ]
    assert {Path(one).name for one in named} | {"package.json", "README.md"} == {
        one.name for one in FOLDER.iterdir() if one.is_file() and one.name != "package-lock.json"
    }
    for one in FOLDER.glob("*.json"):
        json.loads(one.read_text(encoding="utf-8"))


def test_it_takes_the_files_that_vidc_takes() -> None:
    languages = PACKAGE["contributes"]["languages"]
    assert sorted(ending for one in languages for ending in one["extensions"]) == sorted(ENDINGS)
    assert PACKAGE["activationEvents"] == ["workspaceContains:**/*.vidc.{yaml,yml,json}"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in PACKAGE["dependencies"].values())


def test_it_begins_lines_where_a_spec_has_them() -> None:
    settings = json.loads((FOLDER / "language-configuration.json").read_text(encoding="utf-8"))
    rule = re.compile(settings["onEnterRules"][0]["beforeText"])
    deeper = re.compile(settings["indentationRules"]["increaseIndentPattern"])
    lines = {"      - type: actor": "rule", "  - name: hello": "rule", "    tracks:": "deeper", "  - tracks:": "deeper"}
    lines |= {"    text: >-": "deeper", "      - {type: text, text: hi}": "", "    - hello": "", "    duration: 4s": ""}
    assert {line: "rule" if rule.search(line) else "deeper" if deeper.search(line) else "" for line in lines} == lines


def test_it_can_be_read_by_node(node: str) -> None:
    done = subprocess.run([node, "--check", str(FOLDER / "extension.js")], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_starts_the_server_in_the_folder_of_the_workspace_and_stops_it(node: str, tmp_path: Path) -> None:
    seen = hosted(node, tmp_path, WORKS)
    assert seen["clients"] == [
        {
            "words": [*WORKS, "lsp"],
            "cwd": str(tmp_path),
            "documents": [
                {"scheme": "file", "language": "vidc"},
                {"scheme": "file", "language": "vidc-json"},
                {"scheme": "file", "language": "yaml"},
                {"scheme": "untitled", "language": "vidc"},
            ],
            "server": "vidc",
            "running": True,
            "ended": [],
        }
    ]
    assert (seen["messages"], seen["left"]) == ([], [False])


@pytest.mark.parametrize("step", ["restart", "configure"])
def test_it_starts_anew_when_it_is_told_to(node: str, tmp_path: Path, step: str) -> None:
    seen = hosted(node, tmp_path, WORKS, step)
    assert [one["running"] for one in seen["clients"]] == [False, True]


@pytest.mark.parametrize("command", [["/no/such/vidc"], ENDS])
def test_a_server_that_does_not_start_is_told_once_with_what_to_do(
    node: str, tmp_path: Path, command: list[str]
) -> None:
    seen = hosted(node, tmp_path, command)
    assert seen["messages"] == [ADVICE]
    assert [one["ended"] for one in seen["clients"]] == [[1] if command == ENDS else []]


def test_its_advice_leads_to_the_settings_and_to_the_reason(node: str, tmp_path: Path) -> None:
    seen = hosted(node, tmp_path, ENDS, choice="Open settings")
    assert seen["executed"] == [["workbench.action.openSettings", "vidc.command"]]
    assert hosted(node, tmp_path, ENDS, choice="Show why")["shown"] == 1


def test_a_server_that_served_and_was_killed_is_started_again(node: str, tmp_path: Path) -> None:
    seen = hosted(node, tmp_path, WORKS, "kill")
    assert [one["ended"] for one in seen["clients"]] == [[2]]
    assert seen["messages"] == []
