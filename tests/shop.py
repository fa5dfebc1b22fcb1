"""Specs, a lock, a ledger and a service that answers in this process, for tests of plans and of what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CANARY
from crash.service import URL, FakeService, Time

from vidc import lock as locks
from vidc.colossyan.client import Client
from vidc.colossyan.service import Service, Token
from vidc.colossyan.waiting import follow
from vidc.ledger.apply import apply
from vidc.ledger.ledger import Ledger, open_ledger
from vidc.ledger.plan import Known, Options, Plan, compiled, plan_of
from vidc.ledger.settle import remember, settle
from vidc.project import load

SPEC = """\
settings: {{name: {name}, videoSize: {{width: 1920, height: 1080}}}}
callback: https://hooks.example.com/
scenes:
  - tracks:
      - {{type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: "{text}",
         position: {{x: 420, y: 0}}, size: {{width: 1080, height: 1080}}}}
"""
TEXT = "Hello, and welcome to our short tour of the new office."


class Shop:
    """A folder of specs, a lock, a ledger and a service."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fake = FakeService()
        self.clock = Time()
        self.client = Client(Service(URL, Token(CANARY)), clock=self.clock, transport=self.fake.transport())  # type: ignore[arg-type]
        self.ledger: Ledger = open_ledger(str(folder / "ledger.db"), self.clock)  # type: ignore[arg-type]
        self.lock = str(folder / "vidc.lock")

    def write(self, name: str, text: str = TEXT) -> str:
        path = self.folder / f"{name}.vidc.yaml"
        path.write_text(SPEC.format(name=name, text=text))
        return str(path)

    def known(self, asking: bool = True) -> Known:
        return Known(locks.read(self.lock), self.ledger, self.client if asking else None, URL)

    def plan(self, *names: str, again: bool = False, asking: bool = True) -> Plan:
        options = Options({}, str(self.folder), again=again)
        facts = locks.facts(locks.read(self.lock))
        made = [compiled(load(str(self.folder / f"{name}.vidc.yaml")), options, facts) for name in names]
        return plan_of(made, options, self.known(asking), "2027-01-15T08:00:00Z")

    def apply(self, plan: Plan) -> list[str]:
        return [intent.state for intent in apply(plan, self.known(), self.ledger, self.client).intents]

    def finish(self) -> None:
        rows = {row.job_id: row for row in self.ledger.intents() if row.state == "submitted"}
        for news in follow(self.client, rows, deadline_s=0):
            settle(self.ledger, self.client, rows[news.job_id], news)
        remember(self.ledger, self.lock, URL)

    def actions(self, *names: str, **options: bool) -> list[str]:
        return [job.action for job in self.plan(*names, **options).jobs]


@pytest.fixture(name="shop")
def a_shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    for name in ("one", "two", "three"):
        made.write(name, f"{TEXT} This is part {name}.")
    yield made
    made.ledger.close()
