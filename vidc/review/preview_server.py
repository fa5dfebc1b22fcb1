"""preview_server: shows a spec's page to this machine's browser, and tells it of changes.

CannotShow      the address cannot be listened at; its text says why
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from re import fullmatch
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from .preview import policy
from .preview_live import Live
from .watching import changes

ADDRESS = "127.0.0.1"
PORT = 8787
"""The port where none is named; where another listens at it, any free one."""

NAMES = frozenset((ADDRESS, "localhost"))
BEAT_S = 15
"""So often a page that waits for changes hears that the server is there."""

QUIET_S = 0.4
"""The sounds of a page are made when no newer page has come for so long."""

_KEPT_APART = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


class CannotShow(Exception):  # noqa: N818  # named as the sentence reads: "cannot listen at ADDRESS: reason"
    """The server cannot start."""


class Guard:
    """ASGI: answers only where it was called by this machine's own name, so that no page of a stranger can have its
    name point here and read what is served (DNS rebinding)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_own(dict(scope["headers"]).get(b"host", b"").decode("latin-1")):
            refused = PlainTextResponse("this preview does not answer to that host\n", 421, headers=_KEPT_APART)
            await refused(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_own(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in NAMES
    except ValueError:
        return False


class Bell:
    """Wakes all that wait for a new page."""

    def __init__(self) -> None:
        self.is_over = False
        self.event = asyncio.Event()

    def ring(self) -> None:
        self.event.set()
        self.event = asyncio.Event()

    def end(self) -> None:
        """There will be no new page."""
        self.is_over = True
        self.ring()


def application(live: Live, bell: Bell) -> ASGIApp:
    """The page, what it names, and its changes, as ASGI."""

    async def front(_: Request) -> Response:
        headers = {"content-security-policy": f"{policy(True)}; frame-ancestors 'none'", "cache-control": "no-store"}
        return Response(live.html, media_type="text/html; charset=utf-8", headers=headers | _KEPT_APART)

    async def held(request: Request) -> Response:
        found = live.content(request.path_params["name"])
        if found is None:
            return PlainTextResponse("there is nothing at this address\n", 404, headers=_KEPT_APART)
        headers = {"cache-control": "private, max-age=31536000, immutable", "content-security-policy": _NOTHING}
        return _part(request.headers.get("range", ""), *found, headers | _KEPT_APART)

    async def told(_: Request) -> Response:
        headers = {"cache-control": "no-store"} | _KEPT_APART
        return StreamingResponse(_versions(live, bell), media_type="text/event-stream", headers=headers)

    return Guard(Starlette(routes=[Route("/", front), Route("/held/{name}", held), Route("/changes", told)]))


def _part(asked: str, kind: str, content: bytes, headers: dict[str, str]) -> Response:
    """The content, or the one range of it that is asked for: a browser seeks in sound by ranges only."""
    headers = headers | {"accept-ranges": "bytes"}
    found = fullmatch(r"bytes=(\d{1,15})-(\d{0,15})", asked)
    if found is None:
        return Response(content, media_type=kind, headers=headers)
    first, last = int(found[1]), min(int(found[2] or len(content)), len(content) - 1)
    if first > last:
        return Response(status_code=416, headers=headers | {"content-range": f"bytes */{len(content)}"})
    headers["content-range"] = f"bytes {first}-{last}/{len(content)}"
    return Response(content[first : last + 1], 206, media_type=kind, headers=headers)


async def _versions(live: Live, bell: Bell) -> AsyncIterator[str]:
    """Server-sent events: the page's version, now and whenever it is another."""
    told = ""
    yield "retry: 2000\n\n"
    while not bell.is_over:
        event = bell.event
        if told != live.version:
            told = live.version
            yield f"data: {told}\n\n"
        else:
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), BEAT_S)
            yield ":\n\n"


def bound(port: int | None) -> socket.socket:
    """A socket that listens at this machine's own address. Raises CannotShow."""
    try:
        return _bound(PORT if port is None else port)
    except (OSError, OverflowError) as error:
        if port is None:
            return _bound(0)
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotShow(
            f"cannot listen at {ADDRESS}:{port}: {reason.lower()}; `--port 0` takes any free one"
        ) from error


def _bound(port: int) -> socket.socket:
    # asyncio sends at once only where the protocol is named; else each answer may wait 40 ms for an acknowledgement
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((ADDRESS, port))
        listener.listen(64)
    except BaseException:
        listener.close()
        raise
    return listener


def serve(live: Live, listener: socket.socket) -> None:
    """Show the page until an interrupt or a request to end."""
    with suppress(KeyboardInterrupt), _ended_by_signal():
        asyncio.run(_serve(live, listener))


class _Server(uvicorn.Server):
    """Ends the streams that wait for changes as soon as it is told to end, for it waits for them."""

    def __init__(self, config: uvicorn.Config, bell: Bell) -> None:
        super().__init__(config)
        self.bell = bell
        self.loop = asyncio.get_running_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.loop.call_soon_threadsafe(self.leave)

    def leave(self) -> None:
        self.should_exit = True
        self.bell.end()


async def _serve(live: Live, listener: socket.socket) -> None:
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
    bell = Bell()
    config = uvicorn.Config(
        application(live, bell),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, bell)
    tasks = [asyncio.create_task(_renewing(live, bell)), asyncio.create_task(_speaking(live, bell))]
    for task in tasks:
        task.add_done_callback(lambda _: server.leave())
    try:
        await server.serve(sockets=[listener])
    finally:
        server.leave()
        for task in tasks:
            task.cancel()
        for end in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(end, Exception):
                raise end


async def _renewing(live: Live, bell: Bell) -> None:
    async for _ in changes(lambda: live.files):
        await asyncio.to_thread(live.renew)
        bell.ring()


async def _speaking(live: Live, bell: Bell) -> None:
    """Make the sounds of each page beside all else, so that a page never waits for its sounds."""
    while not bell.is_over:
        event = bell.event
        if await asyncio.to_thread(live.speak):
            bell.ring()
            continue
        await event.wait()
        while await _rings(bell, QUIET_S):
            pass


async def _rings(bell: Bell, seconds: float) -> bool:
    """Whether there is a new page within this time."""
    try:
        await asyncio.wait_for(bell.event.wait(), seconds)
    except TimeoutError:
        return False
    return not bell.is_over


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """A request to end is taken as an interrupt is, so that both stop the server in the same way."""

    def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
