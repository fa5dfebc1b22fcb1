"""The sink: what every text goes through before it is shown.

A spec, a file name or an exception's text may come from a stranger's pull request. It must not drive a terminal, look
like other text than it is, or give orders to the machine that runs the build: the runners of GitHub, Azure and TeamCity
obey `##[...]`, `##vso[...]` and `##teamcity[...]` anywhere in a line, and GitHub's obeys `::...` where a line begins.
"""

from __future__ import annotations

MAX_TEXT = 2_000
"""Limit: a message, a help or a label is shown up to this many characters, then `…`."""

HIDDEN = (
    "\x00-\x1f\x7f-\x9f"  # C0, delete, C1
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # letters and marks that are not seen
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # zero width, bidi, line and paragraph ends
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # notes between the lines, and what is no character
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # marks of hieroglyphs, shorthand, music
    "\ufe00-\ufe0d\U000e0000-\U000e0fff"  # selectors and tags
    "\ud800-\udfff"  # lone surrogates
)
"""The characters that are shown as escapes. U+FE0E and U+FE0F stay: they say how the emoji before them looks."""

_ORDERS = r"#(?=#(?:\[|[A-Za-z]+\[))|(?<!\S):(?=:[A-Za-z])"
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def clean(text: str, *, keep_newlines: bool = False) -> str:
    """The text with what is not seen, or is obeyed, made visible: `\\x1b`, `\\u202e`, `\\ud800`."""
    if _harmless(text):
        return text
    if keep_newlines:
        return "\n".join(map(clean, text.split("\n")))
    return "".join(pieces(text))


def pieces(text: str) -> list[str]:
    """How each character of the text is shown, one by one."""
    shown = list(text)
    if not _harmless(text):
        from re import finditer

        for match in finditer(f"[{HIDDEN}]|{_ORDERS}", text):
            shown[match.start()] = escape(match[0])
    return shown


def _harmless(text: str) -> bool:
    return text.isascii() and text.isprintable() and "##" not in text and "::" not in text


def brief(text: str, *, keep_newlines: bool = False) -> str:
    """The same, cut to a length that a person may read."""
    whole = text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
    return clean(whole, keep_newlines=keep_newlines)


def github(text: str) -> str:
    """The message of a GitHub workflow command, newlines kept as `%0A`."""
    return clean(text, keep_newlines=True).replace("%", "%25").replace("\n", "%0A")


def github_property(text: str) -> str:
    """One property of a GitHub workflow command, such as its file."""
    return github(text).replace(":", "%3A").replace(",", "%2C")


def escape(char: str) -> str:
    """How a character that must not be shown is written."""
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
