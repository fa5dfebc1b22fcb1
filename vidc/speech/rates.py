"""Rates: languages of which only a published speech rate is known, and one for all the others.

`PUBLISHED` gives syllables per second or characters per minute, both of texts read aloud:

- syllables per second: Coupé, Oh, Dediu, Pellegrino, "Different languages, similar encoding efficiency", Science
  Advances 5(9), 2019, eaaw2594: the mean of each language's ten speakers, in the data published with it (pauses over
  150 ms left out). Their fastest and slowest speakers stand at 0.78 and 1.29 of their language's mean length.
- characters per minute: Trauzettel-Klosinski, Dietz, "Standardized Assessment of Reading Performance", Investigative
  Ophthalmology & Visual Science 53(9), 2012, 5452-5461, pauses and spaces included.

Taken for fitted languages in place of their own weights, either misses measured speech by 9 % on average and its bounds
hold 99.9 % of it (six and eight languages; Chinese, of which the synthesizer makes 1.9 times what its speakers need, is
left out), and the generic one misses it by 14 % and holds 98.6 % (all eleven).
"""

from __future__ import annotations

from vidc.record import record

PUBLISHED: dict[str, tuple[str, float]] = {
    "ca": ("syllables", 7.07),
    "eu": ("syllables", 7.54),
    "fi": ("syllables", 7.17),
    "hu": ("syllables", 5.87),
    "ja": ("syllables", 8.03),
    "ko": ("syllables", 7.12),
    "sr": ("syllables", 7.15),
    "th": ("syllables", 4.70),
    "vi": ("syllables", 5.30),
    "yue": ("syllables", 5.57),
    "ar": ("characters", 612),
    "he": ("characters", 833),
    "nl": ("characters", 978),
    "ru": ("characters", 986),
    "sl": ("characters", 885),
    "sv": ("characters", 917),
}

MEAN_RATE = 6.62
"""Syllables per second, the mean of the seventeen languages of Coupé et al."""

SLOWER = 1.12
"""Synthesized speech of the fitted languages takes this much longer per syllable than those rates, in the median."""

WITHOUT_PAUSES = 0.91
"""Of the time per character, the share that is not pauses, which are counted apart: the median likewise."""

PAUSES = (220_000, 350_000, 80_000, 10_000)
"""Microseconds of a minor and a major pause, another mark and the tail: the medians of the fitted languages."""

LETTER = 150_000
"""Microseconds of a spelled letter, likewise."""


@record
class Rate:
    """The weights and bounds that a `Language` has, and where they are from."""

    weights: tuple[int, ...]
    low: float
    high: float
    source: str


def rate_of(code: str) -> Rate:
    """The language's published rate, or the generic one."""
    unit, rate = PUBLISHED.get(code, ("generic", MEAN_RATE))
    if unit == "characters":
        each = round(60_000_000 / rate * WITHOUT_PAUSES)
        return Rate((each, each, each, LETTER, *PAUSES), 0.60, 1.65, "published")
    weights = (round(1_000_000 / rate * SLOWER), 0, 0, LETTER, *PAUSES)
    if unit == "syllables":
        return Rate(weights, 0.60, 1.65, "published")
    return Rate(weights, 0.50, 2.00, "the mean of seventeen languages")
