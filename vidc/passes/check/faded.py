"""faded: what a transition in another form is as `{type: fade, duration: 500ms}`, with the author's own length."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch

from vidc.clock import read_time
from vidc.diag.finding import Edit, Repair
from vidc.hints import Any
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems import check as problems
from vidc.problems.wording import listed
from vidc.record import replace

from .foreign import TRANSITIONS, letters
from .scope import Scope
from .values import scalars

_ENDS = frozenset(("in", "out", "enter", "exit", "intro", "outro", "start", "end"))
_INTO = frozenset(("in", "enter", "intro", "start"))
"""The ends of a scene, which have a transition each elsewhere; and the first of them."""
_EFFECTS = frozenset(("fade", "fadein", "fadeout", "crossfade", "dissolve", "crossdissolve", "wipe", "slide", "zoom"))
_NONE = ("none", "cut", "off", "no", "false")

MOST = 20
"""Limit: in so few keys another form is looked for."""

SHORT = 20
"""A bare number below this is one of seconds."""


def help_for(scope: Scope, node: Node) -> str:
    """What to write for a transition that is no mapping; what stands beside it of another service counts as told."""
    if isinstance(node, Scalar) and str(node.value).casefold() in _NONE:
        return "remove it: a scene without a transition ends with a cut"
    beside = _beside(scope)
    scope.broken.update(beside)
    return f"write `{whole(scope, node)}`" + (f", and remove {listed(beside)}" if beside else "")


def help_instead(scope: Scope, name: str) -> str:
    """What to write where a scene has keys of another service alone, of which this is the first."""
    others = [one for one in _beside(scope) if one != name]
    return f"write `transition: {whole(scope)}`" + (f", and remove {listed(others)}" if others else "")


def whole(scope: Scope, node: Node | None = None) -> str:
    """A transition of the one documented type, as long as the author says in it, or beside it in the scene."""
    nodes = [] if node is None else [node]
    nodes += [scope.node.entries[name][1] for name in _beside(scope)]
    time = next((time for one in nodes for time in times_in(one)), "500ms")
    return f"{{type: fade, duration: {time}}}"


def _beside(scope: Scope) -> list[str]:
    return [name for name in TRANSITIONS if name in scope.node.entries]


def is_other_form(node: Mapping) -> bool:
    """Whether a mapping without a type says it by keys such as `in`, `out` and `fade`."""
    names = [name for name in node.entries if name != "duration"]
    return 0 < len(names) <= MOST and all(name in _ENDS or letters(name) in _EFFECTS for name in names)


def report_other_form(scope: Scope, name: str, node: Mapping) -> Any:
    """Report the keys that stand for the type of a transition, all at once."""
    right = whole(scope, node)
    help = f"write `{right}`"
    names = node.entries.keys() - {"duration"}
    is_into = names <= _INTO and scope.scene > 0
    if is_into:
        help = f"write `transition: {right}` in the scene before: it stands in the scene that it leads out of"
    is_plain = node.anchor is None and not node.via and "\n" not in node.span.text and scope.is_own(name)
    repair = Repair(f"write `{right}`", (Edit(node.span, right),)) if is_plain and any(times_in(node)) else None
    inner = scope.within(node, name)
    found = problems.missing_field(inner.head(), "`type`", "this transition", help)
    if repair is not None and not is_into:
        found = replace(found, words=replace(found.words, repairs=(repair,)))
    return scope.fail(name, found)


def times_in(node: Node) -> Iterator[str]:
    """What in a value is a time, or a bare number that is one of seconds or of milliseconds."""
    for scalar in scalars(node):
        value = scalar.value
        if isinstance(value, str):
            text = value.replace(" ", "")
            if read_time(text) and fullmatch(r"[\w.]{2,12}", text):
                yield text
        elif isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 60_000:
            ms = round(value * 1000) if value < SHORT else round(value)
            yield f"{ms}ms" if ms % 1000 else f"{ms // 1000}s"
