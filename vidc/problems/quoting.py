"""quoting: what is written in YAML, in quotes where it takes them, and the help that says so."""

from __future__ import annotations

import re

from vidc.source import Span

from .wording import quoted, short

_FLOW = r"\{[^{}]*: [^{}]*\}|\{\}|\[[^\[\]]*\]"
_IN_QUOTES = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
_HEADER = r"[|>][-+0-9]{0,2}"


def as_value(text: str, in_braces: bool = False) -> str:
    """A value as it can stand behind a key and a blank: in quotes where YAML would take it for something else.

    `in_braces`: it stands in a mapping in braces.
    """
    if re.fullmatch(_IN_QUOTES, text) or (not in_braces and re.fullmatch(f"{_FLOW}|{_HEADER}", text)):
        return text
    if text[:1] in "[]{}%@`&*!|>'\"#?,:-" and not re.fullmatch(r"-\.?\d[\w.%]*", text):
        return quoted(text)
    ends = r"\s#|:(?:\s|$)|[,\[\]{}]|:\?" if in_braces else r"\s#|:(?:\s|$)"
    return quoted(text) if re.search(ends, text) else text


def in_quotes(text: str, what: str = "the text") -> str:
    """Help that shows a text in quotes: a long one, or one of several lines, by how it begins and how it ends."""
    right = quoted(text)
    if "\n" not in text and len(right) <= 60:
        return f"put {what} in quotes: `{right}`"
    words = right.split()
    return f"put {what} in quotes, from `{short(' '.join(words[:3]), 30)}` to `{short(' '.join(words[-3:]), 30)}`"


def in_place(right: str, span: Span) -> str:
    """What is written in place of a part of a text: in quotes where the text is that part alone and has none, and would
    begin with a brace then. Where more follows, words that say so."""
    text = span.source.text
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    if not right.startswith("{") or not re.search(r"(?:[:,\[{]|^\s*(?:- )*-) *$", line):
        return f"`{right}`"
    is_whole = re.match(r" *(?:[,}\]#\n]|$)", text[span.end : span.end + 40])
    return f"`{quoted(right)}`" if is_whole else f"`{right}`, and the whole text in quotes"
