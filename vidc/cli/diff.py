"""`vidc diff`."""

from __future__ import annotations

import sys

import click

from vidc.ir.tree import Node
from vidc.project import CannotRead
from vidc.review.compare import SpecChange, compare
from vidc.review.history import Commit, NoHistory
from vidc.review.versions import brings_names, compiler, of_files, paid_for, since

from . import options
from .end import DONE, ERRORS, WORLD, complain
from .linting import facts_for
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
@options.exclude
@options.variables
@options.root
@options.color
@options.isolated
def command(
    paths: tuple[str, ...],
    base: str | None,
    format: str,
    exclude: tuple[str, ...],
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
    isolated: bool,
) -> int:
    """Say what changes for those who watch the video, and how many minutes would be paid again.

    Compare two files, OLD and NEW, or with --git the specs at or below PATH (here, where there is none) with a commit
    or branch. Scenes are matched by their name, tracks by their referenceId, else by what is in them. What is in the
    lock is not paid again. Required variables without a value take their example. Of a file with errors, these are
    said.
    """
    if base is None and len(paths) != 2:
        raise click.UsageError("name two files, OLD and NEW, or a commit with --git.")
    compiled = compiler(given, facts_for(isolated, root))
    unread: list[CannotRead] = []
    try:
        if base is None:
            versions = [of_files(paths[0], paths[1], compiled, root)]
        else:
            versions, unread = since(Commit(base), paths or (".",), compiled, root, exclude)
    except NoHistory as error:
        complain(str(error))
        return WORLD
    for trouble in unread:
        complain(str(trouble))
    known = frozenset[str]() if isolated else paid_for(root or ".")
    parts = [one for version in versions for one in (version.new, version.old) if one is not None and brings_names(one)]
    if parts:
        complain(f"{parts[0].source.path} only brings names to files that include it: compare one of those")
    changes = [] if parts else [compare(version, known) for version in versions]
    if changes or not (parts or unread):
        _show(changes, format, color)
    if parts or any(change.has for change in changes):
        return ERRORS
    return WORLD if unread else DONE


def _show(changes: list[SpecChange], format: str, color: bool | None) -> None:
    from vidc.review import difference

    shown = changes if len(changes) == 1 else [change for change in changes if change.kind != "same"]
    if format == "json":
        from vidc.diag.as_json import dumped

        write(dumped(difference.as_data(changes)) + "\n")
    elif format == "markdown":
        write(difference.as_markdown(shown))
    else:
        painted = wants_color(sys.stdout) if color is None else color
        write(difference.as_text(shown, columns(sys.stdout), painted))
