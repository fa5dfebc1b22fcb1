"""film_sound: a hash of all that is heard, known before any of it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from hashlib import blake2b

from .sound import Clip, Soundtrack
from .voice import Speech

MIXED = "1"
"""Changes whenever the same clips would be mixed otherwise."""


def sound_key(soundtrack: Soundtrack, scenes: Iterable[int]) -> str:
    """A hash of what is heard in these scenes."""
    parts: list[object] = [MIXED, soundtrack.ducking.times, soundtrack.ducking.depths]
    for number in scenes:
        scene = soundtrack.scenes[number]
        parts.append((scene.start, scene.duration, [_clip(clip) for clip in scene.clips]))
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _clip(clip: Clip) -> tuple[object, ...]:
    source = clip.source
    if isinstance(source, Speech):
        key = blake2b(source.samples.tobytes(), digest_size=16).hexdigest() + f" {source.rate}"
    else:
        key = source.key
    return key, *(getattr(clip, one.name) for one in fields(clip) if one.name != "source")
