"""espeak: eSpeak NG, one utterance at a time, always the same bytes.

    CannotSpeak     no speech could be made; its text says why

It runs in a child, which is kept for the next utterance, since some texts crash it.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock, Timer
from typing import Any

import numpy as np
import numpy.typing as npt

from . import espeak_child
from .voice_cast import Voice

RATE = espeak_child.RATE

LONGEST_PATH = 120
"""A data path of 160 bytes or more is cut by eSpeak NG, and not found."""

MAX_SECONDS = 3_600
"""Limit: a longer utterance is an error."""

PATIENCE_SECONDS = 120
"""Limit: so long may an utterance be worked at; an hour of speech takes some five seconds."""


class CannotSpeak(Exception):  # noqa: N818  # named as the sentence reads: "cannot speak: reason"
    """No speech could be made; the text says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """Samples, mono at RATE; `words`: (ms, offset in the text) where each begins; `phonemes`: (ms, sound in the
    International Phonetic Alphabet), the empty sound for silence."""

    samples: npt.NDArray[np.int16]
    words: list[tuple[int, int]]
    phonemes: list[tuple[int, str]]


_one_at_a_time = Lock()


def utter(text: str, voice: Voice) -> Utterance:
    """Say a text. Raises CannotSpeak.

    A text that eSpeak NG dies of is said without its rarer signs.
    """
    with _one_at_a_time:
        said = _asked(text, voice) or _asked(plain(text), voice)
    if said is None:
        raise CannotSpeak("eSpeak NG cannot say this text")
    return said


def plain(text: str) -> str:
    """The text with a blank for each sign that is neither a letter, a digit nor common punctuation."""
    return "".join(sign if sign.isalnum() or sign in " .,;:!?'’-" else " " for sign in text)


def _asked(text: str, voice: Voice) -> Utterance | None:
    """What the child says; None where it died."""
    request = {
        "library": _library(),
        "data": _data(),
        "text": text.replace("\0", " ").encode("utf-8", "replace").decode(),
        "language": voice.language,
        "variant": voice.variant,
        "rate": voice.rate,
        "pitch": voice.pitch,
        "range": voice.range,
        "longest": MAX_SECONDS,
    }
    child = _running()
    watch = Timer(PATIENCE_SECONDS, child.kill)
    watch.daemon = True
    watch.start()
    try:
        espeak_child.send(child.stdin, request)
        told = espeak_child.receive(child.stdout)
        samples = child.stdout.read(told["bytes"]) if told else b""
    except BrokenPipeError:
        told = None
    except BaseException:
        _end()  # what it still has to say must not be taken for the next answer
        raise
    finally:
        watch.cancel()
    if told is None or len(samples) < told["bytes"]:
        _end()
        return None
    if "failure" in told:
        raise CannotSpeak(told["failure"])
    return Utterance(
        np.frombuffer(samples, np.int16),
        [(ms, offset) for ms, offset in told["words"]],
        [(ms, sound) for ms, sound in told["phonemes"]],
    )


_children: dict[int, Any] = {}
"""The child of each process by its id: a forked one must not speak with its parent's."""


def _running() -> Any:
    child = _children.get(os.getpid())
    if child is None or child.poll() is not None:
        _end()
        path = espeak_child.__file__
        child = subprocess.Popen(
            [sys.executable, "-I", "-S", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        _children[os.getpid()] = child
    return child


def _end() -> None:
    """Leave no child behind."""
    child = _children.pop(os.getpid(), None)
    if child is not None:
        child.kill()
        for stream in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                stream.close()
        child.wait()


atexit.register(_end)


@lru_cache(maxsize=1)
def _library() -> str:
    try:
        from espeakng_loader import get_library_path  # type: ignore[import-untyped]  # it has no types
    except ImportError as error:
        raise CannotSpeak("speech needs eSpeak NG: pip install 'vidc[render]'") from error
    return str(get_library_path())


@lru_cache(maxsize=1)
def _data() -> str:
    """The data's folder, under a name short enough for eSpeak NG."""
    from espeakng_loader import get_data_path

    path = str(get_data_path())
    if len(os.fsencode(path)) <= LONGEST_PATH:
        return path
    short = os.path.join(_own_folder(), "espeak-ng-data")
    try:
        os.symlink(path, short, target_is_directory=True)
    except OSError:
        shutil.copytree(path, short)
    return short


def _own_folder() -> str:
    """A folder of this process, gone when it ends."""
    folder = tempfile.mkdtemp(prefix="vidc-")
    if len(os.fsencode(folder)) > LONGEST_PATH and os.path.isdir("/tmp"):
        shutil.rmtree(folder)
        folder = tempfile.mkdtemp(prefix="vidc-", dir="/tmp")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
