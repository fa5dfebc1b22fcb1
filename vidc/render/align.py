"""align: when a recording says what a synthesizer says too, and the shapes of the mouth for it.

Both readings are seen as mel-frequency cepstra (Davis and Mermelstein, 1980), ten milliseconds a step, and dynamic time
warping (Sakoe and Chiba, 1978) finds which step of one is which of the other. A recording of which the words are not
known moves the lips by its loudness and its colour alone.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .media import Media
from .media_sound import mono
from .mouth import Change, merged
from .voice import Speech
from .voice_words import Word

RATE = 16_000
STEP_MS = 10
MOST_CELLS = 9_000_000
"""Limit: a longer recording is seen in longer steps, so that aligning takes at most 40 MB."""

BLOCK = STEP_MS * RATE // 1000
SHORTEST_PAUSE_MS = 120
EDGE_MS = 20
"""So far from a pause a time counts as in it."""

LONGEST_MS = 600_000
"""Limit: the lips of a recording rest after ten minutes."""

_WINDOW = 400
_BANDS, _KEPT = 26, 13

Samples = npt.NDArray[np.float32]
Table = npt.NDArray[np.float64]


def read_lips(media: Media, speech: Speech | None = None) -> Speech:
    """A recording as speech: with the words of `speech` where that says the same text. Raises CannotDecode."""
    heard = mono(media, RATE, LONGEST_MS)
    if speech is None or not speech.words:
        return Speech("", np.zeros(0, np.int16), RATE, media.ms, (), lips(heard, media.ms))
    words, mouths = aligned(heard, media.ms, speech)
    return Speech(speech.text, np.zeros(0, np.int16), RATE, media.ms, words, mouths, language=speech.language)


def aligned(heard: Samples, ms: int, speech: Speech) -> tuple[tuple[Word, ...], tuple[Change, ...]]:
    """The words and the shapes of a reading, at the times at which a recording (mono, RATE, `ms` long) has them."""
    from .media_sound import at_rate

    said = at_rate(speech.samples, speech.rate, RATE)
    step_ms = STEP_MS
    while len(heard) * len(said) // (step_ms * RATE // 1000) ** 2 > MOST_CELLS:
        step_ms *= 2
    (first, last), (own_first, own_last) = spoken_part(heard), spoken_part(said)
    ours, theirs = features(said[own_first:own_last], step_ms), features(heard[first:last], step_ms)
    steps = warp(ours, theirs) * step_ms + first * 1000 / RATE
    own = np.arange(len(steps)) * step_ms + own_first * 1000 / RATE
    pauses = quiet(heard)

    def when(at: int, *, begins: bool) -> int:
        """A time of ours in the recording: what begins in a pause begins behind it, what ends in one before it."""
        found = min(max(round(float(np.interp(at, own, steps))), 0), ms)
        pause = next((pause for pause in pauses if pause[0] - EDGE_MS <= found < pause[1] + EDGE_MS), (found, found))
        return min(pause[1] if begins else pause[0], ms)

    words = tuple(
        Word(word.text, word.first, word.last, start, max(start, when(word.end, begins=False)))
        for word in speech.words
        for start in (when(word.start, begins=True),)
    )
    mouths = [(when(at, begins=shape != "rest"), shape) for at, shape in speech.mouths]
    return words, merged(_with_rests(mouths, pauses), ms)


def _with_rests(mouths: list[Change], pauses: list[tuple[int, int]]) -> list[Change]:
    """The shapes with the pauses of the recording, which the reading need not have had."""
    found = [change for change in mouths if not any(first <= change[0] < last for first, last in pauses)]
    return sorted([*found, *((first, "rest") for first, _ in pauses)], key=lambda change: change[0])


def quiet(samples: Samples) -> list[tuple[int, int]]:
    """The pauses of a recording, in ms: far below its loud parts, and not far above its noise."""
    blocks = samples[: len(samples) // BLOCK * BLOCK].astype(np.float64).reshape(-1, BLOCK)
    level = np.sqrt(np.square(blocks).mean(axis=1)) if len(blocks) else np.zeros(0)
    if not len(level):
        return []
    loud, noise = float(np.percentile(level, 95)), float(np.percentile(level, 2))
    still = np.concatenate(([False], level < min(max(0.03 * loud, 2 * noise), 0.3 * loud) + 1e-6, [False]))
    edges = np.flatnonzero(still[1:] != still[:-1]).reshape(-1, 2) * STEP_MS
    return [(int(first), int(last)) for first, last in edges if last - first >= SHORTEST_PAUSE_MS]


def spoken_part(samples: Samples) -> tuple[int, int]:
    """From the first sample that is not silence to behind the last."""
    first, last = 0, len(samples)
    for begin, end in quiet(samples):
        first = end * RATE // 1000 if begin == 0 else first
        last = begin * RATE // 1000 if end * RATE // 1000 > len(samples) - BLOCK else last
    return (first, last) if first < last else (0, len(samples))


def spectra(samples: Samples, step_ms: int) -> Table:
    """The power of each frequency up to RATE / 2, step after step: (steps, 257)."""
    step = step_ms * RATE // 1000
    steps = max(1, len(samples) // step)
    padded = np.zeros(steps * step + _WINDOW, np.float64)
    padded[: len(samples)] = samples[: len(padded)]
    pieces = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::step][:steps]
    return np.square(np.abs(np.fft.rfft(pieces * np.hanning(_WINDOW), 512, axis=1)))


def features(samples: Samples, step_ms: int) -> Table:
    """Cepstra and how they change, each with mean 0 and deviation 1, so that neither voice nor level matters."""
    bands = np.log(spectra(samples, step_ms) @ _filters().T + 1e-8)
    turns = np.outer(np.arange(_KEPT), (np.arange(_BANDS) + 0.5) * np.pi / _BANDS)
    cepstra = bands @ np.cos(turns).T
    cepstra = (cepstra - cepstra.mean(axis=0)) / (cepstra.std(axis=0) + 1e-6)
    slopes = np.gradient(cepstra, axis=0) if len(cepstra) > 1 else np.zeros_like(cepstra)
    return np.hstack([cepstra, slopes / (slopes.std(axis=0) + 1e-6)])


@lru_cache(maxsize=1)
def _filters() -> Table:
    """Triangles that are evenly spaced on the mel scale: (bands, 257)."""
    edges = np.linspace(0, 2595 * np.log10(1 + RATE / 2 / 700), _BANDS + 2)
    places = (700 * (10 ** (edges / 2595) - 1)) * 512 / RATE
    bins = np.arange(257)
    low, middle, high = places[:-2, None], places[1:-1, None], places[2:, None]
    rising, falling = (bins - low) / (middle - low), (high - bins) / (high - middle)
    return np.maximum(0.0, np.minimum(rising, falling))


def warp(ours: Table, theirs: Table) -> Table:
    """For each step of one reading, which step of the other it is, never going back; a mean where it is several.

    Each row of the sums is found at once: going along a row costs the row's own running sum, so the cheapest way into
    a cell is the least, over the cells before it, of the way into those less that sum.
    """
    squares = np.square(ours).sum(axis=1)[:, None] + np.square(theirs).sum(axis=1)[None, :]
    costs = np.sqrt(np.maximum(squares - 2 * (ours @ theirs.T), 0.0))
    sums = np.empty(costs.shape, np.float32)
    above = np.full(costs.shape[1] + 1, np.inf)
    above[0] = 0.0
    for row, cost in enumerate(costs):
        running = np.concatenate(([0.0], np.cumsum(cost)))
        into = np.minimum(above[1:], above[:-1])
        ways = running[1:] + np.minimum.accumulate(into - running[:-1])
        sums[row] = ways
        above = np.concatenate(([np.inf], ways))
    return _path(sums)


def _path(sums: npt.NDArray[np.float32]) -> Table:
    """Back from the end by the cheapest neighbour; the middle of the columns that each row met."""
    row, column = sums.shape[0] - 1, sums.shape[1] - 1
    first = np.zeros(sums.shape[0], np.int64)
    last = np.zeros(sums.shape[0], np.int64)
    last[row] = column
    while row > 0 or column > 0:
        back = sums[row - 1, column - 1] if row and column else np.inf
        up = sums[row - 1, column] if row else np.inf
        left = sums[row, column - 1] if column else np.inf
        if left < back and left < up:
            column -= 1
            continue
        first[row] = column
        row -= 1
        column -= int(back <= up)
        last[row] = column
    return (first + last) / 2


def lips(heard: Samples, ms: int) -> tuple[Change, ...]:
    """Shapes by sound alone: hissing parts the teeth, dark sounds round the lips, and loud ones open the mouth."""
    power = spectra(heard, 2 * STEP_MS)
    hertz = np.arange(257) * RATE / 512
    total = power.sum(axis=1) + 1e-9
    level = np.sqrt(total)
    loud = level / (np.percentile(level, 95) + 1e-9)
    hiss = power[:, hertz > 3500].sum(axis=1) / total
    bright = power[:, (hertz > 1700) & (hertz < 3500)].sum(axis=1) / total
    dark = power[:, hertz < 450].sum(axis=1) / total
    shapes = np.select(
        [loud < 0.05, hiss > 0.5, loud < 0.15, dark > 0.85, dark > 0.6, bright > 0.25, loud > 0.5],
        ["rest", "narrow", "closed", "pucker", "round", "wide", "open"],
        "small",
    )
    return merged([(place * 2 * STEP_MS, str(shape)) for place, shape in enumerate(shapes)], ms)
