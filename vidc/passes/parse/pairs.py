"""pairs: surrogate pairs in JSON's escapes, which libyaml refuses."""

from __future__ import annotations

import re

PAIR = r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"


def stand_in(text: str) -> str:
    """A non-character that the text neither holds nor names; empty where there is none, or no pair to stand for."""
    if not re.search(PAIR, text):
        return ""
    named = {match[1].upper() for match in re.finditer(r"(?i)\\u(FD[DE][0-9A-F])", text)}
    free = (chr(code) for code in range(0xFDD0, 0xFDED) if f"{code:04X}" not in named)
    return next((char for char in free if char not in text), "")


def replaced(text: str, sign: str) -> str:
    """The text with both escapes of each pair as that of one sign, so that every offset stays."""
    return re.sub(PAIR, f"\\\\u{ord(sign):04X}" * 2, text)


def restored(text: str, raw: str, sign: str) -> str:
    """The surrogate pairs of `raw`, a scalar as written, put back into its value: as characters where its quotes know
    escapes, else as they are written."""
    escape = f"\\u{ord(sign):04X}"
    if sign not in text and escape not in text:
        return text
    pairs = re.finditer(PAIR, raw)

    def written(found: re.Match[str]) -> str:
        pair = next(pairs, None)
        if pair is None:
            return found[0]
        high, low = int(pair[1], 16), int(pair[2], 16)
        return pair[0] if found[0][0] == "\\" else chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    return re.sub(f"{sign}{{2}}|(?:{re.escape(escape)}){{2}}", written, text)
