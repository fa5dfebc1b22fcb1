"""file: an open file: its text as the editor has it, what the compiler makes of it, and the last that could be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from re import search
from typing import TypeAlias

from vidc.compile import Compiled, compile
from vidc.diag.finding import Finding
from vidc.ir.facts import NOTHING, Facts
from vidc.project import ENDINGS, reader, root_of
from vidc.record import record
from vidc.source import Source

from .addresses import from_here, path_of, shown
from .positions import Position, offset

_BEGINS = r"(?m)^vidc[ \t]*:"
_LOOKS = r"(?m)^[ \t]*\"?(?:vidc|scenes|videoCreative|templateJobId)\"?[ \t]*:"
LANGUAGES = ("vidc", "vidc-json")
"""What an editor that knows vidc calls the language of specs."""

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
    `findings`: those that are shown.

    `path` is empty for a document that is no file. `language`: what the editor calls the text's.
    """

    def __init__(self, uri: str, text: str, version: int | None = None, language: str = "") -> None:
        self.uri = uri
        self.path = path_of(uri)
        self.version = version
        self.language = language
        self.source = Source(shown(uri), text, self.path)
        self.made: Compiled | None = None
        self.good: Compiled | None = None
        self.timed: Compiled | None = None
        self.findings: list[Finding] = []

    @property
    def is_spec(self) -> bool:
        """Whether it is one by its name or its language; else by what it says itself: `vidc:`, or in a document without
        a name the keys of a video."""
        if self.uri.endswith(ENDINGS) or self.path.endswith(ENDINGS) or self.language in LANGUAGES:
            return True
        return search(_BEGINS if self.path else _LOOKS, self.source.text) is not None

    @property
    def is_served(self) -> bool:
        return self.made is not None

    @property
    def lacks(self) -> bool:
        """Whether it includes something that cannot be read."""
        return self.made is not None and any(one.name == "cannot-include" for one in self.made.findings)

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
        self.version = self.version if version is None else version

    def compile(self, others: Texts, facts: Facts = NOTHING, strict: bool = False, root: str | None = None) -> Compiled:
        """Compile the text. `others`: what other open files hold, which includes see before they are saved.
        `root`: the folder below which a document that is no file includes others."""
        read = read_with(others, None if self.path else root)
        made = compile(self.source, read=read, facts=facts, draft=True, strict=strict)
        self.made = made
        if made.root is not None:
            self.good = made
            if made.timeline is not None and (made.timeline.scenes or not made.findings):
                self.timed = made
        return made

    def includes(self, path: str) -> bool:
        """Whether it includes a file, also through others."""
        return bool(path) and self.made is not None and any(one.file == path for one in self.made.sources[1:])


def read_with(others: Texts, root: str | None = None) -> Callable[[str, Source], Source | str]:
    """Reads what is included, from open files where they have it. `root`: as for `reader`."""
    on_disk = reader(root)

    def read(name: str, base: Source) -> Source | str:
        found = on_disk(name, base)
        if isinstance(found, Source):
            return Source(found.path, others[found.file], found.file) if found.file in others else found
        path = (
            os.path.realpath(os.path.join(os.path.dirname(base.file), name)) if base.file and "\0" not in name else ""
        )
        if path in others and not os.path.lexists(path) and is_below(path, root_of(os.path.dirname(base.file))):
            return Source(from_here(path), others[path], path)  # it was never saved
        return found

    return read


def is_below(path: str, root: str) -> bool:
    return path.startswith(root.rstrip(os.sep) + os.sep)
