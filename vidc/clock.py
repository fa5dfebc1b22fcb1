"""Times in whole milliseconds: lengths with bounds, reading "1.5s", and showing "1.5 s"."""

from __future__ import annotations

from re import fullmatch

from .record import record

INF = float("inf")
"""The upper bound of a length of which nothing is known."""

MAX_MS = 24 * 60 * 60 * 1000
"""Limit: a time in a spec is at most a day. The service's videos end far below."""

BASES = ("exact", "measured", "stated", "calibrated", "estimated")
"""What a length rests on, the surest first."""


@record
class Length:
    """A length in ms that lies in `[low, high]`, `high` being `INF` where it is unbounded, and what it rests on."""

    low: int
    expected: int
    high: int | float
    basis: str = "exact"


def exact(ms: int) -> Length:
    return Length(ms, ms, ms, "exact")


def weakest(bases: list[str]) -> str:
    """The least sure of these bases; `exact` for none."""
    return max(bases, key=BASES.index, default="exact")


_PARTS = r"(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)(?:\.(\d+))?s)?(?:(\d+)ms)?"


def read_time(text: str) -> int | None:
    """Whole milliseconds of `500ms`, `2s`, `2.5s`, `1m30s`, `1h`; None where the text is no such time.

    A fraction finer than a millisecond is no time: nothing is rounded.
    """
    if not text or len(text) >= 40 or not text.isascii():
        return None
    if text.endswith("ms") and text[:-2].isdecimal():
        return int(text[:-2])
    if text.endswith("s") and text[:-1].isdecimal():
        return int(text[:-1]) * 1000
    match = fullmatch(_PARTS, text)
    if match is None:
        return None
    hours, minutes, seconds, fraction, millis = match.groups()
    fraction = (fraction or "").rstrip("0")
    if len(fraction) > 3:
        return None
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return whole * 1000 + int(fraction.ljust(3, "0")) + int(millis or 0)


def with_unit(ms: int) -> str:
    """The shortest that an author would write: `250ms`, `2s`, `1.5s`, `1m30s`."""
    minutes, rest = divmod(ms, 60_000)
    seconds = f"{rest // 1000}.{rest % 1000:03d}".rstrip("0").rstrip(".")
    if minutes:
        return f"{minutes}m" + (f"{seconds}s" if rest else "")
    return f"{seconds}s" if ms >= 1000 or not ms else f"{ms}ms"


def roughly(ms: int | float) -> int | float:
    """A time that is only estimated, to a tenth of a second from one second on, to a hundredth below."""
    if ms == INF:
        return ms
    step = 100 if abs(ms) >= 1000 else 10
    return int(ms + step / 2) // step * step if abs(ms) >= 10 else ms


def show(ms: int | float) -> str:
    """Seconds as a person reads them: `0.25 s`, `3.0 s`, `1 min 30.0 s`, `unbounded`."""
    if ms == INF:
        return "unbounded"
    sign, ms = ("-", -int(ms)) if ms < 0 else ("", int(ms))
    minutes, rest = divmod(ms, 60_000)
    seconds = f"{rest / 1000:.3f}".rstrip("0")
    seconds += "0" if seconds.endswith(".") else ""
    return f"{sign}{minutes} min {seconds} s" if minutes else f"{sign}{seconds} s"
