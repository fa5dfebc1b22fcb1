"""The ledger against a simple model, in SQLite and in PostgreSQL: the same intents, states and history."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import SCALE
from crash.postgres import fresh_database, postgres_server  # noqa: F401  # a fixture
from crash.service import Time
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from vidc.clock import INF, Length
from vidc.ledger import who
from vidc.ledger.errors import LedgerTrouble, Refused
from vidc.ledger.intent import Wanted
from vidc.ledger.ledger import LEASE_S, open_ledger
from vidc.ledger.seal import mark_of
from vidc.ledger.states import MOVES, STATES

SERVICE = "https://colossyan.example.com/api/v1"
LONG = Length(1000, 2000, INF, "estimated")


def wanted(number: int, again: bool = False, callback: bool = False) -> Wanted:
    text = '{"videoCreative": {}' + (', "callback": "https://hooks.example.com/"' if callback else "") + "}\n"
    return Wanted(f"f{number}", f"{number}.vidc.yaml", f"video {number}", "video", SERVICE, text, LONG, "", again)


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh ledger's address."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    server: str = request.getfixturevalue("postgres_server")
    return fresh_database(server, tmp_path.name)


class Model:
    """What each state may become, said in sentences rather than in a table."""

    def __init__(self) -> None:
        self.state = "planned"
        self.claim: str | None = None
        self.job = ""
        self.live = True

    def can_report(self, event: str, claim: str) -> bool:
        if claim != self.claim:
            return False
        if event == "accepted":
            settled_without_id = self.state in ("finished", "failed") and not self.job
            return self.state in ("sending", "unknown", "planned") or settled_without_id
        return self.state == "sending" or (self.state == "unknown" and event in ("refused", "not-sent"))

    def report(self, event: str, job: str) -> None:
        if event == "accepted":
            self.job = job
            self.state = self.state if self.state in ("finished", "failed") else "submitted"
        else:
            self.state = {"refused": "rejected", "not-sent": "planned", "doubt": "unknown"}[event]

    @property
    def may_be_called_back(self) -> bool:
        return self.state in ("sending", "unknown", "submitted")


class LedgerMachine(RuleBasedStateMachine):
    """Any events in any order: the ledger and the model say the same, and the ledger's own rules hold."""

    address: str = ""
    number = 0

    @initialize()
    def begin(self) -> None:
        folder = tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.clock = Time()
        self.ledger = open_ledger(self.address or os.path.join(folder, "ledger.db"), self.clock)  # type: ignore[arg-type]
        with self.ledger.database.transaction() as rows:
            for table in ("vidc_intents", "vidc_events", "vidc_plans", "vidc_plan_intents"):
                rows.run(f"DELETE FROM {table}")
        self.models: dict[str, Model] = {}
        self.latest: dict[int, str] = {}
        self.plans = 0
        self.sent: list[tuple[str, str]] = []
        self.jobs = 0

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()

    @rule(numbers=st.lists(st.integers(0, 2), min_size=1, max_size=3), again=st.booleans(), repeat=st.booleans())
    def consume(self, numbers: list[int], again: bool, repeat: bool) -> None:
        self.plans += not repeat or not self.plans
        done = self.ledger.consume(f"plan-{self.plans}", [wanted(number, again) for number in numbers])
        if not done.fresh:
            assert set(done.keys) <= set(self.models)
            return
        for number, key in zip(numbers, done.keys, strict=True):
            before = self.models.get(self.latest.get(number, ""))
            repeatable = before is not None and (
                before.state == "rejected" or (again and before.state in ("failed", "deleted"))
            )
            if before is None or repeatable:
                assert key not in self.models
                if before is not None:
                    before.live = False
                self.models[key] = Model()
                self.latest[number] = key
            assert key == self.latest[number]

    @precondition(lambda self: self.models)
    @rule(data=st.data())
    def claim(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.models, key=list(self.models).index)))
        model = self.models[key]
        won = self.ledger.claim(key)
        assert (won is not None) == (model.state == "planned" and model.live)
        if won is not None:
            model.state, model.claim = "sending", won.claim
            self.sent.append((key, won.claim))

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), event=st.sampled_from(["accepted", "refused", "not-sent", "doubt"]))
    def report(self, data: st.DataObject, event: str) -> None:
        key, claim = data.draw(st.sampled_from(self.sent))
        model = self.models[key]
        self.jobs += 1
        able = model.can_report(event, claim)
        state = self.ledger.report(event, key, claim, job_id=f"job-{self.jobs}", video_id="v", reason="so it is")
        if able:
            model.report(event, f"job-{self.jobs}")
        elif event == "accepted":
            said = self.ledger.history(key)[-1]
            assert (said.event, said.detail) == ("stray", f"accepted job job-{self.jobs} video v")
        assert state == model.state

    @rule()
    def lease_ends(self) -> None:
        self.clock.sleep(LEASE_S + 1)
        sending = {key for key, model in self.models.items() if model.state == "sending"}
        assert set(self.ledger.recover()) == sending
        for key in sending:
            self.models[key].state = "unknown"

    @precondition(lambda self: self.models)
    @rule(data=st.data(), word=st.sampled_from(["adopt", "assume", "withdraw", "finished", "failed", "deleted"]))
    def settle(self, data: st.DataObject, word: str) -> None:
        key = data.draw(st.sampled_from(sorted(self.models, key=list(self.models).index)))
        model = self.models[key]
        self.jobs += 1
        able = {
            "adopt": ["unknown", "deleted"] if model.live else ["unknown"],
            "assume": ["unknown"],
            "withdraw": ["planned"],
            "deleted": ["submitted", "finished"],
        }
        if word in ("finished", "failed", "deleted"):
            assert self.ledger.ended(key, word) == (model.state in able.get(word, ["submitted"]))
            model.state = word if model.state in able.get(word, ["submitted"]) else model.state
            return
        act = {
            "adopt": lambda: self.ledger.adopt(key, f"job-{self.jobs}", "v"),
            "assume": lambda: self.ledger.assume_not_sent(key),
            "withdraw": lambda: self.ledger.withdraw(key),
        }[word]
        adoptable = word == "adopt" and model.state == "finished" and not model.job
        if model.state not in able[word] and not adoptable:
            with pytest.raises(Refused):
                act()
            return
        act()
        model.state = {"adopt": "submitted", "assume": "planned", "withdraw": "deleted"}[word]
        model.job = f"job-{self.jobs}" if word == "adopt" else model.job

    @precondition(lambda self: self.models)
    @rule(data=st.data(), status=st.sampled_from(["finished", "failed"]), sound=st.booleans())
    def call_back(self, data: st.DataObject, status: str, sound: bool) -> None:
        key = data.draw(st.sampled_from(sorted(self.models, key=list(self.models).index)))
        model = self.models[key]
        mark = mark_of(key, self.ledger.secret() if sound else b"a guess")
        if not sound:
            with pytest.raises(Refused):
                self.ledger.called_back(key, mark, status, "https://cdn.example.com/v.mp4")
            return
        if model.may_be_called_back:
            model.state = status
        assert self.ledger.called_back(key, mark, status, "https://cdn.example.com/v.mp4") == model.state

    @invariant()
    def the_same_is_known(self) -> None:
        if not hasattr(self, "ledger"):
            return
        rows = {row.key: (row.state, bool(row.live), row.job_id) for row in self.ledger.intents(live_only=False)}
        assert rows == {key: (model.state, model.live, model.job) for key, model in self.models.items()}

    @invariant()
    def each_change_of_state_is_in_the_table(self) -> None:
        if not hasattr(self, "ledger"):
            return
        for event in self.ledger.history():
            if event.event == "planned":
                assert (event.was, event.became) == ("", "planned")
            elif event.event == "stray":
                assert event.was == event.became
            else:
                assert MOVES[event.event][event.was] == event.became
        claims = [event for event in self.ledger.history() if event.event == "claim"]
        assert len(claims) == len(self.sent)


