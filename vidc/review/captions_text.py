"""captions_text: the words of a script as captions have them, and the lines that they make."""

from __future__ import annotations

from collections.abc import Iterator
from re import compile as pattern

from vidc.diag.cells import width
from vidc.record import record
from vidc.speech import is_unspaced, sentences

LINES = 2

_HIDDEN = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"
_SIGNS = r"[^\W_]"
_CLOSE = "[,，、。．！？!?：；:;）」』”]*"
_MARKS = r"[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u200d\ufe0f]"
_CLUSTER = rf"[\u0e40-\u0e44\u0ec0-\u0ec4]?\S(?:{_MARKS}|[\u0e30\u0e32\u0e33\u0eb0\u0eb2\u0eb3])*"
"""A sign with those that belong to it; in Thai and Lao also the vowels that are written before and behind it."""

_LETTERS = rf"[A-Za-zÀ-ɏ0-9'’.,%-]+{_CLOSE}|[\u0e00-\u0eff]+{_CLOSE}|\S{_MARKS}*{_CLOSE}"
_CLOSING = ",;:，、；：)–—"

_SENTENCE, _PHRASE = 20, 10
"""So many cells less even may two lines be where the first ends with a sentence or a phrase."""


@record
class Limits:
    """`cells`: the width of a line, as a terminal counts it: two for a wide sign. `pace`: characters a second.
    `spaced`: words are parted by spaces."""

    cells: int
    pace: int
    spaced: bool = True


SPACED, UNSPACED = Limits(42, 20), Limits(32, 9, False)
_OWN = {"ko": Limits(32, 12), "hi": Limits(42, 22), "th": Limits(35, 17, False)}
"""Of languages whose letters say more or less than those of most (Netflix's timed text guides of each)."""


@record
class Word:
    """What is not broken, from `start` to `end` in the script; `gap`: one cell where a space stands before it;
    `ends`: a sentence ends with it."""

    start: int
    end: int
    text: str
    cells: int
    gap: int
    ends: bool = False


def limits_of(language: str) -> Limits:
    code = language.replace("_", "-").partition("-")[0].lower()
    return _OWN.get(code) or (UNSPACED if is_unspaced(language) else SPACED)


def words_of(text: str, language: str) -> list[Word]:
    """The words of all sentences in which there is a letter or a digit."""
    limits = limits_of(language)
    found: list[Word] = []
    before = 0
    for start, end in sentences(text, language):
        words = list(_words(text, start, end, before, limits))
        before = end
        if any(map(pattern(_SIGNS).search, (word.text for word in words))):
            last = words[-1]
            found += [*words[:-1], Word(last.start, last.end, last.text, last.cells, last.gap, True)]
    return found


def _words(text: str, start: int, end: int, before: int, limits: Limits) -> Iterator[Word]:
    """Of one sentence; the one before it ends at `before`. Where a language has no spaces, those that stand beside a
    wide sign are only a line's end in the file; a run of Thai or Lao between spaces is broken only where it is longer
    than a line."""
    for match in pattern(r"\S+" if limits.spaced else _LETTERS).finditer(text, start, end):
        plain = _plain(match[0])
        parts = [match.span()]
        if not limits.spaced and width(plain) > limits.cells:
            parts = [part.span() for part in pattern(_CLUSTER).finditer(text, *match.span())]
        for first, last in parts:
            apart = 0 < before < first
            if not limits.spaced and apart:
                apart = not any(width(sign) > 1 for sign in (text[before - 1], text[first]))
            plain = _plain(text[first:last])
            yield Word(first, last, plain, width(plain), int(apart))
            before = last


def parts_well(one: Word, other: Word, limits: Limits) -> bool:
    """Whether a cue may well end between two words: a language without spaces has one only between phrases."""
    return one.ends or one.text[-1:] in _CLOSING or (not limits.spaced and other.gap > 0)


def broken(words: list[Word], limits: Limits) -> tuple[str, ...]:
    """Words as lines that fit: one, else two, as even as can be and rather behind a phrase, else as many as it
    takes."""
    whole = _joined(words)
    if width(whole) <= limits.cells:
        return (whole,)
    if sum(word.cells + word.gap for word in words) <= LINES * limits.cells + 1:
        halves = [(_joined(words[:at]), _joined(words[at:]), at) for at in range(1, len(words))]
        fitting = [half for half in halves if max(map(width, half[:2])) <= limits.cells]
        if fitting:
            one, two, _ = min(fitting, key=lambda half: _unevenness(half, words, limits))
            return one, two
    lines: list[list[Word]] = []
    for word in words:
        if lines and width(_joined([*lines[-1], word])) <= limits.cells:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(map(_joined, lines))


def _unevenness(half: tuple[str, str, int], words: list[Word], limits: Limits) -> int:
    one, two, at = half
    well = _SENTENCE if words[at - 1].ends else _PHRASE * parts_well(words[at - 1], words[at], limits)
    return abs(width(one) - width(two)) - well


def _joined(words: list[Word]) -> str:
    return "".join(" " * word.gap + word.text for word in words).lstrip(" ")


def unmarked(text: str) -> str:
    """A cue's text as SubRip holds it, which has no escapes: what players would take for markup is written with signs
    that look like it.

    FFmpeg and VLC take `<...>` for a tag, known or not, and drop it, with blanks in it too (`a < b and c > d`), and VLC
    all that follows a `<b` that is not closed; what stands in braces is an order to them or to libass, as are `\\N`,
    `\\n` and `\\h`, which a word joiner ends (FFmpeg's htmlsubtitles.c, VLC's subsdec.c).
    """
    text = text.replace("-->", "->").replace("{", "(").replace("}", ")")
    if "<" in text:
        text = pattern("(?<!-)>").sub("›", text.replace("<", "‹"))
    return pattern(r"\\(?=[Nnh])").sub("\\\\\u2060", text)


def _plain(text: str) -> str:
    return pattern(_HIDDEN).sub("", text)
