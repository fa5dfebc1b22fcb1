"""What a lint may load. Each module costs start-up, and a plain lint is mostly start-up."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PLAIN = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - tracks:
      - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello there.,
         position: {x: 420, y: 0}, size: {width: 1080, height: 1080}}
"""

TIMED = """\
vidc: 1
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - intrinsicDurationTrackReference: speech
    transition: {type: fade, duration: 500ms}
    tracks:
      # the narrator
      - {type: actor, referenceId: speech, actor: karen, speakerId: en-GB-RyanNeural, text: "It takes 25 minutes.",
         position: {x: 420, y: 0}, size: {width: 1080, height: 1080}}
      - {type: text, text: "Hello", position: {x: 5%, y: center}, size: {width: 90%, height: 12%},
         startTimeGap: 200ms, endTimeGap: 100}
  - duration: 1m30s
    tracks:
      - {type: image, imageUrl: "https://cdn.example.com/a.png", position: {x: 0, y: 0},
         size: {width: 100%, height: 100%}}
"""

LOOKED_UP = """\
variables:
  company: Northwind
  plan: {name: Pro, days: 30}
  features: [{title: Reports}, {title: Calendars}]
settings: {name: "Demo of <company>", videoSize: {width: 1920, height: 1080}}
scenes:
  - for: feature in features
    tracks:
      - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
         text: "Hello <company>. Your plan {{ plan.name }} has <plan.days> days of <feature.title>.",
         position: {x: 420, y: 0}, size: {width: 1080, height: 1080}}
"""

JINJA = LOOKED_UP.replace("<feature.title>", "{{ features | map(attribute='title') | join(', ') }}")

FAULTY = (
    PLAIN.replace("karen", "Karen").replace("actor: Karen", "actr: karen").replace("tracks", "duration: 2\n    tracks")
)

FORBIDDEN = {
    "argparse",
    "click",
    "dataclasses",
    "difflib",
    "httpx",
    "inspect",
    "jinja2",
    "json",
    "jsonschema",
    "networkx",
    "pathlib",
    "typing",
    "unicodedata",
    "urllib",
}

PLAIN_LOADS = ["bisect", "gc"]
"""Every module from outside that a plain lint loads, beside those that PyYAML brings."""

OWN_UNUSED = (
    "vidc.adopt",
    "vidc.cli.app",
    "vidc.cli.options",
    "vidc.contract",
    "vidc.diag.block",
    "vidc.diag.snippet",
    "vidc.given",
    "vidc.passes.expand.child",
    "vidc.passes.expand.filters",
    "vidc.passes.expand.jinja",
    "vidc.passes.solve.advice",
    "vidc.passes.solve.edits",
    "vidc.passes.solve.explain",
    "vidc.passes.solve.explicit",
    "vidc.passes.solve.trial",
    "vidc.passes.solve.troubles",
    "vidc.views",
)
"""Our own modules that a lint without a finding has no work for."""


def loaded(*words: str) -> set[str]:
    """The modules that a fresh interpreter loads, as it reports them itself."""
    command = [sys.executable, "-X", "importtime", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    return set(re.findall(r"^import time: +\d+ \| +\d+ \| +(\S+)$", done.stderr, re.MULTILINE))


def lint(path: Path, text: str) -> set[str]:
    file = path / "video.vidc.yaml"
    file.write_text(text, encoding="utf-8")
    return loaded("-c", "from vidc.cli import main; main()", "lint", str(file))


def outside(modules: set[str]) -> list[str]:
    """Packages that are not ours, nor brought by PyYAML; private ones belong to a public one."""
    brought = loaded("-c", "import yaml")
    tops = {name.split(".")[0] for name in modules - brought}
    return sorted(name for name in tops if not name.startswith("_") and name != "vidc")


@pytest.mark.parametrize("text", [PLAIN, TIMED, LOOKED_UP], ids=["plain", "timed", "looked-up"])
def test_a_plain_lint_loads_these_modules_and_no_other(tmp_path: Path, text: str) -> None:
    assert outside(lint(tmp_path, text)) == PLAIN_LOADS


def test_a_plain_lint_loads_nothing_that_is_slow_to_load(tmp_path: Path) -> None:
    assert {name.split(".")[0] for name in lint(tmp_path, TIMED)} & FORBIDDEN == set()


def test_a_plain_lint_loads_none_of_our_own_that_it_has_no_work_for(tmp_path: Path) -> None:
    found = lint(tmp_path, TIMED)
    assert {name for name in found if name.startswith(OWN_UNUSED)} == set()


def test_a_lint_loads_jinja_only_where_a_template_needs_it(tmp_path: Path) -> None:
    assert "jinja2" not in lint(tmp_path, LOOKED_UP)
    assert "jinja2" in lint(tmp_path, JINJA)


def test_a_lint_with_findings_loads_no_other_command_and_no_library(tmp_path: Path) -> None:
    found = {name.split(".")[0] for name in lint(tmp_path, FAULTY)}
    assert found & (FORBIDDEN - {"json", "unicodedata"}) == set()