STATEFUL = settings(max_examples=60 * SCALE, stateful_step_count=30, deadline=None)


def test_the_ledger_does_as_its_model_in_sqlite() -> None:
    run_state_machine_as_test(LedgerMachine, settings=STATEFUL)


def test_the_ledger_does_as_its_model_in_postgres(request: pytest.FixtureRequest) -> None:
    server: str = request.getfixturevalue("postgres_server")
    machine = type("PostgresMachine", (LedgerMachine,), {"address": fresh_database(server, "model")})
    run_state_machine_as_test(machine, settings=settings(STATEFUL, max_examples=6 * SCALE, stateful_step_count=20))


def test_the_table_names_known_states_and_leads_back_to_planned_from_doubt_by_proof_or_by_a_person_alone() -> None:
    assert {state for moves in MOVES.values() for pair in moves.items() for state in pair} == set(STATES)
    back = {(event, was) for event, moves in MOVES.items() for was, became in moves.items() if became == "planned"}
    assert back == {("not-sent", "sending"), ("not-sent", "unknown"), ("assume", "unknown")}
    assert [event for event, moves in MOVES.items() if "sending" in moves.values()] == ["claim"]


def test_the_states_docstring_says_what_the_table_does() -> None:
    import re

    from vidc.ledger import states

    said: dict[str, dict[str, str]] = {}
    for line in (states.__doc__ or "").splitlines():
        cells = [re.sub(r" ?\([*+]\)|\(same\)", "", cell).strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0] in MOVES:
            said.setdefault(cells[0], {}).update({state: cells[2] or state for state in cells[1].split(", ")})
    assert said == MOVES


