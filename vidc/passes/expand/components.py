"""components: what a spec declares to be put in place by `use`, and each use of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from vidc.diag.finding import Label, Place, Via
from vidc.ir import tree
from vidc.ir.tree import Node, Scalar
from vidc.problems import components as problems
from vidc.problems import expand
from vidc.problems import parameters as passing
from vidc.problems.wording import short
from vidc.record import record

from .declaration import Declaration
from .gaps import unknown
from .growth import Growth
from .scope import names_in, value_of
from .session import Session
from .values import MAX_DEPTH, UNKNOWN
from .variables import declare, entries_of, misnamed, type_of

KEYS = ("parameters", "tracks", "scene", "description")
BESIDE = ("use", "with", "for", "if")
"""What may stand beside `use`."""

PASSED = frozenset(("args", "arguments", "inputs", "parameters", "params", "props", "variables", "vars"))
"""What other languages call `parameters`, and `with`."""

MOST = 100
"""Limit: so many keys of a scene or a track are looked at for a component's name."""

CHOICES = 16
"""Choices of a parameter that cost as much to look through as one value."""

Scope = Mapping[str, Any]
Fill = Callable[[Node, Scope, tuple[Via, ...]], Node]
Part = Callable[[Node, str, Scope, tuple[Via, ...]], list[Node]]
"""Expands the tracks or the scene of a component."""


@record
class Component:
    """A component's name, its parameters, and its tracks or its one scene. `cost`: what its parameters count."""

    name: str
    key: Scalar
    parameters: dict[str, Declaration]
    body: tree.Mapping
    cost: int


