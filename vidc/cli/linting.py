"""linting: lint files and folders and print what was found."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping

from vidc.compile import compile
from vidc.diag.result import Result
from vidc.ir.tree import Node
from vidc.project import CannotRead, decoded, load, reader, specs_below
from vidc.source import Source

from .end import DONE, ERRORS, WORLD, complain
from .printing import render, write


def lint_files(
    paths: Iterable[str],
    *,
    format: str = "text",
    notes: bool = False,
    strict: bool = False,
    allowances: bool = True,
    color: bool | None = None,
    root: str | None = None,
    given: Mapping[str, Node] | None = None,
) -> int:
    """Lint files, folders (searched) and `-` (standard input). `color`: None asks the terminal."""
    results: list[Result] = []
    failed = False
    for path in found(paths):
        try:
            source = read(path, root)
        except CannotRead as error:
            complain(str(error))
            failed = True
            continue
        made = compile(source, given=given, read=reader(root), draft=True, strict=strict, allowances=allowances)
        results.append(Result(source.path, source, made.findings))
    if not results and not failed:
        complain("no specs found: they are named *.vidc.yaml, *.vidc.yml or *.vidc.json")
    if results or not failed:
        write(render(results, format, notes=notes, color=color))
    if failed:
        return WORLD
    return ERRORS if any(finding.severity == "error" for result in results for finding in result.findings) else DONE


def found(paths: Iterable[str]) -> Iterator[str]:
    """The files that are meant: a folder stands for the specs below it."""
    for path in paths:
        if path != "-" and os.path.isdir(path):
            yield from specs_below(path)
        else:
            yield path


def read(path: str, root: str | None = None) -> Source:
    """A file's text, or standard input's for `-`."""
    if path == "-":
        return Source("<stdin>", decoded(sys.stdin.buffer.read(), "standard input"))
    return load(path, root)
