"""edits: removing, changing or adding one field of a mapping in the text that it was read from.

Each gives None where the text of the field is not the field's own: where it came through an alias, a merge key, a
default, a component or a loop, or where others refer to it, an edit would change more than was tried.
"""

from __future__ import annotations

from re import compile as pattern

from vidc.clock import with_unit
from vidc.diag.finding import Edit
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems.wording import as_yaml
from vidc.source import Span

_REST_OF_LINE = r"[ \t]*(?:#[^\n]*)?\r?(?=\n|\Z)"
_BETWEEN = r"\s*,?\s*|[ \t]*(?:#[^\n]*)?\r?\n[ \t]*"
_DASHES = r"[ \t]*(?:-[ \t]+)+"
_COMMA_AFTER = r"\s*,[ \t]*(?:\r?\n[ \t]*)?"
_COMMA_BEFORE = r",\s*\Z"


def remove(mapping: Mapping, names: list[str]) -> list[Edit] | None:
    """Take out keys with their values, and what parts them from their neighbours."""
    spans = [own(mapping, name) for name in names]
    found = sorted((span for span in spans if span is not None), key=lambda span: span.start)
    if len(found) != len(names):
        return None
    runs = _runs(mapping, found)
    edits = [_without_comma(mapping, run) if is_flow(mapping) else _without_lines(mapping, run) for run in runs]
    whole = [edit for edit in edits if edit is not None]
    return whole if len(whole) == len(edits) else None


def _runs(mapping: Mapping, spans: list[Span]) -> list[Span]:
    """Neighbours joined: they are taken out as one."""
    joined = spans[:1]
    for span in spans[1:]:
        last = joined[-1]
        if pattern(_BETWEEN).fullmatch(mapping.source.text, last.end, span.start):
            joined[-1] = Span(span.source, last.start, span.end)
        else:
            joined.append(span)
    return joined


def _without_comma(mapping: Mapping, span: Span) -> Edit:
    text = mapping.source.text
    after = pattern(_COMMA_AFTER).match(text, span.end)
    if after is not None:
        return Edit(Span(span.source, span.start, after.end()), "")
    before = pattern(_COMMA_BEFORE).search(text, mapping.start, span.start)
    return Edit(Span(span.source, before.start() if before else span.start, span.end), "")


def _without_lines(mapping: Mapping, span: Span) -> Edit | None:
    """In block style: whole lines; behind the dash of a list, up to the next key, which takes the place."""
    source, text = span.source, span.source.text
    rest = pattern(_REST_OF_LINE).match(text, span.end)
    if rest is None:
        return None
    line_start = source.line_start(span.start)
    before = text[line_start : span.start]
    if before.strip(" "):
        following = [key.start for key, _ in mapping.entries.values() if key.source is source and key.start > span.end]
        here = [start for start in following if start < mapping.end]
        if not pattern(_DASHES).fullmatch(before) or not here or text[rest.end() : min(here)].strip():
            return None
        return Edit(Span(source, span.start, min(here)), "")
    if rest.end() < len(text):
        return Edit(Span(source, line_start, rest.end() + 1), "")
    return Edit(Span(source, max(line_start - 1, 0), rest.end()), "")


def change(mapping: Mapping, name: str, value: int | str | None, plain_numbers: bool) -> Edit | None:
    """Write another value behind a key."""
    span = own(mapping, name)
    if span is None:
        return None
    old = mapping.entries[name][1].span
    blank = "" if old.text else " "  # `key:` with nothing behind it is an explicit null
    return Edit(old, blank + written(mapping, name, value, plain_numbers))


def rename(mapping: Mapping, name: str, other: str, value: int | str | None, plain_numbers: bool) -> Edit | None:
    """Write another key with another value in the place of one."""
    span = own(mapping, name)
    if span is None:
        return None
    return Edit(span, f"{_key(mapping, other)}: {written(mapping, other, value, plain_numbers)}")


