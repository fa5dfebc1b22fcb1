"""history: the specs of a commit, read from git without touching the work tree.

NoHistory   git is not there, the folder is in no repository, or the commit is unknown
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

from vidc.project import ENDINGS, MAX_BYTES, CannotRead, decoded
from vidc.record import record
from vidc.source import Source

SMALL = 1_000_000
"""Bytes of a file that is read before it is asked for."""

_REGULAR = ("100644", "100755")


class NoHistory(Exception):  # noqa: N818  # named as what is the case
    """What git cannot give, and what to do."""


@record
class Blob:
    """A file of a commit; `name` is git's, `size` in bytes."""

    name: str
    size: int


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

    def _listed(self) -> dict[str, Blob]:
        """The regular files of the commit, by their paths from the top."""
        blobs: dict[str, Blob] = {}
        for entry in _git(self.top, "ls-tree", "-r", "-l", "-z", self.hash).split(b"\0"):
            head, _, path = entry.partition(b"\t")
            if path and head.split()[0].decode() in _REGULAR:
                _, _, name, size = head.decode().split()
                blobs[os.fsdecode(path)] = Blob(name, int(size))
        return blobs

    def specs(self, below: str) -> list[str]:
        """The specs at or below a path, as paths from the folder. Small ones are read at once, in one call of git."""
        inside = os.path.relpath(_real(os.path.join(self.folder, below)), self.top)
        if inside == os.pardir or inside.startswith(os.pardir + os.sep):
            raise NoHistory(f"{below} is not in the repository of this folder; name two files: `vidc diff OLD NEW`")
        found = [
            path
            for path in self._blobs
            if path == inside or (path.endswith(ENDINGS) and (inside == "." or path.startswith(f"{inside}/")))
        ]
        blobs = [self._blobs[path] for path in found]
        self._fetch([blob.name for blob in blobs if blob.size <= SMALL])
        return [os.path.relpath(os.path.join(self.top, path), os.path.realpath(self.folder)) for path in sorted(found)]

    def _fetch(self, names: list[str]) -> None:
        """Read blobs; git answers `NAME blob SIZE`, the content and a line's end for each."""
        wanted = list(dict.fromkeys(name for name in names if name not in self._contents))
        answer = _git(self.top, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted)) if wanted else b""
        at = 0
        for name in wanted:
            end = answer.index(b"\n", at)
            size = int(answer[at:end].split()[2])
            self._contents[name] = answer[end + 1 : end + 1 + size]
            at = end + 2 + size

    def read(self, path: str) -> Source | None:
        """A file as it was, named from the folder; None where it was not there. Raises CannotRead."""
        return self._source(os.path.relpath(os.path.join(os.path.realpath(self.folder), path), self.top), path)

    def reader(self) -> Callable[[str, Source], Source | str]:
        """A reader of included files as they were."""

        def read(name: str, base: Source) -> Source | str:
            if not base.file or os.path.isabs(name):
                return "only files of the same commit can be included"
            inside = os.path.normpath(os.path.join(os.path.dirname(base.file), name))
            try:
                found = self._source(inside, inside)
            except CannotRead as error:
                return error.reason
            return found if found is not None else "it is not in that commit"

        return read

    def _source(self, inside: str, shown: str) -> Source | None:
        blob = self._blobs.get(inside)
        if blob is None:
            return None
        called = f"{shown} at {self.hash[:7]}"
        if blob.size > MAX_BYTES:
            raise CannotRead(called, f"it is larger than {MAX_BYTES // 1_000_000} MB")
        self._fetch([blob.name])
        return Source(called, decoded(self._contents[blob.name], called), inside)


def _git(folder: str, *words: str, name: str = "", given: str = "") -> bytes:
    """What git prints; `given` is its standard input. It asks for nothing, and runs nothing that a repository's own
    configuration names."""
    command = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", *words]
    quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(command, cwd=folder, input=given.encode(), capture_output=True, env=quiet, check=False)
    except FileNotFoundError as error:
        raise NoHistory("git is not installed; install it, or name two files: `vidc diff OLD NEW`") from error
    if done.returncode == 0:
        return done.stdout
    if name:
        raise NoHistory(f"there is no commit `{name}` here; fetch it, or name another")
    reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if reason and "not a git repository" in reason[-1]:
        raise NoHistory("this folder is in no git repository; name two files: `vidc diff OLD NEW`")
    raise NoHistory(reason[-1] if reason else "git failed")


def _real(path: str) -> str:
    """The real path of a file's folder, and its name: a link is a file of the folder in which it stands."""
    if os.path.isdir(path):
        return os.path.realpath(path)
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
