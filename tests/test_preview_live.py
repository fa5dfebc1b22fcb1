"""The live page: it follows the file, keeps what was good, answers to this machine only, and ends cleanly."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from command import ROOT, run
from test_preview import PNG, SPEC

from vidc.ir.facts import NOTHING
from vidc.lock import Speech, facts, learn, read
from vidc.review.preview_live import Live
from vidc.review.preview_server import Bell, _versions, application
from vidc.review.sound import Voices
from vidc.review.watching import Settings, Spec, changes

CHROMIUM = "/usr/bin/chromium"


def live_of(path: Path, voices: Voices | None = None) -> Live:
    spec = Spec(str(path), Settings({}))
    return Live(spec, spec.compiled(), voices, voices is not None)


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "video.vidc.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


def asked(live: Live, path: str = "/", host: str = "127.0.0.1:8787", **headers: str) -> httpx.Response:
    """What the application answers, without a socket."""

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(application(live, Bell()))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(path, headers={"host": host, **headers})

    return asyncio.run(answer())


def test_a_change_is_another_version_and_the_same_text_the_same(spec: Path) -> None:
    live = live_of(spec)
    first, page = live.version, live.html
    spec.write_text(SPEC.replace("A line", "Another line"), encoding="utf-8")
    live.renew()
    assert live.version != first
    assert b"Another line" in live.html
    spec.write_text(SPEC, encoding="utf-8")
    live.renew()
    assert (live.version, live.html) == (first, page)


def test_the_last_picture_stays_while_the_file_cannot_be_read(spec: Path) -> None:
    live = live_of(spec)
    spec.write_text("scenes: [\n", encoding="utf-8")
    live.renew()
    assert b"The pictures show it as it was before." in live.html
    assert b"Late" in live.html
    spec.unlink()
    live.renew()
    assert b"there is no such file" in live.html
    assert b"Late" in live.html
    spec.write_text(SPEC.replace("Late", "Later"), encoding="utf-8")
    live.renew()
    assert b"as it was before" not in live.html
    assert b"Later" in live.html


def test_what_is_measured_meanwhile_counts(spec: Path) -> None:
    lock = spec.parent / "vidc.lock"
    settings = Settings({}, None, lambda: facts(read(str(lock))) if lock.exists() else NOTHING, frozenset([str(lock)]))
    made = Spec(str(spec), settings)
    live = Live(made, made.compiled(), None, False)
    assert str(lock) in live.files
    assert b"about" in live.html.partition(b"</header>")[0]
    words = "Hello there, this is what we would like to say to everyone today."
    learn(str(lock), Speech("en-GB-SoniaNeural", (words,), "en", "2026-01-01", 6000))
    live.renew()
    assert b"10.0 s" in live.html.partition(b"</header>")[0]
    lock.write_text("no lock\n")
    live.renew()
    assert b"vidc.lock" in live.html.partition(b'<p class="trouble">')[2].partition(b"</p>")[0]


def test_the_page_comes_first_without_sound_then_with(spec: Path) -> None:
    live = live_of(spec, Voices())
    silent = live.version
    assert b"<audio" not in live.html
    assert b"are being made" in live.html
    assert live.speak()
    assert live.html.count(b"<audio") == 1
    assert live.version != silent
    assert not live.speak()
    spec.write_text(SPEC.replace("A line", "Another line"), encoding="utf-8")
    live.renew()
    assert live.html.count(b"<audio") == 1, "a speech that did not change is not made again"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8787", 200),
        ("localhost:8787", 200),
        ("localhost", 200),
        ("evil.example:8787", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example:8787", 421),
        ("192.168.0.7:8787", 421),
    ],
)
@pytest.mark.parametrize("path", ["/", "/held/x"])
def test_only_this_machine_s_names_are_answered(spec: Path, host: str, status: int, path: str) -> None:
    answer = asked(live_of(spec), path, host)
    assert answer.status_code == (404 if path != "/" and status == 200 else status)
    assert ("Demo" in answer.text) == (answer.status_code == 200)


def test_a_malformed_host_is_refused(spec: Path) -> None:
    live = live_of(spec)
    assert [asked(live, host=host).status_code for host in ("", "[::1", "127.0.0.1@evil", "evil@x:1")] == [421] * 4


def test_the_policy_is_a_header_too(spec: Path) -> None:
    answer = asked(live_of(spec))
    policy = answer.headers["content-security-policy"]
    meta = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', answer.text)
    assert meta is not None
    assert policy == f"{meta[1]}; frame-ancestors 'none'"
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_sounds_and_pictures_are_held_apart_and_given_in_ranges(spec: Path) -> None:
    folder = spec.parent / "media" / "cdn.example.com"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(PNG)
    live = live_of(spec)
    (name,) = re.findall(r'href="(/held/\w+)"', live.html.decode())
    whole, part, rest, beyond = (asked(live, name, range=span) for span in ("", "bytes=2-5", "bytes=70-", "bytes=999-"))
    assert (whole.status_code, whole.content, whole.headers["content-type"]) == (200, PNG, "image/png")
    assert (part.status_code, part.content, part.headers["content-range"]) == (206, PNG[2:6], f"bytes 2-5/{len(PNG)}")
    assert (rest.status_code, rest.content) == (206, PNG[70:])
    assert beyond.status_code == 416
    assert "sandbox" in whole.headers["content-security-policy"]


def test_a_listener_is_told_the_version_now_and_at_each_change(spec: Path) -> None:
    async def told() -> list[str]:
        live, bell = live_of(spec), Bell()
        stream = _versions(live, bell)
        heard = [await anext(stream), await anext(stream)]
        spec.write_text(SPEC.replace("A line", "Another"), encoding="utf-8")
        later = asyncio.ensure_future(_second(stream))
        await asyncio.sleep(0)
        live.renew()
        bell.ring()
        heard.append(await asyncio.wait_for(later, 5))
        bell.end()
        heard += [one async for one in stream]
        return heard

    async def _second(stream: AsyncIterator[str]) -> str:
        while (one := await anext(stream)) == ":\n\n":
            pass
        return one

    heard = asyncio.run(told())
    assert heard[0] == "retry: 2000\n\n"
    assert [bool(re.fullmatch(r"data: [0-9a-f]{16}\n\n", one)) for one in heard[1:3]] == [True, True]
    assert heard[1] != heard[2]
    assert heard[3:] == []


def saved(path: Path, text: str) -> None:
    """As editors save: a new file in the old one's place."""
    fresh = path.with_suffix(".tmp")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda folder: (folder / "video.vidc.yaml").write_text(SPEC, encoding="utf-8"), "video.vidc.yaml"),
        (lambda folder: saved(folder / "video.vidc.yaml", SPEC), "video.vidc.yaml"),
        (lambda folder: saved(folder / "parts" / "brand.vidc.yaml", "variables: {a: c}\n"), "brand.vidc.yaml"),
        (lambda folder: saved(folder / "missing.vidc.yaml", "variables: {b: c}\n"), "missing.vidc.yaml"),
        (lambda folder: (folder / "media" / "cdn.example.com" / "a.png").write_bytes(PNG), "a.png"),
    ],
    ids=["written", "replaced", "included", "an include that comes", "a picture that comes"],
)
def test_each_file_of_a_spec_is_watched(tmp_path: Path, change: Callable[[Path], Any], wanted: str) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "media" / "cdn.example.com").mkdir(parents=True)
    (tmp_path / "parts" / "brand.vidc.yaml").write_text("variables: {a: b}\n", encoding="utf-8")
    path = tmp_path / "video.vidc.yaml"
    brings = "" if wanted == "a.png" else ", missing.vidc.yaml"
    path.write_text(f"include: [parts/brand.vidc.yaml{brings}]\n{SPEC}", encoding="utf-8")
    live = live_of(path)
    assert wanted in {os.path.basename(path) for path in live.files}

    async def seen() -> bool:
        watch = changes(lambda: live.files)
        found = asyncio.ensure_future(anext(watch))
        await asyncio.sleep(0.4)
        (tmp_path / "other.txt").write_text("nothing to do with it", encoding="utf-8")
        await asyncio.sleep(0.3)
        early = found.done()
        change(tmp_path)
        await asyncio.wait_for(found, 5)
        await watch.aclose()
        return early

    assert not asyncio.run(seen())


