"""document: one whole document with everything filled in."""

from __future__ import annotations

from collections.abc import Mapping

from vidc.diag.finding import Log
from vidc.ir import tree
from vidc.ir.form import BRINGS
from vidc.ir.tree import Node
from vidc.record import replace

from .growth import TooLarge
from .include import Read, gather
from .scope import Values
from .session import Session
from .structure import Structure
from .variables import declare


def expanded(root: tree.Mapping, log: Log, given: Mapping[str, Node], read: Read, draft: bool) -> tree.Mapping | None:
    """The document without all that `expand` takes away; None where it grew past what one document may."""
    whole = gather(root, read, log)
    if whole is None:
        return None
    with Session(log) as session:
        try:
            return _filled(whole, Structure(log, session), given, draft)
        except TooLarge:
            return None


def _filled(root: tree.Mapping, structure: Structure, given: Mapping[str, Node], draft: bool) -> tree.Mapping:
    entries = root.entries
    parts = {name: entries[name][1] if name in entries else None for name in ("variables", "components", "defaults")}
    log, nearest = structure.log, structure.session.budget.nearest
    declared = declare(parts["variables"], "variables", log)
    structure.scope = Values(declared, given, structure.fill, nearest, draft, log).all()
    if parts["components"] is not None:
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
