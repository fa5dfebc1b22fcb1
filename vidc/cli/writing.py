"""writing: files that appear whole or not at all."""

from __future__ import annotations

import os
import stat

from vidc.project import root_of, same
from vidc.whole import write_whole

from .printing import CannotWrite, write


def deliver(text: str, output: str | None) -> None:
    """Write to a file, or print where there is none or it is standard output."""
    if output is None or output in ("-", "/dev/stdout"):
        write(text)
    else:
        write_file(output, text)


def write_file(path: str, content: str | bytes) -> None:
    """Write a file that appears whole or not at all; one that is there keeps its mode, and a link stays a link.

    A link that leads out of the project is not followed: it may have come with a stranger's pull request.
    """
    if path.endswith("/"):
        raise CannotWrite(path, "it names a folder; name a file")
    try:
        kind = _kind(path)
        if _leads_out(path):
            raise CannotWrite(path, f"a link leads out of the project, to `{same(path)}`; name that file itself")
        if kind is None or stat.S_ISREG(kind):
            write_whole(path, content)
        elif stat.S_ISDIR(kind):
            raise CannotWrite(path, f"it is a folder; name a file in it, such as `{os.path.join(path, 'out')}`")
        else:
            with open(path, "wb") as stream:
                stream.write(content.encode() if isinstance(content, str) else content)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite(path, reason(path, error)) from error


def _kind(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _leads_out(path: str) -> bool:
    """Whether links lead from the project in which a file is named to a place outside of it. The system's own do not
    count: they stand for what is open already."""
    folder = os.path.dirname(path) or "."
    if os.path.abspath(folder).startswith(("/dev/", "/proc/")):
        return False
    root = same(root_of(folder))
    try:
        return os.path.commonpath([root, same(path)]) != root
    except ValueError:  # they are on two drives
        return True


def reason(path: str, error: OSError) -> str:
    """Why a file cannot be written, and what to do."""
    folder = os.path.dirname(path)
    if folder and not os.path.lexists(folder):
        return f"there is no folder `{folder}`; make it first"
    if folder and not os.path.isdir(folder):
        return f"`{folder}` is no folder"
    if isinstance(error, PermissionError):
        return f"nothing may be written in {f'`{folder}`' if folder else 'this folder'}"
    return error.strerror or str(error)
