"""`vidc measure`."""

from __future__ import annotations

import os

import click

from vidc.diag.sink import brief
from vidc.ir.tree import Node
from vidc.project import root_of

from . import options, service_options, showing
from .end import DONE, WORLD, complain


@click.command(epilog="Example:  vidc measure videos/")
@click.argument("specs", nargs=-1, type=options.FILE, metavar="[SPEC]...")
@click.option("--refresh", is_flag=True, help="Measure what the lock knows already too.")
@options.exclude
@options.variables
@options.root
@options.color
@service_options.guarded
def command(
    specs: tuple[str, ...],
    refresh: bool,
    exclude: tuple[str, ...],
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
) -> int:
    """Measure how long videos and recordings are, and keep that in vidc.lock.

    SPEC is a file or a folder to search; the folder you are in if none is given. Media are fetched: https, from public
    addresses. With their lengths known, lint, timeline and plan are exact where they were not.
    """
    from vidc import lock as locks
    from vidc.clock import show
    from vidc.ledger.measuring import addresses, measured

    made, code = showing.compile_all(specs or (".",), given, root, color, exclude)
    path = os.path.join(root_of("."), locks.NAME)
    for each in made:
        known = {} if refresh else locks.read(path).media
        wanted = [address for address in addresses(each) if address not in known]
        media, failures = measured(wanted)
        if media:
            locks.learn(path, *media)
        for medium in media:
            click.echo(brief(f"{medium.address}  {show(medium.ms)}"))
        for failure in failures:
            complain(failure)
        code = WORLD if failures else code
    return code or DONE
