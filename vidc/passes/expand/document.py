"""document: one whole document with everything filled in."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from vidc.diag.finding import Log, Place
from vidc.hints import Any
from vidc.ir import tree
from vidc.ir.form import BRINGS, PLAIN
from vidc.ir.tree import Node, Scalar
from vidc.problems import variables as problems
from vidc.record import replace

from .declaration import Declaration
from .growth import TooLarge
from .include import Read, gather
from .scope import Values, names_in
from .session import Session
from .structure import TYPES, Structure
from .variables import declare, misnamed

SPARE = ("components", "defaults", "include")
"""Parts of a template job that use nothing up."""


SENT = ("dynamicVariables", "callbackPayload")
"""What goes to the service as it is: braces in it are the author's."""


def expanded(
    root: tree.Mapping, log: Log, given: Mapping[str, Node], read: Read, draft: bool, aside: list[Node]
) -> tree.Mapping | None:
    """The document without all that `expand` takes away; None where it grew past what one document may."""
    text = root.source.text
    written = text.count("include:") + text.count('include":')
    if written > ("include" in root.entries) and _is_included_astray(root, log, read):
        return None
    if not root.entries.keys() <= PLAIN and _is_included_otherwise(root, log):
        return None
    if "!" in text and any(map(_is_of_file, root.entries.values())):
        return None
    whole = gather(root, read, log)
    if whole is None:
        return None
    with Session(log) as session:
        structure = Structure(log, session)
        try:
            return _filled(whole, structure, given, draft)
        except TooLarge:
            return None
        finally:
            aside += structure.aside


def _filled(root: tree.Mapping, structure: Structure, given: Mapping[str, Node], draft: bool) -> tree.Mapping:
    if "dynamicVariables" in root.entries:
        from .served import without_declarations

        root, wrong = without_declarations(root, structure.log)
        _report_selves(root, structure.log)
        structure.session.doubt(wrong)
    entries = root.entries
    heads = _heads(root)
    parts = {name: entries[head][1] if head in entries else None for name, head in heads.items()}
    log, session = structure.log, structure.session
    session.served = _served(root)
    declared = declare(parts["variables"], "variables", log)
    session.declared = declared
    session.choices = _choices(declared)
    session.doubt(misnamed(declared))
    served = session.served or ()
    values = Values(declared, given, structure.fill, session.budget.nearest, draft, log, served)
    structure.scope, session.origins = values.all(), values.origins
    if parts["variables"] is not None and "templateJobId" in entries and "dynamicVariables" not in entries:
        _report_unsent(root, log)
    if parts["components"] is not None:
        structure.read_components(parts["components"])
    structure.read_defaults(_defaults(parts["defaults"], log))
    if not root.live and not structure.defaults and not structure.is_component:
        _report_idle(root, declared, log)
        return root
    made = {}
    for name, (key, node) in entries.items():
        if name == "scenes":
            node = structure.scenes(node)
            for part, is_scene, why in structure.unused(root) if structure.unused else ():
                structure.leave_out(part, is_scene, (), why)
            _report_overridden(root, structure, node)
        elif name not in BRINGS and name not in heads.values() and not name.startswith("x-"):
            session.is_sent = name in SENT
            node = structure.fill(node, structure.scope)
            session.is_sent = False
        made[name] = (key, node)
    _report_idle(root, declared, log)
    whole = replace(root, entries=made, live=False)
    empty = {name: one for name, one in declared.items() if structure.scope[name] is None}
    return _told_once(root, whole, empty, given, log) if empty else whole


def _heads(root: tree.Mapping) -> dict[str, str]:
    """The keys under which variables, components and defaults stand, by what they should be."""
    heads = {name: name for name in ("variables", "components", "defaults")}
    if not root.entries.keys() <= PLAIN:
        from .heads import misspelt

        heads |= misspelt(root, PLAIN)
    return heads


