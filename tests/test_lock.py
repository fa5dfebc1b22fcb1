"""The lock: lines that merge, entries that come back as they were, and what they tell the compiler."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidc import lock as locks
from vidc.compile import compile
from vidc.ir.facts import NOTHING
from vidc.lock import Entry, LocalSpeech, Media, Speech, Video
from vidc.project import CannotRead
from vidc.source import Source
from vidc.speech import calibrate, estimate

DAY = "2026-11-22"
CLIP = Media("https://cdn.example.com/a.mp4", 12_000, "ab" * 32)
HELLO = Speech("en-GB-RyanNeural", ("Hello.",), "en-GB", DAY, 900)
LOCAL = LocalSpeech("espeak-ng 1.52", "en-gb", "Hello.", 850)
FILM = Video("f" * 64, f"{DAY}T10:00:00Z", "job-1", "video-1", 61_000, 1_234_567)

texts = st.text(st.characters(codec=None), max_size=30)
lengths = st.integers(0, 24 * 60 * 60 * 1000)
entries = st.one_of(
    st.builds(Media, texts, lengths, texts),
    st.builds(Speech, texts, st.lists(texts, min_size=1, max_size=3).map(tuple), texts, texts, lengths),
    st.builds(LocalSpeech, texts, texts, texts, lengths),
    st.builds(Video, texts, texts, texts, texts, lengths, st.integers(0, 2**60)),
)


def test_the_text_is_one_sorted_line_for_each_entry() -> None:
    assert locks.text_of(locks.of([FILM, HELLO, LOCAL, CLIP])).splitlines() == [
        locks.HEADER,
        '{"kind": "local-speech", "synthesizer": "espeak-ng 1.52", "voice": "en-gb", "text": "Hello.", "ms": 850}',
        f'{{"kind": "media", "address": "https://cdn.example.com/a.mp4", "ms": 12000, "sha256": "{"ab" * 32}"}}',
        f'{{"kind": "speech", "speakerId": "en-GB-RyanNeural", "texts": ["Hello."], "made": "{DAY}", "language": "en-GB", "ms": 900}}',
        f'{{"kind": "video", "fingerprint": "{"f" * 64}", "made": "{DAY}T10:00:00Z", "jobId": "job-1", "videoId": "video-1", "ms": 61000, "bytes": 1234567}}',
    ]


@given(st.lists(entries, max_size=8))
def test_what_is_written_is_read(found: list[Entry]) -> None:
    lock = locks.of(found)
    text = locks.text_of(lock)
    assert locks.parsed(text.encode().decode()) == lock
    assert text.splitlines(keepends=True)[0] == locks.HEADER + "\n"
    assert all(next(iter(json.loads(line))) == "kind" for line in text.split("\n")[1:-1])


@given(st.lists(entries, max_size=6), st.lists(entries, max_size=6), st.randoms())
def test_the_union_of_two_locks_is_a_lock_in_any_order(one: list[Entry], two: list[Entry], random: object) -> None:
    lines = locks.text_of(locks.of(one)).split("\n")[:-1] + locks.text_of(locks.of(two)).split("\n")[:-1]
    union = locks.parsed("\n".join(lines))
    random.shuffle(lines)  # type: ignore[attr-defined]  # Hypothesis's own random
    assert locks.parsed("\n".join(lines)) == union
    for kept in union.entries():
        assert kept in locks.of(one).entries() or kept in locks.of(two).entries()
    for lock in (locks.of(one), locks.of(two)):
        assert lock.media.keys() <= union.media.keys()
        assert lock.videos.keys() <= union.videos.keys()


def test_of_two_videos_for_one_job_the_later_counts() -> None:
    later = Video(FILM.fingerprint, "2026-12-01T00:00:00Z", "job-2", "video-2", 60_000, 1)
    both = locks.text_of(locks.of([later])) + locks.text_of(locks.of([FILM]))
    assert locks.parsed(both).videos == {FILM.fingerprint: later}


def test_conflict_markers_keep_both_sides() -> None:
    one, two = (locks.text_of(locks.of([entry])).split("\n")[1] for entry in (CLIP, FILM))
    text = f"{locks.HEADER}\n<<<<<<< HEAD\n{one}\n||||||| 1234567\n=======\n{two}\n>>>>>>> topic\n"
    assert locks.parsed(text) == locks.of([CLIP, FILM])
    assert locks.parsed(text.replace("||||||| 1234567", "|||||||")) == locks.of([CLIP, FILM])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "it is no JSON; take it out, or restore the file from git"),
        ("[" * 100_000, "it is nested too deeply"),
        ("[]", "it is no mapping"),
        ("{}", "its `kind` is no text"),
        ('{"kind": "sound"}', "there is no kind `sound`; a newer vidc may know it"),
        ('{"kind": "media", "address": "a", "sha256": ""}', "its `ms` is no whole number from 0 up"),
        ('{"kind": "media", "address": "a", "sha256": "", "ms": true}', "its `ms` is no whole number from 0 up"),
        ('{"kind": "media", "address": "a", "sha256": "", "ms": -1}', "its `ms` is no whole number from 0 up"),
        ('{"kind": "media", "address": "a", "sha256": "", "ms": 1.5}', "its `ms` is no whole number from 0 up"),
        ('{"kind": "media", "address": "a", "sha256": "", "ms": 86400001}', "its `ms` is more than a day"),
        ('{"kind": "media", "address": 1, "sha256": "", "ms": 1}', "its `address` is no text"),
        ('{"kind": "media", "ms": ' + "9" * 5000 + "}", "it is no JSON; take it out, or restore the file from git"),
        ('{"kind": "speech", "speakerId": "a", "texts": []}', "its `texts` is no list of texts"),
    ],
    ids=range(13),
)
def test_a_line_that_is_no_entry_is_named(line: str, why: str) -> None:
    with pytest.raises(CannotRead) as caught:
        locks.parsed(f"{locks.HEADER}\n{line}\n")
    assert str(caught.value) == f"cannot read vidc.lock: line 2 is no entry: {why}"


def test_a_newer_lock_is_not_guessed_at() -> None:
    with pytest.raises(CannotRead) as caught:
        locks.parsed("# vidc.lock 2 - of the future\n")
    assert caught.value.reason == "line 1 says version 2, and this vidc reads 1: install a newer vidc"


def test_learning_keeps_what_is_there(tmp_path: Path) -> None:
    path = str(tmp_path / "vidc.lock")
    assert locks.read(path) == locks.empty()
    locks.learn(path, CLIP)
    locks.learn(path, FILM, HELLO)
    assert locks.read(path) == locks.of([CLIP, FILM, HELLO])
    locks.forget_video(path, FILM.fingerprint)
    assert locks.read(path) == locks.of([CLIP, HELLO])
    assert [file.name for file in tmp_path.iterdir()] == ["vidc.lock"]


def test_learning_what_is_known_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vidc.lock"
    locks.learn(str(path), CLIP)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    locks.learn(str(path), CLIP)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_processes_that_learn_at_once_lose_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "vidc.lock")
    code = "import sys; from vidc.lock import learn, Media; [learn(sys.argv[1], Media(f'{sys.argv[2]}-{n}', n)) for n in range(10)]"
    processes = [subprocess.Popen([sys.executable, "-c", code, path, str(number)]) for number in range(4)]
    assert [process.wait() for process in processes] == [0] * 4
    assert set(locks.read(path).media) == {f"{process}-{number}" for process in range(4) for number in range(10)}


@pytest.fixture
def git(tmp_path: Path):  # type: ignore[no-untyped-def]  # a function of words
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    person = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]

    def run(*words: str) -> int:
        return subprocess.run(["git", *person, *words], cwd=tmp_path, env=environment, capture_output=True).returncode

    return run


@pytest.mark.parametrize("begun", [True, False], ids=["a lock before both", "no lock before both"])
def test_two_branches_merge_their_locks_with_git(tmp_path: Path, git, begun: bool) -> None:  # type: ignore[no-untyped-def]
    path = str(tmp_path / "vidc.lock")
    git("init")
    (tmp_path / "a").write_text("a")
    if begun:
        locks.learn(path, CLIP)
    git("add", "."), git("commit", "-m", "1"), git("branch", "topic")
    here = [Video(f"{number:064}", DAY, f"h{number}", "v", 1, 1) for number in range(0, 20, 2)]
    there = [Video(f"{number:064}", DAY, f"t{number}", "v", 1, 1) for number in range(1, 20, 2)]
    locks.learn(path, *here, HELLO)
    git("add", "."), git("commit", "-m", "2"), git("checkout", "topic")
    locks.learn(path, *there, LOCAL)
    git("add", "."), git("commit", "-m", "3")
    assert git("merge", "main") == 0
    first = [CLIP] if begun else []
    assert locks.read(path) == locks.of([*first, *here, *there, HELLO, LOCAL])
    assert (tmp_path / ".gitattributes").read_text() == "vidc.lock merge=union\n"


def test_facts_are_media_and_single_texts_of_the_service() -> None:
    two = Speech("en-GB-RyanNeural", ("One.", "Two."), "en-GB", DAY, 1800)
    facts = locks.facts(locks.of([CLIP, HELLO, LOCAL, FILM, two]))
    assert (facts.media, facts.speech, facts.voices) == (
        {CLIP.address: 12_000},
        {("en-GB-RyanNeural", "Hello."): 900},
        {},
    )


def _said(count: int, ratio: float, parts: int = 1) -> list[Speech]:
    made = []
    for number in range(count):
        texts = tuple(f"This is text {number} in part {part} of many." for part in range(parts))
        expected = sum(estimate(text, "en").expected for text in texts)
        wobble = ratio * (1 + 0.04 * math.sin(number))
        made.append(Speech("sam", texts, "en", DAY, round(expected * wobble)))
    return made


def test_twenty_texts_calibrate_a_speaker_as_the_estimator_says() -> None:
    said = _said(25, 1.2)
    plain = calibrate((entry.texts[0], "en", entry.ms) for entry in said)
    assert plain is not None
    found = locks.facts(locks.of(said)).voices["sam"]
    assert found.texts == plain.texts == 25
    assert (found.scale, found.low, found.high) == pytest.approx((plain.scale, plain.low, plain.high), rel=2e-3)
    assert locks.facts(locks.of(said[:19])).voices == {}


def test_texts_measured_together_calibrate_with_wider_bounds() -> None:
    """What is known of sums of four says less of one text than what is known of single texts."""
    single = locks.facts(locks.of(_said(25, 1.2))).voices["sam"]
    together = locks.facts(locks.of(_said(25, 1.2, parts=4))).voices["sam"]
    assert together.scale == pytest.approx(1.2, rel=0.02)
    assert together.high / together.low > (single.high / single.low) ** 1.8


def test_the_compiler_takes_what_was_measured() -> None:
    spec = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - tracks:
      - {type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: Hello., position: {x: 0, y: 0}, size: {width: 9, height: 9}}
"""
    for facts, basis in ((NOTHING, "estimated"), (locks.facts(locks.of([HELLO])), "measured")):
        timeline = compile(Source("a.vidc.yaml", spec), facts=facts).timeline
        assert timeline is not None
        assert timeline.total.basis == basis
    assert (timeline.total.low, timeline.total.high) == (900, 900)
