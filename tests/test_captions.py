"""Captions: every word that is heard, once and in order, in lines that fit, at times that grow."""

from __future__ import annotations

import html
import math
import re
import time
import unicodedata
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path

import av
import pytest
from command import run
from hypothesis import given, settings
from hypothesis import strategies as st

from vidc.compile import compile
from vidc.diag.cells import width
from vidc.review.captions import GAP_MS, LEAST_MS, MOST_MS, NEAR_MS, Cue, Heard, _until, captions, srt, too_fast, vtt
from vidc.review.captions_text import SPACED, broken, limits_of, words_of
from vidc.source import Source
from vidc.speech import progress

HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 1080, height: 1080}"
VOICE = {
    "en": "en-GB-RyanNeural",
    "zh": "zh-CN-XiaoxiaoNeural",
    "ja": "ja-JP-NanamiNeural",
    "de": "de-DE-KatjaNeural",
    "th": "th-TH-PremwadeeNeural",
}
JOINER = "\u2060"
Parsed = list[tuple[int, int, str]]


def spec(text: str, language: str = "en", more: str = "", scene: str = "name: a") -> str:
    from json import dumps

    actor = f"{{type: actor, actor: karen, speakerId: {VOICE[language]}, text: {dumps(text)}, {PLACE}{more}}}"
    return f"{HEAD}scenes:\n  - {scene}\n    tracks:\n      - {actor}\n"


def cues_of(text: str) -> list[Cue]:
    made = compile(Source("a.vidc.yaml", text))
    assert [one for one in made.findings if one.severity == "error"] == []
    return captions(made)


def _ms(text: str) -> int:
    hours, minutes, seconds, millis = map(int, re.split("[:,.]", text))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis


def read_srt(text: str) -> Parsed:
    """As the format is described: blocks parted by empty lines; a number, the times, then text."""
    found: Parsed = []
    for number, block in enumerate(text.strip("\n").split("\n\n"), 1):
        first, times, *lines = block.split("\n")
        assert first == str(number)
        start, arrow, end = times.split(" ")
        assert arrow == "-->"
        assert re.fullmatch(r"\d\d:\d\d:\d\d,\d{3}", start)
        assert re.fullmatch(r"\d\d:\d\d:\d\d,\d{3}", end)
        found.append((_ms(start), _ms(end), "\n".join(lines)))
    return found


def read_vtt(text: str) -> Parsed:
    head, *blocks = text.strip("\n").split("\n\n")
    assert head == "WEBVTT"
    found: Parsed = []
    for block in blocks:
        times, *lines = block.split("\n")
        match = re.fullmatch(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})", times)
        assert match
        assert not re.search("[<>]", "".join(lines))
        found.append((_ms(match[1]), _ms(match[2]), html.unescape("\n".join(lines))))
    return found


def as_read(cues: list[Cue]) -> Parsed:
    return [(cue.start, cue.end, "\n".join(cue.lines)) for cue in cues]


def by_ffmpeg(text: str, format: str) -> Parsed:
    """As FFmpeg reads the file: what is shown, and marks of style as it writes them (`{\\i1}`)."""
    found: Parsed = []
    with av.open(BytesIO(text.encode()), format=format) as container:
        for packet in container.demux(container.streams.subtitles[0]):
            if packet.size:
                shown = b"".join(one.dialogue for one in packet.decode())
                assert (packet.pts is not None, packet.duration is not None) == (True, True)
                found.append((packet.pts or 0, (packet.pts or 0) + (packet.duration or 0), shown.decode()))
    return found


def test_a_sentence_is_a_cue_and_a_long_one_is_parted_behind_a_comma() -> None:
    cues = cues_of(
        spec(
            "Hi to all of you. When you come to the office in the morning, take the stairs at the back of the house, please."
        )
    )
    assert [cue.lines for cue in cues] == [
        ("Hi to all of you.",),
        ("When you come to the", "office in the morning,"),
        ("take the stairs at the", "back of the house, please."),
    ]


def test_words_that_are_cut_off_have_no_caption() -> None:
    whole = cues_of(spec("One two three four five. Six seven eight nine ten."))
    cut = cues_of(spec("One two three four five. Six seven eight nine ten.", scene="duration: 2500ms"))
    said = " ".join(cue.text for cue in cut)
    assert [cue.text for cue in whole] == ["One two three four five.", "Six seven eight nine ten."]
    assert "One two three four five. Six seven eight nine ten.".startswith(said)
    assert 0 < len(said) < 50
    assert all(cue.end <= 2500 for cue in cut)


