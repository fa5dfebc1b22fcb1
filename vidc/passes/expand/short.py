"""short: finds `<name>`, `<name.field>` and `<name | filter>` in a text, and what looks nearly like it.

Whether one is a template depends on the names in scope. What is none is text, as `<b>`, `a < b` and `<3` are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from re import Match, finditer, fullmatch, search

from vidc.record import record

from .values import Fault

NAME = r"[^\W\d]\w*"
INDEX = r"-?(?:0|[1-9]\d{0,8})"
FORM = (
    rf"(?P<escape>\\?)<(?P<short>{NAME})(?P<fields>(?:\.{NAME}|\[{INDEX}\])*)"
    r"(?P<filters>\s*\|(?:[^<>{}'\"]|'[^'{}]{0,200}'|\"[^\"{}]{0,200}\"){1,300})?>"
)
"""A short form holds no braces, so it never reaches into what Jinja reads, and its length is bounded, so that finding
all of them takes time in proportion to the text."""

_SPACED = rf"(?<!\\)<[ ]*(?P<name>{NAME}(?:[ -]\w+){{0,8}})(?P<fields>(?:\.{NAME}){{0,16}})[ ]*>"
_WORKED = rf"(?<!\\)<(?P<inside>[ ]*(?:\w+\([ ]*(?P<told>{NAME})[^<>\n]{{0,80}}|(?P<name>[^\W\d]\w*+)[^<>\n]{{1,80}}))>"
"""An expression in angle brackets, which hold no more than a name, its fields and filters."""
_BRACES = rf"(?<!\{{)\{{[ ]*(?P<path>(?P<name>{NAME})(?:\.{NAME}){{0,16}})[ ]*\}}(?!\}})"

_MARKUP = frozenset((
    "a", "b", "blockquote", "br", "button", "canvas", "code", "col", "dd", "del", "div", "dl", "dt", "em", "font",
    "form", "head", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "li", "mark", "meta", "nav", "ol",
    "option", "p", "pre", "q", "s", "script", "section", "select", "small", "span", "strong", "style", "sub", "sup",
    "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "u", "ul", "var", "audio", "beat",
    "break", "breath", "emphasis", "lang", "pause", "phoneme", "prosody", "silence", "speak", "voice", "alt",
    "backspace", "cmd", "ctrl", "delete", "enter", "esc", "escape", "return", "shift", "space", "tab",
))  # fmt: skip
"""What stands in angle brackets as markup, as a direction for a voice or as a key, in small letters."""
_DOMAINS = frozenset(("app", "co", "com", "de", "dev", "edu", "eu", "fr", "gov", "info", "io", "net", "org", "uk"))
"""Last parts of addresses, which may stand in angle brackets too."""

MOST = 100
"""Limit: so many names in braces, and so many expressions in brackets, are looked at in one text."""

RESERVED = frozenset(("true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "if", "else"))
"""Words of the template language, which are no names."""


def candidates(text: str) -> set[str]:
    """The names that stand where a short form would have one."""
    return {match["short"] for match in finditer(FORM, text)}


@record
class Shorts:
    """The short forms that a text would have.

    `names`: the first name of each; those that are `sure` are surely meant for variables, those that are `likely` where
    there are any. `odd`: what would be one but for its blanks and dashes: the name, its fields, where it stands.
    `worked`: expressions in angle brackets: a name in them, where they stand.
    """

    names: frozenset[str]
    sure: frozenset[str]
    likely: frozenset[str]
    odd: tuple[tuple[str, str, int, int], ...]
    worked: tuple[tuple[str, int, int], ...]


_NONE = Shorts(frozenset(), frozenset(), frozenset(), (), ())


def shorts(text: str) -> Shorts:
    if "<" not in text or ">" not in text:
        return _NONE
    count = 0
    names: set[str] = set()
    sure: set[str] = set()
    for match in finditer(FORM, text):
        count += 1
        name = match["short"]
        names.add(name)
        fields = match["fields"]
        if "_" in name or match["filters"] or (fields and fields.rpartition(".")[2] not in _DOMAINS):
            sure.add(name)
    likely = (name for name in names if len(name) > 1 and name.islower() and name not in _MARKUP)
    has_more = text.count("<") > count
    odd, worked = (_odd(text), _worked(text)) if has_more else ((), ())
    names -= RESERVED
    return Shorts(
        frozenset(names), frozenset(sure - RESERVED), frozenset(() if "</" in text else likely) - RESERVED, odd, worked
    )


def braced(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """The names in braces: the first name, the rest of the path, and where they stand with the sign before them."""
    found = []
    for match in islice(finditer(_BRACES, text), MOST):
        name, path = match["name"], match["path"]
        if not _is_marked(text, match.start()):
            start = match.start() - (text[match.start() - 1 : match.start()] in ("$", "#"))
            found.append((name, path[len(name) :], start, match.end()))
    return tuple(found)


def _is_marked(text: str, at: int) -> bool:
    """Whether a place stands in `{{ ... }}` or `{% ... %}`."""
    return any(text.rfind(mark, 0, at) > text.rfind(end, 0, at) for mark, end in (("{{", "}}"), ("{%", "%}")))


def _odd(text: str) -> tuple[tuple[str, str, int, int], ...]:
    found = []
    for match in islice(finditer(_SPACED, text), MOST):
        if " " in match[0] or "-" in match[0]:
            name = match["name"].replace(" ", "_").replace("-", "_")
            found.append((name, match["fields"], *match.span()))
    return tuple(found)


def _worked(text: str) -> tuple[tuple[str, int, int], ...]:
    """Expressions that work something out of a name: what stands in brackets is no prose, which has blanks alone."""
    found = []
    for match in islice(finditer(_WORKED, text), MOST):
        inside = match["inside"]
        is_filtered = fullmatch(rf"[ ]*{NAME} (?:upper|lower|title|trim|length|first|last)[ ]*", inside)
        if is_filtered or search(r"[(\[+*/~]|\.\d|[ ][-%][ ]", inside):
            found.append((match["name"] or match["told"], *match.span()))
    return tuple(found)


def split(
    text: str, taken: Collection[str], near: Collection[str], faults: list[Fault], at: int = 0
) -> Iterator[str | Match[str]]:
    """The pieces of a text, in order: text, and the short forms that are to be filled.

    `taken`: names in scope. `near`: names that are nearly one in scope; each is a mistake, put into `faults`, unless
    a backslash says that it is text. `at`: where the text begins in its template.
    """
    done = 0
    for match in finditer(FORM, text):
        name = match["short"]
        if name not in taken and name not in near:
            continue
        yield text[done : match.start()]
        done = match.end()
        if match["escape"]:
            yield match[0][1:]
        elif name in taken:
            yield match
        else:
            faults.append(Fault("misspelt-name", at + match.start("short"), at + match.end("short"), (name,)))
            yield match[0]
    yield text[done:]
