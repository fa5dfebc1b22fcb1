"""broken: answers that are refused, torn, garbled or never come, as the faults ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from re import fullmatch
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from .answers import refusal
from .faults import BEFORE, Faults

JOBS = ("/api/v1/video-generation-jobs", "/api/v1/video-generation-jobs/template-jobs")
RETRY_AFTER_S = (1, 2)

_open: dict[tuple[str, int], asyncio.Transport] = {}
"""The connections, by the caller's address: an ASGI application has no other way to close one without an answer."""


class Connection(H11Protocol):
    """A connection that can be closed under an application's feet."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.client is not None:
            _open[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.client is not None:
            _open.pop(self.client, None)
        super().connection_lost(exc)


class Broken:
    """ASGI: answers the API's requests, but for those that a fault strikes. `posted` is called for each post of a
    job, whatever becomes of it."""

    def __init__(self, app: ASGIApp, faults: Faults, posted: Callable[[], None]) -> None:
        self.app = app
        self.faults = faults
        self.posted = posted
        self.random = Random(0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        where = place(scope)
        if where == "post":
            self.posted()
        kind = self.faults.of_request(where) if where else None
        scope["vidc.fault"] = kind
        if kind is None:
            await self.app(scope, receive, send)
        elif kind.isdecimal():
            await self._refuse(int(kind), scope, receive, send)
        elif kind in BEFORE:
            await _close(scope, receive)
        else:
            answer = _Answer()
            await self.app(scope, receive, answer.take)
            await self._spoil(kind, answer, scope, receive, send)

    async def _refuse(self, status: int, scope: Scope, receive: Receive, send: Send) -> None:
        answer = refusal(status, "this was asked for by `--fault`")
        if status == 429:
            answer.headers["retry-after"] = str(self.random.choice(RETRY_AFTER_S))
        elif 300 <= status < 400:
            answer.headers["location"] = scope["path"]
        await answer(scope, receive, send)

    async def _spoil(self, kind: str, answer: _Answer, scope: Scope, receive: Receive, send: Send) -> None:
        """The request is done; now its answer does not arrive as it should."""
        if match := fullmatch(r"accepted-(\d+)", kind):
            await self._refuse(int(match[1]), scope, receive, send)
        elif kind == "garbled":
            await send(answer.start | {"headers": [(b"content-type", b"text/html")]})
            await send({"type": "http.response.body", "body": b"<html>upstream"})
        elif kind == "torn":
            await send(answer.start)
            await send({"type": "http.response.body", "body": answer.body[: len(answer.body) // 2], "more_body": True})
            await _close(scope, receive, torn=True)
        elif kind == "hang":
            await _gone(receive)
        else:
            await _close(scope, receive)


class _Answer:
    """An answer that is kept back."""

    def __init__(self) -> None:
        self.start: dict[str, Any] = {}
        self.body = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = dict(message)
        else:
            self.body += message.get("body", b"")


def place(scope: Scope) -> str | None:
    """Which faults may strike a request: `post` (of a job), `get`, `delete`, `other`; None where none may."""
    if scope["type"] != "http" or not scope["path"].startswith("/api/"):
        return None
    if scope["method"] == "POST":
        return "post" if scope["path"] in JOBS else "other"
    return {"GET": "get", "DELETE": "delete"}.get(scope["method"], "other")


async def _close(scope: Scope, receive: Receive, *, torn: bool = False) -> None:
    """Close the connection. What was sent before is let go first where the answer is torn."""
    transport = _open.get(tuple(scope["client"] or ()))
    if transport is not None:
        transport.close() if torn else transport.abort()
    await _gone(receive)


async def _gone(receive: Receive) -> None:
    """Wait until the caller has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