def test_a_language_without_spaces_is_broken_between_its_signs() -> None:
    cues = cues_of(
        spec(
            "今天我们一起来看看怎样在工作中安全地使用电子邮件，不打开陌生人的附件，也不点击奇怪的链接。谢谢大家。", "zh"
        )
    )
    assert [cue.lines for cue in cues] == [
        ("今天我们一起来看看怎样在",),
        ("工作中安全地使用电子邮件，",),
        ("不打开陌生人的附件，", "也不点击奇怪的链接。"),
        ("谢谢大家。",),
    ], "the first two together would stand for 8.4 s, which is too long"
    assert max(cue.end - cue.start for cue in cues) <= MOST_MS


def test_thai_is_parted_between_phrases_and_never_inside_a_letter() -> None:
    text = "สวัสดีครับ ยินดีต้อนรับสู่หลักสูตรความปลอดภัยในการทำงาน วันนี้เราจะเรียนรู้เรื่องอีเมลและรหัสผ่านที่ปลอดภัยกันครับ"
    cues = cues_of(spec(text, "th"))
    assert [cue.text.replace(" ", "") for cue in cues] == [
        "สวัสดีครับยินดีต้อนรับสู่หลักสูตรความปลอดภัยในการทำงาน",
        "วันนี้เราจะเรียนรู้เรื่องอีเมลและรหัสผ่านที่ปลอดภัยกันครับ",
    ]
    assert [line for cue in cues for line in cue.lines if unicodedata.category(line[0]) == "Mn"] == []
    assert cues[0].lines == ("สวัสดีครับ", "ยินดีต้อนรับสู่หลักสูตรความปลอดภัยในการทำงาน")
    assert too_fast(cues) == []


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("zh", "今天3.5小时。谢谢。", ["今天3.5小时。", "谢谢。"]),
        ("zh", "欢迎来到Northwind Traders。", ["欢迎来到Northwind Traders。"]),
        (
            "de",
            "Das kostet z. B. 3,50 €. Ist das wirklich wahr?",
            ["Das kostet z. B. 3,50 €.", "Ist das wirklich wahr?"],
        ),
    ],
)
def test_a_dot_inside_a_number_or_an_abbreviation_ends_no_sentence(
    language: str, text: str, sentences: list[str]
) -> None:
    assert [cue.text for cue in cues_of(spec(text, language))] == sentences


def test_a_sentence_of_thousands_of_words_is_parted_in_time() -> None:
    began = time.process_time()
    assert len(cues_of(spec("word " * 9_000 + "."))) > 500
    assert time.process_time() - began < 8


def test_thousands_of_speeches_are_captioned_in_time() -> None:
    limits = limits_of("en")
    speeches = [Heard(words_of("Yes.", "en"), [(9 * place, 9 * place + 5)], "a", limits) for place in range(20_000)]
    began = time.process_time()
    begins = [speech.times[0][0] for speech in speeches]
    assert [_until(speech, begins, 179_990) for speech in speeches[-2:]] == [179_991 - GAP_MS, 179_990]
    assert len([_until(speech, begins, 179_990) for speech in speeches]) == 20_000
    assert time.process_time() - began < 2


def test_a_short_word_stays_until_it_is_read() -> None:
    text = spec("Yes.", scene="duration: 5s")
    assert [cue.end - cue.start for cue in cues_of(text)] == [LEAST_MS]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Yes. No. Well, come on.", [("Yes. No.",), ("Well, come on.",)]),
        (
            "Yes. When you come to the office in the morning, take the stairs at the back of the house, please.",
            [
                ("Yes. When you come to the", "office in the morning,"),
                ("take the stairs at the", "back of the house, please."),
            ],
        ),
        (
            "All of us meet every morning at nine. Really. After that we go to work.",
            [("All of us meet every morning at nine.",), ("Really. After that we go to work.",)],
        ),
    ],
)
def test_sentences_that_would_be_gone_too_soon_share_a_cue(text: str, lines: list[tuple[str, ...]]) -> None:
    cues = cues_of(spec(text))
    assert [cue.lines for cue in cues] == lines
    assert too_fast(cues) == []


