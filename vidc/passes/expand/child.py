"""child: one forked process a document, in which its templates are worked out.

What it may use is bounded by the system, so that whatever a template finds to do, the document's own process goes on.
The child gets texts and plain values, a value that stands in many places once, and answers in JSON, which is checked:
its word is not trusted. It can open no file, so what it needs is imported before it is made.
"""

from __future__ import annotations

import fcntl
import json
import marshal
import os
import resource
import select
import signal
import sys
import time
import warnings
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any, NoReturn

from .digits import packed, unpacked
from .jinja import Cache, too_much, work_out
from .meter import Meter
from .values import UNKNOWN, Fault, Outcome

MAX_SECONDS = 3
"""Limit: time that the child may compute in all; its parent waits twice as long for one answer."""
MAX_MEMORY = 256 * 1024 * 1024
"""Limit: what the child may need beside what its parent held when it was made."""
MAX_ANSWER = 4_000_000
"""Limit: bytes of one answer."""

_KINDS = frozenset(
    (
        "constant-condition",
        "constant-truth",
        "misspelt-name",
        "never-equal",
        "not-text",
        "template-failed",
        "template-not-allowed",
        "template-syntax",
        "template-too-large",
        "text-as-truth",
        "undefined-field",
        "undefined-name",
    )
)


class Died(Exception):  # noqa: N818  # no error of this program: the document goes on without its child
    """The child is gone, or did not answer in time, or not with an answer."""


class Child:
    """The process. Only the texts and the scope's values that it was not told before are sent.

    Raises `OSError` where the system makes no process.
    """

    def __init__(self) -> None:
        self._mark = os.urandom(16).hex()
        self._told: dict[str, Any] = {}
        self._texts: dict[str, int] = {}
        self._digits: dict[str, int | float] = {}
        self._pid, self._read, self._write = _fork(self._mark)

    def ask(
        self, text: str, expression: bool, scope: Mapping[str, Any], near: Collection[str], meter: Meter
    ) -> Outcome:
        """The outcome; what it cost is taken from the meter."""
        news = {name: value for name, value in scope.items() if self._told.get(name, self) is not value}
        self._told |= news
        number = self._texts.get(text)
        written = text if number is None else number
        self._texts.setdefault(text, len(self._texts))
        request = [written, expression, news, list(scope), list(near), meter.steps, meter.turns]
        deadline = time.monotonic() + 2 * MAX_SECONDS
        _send(self._write, self._packed(request), deadline)
        answer = _receive(self._read, deadline)
        value, unknown, faults, steps, turns = _checked(answer, self._mark, len(text), self._digits)
        meter.steps, meter.turns = min(steps, meter.steps), min(turns, meter.turns)
        return Outcome(value, unknown, faults)

    def _packed(self, request: list[Any]) -> bytes:
        try:
            return marshal.dumps(request)
        except ValueError:  # a number that keeps its digits
            news = packed(request[2], self._digits)
            return marshal.dumps([*request[:2], news, *request[3:], True])

    def close(self) -> None:
        """End the process, whatever it does."""
        for end in (self._read, self._write):
            os.close(end)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


def _fork(mark: str) -> tuple[int, int, int]:
    """The child's process, the end to read its answers from and the end to write requests to."""
    ends: list[int] = []
    try:
        ends += os.pipe()
        ends += os.pipe()
        with warnings.catch_warnings():
            # Python warns of forking beside threads, whose locks stay held: the child takes none but the interpreter's.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
    except OSError as error:
        for end in ends:
            os.close(end)
        why = f"{error.strerror or error}; end other programs, or raise the limits that `ulimit -n -u` shows"
        raise OSError(error.errno, why, "cannot make the process that fills templates") from error
    request_out, request_in, answer_out, answer_in = ends
    if pid == 0:
        _live(request_out, answer_in, mark)
    os.close(request_out)
    os.close(answer_in)
    return pid, answer_out, request_in


def _live(requests: int, answers: int, mark: str) -> NoReturn:
    """The child's whole life: it leaves by no other way than the end."""
    try:
        _confine(requests, answers)
        asked = Asked()
        while True:
            request = _receive(0, None)
            _send(1, _encode(_answer(marshal.loads(request), asked), mark), None)
    finally:
        os._exit(0)


def _confine(requests: int, answers: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    most = min(os.sysconf("SC_OPEN_MAX"), 65_536)
    # First of all, as the parent may hold as many files as one may.
    low, high = sorted((requests, answers))
    for first, last in ((3, low), (max(3, low + 1), high), (max(3, high + 1), most)):
        if first < last:  # else `closerange` closes everything
            os.closerange(first, last)
    # Where the parent has closed its standard streams, a pipe's end may be one of them.
    ends = [end if end > 2 else fcntl.fcntl(end, fcntl.F_DUPFD, 3) for end in (requests, answers)]
    for target, end in enumerate(ends):
        os.dup2(end, target)
        os.close(end)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)
    os.closerange(3, most)
    limits = {"CPU": MAX_SECONDS, "AS": _held() + MAX_MEMORY, "NOFILE": 3, "FSIZE": 0, "CORE": 0}
    for name, limit in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (limit, limit))
    sys.setrecursionlimit(10_000)


