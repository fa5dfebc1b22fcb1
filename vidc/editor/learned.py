"""learned: what a project knows from before: lengths in its lock, the actors and voices that were listed last, what it
always wants, and the findings that it has accepted."""

from __future__ import annotations

import os
from typing import Any, Literal

from vidc import config
from vidc.colossyan.catalog import Listed, cached
from vidc.colossyan.facts import files_of_facts, known_facts, listed_facts
from vidc.diag.baseline import Entry, NotABaseline, parsed, sift
from vidc.diag.finding import Finding
from vidc.diag.result import Result
from vidc.ir.facts import NOTHING, Facts
from vidc.project import CannotRead, load
from vidc.record import record
from vidc.source import Source

from .addresses import from_here
from .elsewhere import Named

SETTINGS = (config.NAME, "pyproject.toml")


@record
class Learned:
    """`names`: by property (`actor`, `speakerId`), what it takes. `strict`: warnings are errors. `exclude`: patterns of
    files whose findings nobody wants. `baseline`: the path of the findings that are known, and they. `troubles`: why
    something of it cannot be read. `files`: what it was read from; `stamps`: of these, by which it is known to be
    fresh."""

    root: str
    facts: Facts
    names: dict[str, Named]
    strict: bool
    exclude: tuple[str, ...]
    baseline: tuple[str, list[Entry]] | None
    troubles: tuple[str, ...]
    files: tuple[str, ...]
    stamps: tuple[tuple[int, int] | None, ...]

    def wanted(self, source: Source, findings: list[Finding]) -> list[Finding]:
        """What `vidc lint` shows in this project of what was found: nothing in a file that is excluded, and nothing
        that is in the baseline."""
        if source.file and config.excludes(self.exclude, source.file, self.root):
            return []
        if self.baseline is None:
            return findings
        path, entries = self.baseline
        return sift([Result(source.path, source, findings)], entries, path).results[0].findings


UNKNOWN = Learned("", NOTHING, {}, False, (), None, (), (), ())
"""Of a document in no project."""


def learned(root: str, before: Learned | None = None) -> Learned:
    """Of the project at a root; `before` where no file has changed since. What cannot be read is not known: an editor
    goes on without, and tells why."""
    if before is not None and before.stamps == _stamps(before.files):
        return before
    troubles: list[str] = []
    settings = _settings(root, troubles)
    path = os.path.abspath(settings["baseline"]) if "baseline" in settings else ""
    files = (*files_of_facts(root), *(os.path.join(root, name) for name in SETTINGS), *([path] if path else []))
    folder = os.path.join(root, ".vidc")
    return Learned(
        root,
        _facts(root, troubles),
        {"actor": _said(cached(folder, "actors"), "actors"), "speakerId": _said(cached(folder, "voices"), "voices")},
        settings.get("strict") is True,
        tuple(settings.get("exclude", ())),
        (path, _entries(path, troubles)) if path else None,
        tuple(troubles),
        files,
        _stamps(files),
    )


def _stamps(files: tuple[str, ...]) -> tuple[tuple[int, int] | None, ...]:
    return tuple(map(_stamp, files))


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _settings(root: str, troubles: list[str]) -> dict[str, Any]:
    try:
        path = config.found_from(root)
        return {} if path is None else config.read(path)
    except (OSError, CannotRead, config.NotAConfig) as error:
        troubles.append(str(error))
        return {}


def _facts(root: str, troubles: list[str]) -> Facts:
    try:
        return known_facts(root)
    except CannotRead as error:
        troubles.append(str(error))
        return listed_facts(root)


def _entries(path: str, troubles: list[str]) -> list[Entry]:
    try:
        return parsed(load(from_here(path)).text)
    except CannotRead as error:
        troubles.append(str(error))
    except NotABaseline as error:
        troubles.append(f"{from_here(path)}: {error}")
    return []


def _said(listed: Listed | None, kind: Literal["actors", "voices"]) -> Named:
    """Each name with what tells it from the others."""
    fields = ("display_name", "type", "gender") if kind == "actors" else ("display_name", "languages", "style")
    found = []
    for item in listed.items if listed is not None else ():
        values = [getattr(item, field) for field in fields]
        said = [", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "") for value in values]
        found.append((item.name, ", ".join(one for one in said if one)))
    return found
