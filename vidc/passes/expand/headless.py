"""headless: values of an included file that stand at its top, and not under `variables`."""

from __future__ import annotations

from vidc.diag.finding import Label, Log, Place
from vidc.diag.near import nearest
from vidc.ir.form import BRINGS, PLAIN
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems import expand as problems
from vidc.record import replace

from .short import RESERVED

MOST = 8
"""Places that a finding has labels for."""

_PARTS = PLAIN | {"name", "videoSize", "tracks", "title", "description"}
"""Keys that a spec or a scene has, or that say what a file is: no names of variables."""

_ALIKE = dict.fromkeys(("vars", "values", "constants"), "variables")
"""What other languages call what a file brings."""

Entry = tuple[Scalar, Node]


def with_heads(tree: Mapping, log: Log) -> Mapping:
    """The file with what stands at its top without effect under what it is meant for, which is reported."""
    strays = {name: one for name, one in tree.entries.items() if _is_stray(name)}
    if not strays:
        return tree
    kept = {name: one for name, one in tree.entries.items() if name not in strays}
    values: dict[str, Entry] = {}
    for name, entry in strays.items():
        near = "" if name in _PARTS else _ALIKE.get(name.lower()) or nearest(name, BRINGS) or ""
        if near and isinstance(entry[1], Mapping):
            log.add(problems.not_includable(Place(entry[0].span), name, near=near))
            kept.setdefault(near, entry)
        elif name in _PARTS or not _is_name(name):
            log.add(problems.not_includable(Place(entry[0].span), name))
        else:
            values[name] = entry
    if values:
        _report(values, tree, log)
        kept["variables"] = _under(kept.get("variables"), values, tree)
    return replace(tree, entries=kept)


def _is_stray(name: str) -> bool:
    return name not in BRINGS and name != "vidc" and not name.startswith("x-")


def _is_name(name: str) -> bool:
    bare = name.replace("-", "_")
    return bare.isascii() and bare.isidentifier() and name not in RESERVED


def _report(values: dict[str, Entry], tree: Mapping, log: Log) -> None:
    (name, (key, _)), *others = values.items()
    labels = tuple(Label(one[0].span, "and this") for _, one in others[:MOST])
    is_indented = tree.source.text[tree.start : tree.start + 1] != "{" and "variables" not in tree.entries
    is_all = is_indented and len(values) == len(tree.entries)
    log.add(problems.headless_values(Place(key.span), name, len(values), is_all, labels))


def _under(variables: Entry | None, values: dict[str, Entry], tree: Mapping) -> Entry:
    """The values among the variables that the file has."""
    if variables is not None and not isinstance(variables[1], Mapping):
        return variables  # its shape is told
    if variables is not None and isinstance(variables[1], Mapping):
        return variables[0], replace(variables[1], entries={**values, **variables[1].entries}, live=True)
    key = next(iter(values.values()))[0]
    return key, Mapping(values, tree.source, tree.start, tree.end, live=True)
