"""service_facts: what a project learned before, for the compiler: its lock, and the actors and voices listed last."""

from __future__ import annotations

import os

from vidc.ir.facts import NOTHING, Facts
from vidc.project import root_of
from vidc.record import replace


def known_facts(start: str = ".") -> Facts:
    """Of the project around a folder. Nothing is loaded for what is not there. `CannotRead` for a broken lock."""
    root = root_of(start)
    lock = os.path.join(root, "vidc.lock")
    found = NOTHING
    if os.path.lexists(lock):
        from vidc.lock import facts, read

        found = facts(read(lock))
    return replace(found, actors=_names(root, "actors"), speakers=_names(root, "voices"))


def _names(root: str, kind: str) -> frozenset[str] | None:
    folder = os.path.join(root, ".vidc")
    if not os.path.exists(os.path.join(folder, f"{kind}.json")):
        return None
    from vidc.colossyan.catalog import cached

    listed = cached(folder, "actors" if kind == "actors" else "voices")
    return None if listed is None else frozenset(listed.names)
