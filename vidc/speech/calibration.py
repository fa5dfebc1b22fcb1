"""Calibration: what some measured texts of a speaker say of its other texts."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, exp, log

from vidc.ir.facts import Calibration

from .length import estimate

FEWEST = 20
"""A 95 % interval needs 19 texts: the largest of their distances is passed by one in twenty."""

COVERAGE = 0.95


def calibrated(samples: Iterable[tuple[str, str, int]]) -> Calibration | None:
    """From (text, language, measured ms) of one speaker; None for fewer than twenty different texts.

    The scale is the geometric mean of measured by expected. The interval is a conformal one (Vovk et al., "Algorithmic
    Learning in a Random World", 2005), so it needs no assumption but that the next text is like these: how far each
    text is from the scale of the others, and of those distances the one that 95 % do not pass.
    """
    ratios = _log_ratios(samples)
    number = len(ratios)
    if number < FEWEST:
        return None
    mean = sum(ratios) / number
    distances = sorted(abs(ratio - mean) * number / (number - 1) for ratio in ratios)
    farthest = distances[min(ceil((number + 1) * COVERAGE), number) - 1]
    return Calibration(exp(mean), exp(-farthest), exp(farthest), number)


def _log_ratios(samples: Iterable[tuple[str, str, int]]) -> list[float]:
    """One for each text that says something; of a text measured twice the last."""
    measured = {(text, language): ms for text, language, ms in samples}
    expected = {key: estimate(*key).expected for key in measured}
    return [log(ms / expected[key]) for key, ms in measured.items() if ms > 0 and expected[key] > 0]
