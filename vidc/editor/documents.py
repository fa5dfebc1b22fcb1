"""documents: the open documents of an editor, compiled as they change, each with those that include it.

An editor hands over every YAML or JSON file. Those that are no specs, and that no open spec includes, are left alone.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

from vidc.project import root_of
from vidc.source import Source

from .addresses import uri_of
from .file import Change, File
from .learned import SETTINGS, UNKNOWN, Learned, learned


class Documents:
    """`files`: by URI, as the editor writes it. `folder`: of the workspace, empty where there is none."""

    def __init__(self, folder: str = "") -> None:
        self.files: dict[str, File] = {}
        self.folder = folder
        self._learned: dict[str, Learned] = {}
        self._changed: dict[str, File] = {}

    def open(self, uri: str, text: str, version: int | None, language: str = "") -> list[File]:
        """The files that there is news of: this one first, then those that include it, or that it includes."""
        self.files[uri] = self._changed[uri] = File(uri, text, version, language)
        return self.settle()

    def change(self, uri: str, changes: Sequence[Change] = (), version: int | None = None) -> None:
        """A file has another text; `settle` says what that means."""
        file = self.files.get(uri)
        if file is not None:
            file.edit(changes, version)
            self._changed[uri] = file

    def settle(self) -> list[File]:
        """The news since files were changed, each compiled once, however often it was."""
        changed, self._changed = self._changed, {}
        wanting = [one for file in changed.values() for one in self._wanting(file.path)]
        return self._settled(list(dict.fromkeys((*changed.values(), *wanting)))) if changed else []

    def close(self, uri: str) -> list[File]:
        """Those that include it see what is on the disk again."""
        self._changed.pop(uri, None)
        file = self.files.pop(uri, None)
        return [] if file is None else self._settled(self._wanting(file.path))

    def again(self, paths: Collection[str]) -> list[File]:
        """Files on the disk have changed, by real path."""
        if any(os.path.basename(path) in SETTINGS for path in paths):
            return self._settled(list(self.files.values()))
        touched = [file for path in paths for file in self._wanting(path)]
        touched += [file for file in self.files.values() if not set(paths).isdisjoint(self.learned(file).files)]
        return self._settled(list(dict.fromkeys(touched)))

    def texts(self) -> dict[str, str]:
        """What the open files hold, by real path."""
        return {file.path: file.source.text for file in self.files.values() if file.path}

    def learned(self, file: File) -> Learned:
        """What the project of a file knows from before."""
        folder = os.path.dirname(file.path) if file.path else self.folder
        if not folder:
            return UNKNOWN
        root = root_of(folder)
        self._learned[root] = learned(root, self._learned.get(root))
        return self._learned[root]

    def troubles(self) -> list[str]:
        """Why something that the projects of the open files know cannot be read."""
        return [trouble for known in self._learned.values() for trouble in known.troubles]

    def uri(self, source: Source) -> str:
        """By which the editor knows a document; it may write an open file's otherwise than we would."""
        for file in self.files.values():
            if (file.path and file.path == source.file) or file.source is source:
                return file.uri
        return uri_of(source.file) if source.file else source.path

    def versions(self) -> dict[str, int | None]:
        return {file.uri: file.version for file in self.files.values()}

    def _settled(self, files: list[File]) -> list[File]:
        """The files compiled anew, and those that are included now and were not before, or no more."""
        news = [file for file in files if self._compile(file)]
        for file in self.files.values():
            if file not in files and self._is_ours(file) != file.is_served and self._compile(file):
                news.append(file)
        return news

    def _is_ours(self, file: File) -> bool:
        return file.is_spec or any(one.includes(file.path) for one in self.files.values() if one is not file)

    def _compile(self, file: File) -> bool:
        """Whether there is news of a file."""
        if not self._is_ours(file):
            was, file.made, file.good, file.timed, file.findings = file.is_served, None, None, None, []
            return was
        others = {path: text for path, text in self.texts().items() if path != file.path}
        known = self.learned(file)
        made = file.compile(others, known.facts, known.strict, self.folder or None)
        file.findings = known.wanted(file.source, made.findings)
        return True

    def _wanting(self, path: str) -> list[File]:
        """The open files that include a file, or that want one that cannot be read."""
        return [file for file in self.files.values() if path and (file.includes(path) or file.lacks)]
