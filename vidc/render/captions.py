"""captions: what is said, written below as it is heard, the word of the moment lit."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from vidc.record import record

from .drawing_shapes import filled, rounded
from .picture import Picture, over
from .stage import Layer, Material, StagedTrack, Word
from .text.block import Block, set_text
from .text.paint import mask
from .text.style import Rgba, Style
from .turn import Turn

_SIZE = 0.042
"""The letters, as a part of the video's shorter side."""

_WIDEST = 0.74
"""The text of a line, as a part of the video's width."""

_PAUSE_MS = 700
"""After a longer silence a new line begins."""

_STAY_MS = 350
"""How long a line stays after its last word, where nothing follows."""

_GROUND: Rgba = (16, 20, 28, 190)
_INK: Rgba = (255, 255, 255, 255)
_LIT: Rgba = (255, 211, 77, 255)
_ENDS = ".!?…。！？؟।"


@record
class Line:
    """Words that stand on one line together: where each begins in its text, and when each is heard."""

    text: str
    words: list[Word]
    places: list[int]


def captions(speeches: list[tuple[int, int, Material]], width: int, height: int) -> list[StagedTrack]:
    """The captions of a scene: a track for each that speaks, those that speak at once above each other.

    Each speech is (when its medium begins, until when it is heard, what it is), in ms of the scene.
    """
    made: list[StagedTrack] = []
    heard: list[tuple[int, int]] = []
    for begin, end, material in speeches:
        assert material.speech is not None
        words = [Word(word.start + begin, word.end + begin, word.text) for word in material.speech.words]
        words = [word for word in words if word.text.strip() and 0 <= word.start < end]
        if not words:
            continue
        row = sum(first < words[-1].end and words[0].start < last for first, last in heard)
        heard.append((words[0].start, words[-1].end))
        made.append(_track(words, end, row, width, height))
    return made


def _track(words: list[Word], end: int, row: int, width: int, height: int) -> StagedTrack:
    lines = lines_of(words, min(width, height) * _SIZE, width * _WIDEST)
    starts = [line.words[0].start for line in lines]
    last = min(words[-1].end + _STAY_MS, end)

    def draw(t: int) -> list[Layer]:
        at = bisect_right(starts, t) - 1
        line = lines[at]
        if t >= line.words[-1].end + _STAY_MS:
            return []
        lit = bisect_right([word.start for word in line.words], t) - 1
        picture = _picture(line.text, *_span(line, lit), min(width, height) * _SIZE, width)
        x, y = (width - picture.width) // 2, round(height * 0.955) - picture.height
        return [Layer(picture, x, y - row * round(picture.height * 1.15))]

    return StagedTrack(starts[0], max(last, starts[0] + 1), draw)


def lines_of(words: list[Word], size: float, widest: float) -> list[Line]:
    """The words in lines no wider than `widest`: a new one after a sentence and after a pause. A sentence of several
    lines is divided into equal ones, so that no word stands alone."""
    made: list[Line] = []
    for sentence in _sentences(words):
        least = len(_filled(sentence, widest, size))
        limit = sum(_advance(word.text.strip(), size) for word in sentence) / least
        lines = _filled(sentence, limit, size)
        while len(lines) > least:
            limit = min(limit * 1.04, widest)
            lines = _filled(sentence, limit, size)
        made += lines
    return made


def _sentences(words: list[Word]) -> list[list[Word]]:
    made: list[list[Word]] = []
    for word in words:
        if made and _goes_on(made[-1][-1], word):
            made[-1].append(word)
        else:
            made.append([word])
    return made


def _filled(words: list[Word], widest: float, size: float) -> list[Line]:
    made: list[Line] = []
    wide = 0.0
    for word in words:
        text = word.text.strip()
        wide += _advance(text, size)
        if made and wide <= widest:
            line = made[-1]
            made[-1] = Line(f"{line.text} {text}", [*line.words, word], [*line.places, len(line.text) + 1])
        else:
            made.append(Line(text, [word], [0]))
            wide = _advance(text, size)
    return made


def _goes_on(before: Word, word: Word) -> bool:
    return word.start - before.end < _PAUSE_MS and before.text.rstrip("\"'”’)» ")[-1:] not in _ENDS


def _span(line: Line, lit: int) -> tuple[int, int]:
    start = line.places[lit]
    return start, start + len(line.words[lit].text.strip())


@lru_cache(maxsize=2048)
def _width(text: str, size: float) -> float:
    return _set(text, size).width


def _advance(text: str, size: float) -> float:
    """The width of a word and of the blank after it."""
    return _width(text, size) + _width("x x", size) - _width("xx", size)


def _set(text: str, size: float) -> Block:
    return set_text(text, Style(size=size, bold=True, align="left", rise="top"), 1_000_000, size * 1.2, 1080)


@lru_cache(maxsize=64)
def _picture(text: str, start: int, end: int, size: float, width: int) -> Picture:
    """A line on its ground, the characters from `start` to before `end` lit."""
    block = _set(text, size)
    pad_x, pad_y = size * 0.55, size * 0.22
    wide = min(round(block.width + 2 * pad_x), width)
    high = round(size * 1.2 + 2 * pad_y)
    ground = rounded(wide, high, size * 0.32, _GROUND)
    place = Turn((wide - block.width) / 2, pad_y, block.width, size * 1.2)
    for inside, color in ((range(start), _INK), (range(start, end), _LIT), (range(end, len(text)), _INK)):
        ink, x, y = mask(block, place, inside)
        over(ground, filled(ink, color), x, y)
    return Picture(ground)
