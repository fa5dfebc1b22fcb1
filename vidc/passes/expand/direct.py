"""direct: fills templates that only look names up, by far the commonest, without importing Jinja.

It gives exactly what the Jinja way gives, or nothing where a template needs more; a test holds both equal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from re import Match, finditer

from vidc.hints import Any
from vidc.problems.wording import kind_of
from vidc.record import record

from .short import FORM, INDEX, NAME, RESERVED
from .values import ABSENT, MAX_TEXT, UNKNOWN, Fault, Outcome, fields, look_up, settled, text_of

_STEP = rf"\.{NAME}|\[(?:{INDEX}|'[^'\\]{{0,100}}'|\"[^\"\\]{{0,100}}\")\]"
_PATH = rf"(?P<name>{NAME})(?P<path>(?:{_STEP})*)"
_LOOK = rf"\{{\{{\s*{_PATH}\s*\}}\}}|{FORM}"


@record
class Step:
    """One step of a path: a field's name or an item's number, and where it stands."""

    key: str | int
    start: int
    end: int


@record
class Look:
    """A look-up as it is written: `text`, its first name and the steps after it.

    `short`: written with angle brackets, so a template only where the name is in scope. `plain`: nothing but a
    look-up; else Jinja must read it.
    """

    text: str
    name: str
    start: int
    steps: tuple[Step, ...]
    short: bool
    escaped: bool
    plain: bool


def read(text: str) -> tuple[str | Look, ...] | None:
    """The text in pieces; None where Jinja must read it whatever the names in scope."""
    pieces: list[str | Look] = []
    done = 0
    for match in finditer(_LOOK, text):
        start, end = match.span()
        if start > done:
            pieces.append(text[done:start])
        if "{" in text[done:start] and not _is_text(text[done : start + 1]):
            return None
        look = _look(match)
        if not look.short and not look.plain:
            return None
        pieces.append(look)
        done = end
    if done < len(text):
        pieces.append(text[done:])
    return tuple(pieces) if _is_text(text[done:]) else None


def _is_text(text: str) -> bool:
    return "{" not in text or not ("{{" in text or "{%" in text or "{#" in text)


def _look(match: Match[str]) -> Look:
    name, path = ("short", "fields") if match["short"] else ("name", "path")
    first, written = match[name], match[path]
    plain = first.isidentifier() and first not in RESERVED and not match["filters"]
    steps: tuple[Step, ...] = ()
    if written:
        found = list(finditer(_STEP, written))
        plain = plain and all(_is_plain(step[0]) for step in found)
        steps = tuple(_step(match.start(path), step) for step in found)
    return Look(match[0], first, match.start(name), steps, name == "short", bool(match["escape"]), plain)


def _is_plain(step: str) -> bool:
    return step[0] == "[" or (step[1] != "_" and step[1:].isidentifier())


def _step(at: int, match: Match[str]) -> Step:
    written = match[0]
    start, end = at + match.start(), at + match.end()
    if written[0] == ".":
        return Step(written[1:], start + 1, end)
    inner = written[1:-1]
    return Step(inner[1:-1] if inner[0] in "'\"" else int(inner), start + 1, end - 1)


def fill(pieces: tuple[str | Look, ...], scope: Mapping[str, Any], near: Collection[str], text: str) -> Outcome | None:
    """The outcome, None where Jinja must read the text."""
    faults: list[Fault] = []
    parts: list[str] = []
    size, unknown = 0, False
    for piece in pieces:
        if isinstance(piece, str):
            part: str | None = piece
        elif _is_template(piece, scope):
            if not piece.plain:
                return None
            value = _value(piece, scope, text, faults)
            if len(pieces) == 1:
                return settled(None if value is UNKNOWN else value, value is UNKNOWN, faults)
            part = _text(value, piece, text, faults)
        else:
            part = _literal(piece, scope, near, faults)
        if part is None:
            unknown = True
            continue
        parts.append(part)
        size += len(part)
        if size > MAX_TEXT:
            return settled(None, True, [*faults, Fault("template-too-large", 0, len(text), ("text",))])
    return settled("".join(parts), unknown, faults)


def _is_template(look: Look, scope: Mapping[str, Any]) -> bool:
    return not look.short or (not look.escaped and look.name in scope and look.name not in RESERVED)


def _literal(look: Look, scope: Mapping[str, Any], near: Collection[str], faults: list[Fault]) -> str:
    if look.escaped:
        return look.text[1:] if look.name in scope or look.name in near else look.text
    if look.name in near:
        faults.append(Fault("misspelt-name", look.start, look.start + len(look.name), (look.name,)))
    return look.text


def _value(look: Look, scope: Mapping[str, Any], text: str, faults: list[Fault]) -> Any:
    if look.name not in scope:
        faults.append(Fault("undefined-name", look.start, look.start + len(look.name), (look.name,)))
        return UNKNOWN
    value = scope[look.name]
    for step in look.steps:
        found = look_up(value, step.key)
        if found is ABSENT:
            before = text[look.start : step.start - 1]
            faults.append(missing(value, step.key, before, step.start, step.end))
            return UNKNOWN
        value = found
    return value


def missing(value: object, key: object, before: str, start: int, end: int) -> Fault:
    """The mistake of asking for a field or an item that is not there; `before` is what it was asked of."""
    held = str(len(value)) if isinstance(value, list | str) else ""
    return Fault("undefined-field", start, end, (before, str(key), kind_of(value), held, *fields(value)))


def _text(value: Any, look: Look, text: str, faults: list[Fault]) -> str | None:
    if value is UNKNOWN:
        return None
    found = text_of(value)
    if found is None:
        end = look.steps[-1].end + (text[look.steps[-1].end] == "]") if look.steps else look.start + len(look.name)
        faults.append(Fault("not-text", look.start, end, (kind_of(value), *fields(value))))
    return found
