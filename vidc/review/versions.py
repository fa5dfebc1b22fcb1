"""versions: specs before and after: two files, or those of a commit and of the work tree."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from vidc import lock
from vidc.compile import Compiled, Reader, compile
from vidc.config import excludes
from vidc.diag.finding import Finding
from vidc.ir.facts import NOTHING, Facts
from vidc.ir.form import is_part
from vidc.ir.tree import Node
from vidc.passes.emit import emit
from vidc.project import CannotRead, load, reader, root_of, specs_below
from vidc.record import record
from vidc.source import Source

from .history import Commit
from .matching import match
from .words import share_of_words, word_set

Compile: TypeAlias = Callable[[Source, Reader], Compiled]


@record
class Version:
    """One file, before and after; None where it is not there. `was`: its name before, where that differs.
    `shared`: its job is that of a file of before, or of one that comes before it, so it is not paid by itself."""

    file: str
    old: Compiled | None
    new: Compiled | None
    was: str = ""
    shared: bool = False


def compiler(given: Mapping[str, Node], facts: Facts = NOTHING) -> Compile:
    """How both versions are compiled: with the same values, and what is known by now."""
    return lambda source, read: compile(source, given=given, read=read, facts=facts, draft=True)


def of_files(old: str, new: str, compiled: Compile, root: str | None) -> Version:
    """Two files, whatever they are called. Either may be missing: /dev/null stands for no file, as git has it."""
    made = [None if path == os.devnull else compiled(load(path, root), reader(root)) for path in (old, new)]
    return Version(old if new == os.devnull else new, made[0], made[1])


def since(
    commit: Commit, paths: tuple[str, ...], compiled: Compile, root: str | None, exclude: Sequence[str] = ()
) -> tuple[list[Version], list[CannotRead]]:
    """The specs at or below some paths, as they were in a commit and as they are now, by path; and what cannot be
    read. What only brings names to others is no spec, and shows where it is included. `exclude`: patterns of files in
    folders to pass over."""
    found: list[Version] = []
    unread: list[CannotRead] = []
    for file in sorted(set().union(*(_files(commit, path, root, exclude, unread) for path in paths))):
        try:
            before = commit.read(file)
            now = load(file, root) if os.path.lexists(file) else None
        except CannotRead as error:
            unread.append(error)
            continue
        new = None if now is None else _spec(compiled(now, reader(root)))
        if _is_untouched(before, now):
            old = new
        else:
            old = None if before is None else _spec(compiled(before, commit.reader()))
        if old is not None or new is not None:
            found.append(Version(file, old, new))
    return _shared(_paired(found)), unread


def _is_untouched(before: Source | None, now: Source | None) -> bool:
    """Whether a file says what it said, and no other may say something else for it."""
    return before is not None and now is not None and before.text == now.text and "include" not in now.text


def _files(commit: Commit, path: str, root: str | None, exclude: Sequence[str], unread: list[CannotRead]) -> set[str]:
    """The specs at or below a path, then and now."""
    now: list[str] = [path] if os.path.lexists(path) and not os.path.isdir(path) else []
    for one in specs_below(path) if os.path.isdir(path) else ():
        if isinstance(one, CannotRead):
            unread.append(one)
        else:
            now.append(one)
    then = commit.specs(path)
    if not now and not then and not unread:
        raise CannotRead(path, "there are no specs, neither now nor in that commit")
    top = root or root_of(".")
    return {os.path.relpath(one) for one in (*now, *then) if one == path or not excludes(exclude, one, top)}


def _spec(made: Compiled) -> Compiled | None:
    return None if brings_names(made) else made


def brings_names(made: Compiled) -> bool:
    """Whether a file only brings names to those that include it."""
    return made.root is not None and is_part(made.root)


def _paired(versions: list[Version]) -> list[Version]:
    """A file that is gone and one that has come, which make the same job or say nearly the same, are one that was
    renamed."""
    gone = [one for one in versions if one.new is None]
    come = [one for one in versions if one.old is None]
    pairs = match(gone, come, lambda _: None, fingerprint_of, _words, share_of_words)
    renamed = {come[b].file: gone[a] for a, b in pairs}
    left = {one.file for one in renamed.values()}
    kept = [one for one in versions if one.file not in left]
    return [
        Version(one.file, renamed[one.file].old, one.new, renamed[one.file].file) if one.file in renamed else one
        for one in kept
    ]


def _shared(versions: list[Version]) -> list[Version]:
    """With those marked whose job is that of another file."""
    there = {_job_of(one.old) for one in versions}
    found = []
    for one in versions:
        job = _job_of(one.new)
        shared = bool(job) and job in there
        there.add(job)
        found.append(Version(one.file, one.old, one.new, one.was, shared))
    return found


def _job_of(made: Compiled | None) -> str:
    return "" if errors_of(made) else fingerprint(made)


def fingerprint_of(version: Version) -> str:
    made = version.old or version.new
    return fingerprint(made) or version.file


def fingerprint(made: Compiled | None) -> str:
    """Of the job that it makes, or would make if all its variables had values; empty where there is none."""
    return "" if made is None or made.spec is None else emit(made.spec).fingerprint()


def _words(version: Version) -> frozenset[str]:
    return word_set(_script(version.old or version.new))


def _script(made: Compiled | None) -> str:
    """All that is written in a video, and what its scenes are called."""
    scenes = made.spec.scenes if made is not None and made.spec is not None else []
    return " ".join(word for one in scenes for word in (one.name or "", *(track.text or "" for track in one.tracks)))


def paid_for(folder: str) -> frozenset[str]:
    """The fingerprints of jobs of which the project's lock has a video."""
    path = os.path.join(root_of(folder), lock.NAME)
    return frozenset(lock.read(path).videos) if os.path.exists(path) else frozenset()


def errors_of(made: Compiled | None) -> tuple[Finding, ...]:
    return tuple(one for one in made.findings if one.severity == "error") if made is not None else ()
