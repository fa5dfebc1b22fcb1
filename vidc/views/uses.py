"""uses: which variables, components, defaults and includes each part of a spec is made from.

`expand` leaves none of them in the tree, so this reads what the author wrote, as `expand` would go through it, without
working anything out. What a component's parameter or a loop's name stands for is followed to the variables behind it.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator
from re import DOTALL, fullmatch
from typing import TypeAlias

from vidc.compile import read_tree
from vidc.diag.finding import Log
from vidc.ir import tree
from vidc.ir.tree import Node, Scalar, Sequence
from vidc.passes.expand.include import gather
from vidc.passes.expand.names import names, names_of
from vidc.record import record
from vidc.source import Source, Span

from .graph import TooLarge

MAX_STEPS = 1_000_000
"""Limit: so many values are looked at, those of a component each time it is used, and so many variables behind them."""

Step: TypeAlias = tuple[Source, int]
Key: TypeAlias = tuple[tuple[Step, ...], Step]
"""Through what a scene or track came to stand where it is, and where it is written. Expanded nodes have the same."""

Scope: TypeAlias = ChainMap[str, frozenset[str]]
"""The variables behind each name."""


@record
class Use:
    """A name that a part uses, and where: `kind` is variable, component, defaults or include."""

    kind: str
    name: str
    at: Span


@record
class Element:
    """A scene or a track as written; `scene`: the key of the scene that a track stands in."""

    kind: str
    key: Key
    node: tree.Mapping
    uses: list[Use]
    scene: Key | None = None


@record
class Part:
    """A variable, component, type's defaults, value for the service, or other top-level key."""

    key: Scalar
    uses: list[Use]


@record
class Authored:
    elements: list[Element]
    variables: dict[str, Part]
    components: dict[str, Part]
    defaults: dict[str, Part]
    services: dict[str, Part]
    others: dict[str, Part]
    includes: dict[Source, Span]


def key_of(node: tree.Mapping) -> Key:
    """The key of an expanded scene or track."""
    return tuple(step_of(via.span) for via in node.via), (node.source, node.start)


def step_of(span: Span) -> Step:
    return span.source, span.start


def authored(root: tree.Mapping, read: Callable[[str, Source], Source | str], sources: list[Source]) -> Authored:
    """What a spec's parts use. `read` and `sources`: as the spec was compiled with."""
    known = {source.file: source for source in sources}
    includes: dict[Source, Span] = {}

    def included(name: str, at: Span) -> tree.Mapping | None:
        found = read(name, at.source)
        if not isinstance(found, Source):
            return None
        source = known.get(found.file, found)
        includes.setdefault(source, at)
        return read_tree(source)[0]

    return _Walk(gather(root, included, Log()) or root, includes).walk()