def test_a_line_rather_ends_with_its_sentence() -> None:
    words = words_of("Yes, of course. Now come in and take any seat.", "en")
    assert broken(words, limits_of("en")) == ("Yes, of course.", "Now come in and take any seat.")
    words = words_of("Yes, yes. Now come in and take any of the seats here.", "en")
    assert broken(words, limits_of("en")) == ("Yes, yes. Now come in and", "take any of the seats here.")


def test_what_nothing_makes_legible_is_named(tmp_path: Path) -> None:
    fast = spec("Straightforward strengths thoroughly brought through.", more=", intrinsicDuration: 1s")
    fast = fast.replace("1s}", "1s} # vidc: allow doubtful-length")
    (tmp_path / "a.vidc.yaml").write_text(fast, encoding="utf-8")
    done = run("captions", "a.vidc.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == (
        "vidc: scenes[0].tracks[0]: `Straightforward strengths thoroughly brought through.` stands for 1.0 s only, "
        "which is too short to read it: 53 characters a second\n"
    )


def test_who_speaks_next_is_waited_for_and_who_speaks_at_once_is_shown_at_once() -> None:
    one = "{type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: One two three four five six seven., "
    two = one.replace("One two three four five six seven.", "Seven six five four three two one.")
    tracks = "".join(f"      - {track}{PLACE}{more}}}\n" for track, more in ((one, ""), (two, ", startTimeGap: 1s")))
    cues = cues_of(f"{HEAD}scenes:\n  - duration: 9s\n    tracks:\n{tracks}")
    assert [(cue.text[:5], cue.start) for cue in cues] == [("One t", 0), ("Seven", 1000)]
    assert cues[0].end > 2000, "it is not cut short by another's words"


TIMED = st.lists(
    st.tuples(st.sampled_from(["an", "it", "word", "sentences", "incomprehensibly"]), st.sampled_from(["", ",", "."])),
    min_size=1,
    max_size=8,
)


def spans(text: str, ms: int) -> list[tuple[str, int, int]]:
    edges = [edge for match in re.finditer(r"\S+", text) for edge in match.span()]
    times = [round(share * ms) for share in progress(text, "en", edges)]
    return list(zip(text.split(), times[::2], times[1::2], strict=True))


def lack(words: list[tuple[str, int, int]], cuts: tuple[int, ...], total: int) -> tuple[int, int] | None:
    """Of a parting into cues, the ms that lack or are too many and the sentences that end inside; None where one does
    not fit. Written by the rules, without regard to what is quick."""
    missing = inside = 0
    for first, last in pairwise((0, *cuts, len(words))):
        said = [word for word, _, _ in words[first:last]]
        lines = (tuple(map(len, map(" ".join, (said[:at], said[at:])))) for at in range(len(said)))
        if len(said) > 1 and not any(max(pair) <= 42 for pair in lines):
            return None
        edge = words[last][1] - GAP_MS if last < len(words) else total
        start, needed = words[first][1], max(LEAST_MS, math.ceil(len(" ".join(said)) * 50))
        shown = min(max(words[last - 1][2], start + needed), edge) - start
        if 0 < edge - start - shown < NEAR_MS - GAP_MS:
            shown = min(edge - start, max(shown, MOST_MS))
        lacks = needed - max(shown, 1)
        missing += (lacks if lacks > needed / 20 else 0) + (max(shown - MOST_MS, 0) if len(said) > 1 else 0)
        inside += sum(word.endswith(".") for word in said[:-1])
    return missing, inside


@settings(max_examples=40, deadline=None)
@given(TIMED, st.integers(400, 12_000))
def test_no_other_parting_is_easier_to_read(parts: list[tuple[str, str]], ms: int) -> None:
    text = " ".join(word + mark for word, mark in parts)
    words = spans(text, ms)
    cues = cues_of(spec(text, more=f", intrinsicDuration: {ms}"))
    starts = {start: place for place, (_, start, _) in enumerate(words)}
    ours = tuple(starts[cue.start] for cue in cues[1:])
    every = (cuts for size in range(len(words)) for cuts in combinations(range(1, len(words)), size))
    found = [value for cuts in every if (value := lack(words, cuts, ms)) is not None]
    assert lack(words, ours, ms) == min(found)
    assert all(next.start - one.end >= GAP_MS or one.end - one.start == 1 for one, next in pairwise(cues))
    assert all(
        not GAP_MS < next.start - one.end < NEAR_MS or one.end - one.start >= MOST_MS for one, next in pairwise(cues)
    )


