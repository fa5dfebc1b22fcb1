"""What becomes of jobs: their states in order, faults, callbacks, deletion, and a server that is killed or stopped."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

import pytest
from conftest import SCALE
from service import Service, service, serving
from test_server import JOB, JOBS, STATUSES

from vidc.server import callbacks

__all__ = ["service"]

POSTS = f"/api/v1{JOBS}"


def post(service: Service, job: dict[str, Any] = JOB) -> str:
    found: str = service.ask(POSTS, job)["id"]
    return found


def state(service: Service, job: str) -> dict[str, Any]:
    found: dict[str, Any] = service.ask(f"{POSTS}/{job}")
    return found


@contextmanager
def listener(status: int = 204) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An address that callbacks can be posted to, and the bodies that were."""
    heard: list[dict[str, Any]] = []

    class Heard(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["content-length"]))) | {"path": self.path})
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Heard)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_job_goes_through_the_states_in_order_and_makes_progress(tmp_path: Path) -> None:
    seen: list[str] = []
    progress: list[int] = []
    with serving(tmp_path, speed=3) as service:
        job = post(service)
        while not seen or seen[-1] != "finished":
            now = state(service, job)
            seen += [now["status"]] if now["status"] not in seen else []
            progress.append(now["progress"])
            time.sleep(0.01)
    assert seen == STATUSES
    assert progress == sorted(progress)
    assert len(set(progress)) > 5


def test_a_job_that_is_deleted_goes_no_further(tmp_path: Path) -> None:
    with serving(tmp_path, speed=20) as service:
        job = post(service)
        service.ask(f"{POSTS}/{job}", method="DELETE")
        time.sleep(0.5)
        assert state(service, job)["status"] == "deleted"
        assert list((tmp_path / "serve" / "films").iterdir()) == []


def test_a_callback_has_the_documented_body_and_the_services_names_win(service: Service) -> None:
    with listener() as (address, heard):
        job = JOB | {
            "dynamicVariables": {},
            "callback": f"{address}/done?x=1",
            "callbackPayload": {"campaign": "spring", "status": "mine", "vidc": {"key": "k"}},
        }
        post(service, job)
        (done,) = service.settled()
        film = f"{service.home}/files/{done['videoId']}.mp4"
        page = f"{service.home}/videos/{done['videoId']}"
        assert heard == [
            {
                "path": "/done?x=1",
                "url": film,
                "videoUrl": page,
                "shareUrl": page,
                "status": "finished",
                "campaign": "spring",
                "vidc": {"key": "k"},
            }
        ]
        assert done["callback"] == "posted 204"


def test_a_callback_is_posted_once_and_follows_no_redirect(service: Service) -> None:
    with listener(307) as (address, heard):
        post(service, JOB | {"callback": f"{address}/a"})
        (done,) = service.settled()
    assert [each["path"] for each in heard] == ["/a"]
    assert done["callback"] == "posted 307"


def test_a_callback_that_cannot_be_posted_harms_nothing(service: Service) -> None:
    post(service, JOB | {"callback": "http://127.0.0.1:9/none"})
    (done,) = service.settled()
    assert (done["status"], done["callback"]) == ("finished", "not posted: [Errno 111] Connection refused")


@pytest.mark.parametrize("address", ["ftp://a.example/x", "http://[", "http://a b/", "x", "http://", "http://a:b/"])
def test_an_address_that_is_none_is_not_posted_to(address: str) -> None:
    assert callbacks.post(address, {}).startswith(("not posted: ", "its address is no http or https address"))


def test_faults_of_jobs(service: Service) -> None:
    with listener() as (address, heard):
        service.faults("fail:#1", "lost-callback:#2")
        jobs = [post(service, JOB | {"callback": address, "callbackPayload": {"n": number}}) for number in (1, 2, 3)]
        done = {job["id"]: job for job in service.settled()}
    assert [done[job]["status"] for job in jobs] == ["failed", "finished", "finished"]
    assert [done[job]["callback"] for job in jobs] == ["posted 204", "lost", "posted 204"]
    assert sorted((each["n"], each["status"], "url" in each) for each in heard) == [
        (1, "failed", False),
        (3, "finished", True),
    ]
    assert done[jobs[0]]["reason"] == "this was asked for by `--fault`"
    assert service.stats() == {"posts": 3, "billedSeconds": 9.0, "jobs": 3}


def answer(service: Service) -> str:
    """What comes of a post: an id's length, a status, or what broke."""
    try:
        return str(len(post(service)))
    except HTTPError as error:
        retry = error.headers.get("Retry-After")
        error.close()
        return f"{error.code}" + (" with Retry-After" if retry in ("1", "2") else "")
    except (OSError, ValueError) as error:
        return type(error).__name__
    except Exception as error:
        return type(error).__name__


