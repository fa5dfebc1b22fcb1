"""`vidc cancel`."""

from __future__ import annotations

import click

from vidc.diag.sink import brief

from . import service_options
from .end import DONE, INTERRUPTED


@click.command(epilog="Example:  vidc cancel 3f0c --yes")
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@service_options.ledger
@service_options.service
@service_options.guarded
def command(key: str, yes: bool, ledger: str | None, url: str | None, token_file: str | None) -> int:
    """Stop a job that is not finished, or take back one that was not sent.

    KEY as `vidc status` shows it. The service stops and deletes the job; it does not say whether that is paid for all
    the same. Making it again needs --again.
    """
    from vidc.ledger.place import lock_path
    from vidc.ledger.undoing import cancel, check_cancel, looked_at

    with service_options.opened(ledger) as book:
        row = book.find(key)
        if row.state == "planned":
            book.withdraw(row.key)
            click.echo(f"{row.key}  withdrawn  it was never sent")
            return DONE
        with service_options.client(url, token_file) as client:
            row = looked_at(book, client, row, lock_path(client.service.url))
            check_cancel(row, client)
            question = f"Stop and delete job {row.job_id} of {row.spec}? It may be paid for all the same."
            if not service_options.confirmed(brief(question), yes):
                return INTERRUPTED
            cancel(book, client, row)
    click.echo(brief(f"{row.key}  deleted  job {row.job_id}"))
    return DONE
