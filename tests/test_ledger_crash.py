"""Every step of a run x every outcome of a POST x a second death: nothing is paid twice, nothing paid is lost."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import CANARY, SCALE
from crash.points import Died, FragileDatabase, FragileTime, FragileTransport, Steps
from crash.service import CERTAIN, DOUBTFUL, URL, FakeService, body

from vidc.clock import Length
from vidc.colossyan.client import Client
from vidc.colossyan.service import Service, Token
from vidc.ledger import who
from vidc.ledger.errors import LedgerTrouble, Refused
from vidc.ledger.intent import Intent, Wanted
from vidc.ledger.ledger import Ledger
from vidc.ledger.send import Stopped, send
from vidc.ledger.sqlite import Sqlite

OUTCOMES = [*CERTAIN, *DOUBTFUL]
WANTED = [
    Wanted(f"fingerprint-{number}", f"{number}.vidc.yaml", f"{number}", "video", URL, body(number), Length(1, 2, 3))
    for number in range(2)
]
CASES = 1_050 * SCALE if SCALE < 10 else None
"""In the suite an even share of all; by hand all of them."""


class World:
    """One ledger and one service, and the processes that lived on them."""

    def __init__(self, folder: Path, template: Path, outcome: str) -> None:
        self.path = folder / "ledger.db"
        shutil.copyfile(template, self.path)
        self.seen = Ledger(Sqlite(str(self.path)), FragileTime(Steps()))
        self.service = FakeService(lambda number: outcome if number == 0 else "ok")
        self.ended: set[str] = set()
        self.deaths = 0
        self.number = 0
        self.doubts = 0
        self.stopped = False

    def run(self, steps: Steps) -> bool:
        """One process that applies the plan; whether it lived to its end."""
        self.number += 1
        name = f"process-{self.number}"
        who.me = lambda: name
        who.has_ended = lambda owner: owner in self.ended
        database = Sqlite(str(self.path))
        try:
            clock = FragileTime(steps)
            ledger = Ledger(FragileDatabase(database, steps), clock)
            with Client(
                Service(URL, Token(CANARY)), clock=clock, transport=FragileTransport(self.service, steps)
            ) as client:
                ledger.recover()
                consumed = ledger.consume("plan-1", WANTED)
                send(ledger, client, consumed.keys)
            return True
        except Died:
            self.deaths += 1
            return False
        except (Stopped, Refused, LedgerTrouble):
            self.stopped = True
            return True
        finally:
            self.ended.add(name)
            database.close()

    def judge(self) -> None:
        """What must be true whenever no process runs, once the dead are noticed."""
        self.seen.recover()
        rows = self.seen.intents()
        bodies = Counter(
            json.loads(content)["videoCreative"]["settings"]["name"] for content in self.service.accepted.values()
        )
        assert max(bodies.values(), default=0) <= 1, "paid twice"
        known = {row.job_id for row in rows if row.job_id}
        unsure = {json.loads(row.body)["videoCreative"]["settings"]["name"] for row in rows if row.state == "unknown"}
        for job, content in self.service.accepted.items():
            assert job in known or json.loads(content)["videoCreative"]["settings"]["name"] in unsure, "paid and lost"
        assert known <= set(self.service.accepted), "a job that never was"
        assert all(row.state != "sending" for row in rows), "stuck"
        ambiguous = sum(outcome in DOUBTFUL for outcome in [self.service.outcome(0)])
        assert len(unsure) <= ambiguous + self.deaths

    def settle(self) -> None:
        """A person looks at the service and says what became of each doubt, until there is none; what is sent again may
        end in a doubt of its own, or end the run."""
        for _ in range(3):
            rows = self.seen.intents()
            for row in rows:
                if row.state == "unknown":
                    self._resolve(row)
            if {row.state for row in rows} <= {"submitted", "rejected"}:
                return
            assert self.run(Steps())
            self.judge()

    def _resolve(self, row: Intent) -> None:
        found = [job for job, content in self.service.accepted.items() if content.decode() == row.body]
        if found:
            self.seen.adopt(row.key, found[0], f"v-{found[0]}")
        else:
            self.seen.assume_not_sent(row.key)

    def states(self) -> list[str]:
        return sorted(row.state for row in self.seen.intents())


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """In memory where there is such a place: what a killed process leaves does not depend on the disk."""
    monkeypatch.setattr(who, "me", who.me)
    monkeypatch.setattr(who, "has_ended", who.has_ended)
    path = Path(tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def template(folder: Path) -> Path:
    path = folder / "template.db"
    Sqlite(str(path)).close()
    return path


@pytest.fixture
def fresh(folder: Path, template: Path) -> Iterator[Callable[[str], World]]:
    """Makes a new world in the place of the one before."""
    worlds: list[World] = []

    def made(outcome: str) -> World:
        for world in worlds:
            world.seen.close()
        worlds.clear()
        for name in ("ledger.db", "ledger.db-wal", "ledger.db-shm"):
            (folder / name).unlink(missing_ok=True)
        worlds.append(World(folder, template, outcome))
        return worlds[0]

    yield made
    for world in worlds:
        world.seen.close()


def test_dying_at_any_step_pays_once_and_loses_nothing(fresh: Callable[[str], World]) -> None:
    cases = []
    for outcome in OUTCOMES:
        steps = Steps()
        fresh(outcome).run(steps)
        for first in range(1, steps.taken + 1):
            cases += [(outcome, first, second) for second in (None, *range(1, 40, 2))]
    assert len(cases) >= 10_000
    singles = [case for case in cases if case[2] is None]
    doubles = [case for case in cases if case[2] is not None]
    if CASES is not None:
        doubles = doubles[:: max(1, len(doubles) // max(CASES - len(singles), 1))]
    for outcome, first, second in itertools.chain(singles, doubles):
        world = fresh(outcome)
        assert not world.run(Steps(first))
        world.judge()
        if second is not None:
            world.run(Steps(second))
            world.judge()
        world.run(Steps())
        world.judge()
        world.settle()
        wanted = "rejected" if outcome in ("refused", "barred") else "submitted"
        assert set(world.states()) <= {"submitted", wanted}, (outcome, first, second, world.states())
    assert len(singles) + len(doubles) >= 1_000


def test_a_full_disk_at_any_step_pays_once_and_loses_nothing(fresh: Callable[[str], World]) -> None:
    for outcome in ("ok", "refused", "no answer, taken", "torn, taken")[: 4 if CASES is None else 2]:
        steps = Steps()
        fresh(outcome).run(steps)
        for number in range(1, steps.taken + 1):
            world = fresh(outcome)
            assert world.run(Steps(full_at=number))
            world.judge()
            world.run(Steps())
            world.settle()
            assert set(world.states()) <= {"submitted", "rejected"}


@pytest.mark.parametrize("outcome", ["ok", "refused", "no answer, taken"])
def test_a_commit_whose_answer_is_lost_leaves_no_doubt_of_its_own(fresh: Callable[[str], World], outcome: str) -> None:
    steps = Steps()
    fresh(outcome).run(steps)
    for number in range(1, steps.taken + 1):
        world = fresh(outcome)
        world.run(Steps(in_doubt_at=number))
        world.judge()
        world.run(Steps())
        world.judge()
        assert "unknown" not in world.states() or outcome in DOUBTFUL
        assert "planned" not in world.states()
