"""What `vidc lint` can do besides printing: fix, hold against a baseline, pass over, watch, and heed a configuration."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import ROOT, run

GOOD = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - duration: 3s
    tracks:
      - {type: image, imageUrl: https://cdn.example.com/a.png, position: {x: 0, y: 0}, size: {width: 9, height: 9}}
"""
BAD = GOOD.replace("duration", "duraton")
WARNED = GOOD.replace("type: image,", "type: image, mood: calm,")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.vidc.yaml").write_text(BAD)
    return tmp_path


def test_fix_writes_the_file_and_says_so(folder: Path) -> None:
    done = run("lint", "--fix", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "no findings in 1 file (1 note not shown: `--notes`)\n")
    assert "a.vidc.yaml: 1 repair made: misspelled-property: write `duration`" in done.stderr
    assert (folder / "a.vidc.yaml").read_text() == GOOD
    assert run("lint", "--fix", cwd=folder).stderr == ""


def test_fix_names_each_finding_once_in_lines_that_fit(folder: Path) -> None:
    allowed = "  # vidc: allow undocumented-propert -- ours\n"
    text = (
        WARNED.replace("}}\n", f"}}}}{allowed}").replace("imageUrl", "imageURL").replace("width: 1920", "widht: 1920")
    )
    scene = text.partition("scenes:\n")[2]
    (folder / "a.vidc.yaml").write_text(text + scene)
    assert run("lint", "--fix", cwd=folder).stderr == (
        "vidc: a.vidc.yaml: 5 repairs made: 3 x misspelled-property,\nvidc:   2 x unknown-allowance\n"
    )


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_fix_keeps_line_ends_and_the_byte_order_mark(folder: Path, mark: str) -> None:
    (folder / "a.vidc.yaml").write_bytes((mark + BAD.replace("\n", "\r\n")).encode())
    run("lint", "--fix", cwd=folder)
    assert (folder / "a.vidc.yaml").read_bytes() == (mark + GOOD.replace("\n", "\r\n")).encode()


def test_diff_shows_the_patch_and_writes_nothing(folder: Path) -> None:
    done = run("lint", "--diff", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == ["--- a/a.vidc.yaml", "+++ b/a.vidc.yaml"]
    assert "+  - duration: 3s" in done.stdout
    assert (folder / "a.vidc.yaml").read_text() == BAD


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_file_that_cannot_be_read_is_named_once_and_is_no_success(folder: Path, option: str) -> None:
    done = run("lint", option, "none.vidc.yaml", cwd=folder)
    assert (done.returncode, done.stderr) == (3, "vidc: cannot read none.vidc.yaml: there is no such file\n")


def test_a_baseline_hides_what_was_there(folder: Path) -> None:
    assert run("lint", "--baseline", "base.json", "--write-baseline", cwd=folder).returncode == 0
    assert run("lint", "--baseline", "base.json", cwd=folder).returncode == 0
    (folder / "b.vidc.yaml").write_text(BAD)
    assert "b.vidc.yaml" in run("lint", "--baseline", "base.json", cwd=folder).stdout
    (folder / "a.vidc.yaml").write_text(GOOD)
    assert (
        "stale: a.vidc.yaml has no more `misspelled-property`"
        in run("lint", "--baseline", "base.json", cwd=folder).stderr
    )


@pytest.mark.parametrize("text", [None, "[]"])
def test_a_baseline_that_is_none_is_named(folder: Path, text: str | None) -> None:
    if text is not None:
        (folder / "base.json").write_text(text)
    done = run("lint", "--baseline", "base.json", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--write-baseline" in done.stderr


def test_the_configuration_gives_options(folder: Path) -> None:
    (folder / "a.vidc.yaml").write_text(WARNED)
    (folder / "drafts").mkdir()
    (folder / "drafts" / "b.vidc.yaml").write_text(BAD)
    (folder / "vidc.toml").write_text('strict = true\nexclude = ["drafts"]\n')
    done = run("lint", cwd=folder)
    assert done.returncode == 1
    assert "error: " in done.stdout
    assert "drafts" not in done.stdout
    alone = run("lint", "--isolated", cwd=folder)
    assert "drafts" in alone.stdout
    assert "warning: " in alone.stdout


def test_a_wrong_configuration_stops_all_but_what_ignores_it(folder: Path) -> None:
    (folder / "vidc.toml").write_text("stict = true\n")
    done = run("lint", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no setting `stict`; did you mean `strict`?" in done.stderr
    assert run("lint", "--isolated", cwd=folder).returncode == 1


def test_the_lock_is_heeded_and_can_be_ignored(folder: Path) -> None:
    from vidc import lock

    video = (
        "{type: video, videoUrl: https://cdn.example.com/a.mp4, position: {x: 0, y: 0}, size: {width: 9, height: 9}}"
    )
    (folder / "a.vidc.yaml").write_text(
        GOOD.replace("type: image", "type: image, endTimeGap: 1s") + f"      - {video}\n"
    )
    lock.learn(str(folder / "vidc.lock"), lock.Media("https://cdn.example.com/a.mp4", 60_000))
    assert "ends 57.0 s after the scene does" in run("lint", cwd=folder).stdout
    assert "57.0 s" not in run("lint", "--isolated", cwd=folder).stdout


def test_watching_lints_again_after_a_change(folder: Path) -> None:
    command = [sys.executable, "-c", "from vidc.cli import main; main()", "lint", "--watch"]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, env=env)
    try:
        _until(log, "watching")
        (folder / "a.vidc.yaml").write_text(GOOD)
        _until(log, "no findings in 1 file")
    finally:
        process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130


def test_watching_sees_what_a_spec_includes_from_elsewhere_in_its_project(folder: Path) -> None:
    (folder / "films").mkdir()
    (folder / "brand.vidc.yaml").write_text("variables: {color: calm}\n")
    (folder / "films" / "a.vidc.yaml").write_text("include: [../brand.vidc.yaml]\n" + GOOD)
    command = [sys.executable, "-c", "from vidc.cli import main; main()", "lint", "--watch", "films/a.vidc.yaml"]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, env=env)
    try:
        _until(log, "watching")
        (folder / "brand.vidc.yaml").write_text("variabels: {color: calm}\n")
        _until(log, "variabels")
    finally:
        process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130


def test_a_folder_that_is_not_there_cannot_be_watched(folder: Path) -> None:
    done = run("lint", "--watch", "none/a.vidc.yaml", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "vidc: cannot read none: there is no such folder\n")


def _until(log: Path, text: str) -> None:
    for _ in range(400):
        if text in log.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text())
