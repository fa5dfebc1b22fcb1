"""reach: the documents of a project in which a name means the same, open or not.

A file and one that it includes know each other's variables, parameters and components, and through a file that both
include two specs may share a name that neither includes from the other.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from re import compile as pattern
from re import escape

from vidc.diag.finding import Log
from vidc.ir.tree import Mapping, Scalar, Sequence
from vidc.passes.parse import parse
from vidc.project import ENDINGS, CannotRead, load, root_of, specs_below
from vidc.source import Source

from .addresses import from_here
from .file import Texts, is_below
from .references import is_shared
from .symbols import OF_ONE_FILE, Symbol, Trees, uses_in

_INCLUDES = r"\binclude['\"]?[ \t]*:"

MOST = 2_000
"""Limit: so many files of a project are looked through."""


class Unreadable(Exception):  # noqa: N818  # named as what is the case
    """A file that has the name cannot be read now; its path."""


def sharing(root: Mapping, symbol: Symbol, texts: Texts) -> Trees:
    """The document, and those of its project in which the symbol is the same. `texts`: of open files."""
    if _is_alone(root, symbol):
        return Trees(root, [])
    documents = _project(root, symbol.name, texts)
    named = {file for file, tree in documents.items() if any(_is(symbol, use.symbol) for use in uses_in(tree))}
    includes = {file: _included(tree) for file, tree in documents.items()}
    met, waiting = {root.source.file}, [root.source.file]
    linked: dict[str, set[str]] = {file: set() for file in documents}
    for file in named:
        for part in _closure(file, includes) & named:
            linked[file].add(part)
            linked[part].add(file)
    while waiting:
        fresh = linked.get(waiting.pop(), set()) - met
        met |= fresh
        waiting += fresh
    found = Trees(root, [])
    found.all += [documents[file] for file in sorted(met - {root.source.file})]
    return found


def _is_alone(root: Mapping, symbol: Symbol) -> bool:
    """Whether no other file can know the symbol; of references, those that stand in no component and no default."""
    if symbol.kind != "reference" or _items(root):
        return symbol.kind in OF_ONE_FILE
    return not any(is_shared(one) for one in Trees(root, []).linked(symbol))


def _is(symbol: Symbol, other: Symbol) -> bool:
    """Whether they may be the same; where a reference is known differs from file to file."""
    return other == symbol or (symbol.kind == other.kind == "reference" and symbol.name == other.name)


def including(root: Mapping, file: str, texts: Texts) -> Iterator[Scalar]:
    """Every place in the project of `root` that names a file as included."""
    for tree in _project(root, "include", texts).values():
        for item in _items(tree):
            if target(tree.source, str(item.value)) == file:
                yield item


def target(source: Source, name: str) -> str:
    """The real path of what a document includes by a name; empty for a name that no file can have."""
    return "" if "\0" in name else os.path.realpath(os.path.join(os.path.dirname(source.file), name))


def includable(source: Source, texts: Texts) -> list[str]:
    """The names by which a document can include the other specs of its project, the nearest first."""
    if not source.file:
        return []
    folder = os.path.dirname(source.file)
    files = islice((file for file in _specs(root_of(folder), texts) if file != source.file), MOST)
    names = {os.path.relpath(file, folder).replace(os.sep, "/") for file in files}
    return sorted(names, key=lambda name: (name.count("/"), name))


def _project(root: Mapping, name: str, texts: Texts) -> dict[str, Mapping]:
    """The documents below the project's root in which a name stands, or that include others, by real path. One that
    cannot be read stands alone where it includes nothing and nothing includes it."""
    found = {root.source.file: root}
    unread: dict[str, bool] = {}
    if not root.source.file:
        return found
    around = root_of(os.path.dirname(root.source.file))
    waiting = _specs(around, texts) + [target(root.source, str(item.value)) for item in _items(root)]
    seen = {root.source.file}
    while waiting and len(seen) < MOST:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        text = _text(file, around, texts)
        if text is None or not (name in text or pattern(_INCLUDES).search(text)):
            continue
        tree = parse(Source(from_here(file), text, file), Log())
        if tree is not None:
            found[file] = tree
            waiting += [target(tree.source, str(item.value)) for item in _items(tree)]
        elif pattern(rf"(?<!\w){escape(name)}(?!\w)").search(text):
            unread[file] = pattern(_INCLUDES).search(text) is not None
    included = {file for tree in found.values() for file in _included(tree)} if unread else set()
    for file, includes in unread.items():
        if includes or file in included:
            raise Unreadable(from_here(file))
    return found


def _specs(around: str, texts: Texts) -> list[str]:
    """The specs of a project on the disk and open ones; what they include is found through them."""
    own = [file for file in texts if file.endswith(ENDINGS) and is_below(file, around)]
    return [*(os.path.realpath(one) for one in _on_disk(around) if isinstance(one, str)), *own]


def _on_disk(around: str) -> Iterable[str | CannotRead]:
    """Of a folder that nothing marks as a project's, only what is in it: it may be anybody's home."""
    if root_of(os.path.join(around, "below")) == around:
        return specs_below(around)
    with contextlib.suppress(OSError), os.scandir(around) as entries:
        return [entry.path for entry in entries if entry.name.endswith(ENDINGS) and entry.is_file()]
    return []


def _text(file: str, around: str, texts: Texts) -> str | None:
    if file in texts:
        return texts[file]
    try:
        return load(file, around).text
    except CannotRead:
        return None


def _items(tree: Mapping) -> list[Scalar]:
    entry = tree.entries.get("include")
    node = entry[1] if entry is not None else None
    items = node.items if isinstance(node, Sequence) else [node]
    return [item for item in items if isinstance(item, Scalar) and isinstance(item.value, str)]


def _included(tree: Mapping) -> set[str]:
    return {target(tree.source, str(item.value)) for item in _items(tree)}


def _closure(file: str, includes: dict[str, set[str]]) -> set[str]:
    met: set[str] = set()
    waiting = [file]
    while waiting:
        fresh = includes.get(waiting.pop(), set()) - met
        met |= fresh
        waiting += fresh
    return met - {file}
