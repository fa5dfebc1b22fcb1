"""`vidc diff`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from vidc.ir.tree import Node
from vidc.review.compare import SpecChange, compare
from vidc.review.history import Commit, NoHistory
from vidc.review.versions import Version, has_errors, of_files, paid_for, since

from . import options
from .end import DONE, ERRORS, WORLD, complain
from .printing import columns, wants_color, write


@click.command(epilog="Example:  vidc diff --git origin/main --format markdown")
@click.argument("paths", nargs=-1, type=options.FILE, metavar="[OLD NEW | PATH...]")
@click.option("--git", "base", metavar="BASE", help="Compare the files here with those of this commit.")
@click.option(
    "--format",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    show_default=True,
    help="How to show it.",
)
@options.variables
@options.root
@options.color
def command(
    paths: tuple[str, ...], base: str | None, format: str, given: dict[str, Node], root: str | None, color: bool | None
) -> int:
    """Say what changes for those who watch the video, and how many minutes would be paid again.

    Compare two files, OLD and NEW, or with --git the specs at or below PATH (here, where there is none) with a commit
    or branch. Scenes are matched by their name, tracks by their referenceId, else by what is in them. What is in the
    lock is not paid again. Required variables without a value take their example.
    """
    if base is None and len(paths) != 2:
        raise click.UsageError("name two files, OLD and NEW, or a commit with --git.")
    try:
        versions = _versions(paths, base, given, root)
        return _compared(versions, format, color)
    except NoHistory as error:
        complain(str(error))
        return WORLD


def _versions(paths: tuple[str, ...], base: str | None, given: dict[str, Node], root: str | None) -> Iterable[Version]:
    if base is None:
        return [of_files(paths[0], paths[1], given, root)]
    return since(Commit(base), paths or (".",), given, root)


def _compared(versions: Iterable[Version], format: str, color: bool | None) -> int:
    from vidc.review import difference

    known = paid_for(os.curdir)
    code = DONE
    changes: list[SpecChange] = []
    for version in versions:
        if has_errors(version.new) and version.new is not None:
            options.show_errors(version.new.findings, version.new.source, color=color)
            code = ERRORS
            continue
        if has_errors(version.old):
            complain(f"{version.file} had errors before, so it is compared with nothing")
        changes.append(compare(version.file, None if has_errors(version.old) else version.old, version.new, known))
    shown = changes if len(changes) == 1 else [change for change in changes if change.kind != "same"]
    if format == "json":
        from vidc.diag.as_json import dumped

        write(dumped(difference.as_data(changes)) + "\n")
    elif format == "markdown":
        write(difference.as_markdown(shown))
    else:
        painted = wants_color(sys.stdout) if color is None else color
        write(difference.as_text(shown, columns(sys.stdout), painted))
    return code
