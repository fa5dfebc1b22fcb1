"""symbols: variables, service variables, components, references and includes: where each is defined and used.

Names are looked for in the text as it is written, so every place can be edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from re import compile as pattern

from vidc.diag.finding import Log
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.passes.expand.short import NAME
from vidc.passes.parse import parse
from vidc.record import record
from vidc.source import Source, Span

from . import templates
from .places import Path, holder, scalars
from .references import Home, Homes, home

REFERENCE, REFERENCE_ID = "intrinsicDurationTrackReference", "referenceId"
_SENT = ("dynamicVariables", "callbackPayload")
"""What goes to the service as it is: braces in it are the author's."""

OF_ONE_FILE = ("local", "include")
"""Kinds of names that other files know nothing of."""


@record
class Symbol:
    """`kind`: variable, local (of a loop), parameter (of a component), service, component, reference, include.
    `scope`: where a reference or a local name is known, as the path of its scene or loop, and a parameter's
    component; empty for the others."""

    kind: str
    name: str
    scope: Path = ()


@record
class Use:
    """A symbol's place; `defines`: it is made here."""

    symbol: Symbol
    span: Span
    defines: bool = False


class Trees:
    """The documents of one compilation as written: the file itself and what it includes."""

    def __init__(self, root: Mapping, sources: list[Source]) -> None:
        self.root = root
        self.all: list[Mapping] = [root]
        for source in sources:
            if source is not root.source and (source.file != root.source.file or not source.file):
                found = parse(source, Log())
                if found is not None:
                    self.all.append(found)
        self._uses: dict[int, list[Use]] = {}
        self._homes: Homes | None = None

    @property
    def homes(self) -> Homes:
        self._homes = self._homes or Homes(self.all)
        return self._homes

    def of(self, tree: Mapping) -> list[Use]:
        """All places of symbols in one of the documents, looked for once."""
        if id(tree) not in self._uses:
            self._uses[id(tree)] = list(uses_in(tree))
        return self._uses[id(tree)]

    def uses(self, symbol: Symbol) -> list[Use]:
        """Every place of a symbol, in the order of the files and their texts."""
        if symbol.kind == "reference":
            linked = self.linked(symbol)
            return [use for one, use in self.references(symbol.name) if one in linked]
        known_in = [self.root] if symbol.kind in OF_ONE_FILE else self.all
        return [use for tree in known_in for use in self.of(tree) if use.symbol == symbol]

    def linked(self, symbol: Symbol) -> set[Home]:
        """Where a reference of the file itself is the same."""
        return self.homes.linked(home(self.root, symbol.scope), {one for one, _ in self.references(symbol.name)})

    def references(self, name: str) -> list[tuple[Home, Use]]:
        """Every place of a reference's name, with where it is known."""
        return [
            (home(tree, use.symbol.scope), use)
            for tree in self.all
            for use in self.of(tree)
            if use.symbol.kind == "reference" and use.symbol.name == name
        ]

    def at(self, offset: int) -> Use | None:
        """The symbol at a place of the file itself."""
        return next((use for use in self.of(self.root) if use.span.start <= offset <= use.span.end), None)

    def definitions(self, symbol: Symbol) -> list[Use]:
        return [use for use in self.uses(symbol) if use.defines]

    def defined(self, use: Use) -> Node | None:
        """What stands behind a definition: a variable's value, what a loop goes through; None for a mere name."""
        found = next((tree for tree in self.all if tree.source is use.span.source), None)
        symbol = use.symbol
        path = {
            "variable": ("variables", symbol.name),
            "service": ("dynamicVariables", symbol.name),
            "component": ("components", symbol.name),
            "parameter": (*symbol.scope, "parameters", symbol.name),
            "local": (*symbol.scope, "for"),
        }.get(symbol.kind)
        return None if found is None or path is None else holder(found, path)

    def names(self, kind: str, scope: Path = ()) -> list[str]:
        """The names of a kind that are defined, each once; of a scope where the kind has one, for references one of the
        file itself."""
        found = [(tree, use.symbol) for tree in self.all for use in self.of(tree) if use.defines]
        if kind == "reference":
            reached = self.homes.reached(home(self.root, scope))
            found = [(tree, one) for tree, one in found if one.kind == kind and home(tree, one.scope) in reached]
        else:
            found = [(tree, one) for tree, one in found if one.kind == kind and one.scope == scope]
        return list(dict.fromkeys(one.name for _, one in found))

    def locals_at(self, path: Path) -> list[str]:
        """The names that loops and components around a place of the file itself make."""
        found = (use.symbol for use in self.of(self.root) if use.defines and use.symbol.kind in ("local", "parameter"))
        return list(dict.fromkeys(one.name for one in found if path[: len(one.scope)] == one.scope))