def insert(mapping: Mapping, name: str, value: int | str | None, plain_numbers: bool) -> Edit | None:
    """Add a key in front of the first one; one that came from elsewhere is overruled so."""
    source, text = mapping.source, mapping.source.text
    keys = [key for key, _ in mapping.entries.values() if own(mapping, str(key.value)) is not None]
    if not keys or (name in mapping.entries and not is_inherited(mapping, name)):
        return None
    first = min(key.start for key in keys)
    entry = f"{_key(mapping, name)}: {written(mapping, name, value, plain_numbers)}"
    if is_flow(mapping):
        return Edit(Span(source, first, first), f"{entry}, ")
    line_start = source.line_start(first)
    before = text[line_start:first]
    if before.strip(" ") and not pattern(_DASHES).fullmatch(before):
        return None
    return Edit(Span(source, first, first), f"{entry}\n{' ' * len(before)}")


def own(mapping: Mapping, name: str) -> Span | None:
    """From the key to the end of its value, where both stand in the mapping's own text and nothing refers to them."""
    entry = mapping.entries.get(name)
    if entry is None:
        return None
    key, value = entry
    if key.source is not mapping.source or value.source is not mapping.source:
        return None
    if not mapping.start <= key.start <= key.end <= value.start <= value.end <= mapping.end:
        return None
    between = mapping.source.text[key.end : value.end].lstrip(" \t\r\n:\"'")
    return None if between.startswith("&") else Span(mapping.source, key.start, value.end)


def is_inherited(mapping: Mapping, name: str) -> bool:
    """Whether an entry came from defaults or by a merge key: it stays there, and another value here overrules it."""
    entry = mapping.entries.get(name)
    if entry is None or mapping.anchor is not None:
        return False
    key = entry[0]
    return key.source is not mapping.source or not mapping.start <= key.start < mapping.end


def is_own_text(chain: list[Node]) -> bool:
    """Whether a text holds each of these inside the one before, and no anchor, loop, default or component does."""
    outer: Node | None = None
    for node in chain:
        if node.anchor is not None or (isinstance(node, Mapping) and node.via) or _is_anchored(node):
            return False
        if outer is not None and not (
            node.source is outer.source and outer.start <= node.start and node.end <= outer.end
        ):
            return False
        outer = node
    return True


def chain_to(root: Mapping, scene: Mapping, track: Mapping | None = None) -> list[Node]:
    """The nodes from the root of a spec down to a scene, or to one of its tracks."""
    chain: list[Node] = [root]
    scenes, tracks = root.entries.get("scenes"), scene.entries.get("tracks")
    if scenes is not None and isinstance(scenes[1], Sequence):
        chain.append(scenes[1])
    chain.append(scene)
    if track is not None:
        chain += [tracks[1], track] if tracks is not None else [track]
    return chain


def is_flow(mapping: Mapping) -> bool:
    return mapping.source.text.startswith("{", mapping.start)


def is_json(mapping: Mapping) -> bool:
    """Whether its keys are quoted, as in JSON."""
    text = mapping.source.text
    return any(text.startswith('"', key.start) for key, _ in mapping.entries.values() if key.source is mapping.source)


def written(mapping: Mapping, name: str, value: int | str | None, plain_numbers: bool) -> str:
    """A value as the author would write it there: a time with its unit, unless bare numbers are the habit."""
    if value is None:
        return "null"
    if isinstance(value, str):
        from json import dumps

        return dumps(value, ensure_ascii=False) if is_json(mapping) else as_yaml(value)
    entry = mapping.entries.get(name)
    bare = entry is not None and isinstance(entry[1], Scalar) and isinstance(entry[1].value, int)
    return str(value) if bare or plain_numbers or is_json(mapping) else with_unit(value)


def _key(mapping: Mapping, name: str) -> str:
    return f'"{name}"' if is_json(mapping) else name


def _is_anchored(node: Node) -> bool:
    """Whether a name stands at the node, so that an alias may mean it."""
    text = node.source.text
    if text.startswith("&", node.start):
        return True
    before = text[max(node.start - 80, 0) : node.start].rstrip()
    return "&" in before and "&" in before.split()[-1]
