"""database: what the ledger needs of SQLite and PostgreSQL: transactions that come one after another, and are on disk
when they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from secrets import token_hex
from typing import Any, Protocol, TypeAlias

from .errors import LedgerTrouble

VERSION = "1"
"""Of the tables and of the states that rows can be in: what a newer one wrote may mean what this one cannot know."""

Row: TypeAlias = Sequence[Any]

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS vidc_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS vidc_plans (id TEXT PRIMARY KEY, applied TEXT NOT NULL, owner TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS vidc_plan_intents (plan TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (plan, key))",
    """CREATE TABLE IF NOT EXISTS vidc_intents (
        key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, live INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN
            ('planned', 'sending', 'submitted', 'finished', 'failed', 'deleted', 'rejected', 'unknown')),
        spec TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, service TEXT NOT NULL, body TEXT NOT NULL,
        low BIGINT NOT NULL, expected BIGINT NOT NULL, high BIGINT, basis TEXT NOT NULL, measures TEXT NOT NULL,
        claim TEXT NOT NULL, owner TEXT NOT NULL, lease BIGINT NOT NULL,
        job_id TEXT NOT NULL, video_id TEXT NOT NULL, url TEXT NOT NULL, ms BIGINT, size BIGINT,
        reason TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX IF NOT EXISTS vidc_one_live ON vidc_intents (fingerprint, service) WHERE live = 1",
    "CREATE INDEX IF NOT EXISTS vidc_by_state ON vidc_intents (state)",
    """CREATE TABLE IF NOT EXISTS vidc_events (
        number BIGINT PRIMARY KEY, key TEXT NOT NULL, moment TEXT NOT NULL, event TEXT NOT NULL,
        was TEXT NOT NULL, became TEXT NOT NULL, detail TEXT NOT NULL)""",
)
"""The same for both; each is written so that it can be run again."""


class Transaction(Protocol):
    def run(self, sql: str, *values: Any) -> list[Row]:
        """The rows of a statement with `?` for each value."""


class Closes(Protocol):
    def close(self) -> None: ...


@contextmanager
def closed_if_not(opened: Closes) -> Iterator[None]:
    """What was opened is closed where this does not go well."""
    try:
        yield
    except BaseException:
        opened.close()
        raise


def prepare(rows: Transaction, name: str) -> None:
    """Make the tables where they are not there. `LedgerTrouble` where a newer vidc made those of the ledger `name`."""
    rows.run(SCHEMA[0])
    found = rows.run("SELECT name, value FROM vidc_meta WHERE name IN ('version', 'id')")
    known = {name: value for name, value in found}  # noqa: C416  # a row is no tuple to the type checker
    if known.get("version", VERSION) != VERSION:
        raise LedgerTrouble(
            f"{name} is of version {known['version']}, and this vidc knows {VERSION}: install a newer vidc"
        )
    for statement in SCHEMA:
        rows.run(statement)
    for each, value in (("version", VERSION), ("id", token_hex(8))):
        if each not in known:
            rows.run("INSERT INTO vidc_meta (name, value) VALUES (?, ?)", each, value)


class Database(Protocol):
    """Trouble of the world is `LedgerTrouble`."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Alone from the start; when the block ends without an exception it is on disk, else nothing of it is."""

    def close(self) -> None: ...
