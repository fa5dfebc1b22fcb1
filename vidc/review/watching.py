"""watching: a spec on disk, compiled anew whenever it changes or a file that it is made of."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing, suppress

from vidc.compile import Compiled, compile
from vidc.ir.facts import NOTHING, Facts
from vidc.ir.tree import Node
from vidc.project import load, reader
from vidc.record import record
from vidc.source import Source

QUIET_MS, MOST_MS = 10, 60
"""A change is taken up when nothing more has changed for so long, and after so long in any case."""

LOOK_MS = 500
"""So often the files are looked at though nothing tells of a change."""


def _nothing() -> Facts:
    return NOTHING


@record
class Settings:
    """How a spec is compiled. `facts`: what is known of its project by now (raises CannotRead), which is read from
    `files`, also those where no file is yet. `strict`: warnings are errors. `allowances`: heed the spec's own.
    `sift`: what of the findings is shown."""

    given: Mapping[str, Node]
    root: str | None = None
    facts: Callable[[], Facts] = _nothing
    files: frozenset[str] = frozenset()
    strict: bool = False
    allowances: bool = True
    sift: Callable[[Compiled], Compiled] | None = None


class Spec:
    """`files`: the real paths on which what was compiled depends, also those where no file is yet."""

    def __init__(self, path: str, settings: Settings, source: Source | None = None) -> None:
        self.path = path
        self.settings = settings
        self.source = source
        self.files: set[str] = set() if source is not None else {os.path.realpath(path)}

    def compiled(self) -> Compiled:
        """Compile what the file says now, or the text that was given with it. Raises CannotRead."""
        settings = self.settings
        source = self.source or load(self.path, settings.root)
        files = set(settings.files)
        if source.file:
            files.add(source.file)
        read = reader(settings.root)

        def noted(name: str, base: Source) -> Source | str:
            with suppress(ValueError):  # a name with a NUL in it
                files.add(os.path.realpath(os.path.join(os.path.dirname(base.file) or ".", name)))
            return read(name, base)

        made = compile(
            source,
            given=settings.given,
            read=noted,
            facts=settings.facts(),
            draft=True,
            strict=settings.strict,
            allowances=settings.allowances,
        )
        self.files = files
        return made if settings.sift is None else settings.sift(made)


async def changes(files: Callable[[], set[str]]) -> AsyncGenerator[None, None]:
    """Once for each time that one of the files changes, comes or goes. `files` is asked again after each."""
    wanted = files()
    seen = {path: _stamp(path) for path in wanted}
    while True:
        folders = sorted({os.path.dirname(path) for path in wanted if os.path.isdir(os.path.dirname(path))})
        async with aclosing(_looks(folders)) as looks:
            async for _ in looks:
                now = {path: _stamp(path) for path in wanted}
                if now == seen:
                    continue
                yield
                fresh = files()
                seen = {path: now[path] if path in now else _stamp(path) for path in fresh}
                if fresh != wanted:
                    wanted = fresh
                    break


def _stamp(path: str) -> tuple[int, int, int] | None:
    """Other than before where a file is another; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


async def _looks(folders: list[str]) -> AsyncGenerator[None, None]:
    """At each event in one of the folders, and now and then: some file systems tell of nothing.

    Folders are watched, not files: an editor saves by putting a new file in the old one's place.
    """
    from watchfiles import awatch

    with suppress(OSError, RuntimeError):  # what watchfiles raises where the system watches no more folders
        watch = awatch(
            *folders,
            watch_filter=None,
            recursive=False,
            debounce=MOST_MS,
            step=QUIET_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
        )
        async with aclosing(watch):
            async for _ in watch:
                yield
    while True:
        await asyncio.sleep(LOOK_MS / 1000)
        yield


def drawable(made: Compiled) -> bool:
    """Whether all of a spec's scenes can be drawn."""
    return made.timeline is not None and made.timeline.complete and bool(made.timeline.scenes)


def is_template(made: Compiled) -> bool:
    return made.spec is not None and made.spec.kind == "template"
