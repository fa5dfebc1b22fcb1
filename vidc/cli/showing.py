"""showing: compiles the files that a command shows, and says what is wrong with those that it cannot."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

from vidc.compile import Compiled, compile
from vidc.ir.tree import Node
from vidc.project import reader

from . import options
from .end import ERRORS
from .linting import Sources, facts_for
from .printing import columns


def compile_all(
    paths: Iterable[str],
    given: Mapping[str, Node],
    root: str | None,
    color: bool | None,
    exclude: Sequence[str] = (),
    isolated: bool = False,
) -> tuple[list[Compiled], int]:
    """The files that have no errors, and the exit code that the others make. `exclude`: as lint takes it."""
    sound: list[Compiled] = []
    broken = False
    sources = Sources(paths, root, exclude)
    facts = facts_for(isolated, root)
    for source in sources:
        made = compile(source, given=given, read=reader(root), facts=facts, draft=True)
        if any(finding.severity == "error" for finding in made.findings):
            options.show_errors(made.findings, source, color=color)
            broken = True
        else:
            sound.append(made)
    return sound, ERRORS if broken else sources.code


def is_part(made: Compiled) -> bool:
    """Whether a file without errors only brings names to those that include it."""
    return made.graph is None


def width() -> int:
    """The terminal's; 80 where there is none."""
    return max(columns(sys.stdout), 40) if sys.stdout is not None and sys.stdout.isatty() else 80
