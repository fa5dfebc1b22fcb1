"""The local voices: the same bytes always, a voice for each speaker, words and mouths at their times, recordings."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidc.render import espeak
from vidc.render.align import RATE, aligned, lips, warp
from vidc.render.media_sound import at_rate
from vidc.render.mouth import SHORTEST_SHAPE_MS, merged, shape_at, shape_of
from vidc.render.stage import MOUTHS
from vidc.render.voice import LEAD_MS, TAIL_MS, CannotSpeak, Speech, Voice, say, speak
from vidc.render.voice_cast import LANGUAGES, MEN, WOMEN, presented, spoken_as, voice_of
from vidc.render.voice_words import words_of
from vidc.speech import estimate

ROOT = Path(__file__).parent.parent

SENTENCES = {
    "ar": "مرحبا بكم في هذه الدورة القصيرة حول البريد الآمن في العمل.",
    "cs": "Vítejte v tomto krátkém kurzu o bezpečné poště v práci.",
    "de": "Willkommen zu diesem kurzen Kurs über sichere Post bei der Arbeit. Wir fangen gleich an.",
    "en": "Hello, and welcome to Harbor. I'm Karen, and I work with new customers here at Northwind.",
    "es": "Bienvenidos a este curso breve sobre el correo seguro en el trabajo. ¿Empezamos ya?",
    "fr": "Bienvenue dans cette courte formation sur la messagerie au travail. Commençons tout de suite.",
    "hi": "काम पर सुरक्षित मेल के इस छोटे पाठ्यक्रम में आपका स्वागत है।",
    "id": "Selamat datang di kursus singkat tentang surel yang aman di tempat kerja.",
    "it": "Benvenuti a questo breve corso sulla posta sicura al lavoro. Cominciamo subito.",
    "ja": "こんにちは、みなさん。新しい機能をご紹介します。設定を開いて、通知を選んでください。",
    "nl": "Welkom bij deze korte cursus over veilige mail op het werk. We beginnen meteen.",
    "pl": "Witamy na tym krótkim szkoleniu o bezpiecznej poczcie w pracy. Zaczynamy.",
    "pt": "Bem-vindos a este breve curso sobre correio seguro no trabalho. Vamos começar.",
    "ru": "Добро пожаловать на этот короткий курс о безопасной почте на работе.",
    "sv": "Välkommen till den här korta kursen om säker e-post på jobbet.",
    "tr": "İş yerinde güvenli posta hakkındaki bu kısa kursa hoş geldiniz.",
    "zh": "欢迎参加这个关于工作中安全邮件的短期课程。我们现在就开始。",
}


def digest(speech: Speech) -> str:
    whole = (speech.ms, speech.words, speech.mouths)
    return sha256(speech.samples.tobytes() + repr(whole).encode()).hexdigest()


def afresh(text: str, language: str, speaker: str) -> Speech:
    return say(text, voice_of(language, speaker))


def test_the_same_text_is_the_same_bytes_whatever_was_said_before() -> None:
    first = digest(afresh(SENTENCES["en"], "en", "a"))
    for text in SENTENCES.values():
        afresh(text, "de", "b")
    assert digest(afresh(SENTENCES["en"], "en", "a")) == first


def test_another_process_says_the_same_bytes() -> None:
    code = (
        "import sys; from vidc.render.voice import say, voice_of; from test_render_voice import digest\n"
        "print(digest(say(sys.argv[1], voice_of('en', 'a'))))"
    )
    command = [sys.executable, "-c", code, SENTENCES["en"]]
    path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=path)
    assert done.stdout.strip() == digest(afresh(SENTENCES["en"], "en", "a"))


def test_threads_that_speak_at_once_say_the_same_bytes() -> None:
    wanted = {name: digest(afresh(text, name, "a")) for name, text in SENTENCES.items()}
    found: dict[str, str] = {}
    threads = [
        threading.Thread(target=lambda name=name, text=text: found.update({name: digest(afresh(text, name, "a"))}))
        for name, text in SENTENCES.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == wanted


def test_a_text_that_crashes_the_synthesizer_is_said_without_its_rarer_signs() -> None:
    wanted = digest(afresh(SENTENCES["en"], "en", "a"))
    made = afresh("नमस्ते ⓜ नमस्ते", "ne", "a")
    assert [word.text for word in made.words] == ["नमस्ते ⓜ", "नमस्ते"]
    assert digest(afresh("नमस्ते ⓜ नमस्ते", "ne", "a")) == digest(made)
    assert digest(afresh(SENTENCES["en"], "en", "a")) == wanted


def test_a_synthesizer_that_dies_of_everything_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "_library", lambda: str(ROOT / "pyproject.toml"))
    with pytest.raises(CannotSpeak, match="eSpeak NG cannot say this text"):
        afresh("Hello.", "en", "a")


def test_a_synthesizer_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "hang.py").write_text("import time; time.sleep(60)")
    espeak._end()
    monkeypatch.setattr(espeak.espeak_child, "__file__", str(tmp_path / "hang.py"))
    monkeypatch.setattr(espeak, "PATIENCE_SECONDS", 0.1)
    with pytest.raises(CannotSpeak, match="eSpeak NG cannot say this text"):
        afresh("Hello.", "en", "a")


def test_an_interrupted_utterance_is_not_taken_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = digest(afresh("Two.", "en", "a"))

    def interrupted(_stream: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(espeak.espeak_child, "receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            afresh("One.", "en", "a")
    assert digest(afresh("Two.", "en", "a")) == wanted


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_process_has_a_synthesizer_of_its_own() -> None:
    wanted = digest(afresh(SENTENCES["en"], "en", "a"))
    code = (
        "import os, sys; from vidc.render.voice import say, voice_of; from test_render_voice import digest\n"
        "text, voice = sys.argv[1], voice_of('en', 'a'); say('One.', voice); child = os.fork()\n"
        "found = digest(say(text, voice)); sys.stdout.write(found + '\\n'); sys.stdout.flush()\n"
        "child and os.wait()"
    )
    path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    done = subprocess.run(
        [sys.executable, "-c", code, SENTENCES["en"]], capture_output=True, text=True, check=True, env=path
    )
    assert done.stdout.split() == [wanted, wanted]


def test_data_under_a_long_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("x" * 200)
    long.mkdir()
    (long / "espeak-ng-data").symlink_to(espeakng_loader.get_data_path())
    wanted = digest(afresh("Hello.", "en", "a"))
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(long / "espeak-ng-data"))
    espeak._data.cache_clear()
    try:
        assert digest(afresh("Hello.", "en", "a")) == wanted
    finally:
        espeak._data.cache_clear()


@pytest.mark.parametrize("language", SENTENCES)
def test_speech_is_framed_by_silence_and_as_long_as_it_says(language: str) -> None:
    said = speak(SENTENCES[language], language, "a")
    assert len(said.samples) == -(-said.ms * said.rate // 1000)
    loud = np.flatnonzero(np.abs(said.samples.astype(int)) > 100)
    assert loud[0] == LEAD_MS * said.rate // 1000
    assert 0 <= len(said.samples) - 1 - loud[-1] - TAIL_MS * said.rate // 1000 <= said.rate // 1000 + 1


@pytest.mark.parametrize("language", SENTENCES)
def test_speech_takes_about_as_long_as_the_estimator_expects(language: str) -> None:
    expected = estimate(SENTENCES[language], language).expected
    assert speak(SENTENCES[language], language, "a").ms / expected == pytest.approx(1, abs=0.45)


WORDS = [
    ("en", "Hello, and “welcome” — it costs $25.50!", ["Hello,", "and", "“welcome” —", "it", "costs", "$25.50!"]),
    ("en", "(Nice—isn't it?) Yes 😀", ["(Nice—isn't", "it?)", "Yes", "😀"]),
    ("es", "¿Cómo estás? ¡Muy bien!", ["¿Cómo", "estás?", "¡Muy", "bien!"]),
    ("fr", "C’est « bien » !", ["C’est", "« bien » !"]),
    ("de", "Am 3. Mai 25,50 €, nicht wahr?", ["Am", "3.", "Mai", "25,50", "€,", "nicht", "wahr?"]),
    ("ja", "こんにちは、「東京」です。", ["こんにちは、", "「東京」", "です。"]),
    ("zh", "你好，欢迎。", ["你好，", "欢迎。"]),
    ("ar", "مرحبا بكم في العالم.", ["مرحبا", "بكم", "في", "العالم."]),
]


@pytest.mark.parametrize(("language", "text", "words"), WORDS)
def test_words_are_whole_with_their_punctuation(language: str, text: str, words: list[str]) -> None:
    assert [word.text for word in speak(text, language, "a").words] == words


offsets = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 40)), max_size=20).map(sorted)


@given(st.text(max_size=40), offsets)
def test_words_hold_every_sign_of_a_text_once_and_in_order(text: str, heard: list[tuple[int, int]]) -> None:
    words = words_of(text, heard, 6000)
    assert "".join("".join(word.text for word in words).split()) == "".join(text.split())
    for word in words:
        assert text[word.first : word.last] == word.text.strip() or text[word.first : word.last] == word.text
        assert 0 <= word.start <= word.end
    for before, after in pairwise(words):
        assert before.last <= after.first


def test_a_word_ends_where_the_pause_behind_it_begins() -> None:
    said = speak("Hello. There.", "en", "a")
    first, second = said.words
    between = range(first.end + 5, second.start - 5)
    assert len(between) > 150
    assert {shape_at(said.mouths, ms) for ms in between} == {"rest"}
    quiet = said.samples[between[40] * said.rate // 1000 : between[-40] * said.rate // 1000]
    assert np.abs(quiet.astype(int)).max() < 500


def test_every_sound_of_every_language_has_a_shape() -> None:
    sounds = {
        phoneme
        for language, text in SENTENCES.items()
        for _, phoneme in espeak.utter(text, voice_of(language, "a")).phonemes
    }
    assert len(sounds) > 150
    signs = {"ˈ", "ˌ", "ː", "ˑ", "|", "_", "-", "1", "2", "3", "4", "5", "ʰ", "ʲ", "˥", "˩"}
    assert {sound for sound in sounds if shape_of(sound) is None and not set(sound) <= signs} == set()
    assert {shape_of(sound) for sound in sounds} - {None} <= set(MOUTHS)


def test_lips_are_pressed_for_m_and_round_for_oo() -> None:
    said = speak("Mama moo.", "en", "a")
    shapes = [shape for _, shape in said.mouths]
    assert shapes == ["rest", "closed", "open", "closed", "small", "closed", "pucker", "rest"]


@given(st.lists(st.tuples(st.integers(-50, 3000), st.sampled_from(MOUTHS))).map(sorted), st.integers(1, 3000))
def test_mouths_begin_and_end_at_rest_and_never_flicker(told: list[tuple[int, str]], end: int) -> None:
    found = merged(told, end)
    assert found[0][0] == 0
    assert found[-1][1] == "rest"
    assert found[-1][0] <= end
    for (at, shape), (until, following) in pairwise(found):
        assert shape != following
        assert at < until
        assert until - at >= SHORTEST_SHAPE_MS or at == 0 or until == end or "closed" in (shape, following)


def test_a_voice_is_of_its_speaker() -> None:
    ids = ["en-GB-RyanNeural", "en-GB-SoniaNeural", "aquXcfLbkxpW4BBI5qKm", "a", "b", "c"]
    assert [voice_of("en-GB", one).name for one in ids] == [
        "en-gb+m8 173 54 68",
        "en-gb+f2 172 54 55",
        "en-gb+f2 171 44 69",
        "en-gb+m7 167 56 63",
        "en-gb+f5 170 49 69",
        "en-gb+f2 167 54 67",
    ]
    said = [digest(speak("Hello.", "en-GB", one)) for one in ids]
    assert len(set(said)) == len(ids)


def test_an_opaque_id_speaks_as_the_actor_looks() -> None:
    assert voice_of("en", "x9", "karen").variant.startswith("f")
    assert not voice_of("en", "x9", "ryan").variant.startswith("f")
    assert voice_of("en", "en-US-GuyNeural", "karen") == voice_of("en", "en-US-GuyNeural", "ryan")


@pytest.mark.parametrize(
    ("name", "presents"),
    [
        ("en-GB-SoniaNeural", "woman"),
        ("en-GB-RyanNeural", "man"),
        ("karen", "woman"),
        ("omar_casual", "man"),
        ("aquXcfLbkxpW4BBI5qKm", None),
        ("", None),
    ],
)
def test_a_given_name_in_an_id_is_seen(name: str, presents: str | None) -> None:
    assert presented(name) == presents


def test_no_given_name_is_in_both_lists() -> None:
    assert set(WOMEN.split()) & set(MEN.split()) == set()


def test_every_language_that_is_named_has_a_voice_and_a_dictionary() -> None:
    data = Path(espeakng_loader.get_data_path())
    for name in LANGUAGES.split():
        assert espeak.utter("12", Voice(name, "", 171, 50, 50)).samples.any(), name
        assert (data / f"{'no' if name == 'nb' else name.split('-')[0]}_dict").exists(), name


@pytest.mark.parametrize(
    ("language", "spoken", "note"),
    [
        ("en", "en-us", ""),
        ("en-GB", "en-gb", ""),
        ("en-AU", "en-gb", ""),
        ("en_US", "en-us", ""),
        ("es-MX", "es-419", ""),
        ("es-ES", "es", ""),
        ("pt-BR", "pt-br", ""),
        ("pt-PT", "pt", ""),
        ("de-CH", "de", ""),
        ("ja-JP", "ja", "the local voice for Japanese is hard to understand, and its length only a rough guess"),
        ("zh-CN", "cmn", "the local voice for Chinese is hard to understand, and its length only a rough guess"),
        ("zh-HK", "yue", "the local voice for Cantonese is hard to understand, and its length only a rough guess"),
        ("th", "th", "the local voice for Thai is hard to understand, and its length only a rough guess"),
        ("tlh", "en-us", "there is no local voice for `tlh`: it is read as English, and its length is a guess"),
    ],
)
def test_a_language_is_spoken_as_the_synthesizer_has_it(language: str, spoken: str, note: str) -> None:
    assert spoken_as(language) == (spoken, note)
    assert speak("1", language, "a").note == note


@pytest.mark.parametrize("text", ["", "  ", "\n", "—", "\u200d", "\0"])
def test_a_text_without_sound_takes_no_time(text: str) -> None:
    said = speak(text, "en", "a")
    assert (said.ms, len(said.samples), said.words, said.mouths) == (0, 0, (), ((0, "rest"),))


@pytest.mark.parametrize(
    "text", ["\ud800", "[[hello]]", "<break time='9s'/>", "a" * 3000, "9" * 400, "\x1b\x01", "&lt;"]
)
def test_an_odd_text_is_said_somehow(text: str) -> None:
    said = speak(text, "en", "a")
    assert all(0 <= word.start <= word.end <= said.ms for word in said.words)


def test_a_voice_that_is_not_there_says_so() -> None:
    with pytest.raises(CannotSpeak, match="eSpeak NG has no voice for `zz`"):
        say("Hello.", Voice("zz", "", 171, 50, 50))


def test_a_text_that_takes_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "MAX_SECONDS", 1)
    with pytest.raises(CannotSpeak, match="the text takes more than 0 minutes to say"):
        afresh(SENTENCES["en"], "en", "a")


def recording(text: str, voice: Voice, pauses: list[tuple[int, int]]) -> tuple[np.ndarray, Speech]:
    """Somebody else's reading, with noise, and with pauses of so many ms put in before some of its words."""
    other = say(text, voice)
    heard = at_rate(other.samples, other.rate, RATE)
    for word, ms in sorted(pauses, reverse=True):
        at = other.words[word].start * RATE // 1000
        heard = np.concatenate([heard[:at], np.zeros(ms * RATE // 1000, np.float32), heard[at:]])
    noise = np.random.default_rng(1).normal(0, 0.002, len(heard)).astype(np.float32)
    return heard * np.float32(0.3) + noise, other


@pytest.mark.parametrize(("variant", "rate"), [("f3", 140), ("m7", 200)])
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_a_recording_is_followed_word_by_word(language: str, variant: str, rate: int) -> None:
    text = SENTENCES[language]
    spoken = spoken_as(language)[0]
    pauses = [(0, 800), (3, 300), (6, 500)]
    heard, other = recording(text, Voice(spoken, variant, rate, 60, 50), pauses)
    words, mouths = aligned(heard, len(heard) * 1000 // RATE, speak(text, language, "a"))
    wanted = [word.start + sum(ms for place, ms in pauses if place <= index) for index, word in enumerate(other.words)]
    errors = [abs(word.start - at) for word, at in zip(words, wanted, strict=True)]
    assert [word.text for word in words] == [word.text for word in other.words]
    assert np.median(errors) <= 30
    assert max(errors) <= 120
    assert mouths[0] == (0, "rest")
    assert mouths[-1][1] == "rest"


def test_a_warp_of_the_same_is_the_same() -> None:
    table = np.random.default_rng(1).normal(size=(40, 5))
    assert warp(table, table).tolist() == list(range(40))
    doubled = np.repeat(table, 2, axis=0)
    assert warp(table, doubled).tolist() == [2 * step + 0.5 for step in range(40)]


@given(st.lists(st.lists(st.floats(-1, 1), min_size=2, max_size=2), min_size=1, max_size=7), st.integers(1, 7))
def test_a_warp_costs_the_least(rows: list[list[float]], number: int) -> None:
    ours = np.array(rows)
    theirs = np.random.default_rng(number).uniform(-1, 1, size=(number, 2))
    steps = warp(ours, theirs)
    assert (np.diff(steps) >= 0).all()
    assert steps[0] >= 0
    assert steps[-1] <= number - 1


def test_lips_of_a_recording_without_words_move_with_its_sound() -> None:
    silence, tone = np.zeros(RATE, np.float32), np.sin(np.arange(RATE) * 2 * np.pi * 300 / RATE).astype(np.float32)
    hiss = np.random.default_rng(1).normal(0, 0.3, RATE).astype(np.float32)
    hiss -= np.convolve(hiss, np.ones(4) / 4, "same").astype(np.float32)
    found = lips(np.concatenate([silence, tone, silence, hiss, silence]), 5000)
    assert [shape_at(found, ms) for ms in (500, 1500, 2500, 3500, 4500)] == ["rest", "pucker", "rest", "narrow", "rest"]
