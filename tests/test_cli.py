"""The command line as a person or a machine calls it: what it prints, where, and its exit code."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CANARY

from vidc.cli.app import COMMANDS
from vidc.cli.end import WORLD, ended

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
        env = {"PATH": os.environ["PATH"], "COLOSSYAN_TOKEN": CANARY, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env}
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=env, input=text, timeout=60)
        assert "Traceback" not in done.stderr
        assert CANARY not in done.stdout + done.stderr
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
    assert {finding["file"] for finding in json.loads(shown)} == {"bad.vidc.yaml"}


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
        (["compile", "good.vidc.yaml", "--var", "=x"], 2, "'=x' is not NAME=VALUE"),
        (["compile", "good.vidc.yaml", "--vars", "list.yaml"], 1, "error: values are a mapping of names, such as"),
        (["compile", "good.vidc.yaml", "--vars", "none.yaml"], 1, "error: there are no values in this file"),
        (["compile", "good.vidc.yaml", "--var", "name=x", "-o", "."], 3, "cannot write .: it is a folder; name a"),
        (["compile", "good.vidc.yaml", "--var", "name=x", "-o", "no/"], 3, "cannot write no/: it names a folder"),
        (["compile", "good.vidc.yaml", "--var", "name=x", "-o", "list.yaml/x"], 3, "`list.yaml` is no folder"),
        (["lint", "/dev/stdin"], 3, "it is no regular file; use `-` for standard input"),
        (["lint", "pipe"], 3, "cannot read pipe: it is no regular file; use `-` for standard input"),
        (["compile", "good.vidc.yaml", "--var", "nome=x"], 1, "no variable `nome` is declared [undeclared-variable]"),
        (["lint", "--format", "xml", "."], 2, "'xml' is not one of"),
        (["lnt", "."], 2, "Did you mean 'lint'?"),
        (["explain", "over-constraint"], 2, "Did you mean 'over-constrained'?"),
        (["compile"], 2, "Missing argument 'SPEC'"),
        (["compile", "nowhere.yaml"], 3, "cannot read nowhere.yaml: there is no such file"),
        (["compile", "good.vidc.yaml", "--vars", "nowhere.yaml"], 3, "cannot read nowhere.yaml"),
        (
            ["compile", "good.vidc.yaml", "--var", "name=x", "-o", "no/x"],
            3,
            "cannot write no/x: there is no folder `no`; make it first",
        ),
    ],
)
def test_wrong_calls_say_what_is_wrong(words: list[str], code: int, message: str, vidc: Run, tmp_path: Path) -> None:
    (tmp_path / "list.yaml").write_text("- name\n")
    (tmp_path / "none.yaml").write_text("")
    os.mkfifo(tmp_path / "pipe")
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
    assert done.stdout == "plain,lint\nplain,listen\n"


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


PART = """\
variables: {company: Northwind}
components:
  sign:
    tracks: [{type: text, text: <company>, position: {x: 0, y: 0}, size: {width: 900, height: 90}, duration: 3}]
