"""inert: text -> the syntax tree of a template, held against a list of what may stand in one.

Jinja's compiler runs constants while it compiles, so nothing is compiled: only its lexer and its parser are used, which
work nothing out. The tokens carry their offset in place of a line number, so that each node knows where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from math import isfinite
from re import compile as pattern
from typing import Any, TypeGuard

from jinja2 import TemplateSyntaxError, nodes
from jinja2.lexer import TokenStream
from jinja2.parser import Parser

from vidc.diag.near import nearest
from vidc.problems.wording import listed, meant
from vidc.record import record

from .filters import FILTERS, Filter, default
from .instead import told
from .opposed import opposed
from .questions import QUESTIONS
from .tokens import ENVIRONMENT, LEXER, Tokens, explained, instead, read, syntax
from .values import Fault, Mistaken, is_whole

Bound = frozenset[str]


@record
class Parsed:
    """A template that may be worked out. `free`: the first place of each name that must be in scope. `doubts`: texts
    that stand where a comparison or a name was meant; the last word of those that may be names is the name."""

    body: list[nodes.Node]
    tokens: Tokens
    free: dict[str, int]
    refused: tuple[Fault, ...]
    doubts: tuple[Fault, ...]


def parse(text: str, expression: bool, taken: Collection[str], near: Collection[str]) -> Parsed:
    """Read a template, or one bare expression. Raises `Mistaken` where it is none."""
    tokens = read(text, expression, taken, near)
    parser = Parser(ENVIRONMENT, "")
    parser.stream = TokenStream(LEXER.wrap(tokens.raw), None, None)
    try:
        body = parser.parse().body
    except TemplateSyntaxError as error:
        start, end = tokens.token(error.lineno)
        raise Mistaken(syntax(explained(error), start, end, instead(text, start, end))) from None
    walk = _Walk(tokens)
    walk.every(body, frozenset())
    if expression:
        walk.truth(next((node for output in body for node in output.iter_child_nodes()), None))
    free = {name: at for name, at in walk.free.items() if name not in walk.guarded}
    return Parsed(body, tokens, free, tuple(walk.refused), tuple(walk.doubts))


def leftmost(node: nodes.Node) -> int:
    """Where the text of an expression begins; brackets around it are not seen."""
    places = (inner.lineno for inner in (node, *node.find_all(nodes.Expr)))
    return min(place for place in places if place is not None)


class _Walk:
    """Holds every node against what may stand in a template, and gathers the names that it needs.

    `guarded`: names of which a template asks whether they are there, so that their absence is no mistake.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.refused: list[Fault] = []
        self.doubts: list[Fault] = []
        self.free: dict[str, int] = {}
        self.guarded: set[str] = set()

    def every(self, found: Iterable[nodes.Node], bound: Bound) -> None:
        for node in found:
            self.one(node, bound)

    def one(self, node: nodes.Node, bound: Bound) -> None:
        visit = _VISITS.get(type(node))
        if visit is not None:
            visit(self, node, bound)
        elif type(node) in _TRANSPARENT:
            self.every(node.iter_child_nodes(), bound)
        else:
            place = self.tokens.region(leftmost(node))
            self.refuse(f"`{type(node).__name__.lower()}`", "", place)

    def refuse(self, what: str, help: str, place: tuple[int, int]) -> None:
        self.refused.append(Fault("template-not-allowed", *place, (what, help)))

    def name(self, node: nodes.Name, bound: Bound) -> None:
        if node.name not in bound:
            self.free[node.name] = min(node.lineno, self.free.get(node.name, node.lineno))

    def constant(self, node: nodes.Const, _bound: Bound) -> None:
        if isinstance(node.value, float) and not isfinite(node.value):
            self.refused.append(Fault("template-too-large", *self.tokens.token(node.lineno), ("number",)))
        elif isinstance(node.value, str) and not is_whole(node.value):
            help = "write the character itself, not the `\\u` escapes of its halves"
            said = syntax("this text holds half of a character", *self.tokens.token(node.lineno), help)
            self.refused.append(said)

    def field(self, node: nodes.Getattr, bound: Bound) -> None:
        self.one(node.node, bound)
        if node.attr.startswith("_"):
            place = field_place(node, self.tokens)
            self.refuse(f"`.{node.attr}`", "a field whose name begins with `_` is written `['_name']`", place)

    def power(self, node: nodes.Pow, _bound: Bound) -> None:
        self.refuse("`**`", "write the number itself", self.tokens.region(leftmost(node)))

    def call(self, node: nodes.Call, _bound: Bound) -> None:
        start = leftmost(node.node)
        end = self.tokens.closing.get(node.lineno, node.lineno) + 1
        called = self.tokens.text[start : node.lineno].strip()
        help = self._instead_of_call(node.node, self.tokens.arguments(node.lineno))
        self.refuse(f"the call `{called}(...)`", help, (start, end))

    def _instead_of_call(self, called: nodes.Expr, arguments: list[str]) -> str:
        """What to write for a method or a function: its value is what stands before it, or what it is told first."""
        help = ""
        if isinstance(called, nodes.Getattr):
            help = told(called.attr, self.tokens.text[leftmost(called) : called.lineno].strip(), arguments)
        elif isinstance(called, nodes.Name):
            value = arguments[0] if arguments else ""
            is_many = called.name in ("min", "max", "sum") and len(arguments) > 1
            help = told(called.name, value, arguments if is_many else arguments[1:])
        return help or "values can be looked up and filtered, not called"

    def filter(self, node: nodes.Filter, bound: Bound) -> None:
        place = self.tokens.token(node.lineno)
        found = FILTERS.get(node.name)
        if found is None or not self._takes(found, node):
            self._refuse_filter(node, found, place)
        elif found.nested:
            self._nested(node, found, place)
        if found is not None and found.run is default and isinstance(node.node, nodes.Name):
            self.guarded.add(node.node.name)
        self.every(node.iter_child_nodes(), bound)

    def _refuse_filter(self, node: nodes.Filter, found: Filter | None, place: tuple[int, int]) -> None:
        """Say of a filter that there is none, or that it takes other arguments, and what was meant."""
        name, value = node.name, ""
        if node.node is not None:
            value = self.tokens.text[leftmost(node.node) : node.lineno].rstrip("| \t\n")
        arguments = self.tokens.arguments(place[1])
        if found is None:
            help = told(name, value, arguments) or _nearest(name, FILTERS)
            self.refuse(f"the filter `{name}`", help, place)
            return
        help = told(name, value, arguments) if name in ("first", "last", "format", "replace") else ""
        fault = Fault("template-failed", *place, (_arguments(name, found), help or _called(name, found)))
        self.refused.append(fault)

    def _takes(self, found: Filter, node: nodes.Filter) -> bool:
        given = len(node.args) + len(node.kwargs)
        names = [pair.key for pair in node.kwargs]
        allowed = found.parameters if found.nested else found.parameters[len(node.args) :]
        return (
            node.dyn_args is None
            and node.dyn_kwargs is None
            and given >= found.required
            and len(set(names)) == len(names)
            and all(name in allowed for name in names)
            and (bool(found.nested) or len(node.args) <= max(len(found.parameters), found.many))
        )

    def _nested(self, node: nodes.Filter, found: Filter, place: tuple[int, int]) -> None:
        """The filter or test that a filter applies must be written out, so that it can be held against the list."""
        if len(node.args) <= found.named:
            return
        name = node.args[found.named]
        known = _APPLIED if found.nested == "filter" else QUESTIONS.keys()
        if not isinstance(name, nodes.Const) or name.value not in known:
            said = f"`{name.value}`" if isinstance(name, nodes.Const) else "a name that is worked out"
            help = _nearest(str(name.value), known) if isinstance(name, nodes.Const) else "write the name itself"
            self.refuse(f"the {found.nested} {said} in `{node.name}`", help, place)

    def test(self, node: nodes.Test, bound: Bound) -> None:
        match = _QUESTION.match(self.tokens.text, node.lineno)
        place = match.span(1) if match else self.tokens.region(node.lineno)
        found = QUESTIONS.get(node.name)
        if found is None:
            help = _TESTS.get(node.name.lower()) or _nearest(node.name, QUESTIONS)
            self.refuse(f"the test `{node.name}`", help, place)
        elif len(node.args) != found.arguments or node.kwargs or node.dyn_args or node.dyn_kwargs:
            takes, wanted = ("one argument", "(...)") if found.arguments else ("no argument", "")
            self.refused.append(
                Fault("template-failed", *place, (f"`{node.name}` takes {takes}", f"write `is {node.name}{wanted}`"))
            )
        if node.name in ("defined", "undefined") and isinstance(node.node, nodes.Name):
            self.guarded.add(node.node.name)
        self.every(node.iter_child_nodes(), bound)

    def asked(self, node: nodes.If | nodes.CondExpr, bound: Bound) -> None:
        self.truth(node.test)
        self.every(node.iter_child_nodes(), bound)

    def either(self, node: nodes.Or, bound: Bound) -> None:
        self.truth(node)
        self.joined(node, bound)

    def joined(self, node: nodes.Or | nodes.And, bound: Bound) -> None:
        doubt = opposed(node, self.tokens)
        if doubt is not None and not any(one.kind == doubt.kind and one.start == doubt.start for one in self.doubts):
            self.doubts.append(doubt)
        self.every(node.iter_child_nodes(), bound)

    def truth(self, node: nodes.Node | None) -> None:
        """Doubt texts behind `or` and `and` that are meant for what the comparison before them compares with. Behind
        `and` a text may be the value, in `a == 'b' and 'yes' or 'no'`, but not where a truth is asked for."""
        texts: list[nodes.Const] = []
        before, kind = node, type(node)
        while isinstance(before, nodes.Or | nodes.And) and type(before) is kind and _is_text(before.right):
            texts.insert(0, before.right)
            before = before.left
        while texts and isinstance(before, nodes.Or | nodes.And):
            before = before.right
        if texts and isinstance(before, nodes.Compare) and before.ops[-1].op in ("eq", "ne"):
            last = before.ops[-1]
            places = [self.tokens.token(one.lineno) for one in (last.expr, *texts)]
            left = self.tokens.text[leftmost(before) : places[0][0]].rstrip("=! \t\n")
            words = [self.tokens.text[slice(*place)] for place in places]
            self.doubts.append(Fault("constant-truth", *places[1], (kind.__name__.lower(), last.op, left, *words)))

    def comparison(self, node: nodes.Compare, bound: Bound) -> None:
        """Doubt a text that is compared with another one, and may be meant for a name."""
        right = node.ops[0].expr
        if len(node.ops) == 1 and _is_text(node.expr) and _is_text(right) and node.expr.value != right.value:
            for one in (node.expr, right):
                start, end = self.tokens.token(one.lineno)
                whole = self.tokens.text[leftmost(node) : self.tokens.ends[right.lineno]]
                if one.value.strip("<>{} ").isidentifier():
                    name = one.value.strip("<>{} ")
                    meant = whole.replace(self.tokens.text[start:end], name, 1)
                    other = right if one is node.expr else node.expr
                    words = (f"the text `'{one.value}'`", f"the text `'{other.value}'`", f"write `{meant}`", name)
                    self.doubts.append(Fault("never-equal", start, end, words))
        self.every(node.iter_child_nodes(), bound)

    def loop(self, node: nodes.For, bound: Bound) -> None:
        if node.recursive:
            self.refuse("`recursive`", "write one loop inside of the other", self.tokens.region(node.lineno))
        targets = (node.target, *node.target.find_all(nodes.Name))
        names = frozenset(inner.name for inner in targets if isinstance(inner, nodes.Name))
        self.one(node.iter, bound)
        self.every([node.test] if node.test else [], bound | names)
        self.every(node.body, bound | names | {"loop"})
        self.every(node.else_, bound)


