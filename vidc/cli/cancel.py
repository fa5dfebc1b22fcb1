"""`vidc cancel`."""

from __future__ import annotations

import click

from . import service_options
from .end import DONE


@click.command(epilog="Example:  vidc cancel 3f0c")
@click.argument("key")
@service_options.ledger
@service_options.service
@service_options.guarded
def command(key: str, ledger: str | None, url: str | None, token_file: str | None) -> int:
    """Stop a job that is not finished, or take back one that was not sent.

    KEY as `vidc status` shows it. The service stops and deletes the job. It does not say whether it is paid for.
    """
    from vidc.ledger.undoing import cancel

    with service_options.opened(ledger) as book:
        row = book.find(key)
        if row.state == "planned":
            book.withdraw(row.key)
            click.echo(f"{row.key}  withdrawn  it was never sent")
            return DONE
        with service_options.client(url, token_file) as client:
            cancel(book, client, row)
    click.echo(f"{row.key}  deleted  job {row.job_id}")
    return DONE
