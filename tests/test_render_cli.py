"""`vidc render`, `frame` and `sheet` as a person calls them: files, messages, exit codes, and what is kept."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from vidc import lock
from vidc.cli import render_bar, render_spec, render_watch
from vidc.render.film import Progress
from vidc.render.still import png

ROOT = Path(__file__).parent.parent
CANARY = "canary-3f9c2b71-must-never-be-shown"

SPEC = """\
variables: {name: {type: string, required: true, example: Ann}}
settings: {name: Demo, videoSize: {width: 160, height: 90}}
scenes:
  - name: Hello
    tracks:
      - {type: actor, actor: karen, speakerId: en-GB-SoniaNeural, text: Hi <name>.,
         position: {x: 40, y: 0}, size: {width: 90, height: 90}}
  - name: Picture
    duration: 500ms
    tracks:
      - {type: image, imageUrl: "https://a.test/red.png", position: {x: 0, y: 0}, size: {width: 160, height: 90}}
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


def command(*words: str) -> list[str]:
    return [sys.executable, "-X", "dev", "-W", "error", "-c", "from vidc.cli import main; main()", *words]


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    own = {"COLOSSYAN_TOKEN": CANARY, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "XDG_CACHE_HOME": str(folder / "xdg")}
    return {"PATH": os.environ["PATH"], **own, **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.vidc.yaml").write_text(SPEC)
    (tmp_path / "media" / "a.test").mkdir(parents=True)
    pixels = np.zeros((9, 16, 3), np.uint8)
    pixels[:] = (220, 30, 30)
    (tmp_path / "media" / "a.test" / "red.png").write_bytes(png(pixels))
    return tmp_path


@pytest.fixture
def vidc(folder: Path) -> Run:
    def run(*words: str, text: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        env = surroundings(folder, **more)
        done = subprocess.run(
            command(*words), cwd=folder, capture_output=True, text=True, env=env, input=text, timeout=120
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert CANARY not in done.stdout + done.stderr
        return done

    return run


def frames(path: Path) -> int:
    with av.open(str(path)) as file:
        return sum(1 for _ in file.decode(video=0))


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What was said, with the times that it took as `_`."""
    return [re.sub(r"in \d+\.\d s;", "in _;", line) for line in done.stderr.splitlines()]


def test_render_makes_a_video_and_the_second_time_nothing_anew(folder: Path, vidc: Run) -> None:
    done = vidc("render", "a.vidc.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    length = re.fullmatch(
        r"vidc: a\.mp4: (\d\.\d+) s, in _; voices and their lengths are this machine's", said(done)[0]
    )
    assert length, done.stderr
    assert frames(folder / "a.mp4") == pytest.approx(float(length[1]) * 30, abs=0.1)
    first = (folder / "a.mp4").read_bytes()
    again = vidc("render", "a.vidc.yaml", "-o", "a.mp4")
    assert said(again)[0].endswith("s, nothing changed, in _; voices and their lengths are this machine's")
    assert (folder / "a.mp4").read_bytes() == first
    assert not (folder / ".vidc" / "local.lock").exists()
    assert sorted(path.name for path in folder.iterdir()) == ["a.mp4", "a.vidc.yaml", "media", "xdg"]


def test_in_a_project_the_lengths_are_learned_and_scenes_are_kept_there(folder: Path, vidc: Run) -> None:
    (folder / "vidc.toml").write_text("")
    assert vidc("render", "a.vidc.yaml", "--scene", "1", "--profile", "draft", "--var", "name=Bo").returncode == 0
    known = lock.read(str(folder / ".vidc" / "local.lock")).local_speech
    assert [(key[0], key[2]) for key in known] == [("espeak-ng", "Hi Bo.")]
    assert list((folder / ".vidc" / "render").glob("*.segment"))
    with av.open(str(folder / "a.mp4")) as file:
        assert (file.streams.video[0].width, file.streams.video[0].height) == (80, 46)
        assert file.streams.video[0].frames == round(next(iter(known.values())) * 30 / 1000)


def test_what_is_not_there_is_said(folder: Path, vidc: Run) -> None:
    (folder / "media" / "a.test" / "red.png").unlink()
    done = vidc("render", "a.vidc.yaml", "--scene", "2")
    assert done.returncode == 0
    assert said(done) == [
        "vidc: not here: https://a.test/red.png: it is fetched with `--fetch` only, and there is no "
        "`media/a.test/red.png`",
        "vidc: a.mp4: 0.5 s, in _; voices and their lengths are this machine's",
    ]


def test_errors_are_shown_and_stop(folder: Path, vidc: Run) -> None:
    (folder / "a.vidc.yaml").write_text(SPEC.replace("duration: 500ms", "duration: soon"))
    for name in ("render", "frame", "sheet"):
        done = vidc(name, "a.vidc.yaml", "-o", "out.png")
        assert done.returncode == 1
        assert done.stderr.startswith(
            "error: `duration` is `soon`, which is no time [bad-time]\n --> a.vidc.yaml:9:15\n"
        )
    assert not (folder / "out.png").exists()


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (["-o", "a.avi"], 2, "vidc: name the video *.mp4: videos without an alpha channel are MP4"),
        (["-o", "nowhere/a.mp4"], 3, "vidc: cannot write nowhere/a.mp4: there is no folder `nowhere`; make it first"),
        (["--scene", "3"], 2, "Error: Invalid value for --scene: there are 2 scenes"),
        (["-o", "-"], 2, "Error: a video is written to a file: name one after -o"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(vidc: Run, words: list[str], code: int, line: str) -> None:
    done = vidc("render", "a.vidc.yaml", *words)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (code, line)


def test_a_spec_without_scenes_makes_no_film(folder: Path, vidc: Run) -> None:
    (folder / "a.vidc.yaml").write_text("templateJobId: t1\n")
    for name in ("render", "frame", "sheet"):
        done = vidc(name, "a.vidc.yaml")
        why = "it names a template, whose scenes only the service has"
        assert (done.returncode, done.stderr) == (1, f"vidc: cannot make a film of a.vidc.yaml: {why}\n")


def test_a_medium_that_is_damaged_is_said_and_a_card_stands_in(folder: Path, vidc: Run) -> None:
    (folder / "media" / "a.test" / "red.png").write_bytes(b"\x89PNG\r\n\x1a\nnonsense")
    done = vidc("frame", "a.vidc.yaml", "--scene", "2", "-o", "a.png")
    assert done.returncode == 0
    assert said(done)[0].startswith("vidc: not here: https://a.test/red.png: ")


def test_a_video_with_alpha_is_webm(folder: Path, vidc: Run) -> None:
    (folder / "a.vidc.yaml").write_text(
        SPEC.replace("height: 90}}\nscenes", "height: 90}, alphaChannel: true}\nscenes")
    )
    done = vidc("render", "a.vidc.yaml", "-o", "a.mp4")
    assert (done.returncode, done.stderr) == (
        2,
        "vidc: name the video *.webm: it has an alpha channel, which is WebM's\n",
    )
    for _ in range(2):
        assert vidc("render", "a.vidc.yaml", "--scene", "2").returncode == 0
        with av.open(str(folder / "a.webm")) as file:
            assert file.streams.video[0].metadata["alpha_mode"] == "1"
    assert frames(folder / "a.webm") == 15


def test_frame_draws_a_time_of_the_film_or_of_a_scene(folder: Path, vidc: Run) -> None:
    assert vidc("frame", "a.vidc.yaml", "--scene", "2", "--at", "200ms", "--no-badge", "-o", "a.png").returncode == 0
    with av.open(str(folder / "a.png")) as file:
        pixels = next(file.decode(video=0)).to_ndarray(format="rgb24")
    assert pixels.shape == (90, 160, 3)
    assert pixels[45, 80].tolist() == pytest.approx([220, 30, 30], abs=3)
    late = vidc("frame", "a.vidc.yaml", "--scene", "2", "--at", "0.5s", "-o", "b.png")
    assert (late.returncode, late.stderr) == (2, "vidc: it is 0.5 s long, and 0.5 s is past its end\n")
    assert not (folder / "b.png").exists()
    wrong = vidc("frame", "a.vidc.yaml", "--at", "soon", "-o", "b.png")
    assert wrong.returncode == 2
    assert wrong.stderr.endswith(
        "Error: Invalid value for '--at': 'soon' is no time: write it as 2.5s, 500ms or 1m30s\n"
    )


def test_sheet_draws_all_scenes(folder: Path, vidc: Run) -> None:
    assert vidc("sheet", "a.vidc.yaml", "-o", "a.png").returncode == 0
    with av.open(str(folder / "a.png")) as file:
        assert next(file.decode(video=0)).to_ndarray(format="rgb24").shape == (14 + 2 * 148, 14 + 4 * 174, 3)


def test_standard_input_and_output_are_taken(folder: Path) -> None:
    words = command("frame", "-", "--root", str(folder), "--scene", "2", "-o", "-")
    done = subprocess.run(
        words, cwd=folder, input=SPEC.encode(), capture_output=True, env=surroundings(folder), timeout=60
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"\x89PNG\r\n")


def test_an_interruption_leaves_nothing_half(folder: Path) -> None:
    long = SPEC.replace("duration: 500ms", "duration: 20m").replace(
        "width: 160, height: 90}}\nscenes", "width: 1920, height: 1080}}\nscenes"
    )
    (folder / "a.vidc.yaml").write_text(long)
    started = subprocess.Popen(
        command("render", "a.vidc.yaml", "--scene", "2"),
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings(folder),
    )
    time.sleep(3)
    started.send_signal(signal.SIGINT)
    _, errors = started.communicate(timeout=30)
    assert (started.returncode, errors) == (130, "\nvidc: interrupted\n")
    assert sorted(path.name for path in folder.iterdir()) == ["a.vidc.yaml", "media"]


def test_watching_renders_again_when_a_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.write_text("1")
    seen: list[str] = []

    def work() -> tuple[int, list[str]]:
        seen.append(file.read_text())
        if len(seen) == 3:
            raise KeyboardInterrupt
        return 0, [str(file)]

    def sleep(_: float) -> None:
        file.write_text(file.read_text() + "1")

    monkeypatch.setattr(render_watch, "sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        render_watch.watched(work)
    assert seen == ["1", "11", "111"]


def test_the_bar_tells_part_speed_rest_and_scene() -> None:
    progress = Progress(300, 1200, 300, "A scene with a name that is far too long")
    assert render_bar.line(progress, 2.0) == "██████░░░░░░░░░░░░░░░░░░  25%  5.0x  0:06 left  A scene with a name tha…"
    assert render_bar.line(Progress(1200, 1200, 0, "b\x1b[2J"), 9.0) == f"{'█' * 24} 100%  b\\x1b[2J"


def test_without_the_libraries_the_commands_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(render_spec, "_LIBRARIES", ("av", "no_such_library"))
    assert not render_spec.is_installed()
    assert capsys.readouterr().err == "vidc: the renderer is not installed: pip install 'vidc[render]'\n"


def test_help_comes_without_the_libraries(vidc: Run) -> None:
    for name in ("render", "frame", "sheet"):
        done = vidc(name, "--help")
        assert done.returncode == 0
        assert f"Example:  vidc {name} welcome.vidc.yaml" in done.stdout
