"""history: the specs of a commit, read from git without touching the work tree.

NoHistory   git is not there, the folder is in no repository, or the commit is unknown
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

from vidc.project import ENDINGS, CannotRead, decoded
from vidc.source import Source

_REGULAR = ("100644", "100755")


class NoHistory(Exception):  # noqa: N818  # named as what is the case
    """What git cannot give, and what to do."""


class Commit:
    """A commit of the repository around a folder. Paths are as a person in that folder writes them."""

    def __init__(self, name: str, folder: str = ".") -> None:
        self.folder = folder
        top = _git(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n")
        self.top = os.path.realpath(top)
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", name=name)
        self.hash = found.decode().strip()
        self._blobs = self._listed()
        self._contents: dict[str, bytes] = {}

    def _listed(self) -> dict[str, str]:
        """The regular files of the commit: object ids by their paths from the top."""
        blobs: dict[str, str] = {}
        for entry in _git(self.top, "ls-tree", "-r", "-z", self.hash).split(b"\0"):
            head, _, path = entry.partition(b"\t")
            if path and head.split()[0].decode() in _REGULAR:
                blobs[os.fsdecode(path)] = head.split()[2].decode()
        return blobs

    def specs(self, below: str) -> list[str]:
        """The specs at or below a path, as paths from the folder."""
        inside = os.path.relpath(os.path.realpath(os.path.join(self.folder, below)), self.top)
        found = [
            path
            for path in self._blobs
            if path == inside or (path.endswith(ENDINGS) and (inside == "." or path.startswith(f"{inside}/")))
        ]
        return [os.path.relpath(os.path.join(self.top, path), os.path.realpath(self.folder)) for path in sorted(found)]

    def read(self, path: str) -> Source | None:
        """A file as it was, named from the folder; None where it was not there."""
        return self._source(os.path.relpath(os.path.join(os.path.realpath(self.folder), path), self.top), path)

    def reader(self) -> Callable[[str, Source], Source | str]:
        """A reader of included files as they were."""

        def read(name: str, base: Source) -> Source | str:
            if not base.file or os.path.isabs(name):
                return "only files of the same commit can be included"
            inside = os.path.normpath(os.path.join(os.path.dirname(base.file), name))
            found = self._source(inside, inside)
            return found if found is not None else "it is not in that commit"

        return read

    def _source(self, inside: str, shown: str) -> Source | None:
        blob = self._blobs.get(inside)
        if blob is None:
            return None
        if blob not in self._contents:
            self._contents[blob] = _git(self.top, "cat-file", "blob", blob)
        try:
            text = decoded(self._contents[blob], f"{shown} at {self.hash[:7]}")
        except CannotRead as error:
            raise NoHistory(str(error)) from error
        return Source(f"{shown} at {self.hash[:7]}", text, inside)


def _git(folder: str, *words: str, name: str = "") -> bytes:
    """What git prints; it asks for nothing, and runs nothing that a repository's own configuration names."""
    command = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", *words]
    quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, env=quiet, check=False)
    except FileNotFoundError as error:
        raise NoHistory("git is not installed; install it, or name two files: `vidc diff OLD NEW`") from error
    if done.returncode == 0:
        return done.stdout
    if name:
        raise NoHistory(f"there is no commit `{name}` here; fetch it, or name another")
    reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
    raise NoHistory(reason[-1] if reason else "git failed")
