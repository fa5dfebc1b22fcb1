"""file: an open file: compiled anew with every change, and the last version of it that could be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from vidc.compile import Compiled, compile
from vidc.ir.facts import NOTHING, Facts
from vidc.project import reader
from vidc.source import Source

Texts = Mapping[str, str]
"""The unsaved texts of open files, by real path."""


class File:
    """`made`: what the compiler makes of the text as it is. `good`: the same of the last text that could be read, so
    that there are answers while a line is half written; None until one could."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.made: Compiled | None = None
        self.good: Compiled | None = None
        self.timed: Compiled | None = None

    def change(self, text: str, others: Texts, facts: Facts = NOTHING) -> Compiled:
        """Compile a new text. `others`: what other open files hold, which includes see before they are saved."""
        source = Source(self.path, text, os.path.realpath(self.path))
        made = compile(source, read=_reader(others), facts=facts, draft=True)
        self.made = made
        if made.root is not None:
            self.good = made
        if made.timeline is not None and (made.timeline.scenes or made.root is not None):
            self.timed = made
        return made


def _reader(others: Texts) -> Callable[[str, Source], Source | str]:
    on_disk = reader(None)

    def read(name: str, base: Source) -> Source | str:
        found = on_disk(name, base)
        if isinstance(found, Source) and found.file in others:
            return Source(found.path, others[found.file], found.file)
        return found

    return read
