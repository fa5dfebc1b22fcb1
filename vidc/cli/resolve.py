"""`vidc resolve`."""

from __future__ import annotations

import click

from . import service_options
from .end import DONE


@click.command(epilog="Example:  vidc resolve 3f0c --adopt 6650c2f1 6650c2f2")
@click.argument("key")
@click.option("--adopt", nargs=2, metavar="JOB_ID VIDEO_ID", help="This is the job that it became.")
@click.option("--assume-not-sent", is_flag=True, help="It never arrived: it may be sent again.")
@service_options.ledger
@service_options.service
@service_options.guarded
def command(
    key: str,
    adopt: tuple[str, str] | None,
    assume_not_sent: bool,
    ledger: str | None,
    url: str | None,
    token_file: str | None,
) -> int:
    """Settle what may have been sent or not.

    KEY as `vidc status` shows it. Look into the workspace first: where the job is there, --adopt takes it on, once the
    service has said that it knows it. Where it is not, --assume-not-sent lets `vidc apply` of its plan send it again;
    if it was there all the same, it is paid for twice. --adopt also takes on a job that the service had lost sight of,
    and was taken for deleted, and one that only a callback told of.
    """
    if (adopt is None) == (not assume_not_sent):
        raise click.UsageError("say either --adopt JOB_ID VIDEO_ID or --assume-not-sent.")
    from vidc.ledger.adopting import adopt as adopt_job

    with service_options.opened(ledger) as book:
        row = book.find(key)
        if adopt is None:
            book.assume_not_sent(row.key)
            click.echo(f"{row.key}  planned  `vidc apply` of its plan, or a new one, sends it")
            return DONE
        with service_options.client(url, token_file) as client:
            adopt_job(book, client, row, *adopt)
    click.echo(f"{row.key}  submitted  job {adopt[0]}")
    return DONE
