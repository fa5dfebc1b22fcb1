"""sqlite: the ledger in a file of this machine: WAL, `synchronous=FULL`, `BEGIN IMMEDIATE`."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from typing import Any

from .database import Row, closed_if_not, prepare
from .errors import LedgerTrouble
from .place import FOLDER
from .place import folder as project_folder

PATIENCE_S = 60.0
"""How long a transaction waits for others before it gives up."""


class _Transaction:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def run(self, sql: str, *values: Any) -> list[Row]:
        return self.connection.execute(sql, values).fetchall()


class Sqlite:
    """A database file; it and its folder are made where they are not there, readable by their owner alone."""

    def __init__(self, path: str) -> None:
        self.path = path
        folder = os.path.dirname(os.path.abspath(path))
        try:
            fresh = not os.path.exists(path)
            if os.path.basename(folder) == FOLDER:
                project_folder(os.path.dirname(folder))
            os.makedirs(folder, mode=0o700, exist_ok=True)
            if fresh:
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            with _told(path):
                self.connection = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)
                with closed_if_not(self.connection):
                    self._prepare()
            if fresh:
                _sync_folders(folder)
        except OSError as error:
            raise LedgerTrouble(f"the ledger {path} cannot be opened: {error.strerror or error}") from error

    def _prepare(self) -> None:
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        with self.transaction() as transaction:
            prepare(transaction, f"the ledger {self.path}")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[_Transaction]:
        with _told(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield _Transaction(self.connection)
                self.connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        self.connection.close()


@contextlib.contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise LedgerTrouble(f"the ledger {path}: {said(error)}") from error


def said(error: sqlite3.Error) -> str:
    """SQLite's words, and what they leave out: where the log's index cannot grow, a full disk is an I/O error to it."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the rest of an extended code says in which call it was
        case sqlite3.SQLITE_IOERR:
            return f"{error}; the disk may be full"
        case sqlite3.SQLITE_BUSY:
            return f"{error}; another process has held it for {PATIENCE_S:.0f} s"
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY:
            return f"{error}; it and its folder must be writable, also where it is only read"
    return str(error)


def _sync_folders(folder: str) -> None:
    """A file that is new is there after a power cut only where its folder is on disk, and its folder's folder."""
    for each in (folder, os.path.dirname(folder)):
        with contextlib.suppress(OSError):  # some systems open no folders
            descriptor = os.open(each, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
