"""place: where a project keeps its lock and its ledger."""

from __future__ import annotations

import os
from collections.abc import Iterable

from vidc import lock as locks
from vidc.colossyan.service import is_here
from vidc.project import is_configured, root_of
from vidc.whole import write_whole

from .errors import Refused

FOLDER = ".vidc"
"""Beside the project's root; not for git, which the file `.gitignore` in it says."""
LEDGER = os.path.join(FOLDER, "ledger.db")


def lock_path(service: str, start: str = ".") -> str:
    """The project's lock; for a service on this machine one that stays here, since its voices are not the real ones."""
    root = root_of(start)
    if is_here(service):
        return os.path.join(root, FOLDER, "local.lock")
    return os.path.join(root, locks.NAME)


def known_lock(service: str, start: str = ".") -> locks.Lock:
    """What the lock knows; for a service on this machine with the lengths of media too, which are the same there."""
    path, shared = lock_path(service, start), os.path.join(root_of(start), locks.NAME)
    known = locks.read(path)
    return known if path == shared else locks.added(known, locks.read(shared).media.values())


def ledger_address(given: str | None, start: str = ".") -> str:
    """The address that was given, or the file in the project. `Refused` where nothing says that this folder is one, and
    one above it has a ledger, which may know of its jobs."""
    if given:
        return given
    root = os.path.realpath(root_of(start))
    above = [] if _is_project(root) else _folders_above(root)
    for folder in above:
        if os.path.lexists(os.path.join(folder, LEDGER)):
            other = f"let a `vidc.toml` say that {root} is another project"
            raise Refused(f"there is a ledger in {folder}: run this there, or {other}")
    return os.path.join(root_of(start), LEDGER)


def _folders_above(folder: str) -> list[str]:
    found = []
    while (above := os.path.dirname(folder)) != folder:
        found.append(folder := above)
    return found


def is_there(address: str) -> bool:
    """Whether there is a ledger, so that looking makes none; one in PostgreSQL is always."""
    return "://" in address or os.path.exists(address)


def check_home(specs: Iterable[str], start: str = ".") -> None:
    """`Refused` where a spec is of another project, whose own ledger may know that its job was sent."""
    root = os.path.realpath(root_of(start))
    for spec in specs:
        home = os.path.realpath(root_of(os.path.dirname(spec) or "."))
        if home != root and _is_project(home):
            raise Refused(f"these specs belong to {home}: run this there ({spec} is the first)")


def _is_project(root: str) -> bool:
    """Whether a folder says that it is a project's root; one that says nothing belongs to where you are."""
    marks = ("vidc.toml", ".git", LEDGER)
    return any(os.path.lexists(os.path.join(root, mark)) for mark in marks) or is_configured(root)


def folder(root: str) -> str:
    """The project's own folder, made where it is not there."""
    path = os.path.join(root, FOLDER)
    os.makedirs(path, mode=0o700, exist_ok=True)
    ignore = os.path.join(path, ".gitignore")
    if not _has_text(ignore):
        write_whole(ignore, "*\n")
    return path


def _has_text(path: str) -> bool:
    try:
        return os.path.getsize(path) > 0
    except FileNotFoundError:
        return False
