"""`vidc download`."""

from __future__ import annotations

import sys

import click

from . import options, service_options
from .end import DONE, complain
from .printing import CannotWrite


@click.command(epilog="Example:  vidc download 3f0c -o welcome.mp4")
@click.argument("key")
@click.option("-o", "--output", type=options.FILE, metavar="FILE", help="Where to; named after the spec if not given.")
@service_options.ledger
@service_options.service
@service_options.guarded
def command(key: str, output: str | None, ledger: str | None, url: str | None, token_file: str | None) -> int:
    """Download a finished video.

    KEY as `vidc status` shows it. What broke off goes on where it was; the size is verified; the file appears whole or
    not at all.
    """
    from vidc.colossyan.download import download
    from vidc.ledger.fetching import address_of, free_name

    with service_options.opened(ledger) as book, service_options.client(url, token_file) as client:
        row = book.find(key)
        video_url, size = address_of(row, client)
        path = output or free_name(row, size, book)
        try:
            done = download(
                client.service, video_url, path, size, mark=row.key, clock=client.clock, progress=_progress(path)
            )
        except OSError as error:
            raise CannotWrite(path, error.strerror or str(error)) from error
    complain(f"wrote {path}, {_shown(done)}")
    return DONE


def _shown(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.1f} kB"


def _progress(path: str):  # type: ignore[no-untyped-def]  # a `download.Progress`, which is loaded with the command
    live = sys.stderr is not None and sys.stderr.isatty()

    def show(done: int, of: int | None) -> None:
        if live:
            share = f" of {_shown(of)}" if of else ""
            end = "\r" if done != of else "\r\x1b[K"
            sys.stderr.write(f"\r\x1b[K{path}: {_shown(done)}{share}{end}")
            sys.stderr.flush()

    return show
