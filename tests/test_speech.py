"""How long a text takes to say: measured speech, plausible sentences, and what is true of every text."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidc.clock import Length
from vidc.ir.facts import Calibration
from vidc.speech import calibrate, code_of, estimate, known, language_of, said_by
from vidc.speech.language import FITTED, load
from vidc.speech.length import FOLLOWED
from vidc.speech.rates import PUBLISHED
from vidc.speech.reader import LETTERS, MAJOR, MINOR, SYLLABLES, WORDS, Reader
from vidc.speech.sounds import Room
from vidc.speech.spoken import join_groups, spoken

DATA = os.environ.get("VIDC_SPEECH_DATA", "")
needs_data = pytest.mark.skipif(not DATA, reason="VIDC_SPEECH_DATA names no file of measured speech")

LANGUAGES = (*sorted(FITTED), *sorted(PUBLISHED), "xx", "")
languages = st.sampled_from(LANGUAGES)
words = st.text(st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cc"]), min_size=1)
awkward = st.sampled_from(
    (
        *("", " ", "1", "12", "000", "1.", "10 000", "1,5", "2016-12-01", "9:30", "9" * 30, "年", "2010年", "%", "$5"),
        *("XIV", "USA", "U.S.", "Dr.", "z.B.", "a.C.", "don't", "l'ADN", "...", "(", "—", "-", "\ud800"),
        *("क्", "中文，a", "ア"),
    )
)
texts = st.one_of(st.text(st.characters()), st.lists(st.one_of(words, awkward)).map(" ".join))

# fmt: off
PLAUSIBLE = [
    ("en", "Hello there.", 0.7, 1.2),
    ("en", "Welcome to the team, and thank you for joining us today.", 2.6, 3.8),
    ("en", "Please wear your safety glasses before you enter the workshop.", 2.7, 3.9),
    ("en", "In this video you will learn how to submit an expense report in three easy steps.", 3.5, 5.0),
    ("en", "The new dashboard shows your sales, your costs and your margin at a glance.", 3.4, 4.8),
    ("en", "If you have any questions, ask your manager or write to the help desk.", 3.3, 4.6),
    ("en", "Our revenue grew by 12.5% in 2023, to more than $48 million.", 5.2, 7.4),
    ("en", "The meeting starts at 9:30 and ends at 11:00.", 2.6, 3.8),
    ("en", "Log in to the HR portal with your employee ID and the PIN you received by SMS.", 4.0, 5.9),
    ("en", "Great job! You have finished the first module. Are you ready for the next one?", 3.8, 5.5),
    ("en", "Never share your password with anyone, not even with colleagues.", 2.9, 4.2),
    ("en", "Dr. Smith will see you on 3/14/2025 in room 207.", 4.2, 6.0),
    ("de", "Hallo zusammen.", 0.9, 1.4),
    ("de", "Willkommen im Team, schön, dass Sie heute dabei sind.", 2.6, 3.7),
    ("de", "Bitte tragen Sie Ihre Schutzbrille, bevor Sie die Werkstatt betreten.", 3.2, 4.7),
    ("de", "In diesem Video lernen Sie, wie man in drei Schritten eine Reisekostenabrechnung einreicht.", 4.0, 5.9),
    ("de", "Die neue Übersicht zeigt Umsatz, Kosten und Gewinn auf einen Blick.", 3.1, 4.6),
    ("de", "Wenn Sie Fragen haben, wenden Sie sich an Ihre Führungskraft.", 2.9, 4.2),
    ("de", "Unser Umsatz stieg 2023 um 12,5 % auf mehr als 48 Millionen Euro.", 5.6, 8.2),
    ("de", "Die Besprechung beginnt am 3. März um 9:30 Uhr.", 2.8, 4.2),
    ("de", "Geben Sie Ihr Passwort niemals weiter, auch nicht an Kolleginnen und Kollegen.", 3.5, 5.1),
    ("de", "Sehr gut! Sie haben das erste Modul abgeschlossen. Sind Sie bereit für das nächste?", 4.2, 6.1),
    ("de", "Melden Sie sich mit Ihrer Personalnummer an, z.B. im Büro.", 3.2, 4.7),
    ("de", "Die Maschine hat 1250 Umdrehungen pro Minute.", 2.9, 4.3),
    ("fr", "Bonjour à tous.", 0.7, 1.2),
    ("fr", "Bienvenue dans l'équipe, et merci d'être avec nous aujourd'hui.", 2.4, 3.6),
    ("fr", "Portez toujours vos lunettes de protection avant d'entrer dans l'atelier.", 2.8, 4.2),
    ("fr", "Dans cette vidéo, vous apprendrez à envoyer une note de frais en trois étapes simples.", 3.3, 4.9),
    ("fr", "Le nouveau tableau de bord affiche vos ventes et vos coûts en un coup d'œil.", 2.5, 4.0),
    ("fr", "Si vous avez des questions, adressez-vous à votre responsable.", 2.6, 3.8),
    ("fr", "Notre chiffre d'affaires a augmenté de 12,5 % en 2023.", 3.2, 4.8),
    ("fr", "La réunion commence à 9:30 et finit à 11:00.", 2.2, 3.4),
    ("fr", "Ne partagez jamais votre mot de passe, même avec vos collègues.", 2.6, 3.9),
    ("fr", "Bravo ! Vous avez terminé le premier module. Êtes-vous prêt pour la suite ?", 3.3, 4.9),
    ("fr", "Mme Durand vous attend au bureau 207.", 1.5, 2.4),
    ("fr", "Le XXIe siècle a commencé en 2001.", 1.8, 2.8),
    ("es", "Hola a todos.", 0.8, 1.3),
    ("es", "Bienvenidos al equipo, y gracias por acompañarnos hoy.", 2.6, 3.9),
    ("es", "Póngase las gafas de seguridad antes de entrar en el taller.", 2.9, 4.3),
    ("es", "En este vídeo aprenderá a enviar un informe de gastos en tres pasos sencillos.", 3.6, 5.3),
    ("es", "Nuestros ingresos crecieron un 12,5% en 2023.", 3.7, 5.5),
    ("es", "¡Enhorabuena! Ha terminado el primer módulo.", 2.3, 3.5),
    ("zh", "欢迎加入我们的团队。", 2.0, 4.2),
    ("zh", "进入车间之前，请戴好护目镜。", 2.8, 5.4),
    ("zh", "在本视频中，您将学习如何分三步提交报销单。", 4.2, 8.2),
    ("zh", "2023年我们的收入增长了12.5%。", 4.3, 8.6),
    ("hi", "हमारी टीम में आपका स्वागत है।", 1.7, 2.7),
    ("hi", "कार्यशाला में जाने से पहले कृपया अपना चश्मा पहनें।", 2.8, 4.3),
    ("pl", "Przed wejściem do warsztatu proszę założyć okulary ochronne.", 3.2, 4.8),
    ("pl", "Spotkanie zaczyna się 3 marca o godzinie 9:30.", 3.1, 4.7),
    ("tr", "Atölyeye girmeden önce lütfen koruyucu gözlüğünüzü takın.", 3.2, 4.8),
    ("tr", "Gelirimiz 2023'te %12 arttı.", 2.8, 4.2),
    ("it", "Prima di entrare in officina indossate gli occhiali di protezione.", 3.1, 4.6),
    ("it", "I ricavi sono cresciuti del 12,5% nel 2023.", 3.7, 5.6),
    ("pt", "Antes de entrar na oficina, coloque os óculos de proteção.", 3.1, 4.6),
    ("pt", "A receita cresceu 12,5% em 2023.", 3.5, 5.3),
    ("id", "Pakailah kacamata pelindung sebelum masuk ke bengkel.", 2.7, 4.1),
    ("id", "Pendapatan kami naik 12,5% pada tahun 2023.", 4.2, 6.3),
    ("ja", "作業場に入る前に、保護メガネを着用してください。", 3.5, 6.0),
    ("ko", "작업장에 들어가기 전에 보안경을 착용하십시오.", 2.8, 4.4),
    ("nl", "Draag altijd een veiligheidsbril voordat u de werkplaats binnengaat.", 3.0, 4.8),
    ("ru", "Перед входом в цех наденьте защитные очки.", 2.0, 3.6),
    ("fi", "Tervetuloa tiimiimme, ja kiitos että olet mukana tänään.", 2.8, 4.4),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "shortest", "longest"), PLAUSIBLE)
def test_a_sentence_takes_a_plausible_time(language: str, text: str, shortest: float, longest: float) -> None:
    assert shortest * 1000 <= estimate(text, language).expected <= longest * 1000


# What numbers and signs are said as.


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "1955", "nineteen fifty five"),
        ("en", "1900", "nineteen hundred"),
        ("en", "2010", "two thousand ten"),
        ("en", "168,000", "one hundred and sixty eight thousand"),
        ("en", "3.14", "three point one four"),
        ("en", "$1.4", "dollars one point four"),
        ("en", "9:30", "nine thirty"),
        ("en", "11:00", "eleven"),
        ("en", "3/14/2025", "fourteen March two thousand twenty five"),
        ("en", "2016-12-01", "one December two thousand sixteen"),
        ("en", "F1", "F one"),
        ("en", "007", "zero zero seven"),
        ("en", "192.168.0.1", "one hundred and ninety two point one hundred and sixty eight point zero point one"),
        ("en", "1" * 19, " ".join(["one"] * 19)),
        ("de", "1955", "neunzehn hundert fünfundfünfzig"),
        ("de", "1.000.000", "eine Million"),
        ("de", "12,5", "zwölf Komma fünf"),
        ("es", "100", "cien"),
        ("es", "2.345", "dos mil trescientos cuarenta y cinco"),
        ("fr", "71", "soixante onze"),
        ("fr", "99", "quatre-vingt dix-neuf"),
        ("fr", "6%", "six pour cent"),
        ("it", "1500", "mille cinquecento"),
        ("pt", "222", "duzentos e vinte e dois"),
        ("pl", "345", "trzysta czterdzieści pięć"),
        ("tr", "1453", "bin dört yüz elli üç"),
        ("id", "1945", "seribu sembilan ratus empat puluh lima"),
        ("hi", "123456", "एक लाख तेईस हज़ार चार सौ छप्पन"),
        ("hi", "१२", "बारह"),
        ("zh", "12", "十二"),
        ("zh", "2010年", "二 零 一 零年"),
        ("xx", "12", "12"),
    ],
)
def test_numbers_are_said_as_words(language: str, text: str, said: str) -> None:
    assert " ".join(spoken(text, load(language)).split()) == said


def test_groups_of_three_digits_are_one_number() -> None:
    assert join_groups("10 000 or 1\u202f234\u00a0567, in 2015 300 people") == "10000 or 1234567, in 2015 300 people"


@pytest.mark.parametrize(
    ("language", "token", "what", "number"),
    [
        ("en", "banana", SYLLABLES, 3),
        ("en", "little,", SYLLABLES, 2),
        ("en", "wanted", SYLLABLES, 2),
        ("en", "walked", SYLLABLES, 1),
        ("en", "USA", LETTERS, 3),
        ("en", "U.S.", LETTERS, 2),
        ("en", "UNESCO", LETTERS, 0),
        ("en", "XIV", LETTERS, 0),
        ("en", "km", LETTERS, 2),
        ("en", "well-known", WORDS, 2),
        ("en", "end?!...", MAJOR, 1),
        ("en", "Mr.", MAJOR, 0),
        ("en", "(so", MINOR, 1),
        ("de", "16.", MAJOR, 0),
        ("de", "Australier", SYLLABLES, 4),
        ("fr", "parlent", SYLLABLES, 1),
        ("fr", "XXe", SYLLABLES, 1),
        ("es", "María", SYLLABLES, 3),
        ("pl", "w.", SYLLABLES, 2),
        ("hi", "नमस्ते", SYLLABLES, 3),
        ("hi", "घर", SYLLABLES, 1),
        ("zh", "你好，世界。", SYLLABLES, 4),
        ("ja", "きょう", SYLLABLES, 2),
        ("ja", "東京", SYLLABLES, 4),
        ("ko", "한국어", SYLLABLES, 3),
        ("ru", "молоко", SYLLABLES, 3),
        ("el", "καλημέρα", SYLLABLES, 4),
    ],
)
def test_a_word_is_counted(language: str, token: str, what: int, number: int) -> None:
    assert Reader(load(language)).measure(token)[what] == number


# What is true of every text.


@given(st.text(st.sampled_from(" \n\t\u00a0.,!?…;:-–—'\"()[]«»„“”、。！？·*_~<>|/\\\u200b👍\ud800")), languages)
def test_nothing_said_takes_no_time(text: str, language: str) -> None:
    assert estimate(text, language) == Length(0, 0, 0, "exact")


@given(texts, languages)
def test_bounds_are_whole_and_in_order(text: str, language: str) -> None:
    length = estimate(text, language)
    assert [type(ms) for ms in (length.low, length.expected, length.high)] == [int, int, int]
    assert 0 <= length.low <= length.expected <= length.high


@given(texts, st.one_of(words, awkward), languages)
def test_another_word_never_takes_less(text: str, word: str, language: str) -> None:
    before, after = estimate(text, language), estimate(f"{text} {word}", language)
    assert before.low <= after.low
    assert before.expected <= after.expected
    assert before.high <= after.high


@given(texts, languages)
def test_a_mark_at_the_end_changes_nothing(text: str, language: str) -> None:
    stopped = text.rstrip() + " ."
    assert estimate(stopped, language) == estimate(stopped + ".", language)


@given(texts, languages, st.lists(st.integers(-10, 20_000), min_size=2).map(sorted))
def test_what_is_said_grows_with_time_within_the_text(text: str, language: str, times: list[int]) -> None:
    offsets = [said_by(text, language, ms) for ms in times]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(text) for offset in offsets)


@given(texts, languages)
def test_all_is_said_by_the_expected_time(text: str, language: str) -> None:
    assert said_by(text, language, estimate(text, language).expected) == len(text)


@given(
    st.lists(st.sampled_from(["one", "two,", "three.", "12", "(four)"]), min_size=1).map(" ".join), st.integers(0, 9000)
)
def test_what_is_said_ends_with_a_word(text: str, ms: int) -> None:
    offset = said_by(text, "en", ms)
    assert offset in {0, len(text)} | {place for place, mark in enumerate(text) if mark == " "}


@given(texts, texts, languages)
def test_what_was_read_before_changes_nothing(text: str, before: str, language: str) -> None:
    fresh, used = Reader(load(language)), Reader(load(language))
    for token in before.split():
        used.measure(token)
    assert [list(used.measure(token)) for token in text.split()] == [
        list(fresh.measure(token)) for token in text.split()
    ]


HUGE = (
    *("1" * 100_000, "%" * 100_000, "a" * 100_000, "." * 100_000, "'" * 100_000, "\ud800" * 100_000),
    *("1." * 50_000, "a-" * 50_000, "(a" * 50_000, "中1" * 50_000, "A.B." * 25_000, "12:" * 33_000, "1 000 " * 16_000),
)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", HUGE, ids=lambda text: ascii(text[:6]))
def test_a_huge_text_is_read_in_linear_time(text: str, language: str) -> None:
    started = time.perf_counter()
    length = estimate(text, language)
    said_by(text, language, length.expected // 2)
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(("language", "text"), [("en", "one two, three. " * 3_000), ("zh", "\u4f60\u597d" * 20_000)])
def test_the_place_in_a_very_long_text_is_found_by_proportion(language: str, text: str) -> None:
    assert len(text) > FOLLOWED
    whole = estimate(text, language).expected
    for tenth in range(1, 10):
        offset = said_by(text, language, whole * tenth // 10)
        assert abs(offset - len(text) * tenth / 10) < 20
        assert language == "zh" or text[offset] == " "


def test_what_is_remembered_is_bounded_over_all_languages() -> None:
    room = Room(2)
    assert [room.takes_one() for _ in range(4)] == [True, True, False, False]


@given(texts, languages)
def test_a_language_goes_by_one_code(text: str, language: str) -> None:
    assert estimate(text, code_of(language)) == estimate(text, language)


@pytest.mark.parametrize(
    ("language", "code"), [("pt_BR", "pt"), ("cmn-CN", "zh"), ("hr", "sr"), ("ja", "ja"), ("xx", "und")]
)
def test_the_code_of_a_language_is_that_of_its_data(language: str, code: str) -> None:
    assert code_of(language) == load(language).code == code


# Speakers and languages.


@pytest.mark.parametrize(
    ("speaker", "language"),
    [
        ("en-GB-RyanNeural", "en-GB"),
        ("pt-BR-FranciscaNeural", "pt-BR"),
        ("zh-CN-liaoning-XiaobeiNeural", "zh-CN"),
        ("sr-Latn-RS-NicholasNeural", "sr-Latn-RS"),
        ("fil-PH-BlessicaNeural", "fil-PH"),
        ("es-419-Standard-A", "es-419"),
        ("en_US-lessac-medium", "en-US"),
        ("aquXcfLbkxpW4BBI5qKm", None),
        ("karen", None),
        ("my-own-voice", None),
        ("en", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_a_speaker_says_its_language(speaker: str | None, language: str | None) -> None:
    assert language_of(speaker) == language


@given(st.text())
def test_any_speaker_may_be_asked(speaker: str) -> None:
    language = language_of(speaker)
    assert language is None or estimate("a", language).expected > 0


def test_languages_are_known_by_their_first_part() -> None:
    asked = ["pt-BR", "en", "EN_us", "cmn-Hans-CN", "ja-JP", "xx", "", "english"]
    assert [known(language) for language in asked] == [True, True, True, True, True, False, False, False]


def test_a_region_does_not_change_the_length() -> None:
    assert estimate("Olá a todos.", "pt-BR") == estimate("Olá a todos.", "pt")


def test_less_known_languages_have_wider_bounds() -> None:
    width = {code: load(code).high / load(code).low for code in ("en", "fi", "xx")}
    assert width["en"] < width["fi"] < width["xx"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_weight_is_negative(language: str) -> None:
    assert min(load(language).weights) >= 0


# Calibration.


def samples(number: int, spread: float, scale: float = 1.2, seed: int = 1) -> list[tuple[str, str, int]]:
    """Texts of one speaker whose measured lengths scatter log-normally around a scaled estimate."""
    chance = random.Random(seed)
    found = []
    for place in range(number):
        text = (
            " ".join(chance.choices(["safety", "report", "the", "welcome,", "12", "team."], k=6 + place % 9))
            + f" {place}"
        )
        found.append((text, "en", round(estimate(text, "en").expected * scale * chance.lognormvariate(0, spread))))
    return found


def test_nineteen_texts_are_too_few() -> None:
    assert calibrate(samples(19, 0.05)) is None


def test_a_text_said_twice_counts_once() -> None:
    assert calibrate(samples(10, 0.05) * 5) is None


def test_silent_texts_do_not_count() -> None:
    assert calibrate([(f"...{' ' * place}", "en", 100) for place in range(50)]) is None


def test_a_speaker_that_is_steady_is_predicted_exactly() -> None:
    found = calibrate(samples(40, 0.0, scale=1.5))
    assert found is not None
    assert found.texts == 40
    assert (found.scale, found.low, found.high) == pytest.approx((1.5, 1.0, 1.0), abs=0.002)


def test_calibrated_bounds_scale_the_estimate() -> None:
    plain = estimate("Welcome to the team.", "en")
    assert estimate("Welcome to the team.", "en", Calibration(2.0, 0.9, 1.1, 20)) == Length(
        pytest.approx(plain.expected * 1.8, abs=2),
        pytest.approx(plain.expected * 2, abs=2),
        pytest.approx(plain.expected * 2.2, abs=2),
        "calibrated",
    )


def test_twenty_texts_hold_the_next_one_at_95_percent() -> None:
    inside = 0
    for seed in range(400):
        *known_texts, (text, language, ms) = samples(21, 0.1, seed=seed)
        length = estimate(text, language, calibrate(known_texts))
        inside += length.low <= ms <= length.high
    assert 0.93 <= inside / 400 <= 0.975


# Against measured speech, which is not part of the repository.


def fitting() -> dict[str, object]:
    """The fitting script's functions, from beside this file."""
    import runpy

    return runpy.run_path(str(Path(__file__).parent / "benchmarks" / "speech_fit.py"))


