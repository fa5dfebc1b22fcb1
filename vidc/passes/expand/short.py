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

_SPACED = (
    rf"(?<!\\)<[ ]*(?P<dot>\.(?:Values\.)?)?(?P<name>{NAME}(?:[ -]\w+){{0,8}})(?P<fields>(?:\.{NAME}){{0,16}})[ ]*>"
)
_DOUBLED = rf"(?<!\\)<<(?P<name>{NAME})(?P<fields>(?:\.{NAME})*)>>"
_WORKED = rf"(?<!\\)<(?P<inside>[ ]*(?:\w+\([ ]*(?P<told>{NAME})[^<>\n]{{0,80}}|(?P<name>[^\W\d]\w*+)[^<>\n]{{1,80}}))>"
"""An expression in angle brackets, which hold no more than a name, its fields and filters."""
_NESTED = rf"(?<!\\)<(?P<name>{NAME})(?:\.<{NAME}>|\[<{NAME}>\])(?:\.{NAME})*>"
_BRACES = rf"(?<!\{{)\{{[ ]*(?P<path>(?P<name>{NAME})(?:\.{NAME}){{0,16}})[ ]*\}}(?!\}})"

_MARKUP = frozenset((
    "a", "b", "blockquote", "br", "button", "canvas", "code", "col", "dd", "del", "div", "dl", "dt", "em", "font",
    "form", "head", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "li", "mark", "meta", "nav", "ol",
    "option", "p", "pre", "q", "s", "script", "section", "select", "small", "span", "strong", "style", "sub", "sup",
    "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "u", "ul", "var", "audio", "beat",
    "article", "aside", "body", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "main", "break", "breath",
    "emphasis", "lang", "pause", "phoneme", "prosody", "silence", "speak", "voice", "alt", "backspace", "cmd", "ctrl",
    "delete", "down", "end", "enter", "esc", "escape", "home", "left", "return", "right", "shift", "space", "tab", "up",
))  # fmt: skip
"""What stands in angle brackets as markup, as a direction for a voice or as a key, in small letters."""
_ENDINGS = frozenset((
    "app", "co", "com", "de", "dev", "edu", "eu", "fr", "gov", "h", "hpp", "info", "io", "net", "org", "uk",
))  # fmt: skip
"""Last parts of addresses, and of the files that a program includes, which may stand in angle brackets too."""

_MARKS = {"{{": "}}", "{%": "%}", "{#": "#}"}
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
    there are any. `odd`: what would be one but for its blanks and dashes, the dot before it, or a second pair of
    brackets: the name, its fields, where it stands.
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
    count, is_markup = 0, "</" in text
    names: set[str] = set()
    sure: set[str] = set()
    likely: set[str] = set()
    for form in finditer(FORM, text):
        count += 1
        name, fields = form["short"], form["fields"]
        if name in RESERVED:
            continue
        names.add(name)
        if "_" in name or form["filters"] or (fields and fields.rpartition(".")[2] not in _ENDINGS):
            sure.add(name)
        elif len(name) > 1 and name.islower() and not is_markup and _is_likely(form):
            likely.add(name)
    odd, worked = (_odd(text), _worked(text)) if text.count("<") > count else ((), ())
    return Shorts(frozenset(names), frozenset(sure), frozenset(likely), odd, worked)


def _is_likely(form: Match[str]) -> bool:
    """Whether a word in brackets is no markup. What stands right behind a word is the type of what that holds, as in
    `List<string>`; a backslash is there to be taken away."""
    before = form.string[max(0, form.start() - 1) : form.start()]
    return bool(form["escape"]) or not (form["fields"] or form["short"] in _MARKUP or before.isalnum())


def braced(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """The names in braces: the first name, the rest of the path, and where they stand with the sign before them."""
    found = []
    for match in islice(finditer(_BRACES, text), MOST):
        name, path = match["name"], match["path"]
        if not _is_marked(text, match.start()):
            start = match.start() - _is_sign(text[max(0, match.start() - 2) : match.start()])
            found.append((name, path[len(name) :], start, match.end()))
    return tuple(found)


def _is_sign(before: str) -> bool:
    """Whether what stands before braces ends in a sign that other languages write there. `5%` and `ann@` do not."""
    return before[-1:] in ("$", "#") or (before[-1:] in ("%", "@") and not before[:1].isalnum())


def _is_marked(text: str, at: int) -> bool:
    """Whether a place stands in a template or in a comment of one."""
    return any(text.rfind(mark, 0, at) > text.rfind(end, 0, at) for mark, end in _MARKS.items())


def _odd(text: str) -> tuple[tuple[str, str, int, int], ...]:
    found = []
    for match in islice(finditer(_SPACED, text), MOST):
        if " " in match[0] or "-" in match[0] or match["dot"]:
            name = match["name"].replace(" ", "_").replace("-", "_")
            found.append((name, match["fields"], *match.span()))
    found += [(match["name"], match["fields"], *match.span()) for match in islice(finditer(_DOUBLED, text), MOST)]
    return tuple(found)


def _worked(text: str) -> tuple[tuple[str, int, int], ...]:
    """Expressions that work something out of a name: what stands in brackets is no prose, which has blanks alone."""
    found = []
    for match in islice(finditer(_WORKED, text), MOST):
        inside = match["inside"]
        is_filtered = fullmatch(rf"[ ]*{NAME} (?:upper|lower|title|trim|length|first|last)[ ]*", inside)
        if is_filtered or search(r"[(\[+*/~]|\.\d|[ ][-%][ ]|[ ]or ['\"]|[ ]if .+ else ", inside):
            found.append((match["name"] or match["told"], *match.span()))
    if "<" in text[1:] and (".<" in text or "[<" in text):
        found += [(match["name"], *match.span()) for match in islice(finditer(_NESTED, text), MOST)]
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
