"""options: keys of a declaration whose values are not of their kind."""

from __future__ import annotations

from re import findall, search

from vidc.clock import read_time
from vidc.diag.finding import Log, Place
from vidc.hints import Any
from vidc.ir.tree import Mapping
from vidc.problems import expand
from vidc.problems.wording import MAX_LISTED, as_yaml, short

from .declaration import OPTIONS, is_option

_TRUE = frozenset(("true", "yes", "on", "y", "1", "required"))
_WANTED: dict[Any, tuple[str, str]] = {
    bool: ("`true` or `false`", "true"),
    int: ("a whole number", "40"),
    list: ("a list", "[one, two]"),
    (int, float): ("a number", "10"),
}
"""What each kind is called, and an example of it."""


def mended(options: dict[str, Any], declaration: Mapping, log: Log) -> dict[str, Any]:
    """The options of a declaration without those that are not of their kind, which is said. What is required by any
    word for it is required."""
    kept = dict(options)
    for name, kind in OPTIONS.items():
        value = options.get(name)
        if is_option((name, value)):
            continue
        wanted, example = _WANTED[kind]
        right = _as(kind, value) or example
        log.add(expand.wrong_shape(Place(declaration.at(name)), name, wanted, f"{name}: {right}"))
        kept[name] = right == "true" if kind is bool else None
    return kept


def _as(kind: object, value: object) -> str:
    """What was meant by a value of another kind, as it is written; empty where that cannot be told."""
    text = str(value).strip().lower()
    if kind is bool:
        return "true" if text in _TRUE else "false"
    if kind is list:
        words = [short(word.strip()) for word in findall("[^,|;]+", _spaced(value)) if word.strip()]
        return f"[{', '.join(map(as_yaml, words[:MAX_LISTED]))}]" if words else ""
    time = read_time(text) if isinstance(value, str) else None
    if time is not None:
        return str(time)
    found = search(r"-?[0-9]+" if kind is int else r"-?[0-9]+(?:\.[0-9]+)?", text)
    return found[0][:20] if found else ""


def _spaced(value: object) -> str:
    """The choices that a text or a mapping holds, with commas."""
    return ",".join(map(str, value)) if isinstance(value, dict) else str(value)
