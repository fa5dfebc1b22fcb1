"""structure: loops, conditions, components and defaults, which decide what scenes and tracks there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vidc.diag.finding import Finding, Log, Place, Via
from vidc.ir import tree
from vidc.ir.tree import Node, Scalar, Sequence
from vidc.problems import expand as problems
from vidc.record import record, replace

from .merge import merge
from .scope import value_of
from .session import Session
from .template import UNKNOWN, turn
from .variables import Declaration, declare

MAX_TURNS = 10_000
MAX_NODES = 2_000_000
TYPES = ("actor", "image", "video", "audio", "text", "shape", "scene")
"""What defaults can lie under: a type of track, or every scene."""


Scope = Mapping[str, Any]
Element = Callable[[tree.Mapping, Scope, tuple[Via, ...]], list[Node]]


class TooLarge(Exception):  # noqa: N818  # no error of the program: it leaves the expansion, and a finding says why
    """The spec grows past what one document may."""


@record
class Component:
    """A component's name, its parameters, and its tracks or its one scene."""

    name: str
    key: Scalar
    parameters: dict[str, Declaration]
    body: tree.Mapping


class Structure:
    """Expands the scenes of one document. `scope` holds the top-level variables, all that a component sees of them."""

    def __init__(self, log: Log, session: Session) -> None:
        self.log = log
        self.session = session
        self.scope: dict[str, Any] = {}
        self.components: dict[str, Component] = {}
        self.defaults: dict[str, tree.Mapping] = {}
        self.turns = 0
        self.count = 0
        self.uses: list[str] = []

    def read_components(self, node: Node | None) -> None:
        """Read `components:`; their parameters are declared like variables."""
        for name, (key, body) in self._names(node, "components"):
            if not isinstance(body, tree.Mapping) or ("tracks" in body.entries) == ("scene" in body.entries):
                self._add(problems.wrong_component(Place(key.span), name))
                continue
            for inner, (at, _) in body.entries.items():
                if inner not in ("parameters", "tracks", "scene", "description"):
                    self._add(problems.unknown_component_key(Place(at.span), inner))
            found = body.entries.get("parameters")
            self.components[name] = Component(
                name, key, declare(found[1] if found else None, "parameters", self.log), body
            )

    def read_defaults(self, node: Node | None) -> None:
        """Read `defaults:`; they are filled once, with the top-level variables."""
        for name, (key, body) in self._names(node, "defaults"):
            if not isinstance(body, tree.Mapping):
                self._add(problems.wrong_shape(Place(body.span), f"`defaults.{name}`", "a mapping of fields"))
                continue
            if name not in TYPES:
                self._stray_default(name, key)
            filled = self.fill(body, self.scope)
            assert isinstance(filled, tree.Mapping)
            self.defaults[name] = filled

    def _stray_default(self, name: str, key: Scalar) -> None:
        """Report defaults for a type of track that is nearly a known one; others may be the author's own."""
        from vidc.diag.near import nearest

        near = nearest(name, TYPES)
        if near is not None:
            self._add(problems.misspelled_default(Place(key.span), name, near))

    def _names(self, node: Node | None, what: str) -> list[tuple[str, tuple[Scalar, Node]]]:
        if isinstance(node, tree.Mapping):
            return list(node.entries.items())
        if node is not None and not (isinstance(node, Scalar) and (node.value is None or node.unknown)):
            self._add(problems.wrong_shape(Place(node.span), f"`{what}`", "a mapping of names"))
        return []

    def _add(self, finding: Finding) -> None:
        self.log.add(finding)

    def _spend(self, values: int, at: Place) -> None:
        """Count values that the spec grows by."""
        self.count += values
        if self.count > MAX_NODES:
            self._add(problems.expands_too_far(at, MAX_NODES))
            raise TooLarge

    def _turn(self, scope: Scope, at: Place) -> None:
        """Count a turn of a loop or a use of a component, each of which copies the names that it sees."""
        self.turns += 1
        if self.turns > MAX_TURNS:
            self._add(problems.too_many_turns(at, MAX_TURNS))
            raise TooLarge
        self._spend(1 + len(scope) // 16, at)

    def fill(self, node: Node, scope: Scope, via: tuple[Via, ...] = ()) -> Node:
        """The node with its templates filled; the node itself where it has none."""
        if not node.live:
            return node
        self._spend(1, Place(node.span, "", via))
        if isinstance(node, Scalar):
            return self._filled(node, scope, via)
        if isinstance(node, Sequence):
            return replace(node, items=[self.fill(item, scope, via) for item in node.items], live=False)
        entries = {name: (key, self.fill(value, scope, via)) for name, (key, value) in node.entries.items()}
        return replace(node, entries=entries, live=False, via=via)

    def _filled(self, node: Scalar, scope: Scope, via: tuple[Via, ...]) -> Node:
        before = len(self.log.findings)
        filled = self.session.fill(node, scope, Place(node.span, "", via))
        if filled.unknown and any(finding.severity == "error" for finding in self.log.findings[before:]):
            return replace(node, value=None, unknown=True, live=False, faulty=True)
        if isinstance(filled.value, list | dict):
            return self._node(filled.value, node)
        return replace(node, value=filled.value, unknown=filled.unknown, live=False)

    def _node(self, value: Any, at: Scalar) -> Node:
        """Plain data as nodes that stand where the expression stood."""
        self._spend(1, Place(at.span))
        if isinstance(value, list):
            return Sequence([self._node(item, at) for item in value], at.source, at.start, at.end)
        if isinstance(value, dict):
            entries = {
                str(name): (replace(at, value=str(name), live=False), self._node(item, at))
                for name, item in value.items()
            }
            return tree.Mapping(entries, at.source, at.start, at.end)
        return Scalar(None if value is UNKNOWN else value, at.source, at.start, at.end, unknown=value is UNKNOWN)

    def scenes(self, node: Node) -> Node:
        return self._elements(node, self.scope, (), self._scene)

    def _elements(self, node: Node, scope: Scope, via: tuple[Via, ...], one: Element) -> Node:
        """A list whose items may loop, be left out, or be used from a component."""
        if not isinstance(node, Sequence):
            return self.fill(node, scope, via)
        items: list[Node] = []
        for item in node.items:
            if isinstance(item, tree.Mapping):
                items.extend(self._turned(item, scope, via, one))
            else:
                items.append(self.fill(item, scope, via))
        return replace(node, items=items, live=False)

    def _turned(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...], one: Element) -> list[Node]:
        loop = item.entries.get("for") if item.live else None
        if loop is None:
            return self._kept(item, scope, via, one)
        at = Place(loop[1].span, "", via)
        text = loop[1].value if isinstance(loop[1], Scalar) and isinstance(loop[1].value, str) else ""
        name, word, expression = [*text.split(None, 2), "", "", ""][:3]
        if word != "in" or not expression or not (name.isascii() and name.isidentifier()):
            self._add(problems.wrong_for(at))
            return [_unknown(item)]
        assert isinstance(loop[1], Scalar)
        values = self.session.evaluate(loop[1], text.index(expression, len(name)), expression, scope, at)
        if values.unknown:
            return [_unknown(item)]
        if not isinstance(values.value, list):
            self._add(problems.for_over_no_list(at, expression, values.value))
            return [_unknown(item)]
        return self._loop(item, name, values.value, loop[1], scope, via, one)

    def _loop(
        self,
        item: tree.Mapping,
        name: str,
        values: list[Any],
        at: Scalar,
        scope: Scope,
        via: tuple[Via, ...],
        one: Element,
    ) -> list[Node]:
        made: list[Node] = []
        for index, value in enumerate(values):
            self._turn(scope, Place(at.span, "", via))
            inner = {**scope, name: value, "loop": turn(index, values)}
            step = Via(f"in turn {index + 1} of `for: {at.value}`", at.span)
            made += self._kept(item, inner, (*via, step), one)
        return made

    def _kept(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...], one: Element) -> list[Node]:
        condition = item.entries.get("if") if item.live else None
        if condition is not None:
            node = condition[1]
            if isinstance(node, Scalar) and isinstance(node.value, str):
                found = self.session.evaluate(node, 0, node.value, scope, Place(node.span, "", via))
                if found.unknown:
                    return [_unknown(item)]
                truth = bool(found.value)
            elif isinstance(node, Scalar) and node.value is not None:
                truth = bool(node.value)
            elif isinstance(node, Scalar) and node.unknown:
                return [_unknown(item)]
            else:
                self._add(problems.wrong_shape(Place(node.span, "", via), "`if`", "an expression"))
                return [_unknown(item)]
            if not truth:
                return []
        return one(item, scope, via)

    def _scene(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...]) -> list[Node]:
        if item.live and "use" in item.entries:
            return self._use(item, scope, via, "scene")
        under = self.defaults.get("scene")
        self._spend(1 + len(under.entries) if under else 1, Place(item.span, "", via))
        if not item.live and not self.defaults and not via:
            return [item]
        entries = {}
        for name, (key, node) in item.entries.items():
            if name in ("for", "if"):
                continue
            filled = self._elements(node, scope, via, self._track) if name == "tracks" else self.fill(node, scope, via)
            entries[name] = (key, filled)
        made = replace(item, entries=entries, live=False, via=via)
        return [merge(made, under) if under else made]

    def _track(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...]) -> list[Node]:
        if item.live and "use" in item.entries:
            return self._use(item, scope, via, "tracks")
        self._spend(1, Place(item.span, "", via))
        made: Node = item
        if item.live or via:
            entries = {
                n: (k, self.fill(node, scope, via)) for n, (k, node) in item.entries.items() if n not in ("for", "if")
            }
            made = replace(item, entries=entries, live=False, via=via)
        kind = made.entries.get("type") if self.defaults and isinstance(made, tree.Mapping) else None
        if kind is not None and isinstance(kind[1], Scalar) and isinstance(made, tree.Mapping):
            under = self.defaults.get(str(kind[1].value))
            if under is not None and kind[1].value != "scene":
                self._spend(len(under.entries), Place(item.span, "", via))
                made = merge(made, under)
        return [made]

    def _use(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...], part: str) -> list[Node]:
        """The tracks, or the scene, of the component that `use` names."""
        name_node = item.entries["use"][1]
        name = name_node.value if isinstance(name_node, Scalar) else None
        at = Place(name_node.span, "", via)
        for key, (node, _) in item.entries.items():
            if key not in ("use", "with", "for", "if"):
                known = self.components.get(name) if isinstance(name, str) else None
                is_parameter = known is not None and key in known.parameters
                self._add(problems.key_beside_use(Place(node.span, "", via), key, is_parameter))
        component = self.components.get(name) if isinstance(name, str) else None
        if component is None:
            self._add(problems.unknown_component(at, name, tuple(self.components)))
        elif component.name in self.uses:
            path = [*self.uses[self.uses.index(component.name) :], component.name]
            self._add(problems.component_cycle(at, path))
        elif part not in component.body.entries:
            self._add(problems.component_out_of_place(at, component.name, part, component.key.span))
        else:
            return self._used(component, item, scope, at, part)
        return [_unknown(item)]

    def _used(self, component: Component, item: tree.Mapping, scope: Scope, at: Place, part: str) -> list[Node]:
        self._turn(self.scope, at)
        step = Via(f"in component `{component.name}`", at.span)
        via = (*at.via, step)
        inner = {**self.scope, **self._arguments(component, item, scope, at)}
        body = component.body.entries[part][1]
        self.uses.append(component.name)
        try:
            if part == "tracks":
                made = self._elements(body, inner, via, self._track)
                return made.items if isinstance(made, Sequence) else [made]
            return self._turned(body, inner, via, self._scene) if isinstance(body, tree.Mapping) else [body]
        finally:
            self.uses.pop()

    def _arguments(self, component: Component, item: tree.Mapping, scope: Scope, at: Place) -> dict[str, Any]:
        found = item.entries.get("with")
        given: dict[str, Node] = {}
        if found is not None and isinstance(found[1], tree.Mapping):
            for name, (key, node) in found[1].entries.items():
                if name in component.parameters:
                    given[name] = self.fill(node, scope, at.via)
                else:
                    meant = self._stray(component, name, Place(key.span, "", at.via))
                    given.setdefault(meant, Scalar(None, key.source, key.start, key.end, unknown=True))
        elif found is not None and not (isinstance(found[1], Scalar) and found[1].value is None):
            self._add(problems.wrong_shape(Place(found[1].span, "", at.via), "`with`", "a mapping of parameters"))
        for name, (key, _) in item.entries.items():
            if name in component.parameters and name not in ("use", "with", "for", "if"):
                given.setdefault(name, Scalar(None, key.source, key.start, key.end, unknown=True))
        return self._values(component, given, at)

    def _stray(self, component: Component, name: str, at: Place) -> str:
        """Report a parameter that the component does not have; the one that was probably meant."""
        from vidc.diag.near import nearest

        self._add(problems.unknown_parameter(at, name, component.name, tuple(component.parameters)))
        return nearest(name, component.parameters) or ""

    def _values(self, component: Component, given: dict[str, Node], at: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, declaration in component.parameters.items():
            node = given.get(name)
            if node is None and declaration.default is not None:
                node = self.fill(declaration.default, {**self.scope, **values}, at.via)
            if node is None:
                if declaration.required:
                    self._add(problems.missing_parameter(at, name, component.name, declaration.key.span))
                values[name] = UNKNOWN if declaration.required else None
            else:
                values[name] = value_of(declaration, node, Place(node.span, "", at.via), self.log)
        return values


def _unknown(item: tree.Mapping) -> Scalar:
    """What stands where it is not known which elements there are: nothing may be concluded from its absence."""
    return Scalar(None, item.source, item.start, item.end, unknown=True)
