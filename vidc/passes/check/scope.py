"""Scope: the mapping that is being read, what goes wrong in it, and what its readers must know around it."""

from __future__ import annotations

from collections.abc import Callable

from vidc.diag.finding import Finding, Log, Place
from vidc.hints import Any
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, first_line
from vidc.problems import check as problems
from vidc.problems.wording import kind
from vidc.source import Span

ABSENT: Any = object()
"""What a reader returns for a value that is left out."""

MAX_STRAYS = 10_000
"""Limit: so many keys of one spec that are no fields are compared with those that are; more are sent without a word."""

Extents = tuple[int | None, int | None]
"""The video's width and height in pixels; None where they are not known."""


class Shared:
    """What all mappings of one document share. `strays`: how many keys were compared with those that are fields.
    `slight`: the sizes that are odd if others are in percent, each with its track. `brought`: the fields in `defaults`
    that stand in a wrong place, by their mapping. `brackets`: what was said of names that were not filled in, gathered
    when a field is the first to fail because of one. `worked`: where places that are worked out were looked at."""

    __slots__ = ("brackets", "brought", "slight", "strays", "worked")

    def __init__(self) -> None:
        self.strays = 0
        self.brackets: dict[tuple[int, int], list[Finding]] = {}
        self.worked: set[tuple[int, int]] = set()
        self.slight: list[tuple[Scope, Mapping]] = []
        self.brought: dict[int, set[str]] = {}


class Scope:
    """One mapping that is being read. `broken` gathers the fields that are left out because a finding speaks of them,
    or because a variable in them has no value. `key` is the parent's key of this mapping."""

    __slots__ = ("broken", "extents", "key", "literal", "log", "node", "outer", "scene", "shared", "track", "unknown")

    def __init__(
        self, log: Log, node: Mapping, literal: bool, extents: Extents = (None, None), shared: Shared | None = None
    ) -> None:
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
        self.shared = shared or Shared()

    def within(self, node: Mapping, key: str = "") -> Scope:
        """The scope of a mapping that stands in this one."""
        inner = Scope(self.log, node, self.literal, self.extents, self.shared)
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
        return self.place(first_line(self.node))

    def fail(self, name: str, finding: Finding) -> Any:
        entry = self.node.entries.get(name)
        value = entry[1].value if entry is not None and isinstance(entry[1], Scalar) else None
        if entry is not None and isinstance(value, str) and value[:1] == "<" and not self.literal:
            from .unfilled import caused

            finding = caused(self.log, self.shared.brackets, entry[1].span, finding)
        self.log.add(finding)
        self.broken.add(name)
        return ABSENT

    def leave(self, name: str, meant: str = "") -> None:
        """Leave out a key that is no field, and count the field that it stands for as written."""
        self.broken.add(name)
        if meant and (not self.stands_beside(name, meant) or self._is_empty(meant)):
            self.broken.add(meant)

    def _is_empty(self, name: str) -> bool:
        node = self.node.entries[name][1]
        return isinstance(node, Scalar) and node.value is None and not node.unknown

    def is_own(self, name: str) -> bool:
        """Whether a key that is there was written in this mapping itself: a default's or a merged one's was not."""
        key, whole = self.node.entries[name][0], self.node.anchor or self.node.span
        return key.source is whole.source and whole.start <= key.start < whole.end

    def stands_beside(self, name: str, right: str) -> bool:
        """Whether the right key stands in the same mapping as a wrong one: neither wins over the other."""
        return right in self.node.entries and self.is_own(name) == self.is_own(right)

    def declared(self, section: str) -> dict[str, tuple[Scalar, Node]]:
        """What `components` or `defaults` hold at the top of the document, not expanded."""
        top = self
        while top.outer is not None:
            top = top.outer
        found = top.node.entries.get(section)
        return found[1].entries if found and isinstance(found[1], Mapping) else {}

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
        self.shared.strays += 1
        return self.shared.strays <= MAX_STRAYS

    def mistyped(self, name: str, node: Node, wanted: str, help: str = "") -> Any:
        """Report a value that is not of its field's type; one that is unknown is left out without a word."""
        if isinstance(node, Scalar) and node.unknown:
            return self.doubt(name)
        if isinstance(node, Mapping) and not self.literal:
            from .meant import instead

            help = instead(name, wanted, node, self.declared, self.place(self.node.span).via) or help
        at = self.place(first_line(node))
        return self.fail(name, problems.wrong_type(at, f"`{name}`", wanted, kind(node), help))


Reader = Callable[[Scope, str, Node], Any]
"""Reads one field: the scope, its name and its node, which is not null; gives what is sent, or `ABSENT`."""


def is_alone(scope: Scope, part: str) -> bool:
    """Whether a list of scenes or tracks has one item."""
    entry = scope.node.entries.get(part)
    return entry is not None and isinstance(entry[1], Sequence) and len(entry[1].items) == 1


def list_in_list(node: Node, part: str, is_alone: bool) -> str:
    """What to write where a list stands among scenes or tracks, perhaps with others; empty where it is none."""
    if not isinstance(node, Sequence):
        return ""
    if node.anchor is None:
        return f"write its items among the `{part}`, each behind a `- ` of its own"
    alias = node.span.text
    if is_alone:
        return f"an alias puts no list into another: write `{part}: {alias}`"
    rest = "write them out here" if part == "scenes" else "make a component of its tracks, and `use` that here"
    return f"an alias puts no list into another: {rest}"


def mapping_for_list(node: Node, one: str) -> str:
    """What to write where a mapping stands instead of a list of scenes or tracks, perhaps with a name for each."""
    if not isinstance(node, Mapping) or not node.entries:
        return f"begin each {one} with `- `"
    first = next(iter(node.entries))
    if not all(isinstance(value, Mapping) for _, value in node.entries.values()):
        return f"begin each {one} with `- `"
    if one == "scene":
        return f"begin each scene with `- `, and write its name in it: `- name: {first}`"
    return f"begin each track with `- `, and write `referenceId: {first}` in it if you need the name"
