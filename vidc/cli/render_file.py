"""render_file: pictures to files, whole or not at all, or to standard output where that is no terminal."""

from __future__ import annotations

import os
import sys

import click

from .end import CannotWrite


def write_bytes(output: str | None, content: bytes) -> None:
    """Write to a file, or to standard output where there is none or it is `-`."""
    if output is not None and output != "-":
        _write_file(output, content)
        return
    if sys.stdout is None or sys.stdout.isatty():
        raise click.UsageError("a picture is nothing for a terminal: name a file with -o")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _write_file(path: str, content: bytes) -> None:
    from vidc.render.film import whole

    try:
        with whole(path) as fresh, open(fresh, "wb") as file:
            file.write(content)
    except OSError as error:
        raise CannotWrite(path, reason(path, error)) from error


def reason(path: str, error: OSError) -> str:
    """Why a file cannot be written, and what to do."""
    folder = os.path.dirname(path)
    if folder and not os.path.isdir(folder):
        return f"there is no folder `{folder}`; make it first"
    return (error.strerror or str(error)).lower()
