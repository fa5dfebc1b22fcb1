"""Commands that show specs, given a folder: which of its specs are meant, and where what is shown is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import run

SPEC = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - tracks:
      - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
         position: {x: 420, y: 0}, size: {width: 1080, height: 1080}}
"""
ENDINGS = "*.vidc.yaml, *.vidc.yml, *.vidc.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "drafts").mkdir()
    for name in ("a", "drafts/b"):
        (tmp_path / f"{name}.vidc.yaml").write_text(SPEC)
    return tmp_path


@pytest.mark.parametrize("command", ["timeline", "graph"])
def test_what_is_excluded_is_not_shown_unless_it_is_named(folder: Path, command: str) -> None:
    alone = run(command, "a.vidc.yaml", cwd=folder).stdout
    both = run(command, ".", cwd=folder).stdout
    assert alone != both
    assert run(command, ".", "--exclude", "drafts", cwd=folder).stdout == alone
    (folder / "vidc.toml").write_text('exclude = ["drafts"]\n')
    assert run(command, ".", cwd=folder).stdout == alone
    assert run(command, ".", "drafts/b.vidc.yaml", cwd=folder).stdout == both


@pytest.mark.parametrize(
    ("command", "formats"),
    [("timeline", ("text", "otio")), ("graph", ("text", "dot"))],
)
def test_what_is_shown_can_be_written_to_a_file(folder: Path, command: str, formats: tuple[str, ...]) -> None:
    for format in formats:
        words = (command, "a.vidc.yaml", "--format", format)
        printed = run(*words, cwd=folder).stdout
        done = run(*words, "-o", "out", cwd=folder)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert (folder / "out").read_text(encoding="utf-8") == printed != ""
    found = run("graph", "a.vidc.yaml", "--uses", "karen", "--output", "out", cwd=folder)
    assert (found.returncode, found.stdout) == (0, "")
    assert (folder / "out").read_text() == run("graph", "a.vidc.yaml", "--uses", "karen", cwd=folder).stdout


def test_a_file_holds_a_timeline_as_it_is_whatever_the_terminal_can_show(folder: Path) -> None:
    plain = run("timeline", "a.vidc.yaml", cwd=folder, PYTHONUTF8="0", PYTHONIOENCODING="ascii").stdout
    assert plain.isascii()
    run("timeline", "a.vidc.yaml", "-o", "out", cwd=folder, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (folder / "out").read_text(encoding="utf-8") == run("timeline", "a.vidc.yaml", cwd=folder).stdout != plain


@pytest.mark.parametrize("words", [("preview", "--no-sound"), ("captions",)])
def test_of_a_folder_the_only_spec_is_meant_else_one_must_be_named(folder: Path, words: tuple[str, ...]) -> None:
    done = run(*words, ".", "-o", "out", cwd=folder)
    said = "Error: . is a folder with 2 specs; name one of them: a.vidc.yaml, drafts/b.vidc.yaml."
    assert (done.returncode, done.stdout, done.stderr.splitlines()[-1]) == (2, "", said)
    assert run(*words, "drafts", "-o", "out", cwd=folder).returncode == 0
    assert run(*words, "drafts/b.vidc.yaml", "-o", "one", cwd=folder).returncode == 0
    assert (folder / "out").read_text() == (folder / "one").read_text()


def test_what_only_brings_names_is_not_meant(folder: Path) -> None:
    brand = "variables: {company: Northwind}\n"
    (folder / "drafts" / "brand.vidc.yaml").write_text(brand)
    assert run("captions", "drafts", cwd=folder).stdout == run("captions", "drafts/b.vidc.yaml", cwd=folder).stdout
    (folder / "drafts" / "b.vidc.yaml").write_text(brand)
    said = "drafts is a folder with 2 specs; name one of them: drafts/b.vidc.yaml, drafts/brand.vidc.yaml."
    assert run("captions", "drafts", cwd=folder).stderr.splitlines()[-1] == f"Error: {said}"


def test_of_many_specs_the_first_are_named(folder: Path) -> None:
    for number in range(12):
        (folder / "drafts" / f"c{number:02}.vidc.yaml").write_text(SPEC)
    (last,) = run("preview", "drafts", cwd=folder).stderr.splitlines()[-1:]
    assert last.startswith("Error: drafts is a folder with 13 specs; name one of them: drafts/b.vidc.yaml, ")
    assert last.endswith("drafts/c08.vidc.yaml and 3 more.")


def test_a_folder_without_specs_is_said_to_be_one(folder: Path) -> None:
    (folder / "empty").mkdir()
    done = run("preview", "empty", cwd=folder)
    said = f"vidc: cannot read empty: it is a folder without specs, which are named {ENDINGS}\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", said)


def test_where_all_specs_are_excluded_it_is_said_by_what(folder: Path) -> None:
    done = run("lint", "drafts", "--exclude", "drafts", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "vidc: the only spec in drafts is excluded, by `--exclude`\n"
    (folder / "vidc.toml").write_text('exclude = ["*"]\n')
    done = run("lint", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "vidc: all 2 specs are excluded, by `vidc.toml`\n"
    assert run("lint", "a.vidc.yaml", cwd=folder).stdout.startswith("no findings in 1 file")


@pytest.mark.parametrize("command", ["compile", "timeline"])
def test_a_folder_with_one_video_stands_for_it(folder: Path, command: str) -> None:
    assert run(command, "drafts", cwd=folder).stdout == run(command, "drafts/b.vidc.yaml", cwd=folder).stdout != ""
