"""names: what names a scalar refers to, without working anything out.

A text whose marks or quotes are never closed is no template: what stands behind them is not looked at. So each
character is looked at once or twice, whatever the text.
"""

from __future__ import annotations

from re import DOTALL, finditer
from re import compile as pattern

from .short import FORM, NAME, RESERVED

_STRING = r"'(?>[^'\\]|\\.)*'|\"(?>[^\"\\]|\\.)*\""
_OPENING = rf"\{{%[-+]?\s*(?P<raw>raw)\s*-?%\}}|(?P<mark>\{{[{{%#])|{FORM}"
_INSIDE = rf"(?>{_STRING}|(?!%s)[^'\"])*"
_CLOSING = {"{{": _INSIDE % r"\}\}", "{%": _INSIDE % r"%\}", "{#": r"(?>(?!#\}).)*"}
_RAW = r"(?>(?!\{%[-+]?\s*endraw).)*"
_OPEN_STRING = r"['\"](?s:.)*"
_TOKENS = rf"{_STRING}|{_OPEN_STRING}|{NAME}|==|\S"
OTHER_LOOPS = frozenset((
    "for_each", "for-each", "forEach", "foreach", "for_every", "each", "every", "loop", "repeat", "iterate",
    "with_items", "withItems", "v-for", "*ngFor", "ng-repeat", "map", "range",
))  # fmt: skip
"""What other languages call the key `for`."""

_WORDS = RESERVED | {"elif", "endif", "for", "endfor", "recursive", "loop"}


def names(text: str) -> set[str]:
    """The top-level names that a text's templates look up; of short forms, those that may be taken."""
    found: set[str] = set()
    bound: set[str] = set()
    at = 0
    while opening := pattern(_OPENING).search(text, at):
        at = opening.end()
        if opening["short"] is not None:
            if not opening["escape"]:
                found.add(opening["short"])
            if opening["filters"]:
                found |= names_of(opening["filters"], bound)
            continue
        inside = pattern(_RAW if opening["raw"] else _CLOSING[opening["mark"]], DOTALL).match(text, at)
        assert inside is not None
        at = inside.end() + 2
        if opening["mark"] in ("{{", "{%"):
            found |= names_of(inside[0], bound)
            if text[inside.end() : inside.end() + 1] in ("'", '"'):
                break
    return found - bound


def names_of(expression: str, bound: set[str] | None = None) -> set[str]:
    """The top-level names of one expression or statement; a loop's own names go into `bound`."""
    found: set[str] = set()
    before, last, target = "", "", False
    tokens = [token[0] for token in finditer(_TOKENS, expression, DOTALL)]
    for word, after in zip(tokens, [*tokens[1:], ""], strict=False):
        if word[0].isalpha() or word[0] == "_":
            if word == "for" and not last:
                target = True
            elif word == "in":
                target = False
            elif target and bound is not None:
                bound.add(word)
            elif word not in _WORDS and not is_part(before, last, after):
                found.add(word)
        before, last = last, word
    return found


def is_part(before: str, last: str, after: str) -> bool:
    """Whether a word names a field, a filter, a test or an argument."""
    if last in (".", "|", "is") or (last == "not" and before == "is"):
        return True
    return last in ("(", ",") and after == "="
