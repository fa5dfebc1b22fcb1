"""merge: what a key `<<` brings into a mapping, and what a key brings that stands twice."""

from __future__ import annotations

from vidc.diag.finding import Edit, Log, Place, Repair
from vidc.hints import TypeAlias
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems import aliases as problems
from vidc.problems.wording import short
from vidc.record import replace
from vidc.source import Span

MOST = 1_000
"""Limit: to a list of so many tracks no other is added."""

Entries: TypeAlias = "dict[str, tuple[Scalar, Node]]"


def merged(mapping: Mapping, log: Log) -> tuple[Mapping, list[Node]]:
    """The mapping with what its merge key brings under its own entries, of several mappings the first's; and what of
    the text is in no tree then. In quotes `<<` is a key like any other."""
    entries = dict(mapping.entries)
    if mapping.source.text[entries["<<"][0].start] in "\"'":
        return mapping, []
    key, value = entries.pop("<<")
    live, partial = mapping.live, False
    if isinstance(value, Sequence) and value.anchor is not None:
        _report_lost(value, log)
    for node in value.items if isinstance(value, Sequence) else [value]:
        if isinstance(node, Scalar) and node.unknown:
            partial = True
            continue
        if not isinstance(node, Mapping):
            log.add(problems.merge_not_mapping(node.span if node.start < node.end else key.span))
            continue
        live, partial = live or node.live, partial or node.partial
        for name, entry in node.entries.items():
            entries.setdefault(name, entry)
    return replace(mapping, entries=entries, live=live, partial=partial), [value]


def taken_in(entries: Entries, key: Scalar, node: Node, repeated: list[tuple[Entries, Scalar, Node]], log: Log) -> bool:
    """Report a key that stands again in its mapping; whether what it brings is kept, as that of a merge key is, and the
    tracks of a scene. `repeated`: keys that stood again before."""
    name = str(key.value)
    if name == "<<":
        entries[name] = entries[name][0], _both(entries[name][1], key, node, log)
        return True
    first = entries[name][1]
    # Where another key stands again, or the first of all, another scene begins whose dash is lost.
    begins = next(iter(entries)) == name or any(where is entries for where, _, _ in repeated)
    is_of_scene = name == "tracks" and not begins
    if is_of_scene and isinstance(first, Sequence) and isinstance(node, Sequence) and len(first.items) < MOST:
        entries[name] = entries[name][0], _joined(entries, first, key, node, log)
        return True
    from vidc.problems.parse import repeated_key

    log.add(repeated_key(key.span, name, entries[name][0].span))
    return False


def _joined(entries: Entries, first: Sequence, key: Scalar, second: Sequence, log: Log) -> Sequence:
    """Both lists of tracks of one scene as one; it is reported."""
    from vidc.problems.parse import repeated_tracks

    source = key.source
    line, item = source.line_start(key.start), source.line_start(second.start)
    between = source.text[first.end : line] + source.text[line : key.start] + source.text[key.end + 1 : item]
    are_plain = first.anchor is None and second.anchor is None and next(reversed(entries)) == "tracks"
    are_in_block = source.text[first.start] == source.text[second.start] == "-" and _column(first) == _column(second)
    is_one_edit = are_plain and are_in_block and not between.strip()
    edits = (Edit(Span(source, line, item), ""),) if is_one_edit else ()
    log.add(repeated_tracks(key.span, entries["tracks"][0].span, edits))
    end = second.end if are_plain else first.end
    return replace(first, items=first.items + second.items, end=end, live=first.live or second.live)


def _column(node: Node) -> int:
    return node.start - node.source.line_start(node.start)


def _both(first: Node, key: Scalar, second: Node, log: Log) -> Node:
    """What two merge keys of one mapping bring, as one list, which is how it is written; it is reported."""
    source = key.source
    items = [*(first.items if isinstance(first, Sequence) and first.anchor is None else [first]), second]
    written = f"[{', '.join(item.span.text for item in items)}]"
    before = source.text[source.line_start(key.start) : key.start]
    start = source.text.rfind(",", first.span.end, key.start) if before.strip() else source.line_start(key.start) - 1
    whole = Span(source, first.span.start, first.span.end)
    edits = (Edit(whole, written), Edit(Span(source, max(start, whole.end), second.span.end), ""))
    log.add(problems.repeated_merge(Place(key.span), written, whole, Repair(f"write `<<: {short(written)}`", edits)))
    return Sequence(items, source, first.start, first.end, first.live or second.live)


def _report_lost(merged: Sequence, log: Log) -> None:
    """Report a list of things that an alias puts where one mapping is merged: what the first has, the others lose.
    A list of aliases is one of mappings to be merged."""
    seen: set[str] = set()
    for node in merged.items:
        if isinstance(node, Mapping) and node.anchor is None:
            lost = [name for name in node.entries if name in seen]
            if lost:
                at = Place(merged.span)
                log.add(problems.merged_list(at, len(merged.items), lost, node.key(lost[0])))
                return
            seen |= node.entries.keys()