def _defaults(node: Node | None, log: Log) -> Node | None:
    """What stands under `defaults`; of a list what it says as a mapping."""
    if not isinstance(node, tree.Sequence):
        return node
    from .heads import defaults_of

    return defaults_of(node, TYPES, log)


def _told_once(
    root: tree.Mapping, whole: tree.Mapping, empty: Mapping[str, Declaration], given: Mapping[str, Node], log: Log
) -> tree.Mapping:
    """The document, where the variables without a value are told once that texts need one of."""
    if not any(finding.name in ("not-text", "undefined-field") for finding in log.findings):
        return whole
    from .nothing import told_once

    return told_once(root, whole, empty, given, log)


def _report_idle(root: tree.Mapping, declared: Mapping[str, Declaration], log: Log) -> None:
    """Say which variables are never named again."""
    text = root.source.text
    if "scenes" in root.entries and any(text.count(name) == 1 for name in islice(declared, 200)):
        from .idle import report

        report(root, declared, log)


def _is_included_astray(root: tree.Mapping, log: Log, read: Read) -> bool:
    """Whether a file is included where a scene or a track stands, which is reported: what it brings is not known, and
    all that would be said follows."""
    from .included import astray

    found = astray(root, read)
    if found is not None:
        log.add(found)
    return found is not None


def _is_of_file(entry: tuple[Scalar, Node]) -> bool:
    """Whether a tag was to bring what a section declares, which is reported."""
    key, node = entry
    return key.value in BRINGS[:-1] and isinstance(node, Scalar) and node.faulty


def _is_included_otherwise(root: tree.Mapping, log: Log) -> bool:
    """Whether files are included under another word, which is reported."""
    from .included import misnamed

    found = misnamed(root)
    if found is not None:
        log.add(found)
    return found is not None


def _report_selves(root: tree.Mapping, log: Log) -> None:
    """Say which of the service's variables have their own names as values."""
    found = root.entries["dynamicVariables"][1]
    for name, (_, node) in found.entries.items() if isinstance(found, tree.Mapping) else ():
        if isinstance(node, Scalar) and node.value == f"{{{name}}}":
            from vidc.problems.brackets import own_variable_in_braces

            variables = root.entries["variables"][1] if "variables" in root.entries else None
            is_own = isinstance(variables, tree.Mapping) and name in variables.entries
            log.add(own_variable_in_braces(Place(node.span), str(node.value), name, name, kept="own" if is_own else ""))


def _choices(declared: Mapping[str, Declaration]) -> dict[str, list[Any]]:
    """What the variables may hold that have `choices`."""
    found = {name: one.options.get("choices") for name, one in declared.items() if one.options}
    return {name: choices for name, choices in found.items() if isinstance(choices, list)}


def _served(root: tree.Mapping) -> frozenset[str] | None:
    """The names that have values of the service; None where it cannot be told which."""
    found = root.entries.get("dynamicVariables")
    if found is None or (isinstance(found[1], Scalar) and found[1].value is None and not found[1].unknown):
        return frozenset()
    return frozenset(found[1].entries) if isinstance(found[1], tree.Mapping) else None


def _report_overridden(root: tree.Mapping, structure: Structure, scenes: Node) -> None:
    """Say of tracks that lie under every scene that no scene takes them."""
    if "scene" in structure.defaults and "tracks" in structure.defaults["scene"].entries:
        from .overridden import report

        report(root, scenes, structure.log)


def _report_unsent(root: tree.Mapping, log: Log) -> None:
    """Say which of its variables a template job has no use for. Those that it includes may be for other specs."""
    key, declared = root.entries["variables"]
    if not isinstance(declared, tree.Mapping) or "scenes" in root.entries:
        return
    used = {name for part, (_, node) in root.entries.items() if part not in SPARE for name in names_in(node)}
    unsent = [name for name, (own, _) in declared.entries.items() if own.source is root.source and name not in used]
    if unsent:
        log.add(problems.unsent_variables(Place(key.span), unsent))
