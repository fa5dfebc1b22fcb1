"""time: the clock and chance, in one place, so that a test can pass a month in a second."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime


class Clock:
    """The real one. `now` counts seconds from any start and never goes back; `wall` is seconds since 1970."""

    def now(self) -> float:
        return time.monotonic()

    def wall(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def chance(self) -> float:
        """A number from 0 up to 1."""
        return random.random()


def stamp(wall: float) -> str:
    """A time as it is written everywhere: UTC, ISO 8601, whole seconds."""
    return datetime.fromtimestamp(wall, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def backoff(attempt: int, chance: float, *, first: float = 0.5, most: float = 30.0) -> float:
    """Seconds to wait before attempt 1, 2, ...: anything up to a bound that doubles (full jitter)."""
    return chance * min(most, first * 2.0 ** min(attempt, 30))
