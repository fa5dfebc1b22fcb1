"""expand: Tree -> Tree, without variables, loops, conditions, components, defaults and includes.

The one door of Jinja is `template`. A value can never break out into structure: templates are filled inside scalars,
after the text was parsed.
"""

from __future__ import annotations

from collections.abc import Mapping

from vidc.diag.finding import Log, Place
from vidc.ir import tree
from vidc.ir.form import BRINGS, is_literal
from vidc.ir.tree import Node
from vidc.problems import expand as problems
from vidc.record import replace

from .include import Read, gather
from .scope import Values
from .session import Session
from .structure import Structure, TooLarge
from .variables import declare


def expand(
    root: tree.Mapping, log: Log, *, given: Mapping[str, Node], read: Read, draft: bool = False
) -> tree.Mapping | None:
    """The document with everything filled in; None where it grew past what one document may.

    `given`: values from outside, by name. `read`: reads what the document includes. `draft`: a required variable
    without a value is a note, and what depends on it is unknown.
    """
    if is_literal(root):
        for name, node in given.items():
            log.add(problems.undeclared_variable(Place(node.span), name, ()))
        return root
    whole = gather(root, read, log)
    if whole is None:
        return None
    with Session(log) as session:
        structure = Structure(log, session)
        try:
            return _expanded(whole, structure, given, draft)
        except TooLarge:
            return None


def _expanded(root: tree.Mapping, structure: Structure, given: Mapping[str, Node], draft: bool) -> tree.Mapping:
    entries = root.entries
    parts = {name: entries[name][1] if name in entries else None for name in ("variables", "components", "defaults")}
    log = structure.log
    declared = declare(parts["variables"], "variables", log)
    structure.scope = Values(declared, given, structure.fill, draft, log).all()
    structure.read_components(parts["components"])
    structure.read_defaults(parts["defaults"])
    if not root.live and not structure.defaults:
        return root
    made = {}
    for name, (key, node) in entries.items():
        if name == "scenes":
            made[name] = (key, structure.scenes(node))
        elif name not in BRINGS:
            made[name] = (key, node if name.startswith("x-") else structure.fill(node, structure.scope))
    return replace(root, entries=made, live=False)
