"""place: where a project keeps its lock and its ledger."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from vidc import lock as locks
from vidc.colossyan.service import is_local
from vidc.project import root_of

FOLDER = ".vidc"
"""Beside the project's root; not for git, which the file `.gitignore` in it says."""


def lock_path(service: str, start: str = ".") -> str:
    """The project's lock; for a service on this machine one that stays here, since its voices are not the real ones."""
    root = root_of(start)
    if is_local(urlsplit(service).hostname or ""):
        return os.path.join(root, FOLDER, "local.lock")
    return os.path.join(root, locks.NAME)


def known_lock(service: str, start: str = ".") -> locks.Lock:
    """What the lock knows; for a service on this machine with the lengths of media too, which are the same there."""
    path, shared = lock_path(service, start), os.path.join(root_of(start), locks.NAME)
    known = locks.read(path)
    return known if path == shared else locks.added(known, locks.read(shared).media.values())


def ledger_address(given: str | None, start: str = ".") -> str:
    """The address that was given, or the file in the project."""
    return given or os.path.join(root_of(start), FOLDER, "ledger.db")


def is_there(address: str) -> bool:
    """Whether there is a ledger, so that looking makes none; one in PostgreSQL is always."""
    return "://" in address or os.path.exists(address)


def folder(root: str) -> str:
    """The project's own folder, made where it is not there."""
    path = os.path.join(root, FOLDER)
    os.makedirs(path, mode=0o700, exist_ok=True)
    ignore = os.path.join(path, ".gitignore")
    if not os.path.exists(ignore):
        with open(ignore, "w", encoding="utf-8") as file:
            file.write("*\n")
    return path
