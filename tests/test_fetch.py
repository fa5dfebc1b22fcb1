"""Files of the project and of public servers: what may be read, what may be fetched, and what is refused, and why."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from vidc.fetch import Door, Missing, below, fetch, is_public, mirrored, public_addresses

PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "2606:4700::6810:85e5",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
]
NOT_PUBLIC = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "100::1",
    "2001:db8::1",
    "2001:0:7f00:1::f5ff:fffe",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::6810:85e5%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_not(address: str) -> None:
    assert not is_public(address)


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [(2, 1, 6, "", (address, 443)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    with pytest.raises(ValueError, match=r"`cdn\.example\.com` leads to 10\.0\.0\.1, which is not public"):
        public_addresses("cdn.example.com", 443)


def test_a_name_of_this_machine_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(Missing) as refused:
        fetch("https://127.0.0.1:1/a.png", str(tmp_path))
    assert refused.value.reason == "`127.0.0.1` leads to 127.0.0.1, which is not public"


class Untouched:
    """Stands for TLS where the test is not of TLS; notes for which name it was asked."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def wrap_socket(self, plain: socket.socket, *, server_hostname: str) -> socket.socket:
        self.names.append(server_hostname)
        return plain


class Server:
    """Answers each connection with the next of some bytes, or by a function of the connection."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.answers: list[bytes | Callable[[socket.socket], None]] = []
        self.asked: list[bytes] = []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                request = b""
                while b"\r\n\r\n" not in request and (piece := connection.recv(65536)):
                    request += piece
                self.asked.append(request)
                answer = self.answers.pop(0)
                with contextlib.suppress(OSError):
                    answer(connection) if callable(answer) else connection.sendall(answer)

    def close(self) -> None:
        socket.socket.shutdown(self.listener, socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def door(server: Server, **limits: float) -> Door:
    """A door behind which every name is the test's server."""

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        assert address[0] == "203.0.113.9"
        return socket.create_connection(("127.0.0.1", server.port), timeout)

    return Door(lambda *_: ["203.0.113.9"], connect, Untouched(), **limits)  # type: ignore[arg-type]


