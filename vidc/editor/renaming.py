"""renaming: another name for a symbol at every place, or why that cannot be.

Refused     it cannot; its text says why, in the author's words
"""

from __future__ import annotations

import os
from collections import Counter
from re import compile as pattern

from vidc.compile import compile
from vidc.diag.edits import applied
from vidc.diag.finding import Edit, Finding, Log
from vidc.ir.tree import Mapping, Scalar
from vidc.passes.expand.short import NAME
from vidc.passes.parse import parse
from vidc.project import root_of
from vidc.source import Source

from .file import Texts, is_below, read_with
from .reach import Unreadable, including, sharing, target
from .symbols import Symbol, Trees, Use, content, uses_in
from .templates import WORDS

PROVED = 40
"""Limit: so many documents are compiled before and after, to see that nothing breaks; the rest is only read."""

_PLAIN = r"[^\W_](?:[\w .-]*\w)?"


class Refused(Exception):  # noqa: N818  # named as what is the case
    """A renaming that cannot be; its text says why."""


def renamed(root: Mapping, symbol: Symbol, name: str, texts: Texts) -> list[Edit]:
    """The edits, in this file and in those of the project that share the name."""
    _check_name(symbol, name)
    trees = reached(root, symbol, texts)
    uses = trees.uses(symbol)
    if not any(use.defines for use in uses):
        raise Refused(f"`{symbol.name}` is defined nowhere")
    if _is_taken(trees, symbol, name):
        raise Refused(f"there is a {symbol.kind} `{name}` already")
    found = [Edit(use.span, name) for use in uses]
    edits = {id(tree): [one for one in found if one.span.source is tree.source] for tree in trees.all}
    for tree in trees.all:
        if not _means_the_same(tree, symbol, name, trees.of(tree), edits[id(tree)]):
            raise Refused(f"`{name}` would be taken for another name in {tree.source.path}")
    after = {tree.source.file: applied(tree.source.text, edits[id(tree)]) for tree in trees.all}
    for tree in trees.all[:PROVED]:
        if trouble := _new_error(tree.source, after, texts):
            raise Refused(f"then there would be an error in {tree.source.path}: {trouble}")
    return found


def _is_taken(trees: Trees, symbol: Symbol, name: str) -> bool:
    """Whether another symbol has the name where this one is known."""
    other = Symbol(symbol.kind, name, symbol.scope)
    if symbol.kind != "reference":
        return any(use.symbol == other for tree in trees.all for use in trees.of(tree))
    near = {part for one in trees.linked(symbol) for part in trees.homes.reached(one)}
    return any(one in near for one, _ in trees.references(name))


def _new_error(source: Source, after: Texts, texts: Texts) -> str:
    """What is wrong with a document once the edits are made that was not before; empty for nothing. This sees also
    names that only an expression makes."""
    before = _errors(source, texts)
    found = _errors(Source(source.path, after[source.file], source.file), {**texts, **after})
    known = Counter(one.name for one in before)
    known.subtract(one.name for one in found)
    if len(found) <= len(before):
        return ""
    return next(one.words.message for one in found if known[one.name] < 0)


def _errors(source: Source, texts: Texts) -> list[Finding]:
    made = compile(source, read=read_with(texts), draft=True)
    return [one for one in made.findings if one.severity == "error"]


def reached(root: Mapping, symbol: Symbol, texts: Texts) -> Trees:
    """The documents in which a symbol is the same."""
    try:
        return sharing(root, symbol, texts)
    except Unreadable as error:
        raise Refused(f"{error} cannot be read as it is now: mend it first") from error


def _check_name(symbol: Symbol, name: str) -> None:
    if symbol.kind in ("component", "reference"):
        read = parse(Source("", f"x: {name}\n"), Log()) if pattern(_PLAIN).fullmatch(name) else None
        value = None if read is None else read.entries["x"][1]
        if not isinstance(value, Scalar) or value.value != name:
            raise Refused(f"`{name}` is no name: use letters, digits, `-`, `_`, `.` and spaces between them")
    elif not pattern(NAME).fullmatch(name) or name in WORDS:
        raise Refused(f"`{name}` is no name: use letters, digits and `_`, and none of the words of expressions")


def _means_the_same(tree: Mapping, symbol: Symbol, name: str, uses: list[Use], edits: list[Edit]) -> bool:
    """Whether every name of a document stands for what it stood for before, once the edits are made."""
    source = tree.source
    again = parse(Source(source.path, applied(source.text, edits), source.file), Log())
    if again is None:
        return False
    places = {edit.span.key for edit in edits}
    before = [_moved(use.symbol, name if use.span.key in places else use.symbol.name, symbol, name) for use in uses]
    return before == [use.symbol for use in uses_in(again)]


def _moved(one: Symbol, called: str, symbol: Symbol, name: str) -> Symbol:
    """A symbol as it is called once another has its new name; the scope of a component's own names has it too."""
    inside = symbol.kind == "component" and one.scope[:2] == ("components", symbol.name)
    return Symbol(one.kind, called, ("components", name, *one.scope[2:]) if inside else one.scope)


def moved_file(root: Mapping, old: str, new: str, texts: Texts) -> tuple[str, str, list[Edit]]:
    """An included file by another name: its path before and after, and the edits wherever it is included."""
    source = root.source
    before, after = target(source, old), target(source, new)
    around = root_of(os.path.dirname(source.file)) if source.file else ""
    if not source.file or not os.path.isfile(before):
        raise Refused(f"there is no file `{old}`")
    if not pattern(r"[\w./ +@()-]+").fullmatch(new) or new.endswith("/") or new != new.strip():
        raise Refused(f"`{new}` is no name of a file")
    if not is_below(after, around):
        raise Refused(f"`{new}` leads out of the project")
    if os.path.lexists(after):
        raise Refused(f"there is a file `{new}` already")
    try:
        places = list(including(root, before, texts))
    except Unreadable as error:
        raise Refused(f"{error} cannot be read as it is now: mend it first") from error
    return before, after, [Edit(content(one), _relative(one.source, after, new, source)) for one in places]


def _relative(where: Source, path: str, name: str, asked: Source) -> str:
    """How a file is named where it is included: as it was typed in the file that was asked about."""
    if where is asked:
        return name
    return os.path.relpath(path, os.path.dirname(where.file)).replace(os.sep, "/")
