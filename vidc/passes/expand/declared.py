"""declared: declarations that are written as another language writes them: `title: string`, or a JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from vidc.diag.finding import Label, Log, Place
from vidc.hints import Any
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, plain
from vidc.problems import expand
from vidc.problems import variables as problems
from vidc.problems.wording import as_yaml, short
from vidc.record import replace

from .declaration import ALIKE, KEYS, TYPES, Declaration

SHOWN = 4
LONGEST = 40
MOST = 8
FIELDS = 8
"""Limits: names that a help shows, characters of a value, places that a finding has labels for, and fields of an
object."""

_SCHEMA = frozenset((
    "type", "properties", "required", "additionalProperties", "title", "description", "$schema", "$id", "$defs",
    "definitions", "default", "examples", "minProperties", "maxProperties",
))  # fmt: skip
_OPTIONS = {
    "default": "default", "enum": "choices", "minLength": "min_length", "maxLength": "max_length",
    "minItems": "min_length", "maxItems": "max_length", "minimum": "minimum", "maximum": "maximum",
}  # fmt: skip
"""What JSON Schema calls the keys of a declaration."""


def is_bare_type(value: Node) -> bool:
    """Whether a value is the name of a type, without quotes and without a place that compares it with that word."""
    if not isinstance(value, Scalar) or value.value not in TYPES or value.anchor is not None:
        return False
    text = value.source.text
    return value.span.text == value.value and f"'{value.value}'" not in text and f'"{value.value}"' not in text


def report_types(declared: Iterable[Declaration], log: Log) -> None:
    """Say once of the names in one mapping whose values are the names of types."""
    plain = [one for one in declared if not one.options and one.default is not None]
    found = [(one, one.default) for one in plain if one.default is not None and is_bare_type(one.default)]
    if not found:
        return
    (first, value), *others = found
    labels = tuple(Label(node.span, "and this") for _, node in others[:MOST])
    log.add(problems.type_as_text(Place(value.span), first.name, value.span.text, labels))


def is_schema(node: Mapping) -> bool:
    """Whether names are declared as the properties of a JSON Schema."""
    entries = node.entries
    found = entries["properties"][1] if "properties" in entries else None
    if not isinstance(found, Mapping) or not entries.keys() <= _SCHEMA:
        return False
    is_marked = "$schema" in entries or (_value(entries, "type") == "object") or _is_list(entries, "required")
    return is_marked and all(isinstance(one, Mapping) for _, one in found.entries.values())


def properties(node: Mapping, what: str, log: Log) -> dict[str, Declaration]:
    """The names that a JSON Schema has, which is reported: they are declared, and nothing is known of their values."""
    entries = node.entries
    key, found = entries["properties"]
    assert isinstance(found, Mapping)
    required = plain(entries["required"][1]) if "required" in entries else []
    needed = [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
    inner = [f"{short(name)}: {_declaration(name in needed, one)}" for name, (_, one) in found.entries.items()]
    right = f"{what}: {{{', '.join(inner[:SHOWN])}{', ...' if len(inner) > SHOWN else ''}}}"
    log.add(expand.wrong_shape(Place(key.span), what, "a mapping of names, and no JSON Schema", right))
    return {
        name: Declaration(name, key, None, False, None, None, {}, True)
        for name, (key, _) in found.entries.items()
        if name.isidentifier()
    }


def is_object(value: Mapping) -> bool:
    """Whether a declaration says the fields of an object one by one, as a JSON Schema does."""
    found = value.entries.get("properties")
    kind = _value(value.entries, "type")
    return (
        found is not None and isinstance(found[1], Mapping) and (kind is None or ALIKE.get(str(kind), kind) == "object")
    )


def with_fields(value: Mapping, log: Log) -> tuple[Mapping, bool]:
    """The declaration of an object, with the values of its fields as its default, which is reported; and whether those
    are all known."""
    key, found = value.entries["properties"]
    kept = {name: one for name, one in value.entries.items() if name in KEYS}
    if "required" in kept and isinstance(kept["required"][1], Sequence):
        del kept["required"]
    fields = _fields(found)
    inner = _inner(found)
    right = f"default: {{{', '.join(inner[:FIELDS])}{', ...' if len(inner) > FIELDS else ''}}}"
    has_default = "default" in kept
    gone = [name for name in value.entries if name not in kept]
    log.add(problems.declared_fields(Place(key.span), right if inner and not has_default else "", gone))
    if fields is not None and not has_default:
        kept["default"] = key, fields
    return replace(value, entries=kept), has_default or fields is not None


def _fields(node: Node) -> Node | None:
    """The value that a property, or each of several, gives by its default; None where one gives none."""
    if not isinstance(node, Mapping):
        return node
    entries = {name: (key, _default(one)) for name, (key, one) in node.entries.items()}
    known = {name: (key, one) for name, (key, one) in entries.items() if one is not None}
    return replace(node, entries=known) if len(known) == len(entries) else None


def _default(node: Node) -> Node | None:
    if not isinstance(node, Mapping):
        return node
    if "default" in node.entries:
        return node.entries["default"][1]
    return _fields(node.entries["properties"][1]) if "properties" in node.entries else None


def _inner(node: Node) -> list[str]:
    """The fields with their values, as they are written in braces."""
    entries = node.entries if isinstance(node, Mapping) else {}
    return [f"{short(name)}: {_field(one)}" for name, (_, one) in islice(entries.items(), FIELDS + 1)]


def _field(node: Node) -> str:
    if isinstance(node, Mapping) and "properties" in node.entries:
        return f"{{{', '.join(_inner(node.entries['properties'][1])[:FIELDS])}}}"
    value = _default(node)
    return "..." if value is None else _written(value)


def _declaration(required: bool, node: Node) -> str:
    """One property as a declaration has it."""
    entries = node.entries if isinstance(node, Mapping) else {}
    kind = str(_value(entries, "type") or "string")
    kind = "url" if _value(entries, "format") in ("uri", "url") else ALIKE.get(kind, kind)
    found = {"type": kind if kind in TYPES else "string", **({"required": "true"} if required else {})}
    for name, (_, value) in islice(entries.items(), MOST):
        if name in _OPTIONS:
            found[_OPTIONS[name]] = _written(value)
    return f"{{{', '.join(f'{name}: {value}' for name, value in found.items())}}}"


def _written(node: Node) -> str:
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return as_yaml(node.value) if len(node.value) <= LONGEST else "..."
    text = node.span.text
    return text if text.isprintable() and len(text) <= LONGEST else "..."


def _value(entries: dict[str, tuple[Scalar, Node]], name: str) -> Any:
    found = entries[name][1] if name in entries else None
    return found.value if isinstance(found, Scalar) else None


def _is_list(entries: dict[str, tuple[Scalar, Node]], name: str) -> bool:
    return name in entries and isinstance(entries[name][1], Sequence)
