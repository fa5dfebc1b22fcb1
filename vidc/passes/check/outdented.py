"""outdented: fields that stand as deep as the key above them under which they belong."""

from __future__ import annotations

import re
from collections.abc import Collection

from vidc.diag.finding import Edit, Label, Repair
from vidc.hints import Any, TypeAlias
from vidc.problems import mistakes
from vidc.problems.wording import listed
from vidc.source import Source, Span

from .scope import Scope

ABOVE = 12
"""Limit: so many lines above a field are looked at."""

MOST = 100
"""Limit: so many lines are moved by a repair."""

_KEY = r"(?P<lead> *(?:- +)*)(?P<key>[A-Za-z]+):(?P<rest>[ \t]*(?:[ \t]#.*)?$)?"

Holders: TypeAlias = "dict[str, tuple[str, ...]]"
"""The keys of a mapping that hold fields of their own, each with these."""

_OF_TRACK: Holders = {"position": ("x", "y"), "size": ("width", "height")}
_OF_SCENE: Holders = {"transition": ("type", "duration")}
_OF_SETTINGS: Holders = {"videoSize": ("width", "height")}
_OF_TOP: Holders = {"settings": ("name", "videoSize", "alphaChannel")}


def report_outdented(scope: Scope, name: str, owner: str, sent: dict[str, Any]) -> bool:
    """Report a key that is no field here, with its like beside it, if it belongs under the empty key above; whether it
    does."""
    holder, fields = next(((one, fields) for one, fields in _holders(scope).items() if name in fields), ("", ()))
    key = scope.node.key(name)
    above = _above(key, holder, fields) if holder else None
    if above is None:
        return False
    column = above.start - above.source.line_start(above.start)
    names, lines = _below(above, column, fields)
    help = f"indent {listed(names)} below `{holder}`"
    edits = tuple(Edit(Span(above.source, start, start), "  ") for start in lines)
    repair = Repair(help, edits) if len(edits) <= MOST else None
    labels = (Label(above, "nothing stands below it"),)
    whole = range(lines[0], lines[-1] + column + 1)
    scope.log.take_back([one for one in scope.log.findings if _is_again(one.name, one.span, above.source, whole)])
    scope.log.add(mistakes.misplaced_property(scope.place(key), name, owner, help, repair=repair, labels=labels))
    for one in names:
        if one in scope.node.entries and scope.node.key(one).start in whole:
            scope.broken.add(one)
            sent.pop(one, None)
    scope.broken.add(holder)
    return True


def _holders(scope: Scope) -> Holders:
    if scope.key:
        return _OF_SETTINGS if scope.key == "settings" else {}
    return _OF_TRACK if scope.track >= 0 else _OF_SCENE if scope.scene >= 0 else _OF_TOP


def _above(key: Span, holder: str, fields: Collection[str]) -> Span | None:
    """The empty key above a field that begins its line, as deep as that, with nothing between them but its like."""
    source, start = key.source, key.source.line_start(key.start)
    if source.text[start : key.start].strip(" "):
        return None
    number = source.position(key.start)[0]
    is_within = False
    for above in range(number - 1, max(number - ABOVE, 0), -1):
        line = source.line(above)
        found = re.match(_KEY, line)
        deep = len(found["lead"]) if found else _depth(line)
        if _is_idle(line):
            continue
        if deep > key.start - start:
            is_within = True
            continue
        if found is None or deep < key.start - start or found["key"] not in (holder, *fields):
            return None
        if found["key"] == holder:
            at = source.starts[above - 1] + deep
            return Span(source, at, at + len(holder)) if found["rest"] is not None and not is_within else None
        is_within = False
    return None


def _below(above: Span, column: int, fields: Collection[str]) -> tuple[list[str], list[int]]:
    """The fields below an empty key that stand as deep as it, and where their lines begin."""
    source = above.source
    names: list[str] = []
    lines: list[int] = []
    for number in range(source.position(above.start)[0] + 1, len(source.starts) + 1):
        line = source.line(number)
        found = re.match(_KEY, line)
        is_field = found is not None and found["lead"] == " " * column and found["key"] in fields
        if _is_idle(line):
            continue
        if not is_field and _depth(line) <= column:
            break
        if is_field and found is not None:
            names.append(found["key"])
        lines.append(source.starts[number - 1])
    return names, lines


def _is_again(name: str, at: Span, source: Source, whole: range) -> bool:
    """Whether a key is told to stand twice that stands so only because it lost its indentation."""
    return name == "repeated-key" and at.source is source and at.start in whole


def _is_idle(line: str) -> bool:
    return not line.strip() or line.lstrip(" ").startswith("#")


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
