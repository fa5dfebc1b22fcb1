"""Scope: the mapping that is being read, what goes wrong in it, and what its readers must know around it."""

from __future__ import annotations

from collections.abc import Callable

from vidc.diag.finding import Finding, Log, Place
from vidc.hints import Any
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems import check as problems
from vidc.source import Span

ABSENT: Any = object()
"""What a reader returns for a value that is left out."""

MAX_STRAYS = 10_000
"""Limit: so many keys of one spec that are no fields are compared with those that are; more are sent without a word."""

Extents = tuple[int | None, int | None]
"""The video's width and height in pixels; None where they are not known."""


class Scope:
    """One mapping that is being read. `broken` gathers the fields that are left out because a finding speaks of them,
    or because a variable in them has no value. `key` is the parent's key of this mapping."""

    __slots__ = ("broken", "extents", "key", "literal", "log", "node", "outer", "scene", "strays", "track", "unknown")

    def __init__(self, log: Log, node: Mapping, literal: bool, extents: Extents = (None, None)) -> None:
        self.log = log
        self.node = node
        self.literal = literal
        self.extents = extents
        self.broken: set[str] = set()
        self.unknown = False
        self.outer: Scope | None = None
        self.key = ""
        self.scene = -1
        self.track = -1
        self.strays = 0

    def within(self, node: Mapping, key: str = "") -> Scope:
        """The scope of a mapping that stands in this one."""
        inner = Scope(self.log, node, self.literal, self.extents)
        inner.outer, inner.key, inner.scene, inner.track = self, key, self.scene, self.track
        return inner

    @property
    def path(self) -> str:
        """`scenes[0].tracks[2]`, `scenes[0]` or `settings`; empty at the top."""
        if self.track >= 0:
            return f"scenes[{self.scene}].tracks[{self.track}]"
        if self.scene >= 0:
            return f"scenes[{self.scene}]"
        above = self.outer.path if self.outer else ""
        return above or ("" if self.key == "videoCreative" else self.key)

    def place(self, span: Span) -> Place:
        at = self
        while not at.node.via and at.outer is not None:
            at = at.outer
        return Place(span, self.path, at.node.via)

    def head(self) -> Place:
        """A short span that stands for the whole mapping: its key, else its `type`, else its own first key."""
        entries = self.node.entries
        if self.outer is not None and self.key and self.key in self.outer.node.entries:
            return self.place(self.outer.node.key(self.key))
        if self.track >= 0 and "type" in entries:
            return self.place(entries["type"][1].span)
        for key, _ in entries.values():
            return self.place(key.span)
        return self.place(short(self.node))

    def fail(self, name: str, finding: Finding) -> Any:
        self.log.add(finding)
        self.broken.add(name)
        return ABSENT

    def leave(self, name: str, meant: str = "") -> None:
        """Leave out a key that is no field, and count the field that it stands for as written."""
        self.broken.add(name)
        if meant and meant not in self.node.entries:
            self.broken.add(meant)

    def doubt(self, name: str = "") -> Any:
        """Leave out a field in which a variable has no value yet, and remember that the document is not whole."""
        if name:
            self.broken.add(name)
        at: Scope | None = self
        while at is not None:
            at.unknown = True
            at = at.outer
        return ABSENT

    def may_compare(self) -> bool:
        """Whether one more key of the document that is no field may be compared with those that are."""
        top = self
        while top.outer is not None:
            top = top.outer
        top.strays += 1
        return top.strays <= MAX_STRAYS

    def mistyped(self, name: str, node: Node, wanted: str, help: str = "") -> Any:
        """Report a value that is not of its field's type; one that is unknown is left out without a word."""
        if isinstance(node, Scalar) and node.unknown:
            return self.doubt(name)
        at = self.place(short(node))
        return self.fail(name, problems.wrong_type(at, f"`{name}`", wanted, kind(node), help))


Reader = Callable[[Scope, str, Node], Any]
"""Reads one field: the scope, its name and its node, which is not null; gives what is sent, or `ABSENT`."""


def short(node: Node) -> Span:
    """The span of a value to point at: of a collection its first line, no more."""
    if isinstance(node, Scalar):
        return node.span
    text = node.source.text[node.start : min(node.end, node.start + 80)]
    return Span(node.source, node.start, node.start + max(len(text.partition("\n")[0].rstrip()), 1))


def kind(node: Node) -> str:
    """What a value is, in words."""
    if not isinstance(node, Scalar):
        return "a mapping" if isinstance(node, Mapping) else "a list"
    match node.value:
        case None:
            return "null"
        case bool():
            return "true" if node.value else "false"
        case int() | float():
            return "a number"
    return "text"
