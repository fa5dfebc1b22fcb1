"""lock: what was learned and what was made, in git: one sorted line for each entry, so that branches merge.

The first line says the version; each other one is a JSON object whose first fields are its `kind` and its key:

    media         how long the medium at an address is, and the SHA-256 of its content
    speech        how long the service's voice took for a text, or for several of one job together
    local-speech  how long a synthesizer on this machine took; serves the local renderer, proves nothing of the service
    video         the video that came of a job, by the job's fingerprint

Of two lines with one key the later in order counts, so that the union of two branches is a lock too; `learn` asks git
for that union with a line in `.gitattributes`. Conflict markers are passed over: both sides are facts.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from vidc.clock import MAX_MS
from vidc.ir.facts import Calibration, Facts
from vidc.project import CannotRead, load
from vidc.record import record
from vidc.whole import write_whole

NAME = "vidc.lock"

HEADER = "# vidc.lock 1 - written by vidc; keep it in git, where its lines merge as a union"
_VERSION = "# vidc.lock "
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


@record
class Media:
    """`address` as specs write it; `ms`: its length; `sha256`: of its content, empty where that was not read."""

    address: str
    ms: int
    sha256: str = ""


@record
class Speech:
    """`texts`: what one speaker says in one job, service variables filled in; `ms`: all of them together.

    `made`: the day (UTC, ISO 8601) on which the service said so."""

    speaker: str
    texts: tuple[str, ...]
    language: str
    made: str
    ms: int


@record
class LocalSpeech:
    """`voice`: the synthesizer's own name for it, with whatever else changes how it speaks."""

    synthesizer: str
    voice: str
    text: str
    ms: int


@record
class Video:
    """`made`: when it was finished (UTC, ISO 8601); `ms`, `size` (bytes) and `video_id` as the service said."""

    fingerprint: str
    made: str
    job_id: str
    video_id: str
    ms: int
    size: int


Entry: TypeAlias = Media | Speech | LocalSpeech | Video


@record
class Lock:
    """`speech` by (speaker, texts), `local_speech` by (synthesizer, voice, text) in ms."""

    media: dict[str, Media]
    speech: dict[tuple[str, tuple[str, ...]], Speech]
    local_speech: dict[tuple[str, str, str], int]
    videos: dict[str, Video]

    def entries(self) -> list[Entry]:
        local = [LocalSpeech(*key, ms) for key, ms in self.local_speech.items()]
        return [*self.media.values(), *self.speech.values(), *local, *self.videos.values()]


def empty() -> Lock:
    return Lock({}, {}, {}, {})


def of(entries: Iterable[Entry]) -> Lock:
    """A lock of these entries; of two with one key the later counts."""
    return added(empty(), entries)


def added(lock: Lock, entries: Iterable[Entry]) -> Lock:
    """The lock and these entries, which count where both say something."""
    made = Lock(dict(lock.media), dict(lock.speech), dict(lock.local_speech), dict(lock.videos))
    for entry in entries:
        match entry:
            case Media():
                made.media[entry.address] = entry
            case Speech():
                made.speech[entry.speaker, entry.texts] = entry
            case LocalSpeech():
                made.local_speech[entry.synthesizer, entry.voice, entry.text] = entry.ms
            case Video():
                made.videos[entry.fingerprint] = entry
    return made


def read(path: str) -> Lock:
    """The lock at a path, empty where there is none. `CannotRead` names the line that is no entry."""
    if not os.path.lexists(path):
        return empty()
    return parsed(load(path).text, path)


def parsed(text: str, path: str = NAME) -> Lock:
    """The lock that a text holds, in whatever order its lines stand."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip("\r")]
    found: list[tuple[str, Entry]] = []
    for number, line in lines:
        if line.startswith(_VERSION):
            _check_version(line, number, path)
        elif not line.startswith(_MARKERS):
            try:
                found.append((line, _entry(line)))
            except ValueError as error:
                raise CannotRead(path, f"line {number} is no entry: {error}") from None
    return of(entry for _, entry in sorted(found, key=lambda pair: pair[0]))


def _check_version(line: str, number: int, path: str) -> None:
    version = line.removeprefix(_VERSION).split(" ", 1)[0]
    if version != "1":
        raise CannotRead(
            path, f"line {number} says version {version[:20]}, and this vidc reads 1: install a newer vidc"
        )


def text_of(lock: Lock) -> str:
    """The text of a lock: the same for the same entries."""
    return "\n".join([HEADER, *sorted(map(_line, lock.entries())), ""])


def learn(path: str, *entries: Entry) -> Lock:
    """Add entries to the lock at a path, which changes whole or not at all; what others wrote meanwhile stays."""
    return _change(path, lambda lock: added(lock, entries))


def forget_video(path: str, fingerprint: str) -> Lock:
    """Take out the video of a job: it is no longer there."""

    def without(lock: Lock) -> Lock:
        videos = {key: video for key, video in lock.videos.items() if key != fingerprint}
        return Lock(lock.media, lock.speech, lock.local_speech, videos)

    return _change(path, without)


def _change(path: str, change: Callable[[Lock], Lock]) -> Lock:
    folder = os.path.dirname(os.path.abspath(path))
    with _alone(folder):
        fresh = not os.path.lexists(path)
        before = read(path)
        after = change(before)
        if after != before:
            write_whole(path, text_of(after))
            if fresh:
                _merge_as_union(folder, os.path.basename(path))
        return after


@contextlib.contextmanager
def _alone(folder: str) -> Iterator[None]:
    """Wait until no other process changes a lock in this folder.

    Limit: where there is no `fcntl` (Windows), two that write at once may lose one's entries.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _merge_as_union(folder: str, name: str) -> None:
    """Ask git to keep both sides' lines of the lock, in the `.gitattributes` beside it."""
    if not _in_git(folder):
        return
    path = os.path.join(folder, ".gitattributes")
    before = ""
    if os.path.exists(path):
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            before = file.read()
    if not any(line.split()[:1] == [name] for line in before.splitlines()):
        with open(path, "a", encoding="utf-8") as file:
            file.write(("\n" if before and not before.endswith("\n") else "") + f"{name} merge=union\n")


