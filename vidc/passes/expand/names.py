"""names: what names a scalar refers to, without working anything out."""

from __future__ import annotations

from re import DOTALL, finditer, match

from .short import FORM, NAME, RESERVED

_STRING = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_PARTS = (
    r"(?P<raw>\{%[-+]?\s*raw\s*-?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\})|(?P<comment>\{#.*?#\})"
    rf"|\{{\{{(?P<output>(?:{_STRING}|[^'\"])*?)\}}\}}|\{{%(?P<statement>(?:{_STRING}|[^'\"])*?)%\}}|{FORM}"
)
_TOKENS = rf"{_STRING}|{NAME}|==|\S"
_WORDS = RESERVED | {"elif", "endif", "for", "endfor", "recursive", "loop"}


def names(text: str) -> set[str]:
    """The top-level names that a text's templates look up; of short forms, those that may be taken."""
    found: set[str] = set()
    bound: set[str] = set()
    for part in finditer(_PARTS, text, DOTALL):
        if part["short"] is not None:
            if not part["escape"]:
                found |= {part["short"]} | names_of(part["short"] + (part["filters"] or ""), bound)
        elif part["output"] is not None or part["statement"] is not None:
            found |= names_of(part["output"] or part["statement"] or "", bound)
    return found - bound


def names_of(expression: str, bound: set[str] | None = None) -> set[str]:
    """The top-level names of one expression or statement; a loop's own names go into `bound`."""
    found: set[str] = set()
    before, last, target = "", "", False
    for token in finditer(_TOKENS, expression):
        word = token[0]
        if word[0].isalpha() or word[0] == "_":
            if word == "for" and not last:
                target = True
            elif word == "in":
                target = False
            elif target and bound is not None:
                bound.add(word)
            elif word not in _WORDS and not _is_part(before, last, expression[token.end() :]):
                found.add(word)
        before, last = last, word
    return found


def _is_part(before: str, last: str, rest: str) -> bool:
    """Whether a word names a field, a filter, a test or an argument."""
    if last in (".", "|", "is") or (last == "not" and before == "is"):
        return True
    return last in ("(", ",") and match(r"\s*=(?!=)", rest) is not None
