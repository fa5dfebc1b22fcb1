"""Specs that grow, nest or repeat without end: each is a finding or harmless, in little time and memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_hostile import HEAD, PLACE, attack  # noqa: F401  # a fixture

IMAGE = f"type: image, imageUrl: 'https://cdn.example.com/a.png', {PLACE}"
SCENE = f"scenes:\n  - {{duration: 4s, tracks: [{{{IMAGE}}}]}}\n"
MANY = "variables: {xs: [" + "1," * 10_000 + "]}\n"


def spec(tracks: str, top: str = "") -> str:
    return f"{top}{HEAD}scenes:\n  - duration: 150m\n    tracks:\n{tracks}"


def looped(fields: str, top: str = MANY, loop: str = "x in xs") -> str:
    return spec(f"      - {{for: '{loop}', {fields}}}\n", top)


def keys(count: int) -> str:
    return "{" + ", ".join(f"k{n}: 1" for n in range(count)) + "}"


def component(body: str, top: str = "") -> str:
    return f"components:\n  c: {body}\n{top}"


def chain(count: int) -> str:
    uses = "".join(f"  c{n}: {{tracks: [{{use: c{n + 1}}}]}}\n" for n in range(count))
    return f"components:\n{uses}  c{count}: {{tracks: [{{{IMAGE}}}]}}\n{HEAD}scenes:\n  - {{duration: 4s, tracks: [{{use: c0}}]}}\n"


def variables(count: int) -> str:
    lines = "".join(f"  v{n}: <v{n + 1}>\n" for n in range(count))
    return f"variables:\n{lines}  v{count}: 1\n{HEAD}{SCENE}"


def nested(count: int) -> str:
    lines = "".join(
        f"  v{n}: {{type: list, default: '{{{{ {'[' * 19}v{n - 1}{']' * 19} }}}}'}}\n" for n in range(1, count)
    )
    return f"variables:\n  v0: [1]\n{lines}{HEAD}{SCENE}"


def shared(width: int, levels: int) -> str:
    """Lists that hold one list many times: in memory they are small, written out they are not."""
    lines = "".join(
        f"  v{n}: {{type: list, default: '{{{{ [{', '.join([f'v{n - 1}'] * width)}] }}}}'}}\n" for n in range(1, levels)
    )
    return f"variables:\n  v0: {{type: list, default: []}}\n{lines}{HEAD}{SCENE}"


def texts(count: int, text: Callable[[int], str], top: str = "") -> str:
    return spec("".join(f"      - {{type: text, text: '{text(n)}', {PLACE}}}\n" for n in range(count)), top)


NUMBERED = "variables:\n" + "".join(f"  v{n}: 1\n" for n in range(20_000))

SPECS: dict[str, tuple[str, Callable[[], str]]] = {
    "chained-components": ("expands-too-deep", lambda: chain(200)),
    "chained-components-of-one-scene": (
        "expands-too-deep",
        lambda: (
            "components:\n"
            + "".join(f"  c{n}: {{scene: {{use: c{n + 1}}}}}\n" for n in range(200))
            + f"  c200: {{scene: {{tracks: []}}}}\n{HEAD}scenes: [{{use: c0}}]\n"
        ),
    ),
    "chained-variables": ("expands-too-deep", lambda: variables(600)),
    "values-in-values": ("expands-too-deep", lambda: nested(60)),
    "chains-as-long-as-may-be": ("", lambda: chain(63)),
    "shared-lists": ("template-too-large", lambda: shared(240, 4)),
    "loop-of-much": ("expands-too-far", lambda: looped(f"{IMAGE}, extra: {keys(9_000)}")),
    "loop-of-many-keys": (
        "expands-too-far",
        lambda: looped(f"type: text, text: a, {PLACE}, " + keys(9_000)[1:-1]),
    ),
    "loop-of-long-text": ("expands-too-far", lambda: looped(f"type: text, text: '{'word ' * 19_000}', {PLACE}")),
    "loop-of-many-tracks": (
        "expands-too-far",
        lambda: (
            f"{MANY}{HEAD}scenes:\n  - for: x in xs\n    duration: 4s\n    tracks:\n" + f"      - {{{IMAGE}}}\n" * 100
        ),
    ),
    "loop-with-a-long-line": ("expands-too-far", lambda: looped(IMAGE, loop="x in xs" + " " * 90_000)),
    "loop-that-drops-all": (
        "expands-too-far",
        lambda: looped("use: c", component("{tracks: [" + "{if: false, type: image}," * 3_000 + "]}", MANY)),
    ),
    "loop-of-comments": (
        "expands-too-far",
        lambda: looped(f"type: text, text: '{{#{'a ' * 49_000}#}}{{{{ x ~ 1 }}}}', {PLACE}"),
    ),
    "loop-of-short-forms": ("expands-too-far", lambda: looped(f'{IMAGE}, extra: {{t: "\\r{"<a " * 30_000}"}}')),
    "loop-of-braces": ("expands-too-far", lambda: looped(f"{IMAGE}, extra: {{t: '{'{a' * 49_000}'}}")),
    "loop-of-long-conditions": (
        "template-too-large",
        lambda: looped(f"if: 'x == \"{'<a ' * 30_000}\"', {IMAGE}"),
    ),
    "loop-of-large-conditions": (
        "template-too-large",
        lambda: looped(f"if: 'ys | list', {IMAGE}", f"variables: {{ys: [{'1,' * 90_000}], xs: [{'1,' * 10_000}]}}\n"),
    ),
    "loop-of-conditions": ("", lambda: looped(f"if: 'x == 2', {IMAGE}", MANY.replace("1," * 10_000, "1," * 2_000))),
    "wide-defaults": (
        "expands-too-far",
        lambda: spec(
            f"      - {{{IMAGE}, extra: {{a: 1}}}}\n" * 300, f"defaults:\n  image:\n    extra: {keys(20_000)}\n"
        ),
    ),
    "wide-arguments": (
        "expands-too-far",
        lambda: looped(
            f"use: c, with: {{d: {keys(20_000)}}}",
            component("{parameters: {d: {type: object, required: true}}, tracks: []}", MANY),
        ),
    ),
    "wide-parameter": (
        "expands-too-far",
        lambda: looped(
            "use: c",
            component(f"{{parameters: {{d: {{type: object, default: {keys(20_000)}}}}}, tracks: []}}", MANY),
        ),
    ),
    "many-choices": (
        "expands-too-far",
        lambda: looped(
            "use: c",
            component(
                "{parameters: {d: {type: string, default: z, choices: ["
                + ",".join(f"a{n}" for n in range(30_000))
                + ", z]}}, tracks: []}",
                MANY,
            ),
        ),
    ),
    "parameters-by-variables": (
        "",
        lambda: spec(
            "      - use: c\n",
            component("{tracks: [], parameters: " + keys(5_000).replace("k", "p") + "}", NUMBERED),
        ),
    ),
    "loops-by-variables": (
        "expands-too-far",
        lambda: spec(
            "".join(
                f"      - {{for: 'a{n} in [1]', type: text, text: '<V999999> <Zzzzz{n}>', {PLACE}}}\n"
                for n in range(2_000)
            ),
            NUMBERED,
        ),
    ),
    "loop-beside-many-variables": (
        "",
        lambda: looped(
            f"type: text, text: '<x>', {PLACE}",
            "variables:\n" + "".join(f"  v{n}: 1\n" for n in range(130_000)) + f"  xs: [{'1,' * 9_000}]\n",
        ),
    ),
    "names-nearly-variables": (
        "",
        lambda: texts(1, lambda _: "".join(f"<zz{n}>" for n in range(1_000)), NUMBERED),
    ),
    "strange-names": (
        "",
        lambda: texts(40, lambda n: "".join(f"<zq{n}x{m}>" for m in range(8_000)), "variables: {abc: 1}\n"),
    ),
    "names-undefined": ("undefined-name", lambda: texts(900, lambda n: f"{{{{ qqqq{n} }}}}", NUMBERED)),
    "names-needed": (
        "expands-too-far",
        lambda: looped(
            "type: text, text: '{# "
            + " ".join(f"v{n}" for n in range(13_000))
            + f" #}}{{{{ v1 + 1 }}}}', {PLACE}, for: 'x in v0'",
            NUMBERED.replace("v0: 1", f"v0: [{'1,' * 10_000}]"),
        ).replace("for: 'x in xs', ", ""),
    ),
    "unknown-parameters": (
        "unknown-parameter",
        lambda: spec(
            "      - {use: c, with: {" + ", ".join(f"zq{n}xx: 1" for n in range(10)) + "}}\n",
            component("{tracks: [], parameters: " + keys(50_000) + "}"),
        ),
    ),
    "quotes-never-closed": (
        "template-syntax",
        lambda: 'variables:\n  a: "' + "{{ \\\\'" * 19_000 + f'"\n{HEAD}{SCENE}',
    ),
    "signs-that-are-no-template": (
        "",
        lambda: f"{HEAD}{SCENE}callbackPayload: {{a: [" + "<," * 300_000 + "]}\n",
    ),
    "many-templates": ("template-too-large", lambda: texts(8_000, lambda n: f"{{{{ 1 + {n} }}}}")),
    "long-templates": ("template-too-large", lambda: texts(500, lambda n: "{{ 1 + 1 }} " * 150 + str(n))),
    "statement-of-blanks": (
        "template-syntax",
        lambda: spec(f"      - {{{IMAGE}}}\n      - '{{% if{' ' * 90_000}x'\n"),
    ),
    "words-and-blanks": (
        "template-syntax",
        lambda: spec(f"      - {{if: 'x{' ' * 90_000}eq{' ' * 90_000}y', {IMAGE}}}\n"),
    ),
    "condition-of-blanks": ("template-syntax", lambda: spec(f"      - {{if: '{{% if{' ' * 90_000}x', {IMAGE}}}\n")),
    "end-of-blanks": ("template-syntax", lambda: texts(1, lambda _: f"{{% if 1 %}}{{{{ /{' ' * 90_000}2 }}}}")),
    "half-a-character": ("template-syntax", lambda: texts(1, lambda _: '{{ "\\ud800" }}')),
    "halves-of-a-character": ("template-syntax", lambda: texts(1, lambda _: '{{ "\\ud83d\\ude00" | upper }}')),
}


@pytest.mark.parametrize("name", sorted(SPECS))
def test_a_spec_that_grows_is_a_finding(name: str, tmp_path: Path, attack: Callable[..., str]) -> None:  # noqa: F811
    finding, text = SPECS[name]
    (tmp_path / "a.vidc.yaml").write_text(text())
    shown = attack("a.vidc.yaml", code=(1,) if finding else (0,))
    assert f"[{finding}]" in shown if finding else "error" not in shown
    assert len(shown) < 500_000


def test_where_the_system_makes_no_process_the_author_is_not_blamed(tmp_path: Path) -> None:
    file = tmp_path / "a.vidc.yaml"
    file.write_text(texts(1, lambda _: "{{ 1 + 1 }}"))

    def lint(files: int) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-c", "from vidc.cli import main; main()", "lint", str(file)],
            capture_output=True, text=True, stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files)),
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    code, shown = lint(6)
    assert code == 3
    assert "cannot make the process that fills templates" in shown
    assert "end other programs" in shown
    assert "Traceback" not in shown
    assert lint(7)[0] == 0
