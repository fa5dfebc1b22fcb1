"""A process that dies at a chosen step: before or after a transaction, within it, or on either side of a request."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import httpx

from vidc.ledger.database import Database, Transaction
from vidc.ledger.errors import LedgerTrouble

from .service import FakeService, Time


class Died(BaseException):
    """The process ended here: nothing after this was done by it."""


class Steps:
    """Counts the steps of one process; it dies at, its disk is full at, or the answer to a commit is lost
    at the one that is chosen."""

    def __init__(self, die_at: int | None = None, full_at: int | None = None, in_doubt_at: int | None = None) -> None:
        self.die_at = die_at
        self.full_at = full_at
        self.in_doubt_at = in_doubt_at
        self.taken = 0
        self.dead = False

    def step(self, writes: bool = False) -> None:
        if self.dead:
            raise Died
        self.taken += 1
        if self.taken == self.die_at:
            self.dead = True
            raise Died
        if writes and self.full_at is not None and self.taken == self.full_at:
            raise LedgerTrouble("database or disk is full")


class FragileDatabase:
    def __init__(self, database: Database, steps: Steps) -> None:
        self.inner = database
        self.steps = steps

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        self.steps.step()
        with self.inner.transaction() as rows:
            yield FragileRows(rows, self.steps)
            self.steps.step(writes=True)
        self.steps.step()
        if self.steps.taken == self.steps.in_doubt_at:
            raise LedgerTrouble("the connection was lost while committing")

    def close(self) -> None:
        self.inner.close()


class FragileRows:
    def __init__(self, rows: Transaction, steps: Steps) -> None:
        self.rows = rows
        self.steps = steps

    def run(self, sql: str, *values: Any) -> list[Any]:
        self.steps.step(writes=not sql.startswith("SELECT"))
        return list(self.rows.run(sql, *values))


class FragileTransport(httpx.BaseTransport):
    """Dies before a request leaves, or when the service has it and its answer is on the way."""

    def __init__(self, service: FakeService, steps: Steps) -> None:
        self.service = service
        self.steps = steps

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.steps.step()
        try:
            return self.service.answer(request)
        finally:
            self.steps.step()


class FragileTime(Time):
    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self.steps = steps

    def sleep(self, seconds: float) -> None:
        self.steps.step()
        super().sleep(seconds)
