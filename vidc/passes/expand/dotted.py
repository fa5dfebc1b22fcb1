"""dotted: texts that are the field of a name in scope, as `feature.title` is without its brackets."""

from __future__ import annotations

from collections.abc import Mapping
from re import compile

from vidc.diag.finding import Log, Place, Via
from vidc.hints import Any
from vidc.ir import tree
from vidc.ir.tree import Scalar

from .short import NAME

ABSENT: Any = object()
"""No value, not even none."""

_DOTTED = compile(rf"{NAME}(?:\.{NAME}){{1,8}}")
_SHOWN = ("name", "text")


def is_bare(node: Scalar, value: Any) -> bool:
    """Whether a text is meant for the name that it is, of a parameter or of a loop. One in quotes is text. `value`:
    what the name stands for."""
    is_name = node.anchor is None and node.span.text == node.value
    return is_name and node.value != "loop" and not isinstance(value, list | dict)


def value_at(path: str, scope: Mapping[str, Any]) -> Any:
    """The value that a name, or a field of what it names, has in a scope; `ABSENT` where it has none."""
    value: Any = scope
    for part in path.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return ABSENT
        value = value[part]
    return value


def is_dotted(text: str, scope: Mapping[str, Any]) -> bool:
    """Whether a text is the field of a name in scope, which is hardly a word."""
    return _DOTTED.fullmatch(text) is not None and value_at(text, scope) is not ABSENT


def report_dotted(item: tree.Mapping, scope: Mapping[str, Any], via: tuple[Via, ...], log: Log) -> None:
    """Report a text or a name of a scene or a track that is one."""
    for key in _SHOWN:
        node = item.entries[key][1] if key in item.entries else None
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or "." not in node.value[1:-1]:
            continue
        if is_dotted(node.value, scope) and is_bare(node, value_at(node.value, scope)):
            from vidc.problems.parameters import name_as_text

            log.add(name_as_text(Place(node.span, "", via), node.value))
