"""Language: what the estimator knows of one language, and finding it by its name or by a speaker's id."""

from __future__ import annotations

from vidc.record import record

FITTED = frozenset(("de", "en", "es", "fr", "hi", "id", "it", "pl", "pt", "tr", "zh"))
"""Languages whose weights were fitted on measured speech, one module each in `languages/`."""

GENERIC = "und"
"""The code of the data for all languages of which nothing is known (BCP 47: undetermined)."""

LONGEST = 24
"""So many characters of a speaker's id hold its language, script and region, however long they are."""

ALIASES = {"cmn": "zh", "in": "id", "iw": "he", "hr": "sr", "bs": "sr"}
"""Other codes for, or standards of, the same spoken language."""


def listed(words: str) -> tuple[str, ...]:
    """The words of a line, as the languages write their numbers and months."""
    return tuple(words.split())


def paired(rewrites: str) -> tuple[tuple[str, str], ...]:
    """`ck:k th:h` as pairs, in the order in which they are applied."""
    return tuple((old, new) for old, _, new in [pair.partition(":") for pair in rewrites.split()])


@record
class Numbers:
    """How a language counts.

    `small`: 0 to 99, or as far as they are irregular; `tens` (20, 30, ... 90) and the template `unit` of `{ten}` and
    `{one}` build the rest. `hundreds`: 100 to 900, with `hundred_join` before what follows; `hundred`: 100 by itself
    where that differs. `scales`: (value, what is said for one of them, what is said after a larger count), the largest
    first.
    """

    small: tuple[str, ...]
    tens: tuple[str, ...] = ()
    unit: str = "{ten} {one}"
    hundreds: tuple[str, ...] = ()
    hundred_join: str = " "
    hundred: str = ""
    scales: tuple[tuple[int, str, str], ...] = ()


@record
class Signs:
    """What is said for what is not letters.

    `symbols`: by character. `point`: between a number and its fraction, which is written with `decimal`.
    `hour`: between hours and minutes. `ordinal`: ends the word for `1.` where a dot makes an ordinal. `months`: the
    twelve names. `abbreviations`: what is said for one, which ends in a dot without a pause. `century`: said between
    the halves of 1100 to 1999 where such years are read in two, for a round one and for any other. `year`: follows a
    year that is read digit by digit.
    """

    symbols: dict[str, str]
    point: str
    decimal: str = ","
    hour: str = ""
    ordinal: str = ""
    months: tuple[str, ...] = ()
    abbreviations: dict[str, str] = {}  # noqa: RUF012  # a record's default, never changed
    century: tuple[str, str] | None = None
    year: str = "\0"


@record
class Language:
    """One language.

    `weights`: microseconds for each thing that `reader` counts, in its order, and last the tail of an utterance. `low`,
    `high`: bounds of a length without calibration, as factors of the expected one. `source`: where the weights are
    from. `vowels`: its vowel letters without accents. `rewrites`: replacements in a small-letter word between bars
    (`|word|`) that bring spelling nearer to sound; a dot parts vowels that are two syllables. `ideograph`: the sounds
    of a Chinese character. `unspaced`: words are not parted by spaces.
    """

    code: str
    weights: tuple[int, ...]
    low: float
    high: float
    source: str
    vowels: str = "aeiouy"
    rewrites: tuple[tuple[str, str], ...] = ()
    numbers: Numbers | None = None
    signs: Signs | None = None
    spells_vowelless: bool = True
    drops_schwa: bool = False
    ideograph: str = "CV."
    unspaced: bool = False


_loaded: dict[str, Language] = {}


def primary(language: str) -> str:
    """The language alone: `pt` of `pt-BR` or `pt_BR`."""
    code = language.replace("_", "-").split("-", 1)[0].strip().lower()
    return ALIASES.get(code, code)


def known(language: str) -> bool:
    """Whether there are weights for this language itself, so that it needs no generic ones."""
    code = primary(language)
    if code in FITTED:
        return True
    from .rates import PUBLISHED

    return code in PUBLISHED


def code_of(language: str) -> str:
    """The code under which this language's data is kept: one for all that need generic ones."""
    return primary(language) if known(language) else GENERIC


def load(language: str) -> Language:
    """The language's data, generic where it is not known; only what is asked for is imported."""
    code = code_of(language)
    found = _loaded.get(code)
    if found is not None:
        return found
    if code in FITTED:
        # Not `importlib`, which takes as long to import as a language does.
        found = __import__(f"vidc.speech.languages.{code}", fromlist=("LANGUAGE",)).LANGUAGE
    else:
        found = _by_rate(code)
    return _loaded.setdefault(code, found)


def _by_rate(code: str) -> Language:
    """A language by its rate alone, or by that of all languages."""
    from .rates import rate_of

    rate = rate_of(code)
    return Language(
        code,
        rate.weights,
        rate.low,
        rate.high,
        rate.source,
        spells_vowelless=code not in ("sr", "sl", "ar", "he"),
        ideograph="CV.CV." if code == "ja" else "CV.",
        unspaced=code in ("ja", "th", "yue"),
    )


def language_of(speaker: str | None) -> str | None:
    """The language and region that a speaker's id begins with: `en-GB` of `en-GB-RyanNeural`; None for an opaque id."""
    parts = (speaker or "")[:LONGEST].replace("_", "-").split("-")
    code = parts[0]
    if not (2 <= len(code) <= 3 and code.isascii() and code.isalpha() and code.islower()):
        return None
    regions = [place for place, part in enumerate(parts[1:3], 1) if _is_region(part)]
    return "-".join(parts[: regions[0] + 1]) if regions and (regions[0] == 1 or _is_script(parts[1])) else None


def _is_region(part: str) -> bool:
    return part.isascii() and (
        (len(part) == 2 and part.isalpha() and part.isupper()) or (len(part) == 3 and part.isdigit())
    )


def _is_script(part: str) -> bool:
    return len(part) == 4 and part.isascii() and part.isalpha() and part.istitle()
