"""variables: what a spec declares, and the values that its names have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vidc.clock import read_time
from vidc.diag.finding import Log, Place
from vidc.hints import Any
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, plain
from vidc.problems import expand
from vidc.problems import variables as problems
from vidc.problems.wording import listed

from .declaration import ALIKE, KEYS, TYPES, Declaration, is_option
from .short import RESERVED as WORDS
from .values import as_written

KEYS_ALIKE = {
    **dict.fromkeys(("enum", "options", "oneof", "one_of", "allowed", "values"), "choices"),
    **dict.fromkeys(("value", "initial", "fallback"), "default"),
    **dict.fromkeys(("min", "lowest"), "minimum"),
    **dict.fromkeys(("max", "highest"), "maximum"),
    **dict.fromkeys(("desc", "help", "comment", "doc", "label", "title"), "description"),
    **dict.fromkeys(("mandatory", "needed"), "required"),
    **dict.fromkeys(("examples", "sample", "demo"), "example"),
    **dict.fromkeys(("limit", "length"), "max_length"),
}
"""What other languages call each key of a declaration."""

_KNOWN = frozenset(KEYS)
_BOUNDS = {
    **dict.fromkeys(("max_length", "min_length"), ("string", "list", "url")),
    **dict.fromkeys(("maximum", "minimum"), ("number", "time")),
}
"""What each bound bounds."""
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)"
RESERVED = WORDS | {"loop"}
"""Words of the template language, which would hide a variable of that name."""


def declare(node: Node | None, what: str, log: Log) -> dict[str, Declaration]:
    """Read `variables:` or `parameters:`."""
    if isinstance(node, Sequence):
        return _listed(node, what, log)
    if isinstance(node, Mapping) and "properties" in node.entries:
        from .declared import is_schema, properties

        if is_schema(node):
            return properties(node, what, log)
    found = (
        _declaration(name, key, value, log)
        for name, key, value in entries_of(node, what, log)
        if not (name.isdigit() and _is_split(node, key, log))
    )
    declared: dict[str, Declaration] = {}
    for declaration in found:
        if declaration is not None and (declaration.is_named or declaration.name not in declared):
            declared[declaration.name] = declaration
    if any(map(_is_type, declared.values())):
        from .declared import report_types

        report_types(declared.values(), log)
    return declared


def _is_type(declaration: Declaration) -> bool:
    """Whether a plain default is the name of a type."""
    return (
        declaration.type == "string" and isinstance(declaration.default, Scalar) and declaration.default.value in TYPES
    )


def _is_split(node: Node | None, key: Scalar, log: Log) -> bool:
    """Whether a name is the rest of a number that a comma cut in two, which is reported."""
    from .shapes import split_number

    finding = split_number(node, key)
    if finding is not None:
        log.add(finding)
    return finding is not None


def _listed(node: Sequence, what: str, log: Log) -> dict[str, Declaration]:
    """The names of a list that should be a mapping: they are declared, and nothing is known of their values."""
    from .shapes import declared, mapping, named

    names = named(node)
    right = declared(what, node, names) or mapping(what, names)
    log.add(expand.wrong_shape(Place(node.span), what, "a mapping of names", right))
    return {name: Declaration(name, key, None, False, None, None, {}, True) for name, (key, _) in names.items()}


def misnamed(declared: dict[str, Declaration]) -> set[str]:
    """The names that cannot be names, as they are written."""
    return {str(declaration.key.value) for declaration in declared.values() if not declaration.is_named}


def entries_of(node: Node | None, what: str, log: Log) -> Iterator[tuple[str, Scalar, Node]]:
    """The names that a part of the document declares."""
    if isinstance(node, Mapping):
        for name, (key, value) in node.entries.items():
            yield name, key, value
    elif node is not None and not (isinstance(node, Scalar) and (node.value is None or node.unknown)):
        log.add(expand.wrong_shape(Place(node.span), what, "a mapping of names", _first(node, what)))


def _first(node: Node, what: str) -> str:
    """The first component of a list, as a mapping has it."""
    if what != "components" or not isinstance(node, Sequence):
        return ""
    from .shapes import named

    return next((f"components: {{{name}: {{tracks: [...]}}}}" for name in named(node)), "")


def _declaration(name: str, key: Scalar, value: Node, log: Log) -> Declaration | None:
    if not (name.isascii() and name.isidentifier()) or name in RESERVED:
        right = "" if name in RESERVED else _as_name(name)
        log.add(problems.bad_variable_name(Place(key.span), name, name in RESERVED, right))
        return _declaration(right, key, value, log) if right else None
    if not declares(value):
        return Declaration(name, key, type_of(value), False, value, None, {})
    assert isinstance(value, Mapping)
    is_whole = True
    if "properties" in value.entries:
        value, is_whole = _with_fields(value, log)
    options = {k: plain(node) for k, (_, node) in value.entries.items() if k not in ("default", "example")}
    for k, (at, _) in value.entries.items():
        if k not in KEYS:
            near = KEYS_ALIKE.get(k.lower(), "") or _nearest(k, KEYS)
            is_default = k == "values" and options.get("type") in ("list", "object")
            near = "default" if is_default and "default" not in value.entries else near
            log.add(problems.unknown_declaration_key(Place(at.span), k, near, KEYS))
    kind = options.get("type")
    if kind is not None and kind not in TYPES:
        near = ALIKE.get(str(kind).lower()) or _nearest(str(kind), TYPES)
        log.add(problems.unknown_type(Place(value.at("type")), str(kind), near, TYPES))
        kind = None
    is_sound = value.entries.keys() <= _KNOWN
    if not all(map(is_option, options.items())):
        from .options import mended

        options, is_sound = mended(options, value, log), False
    default = value.entries.get("default")
    if is_sound and not _BOUNDS.keys().isdisjoint(options):
        _report_idle(options, str(kind or (type_of(default[1]) if default else "")), value, log)
    example = value.entries.get("example")
    return Declaration(
        name,
        key,
        kind,
        options.get("required") is True,
        default[1] if default else None,
        example[1] if example else None,
        options,
        not (is_sound and is_whole),
    )


def _with_fields(value: Mapping, log: Log) -> tuple[Mapping, bool]:
    """The declaration of an object without the `properties` of a JSON Schema, and whether its value is known."""
    from .declared import is_object, with_fields

    return with_fields(value, log) if is_object(value) else (value, True)


def _report_idle(options: dict[str, Any], kind: str, value: Mapping, log: Log) -> None:
    """Say which bounds do nothing for the type."""
    idle = [name for name in options if name in _BOUNDS and kind in TYPES and kind not in _BOUNDS[name]]
    for name in idle:
        right = next((one for one, kinds in _BOUNDS.items() if kind in kinds and one[:3] == name[:3]), "")
        near = right if right and right not in options else ""
        log.add(problems.unknown_declaration_key(Place(value.key(name)), name, near, KEYS, kind))


def _as_name(name: str) -> str:
    """The name that was meant by one that cannot be a name, such as `first_name` by `first-name`; empty for none."""
    meant = "_".join(re.findall("[0-9A-Za-z]+", name)) if name.isascii() else ""
    return meant if meant.isidentifier() and meant not in RESERVED else ""


def declares(value: Node) -> bool:
    """Whether a mapping declares a variable, or is itself a plain object. A declaration names a known `type`, or has
    nothing but a declaration's keys."""
    if not isinstance(value, Mapping) or not value.entries:
        return False
    entries = value.entries
    if "type" in entries and plain(entries["type"][1]) in TYPES:
        return True
    if entries.keys().isdisjoint(("type", "required", "default", "example")):
        return False
    return all(key in KEYS or _nearest(key, KEYS) for key in entries)


