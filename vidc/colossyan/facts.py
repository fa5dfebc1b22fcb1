"""facts: what a project learned before, for the compiler: its lock, and the actors and voices listed last.

Nothing is loaded for what is not there: a lint asks for these, and pays for no more than its project has.
"""

from __future__ import annotations

import os

from vidc.ir.facts import NOTHING, Facts
from vidc.project import root_of
from vidc.record import replace

_LOCK, _FOLDER = "vidc.lock", ".vidc"
_LISTS = ("actors.json", "voices.json")


def known_facts(start: str = ".") -> Facts:
    """Of the project around a folder. `CannotRead` for a broken lock."""
    root = root_of(start)
    path = os.path.join(root, _LOCK)
    if not os.path.lexists(path):
        return listed_facts(root)
    from vidc.lock import facts, read

    return listed_facts(root, facts(read(path)))


def listed_facts(root: str, locked: Facts = NOTHING) -> Facts:
    """With the names of the actors and voices that the project at a root listed last."""
    return replace(locked, actors=_names(root, "actors.json"), speakers=_names(root, "voices.json"))


def files_of_facts(start: str = ".") -> tuple[str, ...]:
    """The paths of what `known_facts` reads, also where no file is: the lock, the actors, the voices."""
    root = root_of(start)
    return (os.path.join(root, _LOCK), *(os.path.join(root, _FOLDER, name) for name in _LISTS))


def _names(root: str, name: str) -> frozenset[str] | None:
    folder = os.path.join(root, _FOLDER)
    if not os.path.exists(os.path.join(folder, name)):
        return None
    from .catalog import cached

    listed = cached(folder, "actors" if name == "actors.json" else "voices")
    return None if listed is None else frozenset(listed.names)
