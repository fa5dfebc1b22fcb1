"""watching: does something again whenever a file changes of the projects that some paths belong to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable

import click

from vidc.project import CannotRead, root_of

from .end import complain

_SETTLED_MS = 100
"""So long after a change nothing else must have changed: editors write in several steps."""
_LOOK_MS = 100
"""So long nothing happens before it is looked whether it was interrupted."""


def watched(paths: Iterable[str], work: Callable[[], int]) -> int:
    """Work, then wait for a change and work again, until it is interrupted.

    What a spec includes, the lock and the like may stand anywhere in its project, so all of that is watched.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise click.ClickException("watching needs watchfiles; `pip install 'vidc[review]'` brings it.") from error
    starts = {path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths}
    for start in sorted(starts):
        if not os.path.isdir(start):
            raise CannotRead(start, "there is no such folder")
    folders = sorted({root_of(start) for start in starts})
    changes = watch(
        *folders,
        watch_filter=_matters,
        debounce=_SETTLED_MS,
        step=20,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    next(changes)  # from here on nothing is missed, also while the first work is done
    _worked(work)
    for change in changes:
        if change:
            if sys.stdout is not None and sys.stdout.isatty():
                click.clear()
            _worked(work)
    return 0


def _worked(work: Callable[[], int]) -> None:
    work()
    complain("watching; Ctrl-C ends it")


def _matters(_change: object, path: str) -> bool:
    name = os.path.basename(path)
    return name.endswith((".yaml", ".yml", ".json", ".toml", ".lock")) and not name.startswith(".")