def measured() -> dict[str, list[tuple[str, str, int]]]:
    found: dict[str, list[tuple[str, str, int]]] = {}
    for entry in json.loads(Path(DATA).read_text(encoding="utf-8")):
        sample = (entry["text"], entry["language"], round(entry["seconds"] * 1000))
        found.setdefault(entry["language"], []).append(sample)
    return found


@needs_data
def test_the_shipped_weights_miss_measured_speech_by_under_five_percent() -> None:
    errors = {
        language: sum(abs(estimate(text, language).expected / ms - 1) for text, _, ms in entries) / len(entries)
        for language, entries in measured().items()
    }
    assert sum(errors.values()) / len(errors) <= 0.05
    assert max(errors.values()) <= 0.07


@needs_data
def test_weights_fitted_without_a_fold_predict_it_within_five_percent() -> None:
    script = fitting()
    errors = {}
    for language, entries in measured().items():
        rows = script["rows_of"]([(text, ms) for text, _, ms in entries], language)  # type: ignore[operator]
        ratios = script["cross_validated"](rows)  # type: ignore[operator]
        errors[language] = sum(abs(ratio - 1) for ratio in ratios) / len(ratios)
    assert sum(errors.values()) / len(errors) <= 0.05
    assert max(errors.values()) <= 0.07


@needs_data
def test_uncalibrated_bounds_hold_nearly_all_measured_speech() -> None:
    lengths = [(estimate(text, language), ms) for language, entries in measured().items() for text, _, ms in entries]
    assert sum(length.low <= ms <= length.high for length, ms in lengths) / len(lengths) >= 0.99


@needs_data
def test_calibrated_bounds_hold_95_percent_of_what_they_did_not_see() -> None:
    inside = total = 0
    for language, entries in measured().items():
        random.Random(1).shuffle(entries)
        for fold in range(5):
            seen = [entry for place, entry in enumerate(entries) if place % 5 != fold]
            calibration = calibrate(seen)
            for text, _, ms in entries[fold::5]:
                length = estimate(text, language, calibration)
                inside += length.low <= ms <= length.high
                total += 1
    assert 0.93 <= inside / total <= 0.97
