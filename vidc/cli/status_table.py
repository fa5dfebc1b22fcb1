"""status_table: intents as a table or as JSON, and asking the service once for those that are submitted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vidc.diag.as_json import dumped
from vidc.diag.cells import width
from vidc.diag.sink import brief
from vidc.ledger.intent import Intent
from vidc.ledger.ledger import Ledger

_NOT_SHOWN = frozenset(("body", "measures", "claim", "owner", "lease", "live"))


def refresh(ledger: Ledger, client: Any, rows: list[Intent]) -> None:
    """Ask once for each job that is submitted to this service, and note what ended."""
    from vidc.colossyan.waiting import follow
    from vidc.ledger.place import lock_path
    from vidc.ledger.settle import remember, settle

    asked = {row.job_id: row for row in rows if row.state == "submitted" and row.service == client.service.url}
    for news in follow(client, asked, deadline_s=0.0):
        settle(ledger, client, asked[news.job_id], news)
    remember(ledger, lock_path(client.service.url), client.service.url)


def table(head: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> str:
    """Columns as wide as their longest cell; the last one as it is."""
    cells = [head, *([brief(cell) for cell in line] for line in lines)]
    rooms = [max(width(line[column]) for line in cells) for column in range(len(head))]
    return "".join(
        "  ".join(
            cell + " " * (room - width(cell) if column < len(head) - 1 else 0)
            for column, (cell, room) in enumerate(zip(line, rooms, strict=True))
        ).rstrip()
        + "\n"
        for line in cells
    )


def as_text(rows: list[Intent]) -> str:
    if not rows:
        return "nothing was sent from here\n"
    lines = [(row.key, row.state, row.changed[:16].replace("T", " "), row.spec) for row in rows]
    said = table(("KEY", "STATE", "SINCE (UTC)", "SPEC"), lines)
    advice = [line for row in rows for line in _advice(row)]
    return said + ("\n" + "".join(f"{brief(line)}\n" for line in advice) if advice else "")


def _advice(row: Intent) -> list[str]:
    """What a person has to do about a row; nothing for most."""
    match row.state:
        case "unknown":
            return [
                f"{row.key}: {row.reason}. Look into the workspace, then",
                f"  vidc resolve {row.key} --adopt JOB_ID VIDEO_ID   if the job is there",
                f"  vidc resolve {row.key} --assume-not-sent         if it is not",
            ]
        case "planned":
            return [f"{row.key}: not sent yet; `vidc apply` of its plan goes on"]
        case "failed" | "deleted":
            return [f"{row.key}: {row.reason or row.state}; `vidc submit {row.spec} --again` makes it anew"]
        case "rejected":
            return [f"{row.key}: {row.reason}"] if row.reason else []
    return []


def as_json(rows: list[Intent]) -> str:
    """A list with an object for each: the fields of a row that mean something outside."""
    names = [name for name in Intent.__slots__ if name not in _NOT_SHOWN]
    objects = [{name: getattr(row, name) for name in names} for row in rows]
    return dumped(objects, indent=2) + "\n"
