"""`vidc listen`."""

from __future__ import annotations

import click

from vidc.diag.sink import brief

from . import service_options
from .end import DONE, complain


@click.command(epilog="Example:  vidc listen --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; a proxy stands before it.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one.")
@service_options.ledger
@service_options.service
@service_options.guarded
def command(host: str, port: int, ledger: str | None, url: str | None, token_file: str | None) -> int:
    """Take the service's callbacks and note what became of jobs.

    A job's `callback` must lead here. Only callbacks that carry this ledger's mark are heeded (VIDC_CALLBACK_KEY, or
    the ledger's own key); where there is a token, the service itself is asked whether they are true.
    """
    from vidc.ledger.ledger import open_ledger
    from vidc.ledger.listen import server
    from vidc.ledger.place import ledger_address

    def say(line: str) -> None:
        click.echo(brief(line))

    with (
        service_options.opened(ledger),
        service_options.client_if_any(url, token_file) as client,
        server(host, port, lambda: open_ledger(ledger_address(ledger)), client, say) as made,
    ):
        complain(f"listening on http://{host}:{made.server_port}; Ctrl-C stops it")
        made.serve_forever()
    return DONE
