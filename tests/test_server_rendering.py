"""Films are made in a process of their own, which can be ended at any moment and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from service import Service, serving

from vidc.server.rendering import CannotRender, Film, render

WRITES = "import sys, json, time; task = json.loads(sys.stdin.readline()); open(task['film'], 'w').write('film');"
WRITES += "open(task['thumbnail'], 'w').write('picture');"


def film(folder: Path) -> Film:
    return Film(folder / "v.mp4", folder / "v.jpg")


def rendered(folder: Path, script: str) -> tuple[int, list[float]]:
    told: list[float] = []
    command = (sys.executable, "-u", "-c", WRITES + script)
    return asyncio.run(render({"a": 1}, film(folder), told.append, command=command)), told


def test_a_film_appears_whole_with_its_length_and_its_progress_told(tmp_path: Path) -> None:
    assert rendered(tmp_path, "print('progress 0.25'); print('progress 0.5'); print('done 4200')") == (
        4200,
        [0.25, 0.5],
    )
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"v.mp4": "film", "v.jpg": "picture"}


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("print('failed no such font')", "no such font"),
        ("sys.exit(3)", "its process ended"),
        ("raise ValueError('x')", "its process ended"),
        ("print('progress 0.5')", "its process ended"),
    ],
)
def test_a_rendering_that_fails_says_why_and_leaves_no_file(tmp_path: Path, script: str, said: str) -> None:
    with pytest.raises(CannotRender) as caught:
        rendered(tmp_path, script)
    assert str(caught.value) == said
    assert list(tmp_path.iterdir()) == []


def test_a_rendering_that_is_cancelled_ends_its_process(tmp_path: Path) -> None:
    script = (
        WRITES
        + f"import os; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); print('progress 0.1'); time.sleep(60)"
    )

    async def cancelled() -> int:
        begun = asyncio.Event()
        command = (sys.executable, "-u", "-c", script)
        task = asyncio.create_task(render({}, film(tmp_path), lambda _: begun.set(), command=command))
        await asyncio.wait_for(begun.wait(), 20)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return int((tmp_path / "pid").read_text())

    pid = asyncio.run(cancelled())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["pid"]


def job(seconds: int, script: str = "") -> dict[str, Any]:
    """A small film with a title, and with somebody who says the script for as long as that takes."""
    place = {"position": {"x": 0, "y": 0}, "size": {"width": 160, "height": 90}}
    scenes: list[dict[str, Any]] = [{"duration": seconds * 1000, "tracks": [{"type": "text", "text": "Hello"} | place]}]
    if script:
        speaks = {"type": "actor", "actor": "ryan", "speakerId": "en-GB-RyanNeural", "text": script}
        scenes.append({"tracks": [speaks | place]})
    return {"videoCreative": {"settings": {"name": "A", "videoSize": {"width": 160, "height": 90}}, "scenes": scenes}}


JOBS = "/api/v1/video-generation-jobs"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Service]:
    with serving(tmp_path, render=True) as running:
        yield running


def rendering(server: Service, seconds: int = 120) -> tuple[str, int]:
    """The id of a job that is being rendered, and of the process that does it."""
    made: str = server.ask(JOBS, job(seconds))["id"]
    assert server.process is not None
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    deadline = time.monotonic() + 30
    while server.ask(f"{JOBS}/{made}")["progress"] == 0:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return made, int(children.read_text().split()[0])


def ends(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not Path(f"/proc/{pid}").exists() or ") Z" in Path(f"/proc/{pid}/stat").read_text():
            return True
        time.sleep(0.02)
    return False


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked for in /proc")


def test_a_job_is_rendered_with_sound_and_its_film_is_as_long_as_it_says(server: Service) -> None:
    made = server.ask(JOBS, job(1, "Good morning."))
    (done,) = server.settled(60)
    assert (done["status"], done["reason"]) == ("finished", "")
    video = server.ask(f"/api/v1/generated-videos/{made['videoId']}")
    assert 1.5 < video["videoDurationSeconds"] < 3
    assert server.stats()["billedSeconds"] == video["videoDurationSeconds"]
    film = server.folder / "film.mp4"
    film.write_bytes(httpx.get(video["publicUrl"]).content)
    with av.open(str(film)) as opened:
        assert [stream.codec_context.name for stream in opened.streams] == ["h264", "aac"]
        frames = list(opened.decode(video=0))
    assert len(frames) * 1000 // 30 == round(video["videoDurationSeconds"] * 1000)
    assert (frames[0].width, frames[0].height) == (160, 90)
    assert httpx.get(video["thumbnailUrl"]).content.startswith(b"\xff\xd8")


def test_a_transparent_video_is_served_as_webm(server: Service) -> None:
    transparent = job(1)
    transparent["videoCreative"]["settings"]["alphaChannel"] = True
    made = server.ask(JOBS, transparent)
    server.settled(60)
    video = server.ask(f"/api/v1/generated-videos/{made['videoId']}")
    answer = httpx.get(video["publicUrl"])
    assert (video["publicUrl"][-5:], answer.headers["content-type"]) == (".webm", "video/webm")
    assert answer.content.startswith(b"\x1aE\xdf\xa3")


@needs_proc
def test_deleting_a_job_stops_its_rendering(server: Service) -> None:
    made, pid = rendering(server)
    server.ask(f"{JOBS}/{made}", method="DELETE")
    assert ends(pid)
    assert server.ask(f"{JOBS}/{made}")["status"] == "deleted"
    assert list((server.folder / "serve" / "films").iterdir()) == []


@needs_proc
def test_a_rendering_ends_with_a_server_that_is_killed_and_is_done_by_the_next(server: Service) -> None:
    made, pid = rendering(server, 20)
    server.kill()
    assert ends(pid)
    server.start()
    (done,) = server.settled(60)
    assert (done["id"], done["status"]) == (made, "finished")
    assert [path.suffix for path in sorted((server.folder / "serve" / "films").iterdir())] == [".jpg", ".mp4"]
