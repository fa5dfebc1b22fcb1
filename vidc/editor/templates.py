"""templates: the names that stand in a text's templates and in expressions, each with its place.

The text is as it is written, so that what is found can be changed there: `unescaped` blanks what quotes add to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from re import DOTALL, Match
from re import compile as pattern

from vidc.passes.expand.names import is_part
from vidc.passes.expand.short import FORM, NAME, RESERVED
from vidc.record import record

WORDS = RESERVED | {"elif", "endif", "for", "endfor", "recursive", "loop", "raw", "endraw"}
_STRING = r"'(?>[^'\\]|\\.)*'|\"(?>[^\"\\]|\\.)*\""
_TOKEN = rf"{_STRING}|{NAME}|==|\S"
_SILENT = r"\{%[-+]?\s*raw\s*[-+]?%\}.*?(?:\{%[-+]?\s*endraw\s*[-+]?%\}|\Z)|\{#.*?(?:#\}|\Z)"
_OPENING = rf"(?P<silent>{_SILENT})|(?P<mark>\{{[{{%])|{FORM}"
_INSIDE = {mark: rf"(?>{_STRING}|(?!{end}).)*" for mark, end in (("{{", r"\}\}"), ("{%", r"%\}"))}
_LOOP = rf"[-+]?\s*for\s+({NAME}(?:\s*,\s*{NAME})*)\s+in\b"
_ESCAPE = r"\\(.)"
_SERVICE = rf"(?<!\{{)\{{(?P<name>{NAME})\}}(?!\}})"


@record
class Name:
    """A name from `start` to `end`; `made`: the loop makes it."""

    name: str
    start: int
    end: int
    made: bool = False


@record
class _Template:
    """`opening`: how it begins; `inside`: what stands between the marks, if it has any."""

    opening: Match[str]
    inside: tuple[int, int] | None
    end: int


def unescaped(written: str) -> str:
    """A scalar as it is written, as long as before, without what its quotes need: the marks and escapes are blanks."""
    quote = written[:1]
    if len(written) < 2 or quote not in ("'", '"') or written[-1] != quote:
        return written
    inner = written[1:-1]
    if quote == "'":
        return f" {inner.replace(2 * quote, ' ' + quote)} "
    return f" {pattern(_ESCAPE, DOTALL).sub(_meant, inner)} "


def _meant(escape: Match[str]) -> str:
    return f" {escape[1]}" if escape[1] in ('"', "\\", "/") else "  "


def in_text(text: str) -> Iterator[Name]:
    """The names of a text's templates; one that a template's own loop makes is none."""
    own: set[str] = set()
    for template in _templates(text):
        short, filters = template.opening["short"], template.opening["filters"]
        inside = template.inside
        if inside is not None and (loop := pattern(_LOOP).match(text, *inside)):
            own |= set(pattern(NAME).findall(loop[1]))
        if short is not None and not template.opening["escape"]:
            if short not in WORDS | own:
                yield Name(short, *template.opening.span("short"))
            inside = template.opening.span("filters") if filters else None
        if inside is not None:
            yield from (one for one in in_expression(text, *inside) if one.name not in own)


def in_expression(text: str, start: int, end: int, binds: bool = False) -> Iterator[Name]:
    """The names of an expression. `binds`: it is `NAME in EXPRESSION`, whose first names the loop makes."""
    before, last, target = "", "", binds
    tokens = list(pattern(_TOKEN, DOTALL).finditer(text, start, end))
    for place, token in enumerate(tokens):
        word = token[0]
        after = tokens[place + 1][0] if place + 1 < len(tokens) else ""
        if word == "in":
            target = False
        elif pattern(NAME).fullmatch(word) and word not in WORDS and not is_part(before, last, after):
            yield Name(word, *token.span(), target)
        before, last = last, word


def served(text: str) -> Iterator[Name]:
    """The names of the service's variables in a text."""
    for match in pattern(_SERVICE).finditer(text):
        yield Name(match["name"], *match.span("name"))


def choices(text: str) -> Iterator[Name]:
    """The texts between which a text's statements choose, as in `{% if x %}clip{% else %}speech{% endif %}`; none where
    something else is put into it."""
    at = 0
    found: list[Name] = []
    for template in _templates(text):
        if template.opening["mark"] != "{%":
            return
        found += _piece(text, at, template.opening.start())
        at = template.end
    yield from [*found, *_piece(text, at, len(text))]


def _piece(text: str, start: int, end: int) -> list[Name]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    word = piece.strip()
    return [Name(word, start + lead, start + lead + len(word))] if word else []


def _templates(text: str) -> Iterator[_Template]:
    at = 0
    while opening := pattern(_OPENING, DOTALL).search(text, at):
        at = opening.end()
        inside = None
        if opening["mark"] is not None:
            found = pattern(_INSIDE[opening["mark"]], DOTALL).match(text, at)
            inside = (at, found.end()) if found is not None else (at, at)
            at = min(inside[1] + 2, len(text))
        yield _Template(opening, inside, at)
