"""include: the variables, defaults and components that other files bring."""

from __future__ import annotations

from collections.abc import Callable, Collection

from vidc.diag.finding import Log, Place
from vidc.hints import TypeAlias
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, plain
from vidc.problems import expand as problems
from vidc.record import record, replace
from vidc.source import Source, Span

from .merge import merge

Read: TypeAlias = Callable[[str, Span], "Mapping | str | None"]
"""Reads a file that is named at a place: the tree, or why it cannot be read, or None where findings say so already."""

Entries: TypeAlias = "dict[str, tuple[Scalar, Node]]"

BRINGS = ("variables", "defaults", "components")
KNOWN = (*BRINGS, "include", "vidc")
MAX_FILES = 100
ENDINGS = (".yaml", ".yml", ".json")


@record
class Brought:
    """One entry of `variables`, `defaults` or `components` and the file it came from."""

    key: Scalar
    node: Node
    source: Source


def is_spec(path: str) -> bool:
    """Whether a file's name is one of those that specs have."""
    return path.lower().endswith(ENDINGS)


def is_hidden(path: str) -> bool:
    """Whether a part of a path begins with a dot: what lies there was not put there to be read by others, and findings
    would show it."""
    parts = path.replace("\\", "/").split("/")
    return any(part.startswith(".") and part not in (".", "..") for part in parts)


def _unfit(name: str) -> tuple[str, str]:
    """Why no file of this name is read, whatever it holds, and what would do; both empty where it may be."""
    if is_hidden(name):
        return "a part of its path begins with a dot", "include files whose names and folders do not begin with a dot"
    if "://" in name:
        return "it is an address, and only files are included", "save the file in the project, and write its path"
    if name and not is_spec(name):
        return "its name is not one of a YAML or JSON file", "include files whose names end in `.vidc.yaml`"
    return "", ""


def gather(root: Mapping, read: Read, log: Log) -> Mapping | None:
    """The root with what its includes bring laid under it. The includer wins; two includes that clash are an error.

    None where a file could not be read: which names there are is not known then, and all that would be said follows.
    """
    if "include" not in root.entries:
        return root
    includes = _Includes(read, log, _declared(root))
    written = _written(root)
    brought = includes.of(root, (), written)
    if includes.failed:
        return None
    entries = dict(root.entries)
    for section in BRINGS:
        names = brought[section]
        if not names:
            continue
        own = entries.get(section)
        key = own[0] if own else root.entries["include"][0]
        under = {name: (item.key, item.node) for name, item in names.items()}
        base = own[1] if own and isinstance(own[1], Mapping) else replace(root, entries={})
        if own is None or isinstance(own[1], Mapping):
            both = _laid(section, written[section], under)
            entries[section] = (key, replace(base, entries=both, live=True))
    return replace(root, entries=entries, live=True)


def _declared(root: Mapping) -> Collection[str]:
    """The names of the spec's own variables."""
    own = root.entries.get("variables")
    return own[1].entries if own and isinstance(own[1], Mapping) else ()


def _written(root: Mapping) -> dict[str, Entries]:
    """What a file writes itself, by section."""
    found = {section: root.entries.get(section) for section in BRINGS}
    return {name: own[1].entries if own and isinstance(own[1], Mapping) else {} for name, own in found.items()}


def _laid(section: str, over: Entries, under: Entries) -> Entries:
    """What one file brings over what another one does. Defaults of one type merge key by key, as under a track."""
    both = {**under, **over}
    if section != "defaults":
        return both
    for name in over.keys() & under.keys():
        mine, theirs = over[name][1], under[name][1]
        if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            both[name] = (over[name][0], merge(mine, theirs))
    return both


def _at_odds(section: str, over: Node | None, one: Node, other: Node) -> list[str] | None:
    """Whether two values of one name come to something else under what an including file writes itself; of defaults,
    in which keys. None where it settles which is meant."""
    if over is not None and isinstance(over, Mapping) and section == "defaults":
        one, other = (merge(over, under) if isinstance(under, Mapping) else over for under in (one, other))
    elif over is not None:
        return None
    first, second = _bare(plain(one)), _bare(plain(other))
    if first == second:
        return None
    if section != "defaults" or not isinstance(first, dict) or not isinstance(second, dict):
        return []
    return [name for name in {**first, **second} if first.get(name) != second.get(name)]


def _bare(value: object) -> object:
    """Plain data without nulls, which are absence."""
    return {name: _bare(item) for name, item in value.items() if item is not None} if isinstance(value, dict) else value


