"""postgres: the ledger by address, for many workers or for machines that forget. The one door of psycopg."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from .database import Row, closed_if_not, prepare
from .errors import LedgerTrouble

_LOCK = 0x76696463
"""The number under which transactions of ledgers wait for each other: `vidc` in ASCII."""


class _Transaction:
    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def run(self, sql: str, *values: Any) -> list[Row]:
        cursor = self.connection.execute(sql.replace("?", "%s"), values or None)
        return cursor.fetchall() if cursor.description else []


class Postgres:
    """A database at a `postgresql://` address. A connection that broke is made anew for the next transaction."""

    def __init__(self, address: str) -> None:
        try:
            import psycopg
        except ImportError:
            raise LedgerTrouble("a ledger in PostgreSQL needs `pip install vidc[postgres]`") from None
        self._psycopg = psycopg
        self._address = address
        self._connection: Any = None
        with closed_if_not(self), self.transaction() as transaction:
            prepare(transaction, "the ledger in PostgreSQL")

    def _connected(self) -> Any:
        if self._connection is None or self._connection.closed or self._connection.broken:
            self._connection = self._psycopg.connect(
                self._address, autocommit=True, connect_timeout=10, application_name="vidc"
            )
            self._connection.execute("SET synchronous_commit = on")
            self._connection.execute("SET client_min_messages = warning")
            self._connection.execute("SET lock_timeout = '60s'")
        return self._connection

    @contextlib.contextmanager
    def transaction(self) -> Iterator[_Transaction]:
        try:
            connection = self._connected()
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                yield _Transaction(connection)
        except self._psycopg.Error as error:
            said = _said(error).replace(self._address, "[address]")
            raise LedgerTrouble(f"the ledger in PostgreSQL: {said}") from None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()


def _said(error: Exception) -> str:
    """The server's words without the lines that repeat the statement. libpq names host, port and user, no password."""
    return " ".join(str(error).split("\n")[0].split()) or type(error).__name__
