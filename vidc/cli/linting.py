"""linting: lint files and folders and print what was found."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping

from vidc.compile import compile
from vidc.diag.result import Result
from vidc.ir.tree import Node
from vidc.project import MAX_BYTES, CannotRead, decoded, load, reader, specs_below
from vidc.source import Source

from .end import DONE, ERRORS, USAGE, WORLD, complain
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
    sources, code = read_all(paths, root)
    results = []
    for source in sources:
        made = compile(source, given=given, read=reader(root), draft=True, strict=strict, allowances=allowances)
        results.append(Result(source.path, source, made.findings))
    if results or format != "text":
        # A machine asks of each file whether it is sound; a person wants to read each mistake once.
        seen = _once(results) if format in ("text", "concise", "github") else results
        write(render(seen, format, notes=notes, color=color))
    return ERRORS if any(finding.severity == "error" for result in results for finding in result.findings) else code


def _once(results: list[Result]) -> list[Result]:
    """Each finding where it is first: what is wrong in a file is found again wherever that is included."""
    if len(results) < 2:
        return results
    seen: set[tuple[str, str, int, int, str]] = set()
    kept: list[Result] = []
    for result in results:
        fresh = []
        for finding in result.findings:
            span = finding.span
            key = (finding.name, span.source.file, span.start, span.end, finding.words.message)
            if key not in seen or not span.source.file:
                seen.add(key)
                fresh.append(finding)
        kept.append(Result(result.file, result.source, fresh))
    return kept


def read_all(paths: Iterable[str], root: str | None) -> tuple[list[Source], int]:
    """The texts of files, each once, and of the specs in folders; and the exit code of what could not be read."""
    sources: list[Source] = []
    code = DONE
    seen: set[str] = set()
    for path in paths:
        try:
            files = _files(path)
        except CannotRead as error:
            complain(str(error))
            code = WORLD
            continue
        if not files:
            where = "" if path == "." else f" in {path}"
            complain(f"no specs found{where}: they are named *.vidc.yaml, *.vidc.yml or *.vidc.json")
            code = code or USAGE
        for file in files:
            same = file if file == "-" else os.path.realpath(file)
            if same in seen:
                continue
            seen.add(same)
            try:
                sources.append(read(file, root))
            except CannotRead as error:
                complain(str(error))
                code = WORLD
    return sources, code


def _files(path: str) -> list[str]:
    """The files that are meant: a folder stands for the specs below it."""
    return list(specs_below(path)) if path != "-" and os.path.isdir(path) else [path]


def read(path: str, root: str | None = None) -> Source:
    """A file's text, or standard input's for `-`."""
    if path != "-":
        return load(path, root)
    if sys.stdin is None:
        raise CannotRead("standard input", "it is closed")
    try:
        content = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise CannotRead("standard input", error.strerror or str(error)) from error
    return Source("<stdin>", decoded(content, "standard input"))
