"""`vidc new`: a first spec that compiles, and that nothing is written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vidc.cli.new import FIRST, command
from vidc.compile import compile
from vidc.source import Source


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def test_the_first_spec_compiles_with_no_findings() -> None:
    for draft in (False, True):
        compiled = compile(Source("video.vidc.yaml", FIRST), draft=draft, strict=True)
        assert compiled.findings == []
        assert compiled.allowed == []
        if draft:
            continue  # which makes no job
        assert compiled.job is not None
        assert compiled.job.data["videoCreative"]["settings"]["name"] == "Welcome to Northwind"


def test_the_first_spec_begins_with_its_schema_and_fits_a_screen() -> None:
    lines = FIRST.splitlines()
    assert lines[0] == "# yaml-language-server: $schema=vidc.schema.json"
    assert [line for line in lines if len(line) > 100] == []


def test_it_is_written_and_what_to_do_next_is_said(here: Path) -> None:
    done = run()
    assert done.exit_code == 0
    assert (here / "video.vidc.yaml").read_text() == FIRST
    assert done.output == (
        "Wrote video.vidc.yaml. Next:\n"
        "\n"
        "  vidc lint video.vidc.yaml       # say what is wrong with it\n"
        "  vidc timeline video.vidc.yaml   # show when everything starts and ends\n"
        "  vidc compile video.vidc.yaml    # make the job\n"
        "  vidc schema > vidc.schema.json  # let your editor complete it\n"
    )


def test_names_are_quoted_for_the_shell(here: Path) -> None:
    (here / "my videos").mkdir()
    done = run("my videos/it's.vidc.yaml")
    assert done.exit_code == 0
    assert "  vidc schema > 'my videos/vidc.schema.json'    # let" in done.output
    assert """  vidc lint 'my videos/it'"'"'s.vidc.yaml'      # say""" in done.output


@pytest.mark.parametrize("kind", ["file", "link"])
def test_nothing_is_written_over(here: Path, kind: str) -> None:
    path = here / "video.vidc.yaml"
    if kind == "file":
        path.write_text("mine")
    else:
        path.symlink_to("nowhere")
    done = run()
    assert done.exit_code == 2
    assert done.stderr.endswith("Error: video.vidc.yaml is there already; --force writes over it.\n")
    assert kind != "file" or path.read_text() == "mine"
    assert [one.name for one in here.iterdir()] == ["video.vidc.yaml"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("-", "a first spec is written to a file: give its name, such as video.vidc.yaml."),
        ("a.vidc.json", "a.vidc.json is no name for a first spec, which is YAML: a.vidc.yaml"),
        ("videos/a.yaml", "videos/a.yaml is no name for a first spec, which is YAML: videos/a.vidc.yaml"),
        ("videos", "videos is a folder; name a file in it: videos/video.vidc.yaml"),
        ("no/", "no/ is a folder; name a file in it: no/video.vidc.yaml"),
    ],
)
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_name_that_is_none_for_a_spec_is_refused(here: Path, name: str, message: str, force: list[str]) -> None:
    (here / "videos").mkdir()
    done = run(name, *force)
    assert done.exit_code == 2
    assert done.stderr.endswith(f"Error: {message}\n")
    assert [one.name for one in here.rglob("*")] == ["videos"]


def test_a_name_without_a_dot_becomes_one_that_folders_are_searched_for(here: Path) -> None:
    assert run("welcome").output.startswith("Wrote welcome.vidc.yaml. Next:\n")
    assert (here / "welcome.vidc.yaml").read_text() == FIRST
    assert run("welcome").stderr.endswith("Error: welcome.vidc.yaml is there already; --force writes over it.\n")


def test_force_writes_over(here: Path) -> None:
    (here / "a.vidc.yaml").write_text("mine")
    assert run("a.vidc.yaml", "--force").exit_code == 0
    assert (here / "a.vidc.yaml").read_text() == FIRST


def test_the_commands_say_what_they_do() -> None:
    assert "Example:  vidc new welcome.vidc.yaml" in run("--help").output
