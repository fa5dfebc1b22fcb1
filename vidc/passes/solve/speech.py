"""speech: the words of a script that are not heard, at the expected rate."""

from __future__ import annotations

from vidc.ir.graph import TrackNode

SHOWN = 40
"""So many characters of what is lost are quoted."""


def lost_at_end(item: TrackNode, heard_ms: int) -> str:
    """The words that are not begun, or not ended, when so much of the speech was heard; empty where none are."""
    offset = _offset(item, heard_ms)
    return "" if offset is None or item.spoken is None else _quoted(item.spoken.text[offset:])


def lost_at_start(item: TrackNode, cut_ms: int) -> str:
    """The words that are said in the first so many ms."""
    offset = _offset(item, cut_ms)
    return "" if offset is None or item.spoken is None else _quoted(item.spoken.text[:offset])


def _offset(item: TrackNode, ms: int) -> int | None:
    """The character that is reached at a time, in a speech of the length that it is known to have."""
    spoken, medium = item.spoken, item.medium
    if spoken is None or medium is None or medium.expected <= 0:
        return None
    from vidc.speech import estimate, said_by

    text, language, calibration = spoken.text, spoken.language, spoken.calibration
    if medium.basis not in ("estimated", "calibrated"):
        ms = ms * estimate(text, language, calibration).expected // medium.expected
    return said_by(text, language, max(ms, 0), calibration)


def _quoted(text: str) -> str:
    """What is lost as one short line."""
    words = " ".join(text.split())
    if len(words) <= SHOWN:
        return words
    half = SHOWN // 2
    return f"{words[:half].rstrip()} … {words[-half:].lstrip()}"