class Components:
    """The components of one document. `scope` holds the top-level variables, all that a component sees of them."""

    def __init__(
        self, node: Node | None, scope: Scope, session: Session, growth: Growth, fill: Fill, part: Part
    ) -> None:
        self.scope = scope
        self.log = session.log
        self.session = session
        self.origins = session.origins
        self.nearest = session.budget.nearest
        self.growth = growth
        self.fill = fill
        self.part = part
        self.uses: list[str] = []
        self.met: set[str] = set()
        self.is_listed = isinstance(node, tree.Sequence)
        self.faulty: set[str] = set()
        self.named: dict[str, set[str]] = {}
        self.unused: Any = None
        self.shown: Any = None
        self.declared = {component.name: component for component in self._read(node)}

    def _read(self, node: Node | None) -> Iterator[Component]:
        """What `components:` declares; parameters are declared like variables."""
        for name, key, body in entries_of(node, "components", self.log):
            if not isinstance(body, tree.Mapping) or ("tracks" in body.entries) == ("scene" in body.entries):
                self._report_wrong(name, key, body)
                continue
            for inner, (at, held) in body.entries.items():
                if inner == "variables" and isinstance(held, tree.Mapping):
                    self.session.doubt(held.entries)
                if inner not in KEYS:
                    near = "parameters" if inner in PASSED else self.nearest(inner, KEYS)
                    self.log.add(problems.unknown_component_key(Place(at.span), inner, near, KEYS))
            written = body.entries.get("parameters") or self._taken_for_parameters(body)
            parameters = declare(written[1] if written else None, "parameters", self.log)
            self.session.doubt(misnamed(parameters))
            if parameters:
                self._report_unused(name, parameters, body)
            yield Component(name, key, parameters, body, sum(map(_cost, parameters.values())))

    def unused_parts(self, root: tree.Mapping) -> list[tuple[Node, bool, Via]]:
        """The scenes and tracks of the spec's own components that nothing in this video uses: each, whether it is a
        scene, and where it stands."""
        found: list[tuple[Node, bool, Via]] = []
        for component in self.declared.values():
            if component.name in self.met or component.key.source is not root.source:
                continue
            why = Via(f"in component `{short(component.name)}`", component.key.span)
            scene, tracks = component.body.entries.get("scene"), component.body.entries.get("tracks")
            found += [(scene[1], True, why)] if scene is not None else []
            items = tracks[1].items if tracks is not None and isinstance(tracks[1], tree.Sequence) else []
            found += [(item, False, why) for item in items]
        return found

    def _taken_for_parameters(self, body: tree.Mapping) -> tuple[Scalar, Node] | None:
        """What a component has in place of `parameters`, under another name."""
        names = (name for name in body.entries if name not in KEYS)
        found = next((name for name in names if name in PASSED or self.nearest(name, KEYS) == "parameters"), None)
        return None if found is None else body.entries[found]

    def _report_wrong(self, name: str, key: Scalar, body: Node) -> None:
        """Say once what is wrong with a component; its uses are passed over."""
        from .shapes import component_of

        self.faulty.add(name)
        self.log.add(problems.wrong_component(Place(key.span), name, component_of(body)))

    def _report_unused(self, name: str, parameters: dict[str, Declaration], body: tree.Mapping) -> None:
        from .unused import Unused

        self.unused = self.unused or Unused(self.scope, self.session.budget)
        for declaration in self.unused.of(parameters, body):
            self.log.add(passing.unused_parameter(Place(declaration.key.span), declaration.name, name))

    def report_as_key(self, item: tree.Mapping | Scalar, via: tuple[Via, ...]) -> bool:
        """Whether a scene or a track is named by a component, as if it were a key, which is reported."""
        entries = {str(item.value): (item, None)} if isinstance(item, Scalar) else item.entries
        name = next((name for name in islice(entries, MOST) if name in self.declared), None)
        if name is None:
            return False
        from .shapes import used

        key, value = entries[name]
        component = self.declared[name]
        given, edit = used(name, key, value, _first(component), item)
        at = Place(key.span, "", via)
        self.log.add(problems.component_as_key(at, name, given, component.key.span, edit))
        return True

    def use(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...], part: str) -> list[Node] | None:
        """The tracks, or the scene, of the component that `use` names; None where a finding says why there are none."""
        written = item.entries["use"][1]
        name = written.value if isinstance(written, Scalar) else None
        at = Place(written.span, "", via)
        component = self.declared.get(name) if isinstance(name, str) else None
        self.met.add(str(name))
        self._report_beside(item, component, via)
        if component is None and (self.is_listed or name in self.faulty):
            return None
        if component is None:
            near, help = self._meant(written), ""
            if isinstance(written, tree.Sequence):
                from .shapes import used_of_list

                help = used_of_list(written, self.declared)
            elif isinstance(name, str) and "(" in name:
                from .shapes import called

                help = called(name, self.declared)
            elif isinstance(name, str) and name.endswith((".yaml", ".yml", ".json")):
                help = f"write `include: [{short(name)}]` at the top, and here the name of a component in it"
            self.log.add(problems.unknown_component(at, name, near, help))
        elif component.name in self.uses:
            path = [*self.uses[self.uses.index(component.name) :], component.name]
            self.log.add(problems.component_cycle(at, path))
        elif len(self.uses) >= MAX_DEPTH:
            help = "write what the innermost ones hold into those that use them"
            self.log.add(expand.expands_too_deep(at, "components use each other", MAX_DEPTH, help))
        elif part not in component.body.entries:
            self.log.add(problems.component_out_of_place(at, component.name, part, component.key.span))
        else:
            return self._used(component, item, scope, at, part)
        return None

    def _meant(self, written: Node) -> str:
        """The component that was meant by another name, or by `{name: card}` or `card(title)`; empty for none."""
        if isinstance(written, tree.Mapping):
            values = (one.value for _, one in islice(written.entries.values(), MOST) if isinstance(one, Scalar))
            names = [*(str(value) for value in values), *islice(written.entries, MOST)]
            return next((name for name in names if name in self.declared), "")
        name = written.value if isinstance(written, Scalar) else None
        if not isinstance(name, str):
            return ""
        called = name.partition("(")[0].strip().rpartition(".")[2]
        return called if called in self.declared else self.nearest(name, self.declared)

    def _report_beside(self, item: tree.Mapping, component: Component | None, via: tuple[Via, ...]) -> None:
        """Say what has no effect beside `use`: of the parameters at once, of anything else one by one."""
        beside = {name: key for name, (key, _) in item.entries.items() if name not in BESIDE}
        if not beside:
            return
        known = component.parameters if component is not None else {}
        passed = {name: key for name, key in beside.items() if name in known}
        if passed:
            first, *others = passed.values()
            labels = tuple(Label(other.span, "and this") for other in others[:8])
            self.log.add(problems.key_beside_use(Place(first.span, "", via), tuple(passed), True, labels))
        for name, key in beside.items():
            if name not in known:
                at = Place(key.span, "", via)
                self.log.add(
                    problems.key_beside_use(at, (name,), False, is_with=name in PASSED and "with" not in beside)
                )

    def _used(self, component: Component, item: tree.Mapping, scope: Scope, at: Place, part: str) -> list[Node]:
        self.growth.turn(len(self.scope), item, at.via)
        self.growth.add(component.cost, item, at.via)
        via = (*at.via, Via(f"in component `{short(component.name)}`", at.span))
        inner = dict(self.scope)
        given, strays = self._given(component, item, scope, at)
        missing = self._pass(component, given, inner, at)
        used = self._undeclared(component, item, strays, scope, at) if strays else {}
        inner |= dict.fromkeys(used, UNKNOWN)
        self._report_passed(component, item, strays, missing, used, at)
        self.uses.append(component.name)
        session, held = self.session, (self.session.origins, self.session.outer, self.session.passing)
        session.origins = {name: node for name, node in self.origins.items() if name not in component.parameters}
        session.origins |= given
        session.outer, session.passing = scope, (bool(component.parameters), "with" in item.entries)
        try:
            return self.part(component.body.entries[part][1], part, inner, via)
        finally:
            self.uses.pop()
            session.origins, session.outer, session.passing = held

    def _undeclared(
        self, component: Component, item: tree.Mapping, strays: list[Scalar], scope: Scope, at: Place
    ) -> dict[str, str]:
        """Those of the names that there are not that its texts use all the same, and the type of what is passed."""
        if component.name not in self.named:
            self.named[component.name] = names_in(component.body)
        named, written = self.named[component.name], item.entries["with"][1] if "with" in item.entries else None
        found = {}
        for name in (str(key.value) for key in strays):
            is_lacking = name in named and name not in self.scope and not self.nearest(name, component.parameters)
            if is_lacking and isinstance(written, tree.Mapping):
                found[name] = type_of(self.fill(written.entries[name][1], scope, at.via)) or "string"
        return found

    def _pass(
        self, component: Component, given: dict[str, Node], inner: dict[str, Any], at: Place
    ) -> list[Declaration]:
        """Put the value of each parameter into `inner`, which its default sees with those before it. Those missing."""
        missing: list[Declaration] = []
        for name, declaration in component.parameters.items():
            node = given.get(name)
            if node is None and declaration.default is not None:
                self.growth.copy(declaration.default, at.via)
                node = self.fill(declaration.default, inner, at.via)
            if node is not None:
                known = len(self.log.findings)
                inner[name] = value_of(declaration, node, Place(node.span, "", at.via), self.log)
                if len(self.log.findings) > known and not self._is_news(component, name, node):
                    self.log.take_back(self.log.findings[known:])
                continue
            if declaration.required:
                missing.append(declaration)
            inner[name] = UNKNOWN if declaration.required or declaration.faulty else None
        return missing

    def _is_news(self, component: Component, name: str, node: Node) -> bool:
        """Whether nothing was said of this place yet: a loop passes another value there in each turn."""
        return self.session.budget.is_news(("passed", component.name, name, *node.span.key))

    def _report_passed(
        self,
        component: Component,
        item: tree.Mapping,
        strays: list[Scalar],
        missing: list[Declaration],
        used: dict[str, str],
        at: Place,
    ) -> None:
        """Say which parameters are passed that there are not, else which are not passed that there must be."""
        needed = [declaration.name for declaration in missing]
        for key in strays:
            name = str(key.value)
            near = self.nearest(name, component.parameters)
            near = needed[0] if not near and len(strays) == len(needed) == 1 else near
            place, known = Place(key.span, "", at.via), component.parameters
            kind = used.get(name, "")
            self.log.add(passing.unknown_parameter(place, name, near, component.name, known, needed, kind))
        if needed and not strays:
            spans = [declaration.key.span for declaration in missing]
            has_with = isinstance(item.entries["with"][1], tree.Mapping) if "with" in item.entries else False
            self.log.add(passing.missing_parameter(at, needed, component.name, spans, has_with))

    def _report_shape(self, component: Component, written: Node, via: tuple[Via, ...]) -> None:
        from .shapes import in_order, mapping, named

        names = in_order(written, component.parameters) or named(written)
        if isinstance(written, Scalar) and component.parameters:
            names = {_first(component): (component.key, written)}
        at = Place(written.span, "", via)
        self.log.add(expand.wrong_shape(at, "with", "a mapping of parameters", mapping("with", names)))

    def _is_braced(self, component: Component, name: str, node: Node, scope: Scope, at: Place) -> bool:
        """Whether `{title}`, or `title` where no text is wanted, is passed for the value of `title`. It is reported."""
        if isinstance(node, Scalar):
            if not _is_near(node.value, scope) or component.parameters[name].type in (None, "string"):
                return False
            from .bare import report_named

            return report_named(component.parameters[name], node, scope, Place(node.span, "", at.via), self.log)
        if not isinstance(node, tree.Mapping) or len(node.entries) != 1:
            return False
        from .bare import report_braced

        return report_braced(component.parameters[name], node, scope, Place(node.span, "", at.via), self.log)

    def _report_bare(self, component: Component, name: str, node: Scalar, scope: Scope, at: Place) -> None:
        """Report the name of a parameter or of a loop that is passed as a text, where a text is all that is wanted."""
        from .bare import Shown
        from .dotted import is_bare, value_at

        declaration = component.parameters[name]
        if declaration.type not in (None, "string") or "choices" in declaration.options:
            return
        if not self.session.budget.is_news(("name-as-text", component.name, name, *node.span.key)):
            return
        self.shown = self.shown or Shown({one.name: one.body for one in self.declared.values()})
        if is_bare(node, value_at(str(node.value), scope)) and self.shown.is_shown(component.name, name):
            self.log.add(passing.name_as_text(Place(node.span, "", at.via), node.span.text))
            own = self.declared[self.uses[-1]].parameters.get(str(node.value)) if self.uses else None
            unused = [one for one in self.log.findings if one.name == "unused-parameter" and own is not None]
            self.log.take_back([one for one in unused if own is not None and one.span.key == own.key.span.key])

    def _given(
        self, component: Component, item: tree.Mapping, scope: Scope, at: Place
    ) -> tuple[dict[str, Node], list[Scalar]]:
        """What is passed, by parameter, unknown where it is passed in a wrong way; and the names that there are not."""
        found = item.entries.get("with") or _other_with(item)
        given: dict[str, Node] = {}
        strays: list[Scalar] = []
        if found is not None and isinstance(found[1], tree.Mapping):
            self.growth.copy(found[1], at.via)
            for name, (key, node) in found[1].entries.items():
                if name in component.parameters:
                    if isinstance(node, Scalar) and _is_near(node.value, scope, self.scope):
                        self._report_bare(component, name, node, scope, at)
                    is_named = self._is_braced(component, name, node, scope, at)
                    given[name] = unknown(node) if is_named else self.fill(node, scope, at.via)
                else:
                    if name not in self.session.doubted:
                        strays.append(key)
                    given.setdefault(self.nearest(name, component.parameters), unknown(key))
        elif found is not None and not (isinstance(found[1], Scalar) and found[1].value is None):
            self._report_shape(component, found[1], at.via)
            given = {name: unknown(found[0]) for name in component.parameters}
        for name, (key, _) in item.entries.items():
            if name in component.parameters and name not in BESIDE:
                given.setdefault(name, unknown(key))
        return given, strays


def _is_near(value: object, scope: Scope, outer: Scope | None = None) -> bool:
    """Whether a value is a name that is in scope and not in `outer`, or the field of any that is in scope."""
    if not isinstance(value, str) or not value or value[0] in "<{":
        return False
    if "." not in value:
        return value in scope and (outer is None or value not in outer)
    from .dotted import is_dotted

    return is_dotted(value, scope)


def _other_with(item: tree.Mapping) -> tuple[Scalar, Node] | None:
    """What is passed under another name, which is said."""
    return next((entry for name, entry in islice(item.entries.items(), MOST) if name in PASSED), None)


def _first(component: Component) -> str:
    """The parameter that a lone text is for: the first that must be passed, else the first; empty where none is."""
    needed = (name for name, one in component.parameters.items() if one.required)
    return next(needed, next(iter(component.parameters), ""))


def _cost(declaration: Declaration) -> int:
    choices = declaration.options.get("choices")
    return 1 + (len(choices) // CHOICES if isinstance(choices, list) else 0)