def _may_name(item: Node) -> bool:
    """Whether an item is a file's name, or one that is not known or not written yet."""
    return isinstance(item, Scalar) and (isinstance(item.value, str) or item.unknown or item.value is None)


class _Includes:
    """Reads the files that a document includes, and those that they include."""

    def __init__(self, read: Read, log: Log, declared: Collection[str]) -> None:
        self.read = read
        self.declared = declared
        self.log = log
        self.files = 0
        self.failed = False

    def of(self, root: Mapping, path: tuple[Source, ...], over: dict[str, Entries]) -> dict[str, dict[str, Brought]]:
        """What a file's includes bring. `over`: what it writes itself, and those that include it."""
        found: dict[str, dict[str, Brought]] = {section: {} for section in BRINGS}
        for item in self._paths(root.entries["include"][1]):
            tree = self._tree(item, (*path, root.source))
            if tree is None:
                continue
            for section, names in self._brought(tree, (*path, root.source), over).items():
                for name, one in names.items():
                    first = found[section].setdefault(name, one)
                    if first.key.source is not one.key.source:
                        self._compare(item, section, name, first, one, over[section].get(name))
        return found

    def _compare(
        self, item: Scalar, section: str, name: str, first: Brought, other: Brought, over: tuple[Scalar, Node] | None
    ) -> None:
        keys = _at_odds(section, over[1] if over else None, first.node, other.node)
        if keys is not None:
            at = Place(item.span)
            self.log.add(problems.include_clash(at, section, name, first.key.span, other.key.span, keys))

    def _paths(self, node: Node) -> list[Scalar]:
        items = node.items if isinstance(node, Sequence) else [node]
        wrong = next((item for item in items if not _may_name(item)), None)
        if wrong is not None:
            from .shapes import files

            self.failed = True
            self.log.add(problems.wrong_shape(Place(wrong.span), "include", "a list of file names", files(items)))
        return [item for item in items if isinstance(item, Scalar) and isinstance(item.value, str)]

    def _tree(self, item: Scalar, path: tuple[Source, ...]) -> Mapping | None:
        tree = self._read(item, path)
        self.failed = self.failed or tree is None
        return tree

    def _read(self, item: Scalar, path: tuple[Source, ...]) -> Mapping | None:
        self.files += 1
        if self.files > MAX_FILES:
            if self.files == MAX_FILES + 1:
                self.log.add(problems.too_many_includes(Place(item.span), MAX_FILES))
            return None
        reason, help = _unfit(str(item.value))
        if reason:
            self.log.add(problems.cannot_include(Place(item.span), str(item.value), reason, help))
            return None
        tree = self.read(str(item.value), item.span)
        if isinstance(tree, str):
            self.log.add(problems.cannot_include(Place(item.span), str(item.value), tree))
            return None
        if tree is None:
            return None
        if any(tree.source.file == source.file for source in path):
            names = [*(source.path for source in path), tree.source.path]
            self.log.add(problems.include_cycle(Place(item.span), names))
            return None
        value = self._value(tree)
        if value:
            self.log.add(problems.not_includable(Place(item.span), str(item.value), value))
            return None
        return tree

    def _value(self, tree: Mapping) -> str:
        """The first key of a file that is a variable of the spec, where the file brings nothing."""
        entries = tree.entries
        if "include" in entries or any(name in entries for name in BRINGS):
            return ""
        return next((name for name in entries if name in self.declared), "")

    def _brought(
        self, tree: Mapping, path: tuple[Source, ...], over: dict[str, Entries]
    ) -> dict[str, dict[str, Brought]]:
        """What one included file brings: its own, over what it includes itself."""
        if any(name not in KNOWN and not name.startswith("x-") for name in tree.entries):
            from .headless import with_heads

            tree = with_heads(tree, self.log)
        own = _written(tree)
        below: dict[str, dict[str, Brought]] = {section: {} for section in BRINGS}
        if "include" in tree.entries:
            below = self.of(tree, path, {name: _laid(name, over[name], own[name]) for name in BRINGS})
        for name, (_, node) in tree.entries.items():
            if name in BRINGS and isinstance(node, Mapping):
                under = {inner: (item.key, item.node) for inner, item in below[name].items() if inner in node.entries}
                laid = _laid(name, node.entries, under)
                below[name] |= {inner: Brought(k, value, tree.source) for inner, (k, value) in laid.items()}
            elif name in BRINGS:
                self.log.add(problems.wrong_shape(Place(node.span), name, "a mapping of names"))
        return below
