"""`vidc measure` through the real, guarded fetch: a real HTTPS server with an authority of its own, public by its name.

Only the two ends of the way are put in place: what names lead to, and where a connection to a public address ends.
"""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
import pytest

from vidc import lock as locks
from vidc.cli.app import app

PUBLIC = "8.8.8.8"
NAMES = {"clips.example.com": PUBLIC, "inner.example.com": "10.0.0.1", PUBLIC: PUBLIC}

FILM = """\
settings: {name: a, videoSize: {width: 640, height: 360}}
scenes:
"""
SCENE = '  - tracks: [{type: video, videoUrl: "%s", position: {x: 0, y: 0}, size: {width: 640, height: 360}}]\n'

Measure = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    made += ["-days", "2", "-subj", "/CN=a", "-addext", "subjectAltName=DNS:clips.example.com"]
    try:
        subprocess.run([*made, "-keyout", folder / "key", "-out", folder / "cert"], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not there")
    return folder / "cert"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two seconds."""
    path = tmp_path_factory.mktemp("film") / "a.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width, stream.height = 64, 64
        for number in range(50):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path.read_bytes()


@pytest.fixture
def asked(certificate: Path, film: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A server at the public address that serves `/a.mp4`, and sends `/inner` to one that is not public; what was asked
    of it."""
    heard: list[str] = []

    class Clips(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(f"{self.headers['host']}{self.path} {self.headers['authorization']}")
            where = {"/inner": "https://inner.example.com/a.mp4", "/plain": "http://clips.example.com/a.mp4"}
            self.send_response(302 if self.path in where else 200 if self.path == "/a.mp4" else 404)
            self.send_header("Location", where.get(self.path, ""))
            content = film if self.path == "/a.mp4" else b""
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Callers that trust nobody hang up."""

    server = Server(("127.0.0.1", 0), Clips)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()

    def found(host: str, port: int, *_: object, **__: object) -> list[Any]:
        if host not in NAMES:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (NAMES[host], port))]

    connect = socket.socket.connect

    def connected(plain: socket.socket, to: tuple[str, int]) -> None:
        assert to == (PUBLIC, 443), "only what was checked is connected to"
        connect(plain, ("127.0.0.1", server.server_port))

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(socket.socket, "connect", connected)
    yield heard
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def measure(
    asked: list[str],  # noqa: ARG001  # the server is there
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Measure:
    """`vidc measure` of a film with some addresses: exit code, what it prints and what it complains of."""
    (tmp_path / "vidc.toml").touch()
    monkeypatch.chdir(tmp_path)

    def run(*addresses: str, words: tuple[str, ...] = ("measure", "film.vidc.yaml")) -> tuple[int, str, str]:
        Path("film.vidc.yaml").write_text(FILM + "".join(SCENE % address for address in addresses))
        monkeypatch.setattr(sys, "argv", ["vidc", *words])
        code = app()
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


ADDRESS = "https://clips.example.com/a.mp4"


@pytest.mark.usefixtures("trusted")
def test_a_medium_is_fetched_once_and_its_length_kept(measure: Measure, asked: list[str], film: bytes) -> None:
    assert measure(ADDRESS, ADDRESS) == (0, f"{ADDRESS}  2.0 s\n", "")
    assert list(locks.read("vidc.lock").media.values()) == [locks.Media(ADDRESS, 2000, sha256(film).hexdigest())]
    assert measure(ADDRESS) == (0, "", "")
    assert asked == ["clips.example.com/a.mp4 None"]
    assert measure(ADDRESS, words=("measure", "--refresh")) == (0, f"{ADDRESS}  2.0 s\n", "")
    assert len(asked) == 2
    assert sorted(os.listdir()) == ["film.vidc.yaml", "vidc.lock", "vidc.toml"]


@pytest.mark.usefixtures("trusted")
def test_what_is_excluded_is_not_measured_unless_it_is_named(measure: Measure) -> None:
    excluded = "vidc: the only spec is excluded, by `--exclude`\n"
    assert measure(ADDRESS, words=("measure", ".", "--exclude", "film*")) == (0, "", excluded)
    assert measure(ADDRESS, words=("measure", "film.vidc.yaml", "--exclude", "film*"))[1] == f"{ADDRESS}  2.0 s\n"


@pytest.mark.usefixtures("trusted")
def test_a_plan_for_a_service_on_this_machine_knows_measured_media(
    measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLOSSYAN_URL", "http://127.0.0.1:9/api/v1")
    plan = ("plan", "film.vidc.yaml", "--max-minutes", "1")
    code, _, said = measure(ADDRESS, words=plan)
    assert (code, "`vidc measure film.vidc.yaml` measures its media" in said) == (4, True)
    measure(ADDRESS)
    assert measure(ADDRESS, words=plan) == (
        0,
        "+ film.vidc.yaml  create     0.03 min\n\n1 job to send: 0.03 min.\n\n"
        "note: no ledger here and no video in the lock: what was sent from elsewhere\n"
        "counts as new, which may be too much. Commit vidc.lock, or set VIDC_LEDGER\n",
        "",
    )


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://inner.example.com/a.mp4", "`inner.example.com` leads to 10.0.0.1, which is not public"),
        ("https://clips.example.com/inner", "`inner.example.com` leads to 10.0.0.1, which is not public"),
        (
            "https://clips.example.com/plain",
            "the address, to which it redirects, does not begin with `https://`",
        ),
        ("https://clips.example.com/none.mp4", "the server answers 404 Not Found"),
        ("https://nobody.example.com/a.mp4", "its host is not known"),
        ("http://clips.example.com/a.mp4", "the address does not begin with `https://`"),
    ],
)
def test_what_cannot_be_measured_is_said_and_what_can_is_kept(measure: Measure, address: str, why: str) -> None:
    assert measure(address, ADDRESS) == (3, f"{ADDRESS}  2.0 s\n", f"vidc: {address}: {why}\n")
    assert list(locks.read("vidc.lock").media) == [ADDRESS]


def test_a_server_that_nobody_vouches_for_is_not_believed(measure: Measure, asked: list[str]) -> None:
    assert measure(ADDRESS) == (
        3,
        "",
        f"vidc: {ADDRESS}: no secure connection can be made: self-signed certificate\n",
    )
    assert (asked, os.path.exists("vidc.lock")) == ([], False)
