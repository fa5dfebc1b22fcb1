"""learned: what a project knows from before: lengths in its lock, the actors and voices that were listed last, and
what it always wants."""

from __future__ import annotations

import os
from typing import Literal, TypeAlias

from vidc import config, lock
from vidc.colossyan.catalog import Listed, cached, path_of
from vidc.ir.facts import NOTHING, Facts
from vidc.project import CannotRead
from vidc.record import record, replace

Names: TypeAlias = dict[str, list[tuple[str, str]]]
"""By property (`actor`, `speakerId`), what it takes, and what is said of it."""


@record
class Learned:
    """`strict`: warnings are errors. `stamps`: of the files that it was read from, by which it is known to be fresh."""

    facts: Facts
    names: Names
    strict: bool
    stamps: tuple[tuple[int, int] | None, ...] = ()


def learned(root: str, before: Learned | None = None) -> Learned:
    """Of the project at a root; `before` where no file has changed since. What cannot be read is not known: an editor
    goes on without."""
    folder = os.path.join(root, ".vidc")
    settings = (os.path.join(root, name) for name in (config.NAME, "pyproject.toml"))
    files = (os.path.join(root, lock.NAME), path_of(folder, "actors"), path_of(folder, "voices"), *settings)
    stamps = tuple(map(_stamp, files))
    if before is not None and before.stamps == stamps:
        return before
    actors, voices = cached(folder, "actors"), cached(folder, "voices")
    facts = replace(_locked(files[0], stamps[0] is not None), actors=_known(actors), speakers=_known(voices))
    names = {"actor": _said(actors, "actors"), "speakerId": _said(voices, "voices")}
    return Learned(facts, names, _is_strict(root), stamps)


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _locked(path: str, is_there: bool) -> Facts:
    try:
        return lock.facts(lock.read(path)) if is_there else NOTHING
    except CannotRead:
        return NOTHING


def _is_strict(root: str) -> bool:
    try:
        path = config.found_from(root)
        return path is not None and config.read(path).get("strict") is True
    except (CannotRead, config.NotAConfig):
        return False


def _known(listed: Listed | None) -> frozenset[str] | None:
    return None if listed is None else frozenset(listed.names)


def _said(listed: Listed | None, kind: Literal["actors", "voices"]) -> list[tuple[str, str]]:
    """Each name with what tells it from the others."""
    fields = ("display_name", "type", "gender") if kind == "actors" else ("display_name", "languages", "style")
    found = []
    for item in listed.items if listed is not None else ():
        values = [getattr(item, field) for field in fields]
        said = [", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "") for value in values]
        found.append((item.name, ", ".join(one for one in said if one)))
    return found
