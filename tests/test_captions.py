"""Captions: every word that is heard, once and in order, in lines that fit, at times that grow."""

from __future__ import annotations

import html
import itertools
import re
import time
import unicodedata
from pathlib import Path

import pytest
from command import run
from hypothesis import given, settings
from hypothesis import strategies as st

from vidc.compile import compile
from vidc.diag.cells import width
from vidc.review.captions import LEAST_MS, Cue, captions, srt, too_fast, vtt
from vidc.source import Source

HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 1080, height: 1080}"
VOICE = {
    "en": "en-GB-RyanNeural",
    "zh": "zh-CN-XiaoxiaoNeural",
    "ja": "ja-JP-NanamiNeural",
    "de": "de-DE-KatjaNeural",
    "th": "th-TH-PremwadeeNeural",
}
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


def test_a_sentence_is_a_cue_and_a_long_one_is_parted_behind_a_comma() -> None:
    cues = cues_of(
        spec("Hi there. When you come to the office in the morning, take the stairs at the back of the house, please.")
    )
    assert [cue.lines for cue in cues] == [
        ("Hi there.",),
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
        ("今天我们一起来看看怎样在", "工作中安全地使用电子邮件，"),
        ("不打开陌生人的附件，", "也不点击奇怪的链接。"),
        ("谢谢大家。",),
    ]


def test_thai_is_parted_between_phrases_and_never_inside_a_letter() -> None:
    text = "สวัสดีครับ ยินดีต้อนรับสู่หลักสูตรความปลอดภัยในการทำงาน วันนี้เราจะเรียนรู้เรื่องอีเมลและรหัสผ่านที่ปลอดภัยกันครับ"
    cues = cues_of(spec(text, "th"))
    assert [cue.text.replace(" ", "") for cue in cues] == [
        "สวัสดีครับยินดีต้อนรับสู่หลักสูตรความปลอดภัยในการทำงาน",
        "วันนี้เราจะเรียนรู้เรื่องอีเมลและรหัสผ่านที่ปลอดภัยกันครับ",
    ]
    assert [line for cue in cues for line in cue.lines if unicodedata.category(line[0]) == "Mn"] == []
    assert cues[0].lines[0].startswith("สวัสดีครับ ยินดี")


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("zh", "今天3.5小时。谢谢。", ["今天3.5小时。", "谢谢。"]),
        ("zh", "欢迎来到Northwind Traders。", ["欢迎来到Northwind Traders。"]),
        ("de", "Das kostet z. B. 3,50 €. Wirklich?", ["Das kostet z. B. 3,50 €.", "Wirklich?"]),
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


def test_a_short_word_stays_until_it_is_read() -> None:
    text = spec("Yes.", scene="duration: 5s")
    assert [cue.end - cue.start for cue in cues_of(text)] == [LEAST_MS]


def test_what_is_said_too_fast_is_named() -> None:
    words = "Straightforward strengths thoroughly brought through. " * 3
    fast = too_fast([Cue(0, 1000, (words[:42],), "scenes[0].tracks[0]", cues_of(spec(words))[0].limits)])
    assert [round(cue.pace) for cue in fast] == [42]


def test_signs_of_the_formats_are_text() -> None:
    cues = cues_of(spec("A --> B & <i>not slanted</i>."))
    assert read_vtt(vtt(cues)) == as_read(cues)
    assert read_srt(srt(cues))[0][2] == "A -> B & <i>not slanted</i>."


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
    assert all(one.start <= next.start for one, next in itertools.pairwise(cues))
    assert read_srt(srt(cues)) == as_read(cues)
    assert read_vtt(vtt(cues)) == as_read(cues)


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.vidc.yaml").write_text(spec("Hello there. Good bye."), encoding="utf-8")
    assert run("captions", "a.vidc.yaml", "--format", "vtt", "-o", "a.vtt", cwd=tmp_path).returncode == 0
    assert [text for _, _, text in read_vtt((tmp_path / "a.vtt").read_text(encoding="utf-8"))] == [
        "Hello there.",
        "Good bye.",
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