def _is_text(node: nodes.Node) -> TypeGuard[nodes.Const]:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def field_place(node: nodes.Getattr | nodes.Getitem, tokens: Tokens) -> tuple[int, int]:
    """The field's name or the item's key; the node itself stands at its dot or bracket."""
    if node.lineno in tokens.closing:
        return tokens.trimmed(node.lineno + 1, tokens.closing[node.lineno])
    rest = tokens.text[node.lineno + 1 :]
    return tokens.token(node.lineno + 1 + len(rest) - len(rest.lstrip()))


def _nearest(name: str, known: Iterable[str]) -> str:
    return meant(nearest(name, known) or "")


def _arguments(name: str, found: Filter) -> str:
    if not found.parameters:
        return f"the filter `{name}` takes no argument" if not found.nested else f"`{name}` lacks an argument"
    return f"the filter `{name}` takes {listed(found.parameters)}"


def _called(name: str, found: Filter) -> str:
    """The filter with as many arguments as it must have."""
    if found.nested:
        return f"write `{name}(...)`" if found.named else f"write `{name}('upper')`"
    return f"write `{name}({', '.join('...' for _ in range(found.required))})`" if found.required else f"write `{name}`"


_APPLIED = {name for name, filter in FILTERS.items() if not filter.nested}

_TESTS = {
    **dict.fromkeys(("null", "nil", "undef"), "write `none`"),
    **dict.fromkeys(("set", "exists", "present", "given"), "write `defined`"),
    **dict.fromkeys(("empty", "blank"), "write `not features` for an empty list or text"),
    **dict.fromkeys(("list", "array"), "write `iterable`"),
    **dict.fromkeys(("text", "str"), "write `string`"),
    **dict.fromkeys(("int", "numeric"), "write `number`"),
}
"""What to write for the tests of other languages."""

