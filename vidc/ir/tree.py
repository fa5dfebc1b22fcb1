"""Tree: a document as scalars, mappings and sequences that know where they stand."""

from __future__ import annotations

from vidc.diag.finding import Via
from vidc.hints import TypeAlias
from vidc.record import record
from vidc.source import Source, Span

Value: TypeAlias = str | int | float | bool | None


@record
class Scalar:
    """One value, typed by YAML's core schema.

    `live`: it may hold a template (`<` or `{` stands in it). `unknown`: a variable in it has no value yet; `value`
    then holds the known parts only, and nothing may be concluded from it but a lower bound of its length. `faulty`: it
    is unknown because a finding speaks of it, and nothing at all may be concluded.
    `anchor`: where the value itself stands when the node is an alias (`start`, `end` are the alias's own place).
    """

    value: Value
    source: Source
    start: int
    end: int
    live: bool = False
    unknown: bool = False
    anchor: Span | None = None
    faulty: bool = False

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.end)


@record
class Mapping:
    """Keys in the order written; a key's scalar has its place. `via` says through what it came here. `partial`: what is
    merged into it could not be read, so it may have more keys; a finding says so."""

    entries: dict[str, tuple[Scalar, Node]]
    source: Source
    start: int
    end: int
    live: bool = False
    anchor: Span | None = None
    via: tuple[Via, ...] = ()
    partial: bool = False

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.end)

    def key(self, name: str) -> Span:
        """The span of a key that is there."""
        return self.entries[name][0].span

    def at(self, name: str) -> Span:
        """The span of the value of `name`, or of the whole mapping where there is none."""
        found = self.entries.get(name)
        return found[1].span if found else self.span

    def entry(self, name: str) -> Span:
        """From the key of `name` to the end of its value; the value alone where it stands elsewhere (an alias's
        anchor, a default), the whole mapping where there is none."""
        found = self.entries.get(name)
        if found is None:
            return self.span
        key, value = found
        if key.source is value.source and key.end <= value.start:
            return Span(key.source, key.start, value.end)
        return value.span


@record
class Sequence:
    items: list[Node]
    source: Source
    start: int
    end: int
    live: bool = False
    anchor: Span | None = None

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.end)


Node: TypeAlias = Scalar | Mapping | Sequence


def first_line(node: Node) -> Span:
    """The span of a value to point at: of a collection its first line, no more."""
    if isinstance(node, Scalar):
        return node.span
    text = node.source.text[node.start : min(node.end, node.start + 80)]
    return Span(node.source, node.start, node.start + max(len(text.partition("\n")[0].rstrip()), 1))


def plain(node: Node) -> object:
    """The node as plain data, without places. Depth is bounded by the parser."""
    match node:
        case Scalar(value=value):
            return value
        case Mapping(entries=entries):
            return {key: plain(item) for key, (_, item) in entries.items()}
        case Sequence(items=items):
            return [plain(item) for item in items]
