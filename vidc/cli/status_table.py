"""status_table: intents as a table with advice, or as JSON, and asking once for those that are submitted."""

from __future__ import annotations

import sys
from typing import Any

from vidc.diag.as_json import dumped
from vidc.diag.cells import wrap
from vidc.diag.sink import brief
from vidc.ledger.advice import advice
from vidc.ledger.intent import Intent
from vidc.ledger.ledger import Ledger

from .printing import columns
from .table import table

_NOT_SHOWN = frozenset(("body", "measures", "claim", "owner", "lease", "live"))


def refresh(ledger: Ledger, client: Any, rows: list[Intent]) -> list[str]:
    """Ask once for each job that is submitted to this service, and note what ended; a line for each trouble with that.
    After one without any answer no other is asked for."""
    from vidc.colossyan.waiting import heard_of_each
    from vidc.ledger.place import lock_path
    from vidc.ledger.settle import remember, tried_to_settle

    troubles = []
    wanted = {row.job_id: row for row in rows if row.state == "submitted" and row.service == client.service.url}
    for news in heard_of_each(client, wanted):
        row = wanted[news.job_id]
        if trouble := tried_to_settle(ledger, client, row, news):
            troubles.append(trouble if news.silent else f"{row.key}: {trouble}")
        if news.silent:
            break
    remember(ledger, lock_path(client.service.url), client.service.url)
    return troubles


def as_text(rows: list[Intent]) -> str:
    """A table, then what is to be said and done, state by state."""
    if not rows:
        return "nothing was sent from here\n"
    lines = [(row.key, row.state, row.changed[:16].replace("T", " "), row.spec) for row in rows]
    said = [line for state in _ADVISED for line in _advised([row for row in rows if row.state == state])]
    return table(("KEY", "STATE", "SINCE (UTC)", "SPEC"), lines) + "".join(f"{line}\n" for line in said)


_ADVISED = ("unknown", "planned", "rejected", "failed", "deleted")


def _advised(rows: list[Intent]) -> list[str]:
    """Why rows of one state are in it, and once what a person can do about them."""
    if not rows:
        return []
    room = columns(sys.stdout)
    whys = [line for row in rows if row.reason for line in _hung(f"{row.key}: {row.reason}", room)]
    key, spec = (rows[0].key, rows[0].spec) if len(rows) == 1 else ("KEY", "SPEC")
    if rows[0].state == "unknown":
        ways = [
            "  Look into the workspace, then",
            f"  vidc resolve {key} --adopt JOB_ID VIDEO_ID   if the job is there",
            f"  vidc resolve {key} --assume-not-sent         if it is not",
        ]
    else:
        ways = [f"  {line}" for line in wrap(f"{rows[0].state}: {advice(rows[0].state, key, brief(spec))}", room - 2)]
    return ["", *whys, *ways]


def _hung(text: str, room: int) -> list[str]:
    """Lines of which all but the first are set in."""
    first, *rest = wrap(brief(text), room - 4)
    return [first, *(f"    {line}" for line in rest)]


def as_json(rows: list[Intent]) -> str:
    """A list with an object for each: the fields of a row that mean something outside."""
    names = [name for name in Intent.__slots__ if name not in _NOT_SHOWN]
    objects = [{name: getattr(row, name) for name in names} for row in rows]
    return dumped(objects, indent=2) + "\n"
