"""Sounds: each character of a word as the vowels, consonants and pauses that it stands for."""

from __future__ import annotations

from .language import Language

MAJOR_MARKS = ".!?…:;。！？：；।॥؟؛۔"
MINOR_MARKS = ",()[]{}–—，、（）【】《》،"
OTHER_MARKS = '"“”„«»‘‚‹›「」『』'
APOSTROPHES = "'’ʼ"
SYMBOLS = "%％$€£¥￥₹₺&+=@°℃"
"""Signs that are said also where a language has no word for them here."""

VOWELS = "œæøıəαεηιουωάέήίόύώϊϋΐΰаеёиоуыэюяіїєაეიოუաեէըիոօاويى"
"""Vowel letters of Latin that have no plain form, and of the scripts that have letters for vowels."""

MERGED_KANA = "ゃゅょャュョァィゥェォぁぃぅぇぉ"
BARE_KANA = "あいうえおアイウエオんンっッー"


class Room:
    """How much more is remembered, in all languages together."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left

    def takes_one(self) -> bool:
        self.left -= 1
        return self.left >= 0


CHARACTERS = Room(20_000)
"""Limit: so many characters are remembered, more than the texts of several languages have."""


class Sounds(dict[int, str]):
    """A table for `str.translate`, filled as characters are met.

    `V` a vowel, `C` a consonant, `A` the vowel that an Indic consonant carries unless another sign follows, `H` the
    sign that silences it, `.` a border between syllables, `|` a border of words, `m` and `p` a minor and a major pause,
    `o` another mark.
    """

    __slots__ = ("language",)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, point: int) -> str:
        sound = sound_of(chr(point), self.language)
        if CHARACTERS.takes_one():
            self[point] = sound
        return sound


def sound_of(character: str, language: Language) -> str:
    if character in "|.":
        return character
    for marks, sound in ((MAJOR_MARKS, "p."), (MINOR_MARKS, "m."), (OTHER_MARKS, "o."), (SYMBOLS, "CV.CV.")):
        if character in marks:
            return sound
    script = _of_script(ord(character), character, language)
    if script is not None:
        return script
    if character.isnumeric():
        return "CV.CV."
    if not character.isalpha():
        return ""
    return "V" if character in VOWELS or _plain(character) in language.vowels else "C"


def _plain(letter: str) -> str:
    """The letter without its accents."""
    if letter < "\x80":
        return letter
    from unicodedata import normalize

    return normalize("NFD", letter)[0]


def _of_script(point: int, character: str, language: Language) -> str | None:
    """Of the scripts whose characters are syllables or parts of them; None for an alphabet."""
    if 0x0900 <= point < 0x0D80 and not character.isnumeric():
        return _indic(point & 0x7F)
    if 0x3041 <= point <= 0x30FF:
        return _kana(character)
    if 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x323AF:
        return language.ideograph
    if 0xAC00 <= point <= 0xD7A3:
        return "CV."
    return "V" if 0x0E30 <= point <= 0x0E44 and point != 0x0E3F else None


def _indic(place: int) -> str:
    """By the place in one of the blocks of 128 that are laid out alike, from Devanagari to Malayalam."""
    if 0x05 <= place <= 0x14 or place in (0x60, 0x61):
        return ".V"
    if 0x15 <= place <= 0x39 or 0x58 <= place <= 0x5F:
        return "CA"
    if 0x3E <= place <= 0x4C or place in (0x62, 0x63):
        return "V"
    if place == 0x4D:
        return "H"
    return "C" if 0x01 <= place <= 0x03 else ""


def _kana(character: str) -> str:
    """One mora each, but for the small ones that merge with the one before."""
    if character in MERGED_KANA or not character.isalpha():
        return ""
    return "V." if character in BARE_KANA else "CV."
