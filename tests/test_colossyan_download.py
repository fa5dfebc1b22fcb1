"""Downloads: resumed where they broke off, verified, whole or not at all; the token stays away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from conftest import CANARY
from crash.service import URL, Time
from hypothesis import given
from hypothesis import strategies as st

from vidc.colossyan.download import download
from vidc.colossyan.errors import Unreachable, Unreadable
from vidc.colossyan.service import Service, Token

CONTENT = bytes(range(256)) * 40
ADDRESS = "https://cdn.example.com/v.mp4?signature=abc"


class Store:
    """Serves the content, and breaks off after each of some numbers of bytes."""

    def __init__(self, *breaks: int, ranges: bool = True, content: bytes = CONTENT) -> None:
        self.breaks = list(breaks)
        self.ranges = ranges
        self.content = content
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert "authorization" not in request.headers
        asked = request.headers.get("range", "")
        self.asked.append(asked)
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and self.ranges else 0
        if start >= len(self.content):
            return httpx.Response(416)
        body = self.content[start:]
        headers = {"Content-Length": str(len(body))}
        if asked and self.ranges:
            headers["Content-Range"] = f"bytes {start}-{len(self.content) - 1}/{len(self.content)}"
        broken = self.breaks.pop(0) if self.breaks else None
        return httpx.Response(206 if asked and self.ranges else 200, headers=headers, stream=Broken(body, broken))


class Broken(httpx.SyncByteStream):
    def __init__(self, body: bytes, at: int | None) -> None:
        self.body, self.at = body, at

    def __iter__(self):  # type: ignore[no-untyped-def]  # bytes, then perhaps an end before the end
        yield self.body[: self.at]
        if self.at is not None:
            raise httpx.RemoteProtocolError("peer closed connection")


def run(store: Callable[[httpx.Request], httpx.Response], path: Path, size: int | None, url: str = ADDRESS) -> int:
    service = Service(URL, Token(CANARY))
    return download(service, url, str(path), size, mark="key", clock=Time(), transport=httpx.MockTransport(store))  # type: ignore[arg-type]


@given(st.lists(st.integers(0, 3000), max_size=5), st.booleans(), st.booleans())
def test_whatever_breaks_the_file_is_whole(breaks: list[int], ranges: bool, said: bool) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "v.mp4"
        assert run(Store(*breaks, ranges=ranges), path, len(CONTENT) if said else None) == len(CONTENT)
        assert path.read_bytes() == CONTENT
        assert [file.name for file in Path(folder).iterdir()] == ["v.mp4"]


def test_a_download_goes_on_where_it_was(tmp_path: Path) -> None:
    store = Store(1000, 0, 500)
    run(store, tmp_path / "v.mp4", len(CONTENT))
    assert store.asked == ["", "bytes=1000-", "bytes=1000-", "bytes=1500-"]


def test_a_download_that_ends_keeps_its_part_for_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "v.mp4"
    path.write_bytes(b"an older film")
    with pytest.raises(Unreachable, match="broke off at 100 bytes"):
        run(Store(100, *[0] * 20), path, len(CONTENT))
    assert path.read_bytes() == b"an older film"
    assert (tmp_path / "v.mp4.key.part").read_bytes() == CONTENT[:100]
    store = Store()
    run(store, path, len(CONTENT))
    assert store.asked == ["bytes=100-"]
    assert path.read_bytes() == CONTENT


def test_two_downloads_of_one_file_do_not_spoil_each_other(tmp_path: Path) -> None:
    """The second begins while the first is in the middle; it changes nothing, and the first ends well."""
    path = tmp_path / "v.mp4"
    store = Store(1000)

    def second(request: httpx.Request) -> httpx.Response:
        with pytest.raises(BlockingIOError) as caught:
            run(Store(), path, len(CONTENT))
        assert caught.value.strerror == "another process is downloading it"
        return store(request)

    assert run(second, path, len(CONTENT)) == len(CONTENT)
    assert store.asked == ["", "bytes=1000-"]
    assert path.read_bytes() == CONTENT
    assert run(Store(), path, len(CONTENT)) == len(CONTENT), "the lock went with the first"
    assert [file.name for file in tmp_path.iterdir()] == ["v.mp4"]


def test_a_part_that_was_finished_while_its_lock_was_taken_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening the part and locking it, who had it before gives it the film's name."""
    from vidc.colossyan import download as module

    path, part = tmp_path / "v.mp4", tmp_path / "v.mp4.key.part"
    part.write_bytes(CONTENT[:50])
    lock = module._lock

    def late(descriptor: int, name: str) -> None:
        if not path.exists():
            part.write_bytes(CONTENT)
            part.rename(path)
        lock(descriptor, name)

    monkeypatch.setattr(module, "_lock", late)
    store = Store()
    assert run(store, path, None) == len(CONTENT)
    assert store.asked == [""]
    assert path.read_bytes() == CONTENT


def test_nothing_is_no_video(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="there is nothing at the video's address"):
        run(lambda _: httpx.Response(200, stream=Broken(b"", None)), tmp_path / "v.mp4", None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [len(CONTENT) - 1, len(CONTENT) + 1, 1])
def test_another_size_than_was_said_is_no_video(tmp_path: Path, size: int) -> None:
    with pytest.raises((Unreadable, Unreachable)):
        run(Store(), tmp_path / "v.mp4", size)
    assert not (tmp_path / "v.mp4").exists()


@pytest.mark.parametrize("status", [403, 404, 410, 418])
def test_an_address_that_expired_is_said(tmp_path: Path, status: int) -> None:
    with pytest.raises(Unreadable, match=f"answered {status}: it may have expired"):
        run(lambda _: httpx.Response(status), tmp_path / "v.mp4", 10)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["http://cdn.example.com/v.mp4", "file:///etc/passwd", "ftp://x/v", "", "http://127.0.0.1/v.mp4"]
)
def test_an_address_that_is_not_https_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(Unreadable, match="is not https"):
        run(Store(), tmp_path / "v.mp4", 10, url)


def test_redirects_are_checked_and_few(tmp_path: Path) -> None:
    def to(location: str) -> Callable[[httpx.Request], httpx.Response]:
        store = Store()
        return lambda request: (
            httpx.Response(302, headers={"Location": location}) if request.url.path == "/v.mp4" else store(request)
        )

    assert run(to("https://other.example.com/w.mp4"), tmp_path / "v.mp4", len(CONTENT)) == len(CONTENT)
    with pytest.raises(Unreadable, match="is not https"):
        run(to("http://other.example.com/w.mp4"), tmp_path / "w.mp4", len(CONTENT))
    with pytest.raises(Unreadable, match="leads on and on"):
        run(to("https://cdn.example.com/v.mp4"), tmp_path / "x.mp4", len(CONTENT))


def test_what_belongs_to_another_video_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "v.mp4.key.part").write_bytes(b"x" * (len(CONTENT) + 5))
    run(Store(), tmp_path / "v.mp4", len(CONTENT))
    assert (tmp_path / "v.mp4").read_bytes() == CONTENT


def test_a_page_is_no_video(tmp_path: Path) -> None:
    """What a login or a gateway answers has a size too, where nobody said what the video's is."""
    page = httpx.Response(200, html="<!doctype html><title>Log in</title>")
    with pytest.raises(Unreadable, match="there is a page at the video's address, and no video"):
        run(lambda _: page, tmp_path / "v.mp4", None)
    assert list(tmp_path.iterdir()) == []
