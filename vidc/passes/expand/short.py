"""short: finds `<name>`, `<name.field>` and `<name | filter>` in a text, and what looks nearly like it.

Whether one is a template depends on the names in scope. What is none is text, as `<b>`, `a < b` and `<3` are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from re import Match, finditer

from .values import Fault

NAME = r"[^\W\d]\w*"
INDEX = r"-?(?:0|[1-9]\d{0,8})"
FORM = (
    rf"(?P<escape>\\?)<(?P<short>{NAME})(?P<fields>(?:\.{NAME}|\[{INDEX}\])*)"
    r"(?P<filters>\s*\|(?:[^<>{}'\"]|'[^'{}]{0,200}'|\"[^\"{}]{0,200}\"){1,300})?>"
)
"""A short form holds no braces, so it never reaches into what Jinja reads, and its length is bounded, so that finding
all of them takes time in proportion to the text."""

_SPACED = rf"(?<!\\)<[ ]*(?P<name>{NAME})(?P<fields>(?:\.{NAME}){{0,16}})[ ]*>"

RESERVED = frozenset(("true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "if", "else"))
"""Words of the template language, which are no names."""


def candidates(text: str) -> set[str]:
    """The names that stand where a short form would have one."""
    return {match["short"] for match in finditer(FORM, text)}


def spaced(text: str, taken: Collection[str]) -> list[Fault]:
    """The short forms of names in scope that blanks make text of, as in `< company >`."""
    return [
        Fault("misspelt-name", *match.span(), (match["name"], match["name"] + match["fields"], match[0]))
        for match in finditer(_SPACED, text)
        if " " in match[0] and match["name"] in taken
    ]


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
