"""Files that attack: each ends as a finding or a refusal in under 5 s and 512 MB, and drives no terminal."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CANARY

SECONDS = 5.0
"""Of computing time, on a machine that does nothing else."""
BUSY = 1.6
"""What computing takes longer where other tests run beside it."""
WALL_SECONDS = 60
MEGABYTES = 512
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 9, height: 9}"


def actor(text: str, top: str = "") -> str:
    return f"{top}{HEAD}scenes:\n  - tracks:\n      - {{type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: {text}, {PLACE}}}\n"


def image(fields: str, top: str = "", scene: str = "duration: 3s") -> str:
    return f"{top}{HEAD}scenes:\n  - {scene}\n    tracks:\n      - {{type: image, imageUrl: https://cdn.example.com/a.png, {PLACE}, {fields}}}\n"


def bomb(depth: int, width: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, depth)]
    return "\n".join(lines) + "\n"


def merge_bomb(depth: int) -> str:
    lines = ["a0: &a0 {" + ", ".join(f"k{n}: {n}" for n in range(1000)) + "}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, depth)]
    return "\n".join(lines) + "\n"


def components(depth: int) -> str:
    lines = ["components:", "  c0: {tracks: []}"]
    lines += [f"  c{n}: {{tracks: [{{use: c{n - 1}}}, {{use: c{n - 1}}}]}}" for n in range(1, depth)]
    return "\n".join(lines) + f"\n{HEAD}scenes:\n  - {{duration: 1s, tracks: [{{use: c{depth - 1}}}]}}\n"


def loops(count: int) -> str:
    items = "[" + ",".join(["1"] * count) + "]"
    return f"variables: {{a: {items}}}\n{HEAD}scenes:\n  - for: i in a\n    duration: 1s\n    tracks:\n      - {{for: j in a, type: image, imageUrl: https://x.example.com/a.png, {PLACE}}}\n"


def defaults(count: int) -> str:
    keys = ", ".join(f"k{n}: {n}" for n in range(count))
    tracks = "".join("      - {type: image}\n" for _ in range(count))
    return f"defaults: {{image: {{{keys}}}}}\n{HEAD}scenes:\n  - duration: 1s\n    tracks:\n{tracks}"


LIST = "variables: {a: [" + ",".join(["xxxxxxxxxx"] * 2000) + "], n: 3, s: text, o: {k: v}}\n"

TEXTS: dict[str, Callable[[], str | bytes]] = {
    "brackets": lambda: "a: " + "[" * 100_000,
    "braces": lambda: "a: " + "{" * 100_000,
    "mixed-brackets": lambda: "a: " + "[{a: " * 50_000,
    "dashes": lambda: "- " * 100_000,
    "questions": lambda: "? " * 100_000,
    "deep-indent": lambda: "".join(" " * n + "a:\n" for n in range(3000)),
    "closed-brackets": lambda: "a: " + "[" * 50_000 + "]" * 50_000,
    "billion-laughs": lambda: bomb(12, 9),
    "wide-aliases": lambda: "a: &a [" + "x," * 50_000 + "]\nb: [" + "*a," * 50_000 + "]\n",
    "merge-bomb": lambda: merge_bomb(12),
    "recursive-alias": lambda: "a: &a [*a]\n",
    "recursive-merge": lambda: "a: &a {<<: *a}\n",
    "recursive-key": lambda: "&a {*a : 1}\n",
    "scalar-50-mb": lambda: "a: " + "x" * 50_000_000,
    "quoted-15-mb": lambda: 'a: "' + "x" * 15_000_000 + '"',
    "block-15-mb": lambda: "a: |\n" + ("  " + "x" * 998 + "\n") * 15_000,
    "comments-15-mb": lambda: ("#" + "x" * 98 + "\n") * 150_000,
    "many-items": lambda: "a:\n" + "- a\n" * 3_900_000,
    "many-keys": lambda: "".join(f"k{n}: 1\n" for n in range(300_000)),
    "same-key": lambda: "k: 1\n" * 300_000,
    "many-anchors": lambda: "a: [" + ",".join(f"&a{n} x" for n in range(200_000)) + "]\n",
    "unknown-aliases": lambda: "a: [" + ",".join(f"*a{n}" for n in range(100_000)) + "]\n",
    "long-key": lambda: "k" * 2_000_000 + ": 1\n",
    "huge-integer": lambda: "a: " + "9" * 1_000_000,
    "huge-hex": lambda: "a: 0x" + "F" * 1_000_000,
    "huge-exponent": lambda: "a: 1e" + "9" * 1_000_000,
    "huge-octal": lambda: "a: 0o" + "7" * 1_000_000,
    "infinite": lambda: image("rotation: .inf"),
    "not-a-number": lambda: image("rotation: .nan"),
    "python-tag": lambda: "a: !!python/object/apply:os.system [id]\n",
    "binary-tag": lambda: "a: !!binary AAAA\n",
    "custom-tags": lambda: "a: [" + ",".join(["!x y"] * 100_000) + "]\n",
    "long-tag": lambda: "a: !" + "x" * 1_000_000 + " y\n",
    "directives": lambda: "%YAML 1.2\n" * 100_000 + "---\na: 1\n",
    "strange-version": lambda: "%YAML 9.9\n---\na: 1\n",
    "documents": lambda: "---\na: 1\n" * 200_000,
    "tabs": lambda: "\t" * 1_000_000,
    "nul": lambda: "a: \x00\n",
    "bell": lambda: "a: \x07\n",
    "invalid-utf-8": lambda: b"a: \xff\xfe\xfa\n",
    "utf-16": lambda: "a: 1\n".encode("utf-16"),
    "bom": lambda: b"\xef\xbb\xbfa: 1\n",
    "carriage-returns": lambda: "a: 1\rb: [\r",
    "line-separators": lambda: "a: 1\u2028b: 2\u2029c: [\u0085",
    "surrogate-escape": lambda: '{"a": "\\ud800"}',
    "many-surrogate-pairs": lambda: '{"a": ["' + '","'.join(["\\ud83d\\ude00"] * 50_000) + '"]}',
    "escape-in-key": lambda: '"\\e[31m\\e]0;owned\\a": 1\n',
    "bidi-in-key": lambda: '"\u202eabc\u2066": 1\nsettings: 3\n',
    "zero-width-in-key": lambda: "sett\u200bings: 1\n",
    "newlines-in-key": lambda: '"a\\n::error::owned\\r\\n%0A": 1\n',
    "markup-in-key": lambda: '"]]>&<x y=\\"1\\">": 1\n',
    "escape-in-text": lambda: actor('"<name> \\e[2J \\x9b31m \\u202e"'),
    "one-long-line": lambda: "{" + ",".join(f'"k{n}": "{"y" * 50}"' for n in range(100_000)) + "}",
    "jinja-range": lambda: actor("'{% for i in range(10**9) %}x{% endfor %}'"),
    "jinja-repeat": lambda: actor("\"{{ 'x' * 10**9 }}\""),
    "jinja-power": lambda: actor("'{{ 10 ** 10 ** 10 }}'"),
    "jinja-product": lambda: actor("'{{ " + " * ".join(["9" * 20] * 3000) + " }}'"),
    "jinja-format": lambda: actor("\"{{ '%1000000000d' | format(1) }}\""),
    "jinja-percent": lambda: actor("\"{{ '%1000000000d' % 1 }}\""),
    "jinja-format-method": lambda: actor("\"{{ '{:>1000000000}'.format(1) }}\""),
    "jinja-center": lambda: actor("\"{{ 'a' | center(1000000000) }}\""),
    "jinja-indent": lambda: actor("\"{{ 'a\\nb' | indent(1000000000) }}\""),
    "jinja-class": lambda: actor("\"{{ ''.__class__.__mro__[1].__subclasses__() }}\""),
    "jinja-attr": lambda: actor("\"{{ '' | attr('__class__') }}\""),
    "jinja-globals": lambda: actor("'{{ lipsum() }}{{ cycler }}{{ self }}{{ joiner }}'"),
    "jinja-include": lambda: actor("\"{% include '/etc/passwd' %}\""),
    "jinja-import": lambda: actor("\"{% import '/etc/passwd' as x %}\""),
    "jinja-set": lambda: actor("'{% set x = 1 %}{{ x }}'"),
    "jinja-macro": lambda: actor("'{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}'"),
    "jinja-nested-loops": lambda: actor(
        "'" + "".join(f"{{% for i{n} in a %}}" for n in range(5)) + "x" + "{% endfor %}" * 5 + "'", LIST
    ),
    "jinja-recursive-loop": lambda: actor("'{% for i in a recursive %}{{ loop(a) }}{% endfor %}'", LIST),
    "jinja-replace": lambda: actor("\"{{ s | replace('', s) | replace('', s) | replace('t', a | join) }}\"", LIST),
    "jinja-join": lambda: actor("'{{ a | join(a | join(a | join)) }}'", LIST),
    "jinja-parens": lambda: actor("'{{ " + "(" * 50_000 + "1" + ")" * 50_000 + " }}'"),
    "jinja-not": lambda: actor("'{{ " + "not " * 20_000 + "n }}'", LIST),
    "jinja-minus": lambda: actor("'{{ " + "-" * 50_000 + "n }}'", LIST),
    "jinja-tilde": lambda: actor("'{{ s " + "~ s " * 20_000 + "}}'", LIST),
    "jinja-filters": lambda: actor("'{{ s " + "| upper " * 10_000 + "}}'", LIST),
    "jinja-getitem": lambda: actor("'{{ a" + "[0]" * 20_000 + " }}'", LIST),
    "jinja-conditionals": lambda: actor("'" + "{% if n %}" * 10_000 + "'", LIST),
    "jinja-opens": lambda: actor("'" + "{{ " * 30_000 + "'"),
    "jinja-unclosed-comment": lambda: actor("'" + "{# " * 30_000 + "'"),
    "jinja-many-templates": lambda: (
        HEAD
        + "variables: {s: x}\nscenes:\n"
        + "".join(f"  - {{name: '{{{{ s | upper }}}} {n}', duration: 1s, tracks: []}}\n" for n in range(5000))
    ),
    "short-forms": lambda: actor("'" + "<a" * 40_000 + "'", LIST),
    "short-form-spaces": lambda: actor("'<s" + " " * 90_000 + "'", LIST),
    "for-spaces": lambda: f"{HEAD}scenes:\n  - for: 'i in{' ' * 90_000}'\n    tracks: []\n",
    "component-bomb": lambda: components(40),
    "component-cycle": lambda: (
        "components: {a: {tracks: [{use: a}]}}\n" + HEAD + "scenes: [{duration: 1s, tracks: [{use: a}]}]\n"
    ),
    "loop-product": lambda: loops(2000),
    "default-product": lambda: defaults(5000),
    "variable-cycle": lambda: actor("'<a>'", "variables: {a: '<b>', b: '<a>'}\n"),
    "many-variables": lambda: (
        "variables:\n"
        + "".join(f"  v{n}: {n}\n" for n in range(100_000))
        + loops(100).split("\n", 1)[1].replace("i in a", "i in [1,2,3]").replace("j in a", "j in [1,2,3]")
    ),
    "huge-time": lambda: image("startTimeGap: " + "9" * 29),
    "long-time": lambda: image("startTimeGap: " + "9" * 90_000 + "s"),
    "huge-percent": lambda: image("rotation: 1").replace("x: 0", "x: " + "9" * 90_000 + "%"),
    "digits-to-say": lambda: actor("'" + "9" * 99_000 + "'"),
    "numbers-to-say": lambda: actor("'" + "1.234,5 " * 12_000 + "'"),
    "signs-to-say": lambda: actor("'" + "!?.,;:" * 16_000 + "'"),
    "signs-without-an-end": lambda: actor("'" + "{" * 99_000 + "'"),
    "han-to-say": lambda: actor("'" + "\u4f60" * 99_000 + "'"),
    "marks-to-say": lambda: actor("'" + "e\u0301\u0302" * 33_000 + "'"),
    "capitals-to-say": lambda: actor("'" + "ABC " * 24_000 + "'"),
    "many-mistakes": lambda: HEAD + "scenes:\n" + "  - {duration: -1, tracks: [{type: image, duration: x}]}\n" * 20_000,
    "no-such-references": lambda: (
        HEAD
        + "scenes:\n  - intrinsicDurationTrackReference: x\n    tracks:\n"
        + f"      - {{type: image, referenceId: a, imageUrl: https://x.example.com/a.png, {PLACE}}}\n" * 10_000
    ),
    "near-names": lambda: (
        "variables: {"
        + ",".join(f"name_{n:06}: x" for n in range(2_000))
        + "}\n"
        + actor("'" + "{{ nome_1 }} " * 2000 + "'")
    ),
    "allowances": lambda: "# vidc: allow x, y\n" * 100_000 + HEAD,
    "allow-names": lambda: "# vidc: allow " + "x, " * 300_000 + "\n" + HEAD,
}


HARMLESS = frozenset((
    "invalid-utf-8", "jinja-many-templates", "signs-to-say", "scalar-50-mb", "escape-in-text", "digits-to-say",
    "numbers-to-say", "han-to-say", "marks-to-say", "capitals-to-say", "signs-without-an-end", "default-product",
    "many-variables", "short-forms", "short-form-spaces", "infinite", "not-a-number", "jinja-getitem", "variable-cycle",
))  # fmt: skip
"""What is strange and may be a spec, or no text at all."""


@pytest.fixture
def attack(tmp_path: Path) -> Callable[..., str]:
    """Run `lint`, or another command, in a process with bounds; what it shows. It must end by itself, by a finding or a
    refusal."""

    def run(*words: str, code: tuple[int, ...] = (1,), command: str = "lint", **env: str) -> str:
        def bound() -> None:
            limit = 2 * MEGABYTES * 1_000_000
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            signal.alarm(WALL_SECONDS)

        with (tmp_path / ".shown").open("wb+") as shown:
            process = subprocess.Popen(
                [sys.executable, "-c", "from vidc.cli import main; main()", command, *words],
                cwd=tmp_path, stdout=shown, stderr=shown, stdin=subprocess.DEVNULL, preexec_fn=bound,
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), **env},
            )  # fmt: skip
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            shown.seek(0)
            text = shown.read().decode("utf-8")
        assert process.returncode in code, text[-2000:]
        assert "Traceback" not in text
        assert "please report it" not in text
        assert CONTROL.search(text) is None
        assert CANARY not in text
        assert used.ru_utime + used.ru_stime < SECONDS * BUSY
        assert used.ru_maxrss < MEGABYTES * 1000
        return text

    return run


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_hostile_text_is_a_finding(name: str, tmp_path: Path, attack: Callable[..., str]) -> None:
    text = TEXTS[name]()
    (tmp_path / "a.vidc.yaml").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    shown = attack("a.vidc.yaml", code=(0, 1, 3) if name in HARMLESS else (1,))
    assert len(shown) < 5_000_000


def test_there_are_at_least_eighty() -> None:
    assert len(TEXTS) >= 80


LINKS = ["/proc/self/environ", "/etc/passwd", "/dev/zero", "/dev/stdin", "/nowhere", "/"]


@pytest.mark.parametrize("target", LINKS)
def test_a_link_that_leads_out_is_not_followed(target: str, tmp_path: Path, attack: Callable[..., str]) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.vidc.yaml").symlink_to(target)
    (tmp_path / "ok.vidc.yaml").write_text(image("duration: 1s"))
    assert "root:" not in attack("a.vidc.yaml", code=(3, 0))
    assert "root:" not in attack(".", code=(0, 3))


@pytest.mark.parametrize(
    "name",
    [
        *LINKS,
        "../../../../../../etc/passwd",
        "",
        "a\\0b",
        "fifo",
        "folder",
        "link",
        "socket",
        "x" * 5000,
        "a.vidc.yaml",
    ],
)
def test_what_cannot_be_included_is_a_finding(name: str, tmp_path: Path, attack: Callable[..., str]) -> None:
    (tmp_path / ".git").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("/etc/passwd")
    with socket.socket(socket.AF_UNIX) as server:
        folder = os.getcwd()
        os.chdir(tmp_path)
        server.bind("socket")
        os.chdir(folder)
    (tmp_path / "a.vidc.yaml").write_text(image("duration: 1s", f'include: ["{name}"]\n'))
    shown = attack("a.vidc.yaml")
    assert "root:" not in shown
    assert "[cannot-include]" in shown or "[include-cycle]" in shown


def test_a_fifo_that_is_named_is_refused_at_once(tmp_path: Path, attack: Callable[..., str]) -> None:
    os.mkfifo(tmp_path / "a.vidc.yaml")
    assert (
        attack("a.vidc.yaml", code=(3,))
        == "vidc: cannot read a.vidc.yaml: it is no regular file; use `-` for standard input\n"
    )


@pytest.mark.parametrize("name", ["\x1b[31mred.vidc.yaml", "a\n::error::b.vidc.yaml", "\u202eevil.vidc.yaml"])
def test_a_file_name_drives_no_terminal(name: str, tmp_path: Path, attack: Callable[..., str]) -> None:
    (tmp_path / name).write_text("a: [")
    for format in ("text", "concise", "json", "github", "sarif", "junit", "gitlab"):
        attack("--format", format, ".")


def test_a_long_chain_of_includes_ends(tmp_path: Path, attack: Callable[..., str]) -> None:
    for number in range(300):
        (tmp_path / f"i{number}.vidc.yaml").write_text(f"include: [i{number + 1}.vidc.yaml]\n")
    (tmp_path / "i300.vidc.yaml").write_text("variables: {a: 1}\n")
    (tmp_path / "a.vidc.yaml").write_text(image("duration: 1s", "include: [i0.vidc.yaml]\n"))
    assert "[too-many-includes]" in attack("a.vidc.yaml")


@pytest.mark.parametrize("line", ["- {a: b}\n", "# nothing but a comment\n", "- &a [x, x]\n- [*a, *a, *a]\n"])
def test_the_limits_hold_for_a_spec_with_all_it_includes(line: str, tmp_path: Path, attack: Callable[..., str]) -> None:
    text = "x-a:\n" + line * (4_000_000 // len(line))
    for number in range(40):
        (tmp_path / f"i{number}.vidc.yaml").write_text(text + f"# {number}\n")
    names = ", ".join(f"i{number}.vidc.yaml" for number in range(40))
    (tmp_path / "a.vidc.yaml").write_text(image("duration: 1s", f"include: [{names}]\n"))
    shown = attack("a.vidc.yaml")
    assert "[too-long]" in shown or "[too-many-nodes]" in shown


def test_standard_input_is_bounded(tmp_path: Path) -> None:
    command = f"head -c 300000000 /dev/zero | {sys.executable} -c 'from vidc.cli import main; main()' lint -"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, env=env)
    assert (done.returncode, done.stderr) == (3, "vidc: cannot read standard input: it is larger than 64 MB\n")
