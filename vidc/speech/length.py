"""Length: how long a text takes to say, and how much of it is said by a time."""

from __future__ import annotations

from vidc.clock import Length
from vidc.ir.facts import Calibration

from .language import Language, load
from .reader import LETTERS, LONGEST, MAJOR, MINOR, TAIL, WORDS, Reader
from .sounds import MAJOR_MARKS, OTHER_MARKS, Room
from .spoken import compiled, join_groups

SILENCE = Length(0, 0, 0, "exact")

REMEMBERED = Room(50_000)
"""Limit: of so many words with their marks the cost is remembered."""

FOLLOWED = 20_000
"""Limit: in a longer text, `said_by` finds the place by proportion and not word by word."""


class Costs(dict[str, int]):
    """Microseconds of each run of characters between spaces, with its pauses, found when it is first met."""

    __slots__ = ("language", "reader")

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.reader = Reader(language)

    def __missing__(self, token: str) -> int:
        cost = sum(map(int.__mul__, self.reader.measure(token), self.language.weights))
        if len(token) <= LONGEST and REMEMBERED.takes_one():
            self[token] = cost
        return cost

    def said(self, token: str) -> int:
        """Microseconds of the token without its pauses."""
        return sum(map(int.__mul__, self.reader.measure(token)[:MINOR], self.language.weights))

    def is_said(self, token: str) -> bool:
        counts = self.reader.measure(token)
        return counts[WORDS] + counts[LETTERS] > 0


_costs: dict[str, Costs] = {}


def _costs_of(language: str) -> Costs:
    found = _costs.get(language)
    if found is not None:
        return found
    data = load(language)
    found = _costs.setdefault(data.code, Costs(data))
    if len(_costs) < 1000:
        _costs[language] = found
    return found


def estimate(text: str, language: str, calibration: Calibration | None = None) -> Length:
    """How long a speaker of this language takes, in ms; 0 and exact where nothing is said.

    Every part of a text costs something or nothing, so more text never makes a length shorter.
    """
    costs = _costs_of(language)
    micros = _micros(text, costs)
    if not micros:
        return SILENCE
    if calibration is None:
        data = costs.language
        return _length(micros, data.low, data.high, "estimated")
    return _length(round(micros * calibration.scale), calibration.low, calibration.high, "calibrated")


def _length(micros: int, low: float, high: float, basis: str) -> Length:
    expected = (micros + 500) // 1000
    return Length(min(int(micros * low / 1000), expected), expected, max(-int(-micros * high // 1000), expected), basis)


def _micros(text: str, costs: Costs) -> int:
    """Of the whole text, with the pause that ends it whether or not it is written."""
    if compiled(r"\d[ \u00a0\u202f]\d{3}").search(text):
        text = join_groups(text)
    tokens = text.split()
    if not _is_said(text, tokens, costs):
        return 0
    weights = costs.language.weights
    micros = sum(map(costs.__getitem__, tokens)) + weights[TAIL]
    return micros if costs.reader.stops(tokens[-1]) else micros + weights[MAJOR]


def _is_said(text: str, tokens: list[str], costs: Costs) -> bool:
    """Nearly every text begins with a letter, which is the quick way to know."""
    return any(map(str.isalnum, text)) or any(map(costs.is_said, tokens))


def said_by(text: str, language: str, ms: int, calibration: Calibration | None = None) -> int:
    """The offset in `text` up to which it is said at the expected rate after `ms`, at the end of a word.

    All of it where nothing more is heard. In a language without spaces it is the end of a character.
    """
    if ms < 0:
        return 0
    whole = estimate(text, language, calibration).expected
    if ms >= whole:
        return len(text)
    if len(text) > FOLLOWED:
        place = len(text) * ms // whole
        if _costs_of(language).language.unspaced:
            return place
        return max(text.rfind(" ", 0, place), text.rfind("\n", 0, place), 0)
    return _followed(text, _costs_of(language), ms * 1000 / (calibration.scale if calibration else 1.0))


def _followed(text: str, costs: Costs, left: float) -> int:
    """The offset that is reached in so many microseconds."""
    reached = 0
    for match in compiled(r"\S+").finditer(text):
        token = match[0]
        cost = costs[token]
        # Only what does not fit with its pauses is asked whether it fits without them.
        if cost > left and (said := costs.said(token)) > left:
            part = _part(token, left / said) if costs.language.unspaced else 0
            return match.start() + part if part else reached
        reached = match.end()
        left = max(0.0, left - cost)
    return len(text)


def _part(token: str, share: float) -> int:
    """Where a share of the characters ends, not inside a Latin word or a number."""
    place = min(int(len(token) * share), len(token) - 1)
    while place and token[place - 1 : place + 1].isascii() and token[place - 1 : place + 1].isalnum():
        place -= 1
    return place


def progress(text: str, language: str, offsets: list[int]) -> list[float]:
    """The share of a text's time, 0 to 1, after which each of some offsets is reached; offsets ascend.

    Inside a word it grows with the characters. Where nothing is said, it is 0 throughout.
    """
    costs = _costs_of(language)
    tokens = [(match.start(), match.end(), costs[match[0]]) for match in compiled(r"\S+").finditer(text)]
    whole = sum(cost for _, _, cost in tokens) + costs.language.weights[TAIL]
    shares: list[float] = []
    index, spent = 0, 0
    for offset in offsets:
        while index < len(tokens) and tokens[index][1] <= offset:
            spent += tokens[index][2]
            index += 1
        inside = 0.0
        if index < len(tokens) and tokens[index][0] < offset:
            start, end, cost = tokens[index]
            inside = cost * (offset - start) / (end - start)
        shares.append((spent + inside) / whole if tokens else 0.0)
    return shares


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends in a text; a dot of an abbreviation ends none, an empty line ends one."""
    costs = _costs_of(language)
    found: list[tuple[int, int]] = []
    start: int | None = None
    end = 0
    pattern = _PIECE if costs.language.unspaced else r"\S+"
    for match in compiled(pattern).finditer(text):
        if start is not None and "\n\n" in text[end : match.start()]:
            found.append((start, end))
            start = None
        start, end = (match.start() if start is None else start), match.end()
        if costs.reader.stops(match[0]) and not compiled(_INITIAL).fullmatch(match[0]):
            found.append((start, end))
            start = None
    return found if start is None else [*found, (start, end)]


_PIECE = rf"(?:[^\s{MAJOR_MARKS}]|(?<=\d)\.(?=\d))*[{MAJOR_MARKS}]*[{OTHER_MARKS}）】》]*(?<!^)(?<=\S)"
"""A run up to the end of a sentence, in a language that has no spaces."""


_INITIAL = r"[\"'“„«(\[]*[^\W\d_]\."
"""One letter and a dot, as in `z. B.`, `p. ej.`, `J. Smith`: seldom the end of a sentence."""


def is_unspaced(language: str) -> bool:
    """Whether words are written without spaces between them."""
    return _costs_of(language).language.unspaced
