"""`vidc lint`."""

from __future__ import annotations

from typing import Any

import click

from vidc.ir.tree import Node

from . import options
from .linting import Sources, lint_files


@click.command(epilog="Example:  vidc lint --strict --format github videos/")
@click.argument("paths", nargs=-1, type=options.FILE, metavar="[PATH]...")
@click.option("--format", type=click.Choice(options.FORMATS), default="text", show_default=True, help="How to print.")
@click.option("--notes", is_flag=True, help="Show notes too.")
@click.option("--fix", is_flag=True, help="Make the repairs that need no choice.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--baseline", type=options.FILE, metavar="FILE", help="Show only what is not in this file.")
@click.option("--write-baseline", is_flag=True, help="Write what is found to the baseline.")
@options.exclude
@click.option("--watch", is_flag=True, help="Lint again whenever a file changes.")
@options.strict
@options.variables
@options.root
@options.color
@options.isolated
def command(
    paths: tuple[str, ...],
    format: str,
    notes: bool,
    fix: bool,
    diff: bool,
    baseline: str | None,
    write_baseline: bool,
    watch: bool,
    given: dict[str, Node],
    root: str | None,
    **rest: Any,
) -> int:
    """Say what is wrong in specs, with place, reason and repair.

    PATH is a file, a folder to search for specs, or - for standard input; the folder you are in if none is given.
    Required variables without a value take their example.
    """
    where = paths or (".",)
    exclude = rest["exclude"]
    if write_baseline and baseline is None:
        raise click.UsageError("name the file to write: --baseline FILE --write-baseline.")
    if (fix or diff or watch) and "-" in where:
        raise click.UsageError("standard input can be linted, neither fixed nor watched.")
    if diff:
        from .fixing import compiler, show_fixes

        return show_fixes(Sources(where, root, exclude), compiler(given, root, rest["isolated"]))

    def once() -> int:
        from .known import sifted

        if fix:
            from .fixing import compiler, fix_files

            unsaid = Sources(where, root, exclude, lambda _: None)  # the lint says what cannot be read
            fix_files(unsaid, compiler(given, root, rest["isolated"]))
        sift = None if baseline is None else sifted(baseline, write_baseline)
        return lint_files(where, format=format, notes=notes, given=given, root=root, sift=sift, **rest)

    if not watch:
        return once()
    from .watching import watched

    return watched(where, once)