_QUESTION = pattern(r"is\s+(?:not\s+)?(\w+)")

_TRANSPARENT = frozenset(
    (
        nodes.Output,
        nodes.TemplateData,
        nodes.Getitem,
        nodes.Slice,
        nodes.Not,
        nodes.Operand,
        nodes.Concat,
        nodes.Add,
        nodes.Sub,
        nodes.Mul,
        nodes.Div,
        nodes.FloorDiv,
        nodes.Mod,
        nodes.Neg,
        nodes.Pos,
        nodes.List,
        nodes.Tuple,
        nodes.Dict,
        nodes.Pair,
        nodes.Keyword,
    )
)
"""Nodes that may stand anywhere; what they hold is looked at in turn."""

_VISITS: dict[type[nodes.Node], Callable[[_Walk, Any, Bound], None]] = {
    nodes.Name: _Walk.name,
    nodes.Const: _Walk.constant,
    nodes.Getattr: _Walk.field,
    nodes.Pow: _Walk.power,
    nodes.Call: _Walk.call,
    nodes.Compare: _Walk.comparison,
    nodes.CondExpr: _Walk.asked,
    nodes.Filter: _Walk.filter,
    nodes.Test: _Walk.test,
    nodes.For: _Walk.loop,
    nodes.If: _Walk.asked,
    nodes.Or: _Walk.either,
    nodes.And: _Walk.joined,
}
