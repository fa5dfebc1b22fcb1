"""Killed with SIGKILL at any moment while they send to a real `vidc serve`, which goes wrong now and then and is killed
itself: nothing is paid for twice, and nothing that was paid for is lost."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import CANARY, SCALE
from crash.postgres import fresh_database, postgres_server  # noqa: F401  # a fixture
from service import ROOT, Service, serving

from vidc import lock as locks
from vidc.colossyan.client import Client
from vidc.colossyan.service import Service as Address
from vidc.colossyan.service import Token
from vidc.ledger.adopting import adopt
from vidc.ledger.intent import Intent
from vidc.ledger.ledger import open_ledger

VIDC = [sys.executable, "-c", "from vidc.cli import main; main()"]

SPEC = """\
settings: {{name: video {number}, videoSize: {{width: 640, height: 360}}}}
scenes:
  - tracks:
      - {{type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: "Hello, this is number {number}.",
         position: {{x: 0, y: 0}}, size: {{width: 360, height: 360}}}}
"""

FAULTS = ("no-answer:1/40", "accepted-503:1/45", "503:1/50", "torn:1/55", "garbled:1/60", "dropped:1/65", "429:1/150")
OFTEN = ("no-answer:1/5", "503:1/6")
"""For runs in which no server lives to count to forty."""

SENT_AFTER_ALL = "429"


class Project:
    """Specs in folders of 25, a plan of each folder, and where the ledger is."""

    def __init__(self, folder: Path, service: Service, jobs: int, ledger: str) -> None:
        self.folder, self.service, self.ledger = folder, service, ledger
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        self.env = {"PATH": os.environ["PATH"], "PYTHONPATH": path, "COLOSSYAN_URL": service.address}
        self.env |= {"COLOSSYAN_TOKEN": CANARY, "VIDC_LEDGER": ledger}
        self.plans = [f"{first:04}" for first in range(0, jobs, 25)]
        (folder / "vidc.toml").touch()
        for number in range(jobs):
            spec = folder / self.plans[number // 25] / f"{number:04}.vidc.yaml"
            spec.parent.mkdir(exist_ok=True)
            spec.write_text(SPEC.format(number=number))
        for plan in self.plans:
            assert self.run(*VIDC, "plan", plan, "-o", f"{plan}.json") == ""

    def run(self, *command: str) -> str:
        done = subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=3000)
        assert done.returncode == 0, done.stderr
        assert CANARY not in done.stdout + done.stderr
        return "" if command[-2] == "-o" else done.stdout

    def killed(self, kills: int) -> int:
        """Apply all plans, and kill whoever does; how many died."""
        plans = [f"{plan}.json" for plan in self.plans]
        count = int(self.run(sys.executable, "-m", "crash.nursery", str(kills), "3", "log", *plans))
        said = (self.folder / "log").read_text()
        assert "Traceback" not in said
        assert CANARY not in said
        return count

    def rows(self) -> list[Intent]:
        ledger = open_ledger(self.ledger)
        ledger.recover()
        rows = ledger.intents()
        ledger.close()
        return rows

    def settle(self) -> None:
        """A person looks up at the service what became of each doubt."""
        ledger = open_ledger(self.ledger)
        there = {job["received"]: job for job in self.service.jobs()}
        with Client(Address(self.service.address, Token(self.service.token))) as client:
            for row in self.rows():
                if row.state == "unknown" and row.body in there:
                    adopt(ledger, client, row, there[row.body]["id"], there[row.body]["videoId"])
                elif row.state == "unknown":
                    ledger.assume_not_sent(row.key)
        ledger.close()


def name(body: str) -> str:
    found: str = json.loads(body)["videoCreative"]["settings"]["name"]
    return found


@contextmanager
def dying(service: Service, deaths: int) -> Iterator[list[int]]:
    """A server that is killed so many times, and started anew; how often it was is in the list."""
    died: list[int] = []
    over = threading.Event()

    def kill() -> None:
        chance = random.Random(5)
        for _ in range(deaths):
            if over.wait(chance.uniform(0.1, 0.8)):
                return
            service.kill()
            service.start()
            died.append(1)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield died
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize(
    ("jobs", "kills", "deaths", "where"),
    [(50, 20, 0, "sqlite"), (25, 8, 6, "sqlite"), (25, 8, 0, "postgres")],
    ids=["sqlite", "the server dies too", "postgres"],
)
def test_killed_processes_pay_once_and_lose_nothing(
    tmp_path: Path, jobs: int, kills: int, deaths: int, where: str, request: pytest.FixtureRequest
) -> None:
    """A thousand jobs and four hundred kills with VIDC_FUZZ=20."""
    jobs, kills = jobs * SCALE, kills * SCALE
    address = str(tmp_path / "ledger.db")
    if where == "postgres":
        address = fresh_database(request.getfixturevalue("postgres_server"), "killed")
    folder = tmp_path / "project"
    folder.mkdir()
    faulty = FAULTS if jobs >= 50 * SCALE else OFTEN
    with serving(tmp_path / "service", *(f"--fault={fault}" for fault in faulty)) as service:
        project = Project(folder, service, jobs, address)
        with dying(service, deaths * SCALE) as died:
            killed = project.killed(kills)
        rows, there = project.rows(), service.jobs()
        struck = [line for line in service.log.splitlines() if line.startswith("POST ") and "(--fault: " in line]
        faults = sum(f"(--fault: {SENT_AFTER_ALL})" not in line for line in struck)
        states = Counter(row.state for row in rows)
        posts = service.stats()["posts"]
        known = {row.job_id for row in rows if row.job_id}
        unsure = {name(row.body) for row in rows if row.state == "unknown"}
        duplicates = [name for name, count in Counter(name(job["received"]) for job in there).items() if count > 1]
        lost = [job["id"] for job in there if job["id"] not in known and name(job["received"]) not in unsure]
        print(
            f"{jobs} jobs, {killed} killed, {len(died)} times the server, {faults} faults: {dict(states)}, "
            f"{posts} posts, {len(there)} accepted, {len(duplicates)} duplicates, {len(lost)} lost"
        )
        assert (duplicates, lost) == ([], [])
        assert known <= {job["id"] for job in there}, "a job that never was"
        assert set(states) <= {"submitted", "unknown"}, "stuck"
        assert states["unknown"] <= killed + faults + len(died)
        assert posts <= jobs + len(struck)
        assert killed >= kills * 0.3, "they ended before they were killed"
        if where == "sqlite":
            assert sqlite3.connect(address).execute("PRAGMA integrity_check").fetchone() == ("ok",)

        service.faults()
        project.settle()
        project.run(*VIDC, "submit", *project.plans, "--yes", "--wait")
        assert Counter(name(job["received"]) for job in service.jobs()) == {f"video {n}": 1 for n in range(jobs)}
        assert {job["status"] for job in service.settled()} == {"finished"}
        posts = service.stats()["posts"]
        assert "Nothing to send" in project.run(*VIDC, "submit", *project.plans, "--yes")
        assert service.stats()["posts"] == posts
    assert {row.state for row in project.rows()} == {"finished"}
    assert len(locks.read(str(folder / ".vidc" / "local.lock")).videos) == jobs
