"""bidi: in which direction each character of a line runs, by the Unicode bidirectional algorithm (UAX #9).

Limit: the controls that embed, override and isolate directions are passed over; the marks of direction work.
"""

from __future__ import annotations

from itertools import groupby
from unicodedata import bidirectional

_RIGHT = ("R", "AL", "AN")
_PAIRS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⟦": "⟧", "⁅": "⁆", "⦅": "⦆"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_CONTROLS = ("BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def base_level(text: str) -> int:
    """The level of a paragraph: 1 where its first strong character runs from right to left, else 0 (P2, P3)."""
    for character in text:
        kind = bidirectional(character)
        if kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return 0


def levels(text: str, base: int) -> list[int]:
    """The level of each character of a paragraph: even runs to the right, odd to the left."""
    kinds = [bidirectional(character) or "L" for character in text]
    if not base and not any(kind in _RIGHT for kind in kinds):
        return [0] * len(text)
    edge = "R" if base else "L"
    _weak(kinds, edge)
    _brackets(text, kinds, edge)
    _neutral(kinds, edge)
    return [_level(kind, base) for kind in kinds]


def _level(kind: str, base: int) -> int:
    if kind == "R":
        return 1 if base == 0 else base
    if kind in ("EN", "AN"):
        return 2
    return 0 if base == 0 else 2


def _weak(kinds: list[str], edge: str) -> None:
    """W1 to W7: numbers and what belongs to them."""
    _marks(kinds, edge)
    _arabic_numbers(kinds)
    for at in range(1, len(kinds) - 1):
        before, kind, after = kinds[at - 1 : at + 2]
        if before == after and ((kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN"))):
            kinds[at] = before
    _number_signs(kinds)
    strong = edge
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _marks(kinds: list[str], edge: str) -> None:
    before = edge
    for at, kind in enumerate(kinds):
        if kind == "NSM" or kind in _CONTROLS:
            kinds[at] = before
        before = kinds[at]


def _arabic_numbers(kinds: list[str]) -> None:
    strong = ""
    for at, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
        if kind == "AL":
            kinds[at] = "R"


def _number_signs(kinds: list[str]) -> None:
    """Signs beside a number, as in `5%` and `$5`, belong to it; all other signs are neutral."""
    at = 0
    for kind, run in groupby(list(kinds)):
        end = at + len(list(run))
        if kind == "ET":
            beside = "EN" in (kinds[at - 1] if at else "", kinds[end] if end < len(kinds) else "")
            kinds[at:end] = ["EN" if beside else "ON"] * (end - at)
        elif kind in ("ES", "CS"):
            kinds[at:end] = ["ON"] * (end - at)
        at = end


def _strong(kind: str) -> str:
    """As what a character counts beside neutral ones: numbers run with what is right to left."""
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def _brackets(text: str, kinds: list[str], edge: str) -> None:
    """N0: a pair of brackets has the direction of what it encloses."""
    for opened, closed in _bracket_pairs(text, kinds):
        inside = {_strong(kind) for kind in kinds[opened + 1 : closed]}
        found = edge if edge in inside else ""
        if not found and inside & {"L", "R"}:
            before = next((side for kind in reversed(kinds[:opened]) if (side := _strong(kind))), edge)
            found = before if before != edge else edge
        if found:
            kinds[opened] = kinds[closed] = found


def _bracket_pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    waiting: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if kinds[at] != "ON":
            continue
        if character in _PAIRS:
            waiting.append(at)
        elif character in _CLOSERS:
            opened = next((one for one in reversed(waiting) if text[one] == _CLOSERS[character]), None)
            if opened is not None:
                pairs.append((opened, at))
                del waiting[waiting.index(opened) :]
    return sorted(pairs)


def _neutral(kinds: list[str], edge: str) -> None:
    """N1, N2: neutral characters run as both sides of them do, else as the paragraph does."""
    at, before = 0, edge
    for side, run in groupby(list(kinds), key=_strong):
        end = at + len(list(run))
        if not side:
            after = _strong(kinds[end]) if end < len(kinds) else edge
            kinds[at:end] = [before if before == after else edge] * (end - at)
        else:
            before = side
        at = end


def runs(line: list[int], base: int) -> list[tuple[int, int, int]]:
    """The runs of one line in the order in which they are seen, as (start, end, level) (L2).

    `line`: the levels of its characters, without the blanks at its end (L1).
    """
    found: list[tuple[int, int, int]] = []
    at = 0
    for level, run in groupby(line):
        end = at + len(list(run))
        found.append((at, end, level))
        at = end
    for floor in range(max(line, default=base), 0, -1):
        found = _reversed_from(found, floor)
    return found


def _reversed_from(found: list[tuple[int, int, int]], floor: int) -> list[tuple[int, int, int]]:
    """The order with every stretch of runs at `floor` or above turned around."""
    made: list[tuple[int, int, int]] = []
    for above, stretch in groupby(found, key=lambda run: run[2] >= floor):
        part = list(stretch)
        made += reversed(part) if above else part
    return made
