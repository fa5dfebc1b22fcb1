"""whole: files that appear whole or not at all, also where two processes write one at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from stat import S_IMODE


@contextmanager
def whole(path: str) -> Iterator[str]:
    """The name of a new file beside the one that is to be written, which takes its place at the end; else nothing is
    left of it. A file that was there keeps its mode, and a link stays a link. Raises OSError."""
    path = os.path.realpath(path)
    fresh = os.path.join(os.path.dirname(path), f".vidc-{os.urandom(6).hex()}{os.path.splitext(path)[1]}")
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        yield fresh
        with suppress(FileNotFoundError):
            os.chmod(fresh, S_IMODE(os.stat(path).st_mode))
        os.replace(fresh, path)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(fresh)
        if isinstance(error, OSError):
            error.filename = path
        raise


def write_whole(path: str, content: str | bytes) -> None:
    """Write what is on the disk before it takes its place; a text as UTF-8. Raises OSError."""
    with whole(path) as fresh, open(fresh, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
