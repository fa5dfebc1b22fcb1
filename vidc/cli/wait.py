"""`vidc wait`."""

from __future__ import annotations

import click

from . import service_options, wait_showing
from .end import DONE, complain

OPEN = frozenset(("planned", "sending", "submitted", "unknown"))
"""States that are not an end."""


@click.command(epilog="Example:  vidc wait --deadline 30m")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@wait_showing.deadline
@service_options.ledger
@service_options.service
@service_options.guarded
def command(keys: tuple[str, ...], deadline: float, ledger: str | None, url: str | None, token_file: str | None) -> int:
    """Wait until videos are there.

    KEY as `vidc status` shows it; all that are not at their end if none is given. What the deadline leaves is not
    forgotten: the same command goes on. Ends with 3 where a job failed, was deleted, is still being made or was not
    sent, and with 4 where it is unknown whether it was sent.
    """
    from vidc.ledger.undoing import check_service

    with service_options.opened(ledger) as book, service_options.client(url, token_file) as client:
        if keys:
            rows = [book.find(key) for key in keys]
            for row in rows:
                check_service(row, client)
        else:
            rows = [row for row in book.intents() if row.state in OPEN and row.service == client.service.url]
        if not rows:
            complain("there is nothing to wait for")
        before = max((wait_showing.passed_over(row) for row in rows if row.state != "submitted"), default=DONE)
        return max(before, wait_showing.wait_for(book, client, [row.key for row in rows], deadline))
