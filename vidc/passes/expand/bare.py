"""bare: parameters that are passed by their bare name, which is then the text that is shown, or by one in braces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from re import escape, sub

from vidc.diag.finding import Log, Place
from vidc.hints import Any
from vidc.ir import tree
from vidc.ir.tree import Node, Scalar
from vidc.problems import variables as problems
from vidc.problems.wording import short

from .declaration import Declaration
from .dotted import value_at
from .names import names
from .variables import fit

DEEPEST = 8
"""Limit: components through which a value is followed."""
MOST = 20_000
EVEN = 100
"""Limit: so many texts of all components are looked at, a long one counts more; past them nothing is said."""

Bodies = Mapping[str, tree.Mapping]


def report_braced(declaration: Declaration, node: tree.Mapping, scope: Mapping[str, Any], at: Place, log: Log) -> bool:
    """Whether a mapping of one key is a name in braces, where no object is wanted. It is reported."""
    ((path, (_, value)),) = node.entries.items()
    is_lone = isinstance(value, Scalar) and value.value is None and not value.unknown
    if not is_lone or declaration.type in (None, "object") or path.partition(".")[0] not in scope:
        return False
    kind, help = declaration.type or "", f"write `<{short(path)}>`"
    log.add(problems.wrong_variable_type(at, declaration.name, kind, {}, declaration.key.span, help))
    return True


def report_named(declaration: Declaration, node: Scalar, scope: Mapping[str, Any], at: Place, log: Log) -> bool:
    """Whether a text is the name of what is in scope, where no text is wanted. It is reported."""
    name = str(node.value)
    if node.anchor is not None or node.span.text != name or name in declaration.options.get("choices", ()):
        return False
    value = value_at(name, scope)
    if isinstance(value, str) and fit(declaration, name, at, Log())[1]:
        return False
    kind, help = declaration.type or "", f"write `<{short(name)}>`"
    log.add(problems.wrong_variable_type(at, declaration.name, kind, name, declaration.key.span, help))
    return True


class Shown:
    """Which parameters of the components are only said or shown. What is compared, looked up by, or the name of an
    actor may well be a word like `title`."""

    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies
        self.found: dict[tuple[str, str], bool] = {}
        self.left = MOST

    def is_shown(self, component: str, name: str, depth: int = 0) -> bool:
        """Whether that is so of one parameter, perhaps through other components."""
        if depth > DEEPEST or component not in self.bodies:
            return False
        key = component, name
        if key not in self.found:
            self.found[key] = False
            uses = [self._is_text(name, *one, depth) for one in self._uses(component, name)]
            self.found[key] = bool(uses) and all(uses)
        return self.found[key]

    def _uses(self, component: str, name: str) -> Iterator[tuple[str, str, str]]:
        for key, used, text in _texts(self.bodies[component], "", ""):
            self.left -= 1 + len(text) // EVEN
            if self.left < 0:
                yield "if", "", name
                return
            if name in names(f"{{{{ {text} }}}}" if key in ("if", "for") else text):
                yield key, used, text

    def _is_text(self, name: str, key: str, used: str, text: str, depth: int) -> bool:
        """Whether one use of a parameter puts its value into a text."""
        look = rf"<{escape(name)}(?: *\|[^<>{{}}]*)?>|\{{\{{-? *{escape(name)}(?: *\|[^{{}}]*)? *-?\}}\}}"
        rest = sub(look, "", text)
        if key in ("if", "for") or name in names(rest):
            return False
        if used and not rest.strip():
            return self.is_shown(used, key, depth + 1)
        return bool(used) or key == "text"


def _texts(node: Node, key: str, used: str) -> Iterator[tuple[str, str, str]]:
    """The texts in a component that may use its parameters: the key of each, the component that it is passed to, if it
    is, and the text."""
    if isinstance(node, Scalar):
        if isinstance(node.value, str) and (node.live or key in ("if", "for")):
            yield key, used, node.value
        return
    if not isinstance(node, tree.Mapping):
        for item in node.items:
            yield from _texts(item, key, used)
        return
    found = node.entries.get("use")
    passed = str(found[1].value) if found and isinstance(found[1], Scalar) else ""
    for name, (_, inner) in node.entries.items():
        if name == "with" and passed and isinstance(inner, tree.Mapping):
            for part, (_, value) in inner.entries.items():
                yield from _texts(value, part, passed)
        else:
            yield from _texts(inner, name, used)
