"""listen: takes the service's callbacks. A stranger can call too, so only what carries the ledger's mark is heeded, and
where the job's id is known the service itself is asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from vidc.colossyan.client import Client
from vidc.colossyan.errors import ServiceError, Unreachable
from vidc.colossyan.waiting import heard
from vidc.project import CannotRead

from .errors import LedgerTrouble, Refused
from .ledger import Ledger
from .place import lock_path
from .settle import remember, settle

MAX_BODY = 1_000_000
SLOWEST_S = 10.0
"""Limits of one callback: its bytes, and seconds between two of them."""


def called(ledger: Ledger, client: Client | None, body: bytes) -> str:
    """What a callback says, noted: a line to show. `Refused` where it is none of this ledger's, or no callback."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("a callback's body is no JSON") from None
    mark = found.get("vidc") if isinstance(found, dict) else None
    if not isinstance(mark, dict) or not all(isinstance(mark.get(name), str) for name in ("key", "mark")):
        raise Refused("a callback has no mark of vidc's")
    status, url = found.get("status"), found.get("url")
    if status not in ("finished", "failed"):
        raise Refused("a callback has no status that is known")
    key = mark["key"]
    ledger.check_mark(key, mark["mark"])
    row = ledger.row(key)
    asked = client is not None and row.service == client.service.url
    if row.job_id and row.state == "submitted" and client is not None and asked:
        news = heard(client, row.job_id)
        if news.status is None and not news.absent:
            raise Unreachable(news.trouble)
        state = settle(ledger, client, row, news)
        remember(ledger, lock_path(client.service.url), client.service.url)
    else:
        state = ledger.called_back(key, mark["mark"], status, url if isinstance(url, str) else "")
    return f"{key}  {state}  {row.spec}"


def server(
    host: str, port: int, open_ledger: Callable[[], Ledger], client: Client | None, tell: Callable[[str], None]
) -> ThreadingHTTPServer:
    """An HTTP server that is bound and not yet running. Each callback opens the ledger for itself."""

    class Callback(BaseHTTPRequestHandler):
        timeout = SLOWEST_S
        server_version, sys_version = "vidc", ""

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdigit() or int(length) > MAX_BODY:
                self._reply(413 if length.isdigit() else 411, "say the body's length, at most 1 MB")
                return
            self._reply(*_heard(open_ledger, client, tell, self.rfile.read(int(length))))

        def _reply(self, status: int, said: str) -> None:
            content = json.dumps({"message": said}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """What is worth saying is said through `tell`."""

    made = ThreadingHTTPServer((host, port), Callback)
    made.daemon_threads = True
    return made


def _heard(
    open_ledger: Callable[[], Ledger], client: Client | None, tell: Callable[[str], None], body: bytes
) -> tuple[int, str]:
    """The status and the words of the reply. 503 where it is worth calling again."""
    try:
        ledger = open_ledger()
        try:
            line = called(ledger, client, body)
        finally:
            ledger.close()
    except (Refused, UnicodeEncodeError) as error:
        tell(f"not heeded: {error}")
        return 403, "not heeded"
    except (LedgerTrouble, ServiceError, CannotRead, OSError) as error:
        tell(f"not noted: {error}")
        return 503, "not noted; call again"
    tell(line)
    return 200, "noted"
