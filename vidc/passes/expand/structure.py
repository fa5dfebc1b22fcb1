"""structure: loops, conditions, components and defaults, which decide what scenes and tracks there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from vidc.diag.finding import Finding, Log, Place, Via
from vidc.hints import Any
from vidc.ir import tree
from vidc.ir.tree import Node, Scalar, Sequence
from vidc.problems import expand
from vidc.problems.wording import short
from vidc.record import replace

from .gaps import faulty, unknown
from .grown import grown, put
from .growth import Growth
from .merge import merge
from .names import OTHER_LOOPS
from .origins import node_of
from .session import Session
from .values import UNWISE, turn
from .variables import entries_of

TYPES = ("actor", "image", "video", "audio", "text", "shape", "scene")
"""What defaults can lie under: a type of track, or every scene."""

Scope = Mapping[str, Any]
Use = Callable[[tree.Mapping, Scope, tuple[Via, ...], str], list[Node] | None]
IsComponent = Callable[["tree.Mapping | Scalar", tuple[Via, ...]], bool]
LeaveOut = Callable[[Node, bool, tuple[Via, ...], Via], None]
Element = Callable[[tree.Mapping, Scope, tuple[Via, ...]], list[Node]]


class Structure:
    """Expands the scenes of one document. `scope` holds the top-level variables, all that a component sees of them."""

    def __init__(self, log: Log, session: Session) -> None:
        self.log = log
        self.session = session
        self.scope: dict[str, Any] = {}
        self.use: Use | None = None
        self.is_component: IsComponent | None = None
        self.unused: Callable[[tree.Mapping], list[tuple[Node, bool, Via]]] | None = None
        self.components: Collection[str] = ()
        self.defaults: dict[str, tree.Mapping] = {}
        self.growth = Growth(log)
        self.aside: list[Node] = []
        self._left_out: LeaveOut | None = None

    def read_components(self, node: Node | None) -> Use:
        """Read `components:`; how they are used."""
        from .components import Components

        components = Components(node, self.scope, self.session, self.growth, self.fill, self._part)
        self.use, self.is_component = components.use, components.report_as_key
        self.unused = components.unused_parts
        self.components = node.entries if isinstance(node, tree.Mapping) else ()
        return self.use

    def read_defaults(self, node: Node | None) -> None:
        """Read `defaults:`; they are filled once, with the top-level variables. The tracks that lie under scenes
        without any may loop and use components as others do."""
        loose: dict[str, tuple[Scalar, Node]] = {}
        stray: list[tuple[str, tree.Mapping]] = []
        tracks: tuple[Scalar, Node] | None = None
        for name, key, body in entries_of(node, "defaults", self.log):
            if not (name in TYPES and isinstance(body, tree.Mapping)) and _is_loose(name, body):
                loose[name] = key, body
                continue
            if not isinstance(body, tree.Mapping):
                self._add(expand.wrong_shape(Place(body.span), f"defaults.{short(name)}", "a mapping of fields"))
                continue
            if name not in TYPES and not _is_own_type(name, key):
                stray += _taken_for(name, key, body, self).items()
                continue
            if name == "scene" and "tracks" in body.entries:
                tracks = body.entries["tracks"]
                body = replace(body, entries={inner: one for inner, one in body.entries.items() if inner != "tracks"})
            filled = self.fill(body, self.scope)
            assert isinstance(filled, tree.Mapping)
            self.defaults[name] = filled
        for kind, under in stray:
            self.defaults[kind] = merge(self.defaults[kind], under) if kind in self.defaults else under
        if loose and isinstance(node, tree.Mapping):
            from .loose import report as report_loose

            under = replace(node, entries=loose)
            for kind in report_loose(loose, [one for one in self.defaults if one in TYPES], self.log):
                self.defaults[kind] = merge(self.defaults[kind], under) if kind in self.defaults else under
        if tracks is not None:
            self.defaults["scene"].entries["tracks"] = tracks[0], self._elements(tracks[1], self.scope, (), self._track)

    def _add(self, finding: Finding) -> None:
        self.log.add(finding)

    def fill(self, node: Node, scope: Scope, via: tuple[Via, ...] = ()) -> Node:
        """The node with its templates filled; the node itself where it has none."""
        if not node.live:
            return node
        if isinstance(node, Scalar):
            return self._filled(node, scope, via)
        if isinstance(node, Sequence):
            items = [self.fill(item, scope, via) if item.live else item for item in node.items]
            return Sequence(items, node.source, node.start, node.end, False, node.anchor)
        entries = {
            name: (key, self.fill(value, scope, via) if value.live else value)
            for name, (key, value) in node.entries.items()
        }
        return tree.Mapping(entries, node.source, node.start, node.end, False, node.anchor, via, node.partial)

    def _filled(self, node: Scalar, scope: Scope, via: tuple[Via, ...]) -> Node:
        if self.session.doubted and self.session.is_doubtful(str(node.value)):
            return faulty(node)
        filled = self.session.fill(node, scope, via)
        if filled is None:
            return node
        if any(fault.kind not in UNWISE for fault in filled.faults):
            return faulty(node)
        if isinstance(filled.value, list | dict):
            return grown(filled.value, node, via, self.growth, self.log)
        if filled.unknown:
            return replace(node, value=filled.value, live=False, unknown=True)
        return put(filled.value, node)

    def scenes(self, node: Node) -> Node:
        return self._elements(node, self.scope, (), self._scene)

    def _elements(self, node: Node, scope: Scope, via: tuple[Via, ...], one: Element) -> Node:
        """A list whose items may loop, be left out, or be used from a component."""
        if not isinstance(node, Sequence):
            return self.fill(node, scope, via)
        items: list[Node] = []
        if via:
            self.growth.add(len(node.items), node, via)
        for item in self._without_statements(node, via):
            if isinstance(item, tree.Mapping) and item.live and "type" not in item.entries and one == self._track:
                items.extend(self._turned(item, scope, via, one) if not self._is_group(item, via) else [unknown(item)])
            elif isinstance(item, tree.Mapping):
                items.extend(self._turned(item, scope, via, one))
            elif self.is_component and isinstance(item, Scalar) and self.is_component(item, via):
                items.append(unknown(item))
            else:
                items.append(self.fill(item, scope, via))
        return replace(node, items=items, live=False)

    def _without_statements(self, node: Sequence, via: tuple[Via, ...]) -> list[Node]:
        if not any(isinstance(item, Scalar) and item.live for item in node.items):
            return node.items
        from .statements import without_statements

        return without_statements(node.items, via, self.log)

    def _turned(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...], one: Element) -> list[Node]:
        loop = item.entries.get("for") if item.live else None
        if loop is None:
            if item.live and not OTHER_LOOPS.isdisjoint(item.entries) and self._is_other_loop(item, scope, via, one):
                return [unknown(item)]
            return self._kept(item, scope, via, one)
        at = Place(loop[1].span, "", via)
        text = loop[1].value if isinstance(loop[1], Scalar) and isinstance(loop[1].value, str) else ""
        name, word, expression = [*text.split(None, 2), "", "", ""][:3]
        if word != "in" or not expression or not (name.isascii() and name.isidentifier()):
            self._add(_wrong_for(loop[1], at))
            return [unknown(item)]
        if " if " in expression and (told := _condition_in(name, expression, at)) is not None:
            self._add(told)
            return [unknown(item)]
        assert isinstance(loop[1], Scalar)
        values = self.session.evaluate(loop[1], text.index(expression, len(name)), expression, scope, at)
        if values.unknown:
            return [unknown(item)]
        if not isinstance(values.value, list):
            given = node_of(expression, self.session.origins)
            self._add(expand.for_over_no_list(at, name, expression, values.value, given))
            return [unknown(item)]
        origin = node_of(expression, self.session.origins)
        origins = origin.items if isinstance(origin, Sequence) and len(origin.items) == len(values.value) else None
        held = self.session.origins
        try:
            return self._loop(item, name, values.value, origins, loop[1], scope, via, one)
        finally:
            self.session.origins = held

    def _is_other_loop(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...], one: Element) -> bool:
        """Whether a scene or a track loops by a key of another language, which is reported."""
        from .loops import other_loop

        self.growth.copy(item, via)
        found = other_loop(item, scope, "a scene" if one == self._scene else "a track", via)
        if found is not None:
            self._add(found)
        return found is not None

    def _is_group(self, item: tree.Mapping, via: tuple[Via, ...]) -> bool:
        """Whether a track with `for` or `if` holds tracks of its own, which is reported."""
        from .stray import group

        found = group(item, via)
        if found is not None:
            self._add(found)
        return found is not None

    def _loop(
        self,
        item: tree.Mapping,
        name: str,
        values: list[Any],
        origins: list[Node] | None,
        at: Scalar,
        scope: Scope,
        via: tuple[Via, ...],
        one: Element,
    ) -> list[Node]:
        made: list[Node] = []
        inner, around = dict(scope), {known: node for known, node in self.session.origins.items() if known != name}
        written = short(at.value)
        if not values:
            self.leave_out(item, one == self._scene, via, Via(f"in a turn of `for: {written}`", at.span))
        for index, value in enumerate(values):
            self.growth.turn(0 if index else len(scope), at, via)
            inner[name] = value
            inner["loop"] = turn(index, values)
            if origins is not None:
                around[name] = origins[index]
            self.session.origins = around
            step = Via(f"in turn {index + 1} of `for: {written}`", at.span)
            made += self._kept(item, inner, (*via, step), one)
        return made

    def _kept(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...], one: Element) -> list[Node]:
        condition = item.entries.get("if") if item.live else None
        if condition is not None:
            node = condition[1]
            if isinstance(node, Scalar) and node.unknown:
                return [unknown(item)]
            if isinstance(node, Scalar) and isinstance(node.value, str):
                found = self.session.evaluate(node, 0, node.value, scope, Place(node.span, "", via))
                if found.unknown:
                    return [unknown(item)]
                if isinstance(found.value, str):
                    self.session.report_truth(node, found.value, via)
                truth = bool(found.value)
            elif isinstance(node, Scalar) and node.value is not None:
                truth = bool(node.value)
            else:
                self._add(_wrong_if(node, Place(node.span, "", via)))
                return [unknown(item)]
            if not truth:
                why = Via(f"where `if: {short(node.value)}` holds", node.span)
                self.leave_out(item, one == self._scene, via, why)
                return []
        return one(item, scope, via)

    def _scene(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...]) -> list[Node]:
        if item.live and "use" in item.entries:
            return self._used(item, scope, via, "scene")
        if self._is_component(item, "tracks", via):
            return [unknown(item)]
        if not item.live and not self.defaults and not via and not self._may_hold_component(item):
            return [item]
        entries = {}
        for name, (key, node) in item.entries.items():
            if name in ("for", "if"):
                continue
            if name == "tracks":
                entries[name] = (key, self._elements(node, scope, via, self._track))
                continue
            if via:
                self.growth.copy(node, via)
            entries[name] = (key, self.fill(node, scope, via) if node.live else node)
        if via:
            self._report_dotted(item, scope, via)
        made = replace(item, entries=entries, live=False, via=via)
        return [self._over(made, "scene", via)]

    def _track(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...]) -> list[Node]:
        if item.live and "use" in item.entries:
            return self._used(item, scope, via, "tracks")
        if self._is_component(item, "type", via):
            return [unknown(item)]
        if via:
            self.growth.copy(item, via)
            self._report_dotted(item, scope, via)
        made = item
        if item.live or via:
            entries = {
                n: (k, self.fill(node, scope, via) if node.live else node)
                for n, (k, node) in item.entries.items()
                if n not in ("for", "if")
            }
            made = replace(item, entries=entries, live=False, via=via)
        kind = made.entries.get("type") if self.defaults else None
        if kind is not None and isinstance(kind[1], Scalar) and kind[1].value != "scene":
            made = self._over(made, str(kind[1].value), via)
        return [made]

    def leave_out(self, item: Node, is_scene: bool, via: tuple[Via, ...], why: Via) -> None:
        """Put aside a scene or a track that is not in this video."""
        if self._left_out is None:
            from .aside import Aside

            self._left_out = Aside(self._over, self.aside).add
        self._left_out(item, is_scene, via, why)

    def _report_dotted(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...]) -> None:
        """Report `text: feature.title`, which lacks its brackets."""
        shown = [item.entries[key][1] for key in ("name", "text") if key in item.entries]
        if any("." in str(node.value)[1:40] for node in shown if isinstance(node, Scalar)):
            from .dotted import report_dotted

            report_dotted(item, scope, via, self.log)

    def _is_component(self, item: tree.Mapping, needed: str, via: tuple[Via, ...]) -> bool:
        """Whether a component's name stands as a key in a scene or a track that lacks what it needs."""
        return self.is_component is not None and needed not in item.entries and self.is_component(item, via)

    def _may_hold_component(self, item: tree.Mapping) -> bool:
        """Whether something among the tracks of a scene has no `type`."""
        tracks = item.entries.get("tracks") if self.is_component else None
        if tracks is None or not isinstance(tracks[1], Sequence):
            return False
        return not all(isinstance(one, tree.Mapping) and "type" in one.entries for one in tracks[1].items)

    def _over(self, made: tree.Mapping, kind: str, via: tuple[Via, ...]) -> tree.Mapping:
        """A scene or a track over what is declared to lie under all of its kind."""
        under = self.defaults.get(kind)
        if under is None:
            return made
        added: list[Node] = []
        merged = merge(made, under, added)
        self.growth.add(sum(map(self.growth.weight, added)), made, via)
        return merged

    def _used(self, item: tree.Mapping, scope: Scope, via: tuple[Via, ...], part: str) -> list[Node]:
        """The tracks, or the scene, of the component that `use` names."""
        use = self.use or self.read_components(None)
        made = use(item, scope, via, part)
        return [unknown(item)] if made is None else made

    def _part(self, body: Node, part: str, scope: Scope, via: tuple[Via, ...]) -> list[Node]:
        """The tracks or the scene of a component, expanded."""
        if part == "tracks":
            made = self._elements(body, scope, via, self._track)
            return made.items if isinstance(made, Sequence) else [made]
        return self._turned(body, scope, via, self._scene) if isinstance(body, tree.Mapping) else [body]


def _wrong_for(node: Node, at: Place) -> Finding:
    from .loops import meant

    return expand.wrong_for(at, *meant(node))


def _wrong_if(node: Node, at: Place) -> Finding:
    from .shapes import condition_of

    return expand.wrong_shape(at, "if", "an expression", condition_of(node))


def _condition_in(name: str, expression: str, at: Place) -> Finding | None:
    from .loops import condition_in

    meant = condition_in(name, expression)
    return expand.wrong_for(at, *meant) if meant else None


def _is_own_type(name: str, key: Scalar) -> bool:
    """Whether it is for nothing, as `x-` says, or a track of the same text has a type that nobody documented."""
    if name.startswith("x-"):
        return True
    from re import escape, search

    return search(rf"\btype[\"']?:[ \t]*[\"']?{escape(name)}(?![\w-])", key.source.text) is not None


def _taken_for(name: str, key: Scalar, body: tree.Mapping, structure: Structure) -> dict[str, tree.Mapping]:
    from .stray import taken_for

    return taken_for(name, key, body, TYPES, structure.log, structure.components)


def _is_loose(name: str, body: Node) -> bool:
    from .loose import is_loose

    return is_loose(name, body)
