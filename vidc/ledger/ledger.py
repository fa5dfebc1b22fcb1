"""ledger: the intents and what happens to them, each change in one transaction that is on disk when it returns.

Every change of state is a row of the table in `states`; there is no other way to change one.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vidc.clock import INF
from vidc.colossyan.time import Clock, stamp

from . import who
from .database import Database, Transaction
from .errors import LedgerTrouble, Refused
from .intent import COLUMNS, Event, Intent, Wanted, intent_of
from .seal import is_marked, marked
from .states import BY_A_PERSON, BY_CLAIM, MOVES, REPEATABLE

_NOTHING_NAMES = "claim, owner, lease, job_id, video_id, url, ms, size, reason"
_NOTHING_YET = ("", "", 0, "", "", "", None, None, "")
"""The columns of which nothing is known before a job is sent."""

MAX_TEXT = 2000
"""Limit: characters of a reason or a detail that are kept."""

LEASE_S = 900
"""Seconds that a claim lasts: longer than a POST with all that it may be tried again."""


@dataclass(frozen=True, slots=True)
class Consumed:
    """What became of a plan: `fresh` is False where it was applied before; then its intents are what they are now."""

    fresh: bool
    applied: str
    keys: list[str]


def _kept(text: str) -> str:
    """A text as both databases can hold it: file names may be no UTF-8, and what a service says anything."""
    return text[:MAX_TEXT].encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def open_ledger(address: str, clock: Clock | None = None) -> Ledger:
    """The ledger at a `postgresql://` address, or in a file."""
    if address.startswith(("postgresql://", "postgres://")):
        from .postgres import Postgres

        return Ledger(Postgres(address), clock)
    from .sqlite import Sqlite

    return Ledger(Sqlite(address), clock)


class Ledger:
    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self.database = database
        self.clock = clock or Clock()

    def close(self) -> None:
        self.database.close()

    # What a plan asks for

    def consume(self, plan: str, wanted: Iterable[Wanted]) -> Consumed:
        """Take a plan's intents in, once; a plan that was taken in before gives the intents that it then had."""
        with self.database.transaction() as rows:
            before = rows.run("SELECT applied FROM vidc_plans WHERE id = ?", plan)
            if before:
                keys = rows.run("SELECT key FROM vidc_plan_intents WHERE plan = ? ORDER BY key", plan)
                return Consumed(False, before[0][0], [row[0] for row in keys])
            now = self._now()
            rows.run("INSERT INTO vidc_plans (id, applied, owner) VALUES (?, ?, ?)", plan, now, who.me())
            keys_made = [self._wanted(rows, each, now) for each in wanted]
            for key in dict.fromkeys(keys_made):
                rows.run("INSERT INTO vidc_plan_intents (plan, key) VALUES (?, ?)", plan, key)
            return Consumed(True, now, keys_made)

    def consumed(self, plan: str) -> str | None:
        """When a plan was taken in; None where it was not."""
        with self.database.transaction() as rows:
            found = rows.run("SELECT applied FROM vidc_plans WHERE id = ?", plan)
        return found[0][0] if found else None

    def _wanted(self, rows: Transaction, wanted: Wanted, now: str) -> str:
        """The live intent of a fingerprint, or a new one where there is none or it may be followed."""
        before = self._live(rows, wanted.fingerprint, wanted.service)
        if before is not None:
            if before.state == "planned":
                self._renew(rows, before.key, wanted)
            if before.state not in REPEATABLE or (before.state in BY_A_PERSON and not wanted.again):
                return before.key
            rows.run("UPDATE vidc_intents SET live = 0 WHERE key = ?", before.key)
        key = secrets.token_hex(6)
        about = self._about(rows, key, wanted)
        values = (key, wanted.fingerprint, 1, "planned", *about.values(), *_NOTHING_YET, now, now)
        names = f"key, fingerprint, live, state, {', '.join(about)}, {_NOTHING_NAMES}, created, changed"
        rows.run(f"INSERT INTO vidc_intents ({names}) VALUES ({', '.join('?' * len(values))})", *values)
        self._note(rows, key, "planned", "", "planned", f"follows {before.key}" if before else "")
        return key

    def _renew(self, rows: Transaction, key: str, wanted: Wanted) -> None:
        """What was planned and not sent is sent as it is wanted now: what the fingerprint leaves out, such as where it
        calls back, may have been mended since."""
        about = self._about(rows, key, wanted)
        settings = ", ".join(f"{name} = ?" for name in about)
        rows.run(f"UPDATE vidc_intents SET {settings} WHERE key = ? AND state = 'planned'", *about.values(), key)

    def _about(self, rows: Transaction, key: str, wanted: Wanted) -> dict[str, Any]:
        """The columns of an intent that come from what is wanted."""
        length = wanted.length
        return {
            "spec": _kept(wanted.spec),
            "name": _kept(wanted.name),
            "kind": wanted.kind,
            "service": wanted.service,
            "body": marked(wanted.body, wanted.kind, key, self._secret(rows)),
            "low": length.low,
            "expected": length.expected,
            "high": None if length.high == INF else int(length.high),
            "basis": length.basis,
            "measures": wanted.measures,
        }

    @cached_property
    def id(self) -> str:
        """Tells this ledger from any other."""
        with self.database.transaction() as rows:
            return str(rows.run("SELECT value FROM vidc_meta WHERE name = 'id'")[0][0])

    # Sending

    def claim(self, key: str, claim: str = "") -> Intent | None:
        """Take one planned intent for this process, on disk before it returns; None where another has it.

        `claim` names the claim, so that one whose commit is in doubt can be given back."""
        claim = claim or secrets.token_hex(8)
        lease = int(self.clock.wall()) + LEASE_S
        with self.database.transaction() as rows:
            won = rows.run(
                "UPDATE vidc_intents SET state = 'sending', claim = ?, owner = ?, lease = ?, reason = '', changed = ? "
                "WHERE key = ? AND state = 'planned' AND live = 1 RETURNING key",
                *(claim, who.me(), lease, self._now(), key),
            )
            if not won:
                return None
            self._note(rows, key, "claim", "planned", "sending", who.me())
            return self._row(rows, key)

    def report(
        self, event: str, key: str, claim: str, *, job_id: str = "", video_id: str = "", reason: str = ""
    ) -> str:
        """What the claim that sent an intent learned: `accepted`, `refused`, `not-sent` or `doubt`; the state then.

        What the row no longer has a place for is kept in the history as `stray`.
        """
        if event not in BY_CLAIM:
            raise ValueError(event)
        detail = f"job {job_id} video {video_id}" if event == "accepted" else reason
        with self.database.transaction() as rows:
            row = self._row(rows, key)
            if event == "accepted" and (other := self._key_of(rows, row, job_id)):
                event, detail = "doubt", f"the service answered with job {job_id}, which is that of {other} already"
                reason = detail
            known = row.claim == claim and row.state in MOVES[event]
            if event == "accepted" and row.state in ("finished", "failed") and row.job_id:
                known = False
            if not known:
                if not (event == "accepted" and row.job_id == job_id):  # said twice, where a commit was in doubt
                    self._note(rows, key, "stray", row.state, row.state, f"{event} {detail}")
                return row.state
            if event == "accepted":
                rows.run("UPDATE vidc_intents SET job_id = ?, video_id = ? WHERE key = ?", job_id, video_id, key)
            return self._move(rows, row, event, reason, detail)

    def recover(self) -> list[str]:
        """Put in doubt what was being sent by a process that has ended, or longer ago than its lease; their keys."""
        lost = []
        with self.database.transaction() as rows:
            for found in rows.run(f"SELECT {COLUMNS} FROM vidc_intents WHERE state = 'sending'"):
                row = intent_of(found)
                if who.has_ended(row.owner) or row.lease < self.clock.wall():
                    self._move(rows, row, "lost", "the process that sent it ended before it noted an answer", row.owner)
                    lost.append(row.key)
        return lost

    # What a person says

    def adopt(self, key: str, job_id: str, video_id: str) -> None:
        """The job that an intent became of which none is known. `Refused` where one is, or the job is another's."""
        with self.database.transaction() as rows:
            row = self._only(rows, key, "adopt")
            if other := self._key_of(rows, row, job_id):
                raise Refused(f"job {job_id} belongs to {other} already")
            if row.state == "finished" and row.job_id:
                raise Refused(f"{key} is finished, as job {row.job_id}")
            if not row.live:
                raise Refused(f"{key} was followed by another, which `vidc status` lists")
            rows.run("UPDATE vidc_intents SET job_id = ?, video_id = ? WHERE key = ?", job_id, video_id, key)
            self._move(rows, row, "adopt", "", f"job {job_id} video {video_id}")

    def assume_not_sent(self, key: str) -> None:
        """A person's word that an unknown intent never arrived: it may be sent again."""
        with self.database.transaction() as rows:
            self._move(rows, self._only(rows, key, "assume"), "assume", "", who.me())

    def withdraw(self, key: str) -> None:
        """A planned intent is not wanted any more."""
        with self.database.transaction() as rows:
            self._move(rows, self._only(rows, key, "withdraw"), "withdraw", "withdrawn before it was sent", "")

    # What the service says

    def ended(
        self, key: str, event: str, *, video_id: str = "", ms: int | None = None, size: int | None = None, why: str = ""
    ) -> bool:
        """A job's end as its status says: `finished`, `failed` or `deleted`; False where it was noted before."""
        with self.database.transaction() as rows:
            row = self._row(rows, key)
            if row.state not in MOVES[event]:
                return False
            rows.run(
                "UPDATE vidc_intents SET video_id = ?, ms = ?, size = ? WHERE key = ?",
                *(video_id or row.video_id, row.ms if ms is None else ms, row.size if size is None else size, key),
            )
            self._move(rows, row, event, why, f"{ms} ms" if ms is not None else why)
            return True

    def check_mark(self, key: str, mark: str) -> None:
        """`Refused` where a callback's mark is not the ledger's own."""
        with self.database.transaction() as rows:
            self._check_mark(rows, key, mark)

    def called_back(self, key: str, mark: str, status: str, url: str) -> str:
        """A callback: the state then. `Refused` where its mark is not the ledger's own."""
        event = "called-finished" if status == "finished" else "called-failed"
        with self.database.transaction() as rows:
            self._check_mark(rows, key, mark)
            row = self._row(rows, key)
            if row.state not in MOVES[event]:
                return row.state
            if status == "finished":
                rows.run("UPDATE vidc_intents SET url = ? WHERE key = ?", _kept(url), key)
            return self._move(rows, row, event, "" if status == "finished" else "the callback says so", status)

    # Looking

    def find(self, word: str) -> Intent:
        """The one intent whose key begins with a word, or whose job or video it is; else `Refused`."""
        word = _kept(word)
        with self.database.transaction() as rows:
            found = rows.run(
                f"SELECT {COLUMNS} FROM vidc_intents "
                "WHERE substr(key, 1, length(?)) = ? OR job_id = ? OR video_id = ? ORDER BY created, key",
                *(word, word, word, word),
            )
        if len(found) != 1 or not word:
            there = "no intent" if not found else f"{len(found)} intents"
            raise Refused(f"there is {there} with the key, job or video `{word[:60]}`: `vidc status` lists them")
        return intent_of(found[0])

    def intents(self, *, live_only: bool = True) -> list[Intent]:
        """All intents, the oldest first."""
        where = "WHERE live = 1 " if live_only else ""
        with self.database.transaction() as rows:
            found = rows.run(f"SELECT {COLUMNS} FROM vidc_intents {where}ORDER BY created, spec, key")
        return [intent_of(row) for row in found]

    def row(self, key: str) -> Intent:
        with self.database.transaction() as rows:
            return self._row(rows, key)

    def live(self, fingerprint: str, service: str) -> Intent | None:
        """The intent that stands for a job at a service; None where it was never planned."""
        with self.database.transaction() as rows:
            return self._live(rows, fingerprint, service)

    def history(self, key: str | None = None) -> list[Event]:
        where, values = ("WHERE key = ? ", [key]) if key else ("", [])
        with self.database.transaction() as rows:
            found = rows.run(
                f"SELECT number, key, moment, event, was, became, detail FROM vidc_events {where}ORDER BY number",
                *values,
            )
        return [Event(*row) for row in found]

    def secret(self) -> bytes:
        """The key with which callbacks are marked: the environment's, else the ledger's own."""
        with self.database.transaction() as rows:
            return self._secret(rows)

    # Inside a transaction

    def _live(self, rows: Transaction, fingerprint: str, service: str) -> Intent | None:
        where = "WHERE fingerprint = ? AND service = ? AND live = 1"
        found = rows.run(f"SELECT {COLUMNS} FROM vidc_intents {where}", fingerprint, service)
        return intent_of(found[0]) if found else None

    def _row(self, rows: Transaction, key: str) -> Intent:
        found = rows.run(f"SELECT {COLUMNS} FROM vidc_intents WHERE key = ?", key)
        if not found:
            raise Refused(f"there is no intent `{key[:60]}` in this ledger")
        return intent_of(found[0])

    def _key_of(self, rows: Transaction, row: Intent, job_id: str) -> str:
        """The other intent at the same service that a job is known to be of; empty where there is none."""
        where = "WHERE job_id = ? AND service = ? AND key <> ?"
        found = rows.run(f"SELECT key FROM vidc_intents {where}", job_id, row.service, row.key)
        return found[0][0] if found else ""

    def _check_mark(self, rows: Transaction, key: str, mark: str) -> None:
        if not is_marked(key, mark, self._secret(rows)):
            raise Refused("the callback's mark is not this ledger's")

    def _only(self, rows: Transaction, key: str, event: str) -> Intent:
        row = self._row(rows, key)
        if row.state not in MOVES[event]:
            wanted = " or ".join(MOVES[event])
            raise Refused(f"{key} is {row.state}; only what is {wanted} can be settled so")
        return row

    def _move(self, rows: Transaction, row: Intent, event: str, reason: str, detail: str) -> str:
        state = MOVES[event][row.state]
        moved = rows.run(
            "UPDATE vidc_intents SET state = ?, reason = ?, changed = ? WHERE key = ? AND state = ? RETURNING key",
            *(state, _kept(reason), self._now(), row.key, row.state),
        )
        if not moved:
            raise LedgerTrouble(f"{row.key} was changed by another process; try again")
        self._note(rows, row.key, event, row.state, state, detail)
        return state

    def _note(self, rows: Transaction, key: str, event: str, was: str, became: str, detail: str) -> None:
        rows.run(
            "INSERT INTO vidc_events (number, key, moment, event, was, became, detail) "
            "VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM vidc_events), ?, ?, ?, ?, ?, ?)",
            *(key, self._now(), event, was, became, _kept(detail)),
        )

    def _secret(self, rows: Transaction) -> bytes:
        given = os.environ.get("VIDC_CALLBACK_KEY")
        if given:
            return given.encode()
        found = rows.run("SELECT value FROM vidc_meta WHERE name = 'callback-key'")
        if not found:
            made = secrets.token_hex(32)
            rows.run("INSERT INTO vidc_meta (name, value) VALUES ('callback-key', ?)", made)
            return made.encode()
        return str(found[0][0]).encode()

    def _now(self) -> str:
        return stamp(self.clock.wall())
