"""What the README shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import bless_text

from vidc.cli.app import COMMANDS
from vidc.compile import compile
from vidc.diag.result import Result
from vidc.diag.text import render
from vidc.given import read_values
from vidc.source import Source

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(), re.DOTALL | re.MULTILINE)


def test_the_picture_is_a_real_finding(request: pytest.FixtureRequest) -> None:
    text = (Path(__file__).parent / "readme" / "welcome.vidc.yaml").read_text()
    source = Source("welcome.vidc.yaml", text)
    picture = render([Result(source.path, source, compile(source, draft=True).findings)], width=80)
    shown = blocks("text")[0]
    if request.config.getoption("--bless"):
        bless_text(README, shown, picture)
    assert blocks("text")[0] == picture


def test_the_example_of_the_language_compiles() -> None:
    given, found = read_values(["first_name=Ann"], [])
    assert found == []
    made = compile(Source("example.vidc.yaml", blocks("yaml")[0]), given=given)
    assert [(finding.name, finding.words.message) for finding in made.findings if finding.severity != "note"] == []
    assert made.job is not None


def test_every_command_is_there() -> None:
    listed = re.findall(r"^\| `vidc ([a-z]+)", README.read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


def test_the_first_command_renders_an_example() -> None:
    command = README.read_text().split("<!-- render -->\n```sh\n")[1].split("\n```")[0].split()
    spec = command[command.index("render") + 1]
    assert command[command.index("render") - 1].endswith("/vidc")
    assert (ROOT / spec).exists()
