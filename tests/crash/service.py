"""A small service for tests: it accepts jobs as documented, remembers them, and goes wrong where it is told to."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

URL = "https://colossyan.example.com/api/v1"

CERTAIN = ("ok", "no connection", "too many, then ok", "refused", "barred")
"""What can become of a POST and leaves no doubt."""

DOUBTFUL = {
    "no answer, taken": True,
    "no answer, not taken": False,
    "error, taken": True,
    "error, not taken": False,
    "redirect": False,
    "timeout, not taken": False,
    "torn, taken": True,
    "no id, taken": True,
    "no JSON, taken": True,
}
"""What leaves a doubt, and whether the job was accepted all the same."""


class FakeService:
    """`outcome` says what becomes of the POST of a number, from 0; `accepted` holds the bodies of jobs by id."""

    def __init__(self, outcome: Callable[[int], str] = lambda _: "ok") -> None:
        self.outcome = outcome
        self.posts: list[bytes] = []
        self.accepted: dict[str, bytes] = {}
        self.deleted: set[str] = set()
        self.tokens: set[str] = set()
        self.status = "finished"
        self.ms = 12_345
        self.unconnected = 0
        self.busy: set[int] = set()
        self.lock = threading.Lock()

    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.tokens.add(request.headers.get("authorization", ""))
        with self.lock:
            return self._answer(request.method, request.url.path, request.read())

    def _answer(self, method: str, path: str, body: bytes) -> httpx.Response:
        what, _, id = path.partition("/api/v1/")[2].partition("/")
        if method == "POST" and what == "video-generation-jobs":
            return self._post(body)
        if what == "video-generation-jobs" and id in self.accepted:
            if method == "DELETE":
                self.deleted.add(id)
                return httpx.Response(200)
            status = "deleted" if id in self.deleted else self.status
            return httpx.Response(
                200, json={"status": status, "videoId": f"v-{id}", "progress": 1, "maximumProgress": 2}
            )
        if what == "generated-videos" and id.removeprefix("v-") in self.accepted and id not in self.deleted:
            if method == "DELETE":
                self.deleted.add(id)
                return httpx.Response(200)
            return httpx.Response(200, json=self.video(id))
        return httpx.Response(404, json={"message": "there is no such thing"})

    def video(self, id: str) -> dict[str, Any]:
        return {
            "id": id,
            "jobId": id.removeprefix("v-"),
            "publicUrl": f"https://cdn.example.com/{id}.mp4",
            "name": "a video",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "videoSizeBytes": 1000,
            "videoDurationSeconds": self.ms / 1000,
        }

    def _post(self, body: bytes) -> httpx.Response:
        number = len(self.posts)
        outcome = self.outcome(number - len(self.busy))
        if outcome == "no connection" and self.unconnected == 3:
            outcome = "ok"
        if outcome == "no connection" and self.unconnected < 3:
            self.unconnected += 1
            raise httpx.ConnectError("no connection")
        self.posts.append(body)
        if outcome == "too many, then ok":
            if number - 1 not in self.busy:
                self.busy.add(number)
                return httpx.Response(429, headers={"Retry-After": "7"})
            outcome = "ok"
        if DOUBTFUL.get(outcome, outcome == "ok"):
            id = f"job-{number}-{hashlib.sha256(body).hexdigest()[:6]}"
            self.accepted[id] = body
        match outcome:
            case "ok":
                return httpx.Response(200, json={"id": id, "videoId": f"v-{id}"})
            case "refused":
                return httpx.Response(400, json={"message": "the scene has no duration"})
            case "barred":
                return httpx.Response(402, json={"message": "no minutes left"})
            case "no answer, taken" | "no answer, not taken":
                raise httpx.ReadError("the connection broke")
            case "timeout, not taken":
                raise httpx.WriteTimeout("too slow")
            case "error, taken" | "error, not taken":
                return httpx.Response(502, text="<html>bad gateway</html>")
            case "redirect":
                return httpx.Response(307, headers={"Location": "https://elsewhere.example.com/"})
            case "torn, taken":
                raise httpx.RemoteProtocolError("peer closed connection")
            case "no id, taken":
                return httpx.Response(200, json={"message": "thank you"})
        return httpx.Response(200, text="thank you")


class Time:
    """A clock that is only as late as it was told to sleep."""

    def __init__(self, start: float = 1_800_000_000.0) -> None:
        self.at = start
        self.sleeps = 0

    def now(self) -> float:
        return self.at

    def wall(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.at += seconds
        self.sleeps += 1

    def chance(self) -> float:
        return 0.5


@contextmanager
def served(fake: FakeService) -> Iterator[str]:
    """The service over a socket of this machine; its address. A broken connection is broken there too."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def reply(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            content = self.rfile.read(length)
            if len(content) < length:  # the client was killed while it sent
                self.close_connection = True
                return
            request = httpx.Request(self.command, f"http://x{self.path}", content=content, headers=dict(self.headers))
            try:
                response = fake.answer(request)
            except httpx.HTTPError:
                self.close_connection = True
                return
            self.send_response(response.status_code)
            for name in ("Retry-After", "Location"):
                if name in response.headers:
                    self.send_header(name, response.headers[name])
            self.send_header("Content-Length", str(len(response.content)))
            self.end_headers()
            self.wfile.write(response.content)

        do_GET = do_POST = do_DELETE = reply  # noqa: N815  # as http.server calls them

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """Clients of these tests are killed in the middle."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def body(number: int) -> str:
    return json.dumps({"videoCreative": {"settings": {"name": f"video {number}"}}}) + "\n"
