"""run: binds the address, serves until it is told to stop, and leaves every job where the next start finds it.

CannotServe     the server cannot start; its text says why and what to do
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from sqlite3 import DatabaseError
from types import FrameType
from typing import NoReturn

from .app import application
from .broken import Connection
from .failing import said
from .options import Options
from .store import Store

GRACE_S = 2
"""How long a request that is being answered may take when the server is told to stop."""


class CannotServe(Exception):  # noqa: N818  # named as the sentence reads: "cannot serve: reason"
    """The server cannot start."""


def serve(options: Options, say: Callable[[str], None], ready: Callable[[str, int], None]) -> int:
    """Serve until an interrupt or a request to end; gives how many jobs wait for the next start.

    `ready` is told the server's address and how many jobs are resumed, once it takes requests.
    """
    with _bound(options) as listener:
        store = _store(options)
        address = f"http://{_reachable(*listener.getsockname()[:2])}"
        try:
            ready(address, len(store.unfinished()))
            with contextlib.suppress(KeyboardInterrupt), _ended_by_signal():
                asyncio.run(_serve(options, store, listener, address, say))
            return len(store.unfinished())
        finally:
            store.close()


async def _serve(
    options: Options, store: Store, listener: socket.socket, address: str, say: Callable[[str], None]
) -> None:
    import uvicorn

    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)  # it would report each fault asked for
    config = uvicorn.Config(
        application(store, options, address, say),
        http=Connection,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        backlog=1024,
    )
    await uvicorn.Server(config).serve(sockets=[listener])


def _bound(options: Options) -> socket.socket:
    """A socket that listens already, so that what is said of the address is true."""
    kind = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # asyncio sends at once only where the protocol is named; else each answer may wait 40 ms for an acknowledgement
    listener = socket.socket(kind, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((options.host, options.port))
        listener.listen(1024)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotServe(
            f"cannot listen at {options.host}:{options.port}: {reason.lower()}; `--port 0` takes any free one"
        ) from error
    return listener


def _store(options: Options) -> Store:
    """The jobs of this server's folder, which is made where there is none and kept out of git."""
    try:
        (options.folder / "films").mkdir(parents=True, exist_ok=True)
        (options.folder / ".gitignore").write_text("*\n", encoding="utf-8")
        store = Store(options.folder / "jobs.sqlite")
        _clean(options.folder / "films")  # only once the store is ours: parts may be another server's until then
        return store
    except (OSError, DatabaseError) as error:
        raise CannotServe(
            f"cannot keep jobs in {options.folder}: {_reason(error)}; `--folder` names another"
        ) from error


def _clean(films: Path) -> None:
    """Delete what a server that ended left half made."""
    for part in films.glob("*.part.*"):
        with contextlib.suppress(OSError):  # it is in the way of nothing
            part.unlink()


def _reason(error: OSError | DatabaseError) -> str:
    return "another server does so already" if "locked" in str(error) else said(error)


@contextlib.contextmanager
def _ended_by_signal() -> Iterator[None]:
    """A request to end is taken as an interrupt is, so that both stop the server in the same way."""

    def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _reachable(host: str, port: int) -> str:
    """The address that this machine reaches the server at."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
