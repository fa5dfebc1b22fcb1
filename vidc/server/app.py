"""app: the application that the web server runs: the service's routes, behind its guard and its faults."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .answers import Refused, refusal
from .broken import Broken
from .failing import said
from .faults import Faults
from .guard import Guard
from .life import Life
from .options import Options
from .service import Service
from .store import Store

Say = Callable[[str], None]

OTHERS = {
    404: "there is nothing at this address; jobs are at `/api/v1/video-generation-jobs`",
    405: "this address does not take that method",
}
"""What is said where no route answers."""


def application(store: Store, options: Options, address: str, say: Say) -> ASGIApp:
    """The whole server as ASGI. `say` takes one line for who watches it."""
    life = Life(store, options, address, say)
    faults = Faults(options.faults, options.seed)
    service = Service(store, life, options, address, faults)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        life.resume()
        yield
        await life.stop()

    inner = Starlette(
        routes=service.routes(), lifespan=lifespan, exception_handlers={HTTPException: _refused, Exception: _broke}
    )
    return Watched(Guard(Broken(inner, faults, store.count_post), options), say)


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    errors = error.errors if isinstance(error, Refused) else []
    message = error.detail if isinstance(error, Refused) else OTHERS.get(error.status_code, error.detail)
    answer = refusal(error.status_code, message, errors)
    answer.headers.update(error.headers or {})
    return answer


def _broke(_request: Request, _error: Exception) -> Response:
    """What is wrong is said by `Watched`, to which Starlette hands the error on."""
    return refusal(500, "the server itself is at fault")


class Watched:
    """ASGI: says each request in a line, with the status that it was answered with, and what went wrong with it."""

    def __init__(self, app: ASGIApp, say: Say) -> None:
        self.app = app
        self.say = say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = why = ""

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except ClientDisconnect:
            why = " (the caller left)"
        except Exception as error:  # whatever it is, it is said, and the server goes on
            why = f" ({said(error)})"
            if not status:
                await refusal(500, "the server itself is at fault")(scope, receive, sent)
        finally:
            why = f" (--fault: {scope['vidc.fault']})" if scope.get("vidc.fault") else why
            self.say(f"{scope['method']} {scope['path']} {status or 'no answer'}{why}")
