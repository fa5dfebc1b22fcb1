"""`vidc wait`."""

from __future__ import annotations

import click

from . import service_options, wait_showing


@click.command(epilog="Example:  vidc wait --deadline 30m")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@wait_showing.deadline
@service_options.ledger
@service_options.service
@service_options.guarded
def command(keys: tuple[str, ...], deadline: float, ledger: str | None, url: str | None, token_file: str | None) -> int:
    """Wait until videos are there.

    KEY as `vidc status` shows it; all that are submitted if none is given. What the deadline leaves is not forgotten:
    the same command goes on. Ends with 3 where a job failed, was deleted, or is still being made.
    """
    with service_options.opened(ledger) as book, service_options.client(url, token_file) as client:
        rows = [book.find(key) for key in keys] if keys else book.intents()
        wanted = [row.key for row in rows if row.service == client.service.url]
        return wait_showing.wait_for(book, client, wanted, deadline)
