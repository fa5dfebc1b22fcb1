"""Speech: how long a text takes to say.

A text is read as words (`spoken` for numbers and signs), its sounds and pauses are counted (`reader`, `sounds`), and
each costs what the language's data says (`languages/`, `rates`). Measured texts of one speaker narrow the bounds.
"""

from __future__ import annotations

from collections.abc import Iterable

from vidc.ir.facts import Calibration

from .language import code_of, known, language_of
from .length import estimate, is_unspaced, progress, said_by, sentences

__all__ = [
    "calibrate",
    "code_of",
    "estimate",
    "is_unspaced",
    "known",
    "language_of",
    "progress",
    "said_by",
    "sentences",
]


def calibrate(samples: Iterable[tuple[str, str, int]]) -> Calibration | None:
    """What (text, language, measured ms) of one speaker say of its other texts; None for fewer than twenty."""
    from .calibration import calibrated

    return calibrated(samples)
