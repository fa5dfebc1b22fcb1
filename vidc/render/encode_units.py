"""encode_units: the units that H.264 is made of; those that only tell of the encoder are left out."""

from __future__ import annotations

from re import compile as pattern

_NOTE = 6
"""Supplemental enhancement information (ITU-T H.264, 7.4.1): here the encoder's name, version and settings."""

_START = pattern(rb"\x00?\x00\x00\x01")


def without_notes(data: bytes) -> bytes:
    """The units of a frame, each behind a start code, without notes."""
    starts = list(_START.finditer(data[:64]))
    if not starts or not any(data[one.end()] & 31 == _NOTE for one in starts if one.end() < len(data)):
        return data
    starts = list(_START.finditer(data))
    ends = [one.start() for one in starts[1:]] + [len(data)]
    units = [(data[one.end()] & 31, data[one.start() : end]) for one, end in zip(starts, ends, strict=True)]
    return b"".join(unit for kind, unit in units if kind != _NOTE)
