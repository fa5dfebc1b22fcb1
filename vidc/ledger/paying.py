"""paying: what was sent when, and how many minutes came of it."""

from __future__ import annotations

from .budget import MINUTE
from .ledger import Ledger


def paid(ledger: Ledger) -> list[tuple[str, ...]]:
    """For each job that was or may have been accepted, in the order sent: when (UTC), its state, its minutes, its key
    and spec; last what all finished ones come to."""
    claims = {event.key: event for event in ledger.history() if event.event == "claim"}
    rows = [
        row for row in ledger.intents(live_only=False) if row.key in claims and row.state not in ("rejected", "planned")
    ]
    rows.sort(key=lambda row: claims[row.key].number)
    lines = [
        (claims[row.key].moment, row.state, "" if row.ms is None else f"{row.ms / MINUTE:.2f}", row.key, row.spec)
        for row in rows
    ]
    if not lines:
        return []
    total = sum(row.ms or 0 for row in rows)
    return [*lines, ("", "all", f"{total / MINUTE:.2f}", "", "")]
