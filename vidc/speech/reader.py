"""Reader: how many syllables, consonants, words, letters and pauses are in a run of characters without spaces."""

from __future__ import annotations

from collections.abc import Sequence

from .language import Language
from .sounds import APOSTROPHES, MAJOR_MARKS, MINOR_MARKS, OTHER_MARKS, Room, Sounds
from .spoken import compiled, count, spoken

SYLLABLES, CONSONANTS, WORDS, LETTERS, MINOR, MAJOR, OTHER, TAIL = range(8)
"""What is counted; a language's weights are in this order. The tail is the end of the whole utterance."""

ENDS = MAJOR_MARKS + MINOR_MARKS + OTHER_MARKS + APOSTROPHES + "-/\\*_#~^`|<>·•¿¡"
"""Characters that are not said where a word begins or ends."""

MAJORS, MINORS, OTHERS = frozenset(MAJOR_MARKS), frozenset(MINOR_MARKS), frozenset(OTHER_MARKS)

LONGEST = 64
"""Limit: no longer word is remembered."""

REMEMBERED = Room(50_000)
"""Limit: so many words are remembered."""

ROMANS = {
    "X" * tens + ones: 10 * tens + one
    for tens in range(4)
    for one, ones in enumerate(("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"))
    if tens + len(ones) > 1
}
"""Numerals of two letters or more, as kings and centuries have them."""

Counts = list[int]


class Reader:
    """Reads one language. It remembers words, since texts and above all numbers repeat them."""

    __slots__ = ("_words", "language", "sounds")

    def __init__(self, language: Language) -> None:
        self.language = language
        self.sounds = Sounds(language)
        self._words: dict[str, tuple[int, ...]] = {}

    def measure(self, token: str) -> Sequence[int]:
        """Counts of what is said of a token, and of the pauses around it."""
        if token.isalpha() and not self.language.unspaced:
            return self._counts_of(token)
        core = token.rstrip(ENDS)
        tail = token[len(core) :]
        head = core.lstrip(ENDS)
        counts = [0] * TAIL
        if head:
            for word in self._words_of(head, tail):
                for place, number in enumerate(self._counts_of(word)):
                    counts[place] += number
        if tail:
            self._pause(tail, head, counts)
        if len(head) != len(core):
            lead = core[: len(core) - len(head)]
            counts[MINOR] += not MINORS.isdisjoint(lead)
            counts[OTHER] += sum(map(OTHERS.__contains__, lead))
        return counts

    def stops(self, token: str) -> bool:
        """Whether a major pause follows the token."""
        core = token.rstrip(ENDS)
        tail = token[len(core) :]
        return not MAJORS.isdisjoint(tail) and not (tail == "." and self._is_shortened(core.lstrip(ENDS)))

    def _pause(self, tail: str, core: str, counts: Counts) -> None:
        """One pause however many marks follow; none after the dot of an abbreviation, an initial or an ordinal."""
        counts[OTHER] += sum(map(OTHERS.__contains__, tail))
        if not MAJORS.isdisjoint(tail):
            counts[MAJOR] += not (tail == "." and self._is_shortened(core))
        elif not MINORS.isdisjoint(tail) or (not core and not tail.strip("-")):
            counts[MINOR] += 1

    def _is_shortened(self, core: str) -> bool:
        signs = self.language.signs
        if core.isdecimal():
            return signs is not None and bool(signs.ordinal) and len(core) <= 2
        if (len(core) == 1 and core.isupper()) or _is_dotted(core):
            return True
        return signs is not None and core.lower() in signs.abbreviations

    def _words_of(self, core: str, tail: str) -> list[str]:
        """The words that are said for what stands between two spaces."""
        signs = self.language.signs
        if tail[:1] == "." and signs is not None:
            if signs.ordinal and core.isdecimal() and len(core) <= 2:
                core += signs.ordinal
            else:
                core = signs.abbreviations.get(core.lower(), core)
        if core.isalpha() and not self.language.unspaced:
            return [core]
        core = spoken(core, self.language)
        for mark in "-–—/_":
            core = core.replace(mark, " ")
        return self._apart(core).split()

    def _apart(self, text: str) -> str:
        """With spaces around Latin words, where a language has none."""
        if not self.language.unspaced:
            return text
        return compiled(r"[A-Za-zÀ-ɏ'’]+").sub(r" \g<0> ", text)

    def _counts_of(self, word: str) -> tuple[int, ...]:
        found = self._words.get(word)
        if found is None:
            found = tuple(self._word(word))
            if len(word) <= LONGEST and REMEMBERED.takes_one():
                self._words[word] = found
        return found

    def _word(self, word: str) -> Counts:
        counts = [0] * TAIL
        if word.islower() and len(word) > 1 and "." not in word:
            self._sound(word, counts)
        elif numeral := self._numeral(word):
            for part in numeral.split():
                self._sound(part, counts)
        elif _is_dotted(word) or self._is_spelled(word):
            counts[WORDS] = 1
            counts[LETTERS] = sum(map(str.isalpha, word))
        else:
            self._sound(word, counts)
        return counts

    def _numeral(self, word: str) -> str:
        """A Roman numeral as a number, also in `XXe` and `dell'VIII`; empty for any other word."""
        before, mark, rest = word.replace("’", "'").rpartition("'")
        stem = rest.rstrip("abcdefghijklmnopqrstuvwxyzèºª")
        value = ROMANS.get(stem)
        if value is None or self.language.numbers is None or len(rest) - len(stem) > 4:
            return ""
        return before + mark + count(value, self.language.numbers) + rest[len(stem) :]

    def _is_spelled(self, word: str) -> bool:
        if not (word.isascii() and word.isalpha()):
            return False
        if len(word) == 1:
            return self.language.spells_vowelless and word.lower() not in self.language.vowels
        return word.isupper() and (len(word) <= 3 or not any(letter in "AEIOUY" for letter in word))

    def _sound(self, word: str, counts: Counts) -> None:
        said = self._sounds_of(word)
        syllables = said.count("CV") + said.count(".V") + said.count("|V")
        consonants = said.count("C")
        if not word.isalpha():
            counts[MINOR] += said.count("m")
            counts[MAJOR] += said.count("p")
            counts[OTHER] += said.count("o")
        if not syllables and consonants > 1 and self.language.spells_vowelless:
            counts[WORDS] += 1
            counts[LETTERS] += consonants
        elif syllables or consonants:
            counts[WORDS] += 1
            counts[SYLLABLES] += syllables
            counts[CONSONANTS] += consonants

    def _sounds_of(self, word: str) -> str:
        lower = f"|{word.lower()}|"
        for old, new in self.language.rewrites:
            if old in lower:  # few are, and looking costs half of replacing
                lower = lower.replace(old, new)
        said = lower.translate(self.sounds)
        if "A" not in said:
            return said
        if self.language.drops_schwa and said.count("A") + said.count("V") > 1:
            said = said.replace("A|", "|")
        return said.replace("AV", "V").replace("AH", "").replace("A", "V")


def _is_dotted(word: str) -> bool:
    """`U.S`, `p.n.e`: letters with dots between them."""
    return len(word) > 2 and "." in word and word[1::2].strip(".") == "" and word[::2].isalpha()
