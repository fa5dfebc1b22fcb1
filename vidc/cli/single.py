"""single: the one spec that a path means: a file, or a folder that has one video."""

from __future__ import annotations

import os

import click

from vidc.compile import read_tree
from vidc.diag.result import counted
from vidc.diag.sink import clean
from vidc.ir.form import is_part
from vidc.project import ENDINGS, CannotRead, load, specs_below

MOST_NAMED = 10
MOST_READ = 20
"""Limit: of more specs nobody looks which are videos."""


def single(path: str, root: str | None = None) -> str:
    """The file that is meant; of a folder that is its only spec, or the only one that does more than bring names to
    others. Raises `CannotRead` where a folder has none, `UsageError` where it has several."""
    if path == "-" or not os.path.isdir(path):
        return path
    found = list(specs_below(path, root))
    files = [file for file in found if isinstance(file, str)]
    for error in found:
        if not isinstance(error, str):
            raise error
    if 1 < len(files) <= MOST_READ:
        files = [file for file in files if not _brings_names(file, root)] or files
    if len(files) == 1:
        return files[0]
    if not files:
        raise CannotRead(path, f"it is a folder without specs, which are named *{', *'.join(ENDINGS)}")
    named = ", ".join(map(clean, files[:MOST_NAMED]))
    more = f" and {len(files) - MOST_NAMED} more" if len(files) > MOST_NAMED else ""
    said = f"{clean(path)} is a folder with {counted(len(files), 'spec')}; name one of them: {named}{more}."
    raise click.UsageError(said)


def _brings_names(file: str, root: str | None) -> bool:
    tree, _ = read_tree(load(file, root))
    return tree is not None and is_part(tree)
