"""file: an open file: its text as the editor has it, what the compiler makes of it, and the last that could be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from vidc.compile import Compiled, compile
from vidc.ir.facts import NOTHING, Facts
from vidc.project import reader, root_of
from vidc.record import record
from vidc.source import Source

from .addresses import path_of, shown
from .positions import Position, offset

Texts: TypeAlias = Mapping[str, str]
"""The unsaved texts of open files, by real path."""


@record
class Change:
    """A piece of the text from `start` to `end` replaced; the whole of it where they are None."""

    start: Position | None
    end: Position | None
    text: str


class File:
    """`made`: what the compiler makes of the text as it is. `good`: the same of the last text that could be read, so
    that there are answers while a line is half written; `timed`: of the last one that has times. None until one could.

    `path` is empty for a document that is no file.
    """

    def __init__(self, uri: str, text: str, version: int | None = None) -> None:
        self.uri = uri
        self.path = path_of(uri)
        self.version = version
        self.source = Source(shown(uri), text, self.path)
        self.made: Compiled | None = None
        self.good: Compiled | None = None
        self.timed: Compiled | None = None

    def edit(self, changes: Sequence[Change], version: int | None) -> None:
        """Make the changes of an editor, each in the text that the one before it made."""
        for change in changes:
            text = self.source.text
            if change.start is None or change.end is None:
                text = change.text
            else:
                start, end = offset(self.source, change.start), offset(self.source, change.end)
                text = text[:start] + change.text + text[max(start, end) :]
            self.source = Source(self.source.path, text, self.path)
        self.version = version

    def compile(self, others: Texts, facts: Facts = NOTHING, strict: bool = False, root: str | None = None) -> Compiled:
        """Compile the text. `others`: what other open files hold, which includes see before they are saved.
        `root`: the folder below which a document that is no file includes others."""
        read = _reader(others, None if self.path else root)
        made = compile(self.source, read=read, facts=facts, draft=True, strict=strict)
        self.made = made
        if made.root is not None:
            self.good = made
            if made.timeline is not None and (made.timeline.scenes or not made.findings):
                self.timed = made
        return made

    def includes(self, path: str) -> bool:
        """Whether it includes a file, also through others, or wants one that cannot be read."""
        made = self.made
        if made is None:
            return False
        return any(one.file == path for one in made.sources[1:]) or any(
            one.name == "cannot-include" for one in made.findings
        )


def _reader(others: Texts, root: str | None) -> Callable[[str, Source], Source | str]:
    on_disk = reader(root)

    def read(name: str, base: Source) -> Source | str:
        found = on_disk(name, base)
        if isinstance(found, Source):
            return Source(found.path, others[found.file], found.file) if found.file in others else found
        path = (
            os.path.realpath(os.path.join(os.path.dirname(base.file), name)) if base.file and "\0" not in name else ""
        )
        if path in others and not os.path.lexists(path) and is_below(path, root_of(os.path.dirname(base.file))):
            return Source(os.path.relpath(path), others[path], path)  # it was never saved
        return found

    return read


def is_below(path: str, root: str) -> bool:
    return path.startswith(root.rstrip(os.sep) + os.sep)
