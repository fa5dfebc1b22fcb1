"""paying: what was sent when, and how many minutes came of it."""

from __future__ import annotations

from .budget import MINUTE
from .intent import Event
from .ledger import Ledger

_NOT_SENT = ("refused", "not-sent", "assume")
"""What proves, or a person says, that a claim brought no job."""


def paid(ledger: Ledger) -> list[tuple[str, ...]]:
    """For each job that was or may have been accepted, in the order sent: when (UTC), its state, its minutes, its key
    and spec; last what all finished ones come to."""
    claims, void = _claims(ledger)
    rows = [row for row in ledger.intents(live_only=False) if row.key in claims and row.key not in void]
    rows.sort(key=lambda row: claims[row.key].number)
    lines = [
        (claims[row.key].moment, row.state, "" if row.ms is None else f"{row.ms / MINUTE:.2f}", row.key, row.spec)
        for row in rows
    ]
    if not lines:
        return []
    total = sum(row.ms or 0 for row in rows)
    return [*lines, ("", "all", f"{total / MINUTE:.2f}", "", "")]


def _claims(ledger: Ledger) -> tuple[dict[str, Event], set[str]]:
    """By key the last claim; and the keys of those that brought no job."""
    claims: dict[str, Event] = {}
    void: set[str] = set()
    for event in ledger.history():
        if event.event == "claim":
            claims[event.key] = event
        if event.event in _NOT_SENT:
            void.add(event.key)
        elif event.event in ("claim", "accepted") or (event.event == "stray" and event.detail.startswith("accepted ")):
            void.discard(event.key)  # an answer that comes late is paid all the same
    return claims, void
