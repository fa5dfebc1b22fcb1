"""documents: the open documents of an editor, compiled as they change, each with those that include it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from vidc.project import root_of
from vidc.source import Source

from .addresses import uri_of
from .file import Change, File
from .learned import Learned, learned


class Documents:
    """`files`: by URI, as the editor writes it. `folder`: of the workspace, empty where there is none."""

    def __init__(self, folder: str = "") -> None:
        self.files: dict[str, File] = {}
        self.folder = folder
        self._learned: dict[str, Learned] = {}

    def open(self, uri: str, text: str, version: int | None) -> list[File]:
        """The files that were compiled anew: this one first, then those that include it."""
        self.files[uri] = File(uri, text, version)
        return self._compiled(self.files[uri])

    def change(self, uri: str, changes: Sequence[Change], version: int | None) -> list[File]:
        file = self.files.get(uri)
        if file is None:
            return []
        file.edit(changes, version)
        return self._compiled(file)

    def close(self, uri: str) -> list[File]:
        """Those that include it see what is on the disk again."""
        file = self.files.pop(uri, None)
        return [] if file is None else [self._compile(one) for one in self._including(file)]

    def again(self) -> list[File]:
        """All of them: a file on the disk has changed."""
        return [self._compile(one) for one in self.files.values()]

    def texts(self) -> dict[str, str]:
        """What the open files hold, by real path."""
        return {file.path: file.source.text for file in self.files.values() if file.path}

    def learned(self, file: File) -> Learned:
        """What the project of a file knows from before."""
        folder = os.path.dirname(file.path) if file.path else self.folder
        root = root_of(folder) if folder else ""
        self._learned[root] = learned(root, self._learned.get(root))
        return self._learned[root]

    def uri(self, source: Source) -> str:
        """By which the editor knows a document; it may write an open file's otherwise than we would."""
        for file in self.files.values():
            if (file.path and file.path == source.file) or file.source is source:
                return file.uri
        return uri_of(source.file) if source.file else source.path

    def versions(self) -> dict[str, int | None]:
        return {file.uri: file.version for file in self.files.values()}

    def _compiled(self, file: File) -> list[File]:
        return [self._compile(file), *(self._compile(one) for one in self._including(file))]

    def _compile(self, file: File) -> File:
        others = {path: text for path, text in self.texts().items() if path != file.path}
        known = self.learned(file)
        file.compile(others, known.facts, known.strict, self.folder or None)
        return file

    def _including(self, part: File) -> list[File]:
        others = [file for file in self.files.values() if file is not part]
        return [file for file in others if part.path and file.includes(part.path)]
