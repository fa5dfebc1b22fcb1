"""fixing: writes files with their repairs made, or shows what that would change."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping

from vidc.compile import compile
from vidc.diag.cells import wrap
from vidc.diag.result import counted
from vidc.diag.sink import brief, clean
from vidc.ir.tree import Node
from vidc.project import reader, root_of
from vidc.review.fixing import Compile, Fixed, difference, fixed
from vidc.source import Source

from .end import ERRORS, complain
from .linting import Sources, facts_for
from .printing import columns, write
from .writing import write_file

_MARK = "\ufeff"
_TIED = "\xa0"
"""A space at which no line is broken."""

_LEAD = len("vidc:   ")
"""What stands before a line of what is said, and the indent of all but its first."""


def compiler(given: Mapping[str, Node], root: str | None, isolated: bool) -> Compile:
    """As lint compiles: with what the project knows, and without values of variables that are to come."""
    facts = facts_for(isolated, root)
    return lambda source: compile(source, given=given, read=reader(root), facts=facts, draft=True)


def fix_files(sources: Sources, compiled: Compile) -> None:
    """Write the files of which a repair was made, and say which."""
    for source, made in _fixed(sources, compiled):
        with open(source.file, "rb") as file:
            start = file.read(3)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            complain(f"{source.path} is UTF-16 and was left as it is; save it as UTF-8")
            continue
        write_file(source.path, (_MARK if start == b"\xef\xbb\xbf" else "") + made.text)
        for number, line in enumerate(wrap(f"{clean(source.path)}: {_said(made)}", columns(sys.stderr) - _LEAD)):
            complain(f"{'  ' if number else ''}{line.replace(_TIED, ' ')}")


def _said(made: Fixed) -> str:
    """`3 repairs made: 2 x misspelled-property, unknown-allowance: write ...`: each finding's name once."""
    titles: dict[str, list[str]] = {}
    for one in made.repairs:
        titles.setdefault(one.name, []).append(one.title)
    said = [
        f"{len(some)}{_TIED}x{_TIED}{name}" if len(some) > 1 else f"{name}: {brief(some[0])}"
        for name, some in titles.items()
    ]
    more = "; there may be more to make: run it again" if made.more else ""
    return f"{counted(len(made.repairs), 'repair')} made: {', '.join(said)}{more}"


def show_fixes(sources: Sources, compiled: Compile) -> int:
    """Print the changes as one patch; ERRORS where there is one to make."""
    changes = [(source.path, source.text, made.text) for source, made in _fixed(sources, compiled)]
    above = any(path.split(os.sep)[0] == os.pardir for path, _, _ in changes)
    for path, old, new in changes:
        write(difference(_from_root(path) if above else path, old, new))
    return ERRORS if changes else sources.code


def _from_root(path: str) -> str:
    """Its path from the project's root: git takes no patch with `..` in a path."""
    inside = os.path.relpath(path, root_of("."))
    return path if inside.split(os.sep)[0] == os.pardir else inside


def _fixed(sources: Sources, compiled: Compile) -> Iterator[tuple[Source, Fixed]]:
    for source in sources:
        made = fixed(source, compiled)
        if made.repairs:
            yield source, made
