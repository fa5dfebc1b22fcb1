"""linting: lint files and folders and print what was found."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from vidc.compile import Compiled, compile
from vidc.diag.result import Result
from vidc.ir.facts import NOTHING, Facts
from vidc.ir.tree import Node
from vidc.project import MAX_BYTES, CannotRead, decoded, is_configured, load, reader, root_of, same, specs_below
from vidc.source import Source

from .end import DONE, ERRORS, USAGE, WORLD, complain, failed
from .printing import render, write

HELD = 32_000_000
"""Limit: so many characters of texts with findings are kept until these are shown; more are read again then."""


def has_configuration() -> bool:
    """Whether the project around this folder has one."""
    try:
        found = root_of(".")
        return os.path.lexists(os.path.join(found, "vidc.toml")) or is_configured(found)
    except OSError:  # the folder is gone; what is read next says so
        return False


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
    isolated: bool = False,
    exclude: Sequence[str] = (),
    sift: Callable[[list[Result]], list[Result]] | None = None,
) -> int:
    """Lint files, folders (searched) and `-` (standard input).

    `color`: None asks the terminal. `isolated`: without the project's lock. `exclude`: patterns of files in folders to
    pass over. `sift`: what of the results is shown.
    """
    sources = Sources(paths, root, exclude)
    results = []
    held = 0
    looked: list[tuple[Result, list[str]]] = []
    compiled = partial(
        compile,
        given=given,
        read=reader(root),
        facts=facts_for(isolated, root),
        draft=True,
        strict=strict,
        allowances=allowances,
    )
    for source, made in _each(sources, compiled):
        results.append(Result(source.path, source if made.findings else None, made.findings))
        if given and made.root is not None:
            looked.append((results[-1], [one.file for one in made.sources if one is not source]))
        held += sum(len(one.text) for one in made.sources) if made.findings else 0
        if held > HELD:
            from .texts import forget

            forget(made.sources)
        del made  # before the next file: both together may be more than there is room for
    if given:
        from vidc.diag.undeclared import held_together, name_before

        results = held_together(results, looked, {name: name_before(name, node.span) for name, node in given.items()})
    if sift is not None:
        results = sift(results)
    if results or format != "text":
        # A machine asks of each file whether it is sound; a person wants to read each mistake once.
        seen = _once(results) if format in ("text", "concise", "github") else results
        write(render(seen, format, notes=notes, color=color))
    errors = any(finding.severity == "error" for result in results for finding in result.findings)
    return ERRORS if errors else sources.code


def _each(sources: Sources, compiled: Callable[[Source], Compiled]) -> Iterator[tuple[Source, Compiled]]:
    """What each text compiles to; of one that could not be compiled it is told why."""
    for source in sources:
        try:
            yield source, compiled(source)
        except OSError as error:  # there is no process for its templates
            complain(f"{error.filename}: {error.strerror}")
            sources.code = WORLD
        except Exception as error:  # a mistake of ours in one file takes no other file with it
            complain(failed(error, source.path))
            sources.code = WORLD


def facts_for(isolated: bool, start: str | None) -> Facts:
    """What the project around a file or folder (here, where none is named) learned before; nothing where that is to be
    ignored, and nothing is loaded for what is not there."""
    start = start or "."
    found = root_of(start if os.path.isdir(start) else os.path.dirname(start) or ".")
    if isolated or not any(os.path.lexists(os.path.join(found, name)) for name in ("vidc.lock", ".vidc")):
        return NOTHING
    from vidc.colossyan.facts import known_facts

    return known_facts(found)


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


class Sources:
    """The texts of files, each once, and of the specs in folders: one is read when the one before it is done with.

    `code`: the exit code of what could not be read up to then; `says`: where that is told.
    """

    def __init__(
        self,
        paths: Iterable[str],
        root: str | None,
        exclude: Sequence[str] = (),
        says: Callable[[str], None] = complain,
    ) -> None:
        self.paths = paths
        self.root = root
        self.exclude = exclude
        self.says = says
        self.code = DONE

    def __iter__(self) -> Iterator[Source]:
        seen: set[str] = set()
        for path in self.paths:
            for file in self._files(path):
                one = file if file == "-" else same(file)
                if one in seen:
                    continue
                seen.add(one)
                try:
                    yield read(file, self.root)
                except CannotRead as error:
                    self._complain(error)

    def _files(self, path: str) -> list[str]:
        """The files that are meant: a folder stands for the specs below it."""
        if path == "-" or not os.path.isdir(path):
            return [path]
        where = "" if path == "." else f" in {path}"
        found = list(specs_below(path, self.root))
        files = [file for file in found if isinstance(file, str)]
        if self.exclude:
            from vidc.config import excludes

            top = self.root or root_of(".")
            kept = [file for file in files if not excludes(self.exclude, file, top)]
            if files and not kept:
                from .configured import given_by

                said = "the only spec" if len(files) == 1 else f"all {len(files)} specs"
                self.says(f"{said}{where} {'is' if len(files) == 1 else 'are'} excluded, by {given_by('exclude')}")
            files = kept
        for error in found:
            if not isinstance(error, str):
                self._complain(error)
        if not found:
            self.says(f"no specs found{where}: they are named *.vidc.yaml, *.vidc.yml or *.vidc.json")
            self.code = self.code or USAGE
        return files

    def _complain(self, error: CannotRead) -> None:
        self.says(str(error))
        self.code = WORLD


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
