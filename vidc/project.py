"""project: reads specs from disk, and nothing outside the project's root.

    CannotRead      the file cannot be read; its text says why

A spec may come from a stranger's pull request, so what it includes is opened only where its real path lies below the
root and is a regular file: no device, no FIFO, no link that leads out or to a hidden file.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator

from vidc.passes.expand.include import is_hidden, is_spec
from vidc.source import Source

MAX_BYTES = 64_000_000
"""Four bytes for each of the 16 million characters that are read."""

MAX_CONFIGURATION = 1_000_000
"""Limit: so many bytes of a `pyproject.toml` are searched for `[tool.vidc]`."""

MAX_NEIGHBOURS = 10_000
"""Limit: so many files of a folder are looked at for the one that was meant."""

ENDINGS = (".vidc.yaml", ".vidc.yml", ".vidc.json")
_SKIPPED = frozenset(("node_modules", "__pycache__"))
_NO_NAME = "it is no file name"
_OUTSIDE = "it leads out of the project's root"
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_NOFOLLOW", 0)
"""How a real path is opened: no link is followed, and a FIFO's other end is not waited for."""


class CannotRead(Exception):  # noqa: N818  # named as the sentence reads: "cannot read FILE: reason"
    """A file cannot be read; `reason` says why in a few words."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot read {path}: {reason}")
        self.path = path
        self.reason = reason


def load(path: str, root: str | None = None) -> Source:
    """A file that a person or a search named. A link that leads out of the project, or to a hidden file, is not
    followed."""
    shown = _written(path)
    if _is_stream(path):
        raise CannotRead(shown, "it is no regular file; use `-` for standard input")
    folder = os.path.dirname(path) or "."
    try:
        found = _below(root or root_of(folder), os.path.basename(path), folder, shown)
    except (OSError, ValueError, RecursionError) as error:
        raise CannotRead(shown, _reason(error)) from error
    if isinstance(found, str):
        raise CannotRead(shown, found)
    return found


def _is_stream(path: str) -> bool:
    """Whether a name stands for standard input, a pipe or a device."""
    if path == "/dev/stdin" or path.startswith("/dev/fd/"):
        return True
    try:
        kind = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(kind) or stat.S_ISDIR(kind))


def root_of(start: str) -> str:
    """The project's root: the nearest folder up with `vidc.toml`, a `pyproject.toml` that has `[tool.vidc]`, or
    `.git`; else the folder itself.

    Up is where the path as it is given leads: a link belongs to the folder in which it stands.
    """
    start = folder = os.path.abspath(start)
    while True:
        if any(os.path.exists(os.path.join(folder, name)) for name in ("vidc.toml", ".git")) or is_configured(folder):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return start
        folder = above


def is_configured(folder: str) -> bool:
    """Whether a folder has a `pyproject.toml` with `[tool.vidc]`."""
    try:
        content = _content(os.path.join(folder, "pyproject.toml"), MAX_CONFIGURATION)
    except (OSError, ValueError, CannotRead):
        return False
    return any(mark in b"\n" + content for mark in (b"\n[tool.vidc]", b"\n[tool.vidc."))


def reader(root: str | None) -> Callable[[str, Source], Source | str]:
    """A reader of included files below `root`, or below the including file's own root."""

    def read(name: str, base: Source) -> Source | str:
        if not base.file and root is None:
            return "a spec from standard input includes files only below a `--root`"
        folder = os.path.dirname(base.file) if base.file else root or "."
        try:
            name = _on_disk(name)
            return _below(root or root_of(folder), name, folder, _written(_from_here(os.path.join(folder, name))))
        except (OSError, ValueError, RecursionError) as error:
            return _reason(error)

    return read


def _from_here(path: str) -> str:
    """The path as it is shortest from the folder we are in, if that is still there."""
    try:
        return os.path.relpath(path)
    except FileNotFoundError:
        return path


def _on_disk(name: str) -> str:
    """A name in a spec as the system has it: in UTF-8, whatever the locale says."""
    if name.isascii() or sys.getfilesystemencoding() == "utf-8":
        return name
    return os.fsdecode(name.encode("utf-8", "surrogateescape"))


def _written(path: str) -> str:
    """A path of the system as an author writes it."""
    if path.isascii() or sys.getfilesystemencoding() == "utf-8":
        return path
    try:
        return os.fsencode(path).decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path


