"""project: reads specs from disk, and nothing outside the project's root.

    CannotRead      the file cannot be read; its text says why

A spec may come from a stranger's pull request, so what it includes is opened only where its real path lies below the
root and is a regular file: no device, no FIFO, no link that leads out.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator

from vidc.source import Source

MAX_BYTES = 64_000_000
"""Four bytes for each of the 16 million characters that are read."""

ENDINGS = (".vidc.yaml", ".vidc.yml", ".vidc.json")
_SKIPPED = frozenset(("node_modules", "__pycache__"))


class CannotRead(Exception):  # noqa: N818  # named as the sentence reads: "cannot read FILE: reason"
    """A file cannot be read; `reason` says why in a few words."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot read {path}: {reason}")
        self.path = path
        self.reason = reason


def load(path: str, root: str | None = None) -> Source:
    """A file that a person or a search named. A link that leads out of the project is not followed."""
    if _is_stream(path):
        raise CannotRead(path, "it is no regular file; use `-` for standard input")
    folder = os.path.dirname(path) or "."
    found = _below(root or root_of(folder), os.path.basename(path), folder, path)
    if isinstance(found, str):
        raise CannotRead(path, found)
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
    `.git`; else the folder itself."""
    start = folder = os.path.realpath(start)
    while True:
        if any(os.path.exists(os.path.join(folder, name)) for name in ("vidc.toml", ".git")) or _configured(folder):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return start
        folder = above


def _configured(folder: str) -> bool:
    try:
        with open(os.path.join(folder, "pyproject.toml"), encoding="utf-8", errors="replace") as file:
            return any(line.startswith(("[tool.vidc]", "[tool.vidc.")) for line in file)
    except OSError:
        return False


def reader(root: str | None) -> Callable[[str, Source], Source | str]:
    """A reader of included files below `root`, or below the including file's own root."""

    def read(name: str, base: Source) -> Source | str:
        if not base.file and root is None:
            return "a spec from standard input includes files only below a `--root`"
        folder = os.path.dirname(base.file) if base.file else root or "."
        path = os.path.join(folder, name)
        return _below(root or root_of(folder), name, folder, os.path.relpath(path) if "\0" not in name else name)

    return read


def _below(root: str, name: str, folder: str, shown: str) -> Source | str:
    if not name or "\0" in name:
        return "it is no file name"
    real = os.path.realpath(os.path.join(folder, name))
    top = os.path.realpath(root)
    if os.path.commonpath([top, real]) != top:
        return "it leads out of the project's root"
    try:
        return Source(shown, _text(real, shown), real)
    except CannotRead as error:
        return error.reason + _near(real)


def _near(path: str) -> str:
    """The file beside a missing one that was probably meant."""
    folder, name = os.path.split(path)
    if os.path.exists(path) or not os.path.isdir(folder):
        return ""
    from vidc.diag.near import nearest

    near = nearest(name, os.listdir(folder))
    return f"; did you mean `{near}`?" if near else ""


def _text(path: str, shown: str) -> str:
    """The text of a regular file, at most MAX_BYTES of it, opened without waiting for a FIFO's other end."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    except (OSError, ValueError) as error:
        raise CannotRead(shown, _reason(error)) from error
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind):
        os.close(descriptor)
        raise CannotRead(shown, "it is a folder" if stat.S_ISDIR(kind) else "it is no regular file")
    with open(descriptor, "rb") as file:
        try:
            content = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise CannotRead(shown, _reason(error)) from error
    return decoded(content, shown)


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
    return (error.strerror or "the system refused") if isinstance(error, OSError) else "it is no file name"


def specs_below(folder: str) -> Iterator[str]:
    """The specs of a folder and those below it, in order, without hidden folders; links are not followed.

    None begins with `./`, so that a file is shown the same where another includes it.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise CannotRead(folder, _reason(error)) from error
    for entry in entries:
        path = entry.path.removeprefix("./").lstrip("/") if entry.path.startswith("./") else entry.path
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name not in _SKIPPED:
                yield from specs_below(path)
        elif entry.name.endswith(ENDINGS) and entry.is_file():
            yield path
