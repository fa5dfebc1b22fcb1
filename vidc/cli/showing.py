"""showing: compiles the files that a command shows, and says what is wrong with those that it cannot."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from vidc.compile import Compiled, compile
from vidc.ir.tree import Node
from vidc.project import CannotRead, reader

from . import options
from .end import DONE, ERRORS, WORLD, complain
from .linting import found, read
from .printing import columns


def compile_all(
    paths: Iterable[str], given: Mapping[str, Node], root: str | None, color: bool | None
) -> tuple[list[Compiled], int]:
    """The files that have no errors, and the exit code that the others make."""
    sound: list[Compiled] = []
    code = DONE
    for path in found(paths):
        try:
            source = read(path, root)
        except CannotRead as error:
            complain(str(error))
            code = WORLD
            continue
        made = compile(source, given=given, read=reader(root), draft=True)
        if any(finding.severity == "error" for finding in made.findings):
            options.show_errors(made.findings, source, color=color)
            code = code or ERRORS
        else:
            sound.append(made)
    if not sound and code == DONE:
        complain("no specs found: they are named *.vidc.yaml, *.vidc.yml or *.vidc.json")
    return sound, code


def width() -> int:
    """The terminal's; 80 where there is none."""
    return max(columns(sys.stdout), 40) if sys.stdout.isatty() else 80
