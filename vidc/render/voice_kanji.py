"""voice_kanji: Chinese characters in Japanese, which eSpeak NG cannot read, as syllables that take as long.

It would say of each that it is a Chinese character, at five times the length of its reading, and the film's times would
be of no use. The syllables are not the reading; the voice's note says that it is hard to understand.
"""

from __future__ import annotations

_SYLLABLES = "かきくけこさしすせそたちとなにのはひふへほまみめもらりるれろ"
_SECOND = "んいうくきつち"
_FIRST_KANJI, _LAST_KANJI = 0x3400, 0x9FFF


def syllables(text: str) -> tuple[str, list[int]]:
    """The text with two syllables for each Chinese character, the mean of their readings, and of each of its
    characters the offset in the text as it was."""
    made: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        said = character
        if _FIRST_KANJI <= ord(character) <= _LAST_KANJI:
            said = _SYLLABLES[ord(character) % len(_SYLLABLES)] + _SECOND[ord(character) % len(_SECOND)]
        made.append(said)
        offsets += [offset] * len(said)
    return "".join(made), offsets