@pytest.mark.parametrize(
    ("fault", "outcome", "jobs"),
    [
        ("429", "429 with Retry-After", 0),
        ("503", "503", 0),
        ("dropped", "RemoteDisconnected", 0),
        ("no-answer", "RemoteDisconnected", 1),
        ("torn", "IncompleteRead", 1),
        ("garbled", "JSONDecodeError", 1),
        ("accepted-500", "500", 1),
        ("accepted-307", "307", 1),
    ],
)
def test_a_fault_does_what_it_says(server: Service, fault: str, outcome: str, jobs: int) -> None:
    before = server.stats()
    server.faults(f"{fault}:1/2")
    assert [answer(server), answer(server)] == ["36", outcome]
    after = server.stats()
    assert (after["posts"] - before["posts"], after["jobs"] - before["jobs"]) == (2, 1 + jobs)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


def test_a_killed_server_loses_no_job_and_goes_on(tmp_path: Path) -> None:
    with listener() as (address, heard), serving(tmp_path, speed=5) as service:
        ids = []
        for number in range(20 * SCALE):
            ids.append(post(service, JOB | {"callback": address, "callbackPayload": {"n": number}}))
            if number % 5 == 4:
                time.sleep(0.2)
                service.kill()
                service.start()
        jobs = service.settled()
    assert [(job["id"], job["status"]) for job in jobs] == [(each, "finished") for each in ids]
    assert sorted(each["n"] for each in heard) == list(range(20 * SCALE))
    assert all((tmp_path / "serve" / "films" / f"{job['videoId']}.mp4").is_file() for job in jobs)


def test_a_stopped_server_says_what_is_left_and_goes_on_at_the_next_start(tmp_path: Path) -> None:
    with serving(tmp_path, speed=1) as service:
        ids = [post(service) for _ in range(3)]
        assert service.stop() == 0
        assert service.log.endswith("vidc: stopped; 3 jobs go on at the next start\n")
        service.options = tuple("1000" if option == "1" else option for option in service.options)
        service.start()
        assert [(job["id"], job["status"]) for job in service.settled()] == [(each, "finished") for each in ids]
        assert service.stats() == {"posts": 3, "billedSeconds": 9.0, "jobs": 3}


def test_a_server_that_keeps_a_caller_waiting_stops_all_the_same(service: Service) -> None:
    service.faults("hang:1/1")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(answer, service)
        while service.stats()["posts"] == 0:
            time.sleep(0.01)
        began = time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - began < 10
        assert waiting.result() in ("RemoteDisconnected", "ConnectionResetError", "500")


def resident_kb(service: Service) -> int:
    """The memory of the server's process."""
    assert service.process is not None
    status = Path(f"/proc/{service.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_two_hundred_jobs_at_once_are_all_finished_and_memory_stays(service: Service) -> None:
    def at_once(number: int) -> list[str]:
        with ThreadPoolExecutor(32) as pool:
            return list(pool.map(lambda _: post(service), range(number)))

    at_once(50)
    service.settled()
    before = resident_kb(service)
    ids = [each for _ in range(SCALE) for each in at_once(200)]
    jobs = {job["id"]: job["status"] for job in service.settled(60)}
    assert [jobs[each] for each in ids] == ["finished"] * 200 * SCALE
    assert resident_kb(service) - before < 20_000


def test_a_second_server_does_not_touch_the_jobs_of_the_first(service: Service) -> None:
    other = Service(service.folder, service.options, "test")
    part = next(Path(service.folder).rglob("films")) / "v.part.mp4"
    part.write_bytes(b"half")
    with pytest.raises(AssertionError, match="another server does so already; `--folder` names another"):
        other.start()
    assert part.exists(), "the first server is still writing it"
    assert service.stats()["jobs"] == 0


def test_a_server_that_is_gone_is_gone(service: Service) -> None:
    service.kill()
    with pytest.raises(URLError):
        service.stats()


def test_a_disk_that_is_full_is_said_and_the_server_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As full as the system can make it for one process: no file may grow."""
    resource = pytest.importorskip("resource", reason="this platform bounds no file's size")
    if not hasattr(resource, "prlimit"):
        pytest.skip("this platform bounds no other process")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")  # what it compiled would be cut off, too
    with serving(tmp_path) as service:
        post(service)
        service.settled()
        assert service.process is not None
        before = resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE)
        said = len(service.log)
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (said + 2_000, before[1]))
        with pytest.raises(HTTPError) as caught:
            post(service)
        answer = json.loads(caught.value.read())
        caught.value.close()
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, before)
        assert (caught.value.code, answer) == (500, {"message": "the server itself is at fault", "errors": []})
        post(service)
        assert [job["status"] for job in service.settled()] == ["finished", "finished"]
        assert f"POST {POSTS} 500 (disk I/O error; the disk may be full)" in service.log[said:].splitlines()
