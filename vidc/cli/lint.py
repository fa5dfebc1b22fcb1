"""`vidc lint`."""

from __future__ import annotations

import click

from vidc.ir.tree import Node

from . import options
from .linting import lint_files


@click.command(epilog="Example:  vidc lint --strict --format github videos/")
@click.argument("paths", nargs=-1, type=options.FILE, metavar="[PATH]...")
@click.option("--format", type=click.Choice(options.FORMATS), default="text", show_default=True, help="How to print.")
@click.option("--notes", is_flag=True, help="Show notes too.")
@options.strict
@options.variables
@options.root
@options.color
def command(
    paths: tuple[str, ...],
    format: str,
    notes: bool,
    strict: bool,
    allowances: bool,
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
) -> int:
    """Say what is wrong in specs, with place, reason and repair.

    PATH is a file, a folder to search for specs, or - for standard input; the folder you are in if none is given.
    Required variables without a value take their example.
    """
    return lint_files(
        paths or (".",),
        format=format,
        notes=notes,
        strict=strict,
        allowances=allowances,
        color=color,
        root=root,
        given=given,
    )
