"""versions: specs before and after: two files, or those of a commit and of the work tree."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from vidc import lock
from vidc.compile import Compiled, Reader, compile
from vidc.ir.form import is_part
from vidc.ir.tree import Node
from vidc.project import CannotRead, load, reader, root_of, specs_below
from vidc.record import record
from vidc.source import Source

from .history import Commit


@record
class Version:
    """One file, before and after; None where it is not there."""

    file: str
    old: Compiled | None
    new: Compiled | None


def of_files(old: str, new: str, given: Mapping[str, Node], root: str | None) -> Version:
    """Two files, whatever they are called. Either may be missing: /dev/null stands for no file, as git has it."""
    made = [None if path == os.devnull else _compiled(load(path, root), given, reader(root)) for path in (old, new)]
    return Version(old if new == os.devnull else new, made[0], made[1])


def since(commit: Commit, paths: tuple[str, ...], given: Mapping[str, Node], root: str | None) -> Iterator[Version]:
    """The specs at or below some paths, as they were in a commit and as they are now, by path."""
    files: set[str] = set()
    for path in paths:
        now = list(specs_below(path)) if os.path.isdir(path) else [path] if os.path.lexists(path) else []
        then = commit.specs(path)
        if not now and not then:
            raise CannotRead(path, "there are no specs, neither now nor in that commit")
        files |= {os.path.relpath(one) for one in (*now, *then)}
    for file in sorted(files):
        before = commit.read(file)
        old = None if before is None else _compiled(before, given, commit.reader())
        new = _compiled(load(file, root), given, reader(root)) if os.path.lexists(file) else None
        if not any(made is not None and made.root is not None and is_part(made.root) for made in (old, new)):
            yield Version(file, old, new)


def paid_for(folder: str) -> frozenset[str]:
    """The fingerprints of jobs of which the project's lock has a video."""
    path = os.path.join(root_of(folder), lock.NAME)
    return frozenset(lock.read(path).videos) if os.path.exists(path) else frozenset()


def _compiled(source: Source, given: Mapping[str, Node], read: Reader) -> Compiled:
    return compile(source, given=given, read=read, draft=True)


def has_errors(made: Compiled | None) -> bool:
    return made is not None and any(finding.severity == "error" for finding in made.findings)
