"""failing: why something failed, in a few words for who watches the server."""

from __future__ import annotations

import sqlite3

from vidc.ledger import sqlite


def said(error: Exception) -> str:
    """The system's or SQLite's own words; of anything else what it is, too."""
    if isinstance(error, sqlite3.Error):
        return sqlite.said(error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
