"""render_bar: how far a film is, on one line of a terminal; nothing where there is none."""

from __future__ import annotations

import sys
from time import monotonic

from vidc.diag.sink import clean
from vidc.render.encode import FPS
from vidc.render.film import Progress

from .printing import columns

_EVERY = 0.1
"""Seconds between two looks of the bar."""

_SLOTS = 24
_LONGEST = 24


class Bar:
    """Shows progress on standard error while it is a terminal."""

    def __init__(self) -> None:
        self.shows = sys.stderr is not None and sys.stderr.isatty()
        self.began = monotonic()
        self.told_at = 0.0

    def __call__(self, progress: Progress) -> None:
        now = monotonic()
        if self.shows and (now - self.told_at > _EVERY or progress.done == progress.frames):
            self.told_at = now
            text = line(progress, now - self.began)
            print("\r" + text[: columns(sys.stderr) - 1] + "\x1b[K", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Leave the line empty."""
        if self.shows and self.told_at:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def line(progress: Progress, seconds: float) -> str:
    """The bar: how much is done, how much faster than it plays, what is left, and the scene."""
    part = progress.done / max(progress.frames, 1)
    full = round(part * _SLOTS)
    name = clean(progress.label)
    name = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
    said = f"{'█' * full}{'░' * (_SLOTS - full)} {part:4.0%}"
    if progress.made and seconds > 0.5:
        pace = progress.made / seconds
        left = round((progress.frames - progress.done) / pace)
        said += f"  {pace / FPS:.1f}x  {left // 60}:{left % 60:02d} left"
    return f"{said}  {name}"
