"""render_watch: do something again whenever files change."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from time import sleep

from vidc.project import CannotRead

from .end import complain
from .printing import CannotWrite

_EVERY = 0.3
"""Seconds between two looks at the files."""


def watched(work: Callable[[], tuple[int, list[str]]]) -> int:
    """Work, and again whenever one of the files changes that it names, until interrupted.

    Values of variables are read once.
    """
    seen: dict[str, tuple[int, int]] = {}
    while True:
        try:
            _, files = work()
        except (CannotRead, CannotWrite) as error:
            complain(str(error))
            files = list(seen)
        seen = _stamps(files)
        complain("waiting for changes; Ctrl-C ends")
        while _stamps(files) == seen:
            sleep(_EVERY)


def _stamps(files: Iterable[str]) -> dict[str, tuple[int, int]]:
    """When each file was changed, and its size; (0, 0) where it is not there."""
    found = {}
    for path in files:
        try:
            stat = os.stat(path)
            found[path] = stat.st_mtime_ns, stat.st_size
        except OSError:
            found[path] = 0, 0
    return found
