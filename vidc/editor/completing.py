"""completing: what can be written at a place: keys and values that the schema of specs knows, and names of the spec.

A line that is half written is seldom YAML. So the text is tried as it is and with what its author may be about to
write, until one can be read; where none can, nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from re import compile as pattern
from typing import Any

from vidc.contract import schema_text
from vidc.diag.finding import Log
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.passes.parse import parse
from vidc.record import record
from vidc.source import Source

from .places import Path, Spot, holder, spot_at
from .symbols import NAME, REFERENCE, Trees

_DUMMY = "x__"
_WORD = r"[\w./:-]*"
_TEMPLATE_OPEN = rf"<({NAME})?$|\{{\{{\s*({NAME})?$|\{{%[-+]?\s*\w*\s*({NAME})?$"
_SERVICE_OPEN = rf"(?<!\{{)\{{({NAME})?$"


@record
class Offer:
    """`kind`: key, value, variable, component, reference, service, name. `text` is written in the place of the word
    that was begun at `start`; `about` is shown beside it."""

    kind: str
    name: str
    text: str
    start: int
    about: str = ""


def offers(source: Source, offset: int, sources: list[Source], known: dict[str, list[tuple[str, str]]]) -> list[Offer]:
    """What can be written at an offset. `known`: names from elsewhere with what is said of them, by property
    (`actor`, `speakerId`)."""
    before = source.text[:offset]
    begun = pattern(_WORD + "$").search(before)
    start = begun.start() if begun else offset
    for text, at in _tries(source.text, offset, start):
        tried = Source(source.path, text, source.file)
        root = parse(tried, Log())
        spot = None if root is None else spot_at(root, at)
        if root is None or spot is None:
            continue
        trees = Trees(root, [tried, *(one for one in sources if one.file != source.file)])
        named = list(_named(before, spot, trees))
        return named if named else _offered(spot, trees, start, known)
    return []


def _tries(text: str, offset: int, start: int) -> Iterator[tuple[str, int]]:
    """The text with what may be about to be written, and where the cursor then is."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    before, after = text[:offset], text[offset:]
    rest = after[: (after + "\n").index("\n")]
    bare = pattern(r"\s*(?:- +)*[\w.-]*").fullmatch(line) and not rest.strip()
    word = "" if start < offset else _DUMMY
    if bare:
        yield f"{before}{word}:{after}", offset + len(word)
    if pattern(r":[ ]+$").search(line) and not rest.strip(" ,}]"):
        yield f"{before}{_DUMMY}{after}", offset
    yield text, offset
    if pattern(r"[{,]\s*[\w.-]*$").search(line):
        for closing in (": ", ": }", ": }]", ": }]}"):
            yield f"{before}{word}{closing}{after}", offset + len(word)
    for closing in ("}", "}]", "'", '"', '"}', "'}"):
        yield f"{before}{closing}{after}", offset


def _named(before: str, spot: Spot, trees: Trees) -> Iterator[Offer]:
    """Names inside a template or expression that is being written."""
    last = spot.path[-1] if spot.path else ""
    line = before[before.rfind("\n") + 1 :]
    template = pattern(_TEMPLATE_OPEN).search(line)
    if template and not spot.key:
        start = len(before) - len(next((group for group in template.groups() if group), ""))
        closing = ">" if template[0].startswith("<") else ""
        yield from _variables(spot, trees, start, closing)
    elif (service := pattern(_SERVICE_OPEN).search(line)) and not spot.key and isinstance(spot.node, Scalar):
        start = len(before) - len(service[1] or "")
        yield from (Offer("service", name, f"{name}}}", start) for name in trees.names("service"))
    elif last in ("for", "if") and not spot.key:
        word = pattern(rf"({NAME})?$").search(line)
        yield from _variables(spot, trees, len(before) - len(word[0] if word else ""), "")


def _variables(spot: Spot, trees: Trees, start: int, closing: str) -> Iterator[Offer]:
    for name in trees.names("variable"):
        yield Offer("variable", name, name + closing, start)
    for name in trees.locals_at(spot.path):
        yield Offer("variable", name, name + closing, start, "of this loop or component")


