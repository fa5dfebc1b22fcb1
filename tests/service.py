"""A real `vidc serve` in a process of its own, for tests: started, asked what it saw, killed and started again.

def test_something(service: Service) -> None:           # the fixture: jobs are not rendered, waits pass at once
    service.address                                     # "http://127.0.0.1:41234/api/v1"
    service.stats()                                     # {"posts": 0, "billedSeconds": 0.0, "jobs": 0}
    service.jobs()                                      # all that it knows of each job, with the body as it came
    service.faults("no-answer:1/3")                     # what goes wrong from now on
    service.kill()                                      # as kill -9 does
    service.start()                                     # at the same address, with the jobs that it had

with serving(tmp_path, "--token", "secret", speed=1) as service: ...
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest

ROOT = Path(__file__).parent.parent
LIVE = {"in_queue", "preprocessing", "preprocessing_finished", "generating"}


class Service:
    """One server and its folder. `address` is what a client is given; `home` is the server's own, without a path."""

    def __init__(self, folder: Path, options: tuple[str, ...], token: str) -> None:
        self.folder = folder
        self.options = options
        self.token = token
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.home}/api/v1"

    @property
    def log(self) -> str:
        """What it printed: the greeting, then a line for each request and each job that ended."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def start(self) -> None:
        """Start it, or start it again at the same address; it takes requests when this returns."""
        self.folder.mkdir(parents=True, exist_ok=True)
        said = len(self.log) if (self.folder / "log").exists() else 0
        command = [sys.executable, "-W", "error", "-c", "from vidc.cli import main; main()", "serve"]
        command += ["--port", str(self.port), "--folder", str(self.folder / "serve"), *self.options]
        with (self.folder / "log").open("ab") as log:
            env = os.environ | {"PYTHONPATH": str(ROOT)}
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=env)
        deadline = time.monotonic() + 30
        while "Ctrl-C stops it" not in self.log[said:]:
            assert self.process.poll() is None, f"it ended instead of serving:\n{self.log[said:]}"
            assert time.monotonic() < deadline, f"it does not begin to serve:\n{self.log[said:]}"
            time.sleep(0.02)
        if not self.port:
            self.port = int(self.log.partition(" speaks ")[0].rpartition(":")[2])

    def kill(self) -> None:
        """End it as a crash does: nothing is finished, nothing is said."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(30)

    def ask(self, path: str, body: object = None, method: str | None = None) -> Any:
        """The JSON at a path of the server; None where the answer is empty."""
        content = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        opener = build_opener(ProxyHandler({}))
        with opener.open(Request(self.home + path, content, headers, method=method), timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def stats(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("/_vidc/stats")
        return found

    def jobs(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("/_vidc/jobs")
        return found

    def faults(self, *texts: str) -> None:
        """What goes wrong from now on, counted from here; nothing, where none is named."""
        self.ask("/_vidc/faults", {"faults": list(texts)}, "PUT")

    def settled(self, seconds: float = 30) -> list[dict[str, Any]]:
        """Its jobs, once none goes on."""
        deadline = time.monotonic() + seconds
        jobs = self.jobs()
        while any(job["status"] in LIVE or job["callback"] == "due" for job in jobs):
            assert time.monotonic() < deadline, [job["status"] for job in jobs]
            time.sleep(0.05)
            jobs = self.jobs()
        return jobs


@contextmanager
def serving(
    folder: Path, *options: str, speed: float = 1_000_000, render: bool = False, token: str = "test"
) -> Iterator[Service]:
    """A server in a folder, with more options of `vidc serve`; it is gone afterwards."""
    chosen = ("--speed", str(speed), "--render" if render else "--no-render", *options)
    service = Service(folder, chosen, token)
    service.start()
    try:
        yield service
    finally:
        service.kill()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with serving(tmp_path / "service") as running:
        yield running
