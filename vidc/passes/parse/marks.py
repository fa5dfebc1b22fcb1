"""marks: the dash before an item, the colon behind a key, and the blank behind both."""

from __future__ import annotations

import re

from vidc.diag.finding import Edit, Finding, Place, Repair
from vidc.problems import syntax as problems
from vidc.problems.quoting import as_value
from vidc.problems.wording import short

from .entry import KEY, indent, uncommented
from .spot import Spot, writing

_LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")
_DASH = re.compile(r"[ \t]*(?P<sign>-)(?P<rest>(?:[^\W\d][\w.-]*:(?:\s|$)|\{).*)")
_BULLET = re.compile(rf"[ \t]*(?P<sign>[–—•·‣●*]|\d{{1,3}}[.)])[ \t]+(?P<rest>(?:{KEY}):(?:\s.*)?|\{{.*)$")
_GLUED = re.compile(r"(?P<key>[^\W\d]\w*):(?!//)(?P<value>\S.*)$")
_GLUED_FIELD = re.compile(rf"(?:{KEY}):\S")
_WIDE = re.compile(r"(?P<key>[^\W\d]\w*)[ \t]*(?P<sign>[：﹕︰])[ \t]*(?P<value>.*)$")
_NO_COLON = re.compile(rf"(?P<key>{KEY})(?:[ \t]*=[ \t]*|[ \t]+|$)(?P<value>(?:[^\s=:]|:(?=//))*|[\[{{\"'].*)$")
_NO_COLON_OF_TEXT = re.compile(r"(?P<key>text|name|for(?=[ \t]+\w+[ \t]+in[ \t]))[ \t]+(?P<value>[^\s=:].*)$")
_NO_COLON_BESIDE = re.compile(r"(?P<key>[^\W\d][\w.-]*)[ \t]*[ \t=][ \t]*(?P<value>[^\s=:][^:]*|[\[{\"'].*)$")
"""Any key, where the lines beside it are keys as well."""


def missing_blank(spot: Spot) -> Finding | None:
    """`name:hello`, `-type: actor`: a key or a dash that runs into what follows."""
    if spot.problem == "found unexpected ':'":
        return _blank_behind_colon(spot)
    for number in _lines(spot):
        line = uncommented(spot.source.line(number))
        begin = spot.source.starts[number - 1]
        dash = _DASH.match(line)
        if dash is not None and _is_of(spot, begin + dash.start("rest")):
            at = spot.span(begin + dash.start("sign"), begin + dash.end("sign"))
            repair = Repair("write a blank", (Edit(spot.span(at.end, at.end), " "),))
            help = f"write `- {dash['rest'][:20].rstrip()}`"
            return problems.yaml_syntax(at, "a blank is missing after this `-`", help, repairs=(repair,))
        glued = _GLUED.match(line, _lead(line))
        if glued is not None and _is_of(spot, begin + glued.start("value")):
            return _glued(spot, begin, glued)
    return None


def _blank_behind_colon(spot: Spot) -> Finding:
    """`{size:{width: 9}}`"""
    at = spot.span(spot.at, spot.at + 1)
    repair = Repair("write a blank", (Edit(spot.span(at.end, at.end), " "),))
    help = "write a blank behind it, or put the text in quotes"
    return problems.yaml_syntax(at, "a blank is missing after this `:`", help, repairs=(repair,))


def _glued(spot: Spot, begin: int, glued: re.Match[str]) -> Finding:
    from vidc.problems.mistakes import missing_blank

    start = begin + glued.start("value")
    value = spot.span(start, start + len(glued["value"].rstrip()))
    right = _as_value(spot, value.text)
    key = spot.span(begin + glued.start("key"), begin + glued.end("key") + 1)
    shown = f"{glued['key']}: {short(right)}"
    repair = Repair(f"write `{shown}`", (Edit(spot.span(key.end, value.end), f" {right}"),))
    at = spot.span(key.start, value.end)
    return missing_blank(Place(at), short(at.text), shown, (), (repair,))


def missing_colon(spot: Spot) -> Finding | None:
    """`duration 6s`, `duration = 6s`, `tracks`, `text：Hello`: a line that would be a key with a colon."""
    for number in _lines(spot):
        line = uncommented(spot.source.line(number))
        begin = spot.source.starts[number - 1]
        found = _without_colon(spot, line)
        if found is None or not _is_of(spot, begin + found.start("value")):
            continue
        key, value = found["key"], found["value"].rstrip()
        right = f"{key}: {_as_value(spot, value)}" if value else f"{key}:"
        repair = writing(spot.span(begin + found.start(), begin + len(line.rstrip())), right)
        place = spot.span(begin + found.start(), begin + found.end("key"))
        message = f"a `:` is missing after `{key}`"
        if found.re is _WIDE:
            place = spot.span(begin + found.start("sign"), begin + found.end("sign"))
            message = f"`{place.text}` (U+{ord(place.text):04X}) is no colon to YAML"
        return problems.yaml_syntax(place, message, f"write `{short(right)}`", repairs=(repair,))
    return None


def _without_colon(spot: Spot, line: str) -> re.Match[str] | None:
    patterns = [_WIDE, _NO_COLON, _NO_COLON_OF_TEXT]
    if spot.number in spot.lines and _lead(line) == indent(spot.line):
        patterns.append(_NO_COLON_BESIDE)
    found = (pattern.match(line, _lead(line)) for pattern in patterns)
    return next((match for match in found if match is not None), None)


def is_broken_key(line: str) -> bool:
    """Whether a line is no text, but would be a key with a colon or a blank behind it."""
    return any(pattern.match(line, _lead(line)) for pattern in (_WIDE, _NO_COLON, _GLUED_FIELD))


def bullet(spot: Spot) -> Finding | None:
    """`– duration: 4s`, `* duration: 4s`, `1. duration: 4s`: an item of a list that begins with no dash."""
    for number in (spot.number, *_lines(spot)):
        begin = spot.source.starts[number - 1]
        found = _BULLET.match(uncommented(spot.source.line(number)))
        if found is not None and _is_of(spot, begin + found.start("rest")):
            at = spot.span(begin + found.start("sign"), begin + found.end("sign"))
            help = f"write `- {short(found['rest'])}`"
            return problems.yaml_syntax(at, "an item of a list begins with `-`", help, repairs=(writing(at, "-"),))
    return None


def _lines(spot: Spot) -> list[int]:
    """The lines that may be at fault; where braces are open it can be only the one on which they begin."""
    return spot.lines if spot.braces < 0 else [number for number in spot.lines if number == spot.number]


def _is_of(spot: Spot, value: int) -> bool:
    """Whether a value is what the text stops in: the braces that are open there, if any are."""
    return spot.braces < 0 or value == spot.braces


def _as_value(spot: Spot, text: str) -> str:
    """The value as it can stand behind a colon; braces may hold others, and are not closed here where they stop it."""
    is_mapping = text[:1] in ("{", "[") and ": " in text and text[-1:] in ("}", "]")
    return text if spot.braces >= 0 or is_mapping else as_value(text)


def _lead(line: str) -> int:
    """Where a line's key begins, behind its dashes."""
    found = _LEAD.match(line)
    return found.end() if found else 0
