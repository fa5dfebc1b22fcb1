"""scope: the value of every variable, from what was given, its default or its example."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from vidc.diag.finding import Log, Place
from vidc.hints import Any
from vidc.ir.tree import Mapping as Object
from vidc.ir.tree import Node, Scalar, Sequence, first_line
from vidc.problems import expand
from vidc.problems import variables as problems
from vidc.source import Span

from .declaration import KEYS, TYPES, Declaration
from .names import names
from .values import MAX_DEPTH, UNKNOWN, WrittenFloat, WrittenInt, as_written
from .variables import fit

SENT = "dynamicVariables"
"""Where the values of the service stand."""

Fill = Callable[[Node, Mapping[str, Any]], Node]
Nearest = Callable[[str, Collection[str]], str]


class Values:
    """Resolves the variables of one document, each when it is first needed: a default may use any other."""

    def __init__(
        self,
        declared: dict[str, Declaration],
        given: Mapping[str, Node],
        fill: Fill,
        nearest: Nearest,
        draft: bool,
        log: Log,
        served: Collection[str] = (),
    ) -> None:
        self.declared = declared
        self.given = given
        self.fill = fill
        self.nearest = nearest
        self.draft = draft
        self.log = log
        self.served = served
        self.scope: dict[str, Any] = {}
        self.origins: dict[str, Node] = {}
        self.path: list[str] = []
        self.is_too_deep = False

    def all(self) -> dict[str, Any]:
        """Plain values by name, in the order declared. A name with an error is unknown: nothing else is said of it."""
        for name, node in self.given.items():
            if name not in self.declared:
                from vidc.diag.undeclared import name_before

                near = self.nearest(name, self.declared)
                if name != name.strip():
                    near = name.strip()
                    self.scope |= {near: UNKNOWN} if near in self.declared else {}
                at = Place(name_before(name, node.span))
                inner = node.entries if isinstance(node, Object) else ()
                served = [one for one in (inner if name == SENT else (name,)) if one in self.served]
                self.log.add(problems.undeclared_variable(at, name, "" if served else near, served))
        for name in self.declared:
            self._resolve(name)
        return {name: self.scope[name] for name in self.declared}

    def _resolve(self, name: str) -> None:
        if name in self.scope:
            return
        declaration = self.declared[name]
        if name in self.path:
            cycle = [*self.path[self.path.index(name) :], name]
            self.log.add(problems.variable_cycle(Place(declaration.key.span), cycle))
            self.scope[name] = UNKNOWN
            return
        if len(self.path) >= MAX_DEPTH:
            self._say_too_deep(declaration)
            self.scope[name] = UNKNOWN
            return
        self.path.append(name)
        value = self._value(declaration)
        self.path.pop()
        self.scope.setdefault(name, value)

    def _say_too_deep(self, declaration: Declaration) -> None:
        """Once: a long chain is cut in many places."""
        if not self.is_too_deep:
            self.is_too_deep = True
            what, help = "the defaults of variables use each other", "write some of the defaults out"
            self.log.add(expand.expands_too_deep(Place(declaration.key.span), what, MAX_DEPTH, help))

    def _value(self, declaration: Declaration) -> Any:
        at = Place(declaration.key.span)
        given = self.given.get(declaration.name)
        node = given if given is not None else _written(declaration.default)
        if node is not None:
            self.origins[declaration.name] = node
        if node is None:
            if not declaration.required:
                return UNKNOWN if declaration.faulty else None
            if not self.draft or declaration.example is None:
                self.log.add(problems.missing_variable(at, declaration.name, self.draft))
                return UNKNOWN
            node = self.origins[declaration.name] = declaration.example
            self.log.add(problems.example_used(at, declaration.name))
        elif given is not None and isinstance(given, Object) and _is_declared_again(declaration, given, self.log):
            return UNKNOWN
        elif given is None and node.live:
            for name in sorted(names_in(node) & self.declared.keys()):
                self._resolve(name)
            node = self.fill(node, self.scope)
        return value_of(declaration, node, Place(node.span), self.log)


def _is_declared_again(declaration: Declaration, given: Object, log: Log) -> bool:
    """Whether a file of values has a declaration in the place of a value, which is reported."""
    entries = given.entries
    kind = entries["type"][1] if "type" in entries else None
    fields = declaration.default.entries if isinstance(declaration.default, Object) else {}
    if not isinstance(kind, Scalar) or kind.value not in TYPES or "type" in fields or not entries.keys() <= set(KEYS):
        return False
    if declaration.type in (None, "object") and entries.keys().isdisjoint(("default", "example", "required")):
        return False  # an object may have a field of that name
    value = next((entries[name][1].span.text for name in ("default", "example") if name in entries), "")
    log.add(problems.declared_again(Place(first_line(given)), declaration.name, value))
    return True


def value_of(declaration: Declaration, node: Node, at: Place, log: Log) -> Any:
    """A node's plain value as its declaration has it; unknown where a finding speaks of it.

    A number that is declared as text keeps its digits as they were written: `3.10` is not `3.1`.
    """
    if isinstance(node, Scalar):
        if node.unknown:
            return UNKNOWN
        if node.value is None and not declaration.required:
            return None
        if declaration.type == "string" and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            written = (node.anchor or node.span).text
            return written if written[:1] in "+-.0123456789" else str(node.value)
    elif declaration.type in ("string", "url") and node.source.path == "--var":
        return value_of(declaration, _as_text(node), at, log)
    elif declaration.type != "object" and isinstance(node, Object) and "if" in node.entries:
        from vidc.problems.choices import choice

        if help := choice(node):
            what = declaration.type or ""
            log.add(problems.wrong_variable_type(at, declaration.name, what, {}, declaration.key.span, help))
            return UNKNOWN
    fitted, sound = fit(declaration, _known(node), at, log)
    if not sound:
        return UNKNOWN
    return _placed(fitted, node) if isinstance(node, Scalar) else fitted


def _as_text(node: Node) -> Scalar:
    """What a command line gave for a text that looks like a list or an object, such as the service's `{plan}`."""
    return Scalar(node.span.text, node.source, node.start, node.end)


def _known(node: Node) -> Any:
    """Plain data, in which what is unknown stays so."""
    if isinstance(node, Scalar):
        return UNKNOWN if node.unknown else _number_in(node)
    if isinstance(node, Sequence):
        return [_known(item) for item in node.items]
    return {name: _known(item) for name, (_, item) in node.entries.items()}


def _number_in(node: Scalar) -> Any:
    """The value of a scalar; of a number one that knows how it was written."""
    if node.value.__class__ is not int and node.value.__class__ is not float:
        return node.value
    at = node.anchor or node.span
    return as_written(node.value, at.text, at)


def _placed(value: Any, node: Scalar) -> Any:
    """A number that was read out of the text of a scalar, as a command line has it, knows where it stands there."""
    if isinstance(value, WrittenInt | WrittenFloat) and value.at is None:
        at = node.anchor or node.span
        start = at.text.find(value.written)
        if start >= 0:
            value.at = Span(at.source, at.start + start, at.start + start + len(value.written))
    return value


def _written(node: Node | None) -> Node | None:
    """The default; a null one is none."""
    return None if isinstance(node, Scalar) and node.value is None and not node.unknown else node


def names_in(node: Node) -> set[str]:
    """The names that the templates in a node look up."""
    if isinstance(node, Scalar):
        return names(node.value) if node.live and isinstance(node.value, str) else set()
    if isinstance(node, Sequence):
        return set().union(*(names_in(item) for item in node.items if item.live))
    return set().union(*(names_in(item) for _, item in node.entries.values() if item.live))
