"""words: a text against another, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import islice
from re import compile as pattern

from vidc.record import record

AROUND = 4
"""So many unchanged words are shown on each side of a change."""

LONGEST = 2_000
"""Words of one text that are compared; a longer one is compared as a whole."""

_WORD = r"[぀-ヿ㐀-鿿]|[^\s぀-ヿ㐀-鿿]+"


@record
class Words:
    """A run of a text. `kind`: `same`, `old` (it was there), `new` (it has come), `left` (unchanged, not shown)."""

    kind: str
    text: str


def word_changes(old: str, new: str) -> list[Words]:
    """The new text with what has come and what has gone, and a few unchanged words around each."""
    before, after = _words(old), _words(new)
    if max(len(before), len(after)) > LONGEST:
        return [Words("old", " ".join(before)), Words("new", " ".join(after))]
    runs: list[Words] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Words("same", _said(after[c:d])))
            continue
        if b > a:
            runs.append(Words("old", _said(before[a:b])))
        if d > c:
            runs.append(Words("new", _said(after[c:d])))
    return [part for place, run in enumerate(runs) for part in _brief(run, place == 0, place == len(runs) - 1)]


def word_set(text: str) -> frozenset[str]:
    """The different words of a text; of a text with more than LONGEST, the first."""
    return frozenset(islice(dict.fromkeys(_words(text)), LONGEST))


def share_of_words(old: frozenset[str], new: frozenset[str]) -> float:
    """How many of the words of both texts are the same, 0 to 1, whatever their order."""
    same = len(old & new)
    return same / (len(old) + len(new) - same) if old or new else 1.0


def _words(text: str) -> list[str]:
    found: list[str] = pattern(_WORD).findall(text)
    return found


def _said(words: list[str]) -> str:
    text = ""
    for word in words:
        wide = word[0] > "\u3000" and (not text or text[-1] > "\u3000")
        text += word if wide or not text else f" {word}"
    return text


def _brief(run: Words, first: bool, last: bool) -> list[Words]:
    words = _words(run.text)
    if run.kind != "same" or len(words) <= 2 * AROUND + 1:
        return [run]
    head, tail = _said(words[:AROUND]), _said(words[-AROUND:])
    shown = [] if first else [Words("same", head)]
    shown.append(Words("left", _said(words[0 if first else AROUND : len(words) if last else -AROUND])))
    return [*shown, *([] if last else [Words("same", tail)])]
