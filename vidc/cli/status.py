"""`vidc status`."""

from __future__ import annotations

import click

from . import service_options, status_table
from .end import DONE, WORLD, complain
from .printing import write


@click.command(epilog="Example:  vidc status")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.option("--offline", is_flag=True, help="Say what the ledger knows; do not ask the service.")
@service_options.ledger
@service_options.service
@service_options.guarded
def command(
    keys: tuple[str, ...], as_json: bool, offline: bool, ledger: str | None, url: str | None, token_file: str | None
) -> int:
    """Show what was sent and where it stands.

    KEY is the first column, or its beginning, or the id of a job or a video; all if none is given. What is submitted
    is asked for once; ends with 3 where the service did not answer.
    """
    troubles: list[str] = []
    with service_options.opened_if_any(ledger) as book:
        if book is None:
            write("[]\n" if as_json else "nothing was sent from here\n")
            return DONE
        rows = [book.find(key) for key in keys] if keys else book.intents()
        if not offline:
            with service_options.client_if_any(url, token_file, looking=True) as client:
                if client is not None:
                    troubles = status_table.refresh(book, client, rows)
        rows = [book.row(row.key) for row in rows]
        write(status_table.as_json(rows) if as_json else status_table.as_text(rows))
    for trouble in troubles:
        complain(trouble)
    if troubles:
        complain("what is shown is what the ledger knew; --offline does not ask")
    return WORLD if troubles else DONE
