"""`vidc history`."""

from __future__ import annotations

from typing import Any

import click

from vidc.diag.as_json import dumped

from . import service_options
from .end import DONE
from .printing import write
from .table import table


@click.command(epilog="Example:  vidc history --json")
@click.argument("key", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@service_options.ledger
@service_options.guarded
def command(key: str | None, as_json: bool, ledger: str | None) -> int:
    """Show what was paid when; for one KEY, all that happened to it.

    KEY as `vidc status` shows it. Minutes are those of the finished videos, as the service said.
    """
    with service_options.opened_if_any(ledger) as book:
        if book is None:
            write("[]\n" if as_json else "nothing was sent from here\n")
            return DONE
        names, head, rows = _events(book, key) if key is not None else _paid(book)
    if as_json:
        write(dumped([dict(zip(names, row, strict=True)) for row in rows], indent=2) + "\n")
    else:
        write(table(head, rows) if rows else "nothing was sent from here\n")
    return DONE


Table = tuple[tuple[str, ...], tuple[str, ...], list[tuple[str, ...]]]
"""The names of the fields, the heads of the columns, and the rows."""


def _events(ledger: Any, key: str) -> Table:
    from vidc.ledger import who

    rows: list[tuple[str, ...]] = []
    for event in ledger.history(ledger.find(key).key):
        what = who.shown(event.detail) if event.event in ("claim", "lost") else event.detail
        rows.append((event.moment, event.event, event.became, what))
    return ("moment", "event", "became", "detail"), ("WHEN (UTC)", "EVENT", "STATE", "WHAT"), rows


def _paid(ledger: Any) -> Table:
    from vidc.ledger.paying import paid

    return ("sent", "state", "minutes", "key", "spec"), ("SENT (UTC)", "STATE", "MINUTES", "KEY", "SPEC"), paid(ledger)