def uses_in(root: Mapping) -> Iterator[Use]:
    """All places of symbols in a document."""
    for kind, top in (("variable", "variables"), ("service", "dynamicVariables"), ("component", "components")):
        for key in _keys(root, top):
            yield Use(Symbol(kind, str(key.value)), content(key), True)
    for path, scalar in scalars(root):
        yield from _in_scalar(root, path, scalar)
    for name, (_, body) in _entries(root, "components").items():
        for key in _keys(body, "parameters") if isinstance(body, Mapping) else []:
            yield Use(Symbol("parameter", str(key.value), ("components", name)), content(key), True)


def _in_scalar(root: Mapping, path: Path, scalar: Scalar) -> Iterator[Use]:
    last = path[-1] if path else ""
    inner = content(scalar)
    if not isinstance(scalar.value, str) or inner.start == inner.end:
        return
    text = templates.unescaped(scalar.span.text)
    if last in ("for", "if") and not _is_data(path):
        yield from _in_expression(root, path, scalar, text, last == "for")
        return
    names = [_named(root, path, one.name, _span(scalar, one)) for one in templates.in_text(text)]
    yield from names
    if path[0] not in _SENT:
        yield from (Use(Symbol("service", one.name), _span(scalar, one)) for one in templates.served(text))
    if last in (REFERENCE, REFERENCE_ID):
        yield from _of_reference(path, scalar, text)
    elif path[:1] == ("include",):
        yield Use(Symbol("include", scalar.value), inner)
    elif last == "use" and not names and not _is_data(path):
        yield Use(Symbol("component", scalar.value), inner)
        user = holder(root, path[:-1])
        for key in _keys(user, "with") if isinstance(user, Mapping) else []:
            yield Use(Symbol("parameter", str(key.value), ("components", scalar.value)), content(key))


def _is_data(path: Path) -> bool:
    """Whether it stands in a value, of a variable or that is passed on, in which a key has no meaning."""
    return path[0] in ("variables", *_SENT) or not {"with", "extra", "parameters"}.isdisjoint(path[:-1])


def _of_reference(path: Path, scalar: Scalar, text: str) -> Iterator[Use]:
    """A reference, or the name of a track; several of them where a text's statements choose between them."""
    defines = path[-1] == REFERENCE_ID
    if defines and len(path) > 3 and path[-3] == "tracks":
        scope = path[:-3]
    elif not defines or (len(path) == 3 and path[0] == "defaults"):
        scope = path[:-1]
    else:
        return
    plain = content(scalar)
    if "{%" in text:
        for one in templates.choices(text):
            yield Use(Symbol("reference", one.name, scope), _span(scalar, one), defines)
    elif plain.text == scalar.value and not any(templates.in_text(text)):
        yield Use(Symbol("reference", plain.text, scope), plain, defines)


def _in_expression(root: Mapping, path: Path, scalar: Scalar, text: str, binds: bool) -> Iterator[Use]:
    """The names of a loop, which does not know its own name yet, or of a condition."""
    for one in templates.in_expression(text, 0, len(text), binds):
        if one.made:
            yield Use(Symbol("local", one.name, path[:-1]), _span(scalar, one), True)
        else:
            yield _named(root, path[:-1] if binds else path, one.name, _span(scalar, one), outside=binds)


def _span(scalar: Scalar, one: templates.Name) -> Span:
    return Span(scalar.source, scalar.start + one.start, scalar.start + one.end)


def _named(root: Mapping, path: Path, name: str, span: Span, outside: bool = False) -> Use:
    """A name as what it stands for here: the nearest loop's or component's, else a variable.

    `outside`: of the loop at the path itself, which does not know its own name yet.
    """
    for end in range(len(path) - (1 if outside else 0), -1, -1):
        if name in _bound(root, path[:end]):
            kind = "parameter" if end == 2 and path[0] == "components" else "local"
            return Use(Symbol(kind, name, path[:end]), span)
    return Use(Symbol("variable", name), span)


def _bound(root: Mapping, path: Path) -> set[str]:
    """The names that the loop or component at a path makes."""
    node = holder(root, path)
    if not isinstance(node, Mapping):
        return set()
    if len(path) == 2 and path[0] == "components":
        return {str(key.value) for key in _keys(node, "parameters")}
    loop = node.entries.get("for")
    if loop is None or not isinstance(loop[1], Scalar) or not isinstance(loop[1].value, str):
        return set()
    return set(pattern(NAME).findall(loop[1].value.partition(" in ")[0]))


def _entries(root: Mapping, top: str) -> dict[str, tuple[Scalar, Mapping | Scalar | Sequence]]:
    entry = root.entries.get(top)
    return entry[1].entries if entry is not None and isinstance(entry[1], Mapping) else {}


def _keys(node: Mapping, top: str) -> list[Scalar]:
    return [key for key, _ in _entries(node, top).values()]


def content(scalar: Scalar) -> Span:
    """A scalar's span without its quotes."""
    text = scalar.source.text[scalar.start : scalar.end]
    quoted = len(text) > 1 and text[0] in "'\"" and text[-1] == text[0]
    return Span(scalar.source, scalar.start + quoted, scalar.end - quoted)