def _in_git(folder: str) -> bool:
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above
    return True


def facts(lock: Lock) -> Facts:
    """What the lock tells the compiler. A speaker with twenty measured texts is calibrated (design, part 4.5)."""
    said: dict[str, list[Speech]] = {}
    for entry in lock.speech.values():
        said.setdefault(entry.speaker, []).append(entry)
    return Facts(
        {entry.address: entry.ms for entry in lock.media.values()},
        {(entry.speaker, entry.texts[0]): entry.ms for entry in lock.speech.values() if len(entry.texts) == 1},
        {speaker: found for speaker, entries in said.items() if (found := calibration(entries)) is not None},
    )


def calibration(entries: Iterable[Speech]) -> Calibration | None:
    """How one speaker differs from its language's estimate; None for fewer than twenty measurements.

    Of texts that were measured together only the sum is known. A sum of n lies nearer to the mean than its parts do, by
    the root of n where they are independent, so it is taken to lie as far away as one of its parts would.
    """
    from math import exp, log, sqrt

    from vidc.speech import calibrate, estimate

    ratios: list[tuple[Speech, float]] = []
    for entry in entries:
        expected = sum(estimate(text, entry.language).expected for text in entry.texts)
        if entry.ms > 0 and expected > 0:
            ratios.append((entry, log(entry.ms / expected)))
    weight = sum(len(entry.texts) for entry, _ in ratios)
    mean = sum(ratio * len(entry.texts) for entry, ratio in ratios) / max(weight, 1)
    samples = []
    for entry, ratio in ratios:
        text = " ".join(entry.texts)
        single = exp(mean + (ratio - mean) * sqrt(len(entry.texts)))
        samples.append((text, entry.language, round(estimate(text, entry.language).expected * single)))
    return calibrate(samples)


def _line(entry: Entry) -> str:
    from json import dumps

    line = dumps(_object(entry), ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate, which no file in UTF-8 can hold but as an escape
        return dumps(_object(entry))
    return line


def _object(entry: Entry) -> dict[str, Any]:
    match entry:
        case Media(address, ms, sha256):
            return {"kind": "media", "address": address, "ms": ms, "sha256": sha256}
        case Speech(speaker, texts, language, made, ms):
            said = {"speakerId": speaker, "texts": list(texts), "made": made, "language": language, "ms": ms}
            return {"kind": "speech", **said}
        case LocalSpeech(synthesizer, voice, text, ms):
            return {"kind": "local-speech", "synthesizer": synthesizer, "voice": voice, "text": text, "ms": ms}
        case Video(fingerprint, made, job_id, video_id, ms, size):
            ids = {"jobId": job_id, "videoId": video_id, "ms": ms, "bytes": size}
            return {"kind": "video", "fingerprint": fingerprint, "made": made, **ids}


def _entry(line: str) -> Entry:
    """The entry of a line; ValueError says in a few words why it is none."""
    from json import loads

    try:
        found = loads(line)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except ValueError:
        raise ValueError("it is no JSON; take it out, or restore the file from git") from None
    fields = _Fields(found)
    match fields.text("kind"):
        case "media":
            return Media(fields.text("address"), fields.ms(), fields.text("sha256"))
        case "speech":
            texts = fields.texts("texts")
            return Speech(fields.text("speakerId"), texts, fields.text("language"), fields.text("made"), fields.ms())
        case "local-speech":
            return LocalSpeech(fields.text("synthesizer"), fields.text("voice"), fields.text("text"), fields.ms())
        case "video":
            ids = fields.text("jobId"), fields.text("videoId")
            return Video(fields.text("fingerprint"), fields.text("made"), *ids, fields.ms(), fields.number("bytes"))
        case other:
            raise ValueError(f"there is no kind `{other[:40]}`; a newer vidc may know it")


class _Fields:
    """Reads the fields of an entry by their types."""

    def __init__(self, found: Any) -> None:
        if not isinstance(found, dict):
            raise ValueError("it is no mapping")
        self.found = found

    def text(self, name: str) -> str:
        value = self.found.get(name)
        if not isinstance(value, str):
            raise ValueError(f"its `{name}` is no text")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.found.get(name)
        if not (isinstance(value, list) and value and all(isinstance(item, str) for item in value)):
            raise ValueError(f"its `{name}` is no list of texts")
        return tuple(value)

    def number(self, name: str) -> int:
        value = self.found.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ValueError(f"its `{name}` is no whole number from 0 up")
        return value

    def ms(self) -> int:
        value = self.number("ms")
        if value > MAX_MS:
            raise ValueError("its `ms` is more than a day")
        return value
