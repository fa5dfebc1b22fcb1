"""media_library: where the file is that a spec names by its address."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from vidc.fetch import Door, Missing, below, fetch, mirrored
from vidc.project import root_of

__all__ = ["FOLDER", "Library", "Missing", "library_of"]

FOLDER = "media"
"""A folder beside a spec, or at the project's root, whose `HOST/PATH` stands in for the file at that address."""


@dataclass(frozen=True)
class Library:
    """Finds files. `root`: the project's; nothing outside it is read. `folder`: the spec's. `cache`: where fetched
    files are kept; None where a person did not ask for fetching."""

    root: str
    folder: str
    cache: str | None = None
    door: Door | None = None

    def resolve(self, address: str) -> str:
        """The path of the file at an address. Raises Missing.

        A path is the project's file, named from the spec's folder. An http address is the file that stands in for it
        (`media/cdn.example.com/a.png` for `https://cdn.example.com/a.png`), else what is fetched.
        """
        name = mirrored(address)
        if name is None:
            return self._own(address)
        for folder in dict.fromkeys((self.folder, self.root)):
            if os.path.lexists(os.path.join(folder, FOLDER, name)):
                return below(self.root, os.path.join(folder, FOLDER), name)
        if self.cache is None:
            raise Missing(address, f"it is fetched with `--fetch` only, and there is no `{FOLDER}/{name}`")
        return fetch(address, self.cache, self.door)

    def fetched(self, address: str) -> str:
        """The SHA-256 of the file at an address where it was fetched; empty for a file of the project."""
        if self.cache is None or mirrored(address) is None:
            return ""
        path = self.resolve(address)
        return os.path.basename(path) if os.path.dirname(path) == os.path.join(self.cache, "content") else ""

    def _own(self, address: str) -> str:
        try:
            scheme = urlsplit(address).scheme
        except ValueError as error:
            raise Missing(address, "the address is malformed") from error
        if len(scheme) > 1:
            raise Missing(address, f"`{scheme}:` addresses are not read")
        return below(self.root, self.folder, unquote(address))


def library_of(file: str, root: str | None = None, cache: str | None = None) -> Library:
    """For the spec at a real path, empty for standard input. `root`: as `--root` says it, else found."""
    folder = os.path.dirname(file) if file else root or "."
    return Library(root or root_of(folder), folder, cache)