def _offered(spot: Spot, trees: Trees, start: int, known: dict[str, list[tuple[str, str]]]) -> list[Offer]:
    if spot.key:
        present = set(spot.mapping.entries) - {spot.path[-1]}
        names = _parameters(spot.path[:-1], trees) or properties(spot.path[:-1], trees.root)
        return [
            Offer("key", name, f"{name}: ", start, str(about.get("description", "")))
            for name, about in names.items()
            if name not in present
        ]
    last = str(spot.path[-1]) if spot.path else ""
    if last == "use":
        return [Offer("component", name, name, start) for name in trees.names("component")]
    if last == REFERENCE:
        return [Offer("reference", name, name, start) for name in trees.names("reference", spot.path[:-1])]
    if last in known:
        return [Offer("name", name, name, start, about) for name, about in known[last]]
    return [Offer("value", name, name, start) for name in values(spot.path, trees.root)]


def _parameters(path: Path, trees: Trees) -> dict[str, dict[str, Any]]:
    """What a component takes, where a path leads to what it is given."""
    if path[-1:] != ("with",):
        return {}
    used = holder(trees.root, (*path[:-1], "use"))
    called = str(used.value) if isinstance(used, Scalar) else ""
    return {name: {} for name in trees.names("parameter", ("components", called))}


@cache
def _schema() -> dict[str, Any]:
    from json import loads

    found: dict[str, Any] = loads(schema_text("vidc.schema.json"))
    return found


def properties(path: Path, root: Mapping) -> dict[str, dict[str, Any]]:
    """The keys that the mapping at a path may have, with what the schema says of each."""
    found: dict[str, dict[str, Any]] = {}
    for one in _at(path, root):
        for name, about in one.get("properties", {}).items():
            found.setdefault(name, about if isinstance(about, dict) else {})
    return found


def values(path: Path, root: Mapping) -> list[str]:
    """The values that the property at a path may have, as they are written."""
    about = properties(path[:-1], root).get(str(path[-1])) if path else None
    found: list[str] = []
    for one in _unfolded(about, {}) if about else []:
        for value in [*one.get("enum", []), *([one["const"]] if "const" in one else []), *one.get("examples", [])]:
            text = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else value
            if isinstance(text, str | int) and str(text) not in found:
                found.append(str(text))
        if one.get("type") == "boolean":
            found += [text for text in ("true", "false") if text not in found]
    return found


def _at(path: Path, root: Mapping) -> list[dict[str, Any]]:
    """The schemas of what stands at a path; what is written there tells which kind of track it is."""
    here = list(_unfolded(_schema(), _keys(root)))
    for place, step in enumerate(path, 1):
        content = _keys(holder(root, path[:place]))
        here = [deeper for one in here for found in _below(one, step) for deeper in _unfolded(found, content)]
    return here


def _keys(node: Node | None) -> dict[str, object]:
    """The single values of a mapping by their keys."""
    if not isinstance(node, Mapping):
        return {}
    return {name: value.value if isinstance(value, Scalar) else None for name, (_, value) in node.entries.items()}


def _below(schema: dict[str, Any], step: str | int) -> Iterator[dict[str, Any]]:
    if isinstance(step, int):
        found = schema.get("items")
    else:
        found = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
    if isinstance(found, dict):
        yield found


def _unfolded(schema: Any, content: dict[str, object], depth: int = 0) -> Iterator[dict[str, Any]]:
    """A schema and all that it is made of; of conditions, what holds for the content."""
    if not isinstance(schema, dict) or depth > 12:
        return
    yield schema
    if "$ref" in schema:
        yield from _unfolded(_schema()["$defs"].get(schema["$ref"].removeprefix("#/$defs/")), content, depth + 1)
    for part in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(part, []):
            yield from _unfolded(one, content, depth + 1)
    if "if" in schema:
        branch = "then" if _holds(schema["if"], content) else "else"
        yield from _unfolded(schema.get(branch), content, depth + 1)


def _holds(condition: dict[str, Any], content: dict[str, object]) -> bool:
    """Whether a condition of the schema holds: those of required keys and of one key's value."""
    if not all(name in content for name in condition.get("required", [])):
        return False
    for name, wanted in condition.get("properties", {}).items():
        allowed = wanted.get("enum", [wanted["const"]] if "const" in wanted else None)
        if allowed is not None and name in content and content[name] not in allowed:
            return False
    return True
