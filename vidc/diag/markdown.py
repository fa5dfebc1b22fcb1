"""Markdown that shows a text as it is: what a stranger wrote must be no markup, link, picture or mention in it."""

from __future__ import annotations

from re import MULTILINE
from re import compile as pattern

from .sink import clean

_MARKUP = {ord(sign): f"&#{ord(sign)};" if sign in "<>@&" else f"\\{sign}" for sign in "\\*_[]<>&#|~@!$`"}
_BLOCK = r"^(\s*)([-+=]|\d+(?=[.)]))"
_ADDRESS = r"(?i)(?<=[a-z]):(?=//)|(?<=www)\.|(?<=mailto):|(?<=xmpp):"


def code(text: str) -> str:
    """As code on one line, whatever back quotes stand in it."""
    return f"`{clean(text).replace('`', chr(39))}`"


def escaped(text: str, with_code: bool = True) -> str:
    """Without markup, links or mentions. `with_code`: what stands between back quotes is code."""
    parts = clean(text, keep_newlines=True).split("`")
    if not with_code or len(parts) % 2 == 0:
        return _plain("`".join(parts))
    return "`".join(part if place % 2 else _plain(part) for place, part in enumerate(parts))


def fenced(text: str) -> str:
    """A block of text, whatever stands in it."""
    longest = max(map(len, pattern("`+").findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{clean(text, keep_newlines=True)}\n{fence}"


def _plain(text: str) -> str:
    text = pattern(_ADDRESS).sub(lambda match: f"\0{ord(match[0])};", text.translate(_MARKUP))
    text = pattern(_BLOCK, MULTILINE).sub(lambda match: match[1] + _inert(match[2]), text)
    return text.replace("\0", "&#")


def _inert(sign: str) -> str:
    """A sign that would begin a list, a rule or a title at the beginning of a line."""
    return f"&#{ord(sign[0])};{sign[1:]}"
