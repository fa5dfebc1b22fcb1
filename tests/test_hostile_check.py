"""Specs that make the later passes work: each text is well-formed, and the same long thing is used again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from random import Random

import pytest
from test_hostile import HEAD, PLACE, attack

__all__ = ["attack"]

LONG = "150m"


def said(text: str, more: str = "") -> str:
    return f"{{type: actor, actor: k, speakerId: s, text: {text}, {more}{PLACE}}}"


def shown(text: str) -> str:
    return f"{{type: text, text: {text}, {PLACE}}}"


def picture(more: str, address: str = "'https://c.example.com/a.png'") -> str:
    return f"{{type: image, imageUrl: {address}, {more}{PLACE}}}"


def scene(tracks: str, duration: str = LONG) -> str:
    return f"- duration: {duration}\n  tracks: [{tracks}]\n"


def spec(scenes: str, top: str = "") -> str:
    return f"{HEAD}language: en\n{top}scenes:\n{scenes}"


def again(track: str, count: int, anchored: str, top: str = "") -> str:
    """A track many times, each with `*t`, which is a text."""
    return spec(scene(f"{track}, " * count), f"{top}x-t: &t {anchored}\n")


def words(count: int, letters: str = "abcdefghijklmnopqrstuvwxyz") -> Iterator[str]:
    made = product(letters, repeat=4)
    return ("".join(next(made)) + "," for _ in range(count))


def vocabulary() -> str:
    languages = [
        "de",
        "en",
        "es",
        "fr",
        "hi",
        "id",
        "it",
        "pl",
        "pt",
        "tr",
        "zh",
        "ca",
        "eu",
        "fi",
        "hu",
        "ja",
        "ko",
        "sr",
        "th",
        "vi",
        "yue",
        "ar",
        "he",
        "nl",
        "ru",
        "sl",
        "sv",
        "xx",
    ]
    text = " ".join(words(16_000))
    return spec(
        "".join(f"- language: {code}\n  duration: {LONG}\n  tracks: [{said('*t')}]\n" for code in languages),
        f"x-t: &t '{text}'\n",
    )


def misspelt(count: int) -> str:
    """Names of sixty letters that differ from each other in six: as much work as a name can make."""
    random = Random(1)

    def name() -> str:
        letters = list("abcdefghijklmnopqrstuvwxyz" * 2 + "abcdefgh")
        for _ in range(6):
            letters[random.randrange(len(letters))] = random.choice("abcdefghijklmnopqrstuvwxyz")
        return "".join(letters)

    values = "".join(f"  {name()}: x\n" for _ in range(20_000))
    return spec(
        scene(shown("'" + "".join(f"{{{name()}}}" for _ in range(count)) + "'")), f"dynamicVariables:\n{values}"
    )


def services(count: int) -> str:
    values = "".join(f"  a{n}: x\n" for n in range(count))
    payload = ", ".join(f"p{n}: '{'z' * 99_000}'" for n in range(20))
    names = "".join(f"{{a{n}}}" for n in range(count))
    track = picture(f"extra: {{{payload}, n: '{names}'}}, ")
    return spec(scene(track), f"dynamicVariables:\n{values}")


def stray_defaults() -> str:
    types = "".join(f"a{n}: {{b: c}}, " for n in range(30_000))
    actor = f"{{type: actor, actor: k, text: a, {PLACE}}}, "
    return spec(f"- defaults: {{{types}z: {{speakerId: a}}}}\n  tracks: [{actor * 6_000}]\n")


def too_short(count: int) -> str:
    """As many findings that follow from a duration in seconds as others."""

    def video(length: str) -> str:
        address = "'https://c.example.com/a.mp4'"
        return f"{{type: video, videoUrl: {address}, intrinsicDuration: {length}, {PLACE}}}, "

    return spec(scene(video("[1ms, 2ms, 200ms]") * count, "50") + scene(video("[1ms, 2s, 200s]") * count, "3s"))


TOGETHER = "overlapping-speech"
CLEAN = "no findings"

CASES: dict[str, tuple[Callable[[], str], str]] = {
    "unused-variable-beside-long-texts": (
        lambda: again(shown("*t"), 20_000, f"'{'word ' * 19_000}'", "dynamicVariables: {zz: '1'}\n"),
        "[unused-service-variable]",
    ),
    "signs-in-long-texts": (lambda: again(shown("*t"), 20_000, f"'# {'word ' * 19_000}% @'"), CLEAN),
    "names-in-words": (
        lambda: again(
            shown("*t"),
            3_000,
            "'" + "".join(f"[First Name {n}] {{First Name {n}}} <First Name {n}> " for n in range(100)) + "'",
            "dynamicVariables: {" + ", ".join(f"first_name_{n}: a" for n in range(4_000)) + "}\n",
        ),
        "[odd-braces]",
    ),
    "tabs-in-long-texts": (lambda: again(shown("*t"), 20_000, '"' + "a\\tb " * 15_000 + '"'), CLEAN),
    "nearly-a-comment": (lambda: again(shown("*t"), 20_000, f"'{'word ' * 19_000}//'"), CLEAN),
    "lines-like-fields": (
        lambda: again(shown("*t"), 20_000, "|-\n" + "".join(f"  - a{n}: b\n" for n in range(4000))),
        CLEAN,
    ),
    "one-script-many-times": (lambda: again(said("*t"), 3_000, f"'{'Word, ' * 12_000}'"), TOGETHER),
    "one-script-cut-at-many-places": (
        lambda: spec(
            "".join(scene(said("*t"), f"{5000 + n}s") for n in range(400)), f"x-t: &t '{'Word, ' * 16_000}'\n"
        ),
        "[clipped]",
    ),
    "one-script-by-many-voices": (
        lambda: spec(
            "".join(f"- language: x{a}{b}\n  duration: {LONG}\n  tracks: [{said('*t')}]\n" for a, b in product("abcdefghijklmnopqrstuvwxyz", repeat=2)),
            f"x-t: &t '{'Word, ' * 12_000}'\n",
        ),
        CLEAN,
    ),
    "many-languages": (vocabulary, "[too-many-words]"),
    "many-blank-lines-in-a-script": (lambda: spec(scene(said('"a' + "\\n" * 90_000 + '#x"'))), CLEAN),
    "one-script-that-is-nearly-markup": (
        lambda: again(said("*t", "intrinsicDuration: 2h, "), 3_000, f"'{'a __ # ' * 13_000}'"), TOGETHER,
    ),
    "one-script-with-markup-at-its-end": (
        lambda: again(said("*t", "intrinsicDuration: 2h, "), 900, f"'{'a __ # ' * 13_000}**c**'"), "[markup-in-script]",
    ),
    "one-script-with-variables": (
        lambda: again(said("*t", "intrinsicDuration: 2h, "), 500, f"'{'{v} {w} ' * 12_000}'", "dynamicVariables: {v: a, w: b}\n"),
        TOGETHER,
    ),
    "one-script-with-odd-braces": (
        lambda: again(shown("*t"), 500, f"'{'{v} {w} ' * 12_000}}}'", "dynamicVariables: {v: a, w: b}\n"),
        "[odd-braces]",
    ),
    "a-long-value-many-times": (
        lambda: spec(scene(said("'" + "{v}" * 30_000 + "'")), f"dynamicVariables: {{v: '{'z' * 99_000}'}}\n"),
        "[values-too-long]",
    ),
    "a-long-value-in-many-scripts": (
        lambda: spec(
            scene(", ".join(said(f"'{{v}}{n}'") for n in range(3_000))), f"dynamicVariables: {{v: '{'z ' * 49_000}'}}\n"
        ),
        "[values-too-long]",
    ),
    "escaped-braces": (
        lambda: spec(scene(shown('"' + "\\x7bv}" * 33_000 + '"')), "dynamicVariables: {v: x}\n"), CLEAN,
    ),
    "a-run-of-braces": (lambda: spec(scene(shown("'" + "}" * 99_000 + "'"))), "[odd-braces]"),
    "long-braces-many-times": (lambda: again(shown("*t"), 2_000, "'{" + "x " * 49_000 + "}'"), "[odd-braces]"),
    "many-variables-and-long-texts": (lambda: services(9_000), "not shown"),
    "many-unknown-variables": (lambda: misspelt(1_000), "[unset-service-variable]"),
    "many-allowances-behind-a-long-text": (
        lambda: "x-a: |\n  \U0001f600" + "y" * 15_900_000 + "\n" + "  # vidc: allow x\n" * 999 + spec(scene(picture(""), "4s")),
        "[scalar-too-long]",
    ),
    "many-unknown-properties": (
        lambda: spec("- duration: 4s\n  tracks:\n  - type: text\n    text: hello\n" + "".join(f"    q{n}: 1\n" for n in range(150_000))),
        "not shown",
    ),
    "many-taken-names": (
        lambda: spec(
            f"- tracks: [{said('Hi.')}, {said('Hi.')}, "
            + ", ".join(picture(f"referenceId: actor{'' if n == 1 else f'-{n}'}, ") for n in range(1, 12_000)) + "]\n"
        ),
        "[ambiguous-duration]",
    ),
    "many-defaults-in-a-scene": (stray_defaults, "[misplaced-property]"),
    "much-that-follows-from-seconds": (lambda: too_short(3_300), "[suspicious-time]"),
    "a-long-address-many-times": (
        lambda: again(picture("", "*t"), 10_000, f"'https://c.example.com/{'z' * 99_000}'"), "[unfetchable-url]",
    ),
    "a-long-speaker-many-times": (
        lambda: again(f"{{type: actor, actor: k, speakerId: *t, text: Hello., {PLACE}}}", 10_000, f"'en-{'-' * 90_000}'"),
        TOGETHER,
    ),
}  # fmt: skip
"""A text, and what is shown of it."""


@pytest.mark.parametrize("name", CASES)
def test_work_is_bounded(name: str, tmp_path: Path, attack: Callable[..., str]) -> None:  # a fixture
    text, shown = CASES[name]
    (tmp_path / "a.vidc.yaml").write_text(text(), encoding="utf-8")
    assert shown in attack("a.vidc.yaml", code=(0, 1))