def ok(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    return b"\r\n".join([b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *headers, b"", body])


def moved(to: bytes, status: bytes = b"302 Found") -> bytes:
    return ok(b"", b"Location: " + to, status=status)


ADDRESS = "https://cdn.example.com/a%20b/p.png?size=2&q=ü"


def test_a_file_is_fetched_once_and_kept_by_its_content(tmp_path: Path, server: Server) -> None:
    server.answers = [ok(b"picture")]
    way = door(server)
    path = fetch(ADDRESS, str(tmp_path), way)
    assert Path(path).read_bytes() == b"picture"
    assert path == str(tmp_path / "content" / sha256(b"picture").hexdigest())
    assert fetch(ADDRESS, str(tmp_path), way) == path
    assert len(server.asked) == 1
    assert sorted(os.listdir(tmp_path / "content")) == [os.path.basename(path)]


def test_a_request_holds_nothing_but_what_it_must(tmp_path: Path, server: Server) -> None:
    server.answers = [ok(b"x")]
    way = door(server)
    fetch(ADDRESS, str(tmp_path), way)
    assert server.asked == [
        b"GET /a%20b/p.png?size=2&q=%C3%BC HTTP/1.1\r\nHost: cdn.example.com\r\nAccept: */*\r\n"
        b"Accept-Encoding: identity\r\nUser-Agent: vidc\r\nConnection: close\r\n\r\n"
    ]
    assert way.context.names == ["cdn.example.com"]  # type: ignore[attr-defined]


def test_redirects_are_followed_three_times_and_resolved_each_time(tmp_path: Path, server: Server) -> None:
    server.answers = [moved(b"/b"), moved(b"https://two.example.com/c"), moved(b"//three.example.com/d"), ok(b"end")]
    way = door(server)
    assert Path(fetch("https://one.example.com/a", str(tmp_path), way)).read_bytes() == b"end"
    hosts = ["one.example.com", "one.example.com", "two.example.com", "three.example.com"]
    assert way.context.names == hosts  # type: ignore[attr-defined]


REFUSED = {
    "http://cdn.example.com/a.png": "the address does not begin with `https://`",
    "ftp://cdn.example.com/a.png": "the address does not begin with `https://`",
    "https:///a.png": "the address names no host",
    "https://user:word@cdn.example.com/a.png": "the address holds a user name",
    "https://cdn.example.com:0/a.png": "the address names no host",
    "https://cdn.example.com:99999/a.png": "the address is malformed",
    "https://[::1/a.png": "the address is malformed",
    "https://" + "ü" * 64 + ".example/a.png": "its host is no name",
}


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_may_not_be_fetched_says_why(tmp_path: Path, server: Server, address: str) -> None:
    with pytest.raises(Missing) as refused:
        fetch(address, str(tmp_path), door(server))
    assert (refused.value.reason, server.asked) == (REFUSED[address], [])


def pieces(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


ANSWERS: dict[str, tuple[list[bytes], str]] = {
    "downgraded": (
        [moved(b"http://cdn.example.com/b")],
        "the address, to which it redirects, does not begin with `https://`",
    ),
    "user": ([moved(b"https://a:b@c.example/")], "the address, to which it redirects, holds a user name"),
    "file": ([moved(b"file:///etc/passwd")], "the address, to which it redirects, does not begin with `https://`"),
    "loop": ([moved(b"/")] * 4, "it redirects more than 3 times"),
    "nowhere": ([ok(b"", status=b"302 Found")], "the server answers 302 Found"),
    "missing": ([ok(b"no", status=b"404 Not Found")], "the server answers 404 Not Found"),
    "part": ([ok(b"no", status=b"206 Partial Content")], "the server answers 206 Partial Content"),
    "said to be large": ([b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n"], "it is larger than 1 MB"),
    "large": ([pieces(b"x" * 1_000_001)], "it is larger than 1 MB"),
    "packed": ([ok(b"x", b"Content-Encoding: gzip")], "the server sends it packed, though it was not asked to"),
    "torn": ([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"], "the connection broke off"),
    "torn pieces": (
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"],
        "the server's answer cannot be read",
    ),
    "empty": ([ok(b"")], "the server sends nothing"),
    "torn headers": ([b"HTTP/1.1 200 OK\r\nX: "], "the server sends nothing"),
    "noise": ([b"\x00\x01\x02\r\n\r\n"], "the server's answer cannot be read"),
    "nothing": ([b""], "the server's answer cannot be read"),
    "endless line": ([b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000], "the server's answer cannot be read"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_is_no_file_says_why_and_leaves_nothing(tmp_path: Path, server: Server, name: str) -> None:
    answers, reason = ANSWERS[name]
    server.answers = list(answers)
    with pytest.raises(Missing) as refused:
        fetch("https://cdn.example.com/", str(tmp_path), door(server, max_bytes=1_000_000))
    assert refused.value.reason == reason
    assert [file for _, _, files in os.walk(tmp_path) for file in files] == []


def test_a_redirect_into_this_network_is_refused(tmp_path: Path, server: Server) -> None:
    server.answers = [moved(b"https://inner.example.com/secret")]
    way = door(server)

    def resolve(host: str, _port: int) -> list[str]:
        if host.startswith("inner"):
            raise ValueError(f"`{host}` leads to 10.0.0.1, which is not public")
        return ["203.0.113.9"]

    with pytest.raises(Missing) as refused:
        fetch("https://cdn.example.com/", str(tmp_path), Door(resolve, way.connect, way.context))
    assert refused.value.reason == "`inner.example.com` leads to 10.0.0.1, which is not public"


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_server_that_drips_is_left_at_the_deadline(tmp_path: Path, server: Server, where: str) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if where == "body" else b"X: "))
        for _ in range(200):
            connection.sendall(b"y")
            time.sleep(0.02)

    server.answers = [drip]
    began = time.monotonic()
    with pytest.raises(Missing) as refused:
        fetch("https://cdn.example.com/", str(tmp_path), door(server, max_seconds=0.3))
    assert refused.value.reason == "it takes more than 0.3 s"
    assert time.monotonic() - began < 2


def test_a_host_that_is_not_known_says_so(tmp_path: Path) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Missing) as refused:
        fetch("https://nowhere.example/", str(tmp_path), Door(resolve))
    assert refused.value.reason == "its host is not known"


def test_a_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    made += ["-days", "2", "-subj", "/CN=a", "-addext", "subjectAltName=DNS:a.example.com"]
    try:
        subprocess.run([*made, "-keyout", tmp_path / "key", "-out", tmp_path / "cert"], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not there")
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(2):
            plain, _address = listener.accept()
            with plain, contextlib.suppress(OSError), own.wrap_socket(plain, server_side=True) as connection:
                connection.recv(65536)
                connection.sendall(ok(b"secret"))

    def connect(_address: tuple[str, int], timeout: float) -> socket.socket:
        return socket.create_connection(listener.getsockname(), timeout)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    trusting = ssl.create_default_context(cafile=str(tmp_path / "cert"))
    way, cache = Door(lambda *_: ["203.0.113.9"], connect, trusting), str(tmp_path / "cache")
    with pytest.raises(Missing) as refused:
        fetch("https://b.example.com/", cache, way)
    assert refused.value.reason.startswith("no secure connection can be made: Hostname mismatch")
    assert Path(fetch("https://a.example.com/", cache, way)).read_bytes() == b"secret"
    thread.join(5)
    listener.close()


def test_files_of_the_project_are_read_and_no_others(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "specs").mkdir(parents=True)
    (root / "a.png").write_bytes(b"a")
    (tmp_path / "secret").write_bytes(b"s")
    (root / "out").symlink_to(tmp_path / "secret")
    (root / "in").symlink_to(root / "a.png")
    os.mkfifo(root / "pipe")

    def read(name: str) -> str:
        try:
            return os.path.relpath(below(str(root), str(root / "specs"), name), root)
        except Missing as error:
            return error.reason

    assert {
        name: read(name) for name in ("../a.png", "../in", "../out", "../../secret", "../pipe", "..", "no", "")
    } == {
        "../a.png": "a.png",
        "../in": "a.png",
        "../out": "it leads out of the project's root",
        "../../secret": "it leads out of the project's root",
        "../pipe": "it is no regular file",
        "..": "it is no regular file",
        "no": "there is no such file",
        "": "it is no file name",
    }
    assert (read("/etc/passwd"), read("a\0b")) == ("it leads out of the project's root", "it is no file name")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://cdn.example.com/a/b%20c.png?x=1#y", "cdn.example.com/a/b c.png"),
        ("http://CDN.example.com:8080//a.png", "cdn.example.com/a.png"),
        ("https://cdn.example.com/", None),
        ("https://cdn.example.com/../a", None),
        ("https://cdn.example.com/%2e%2e/a", None),
        ("https://cdn.example.com/..%2f..%2fa", None),
        ("https://../a", None),
        ("https://cdn.example.com/%ff", None),
        ("media/a.png", None),
        ("ftp://cdn.example.com/a", None),
        ("https://[::1/a", None),
    ],
)
def test_an_address_has_one_place_in_a_mirror(address: str, name: str | None) -> None:
    assert mirrored(address) == name
