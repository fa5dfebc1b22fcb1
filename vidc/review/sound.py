"""sound: what is said, in the voices of this machine, as WAV; a page plays it.

Eight bits a sample (G.711's µ-law), which every browser plays and which is half as large as sixteen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from struct import pack

from vidc.compile import Compiled

_Role = tuple[str, str, str, str]


def is_there() -> bool:
    """Whether this machine has voices."""
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in ("espeakng_loader", "numpy"))


class Voices:
    """The sound of speeches, each made once and kept as long as the spec says it."""

    def __init__(self) -> None:
        self.known: dict[_Role, bytes | None] = {}

    def ready(self, made: Compiled) -> dict[str, bytes]:
        """What is made already, by the path of its track."""
        found = ((path, self.known.get(role)) for path, role in _roles(made))
        return {path: wav for path, wav in found if wav is not None}

    def has_all(self, made: Compiled) -> bool:
        """Whether nothing is left to be made."""
        return all(role in self.known for _, role in _roles(made))

    def make(self, made: Compiled, is_wanted: Callable[[], bool] = lambda: True) -> bool:
        """Make what is not, as long as that is wanted; whether there is anything new."""
        roles = list(dict.fromkeys(role for _, role in _roles(made)))
        fresh = [role for role in roles if role not in self.known]
        for role in fresh:
            if not is_wanted():
                return False
            self.known[role] = _wav(*role)
        self.known = {role: self.known[role] for role in roles}
        return bool(fresh)


def _roles(made: Compiled) -> list[tuple[str, _Role]]:
    """Of each speaking track its path, and the text and who says it how."""
    if made.graph is None:
        return []
    from vidc.render.measure_cast import Cast

    cast = Cast(made.graph)
    return [
        (node.track.path, (node.spoken.text, *cast.role(node)))
        for node in cast.spoken()
        if node.spoken is not None and node.spoken.text.strip()
    ]


def _wav(text: str, language: str, speaker: str, actor: str) -> bytes | None:
    from vidc.render.voice import CannotSpeak, speak

    try:
        speech = speak(text, language, speaker, actor)
    except CannotSpeak:
        return None
    return wav(speech.samples.tobytes(), speech.rate)


def wav(samples: bytes, rate: int) -> bytes:
    """A WAV of samples of 16 bits, mono, in this machine's byte order."""
    table = _table()
    content = bytes(map(table.__getitem__, memoryview(samples).cast("H")))
    size = len(content)
    fmt = pack("<4sIHHIIHHH", b"fmt ", 18, 7, 1, rate, rate, 1, 8, 0)
    fact = pack("<4sII", b"fact", 4, size)
    padded = content + b"\xff" * (size % 2)
    body = b"WAVE" + fmt + fact + pack("<4sI", b"data", size) + padded
    return pack("<4sI", b"RIFF", len(body)) + body


@lru_cache(maxsize=1)
def _table() -> bytes:
    """The byte of each sample, which is taken as a number without a sign."""
    return bytes(_companded(sample if sample < 0x8000 else sample - 0x10000) for sample in range(0x10000))


def _companded(sample: int) -> int:
    """ITU-T G.711, µ-law: the sign, the exponent and four bits of what is left, all inverted."""
    size = min(abs(sample), 32_635) + 132
    exponent = size.bit_length() - 8
    return ~((0x80 if sample < 0 else 0) | exponent << 4 | size >> exponent + 3 & 0xF) & 0xFF
