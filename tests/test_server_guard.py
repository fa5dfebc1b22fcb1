"""Who may ask: only by the server's own names, only with a token, and with no more than a body's bound."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import CANARY
from service import ROOT, Service, serving
from test_server import JOB, JOBS

from vidc.ir.job import Job
from vidc.server.greeting import greeting
from vidc.server.options import Options


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(
        tmp_path_factory.mktemp("guard"), "--token", "secret", "--allow-host", "ci.example", token="secret"
    ) as it:
        yield it


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:1", 200),
        ("[::1]:8787", 200),
        ("ci.example", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
        ("[::1", 421),
    ],
)
def test_a_name_that_is_not_its_own_gets_nothing(server: Service, host: str, status: int) -> None:
    assert httpx.get(f"{server.home}/_vidc/stats", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({}, "there is no token"),
        ({"Authorization": "Bearer"}, "there is no token"),
        ({"Authorization": "Basic secret"}, "there is no token"),
        ({"X-API-Key": "secret"}, "there is no token"),
        ({"authorizationtoken": "secret"}, "v1 takes no `authorizationtoken`"),
        ({"Authorization": "Bearer other"}, "this is not the token that `--token` names"),
        ({"Authorization": b"Bearer \xff\xfe"}, "this is not the token that `--token` names"),
    ],
)
def test_without_its_token_nothing_is_done(server: Service, headers: dict[str, str], said: str) -> None:
    for path in (f"/api/v1{JOBS}", "/_vidc/faults", "/_vidc/jobs"):
        answer = httpx.post(server.home + path, json=JOB, headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.json() == {"message": f"{said}: send `Authorization: Bearer TOKEN`", "errors": []}
    assert server.stats() == {"posts": 0, "billedSeconds": 0, "jobs": 0}


def test_any_token_will_do_unless_one_is_named(tmp_path: Path) -> None:
    with serving(tmp_path, token="whatever") as service:
        assert service.ask("/api/v1/assets/voices")
        assert httpx.get(f"{service.address}/assets/voices").status_code == 401


def test_what_is_linked_is_open_as_the_services_links_are(server: Service) -> None:
    for path in ("/files/none.mp4", "/videos/none", "/drafts/none"):
        assert httpx.get(server.home + path).status_code == 404


@pytest.mark.parametrize(
    "path", ["..%2f..%2fjobs.sqlite", "../jobs.sqlite", "%2e%2e/jobs.sqlite", "a%00b.mp4", "..mp4"]
)
def test_a_file_is_served_from_the_films_only(server: Service, path: str) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.sendall(f"GET /files/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = line.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"SQLite" not in answer


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_refused_before_it_is_read(server: Service, chunked: bool) -> None:
    piece = b" " * 1_000_000
    content = iter([piece] * 17) if chunked else piece * 17
    headers = {"Authorization": "Bearer secret", "Content-Type": "application/json"}
    answer = httpx.post(f"{server.address}{JOBS}", content=content, headers=headers)
    assert (answer.status_code, answer.json()) == (413, {"message": "the body is larger than 16 MB", "errors": []})


def test_the_greeting_says_how_to_use_it_and_what_it_does_not_do(tmp_path: Path) -> None:
    options = Options(tmp_path, host="0.0.0.0", faults=("429:0.1",), templates={"a": Job("video", {})}, film="render")
    assert greeting(options, "http://127.0.0.1:8787", 2) == (
        "vidc serve: http://127.0.0.1:8787 speaks Colossyan's API, and nothing costs anything\n\n"
        "  export COLOSSYAN_URL=http://127.0.0.1:8787/api/v1\n"
        "  export COLOSSYAN_TOKEN=...   # any\n\n"
        f"  jobs       {tmp_path}, 2 go on\n"
        "  films      rendered on this machine, as drafts; --fetch gets pictures from the web\n"
        "  templates  a\n"
        "  faults     429:0.1\n"
        "  open to    other machines, there to everyone; `--token` closes it\n\n"
        "Ctrl-C stops it; its jobs go on at the next start.\n"
    )


def test_it_serves_on_the_other_loopback_too(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "::1") as service:
        assert httpx.get(f"http://[::1]:{service.port}/_vidc/stats").json()["posts"] == 0


def vidc(*words: str, at: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", "from vidc.cli import main; main()", "serve", *words]
    env = {"PYTHONPATH": str(ROOT), "PATH": "", "COLOSSYAN_TOKEN": CANARY}
    return subprocess.run(command, cwd=at, capture_output=True, text=True, timeout=30, env=env)


def test_a_port_that_is_taken_is_said_in_one_line(server: Service, tmp_path: Path) -> None:
    done = vidc("--port", str(server.port), at=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        f"vidc: cannot listen at 127.0.0.1:{server.port}: address already in use; `--port 0` takes any free one\n"
    )


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = vidc("--port", "0", "--folder", "file/jobs", at=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "vidc: cannot keep jobs in file/jobs: not a directory; `--folder` names another\n"


def test_a_file_that_is_no_database_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "jobs.sqlite").write_text("this is no database, however long it is " * 100)
    done = vidc("--port", "0", "--folder", ".", at=tmp_path)
    assert done.returncode == 3
    assert done.stderr == "vidc: cannot keep jobs in .: file is not a database; `--folder` names another\n"


def test_a_fault_that_is_none_is_a_mistake_of_usage(tmp_path: Path) -> None:
    done = vidc("--fault", "429:often", at=tmp_path)
    assert done.returncode == 2
    assert "`often` is not how often: write a probability" in done.stderr


def test_a_template_with_errors_is_shown_and_nothing_is_served(tmp_path: Path) -> None:
    (tmp_path / "a.vidc.yaml").write_text("settings: {name: A}\nscenes: []\n")
    done = vidc("--template", "a.vidc.yaml", "--port", "0", at=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "[missing-field]" in done.stderr
    assert not (tmp_path / ".vidc").exists()