@contextmanager
def previewed(path: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`vidc preview` as a process; its address, once it says it."""
    command = [sys.executable, "-W", "error", "-c", "from vidc.cli import main; main()", "preview", str(path)]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    server = subprocess.Popen(
        [*command, "--port", "0", "--no-open", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
        cwd=path.parent,
    )
    assert server.stdout is not None
    assert server.stderr is not None
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert found is not None
        yield found[0], server
    finally:
        with suppress(ProcessLookupError):
            server.kill()
        server.wait(10)
        server.stdout.close()
        server.stderr.close()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_though_a_page_is_open(spec: Path, sign: signal.Signals) -> None:
    with previewed(spec, "--no-sound") as (address, server):
        port = int(address.rsplit(":", 1)[1].rstrip("/"))
        with socket.create_connection(("127.0.0.1", port), 5) as listener:
            listener.sendall(f"GET /changes HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            heard = b""
            while b"data: " not in heard:
                heard += listener.recv(4096)
            assert heard.startswith(b"HTTP/1.1 200 ")
            began = time.monotonic()
            server.send_signal(sign)
            assert server.wait(10) == 0
            assert time.monotonic() - began < 3
        assert server.stderr is not None
        assert server.stderr.read() == "vidc: stopped\n"


def test_a_port_that_is_taken_is_said_in_one_line(spec: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("preview", spec.name, "--no-open", "--port", str(port), cwd=spec.parent)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        f"vidc: cannot listen at 127.0.0.1:{port}: address already in use; `--port 0` takes any free one\n"
    )


# What a browser makes of it.


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not os.path.exists(CHROMIUM):
        if "chromium" in os.environ.get("VIDC_REQUIRE", "").split(","):
            pytest.fail(f"there is no {CHROMIUM}")
        pytest.skip(f"there is no {CHROMIUM}")
    sync_api = pytest.importorskip("playwright.sync_api")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"]
    with sync_api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield chromium
        chromium.close()


class Watched:
    """A page, all that it asked for, and all that went wrong in it."""

    def __init__(self, browser: Any, width: int = 1280, scheme: str = "light") -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.asked: set[str] = set()
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.asked.add(request.url.partition("/held/")[0].partition(";")[0]))
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def until(self, script: str, seconds: float = 8) -> Any:
        """What a script gives once it gives anything. The page's policy forbids Playwright's own way of waiting."""
        end = time.monotonic() + seconds
        while not (found := self.page.evaluate(script)):
            assert time.monotonic() < end, script
            time.sleep(0.02)
        return found


def test_the_live_page_in_a_browser(browser: Any, spec: Path) -> None:
    with previewed(spec) as (address, _):
        watched = Watched(browser)
        page = watched.page
        page.goto(address)
        assert page.get_by_role("heading", level=1).inner_text() == "Demo"
        assert [one.inner_text() for one in page.get_by_role("heading", level=2).all()] == ["1 hello", "2 late"]
        assert page.get_by_role("region", name="Player").is_visible()
        assert page.get_by_role("slider", name="Time in the video").get_attribute("aria-valuetext").startswith("0.0 s")
        watched.until("document.querySelectorAll('audio').length == 1")

        _keys_move_the_playhead(watched)
        _playing_shows_and_says_the_words(watched)
        _a_change_keeps_playhead_and_place(watched, spec)
        assert watched.wrong == []
        assert watched.asked == {address, f"{address}changes", address.rstrip("/")}
        page.close()


def _keys_move_the_playhead(watched: Watched) -> None:
    page, clock = watched.page, watched.page.locator("#clock")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert clock.inner_text() == "2.0 s"
    page.keyboard.press("ArrowLeft")
    assert clock.inner_text() == "1.0 s"
    assert page.evaluate("[...document.querySelectorAll('.screen .on')].map(one => one.tagName)") == ["svg", "g", "g"]
    page.get_by_role("button", name="late, at 2.0 s").click()
    assert page.evaluate("document.querySelector('.here h2').innerText") == "2 late"
    assert page.evaluate("[...document.querySelectorAll('.screen g.on')].length") == 0


def _playing_shows_and_says_the_words(watched: Watched) -> None:
    page = watched.page
    page.get_by_text("Hello", exact=True).click()
    assert page.locator("#caption").inner_text().startswith("Hello there,")
    assert page.evaluate("document.querySelector('.script .now').innerText") == "Hello"
    page.evaluate("document.activeElement.blur()")
    page.evaluate("seek(2500)")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Pause").wait_for()
    heard = watched.until(
        "document.querySelector('audio').currentTime > 1.2 && document.querySelector('audio').currentTime"
    )
    late = page.evaluate("(at - 1500) / 1000 * document.querySelector('audio').playbackRate")
    assert abs(heard - late) < 0.4
    page.keyboard.press("Space")
    page.get_by_role("button", name="Play", exact=True).wait_for()
    assert page.evaluate("document.querySelector('audio').paused")
    assert page.evaluate("document.querySelectorAll('.bars .now:not([hidden])').length") == 1


def _a_change_keeps_playhead_and_place(watched: Watched, spec: Path) -> None:
    page = watched.page
    page.set_viewport_size({"width": 1280, "height": 500})
    page.evaluate("seek(3000); scrollTo(0, 200); document.querySelector('#at').focus()")
    place = "document.querySelector('.here').getBoundingClientRect().top"
    before = page.evaluate(place)
    saved(spec, SPEC.replace("name: Demo", "name: Changed"))
    watched.until("document.querySelector('h1').innerText == 'Changed'")
    assert page.evaluate("[at, scrollY, document.activeElement.id]") == [3000, 200, "at"]
    assert page.title() == "Changed · preview"
    saved(spec, SPEC.replace("scenes:", "scenes: ["))
    watched.until("document.querySelector('.trouble')")
    assert abs(page.evaluate(place) - before) <= 1, (
        "what is read stays in its place on the screen, though errors come above it"
    )
    assert page.get_by_role("listitem").first.inner_text().startswith("error")
    assert page.get_by_role("region", name="Player").get_by_text("1 error").is_visible()
    saved(spec, SPEC)
    watched.until("!document.querySelector('.trouble')")


def test_a_page_that_lost_its_server_says_so(browser: Any, spec: Path) -> None:
    with previewed(spec, "--no-sound") as (address, server):
        watched = Watched(browser)
        watched.page.goto(address)
        server.send_signal(signal.SIGINT)
        server.wait(10)
        watched.until("!document.querySelector('#news').hidden")
        assert watched.page.get_by_role("status").inner_text().startswith("The preview has stopped")
        watched.page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_as_a_file_in_a_browser(browser: Any, tmp_path: Path, width: int, scheme: str) -> None:
    from test_preview import HOSTILE, compiled, page_of

    for name, text in (("demo", SPEC), ("hostile", HOSTILE)):
        (tmp_path / f"{name}.html").write_text(page_of(compiled(text)), encoding="utf-8")
        watched = Watched(browser, width, scheme)
        watched.page.goto(f"file://{tmp_path}/{name}.html")
        assert watched.page.get_by_role("slider").is_visible()
        assert watched.page.evaluate("document.documentElement.scrollWidth") == width
        assert watched.wrong == []
        assert watched.asked == {f"file://{tmp_path}/{name}.html"}
        watched.page.close()