def _held() -> int:
    """Bytes of address space in use. Limit: where the system does not tell, a gigabyte is supposed."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 1024**3


class Asked:
    """What the child was told so far, and what it found in it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.scope: dict[str, Any] = {}
        self.has_digits = False
        self.cache = Cache()


def _answer(request: list[Any], asked: Asked) -> list[Any]:
    written, expression, news, names, near, steps, turns, *is_packed = request
    if isinstance(written, str):
        asked.texts.append(written)
    text = written if isinstance(written, str) else asked.texts[written]
    asked.has_digits = asked.has_digits or bool(is_packed)
    asked.scope |= unpacked(news) if is_packed else news
    meter = Meter(steps, turns)
    outcome = work_out(text, expression, {name: asked.scope[name] for name in names}, near, meter, asked.cache)
    faults = [[fault.kind, fault.start, fault.end, list(fault.words)] for fault in outcome.faults]
    value = packed(outcome.value, {}) if asked.has_digits else outcome.value
    return [value, outcome.unknown, faults, max(0, meter.steps), max(0, meter.turns)]


def _encode(message: list[Any], mark: str) -> bytes:
    """JSON. What is unknown, and a number that keeps its digits, is an object that only the two processes can write,
    since only they know the mark."""

    def marked(value: object) -> dict[str, object]:
        if isinstance(value, bytes):
            return {mark: value.decode()}
        if value is not UNKNOWN:
            raise TypeError(f"{type(value).__name__} is no plain value")
        return {mark: True}

    answer = json.dumps(message, default=marked).encode()
    if len(answer) <= MAX_ANSWER:
        return answer
    fault = too_much(0)
    return json.dumps([None, True, [[fault.kind, fault.start, fault.end, list(fault.words)]], *message[3:]]).encode()


def _decoder(mark: str, digits: Mapping[str, int | float]) -> Any:
    def decoded(found: dict[str, Any]) -> Any:
        if mark not in found:
            return found
        return UNKNOWN if found[mark] is True else digits[found[mark]]

    return decoded


def _checked(
    answer: bytes, mark: str, length: int, digits: Mapping[str, int | float]
) -> tuple[Any, bool, tuple[Fault, ...], int, int]:
    """What the child says, if it can be so. `digits`: the numbers that it was told with their digits."""
    try:
        value, unknown, faults, steps, turns = json.loads(answer, object_hook=_decoder(mark, digits))
        found = tuple(_fault(fault, length) for fault in faults)
        if rb"\ud" in answer.lower():
            # A pair is one character by now; half of one cannot be written.
            json.dumps(value, ensure_ascii=False, default=lambda _: None).encode()
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise Died from error
    if not isinstance(unknown, bool) or not _count(steps) or not _count(turns):
        raise Died
    return value, unknown, found, steps, turns


def _fault(said: list[Any], length: int) -> Fault:
    kind, start, end, words = said
    if kind not in _KINDS or not _count(start) or not _count(end) or not start <= end <= length:
        raise ValueError
    return Fault(kind, start, end, tuple(str(word)[:1000] for word in words))


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _send(end: int, message: bytes, deadline: float | None) -> None:
    waiting = memoryview(len(message).to_bytes(4, "big") + message)
    while waiting:
        _wait(end, select.POLLOUT, deadline)
        try:
            waiting = waiting[os.write(end, waiting[: select.PIPE_BUF]) :]
        except OSError as error:
            raise Died from error


def _receive(end: int, deadline: float | None) -> bytes:
    size = int.from_bytes(_exactly(end, 4, deadline), "big")
    if size > MAX_ANSWER and deadline is not None:
        raise Died
    return _exactly(end, size, deadline)


def _exactly(end: int, size: int, deadline: float | None) -> bytes:
    parts = []
    while size:
        _wait(end, select.POLLIN, deadline)
        try:
            part = os.read(end, min(size, 1 << 20))
        except OSError as error:
            raise Died from error
        if not part:
            raise Died
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _wait(end: int, event: int, deadline: float | None) -> None:
    """Until the pipe is ready; the parent waits no longer than the deadline, the child as long as it must."""
    if deadline is None:
        return
    poll = select.poll()
    poll.register(end, event)
    left = deadline - time.monotonic()
    ready = poll.poll(max(0, left * 1000))
    if not ready or not ready[0][1] & event:
        raise Died