class _Walk:
    """Goes through one document. `top`: its variables, all that a component sees of its surroundings."""

    def __init__(self, root: tree.Mapping, includes: dict[Source, Span]) -> None:
        self.root = root
        self.includes = includes
        self.bodies = _entries(root, "components")
        self.top: Scope = ChainMap({name: frozenset((name,)) for name in _entries(root, "variables")})
        self.elements: list[Element] = []
        self.used: list[str] = []
        self.left = MAX_STEPS
        self.known: dict[tuple[str, bool], list[str]] = {}

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise TooLarge(f"more than {MAX_STEPS:,} values, those of components counted where they are used")

    def walk(self) -> Authored:
        scenes = self.root.entries.get("scenes")
        for item in _items(scenes[1] if scenes else None):
            self.element(item, "scene", self.top, (), [], None)
        others = {
            name: Part(key, self.uses(node, self.top))
            for name, (key, node) in self.root.entries.items()
            if name not in ("variables", "components", "defaults", "scenes", "include", "dynamicVariables")
        }
        return Authored(
            self.elements,
            {name: self.part(key, node, self.top) for name, (key, node) in _entries(self.root, "variables").items()},
            {name: self.component(key, node) for name, (key, node) in self.bodies.items()},
            {name: self.part(key, node, self.top) for name, (key, node) in _entries(self.root, "defaults").items()},
            {
                name: self.part(key, node, self.top)
                for name, (key, node) in _entries(self.root, "dynamicVariables").items()
            },
            {name: part for name, part in others.items() if part.uses},
            self.includes,
        )

    def part(self, key: Scalar, node: Node, scope: Scope) -> Part:
        return Part(key, [*self.uses(node, scope), *self.brought(key)])

    def brought(self, key: Scalar) -> list[Use]:
        """The include that a name came from."""
        return [Use("include", key.source.path, self.includes[key.source])] if key.source in self.includes else []

    def component(self, key: Scalar, node: Node) -> Part:
        """What stands in a component, whatever it is used with: its parameters hide variables of the same name."""
        scope = self.top.new_child(dict.fromkeys(_parameters(node), frozenset()))
        found = [*self.uses(node, scope, everywhere=True), *self.brought(key)]
        found += [Use("component", name, at.span) for name, at in _used_in(node) if name in self.bodies]
        return Part(key, found)

    def uses(self, node: Node, scope: Scope, *, everywhere: bool = False) -> list[Use]:
        """The variables behind the names in a part's texts; tracks are elements of their own."""
        found: dict[str, Use] = {}
        for text in self.texts(node, everywhere):
            for name in self.named(text):
                behind = scope.get(name, ())
                self.spend(1 + len(behind))
                for variable in sorted(behind):
                    found.setdefault(variable, Use("variable", variable, text.scalar.span))
        return list(found.values())

    def texts(self, node: Node, everywhere: bool) -> Iterator[_Text]:
        """The scalars that may hold templates."""
        if isinstance(node, Scalar):
            if node.live and isinstance(node.value, str):
                yield _Text(node)
        elif not node.live:
            return
        elif isinstance(node, Sequence):
            self.spend(len(node.items))
            for item in node.items:
                yield from self.texts(item, everywhere)
        else:
            self.spend(len(node.entries))
            for name, (_, item) in node.entries.items():
                if name in ("for", "if") and isinstance(item, Scalar):
                    yield _Text(item, True)
                elif everywhere or name != "tracks":
                    yield from self.texts(item, everywhere)

    def named(self, text: _Text) -> list[str]:
        """The names that a text looks up."""
        written = str(text.scalar.value)
        key = (written, text.bare)
        if key not in self.known:
            self.known[key] = sorted(_named(written, text.bare))
        return self.known[key]

    def element(
        self, item: Node, kind: str, scope: Scope, chain: tuple[Step, ...], so_far: list[Use], scene: Key | None
    ) -> None:
        """A scene or track with what it loops over, what it depends on and what it is made of."""
        self.spend(1 + len(so_far))
        if not isinstance(item, tree.Mapping):
            return
        conditions = [*so_far]
        loop = item.entries.get("for")
        if loop and isinstance(loop[1], Scalar):
            conditions += self.uses(_only(item, "for"), scope)
            chain = (*chain, step_of(loop[1].span))
            scope = scope.new_child(self.looped(loop[1], scope))
        conditions += self.uses(_only(item, "if"), scope)
        if "use" in item.entries:
            self.use(item, kind, scope, chain, conditions, scene)
            return
        key = (chain, (item.source, item.start))
        self.elements.append(Element(kind, key, item, _unique([*conditions, *self.uses(item, scope)]), scene))
        tracks = item.entries.get("tracks") if kind == "scene" else None
        for track in _items(tracks[1] if tracks else None):
            self.element(track, "track", scope, chain, [], key)

    def looped(self, scalar: Scalar, scope: Scope) -> dict[str, frozenset[str]]:
        """The variables behind the names that a loop brings."""
        loop = _loop(str(scalar.value))
        if loop is None:
            return {}
        behind: set[str] = set()
        for name in names_of(loop[1]):
            found = scope.get(name, frozenset())
            self.spend(1 + len(found))
            behind |= found
        return {loop[0]: frozenset(behind), "loop": frozenset(behind)}

    def use(
        self, item: tree.Mapping, kind: str, scope: Scope, chain: tuple[Step, ...], so_far: list[Use], scene: Key | None
    ) -> None:
        """What a component puts in place."""
        called = item.entries["use"][1]
        name = called.value if isinstance(called, Scalar) else None
        if not isinstance(name, str) or name not in self.bodies or name in self.used:
            return
        _, body = self.bodies[name]
        chain = (*chain, step_of(called.span))
        found = [*so_far, Use("component", name, called.span)]
        inner = self.top.new_child(self.arguments(body, item, scope))
        self.used.append(name)
        part = body.entries.get("tracks" if kind == "track" else "scene") if isinstance(body, tree.Mapping) else None
        for made in _items(part[1] if part else None) if kind == "track" else [part[1]] if part else []:
            self.element(made, kind, inner, chain, found, scene)
        self.used.pop()

    def arguments(self, body: Node, item: tree.Mapping, scope: Scope) -> dict[str, frozenset[str]]:
        """The variables behind each parameter: those of what it is given, else of its default."""
        given = _entries(item, "with")
        behind: dict[str, frozenset[str]] = {}
        for name, (_, declaration) in _parameters(body).items():
            if name in given:
                found = self.uses(given[name][1], scope)
            else:
                found = self.uses(declaration, self.top.new_child(behind))
            behind[name] = frozenset(use.name for use in found)
        return behind


@record
class _Text:
    """A scalar in which names may stand; `bare`: the whole of it is an expression."""

    scalar: Scalar
    bare: bool = False


def _named(written: str, bare: bool) -> set[str]:
    if not bare:
        return names(written)
    loop = _loop(written)
    return names_of(loop[1] if loop else written) | names(written)


def _loop(text: str) -> tuple[str, str] | None:
    """The name and the expression of `for: name in expression`."""
    found = fullmatch(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s+in\s+(.*\S)\s*", text, DOTALL)
    return (found[1], found[2]) if found else None


def _only(item: tree.Mapping, name: str) -> tree.Mapping:
    """The mapping with one of its keys alone, or none."""
    entries = {name: item.entries[name]} if name in item.entries else {}
    return tree.Mapping(entries, item.source, item.start, item.end, live=True)


def _used_in(node: Node) -> Iterator[tuple[str, Scalar]]:
    match node:
        case Sequence(items=items):
            for item in items:
                yield from _used_in(item)
        case tree.Mapping(entries=entries):
            for name, (_, item) in entries.items():
                if name == "use" and isinstance(item, Scalar) and isinstance(item.value, str):
                    yield item.value, item
                else:
                    yield from _used_in(item)


def _entries(node: Node, name: str) -> dict[str, tuple[Scalar, Node]]:
    """The entries of a mapping in a mapping; none where it is something else."""
    found = node.entries.get(name) if isinstance(node, tree.Mapping) else None
    return found[1].entries if found and isinstance(found[1], tree.Mapping) else {}


def _parameters(body: Node) -> dict[str, tuple[Scalar, Node]]:
    return _entries(body, "parameters")


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []


def _unique(uses: list[Use]) -> list[Use]:
    found: dict[tuple[str, str], Use] = {}
    for use in uses:
        found.setdefault((use.kind, use.name), use)
    return list(found.values())