def _below(root: str, name: str, folder: str, shown: str) -> Source | str:
    if not name or "\0" in name:
        return _NO_NAME
    path = os.path.join(folder, name)
    real, top = os.path.realpath(path), os.path.realpath(root)
    if os.path.commonpath([top, real]) != top:
        return _OUTSIDE
    if os.path.basename(real) != os.path.basename(path) and not is_spec(real):
        return "it is a link to a file that is neither YAML nor JSON"
    named = os.path.abspath(path).split(os.sep)
    if any(is_hidden(part) and part not in named for part in os.path.relpath(real, top).split(os.sep)):
        return "it is a link to a hidden file"
    try:
        return Source(shown, decoded(_content(real, MAX_BYTES + 1), shown), real)
    except CannotRead as error:
        return error.reason
    except (OSError, ValueError) as error:
        return _reason(error) + (_near(real) or _from_root(top, name, folder))


def again(file: str, shown: str) -> Source:
    """A file that was read before, by its real path; empty where it is gone."""
    try:
        return Source(shown, decoded(_content(file, MAX_BYTES + 1), shown), file)
    except (OSError, CannotRead):
        return Source(shown, "", file)


def _near(path: str) -> str:
    """The file beside a missing one that was probably meant."""
    from itertools import islice

    from vidc.diag.near import nearest

    folder, name = os.path.split(path)
    try:
        if os.path.lexists(path):
            return ""
        if name.partition("=")[0].isidentifier() and "=" in name:
            return f"; one value is given as `--var {_written(name)}`"
        with os.scandir(folder) as entries:
            near = nearest(name, [entry.name for entry in islice(entries, MAX_NEIGHBOURS)])
    except OSError:
        return ""
    return f"; did you mean `{_written(near)}`?" if near else ""


def _from_root(root: str, name: str, folder: str) -> str:
    """The same name as it is seen from the project's root, if a file is there."""
    there = os.path.normpath(os.path.join(root, name))
    if os.path.commonpath([root, there]) != root or not os.path.isfile(there):
        return ""
    return f"; did you mean `{_written(os.path.relpath(there, os.path.realpath(folder)))}`?"


def _content(path: str, limit: int) -> bytes:
    """The first bytes of a regular file that is no link."""
    if not stat.S_ISREG(kind := os.lstat(path).st_mode):
        raise CannotRead(path, "it is a folder" if stat.S_ISDIR(kind) else "it is no regular file")
    descriptor = os.open(path, _READ)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise CannotRead(path, "it is no regular file")
        return file.read(limit)


def decoded(content: bytes, shown: str) -> str:
    """UTF-8 text, or UTF-16 where a byte order mark says so, without the mark."""
    if len(content) > MAX_BYTES:
        raise CannotRead(shown, f"it is larger than {MAX_BYTES // 1_000_000} MB")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise CannotRead(shown, f"byte {error.start + 1} is not {encoding.upper()}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    if isinstance(error, PermissionError):
        return "it may not be read"
    if isinstance(error, RecursionError):
        return "too many links lead to it"
    return (error.strerror or "the system refused") if isinstance(error, OSError) else _NO_NAME


def same(path: str) -> str:
    """One text for all the names of a file."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError, RecursionError):
        return path


def specs_below(folder: str, root: str | None = None) -> Iterator[str | CannotRead]:
    """The specs of a folder and those below it, in order, without hidden folders; links are not followed. Where a
    folder cannot be searched, why.

    None begins with `./`, so that a file is shown the same where another includes it.
    """
    if _leads_out(folder, root):
        yield CannotRead(_written(folder), _OUTSIDE)
        return
    waiting: list[os.DirEntry[str] | str] = [folder]
    while waiting:
        entry = waiting.pop()
        path = entry if isinstance(entry, str) else entry.path
        if path.startswith("./"):
            path = path.removeprefix("./").lstrip("/")
        if isinstance(entry, str) or _is_folder(entry):
            try:
                with os.scandir(path or ".") as entries:
                    inside = sorted(entries, key=lambda one: one.name, reverse=True)
            except OSError as error:
                yield CannotRead(_written(path), _reason(error))
            else:
                waiting += inside
        elif entry.name.endswith(ENDINGS) and _may_be_file(entry):
            yield path


def _leads_out(folder: str, root: str | None) -> bool:
    """Whether a folder is, or stands behind, a link that leads out of the project."""
    try:
        top = os.path.realpath(root or root_of(folder))
        return os.path.commonpath([top, os.path.realpath(folder)]) != top
    except (OSError, ValueError, RecursionError):
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder to be searched too."""
    if entry.name.startswith(".") or entry.name in _SKIPPED:
        return False
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _may_be_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link of which only reading it tells why it leads nowhere."""
    try:
        return entry.is_file()
    except OSError:
        return True