"""
USER = """\
include: part.vidc.yaml
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes: [{tracks: [{use: sign}]}]
"""


def test_a_file_that_only_brings_names_has_no_timeline_and_makes_no_job(vidc: Run, tmp_path: Path) -> None:
    (tmp_path / "part.vidc.yaml").write_text(PART)
    assert vidc("lint", "part.vidc.yaml").stdout == "no findings in 1 file\n"
    done = vidc("timeline", "part.vidc.yaml")
    said = "vidc: part.vidc.yaml only brings names to files that include it, and has no timeline\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", said)
    assert vidc("timeline", "part.vidc.yaml", "--format", "json").stdout == "[]\n"
    done = vidc("compile", "part.vidc.yaml")
    said = "vidc: part.vidc.yaml only brings names to files that include it, and makes no job: compile one of those\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


def test_a_finding_in_an_included_file_is_shown_once(vidc: Run, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "part.vidc.yaml").write_text(PART)
    for name in ("one", "two"):
        (folder / f"{name}.vidc.yaml").write_text(USER)
    for words in (["all"], ["./all"], ["all/two.vidc.yaml", "all/part.vidc.yaml", "all/one.vidc.yaml"]):
        lines = vidc("lint", "--format", "concise", *words).stdout.splitlines()
        assert len(set(lines)) == len(lines)
        assert [line.split(": ")[0] for line in lines if line.endswith("[suspicious-time]")] == [
            "all/part.vidc.yaml:4:100"
        ]


def test_a_file_named_twice_is_linted_once(vidc: Run, tmp_path: Path) -> None:
    (tmp_path / "link.vidc.yaml").symlink_to("good.vidc.yaml")
    done = vidc("lint", "good.vidc.yaml", "./good.vidc.yaml", "link.vidc.yaml", str(tmp_path / "good.vidc.yaml"))
    assert done.stdout == "no findings in 1 file (1 note not shown: `--notes`)\n"


@pytest.mark.parametrize("command", ["lint", "timeline", "graph"])
def test_a_folder_without_specs_is_a_mistake(command: str, vidc: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = vidc(command, "empty")
    said = "vidc: no specs found in empty: they are named *.vidc.yaml, *.vidc.yml or *.vidc.json\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    done = vidc(command, "good.vidc.yaml", "empty")
    assert (done.returncode, done.stderr) == (2, said)
    assert done.stdout != ""


@pytest.mark.parametrize("command", ["lint", "timeline", "graph"])
def test_an_error_counts_more_than_a_file_that_cannot_be_read(command: str, vidc: Run) -> None:
    assert vidc(command, "nowhere", "good.vidc.yaml", "bad.vidc.yaml").returncode == 1
    done = vidc(command, "nowhere", "good.vidc.yaml", "nor.here")
    assert done.returncode == 3
    assert done.stderr.count("there is no such file") == 2


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("lint go", "file,go"),
        ("timeline go", "file,go"),
        ("graph go", "file,go"),
        ("compile go", "file,go"),
        ("compile -o go", "file,go"),
        ("compile --vars go", "file,go"),
        ("compile --root go", "dir,go"),
        ("import go", "file,go"),
        ("new go", "file,go"),
        ("schema --check go", "file,go"),
        ("explain over-", "plain,over-constrained"),
    ],
)
def test_completion_knows_files_and_findings(words: str, completed: str, vidc: Run) -> None:
    count = str(len(words.split()))
    done = vidc("", _VIDC_COMPLETE="bash_complete", COMP_WORDS=f"vidc {words}", COMP_CWORD=count)
    assert done.stdout == f"{completed}\n"


def test_a_file_that_is_there_keeps_its_mode_and_a_link_stays_a_link(vidc: Run, tmp_path: Path) -> None:
    job = tmp_path / "job.json"
    job.write_text("old")
    job.chmod(0o640)
    (tmp_path / "link").symlink_to("job.json")
    assert vidc("compile", "good.vidc.yaml", "--var", "name=Bo", "-o", "link").returncode == 0
    assert json.loads(job.read_text())
    assert stat.S_IMODE(job.stat().st_mode) == 0o640
    assert (tmp_path / "link").is_symlink()


def test_what_is_no_file_is_written_to_and_not_replaced(vidc: Run, tmp_path: Path) -> None:
    words = ["compile", "good.vidc.yaml", "--var", "name=Bo", "-o"]
    printed = vidc(*words[:-1]).stdout
    assert vidc(*words, "-").stdout == printed
    assert vidc(*words, "/dev/stdout").stdout == printed
    assert vidc(*words, "/dev/null").returncode == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert not (tmp_path / "-").exists()


def test_the_list_of_findings_fits_the_width(vidc: Run) -> None:
    lines = vidc("explain").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.endswith("…") for line in lines)


WRITES = [
    ["lint", "good.vidc.yaml"],
    ["lint", "--notes", "good.vidc.yaml"],
    ["compile", "good.vidc.yaml", "--var", "name=Bo"],
    ["timeline", "good.vidc.yaml"],
    ["graph", "good.vidc.yaml"],
    ["explain"],
    ["schema"],
    ["import", "job.json"],
]


@pytest.mark.parametrize("words", WRITES, ids=" ".join)
def test_output_that_cannot_be_written_is_a_failure_of_the_world(words: list[str], vidc: Run, tmp_path: Path) -> None:
    vidc("compile", "good.vidc.yaml", "--var", "name=Bo", "-o", "job.json")
    for redirection, reason in ((">&-", "it is closed"), (">/dev/full", "No space left on device")):
        code, said = redirected(tmp_path, words, redirection)
        assert (code, said) == (3, f"vidc: cannot write to standard output: {reason}\n")
        assert redirected(tmp_path, words, f"2>&- {redirection}") == (3, "")
    assert redirected(tmp_path, words, "2>&- >/dev/null") == (0, "")


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["lnt"], ["new", "a"], ["compile", "bad.vidc.yaml"]], ids=" ".join
)
@pytest.mark.parametrize(
    "redirection", [">/dev/full 2>/dev/full", ">&- 2>&-", ">/dev/full", "2>/dev/full", "2>&-", "<&-"]
)
def test_no_stream_is_needed(words: list[str], redirection: str, vidc: Run, tmp_path: Path) -> None:  # noqa: ARG001
    code, said = redirected(tmp_path, words, redirection)
    assert code in (0, 1, 2, 3)
    assert "Traceback" not in said


def test_standard_input_that_is_closed_cannot_be_read(tmp_path: Path) -> None:
    assert redirected(tmp_path, ["lint", "-"], "<&-") == (3, "vidc: cannot read standard input: it is closed\n")


def redirected(folder: Path, words: list[str], redirection: str) -> tuple[int, str]:
    """The exit code, and what is printed to standard error."""
    code = f"exec {sys.executable} -c 'from vidc.cli import main; main()' {' '.join(words)} {redirection}"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", code], cwd=folder, capture_output=True, text=True, env=env, timeout=60)
    return done.returncode, done.stderr


def test_only_what_fails_in_printing_is_said_to_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    def taken() -> int:
        with socket.create_server(("127.0.0.1", 0)) as one, socket.socket() as other:
            other.bind(one.getsockname())
        return 0

    assert ended(taken) == WORLD
    assert capsys.readouterr().err == "vidc: Address already in use\n"
