"""spelled: conditions as other languages spell them: with braces around names, and with signs for words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from re import Match, fullmatch, search, sub

from vidc.hints import Any
from vidc.problems.wording import short

from .statements import statement

_QUOTED = r"'[^']*'|\"[^\"]*\""
_BRACED = r"\$?(?:\{\{-?\s{0,9}([\w.]{1,80})\s{0,9}-?\}\}|\{\s{0,9}([^\W\d][\w.]{0,80})\s{0,9}\})"
_SPELT = r"(?<=[\w'\"\]])\s{1,9}(?:eq|equals?|neq?|gte?|ge|lte?|le|[x×])\s{1,9}(?=[\w'\"\[])"
_SIGNED = rf"!!|&&|\|\||[!=]==|!(?!=)|<>|\b(?:AND|OR|NOT)\b|{_SPELT}"
_HOLDS = r"([\w.]{1,80})\s{1,9}(?:contains|includes|has)\s{1,9}('[^']{0,80}'|\"[^\"]{0,80}\"|[\w.]{1,80})"
_YAML = r"^['\"]|[\[\]{},]|: | #"
_WORDS = {
    "!!": "", "&&": "and", "||": "or", "===": "==", "!==": "!=", "!": "not", "<>": "!=", "x": "*", "×": "*",
    "eq": "==", "equal": "==", "equals": "==", "ne": "!=", "neq": "!=",
    "gt": ">", "gte": ">=", "ge": ">=", "lt": "<", "lte": "<=", "le": "<=",
}  # fmt: skip

Reads = Callable[[str], bool]
"""Whether a text can be read as one expression."""


def without_braces(bare: str, scope: Mapping[str, Any], reads: Reads) -> str:
    """The help for an expression in an `if` statement, or of which a part stands in braces or marks, as in
    `{plan} == 'Pro'`, also where those stand in quotes around a name in scope; empty for any other."""
    word, rest = statement(bare)
    meant = rest if word == "if" else _opened(bare, scope)
    if meant == bare:
        return ""
    right = _whole(_in_quotes(_worded(meant), scope), reads)
    if right:
        return f"write `{right}`"
    name = search(r"\{[\s{-]{0,9}([^\W\d]\w{0,80})", bare)
    such = name[1] if name is not None and name[1] in scope else "plan"
    return f"write one expression without braces, such as `{short(such)} == '...'`"


def without_signs(bare: str, reads: Reads) -> str:
    """The help for an expression with `&&`, `||`, `!`, `===`, `AND`, `eq` or `contains`; empty for any other."""
    meant = _worded(bare)
    right = _whole(meant, reads) if meant != bare else ""
    return right and f"write `{right}`"


def _in_quotes(meant: str, scope: Mapping[str, Any]) -> str:
    """The expression with quotes around a word that a value is compared with, and that is no name."""

    def quoted(found: Match[str]) -> str:
        return found[0] if found[2] in scope else f"{found[1]}'{found[2]}'"

    return sub(r"([!=]=\s*)([A-Z]\w*)$", quoted, meant)


def _whole(meant: str, reads: Reads) -> str:
    """An expression on one line, if it can be read and shown as a whole; in quotes where YAML takes it for no text."""
    line = short(meant)
    if line != " ".join(meant.split()) or not reads(line):
        return ""
    return f'"{line}"' if search(_YAML, line) and '"' not in line else line


def _opened(bare: str, scope: Mapping[str, Any]) -> str:
    def plain(found: Match[str]) -> str:
        inner = found[0][1:-1].strip() if found[0][0] in "'\"" else found[0]
        braced = fullmatch(_BRACED, inner)
        if braced is None:
            return found[0]
        name = str(braced[1] or braced[2])
        return f" {name} " if inner == found[0] or name.partition(".")[0] in scope else found[0]

    meant = sub(rf"{_QUOTED}|{_BRACED}", plain, bare)
    if "{{" in sub(_QUOTED, "", meant):
        meant = sub(r"\s{0,9}-?\}\}", ")", sub(r"\$?\{\{-?\s{0,9}", "(", meant))
    return bare if meant == bare else meant.strip()


def _worded(bare: str) -> str:
    """The expression with a word for each such sign that stands in no text."""

    def worded(found: Match[str]) -> str:
        sign = found[0].strip()
        return sign if sign[0] in "'\"" else f" {_WORDS.get(sign, sign.lower())} "

    found = sub(_HOLDS, r"\2 in \1", sub(rf"{_QUOTED}|{_SIGNED}", worded, bare))
    return found if found == bare else found.strip()
