"""The command line as a person or a machine calls it: what it prints, where, and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vidc.cli.app import COMMANDS

ROOT = Path(__file__).parent.parent

GOOD = """\
variables: {name: {type: string, required: true, example: Ann}}
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - tracks:
      - {type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: Hello <name>.,
         position: {x: 420, y: 0}, size: {width: 1080, height: 1080}}
"""
BAD = GOOD.replace("Hello <name>.", "Hello <nam>., startTimeGap: soon")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def vidc(tmp_path: Path) -> Run:
    (tmp_path / "good.vidc.yaml").write_text(GOOD)
    (tmp_path / "bad.vidc.yaml").write_text(BAD)

    def run(*words: str, text: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-X", "dev", "-W", "error", "-c", "from vidc.cli import main; main()", *words]
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env}
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=env, input=text, timeout=60)
        assert "Traceback" not in done.stderr
        return done

    return run


def test_lint_says_nothing_is_wrong(vidc: Run) -> None:
    done = vidc("lint", "good.vidc.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "no findings in 1 file (1 note not shown: `--notes`)\n"


def test_lint_shows_the_place(vidc: Run) -> None:
    done = vidc("lint", "bad.vidc.yaml", "--format", "concise")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "bad.vidc.yaml:5:79: warning: `<nam>` is text as it stands, since no variable has that name [misspelt-name]",
        "bad.vidc.yaml:5:100: error: `startTimeGap` is `soon`, which is no time [bad-time]",
    ]


def test_lint_searches_folders_and_reads_standard_input(vidc: Run) -> None:
    assert vidc("lint").returncode == 1
    assert vidc("lint", ".").returncode == 1
    done = vidc("lint", "-", text=GOOD)
    assert done.returncode == 0
    shown = vidc("lint", "--format", "json", ".").stdout
    assert {finding["file"] for finding in json.loads(shown)} == {"./bad.vidc.yaml"}


@pytest.mark.parametrize(
    "words", [["good.vidc.yaml"], ["bad.vidc.yaml"], ["."], ["nowhere"], ["good.vidc.yaml", "bad.vidc.yaml"]]
)
def test_the_start_without_click_shows_the_same(words: list[str], vidc: Run) -> None:
    quick = vidc("lint", *words)
    whole = vidc("lint", "--color", "auto", *words)
    assert (quick.returncode, quick.stdout, quick.stderr) == (whole.returncode, whole.stdout, whole.stderr)


def test_a_file_that_is_not_there_is_a_failure_of_the_world(vidc: Run) -> None:
    done = vidc("lint", "nowhere.vidc.yaml")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "vidc: cannot read nowhere.vidc.yaml: there is no such file\n"


def test_compile_prints_the_job(vidc: Run) -> None:
    done = vidc("compile", "good.vidc.yaml", "--var", "name=Bo")
    assert (done.returncode, done.stderr) == (0, "")
    track = json.loads(done.stdout)["videoCreative"]["scenes"][0]["tracks"][0]
    assert track["text"] == "Hello Bo."


def test_compile_wants_required_values_and_writes_nothing_without(vidc: Run, tmp_path: Path) -> None:
    done = vidc("compile", "good.vidc.yaml", "-o", "job.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "error: `name` is required and has no value [missing-variable]" in done.stderr
    assert not (tmp_path / "job.json").exists()


def test_compile_writes_a_whole_file(vidc: Run, tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text("name: Cy\n")
    done = vidc("compile", "good.vidc.yaml", "--vars", "values.yaml", "-o", "job.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "job.json").read_text() == vidc("compile", "good.vidc.yaml", "--var", "name=Cy").stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "bad.vidc.yaml",
        "good.vidc.yaml",
        "job.json",
        "values.yaml",
    ]


def test_a_value_from_the_command_line_wins(vidc: Run, tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text("name: Cy\n")
    done = vidc("compile", "good.vidc.yaml", "--var", "name=Di", "--vars", "values.yaml")
    assert '"Hello Di."' in done.stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["compile", "good.vidc.yaml", "--var", "name"], 2, "'name' is not NAME=VALUE"),
        (["compile", "good.vidc.yaml", "--var", "nome=x"], 1, "no variable `nome` is declared [undeclared-variable]"),
        (["lint", "--format", "xml", "."], 2, "'xml' is not one of"),
        (["lnt", "."], 2, "Did you mean 'lint'?"),
        (["explain", "over-constraint"], 2, "Did you mean 'over-constrained'?"),
        (["compile"], 2, "Missing argument 'SPEC'"),
        (["compile", "nowhere.yaml"], 3, "cannot read nowhere.yaml: there is no such file"),
        (["compile", "good.vidc.yaml", "--vars", "nowhere.yaml"], 3, "cannot read nowhere.yaml"),
        (["compile", "good.vidc.yaml", "--var", "name=x", "-o", "no/such/folder"], 3, "No such file or directory"),
    ],
)
def test_wrong_calls_say_what_is_wrong(words: list[str], code: int, message: str, vidc: Run) -> None:
    done = vidc(*words)
    assert done.returncode == code
    assert message in " ".join(done.stderr.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str, vidc: Run) -> None:
    done = vidc(command, "--help")
    assert done.returncode == 0
    assert f"Example:  vidc {command}" in " ".join(done.stdout.split(" "))
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_help_lists_the_commands_in_order(vidc: Run) -> None:
    done = vidc("--help")
    listed = [line.split()[0] for line in done.stdout.split("Commands:\n")[1].splitlines() if line.startswith("  ")]
    assert [name for name in listed if name in COMMANDS] == list(COMMANDS)


def test_version(vidc: Run) -> None:
    assert vidc("--version").stdout == "vidc 0.1.0\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(shell: str, vidc: Run) -> None:
    done = vidc("", _VIDC_COMPLETE=f"{shell}_source")
    assert done.returncode == 0
    assert "vidc" in done.stdout


def test_completion_knows_the_commands(vidc: Run) -> None:
    done = vidc("", _VIDC_COMPLETE="bash_complete", COMP_WORDS="vidc li", COMP_CWORD="1")
    assert done.stdout == "plain,lint\n"


def test_explain_prints_the_page(vidc: Run) -> None:
    done = vidc("explain", "over-constrained")
    assert done.returncode == 0
    assert done.stdout.startswith("over-constrained")
    assert "repeated-key" in vidc("explain").stdout
    assert "repeated-key" in vidc("explain", "--all").stdout


def test_schema_prints_and_checks(vidc: Run) -> None:
    schema = json.loads(vidc("schema").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert vidc("schema", "--check", "good.vidc.yaml").returncode == 0
    done = vidc("schema", "--check", "-", text="settings: {name: 1}\nscenes: 3\n")
    assert done.returncode == 1
    assert done.stderr != ""


def test_colour_only_where_asked(vidc: Run) -> None:
    assert "\x1b[" not in vidc("lint", ".").stdout
    assert "\x1b[" in vidc("lint", "--color", "always", ".").stdout
    assert "\x1b[" not in vidc("lint", "--color", "never", ".").stdout


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.vidc.yaml").write_text("settings:\n" + "".join(f"  k{n}: 1\n" for n in range(900)))
    code = f"{sys.executable} -c 'from vidc.cli import main; main()' lint . | head -1"
    done = subprocess.run(
        ["bash", "-c", code], cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.stderr == ""