def _nearest(name: str, known: tuple[str, ...]) -> str:
    from vidc.diag.near import nearest

    return nearest(name, known) or ""


def type_of(node: Node) -> str | None:
    """The type of a value, as a declaration calls it."""
    match node:
        case Mapping():
            return "object"
        case Sequence():
            return "list"
        case Scalar(value=bool()):
            return "boolean"
        case Scalar(value=int() | float()):
            return "number"
        case Scalar(value=str()):
            return "string"
    return None


def fit(declaration: Declaration, value: Any, at: Place, log: Log) -> tuple[Any, bool]:
    """A value as the declared type has it, and whether it is sound. `at` is where it was written."""
    fitted, sound = _typed(declaration.type, value)
    if not sound:
        log.add(problems.wrong_variable_type(at, declaration.name, declaration.type or "", value, declaration.key.span))
        return None, False
    bound, breach = _breach(declaration.options, fitted)
    if breach:
        log.add(problems.variable_out_of_bounds(at, declaration.name, breach, bound, declaration.key.span))
        return None, False
    return fitted, True


def _typed(kind: str | None, value: Any) -> tuple[Any, bool]:
    """Text is read as the type says, since a command line has nothing else; no other type is bent."""
    match kind:
        case None:
            return value, True
        case "string":
            return (
                (str(value), True)
                if isinstance(value, int | float | str) and not isinstance(value, bool)
                else (value, False)
            )
        case "url":
            return value, isinstance(value, str) and re.match(r"https?://[^\s/]+", value) is not None
        case "number":
            return _number(value)
        case "boolean":
            return _boolean(value)
        case "time":
            return _time(value)
        case "list":
            return value, isinstance(value, list)
    return value, isinstance(value, dict)


def _number(value: Any) -> tuple[Any, bool]:
    if isinstance(value, str) and len(value) < 30 and value.isascii() and re.fullmatch(_NUMBER, value):
        return as_written(float(value) if "." in value else int(value), value), True
    return value, isinstance(value, int | float) and not isinstance(value, bool)


def _boolean(value: Any) -> tuple[Any, bool]:
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true", True
    return value, isinstance(value, bool)


def _time(value: Any) -> tuple[Any, bool]:
    if isinstance(value, str):
        ms = int(value) if value.isascii() and value.isdigit() and len(value) < 12 else read_time(value)
        return ms, ms is not None
    return value, isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _breach(options: dict[str, Any], value: Any) -> tuple[str, str]:
    """Which bound of its declaration a value breaks, and in words how; both empty where none."""
    size = len(value) if isinstance(value, str | list) else None
    units = "characters" if isinstance(value, str) else "items"
    longest, shortest = options.get("max_length"), options.get("min_length")
    if isinstance(longest, int) and size is not None and size > longest:
        return "max_length", f"has {size} {units}, and at most {longest} are allowed"
    if isinstance(shortest, int) and size is not None and size < shortest:
        return "min_length", f"has {size} {units}, and at least {shortest} are needed"
    choices = options.get("choices")
    if isinstance(choices, list) and value not in choices:
        return "choices", f"is none of {listed(choices)}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = options.get("minimum"), options.get("maximum")
        if isinstance(low, int | float) and value < low:
            return "minimum", f"is below {low}"
        if isinstance(high, int | float) and value > high:
            return "maximum", f"is above {high}"
    return "", ""
