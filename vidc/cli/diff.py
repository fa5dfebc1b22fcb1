"""`vidc diff`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from vidc.ir.tree import Node
from vidc.record import replace
from vidc.review.compare import SpecChange, compare
from vidc.review.history import Commit, NoHistory
from vidc.review.versions import Version, brings_names, compiler, has_errors, of_files, paid_for, since

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
@options.isolated
def command(
    paths: tuple[str, ...],
    base: str | None,
    format: str,
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
    isolated: bool,
) -> int:
    """Say what changes for those who watch the video, and how many minutes would be paid again.

    Compare two files, OLD and NEW, or with --git the specs at or below PATH (here, where there is none) with a commit
    or branch. Scenes are matched by their name, tracks by their referenceId, else by what is in them. What is in the
    lock is not paid again. Required variables without a value take their example.
    """
    if base is None and len(paths) != 2:
        raise click.UsageError("name two files, OLD and NEW, or a commit with --git.")
    compiled = compiler(given, options.facts_for(isolated, root or "."))
    try:
        if base is None:
            versions = [of_files(paths[0], paths[1], compiled, root)]
        else:
            versions = since(Commit(base), paths or (".",), compiled, root)
    except NoHistory as error:
        complain(str(error))
        return WORLD
    known = frozenset[str]() if isolated else paid_for(root or ".")
    changes, code = _compared(versions, known, color)
    if changes or not code:
        _show(changes, format, color)
    return code


def _compared(versions: Sequence[Version], known: frozenset[str], color: bool | None) -> tuple[list[SpecChange], int]:
    """What differs in the versions that can be compared, and the exit code that the others make."""
    changes: list[SpecChange] = []
    code = DONE
    for version in versions:
        part = next((made for made in (version.new, version.old) if made is not None and brings_names(made)), None)
        if part is not None:
            complain(f"{part.source.path} only brings names to files that include it: compare one of those")
            code = ERRORS
        elif version.new is not None and has_errors(version.new):
            options.show_errors(version.new.findings, version.new.source, color=color)
            code = ERRORS
        elif has_errors(version.old):
            complain(f"{version.was or version.file} had errors before, so it is compared with nothing")
            changes.append(compare(replace(version, old=None, was=""), known))
        else:
            changes.append(compare(version, known))
    return changes, code


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