def test_signs_of_the_formats_are_text() -> None:
    cues = cues_of(spec("A --> B & <i>not slanted</i>."))
    assert read_vtt(vtt(cues)) == as_read(cues)
    assert read_srt(srt(cues))[0][2] == "A -> B & ‹i›not slanted‹/i›."


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("We say <i>hello</i> to <your_name>.", "We say ‹i›hello‹/i› to ‹your_name›."),
        ("Where a < b and c > d, go on.", "Where a ‹ b and c › d, go on."),
        ("I <3 you and 4 > 3.", "I ‹3 you and 4 › 3."),
        ("More -> than >> that.", "More -> than >> that."),
        ("More << that -> so >>.", "More ‹‹ that -> so ››."),
        (r"At C:\New\home {\an8}{y:i}now.", f"At C:\\{JOINER}New\\{JOINER}home (\\an8)(y:i)now."),
    ],
)
def test_what_subrip_has_no_escape_for_is_written_with_signs_like_it(said: str, written: str) -> None:
    cues = [Cue(0, 2000, (said,), "a", SPACED)]
    assert read_srt(srt(cues)) == [(0, 2000, written)]
    assert by_ffmpeg(srt(cues), "srt") == read_srt(srt(cues))


MARKS = st.lists(st.sampled_from([*"<>/{}\\ :-&!_", *"bis3yYNnh", "font", "an8", "br"]), max_size=24).map("".join)


@settings(max_examples=200)
@given(MARKS)
def test_no_player_takes_what_is_said_for_markup(marks: str) -> None:
    cues = [Cue(0, 2000, (f"So {marks}.", "It is."), "a", SPACED)]
    assert by_ffmpeg(srt(cues), "srt") == read_srt(srt(cues))
    shown = "".join(text for _, _, text in read_srt(srt(cues))).translate(str.maketrans("‹›()", "<>{}", "\u2060\n "))
    assert shown == "".join(line for cue in cues for line in cue.lines).replace("-->", "->").replace(" ", "")


WORDS = st.lists(
    st.one_of(
        st.text("abcdefghijklmnopqrstuvwxyzäé", min_size=1, max_size=14),
        st.sampled_from(["Dr.", "3.5", "end.", "so,", "what?", "…", "“yes”", "-", "A&B", "x" * 50]),
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=150)
@given(WORDS)
def test_every_word_stands_once_and_in_order_in_lines_that_fit(words: list[str]) -> None:
    cues = cues_of(spec(" ".join(["Well", *words])))
    said = [word for word in ["Well", *words] if re.search(r"[^\W_]", word)]
    shown = [word for cue in cues for word in cue.text.split() if re.search(r"[^\W_]", word)]
    assert shown == said
    for cue in cues:
        if max(map(len, cue.text.split())) <= cue.limits.cells:
            assert len(cue.lines) <= 2
            assert max(map(width, cue.lines)) <= cue.limits.cells
    assert all(cue.start < cue.end for cue in cues)
    assert all(one.start <= next.start for one, next in pairwise(cues))
    assert read_srt(srt(cues)) == as_read(cues)
    assert read_vtt(vtt(cues)) == as_read(cues)
    assert by_ffmpeg(srt(cues), "srt") == as_read(cues)
    assert by_ffmpeg(vtt(cues), "webvtt") == as_read(cues)


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.vidc.yaml").write_text(spec("Hello there, everyone. Good bye to you."), encoding="utf-8")
    assert run("captions", "a.vidc.yaml", "--format", "vtt", "-o", "a.vtt", cwd=tmp_path).returncode == 0
    assert [text for _, _, text in read_vtt((tmp_path / "a.vtt").read_text(encoding="utf-8"))] == [
        "Hello there, everyone.",
        "Good bye to you.",
    ]


@pytest.mark.parametrize("format", ["srt", "vtt"])
def test_a_spec_with_errors_has_no_captions(tmp_path: Path, format: str) -> None:
    (tmp_path / "a.vidc.yaml").write_text(HEAD + "scenes: 3\n", encoding="utf-8")
    done = run("captions", "a.vidc.yaml", "--format", format, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")


def test_a_spec_in_which_nobody_speaks_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.vidc.yaml").write_text("templateJobId: abc\ndynamicVariables: {name: Ann}\n", encoding="utf-8")
    done = run("captions", "a.vidc.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "vidc: a.vidc.yaml: nothing is said in it\n")
