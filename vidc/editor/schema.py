"""schema: the keys and values that the schema of specs allows at a place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from vidc.contract import schema_text
from vidc.ir.tree import Mapping, Node, Scalar

from .places import Path, holder


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
