"""texts: texts that were let go of, read again when their findings are shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from vidc.project import again
from vidc.source import Source

KEPT = 17_000_000
"""Limit: so many characters are kept of what was read again: a spec has no more with all that it includes."""

_kept: dict[str, Source] = {}


def forget(sources: Iterable[Source]) -> None:
    """Let go of the texts of files."""
    for source in sources:
        if source.file:
            source.forget(partial(_read, source.file, source.path))


def _read(file: str, shown: str) -> Source:
    found = _kept.pop(file, None) or again(file, shown)
    _kept[file] = found  # the one that was asked for last stands last
    while len(_kept) > 1 and sum(len(one.text) for one in _kept.values()) > KEPT:
        del _kept[next(iter(_kept))]
    return found
