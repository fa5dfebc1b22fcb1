"""table: rows as columns of a text."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from vidc.diag.cells import width, wrap
from vidc.diag.sink import brief

from .printing import columns

NARROWEST = 16
"""Cells of a last column below which folding it would make it a ribbon."""


def table(head: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> str:
    """Columns as wide as their longest cell. The last one is folded to fit a terminal; elsewhere it is as it is."""
    cells = [head, *([brief(cell) for cell in line] for line in lines)]
    rooms = [max(width(line[column]) for line in cells) for column in range(len(head) - 1)]
    before = sum(rooms) + 2 * len(rooms)
    room = columns(sys.stdout) - before if sys.stdout is not None and sys.stdout.isatty() else 0
    made = []
    for line in cells:
        lead = "".join(cell + " " * (taken - width(cell) + 2) for cell, taken in zip(line[:-1], rooms, strict=True))
        first, *rest = wrap(line[-1], room) if room >= NARROWEST else [line[-1]]
        made += [f"{lead}{first}", *(" " * before + each for each in rest)]
    return "".join(f"{line.rstrip()}\n" for line in made)
