"""render_file: pictures to files, whole or not at all, or to standard output where that is no terminal."""

from __future__ import annotations

import sys

import click

from .writing import write_file


def write_bytes(output: str | None, content: bytes) -> None:
    """Write to a file, or to standard output where there is none or it is `-`."""
    if output is not None and output != "-":
        write_file(output, content)
        return
    if sys.stdout is None or sys.stdout.isatty():
        raise click.UsageError("a picture is nothing for a terminal: name a file with -o")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
