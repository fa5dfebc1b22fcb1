"""Fits the weights of the estimator on measured speech and prints them with their cross-validated error.

`python tests/benchmarks/speech_fit.py MEASURED.json`, a list of {language, text, seconds}. Each language's weights
minimize the squared relative error and are none of them negative. `tests/test_speech.py` runs the same over the
shipped reader, where the environment variable VIDC_SPEECH_DATA names such a file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from vidc.speech.language import load
from vidc.speech.reader import LETTERS, MAJOR, MINOR, OTHER, TAIL, Reader
from vidc.speech.spoken import join_groups

Row = list[float]
Sample = tuple[str, float]

FOLDS = 5
PRIOR = {LETTERS: 150.0, MINOR: 220.0, MAJOR: 350.0, OTHER: 80.0}
"""In ms: what is rare in a language's texts leans towards what it is in the others."""

PRIOR_WEIGHT = 0.04


def main(path: str) -> None:
    errors = []
    for language, samples in sorted(read(path).items()):
        rows = rows_of(samples, language)
        folds = cross_validated(rows)
        error = mean(abs(ratio - 1) for ratio in folds)
        errors.append(error)
        inside = mean(load(language).low * ratio <= 1 <= load(language).high * ratio for ratio in folds)
        weights = ", ".join(str(round(weight * 1000)) for weight in fit(rows))
        print(f"{language}: ({weights}) on {len(rows)} texts, error {error:.1%}, within the bounds {inside:.1%}")
    print(f"mean error {mean(errors):.2%}")


def read(path: str) -> dict[str, list[Sample]]:
    """Texts and their milliseconds by language."""
    found: dict[str, list[Sample]] = {}
    for entry in json.loads(Path(path).read_text(encoding="utf-8")):
        found.setdefault(entry["language"], []).append((entry["text"], entry["seconds"] * 1000))
    return found


def rows_of(samples: list[Sample], language: str) -> list[Row]:
    """What is counted in each text, divided by its length: the weights should make each row's sum 1."""
    reader = Reader(load(language))
    return [[number / ms for number in counts(text, reader)] for text, ms in samples]


def counts(text: str, reader: Reader) -> list[int]:
    found = [0] * (TAIL + 1)
    for token in join_groups(text).split():
        for place, number in enumerate(reader.measure(token)):
            found[place] += number
    found[TAIL] = 1
    return found


def fit(rows: list[Row], steps: int = 3000) -> Row:
    """Non-negative least squares by coordinate descent, with the prior."""
    size = TAIL + 1
    square = [[sum(row[i] * row[j] for row in rows) for j in range(size)] for i in range(size)]
    target = [sum(row[i] for row in rows) for i in range(size)]
    for place, ms in PRIOR.items():
        square[place][place] += PRIOR_WEIGHT / ms**2
        target[place] += PRIOR_WEIGHT / ms
    weights = [50.0] * size
    for _ in range(steps):
        for i in range(size):
            rest = target[i] - sum(square[i][j] * weights[j] for j in range(size) if j != i)
            weights[i] = max(0.0, rest / square[i][i])
    return weights


def cross_validated(rows: list[Row]) -> list[float]:
    """Predicted by measured length of each text, by weights fitted without its fold."""
    found = []
    for fold in range(FOLDS):
        weights = fit([row for place, row in enumerate(rows) if place % FOLDS != fold])
        found += [sum(map(float.__mul__, row, weights)) for row in rows[fold::FOLDS]]
    return found


def mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


if __name__ == "__main__":
    main(sys.argv[1])