def test_eight_processes_claim_each_intent_once(address: str) -> None:
    ledger = open_ledger(address)
    keys = ledger.consume("plan-1", [wanted(number) for number in range(40)]).keys
    code = (
        "import sys; from vidc.ledger.ledger import open_ledger\n"
        "ledger = open_ledger(sys.argv[1])\n"
        "print(*[key for key in sys.argv[2:] if ledger.claim(key)])"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, address, *keys], stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    won = [key for process in processes for key in process.communicate()[0].split()]
    assert sorted(won) == sorted(keys)
    assert [process.returncode for process in processes] == [0] * 8
    assert {row.state for row in ledger.intents()} == {"sending"}
    assert set(ledger.recover()) == set(keys), "those that claimed have ended"
    ledger.close()


def test_eight_processes_that_take_in_the_same_plans_agree(address: str) -> None:
    open_ledger(address).close()
    code = (
        "import sys, time; from vidc.clock import Length; from vidc.ledger.intent import Wanted\n"
        "from vidc.ledger.ledger import open_ledger\n"
        "ledger = open_ledger(sys.argv[1])\n"
        "time.sleep(max(0, float(sys.argv[2]) - time.time()))\n"  # so that they do it at once
        "for number in range(40):\n"
        "    wanted = Wanted(f'f{number}', 's', 'n', 'video', 'https://x/v1', '{}', Length(1, 1, 1))\n"
        "    done = ledger.consume(f'plan-{number}', [wanted]); print(number, done.keys[0], int(done.fresh))\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, address, str(time.time() + 2)], stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    said = [line.split() for process in processes for line in process.communicate()[0].splitlines()]
    assert [process.returncode for process in processes] == [0] * 8
    assert len({(number, key) for number, key, _ in said}) == 40
    assert sorted(number for number, _, fresh in said if fresh == "1") == sorted(map(str, range(40)))


def test_an_answer_that_comes_after_a_person_had_it_sent_again_is_kept(address: str) -> None:
    ledger = open_ledger(address)
    [key] = ledger.consume("plan-1", [wanted(1)]).keys
    first = ledger.claim(key)
    assert first is not None
    assert ledger.report("doubt", key, first.claim, reason="no answer") == "unknown"
    ledger.assume_not_sent(key)
    second = ledger.claim(key)
    assert second is not None
    for event in ("doubt", "not-sent", "refused"):
        assert ledger.report(event, key, first.claim, reason="late") == "sending", event
    assert ledger.report("accepted", key, first.claim, job_id="j1", video_id="v1") == "sending"
    assert ledger.report("accepted", key, second.claim, job_id="j2", video_id="v2") == "submitted"
    assert ledger.row(key).job_id == "j2"
    assert [(event.event, event.detail) for event in ledger.history(key) if event.event == "stray"][-1] == (
        "stray",
        "accepted job j1 video v1",
    )
    ledger.close()


def test_an_answer_that_comes_before_it_is_sent_again_settles_it(address: str) -> None:
    ledger = open_ledger(address)
    [key] = ledger.consume("plan-1", [wanted(1)]).keys
    sent = ledger.claim(key)
    assert sent is not None
    ledger.report("doubt", key, sent.claim, reason="no answer")
    ledger.assume_not_sent(key)
    assert ledger.report("accepted", key, sent.claim, job_id="j1", video_id="v1") == "submitted"
    assert ledger.claim(key) is None
    ledger.close()


def test_a_sender_that_lives_is_left_alone(address: str) -> None:
    ledger = open_ledger(address)
    [key] = ledger.consume("plan-1", [wanted(1)]).keys
    assert ledger.claim(key) is not None
    assert ledger.recover() == []
    ledger.close()


def test_what_was_planned_comes_back_as_it_was(address: str) -> None:
    ledger = open_ledger(address, Time())  # type: ignore[arg-type]
    [key] = ledger.consume("plan-1", [wanted(1, callback=True)]).keys
    row = ledger.find(key[:5])
    mark = mark_of(key, ledger.secret())
    assert row.body == (
        '{\n  "videoCreative": {},\n  "callback": "https://hooks.example.com/",\n  "callbackPayload": {\n    "vidc": {\n'
        f'      "key": "{key}",\n      "mark": "{mark}"\n    }}\n  }}\n}}\n'
    )
    assert (row.state, row.spec, row.name, row.length, row.created) == (
        "planned",
        "1.vidc.yaml",
        "video 1",
        LONG,
        "2027-01-15T08:00:00Z",
    )
    assert [(event.event, event.was, event.became) for event in ledger.history(key)] == [("planned", "", "planned")]
    ledger.close()
    again = open_ledger(address)
    assert again.row(key) == row
    assert again.consumed("plan-1") == row.created
    assert again.consumed("plan-2") is None
    again.close()


@pytest.mark.parametrize("word", ["", "zz", "' OR 1=1 --", "\udcff", "a\0b"])
def test_a_word_that_names_no_one_intent_is_refused(address: str, word: str) -> None:
    ledger = open_ledger(address)
    ledger.consume("plan-1", [wanted(1), wanted(2)])
    with pytest.raises(Refused):
        ledger.find(word)
    ledger.close()


def test_a_transaction_that_fails_leaves_nothing(address: str) -> None:
    ledger = open_ledger(address)

    def same_twice() -> None:
        with ledger.database.transaction() as rows:
            for _ in range(2):
                rows.run("INSERT INTO vidc_meta (name, value) VALUES ('a', 'b')")

    with pytest.raises(LedgerTrouble):
        same_twice()
    with ledger.database.transaction() as rows:
        assert rows.run("SELECT name FROM vidc_meta WHERE name = 'a'") == []
    ledger.close()


def test_the_file_is_private_and_synchronous(tmp_path: Path) -> None:
    path = tmp_path / ".vidc" / "ledger.db"
    ledger = open_ledger(str(path))
    ledger.consume("plan-1", [wanted(1)])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    connection: Any = ledger.database.connection  # type: ignore[attr-defined]
    assert [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")] == [
        "wal",
        2,
    ]
    ledger.close()
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_really_full_disk_is_said_and_leaves_what_was(tmp_path: Path) -> None:
    ledger = open_ledger(str(tmp_path / "ledger.db"))
    [key] = ledger.consume("plan-1", [wanted(1)]).keys
    connection: Any = ledger.database.connection  # type: ignore[attr-defined]
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    many = [Wanted(f"g{n}", "s", "n", "video", SERVICE, '{"a": "' + "x" * 9000 + '"}\n', LONG) for n in range(9)]
    with pytest.raises(LedgerTrouble, match="database or disk is full"):
        ledger.consume("plan-2", many)
    assert ledger.consumed("plan-2") is None
    assert [row.key for row in ledger.intents()] == [key]
    ledger.close()


@pytest.mark.parametrize(
    "content", [b"not a database at all, but text of some length" * 50, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_ledger_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledger.db").write_bytes(content)
    with pytest.raises(LedgerTrouble):
        open_ledger(str(tmp_path / "ledger.db"))


def test_a_database_that_is_not_there_is_said_without_its_password() -> None:
    with pytest.raises(LedgerTrouble) as caught:
        open_ledger("postgresql://me:hunter2@127.0.0.1:1/none")
    assert "hunter2" not in str(caught.value)
    with pytest.raises(LedgerTrouble) as caught:
        open_ledger("postgresql://me:hunter2@127.0.0.1:port/none")
    assert "hunter2" not in str(caught.value)


def test_a_process_is_known_by_when_it_started() -> None:
    machine, pid, started = who.me().split(" ")
    assert not who.has_ended(f"{machine} {pid} {started}")
    assert who.has_ended(f"{machine} {pid} 1")
    assert who.has_ended(f"{machine} 4194305 {started}")
    assert not who.has_ended(f"elsewhere {pid} 1"), "another machine's processes cannot be seen"
    assert not who.has_ended("")
