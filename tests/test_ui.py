"""Specs with mistakes, and the exact text that an author sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from vidc.compile import compile
from vidc.diag.result import Result
from vidc.diag.text import render
from vidc.project import load, reader

UI = Path(__file__).parent / "ui"
SPECS = sorted(UI.glob("*/*.vidc.yaml"))
MARK = re.compile(r"#~((?: [a-z-]+)+)")


def test_there_are_specs_for_every_pass() -> None:
    assert {path.parent.name for path in SPECS} >= {"parse", "expand", "check", "link", "solve", "lint"}


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_findings_stand_where_they_are_marked_and_read_as_golden(
    path: Path, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    source = load(path.name)
    made = compile(source, read=reader(None), draft=True)
    marked = sorted(
        (number, name)
        for number, line in enumerate(source.text.split("\n"), 1)
        for mark in MARK.findall(line)
        for name in mark.split()
    )
    noted = "# with notes" in source.text
    here = [one for one in made.findings if one.span.source is source and (noted or one.severity != "note")]
    found = sorted((source.position(finding.span.start)[0], finding.name) for finding in here)
    assert found == marked
    text = render([Result(path.name, source, made.findings)], notes=noted, color=False, width=80)
    golden(path.with_name(path.name.removesuffix(".vidc.yaml") + ".txt"), text)
