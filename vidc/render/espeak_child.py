"""espeak_child: eSpeak NG in a process of its own. Run as a script; it needs nothing but Python.

It dies of some texts, and then only this process does. It reads requests from standard input and answers on standard
output: the length of a JSON text in four bytes, the text, and behind an answer's text its samples. Two things would
make two readings of one text differ: the noise comes from generators that go on from utterance to utterance, and so
does more of the library's state. So their seeds are set, and the library is loaded anew for each utterance, which takes
a millisecond.
"""

from __future__ import annotations

import _ctypes
import ctypes
import json
import os
import sys
from typing import Any, BinaryIO

RATE = 22_050
"""Samples a second of every voice that eSpeak NG brings."""

SEED = 1

_PHONEME_EVENTS, _IPA_NAMES, _NO_EXIT = 0x1, 0x2, 0x8000
_SYNCHRONOUS, _UTF8 = 2, 1
_RATE, _PITCH, _RANGE = 1, 3, 4
_WORD, _PHONEME = 1, 7


class _Name(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    """`espeak_EVENT` of `espeak-ng/speak_lib.h`, revision 12."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user", ctypes.c_void_p),
        ("id", _Name),
    )


class _Voice(ctypes.Structure):
    """`espeak_VOICE` of the same header."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("unused", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _Taken:
    """What the library calls back with. `words`: (ms, offset in the text); `phonemes`: (ms, sound)."""

    def __init__(self, longest: int) -> None:
        self.callback = _Heard(self.take)
        self.longest = longest
        self.samples = bytearray()
        self.words: list[tuple[int, int]] = []
        self.phonemes: list[tuple[int, str]] = []
        self.too_long = False

    def take(self, samples: Any, number: int, events: Any) -> int:
        """Keep what is handed over; 0 asks for more."""
        if samples and number:
            self.samples += ctypes.string_at(samples, 2 * number)
        place = 0
        while events[place].type:
            self.event(events[place])
            place += 1
        self.too_long = len(self.samples) > 2 * RATE * self.longest
        return int(self.too_long)

    def event(self, event: Any) -> None:
        if event.type == _WORD:
            self.words.append((event.ms, event.position - 1))
        elif event.type == _PHONEME:
            self.phonemes.append((event.ms, event.id.string.decode("utf-8", "ignore")))


def answer(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What is said, and the samples; `failure` says in words why there are none."""
    library: Any = ctypes.CDLL(request["library"])
    try:
        options = _PHONEME_EVENTS | _IPA_NAMES | _NO_EXIT
        if library.espeak_Initialize(_SYNCHRONOUS, 0, os.fsencode(request["data"]), options) != RATE:
            return {"failure": "eSpeak NG does not find its data: install `vidc[render]` again"}, b""
        failure = _take_voice(library, request)
        if failure:
            return {"failure": failure}, b""
        taken = _said(library, request)
        if taken.too_long:
            return {"failure": f"the text takes more than {request['longest'] // 60} minutes to say"}, b""
        return {"words": taken.words, "phonemes": taken.phonemes}, bytes(taken.samples)
    finally:
        library.espeak_Terminate()
        _unload(library)


def _take_voice(library: Any, request: dict[str, Any]) -> str:
    wanted = _Voice(languages=request["language"].encode())
    if library.espeak_SetVoiceByProperties(ctypes.byref(wanted)):
        return f"eSpeak NG has no voice for `{request['language']}`"
    library.espeak_GetCurrentVoice.restype = ctypes.POINTER(_Voice)
    name = library.espeak_GetCurrentVoice().contents.identifier
    if request["variant"] and library.espeak_SetVoiceByName(name + b"+" + request["variant"].encode()):
        return f"eSpeak NG has no variant `{request['variant']}`"
    for parameter, field in ((_RATE, "rate"), (_PITCH, "pitch"), (_RANGE, "range")):
        library.espeak_SetParameter(parameter, request[field], 0)
    return ""


def _said(library: Any, request: dict[str, Any]) -> _Taken:
    taken = _Taken(request["longest"])
    library.espeak_SetSynthCallback(taken.callback)
    library.espeak_ng_SetRandSeed(ctypes.c_long(SEED))
    if sys.platform != "win32":
        ctypes.CDLL(None).srand(SEED)
    text = request["text"].encode()
    library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, 1, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    return taken


def _unload(library: Any) -> None:
    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)
    else:
        _ctypes.dlclose(library._handle)


def _stays(path: str) -> bool:
    """Whether the system never unloads a library: then each utterance needs a process."""
    if sys.platform == "win32":
        return False
    try:
        _ctypes.dlclose(_ctypes.dlopen(path, os.RTLD_NOLOAD | os.RTLD_NOW))
    except OSError:
        return False
    return True


def receive(stream: BinaryIO) -> dict[str, Any] | None:
    """The next JSON text; None where the other side is gone."""
    length = stream.read(4)
    text = stream.read(int.from_bytes(length)) if len(length) == 4 else b""
    if not text or len(text) < int.from_bytes(length):
        return None
    found: dict[str, Any] = json.loads(text)
    return found


def send(stream: BinaryIO, what: dict[str, Any], samples: bytes = b"") -> None:
    text = json.dumps(what | {"bytes": len(samples)}).encode()
    stream.write(len(text).to_bytes(4) + text + samples)
    stream.flush()


def serve() -> None:
    while (request := receive(sys.stdin.buffer)) is not None:
        send(sys.stdout.buffer, *answer(request))
        if _stays(request["library"]):
            return


if __name__ == "__main__":
    serve()
