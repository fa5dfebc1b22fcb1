"""What an allowance may name, in a spec that is compiled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vidc.compile import compile
from vidc.source import Source

TESTS = Path(__file__).parent
HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\nscenes:\n  - duration: 5s\n    tracks:\n"
TRACK = "      - {type: text, text: Hi, position: {x: 0, y: 0}, size: {width: 900, height: 90}}\n"


def names_of(allowed: str) -> list[str]:
    source = Source("a.vidc.yaml", f"{HEAD}      # vidc: allow {allowed} -- it is meant\n{TRACK}")
    return [one.name for one in compile(source, draft=True).findings if one.severity != "note"]


def test_what_a_finding_may_be_named_is_known_before_one_is_made() -> None:
    code = "import sys; from test_allow_names import names_of; print(*names_of(sys.argv[1]))"
    for name, told in (("wrong-component", "unused-allowance"), ("wrong-componend", "unknown-allowance")):
        done = subprocess.run([sys.executable, "-c", code, name], cwd=TESTS, capture_output=True, text=True, check=True)
        assert done.stdout.split() == [told]


@pytest.mark.parametrize("name", ["overflowing-text", "missing-glyph", "unlisted-actor", "unlisted-voice"])
def test_what_only_a_film_or_the_workspace_shows_may_be_allowed(name: str) -> None:
    assert names_of(name) == []
