"""printing: findings in the format that was asked for, and text to standard output."""

from __future__ import annotations

import os
import sys

from vidc.diag.result import Result
from vidc.hints import IO

WIDTH = 80
"""Columns of text where there is no terminal to ask."""
MAX_WIDTH = 120
"""The most columns that are used of a terminal: longer lines are hard to read."""


class CannotWrite(Exception):  # noqa: N818  # named as the sentence reads: "cannot write FILE: reason"
    """A file cannot be written; `reason` says why and what to do."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot write {path}: {reason}")


def render(
    results: list[Result], format: str, *, notes: bool = False, color: bool | None = None, to: IO[str] | None = None
) -> str:
    """The findings as text. `color`: None asks the terminal `to` (standard output), `NO_COLOR` and `TERM`."""
    if format == "text":
        from vidc.diag.text import render as text

        stream = to or sys.stdout
        color = wants_color(stream) if color is None else color
        return text(results, notes=notes, color=color, width=columns(stream))
    from importlib import import_module

    made: str = import_module(f"vidc.diag.{'as_json' if format == 'json' else format}").render(results, notes=notes)
    return made


def wants_color(stream: IO[str] | None) -> bool:
    return (
        stream is not None and stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def columns(stream: IO[str] | None) -> int:
    """The width of the terminal, at most MAX_WIDTH; WIDTH where there is none."""
    try:
        descriptor = -1 if stream is None else stream.fileno()
        return min(MAX_WIDTH, os.get_terminal_size(descriptor).columns) or WIDTH
    except (OSError, ValueError):
        return WIDTH


def write(text: str) -> None:
    """Print a text that may hold any character, whatever the terminal's encoding."""
    if not text:
        return
    if sys.stdout is None:
        raise CannotWrite("to standard output", "it is closed")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite("to standard output", error.strerror or str(error)) from error
