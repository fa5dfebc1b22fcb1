"""symbols: variables, service variables, components, references and includes: where each is defined and used.

Names are looked for in the text as it is written, so every place can be edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from re import compile as pattern

from vidc.diag.finding import Log
from vidc.ir.tree import Mapping, Scalar, Sequence
from vidc.passes.expand.names import is_part
from vidc.passes.expand.short import NAME, RESERVED
from vidc.passes.parse import parse
from vidc.record import record
from vidc.source import Source, Span

from .places import Path, holder, scalars

_STRING = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_TOKEN = rf"{_STRING}|{NAME}|==|\S"
_TEMPLATE = rf"\\?<(?P<short>{NAME})(?P<rest>[^<>{{}}\n]{{0,300}})>|\{{[{{%](?P<inside>.*?)[%}}]\}}"
_SERVICE = rf"(?<!\{{)\{{(?P<name>{NAME})\}}(?!\}})"
WORDS = RESERVED | {"elif", "endif", "for", "endfor", "recursive", "loop", "raw", "endraw"}
REFERENCE, REFERENCE_ID = "intrinsicDurationTrackReference", "referenceId"


OF_ONE_FILE = ("local", "reference", "include")
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

    def of(self, tree: Mapping) -> list[Use]:
        """All places of symbols in one of the documents, looked for once."""
        if id(tree) not in self._uses:
            self._uses[id(tree)] = list(uses_in(tree))
        return self._uses[id(tree)]

    def uses(self, symbol: Symbol) -> list[Use]:
        """Every place of a symbol, in the order of the files and their texts."""
        known_in = [self.root] if symbol.kind in OF_ONE_FILE else self.all
        return [use for tree in known_in for use in self.of(tree) if use.symbol == symbol]

    def at(self, offset: int) -> Use | None:
        """The symbol at a place of the file itself."""
        return next((use for use in self.of(self.root) if use.span.start <= offset <= use.span.end), None)

    def definitions(self, symbol: Symbol) -> list[Use]:
        return [use for use in self.uses(symbol) if use.defines]

    def names(self, kind: str, scope: Path = ()) -> list[str]:
        """The names of a kind that are defined, each once; of a scope where the kind has one."""
        found = (use.symbol for tree in self.all for use in self.of(tree) if use.defines)
        return list(dict.fromkeys(one.name for one in found if one.kind == kind and one.scope == scope))

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
    if last not in ("for", "if") and pattern(_TEMPLATE).search(scalar.value):
        yield from _in_text(root, path, inner)
    elif last == "use":
        yield Use(Symbol("component", scalar.value), inner)
        user = holder(root, path[:-1])
        for key in _keys(user, "with") if isinstance(user, Mapping) else []:
            yield Use(Symbol("parameter", str(key.value), ("components", scalar.value)), content(key))
    elif last == REFERENCE:
        yield Use(Symbol("reference", scalar.value, path[:-1]), inner)
    elif last == REFERENCE_ID and len(path) > 3 and path[-3] == "tracks":
        yield Use(Symbol("reference", scalar.value, path[:-3]), inner, True)
    elif path[:1] == ("include",):
        yield Use(Symbol("include", scalar.value), inner)
    elif last in ("for", "if"):
        yield from _in_expression(root, path, inner, last == "for")
    else:
        yield from _in_text(root, path, inner)


def _in_text(root: Mapping, path: Path, span: Span) -> Iterator[Use]:
    """The names of a text's templates; one that a template's own loop makes is none."""
    text = span.source.text
    own: set[str] = set()
    for match in pattern(_TEMPLATE).finditer(text, span.start, span.end):
        if match["inside"] is not None:
            inside = Span(span.source, match.start("inside"), match.end("inside"))
            if loop := pattern(rf"[-+]?\s*for\s+({NAME}(?:\s*,\s*{NAME})*)\s+in\b").match(inside.text):
                own |= set(pattern(NAME).findall(loop[1]))
            yield from (use for use in _in_expression(root, path, inside, False) if use.symbol.name not in own)
        elif match["short"] not in WORDS | own and not match[0].startswith("\\"):
            yield _named(root, path, match["short"], Span(span.source, match.start("short"), match.end("short")))
    for match in pattern(_SERVICE).finditer(text, span.start, span.end):
        yield Use(Symbol("service", match["name"]), Span(span.source, match.start("name"), match.end("name")))


def _in_expression(root: Mapping, path: Path, span: Span, binds: bool) -> Iterator[Use]:
    """The names of an expression. `binds`: it is `NAME in EXPRESSION`, whose first names the loop makes."""
    before, last, target = "", "", binds
    tokens = list(pattern(_TOKEN).finditer(span.source.text, span.start, span.end))
    for place, token in enumerate(tokens):
        word = token[0]
        after = tokens[place + 1][0] if place + 1 < len(tokens) else ""
        if word == "in":
            target = False
        elif pattern(NAME).fullmatch(word) and word not in WORDS and not is_part(before, last, after):
            here = Span(span.source, token.start(), token.end())
            if target:
                yield Use(Symbol("local", word, path[:-1]), here, True)
            else:
                yield _named(root, path[:-1] if binds else path, word, here, outside=binds)
        before, last = last, word


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
