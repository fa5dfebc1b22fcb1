"""`vidc delete`."""

from __future__ import annotations

import click

from vidc.diag.sink import brief

from . import service_options
from .end import DONE, INTERRUPTED


@click.command(epilog="Example:  vidc delete 3f0c --yes")
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@service_options.ledger
@service_options.service
@service_options.guarded
def command(key: str, yes: bool, ledger: str | None, url: str | None, token_file: str | None) -> int:
    """Delete a finished video at the service.

    KEY as `vidc status` shows it. Making it again is paid for again, and needs --again.
    """
    from vidc.ledger.place import lock_path
    from vidc.ledger.undoing import check_delete, delete_video

    with service_options.opened(ledger) as book, service_options.client(url, token_file) as client:
        row = book.find(key)
        check_delete(row, client)
        question = f"Delete video {row.video_id} of {row.spec}? Making it again is paid for again."
        if not service_options.confirmed(brief(question), yes):
            return INTERRUPTED
        delete_video(book, client, row, lock_path(client.service.url))
    click.echo(brief(f"{row.key}  deleted  video {row.video_id}"))
    return DONE
