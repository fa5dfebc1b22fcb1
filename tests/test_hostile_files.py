"""Files, folders and links that attack, and what other commands than lint make of attacking texts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from test_hostile import HEAD, PLACE, attack, image

from vidc.cli import linting, texts
from vidc.compile import compile
from vidc.diag.finding import Log
from vidc.ir.job import Job
from vidc.ir.tree import plain
from vidc.passes.parse import parse
from vidc.project import reader, root_of, specs_below
from vidc.source import Source

__all__ = ["attack"]

Attack = Callable[..., str]

GOOD = image("duration: 1s")
NOTHING = "no findings in 1 file\n"
SECRET = "password-8c1f"
VIDC = [sys.executable, "-c", "from vidc.cli import main; main()"]
ENV = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}


def lines(count: int, line: str) -> str:
    return "".join(line.format(n) for n in range(count))


TEXTS: dict[str, Callable[[], str]] = {
    "a control character behind a pair": lambda: (
        '{"a": "\\ud83d\\ude00",\n "b": "' + "x" * 90_000 + '",\n "c": "\x01"}\n'
    ),
    "lines without end": lambda: "\n" * 15_900_000,
    "pairs without end": lambda: '{"x-a": "' + "\\ud83d\\ude00" * 30_000 + '"}',
    "signs like comments in quotes": lambda: "x-a:\n" + '- "aaaa #b"\n' * 15_000,
    "tags by other names": lambda: lines(60_000, "%TAG !a{}! x\n") + "---\n" + GOOD,
    "tags by other names behind the end": lambda: GOOD + lines(60_000, "%TAG !a{}! x\n") + "---\na: 1\n",
    "tags by other names behind its mark": lambda: GOOD + "...\n# so\n" + lines(60_000, "%TAG !a{}! x\n") + "---\n",
    "blanks behind a comment in braces": lambda: "x: {a: b #c" + " " * 15_000_000 + "\n d",
    "comments of another language": lambda: '{"x": [\n' + "1, // a\n" * 19_000 + '2]}\n"y',
    "comments that are never closed": lambda: "/* a\n" * 3_000_000 + "a: b: c\n",
    "odd blanks": lambda: "a:\u00a0b\n" * 3_000_000,
    "odd blanks in a text": lambda: "x-a: '" + ",\u00a0" * 45_000 + "'\n\u00a0b: c\n",
    "curly quotes": lambda: "{“a”: “b”}\n" * 1_000_000,
    "lines of a text that is not indented": lambda: "x-a: |\n" + "b\n" * 7_000_000,
    "quotes that no line closes": lambda: 'a: "b\n\n' * 2_000_000,
    "texts that commas cut": lambda: "x: {" + "k: A b, c, " * 1_400_000 + "}",
    "keys without end": lambda: lines(900_000, "k{}: {}\n".replace("{}", "{0}")),
    "a size of twenty digits": lambda: GOOD.replace("1920", "9" * 20),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_a_finding(name: str, tmp_path: Path, attack: Attack) -> None:
    (tmp_path / "a.vidc.yaml").write_text(TEXTS[name]())
    assert len(attack("a.vidc.yaml")) < 500_000


def actors(count: int) -> str:
    who = "type: actor, actor: k, text: Hello., sequentialBlendId: b"
    scene = f"  - duration: 4s\n    tracks: [{{{who}, speakerId: s{{}}, {PLACE}}}]\n"
    return HEAD + "scenes:\n" + "".join(scene.replace("s{}", f"s{n}") for n in range(count))


def aliases(count: int) -> str:
    picture = f"x-k: &k {{type: image, imageUrl: 'https://cdn.example.com/a.png', {PLACE}}}\n"
    return f"{HEAD}{picture}scenes: [{{duration: 4s, tracks: [{'*k,' * count}]}}]\n"


def named(name: str, count: int) -> str:
    scene = f"{{duration: 4s, name: &n {name}, tracks: [{{type: text, text: a, referenceId: *n, {PLACE}}}]}}"
    return f"{HEAD}scenes:\n  - &s {scene}\n" + "  - *s\n" * count


def job(payload: object) -> str:
    creative = {
        "settings": {"name": "a", "videoSize": {"width": 9, "height": 9}},
        "scenes": [{"duration": 9, "tracks": []}],
    }
    return json.dumps({"videoCreative": creative, "callbackPayload": {"a": payload}})


SQUARE = lines(5000, "  v{}: 1\n"), lines(5000, "  c{}: {{tracks: []}}\n")

COMMANDS: dict[str, tuple[list[str], int, Callable[[], str]]] = {
    "a chain of actors": (["graph", "--uses", "s0"], 0, lambda: actors(2500)),
    "a chain of actors, as data": (["graph", "--uses", "k", "--format", "json"], 0, lambda: actors(1500)),
    "variables times components": (
        ["graph"],
        0,
        lambda: f"{GOOD}variables:\n{SQUARE[0]}components:\n{SQUARE[1]}",
    ),
    "more tracks than a graph has": (["graph"], 1, lambda: aliases(40_000)),
    "one long name in a graph": (["graph"], 0, lambda: named("é" * 90_000, 1000)),
    "a long name": (["timeline"], 0, lambda: named("é" * 90_000, 1000)),
    "a long name, as data": (["timeline", "--format", "json"], 0, lambda: named("é" * 90_000, 4000)),
    "a long name, drawn": (["timeline", "--format", "html"], 0, lambda: named("é" * 90_000, 1000)),
    "more tracks than are shown": (["timeline", "--format", "json"], 1, lambda: aliases(20_000)),
    "more tracks than are sent": (["compile"], 1, lambda: aliases(20_000)),
    "more characters than are sent": (
        ["compile"],
        1,
        lambda: GOOD + f"x-t: &t {'word ' * 19_000}\ncallbackPayload: {{a: [{'*t,' * 400}]}}\n",
    ),
    "more tracks than are checked": (["schema", "--check"], 1, lambda: aliases(20_000)),
    "the same key": (["schema", "--check"], 1, lambda: "k: 1\n" * 10_005),
    "the same key in a job": (["import"], 1, lambda: "k: 1\n" * 10_005),
    "the same key in values": (["lint", "b.vidc.yaml", "--vars"], 1, lambda: "k: 1\n" * 10_005),
    "brackets in a name": (["import"], 0, lambda: job("a" + "(" * 34 + "~")),
    "more texts than are turned into a spec": (["import"], 1, lambda: job(["x#y"] * 60_000)),
    "texts that must be tried": (["import"], 0, lambda: job([f"x#y {n}" for n in range(10_000)])),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_other_commands_end_as_soon(name: str, tmp_path: Path, attack: Attack) -> None:
    words, code, text = COMMANDS[name]
    (tmp_path / "a.vidc.yaml").write_text(text())
    (tmp_path / "b.vidc.yaml").write_text(GOOD)
    assert len(attack(*words[1:], "a.vidc.yaml", command=words[0], code=(code,))) < 30_000_000


ODD = "a\x9b31m\u202e\u2066##vso[task.setvariable]y \U000e0041 ##[x] ::error::z"
HIDDEN = re.compile("[\x7f-\x9f\u202e\u2066\U000e0041]|##")


def texts_in(value: object) -> set[str]:
    """The texts in JSON data."""
    if isinstance(value, dict):
        return {text for item in value.items() for part in item for text in texts_in(part)}
    return {text for item in value for text in texts_in(item)} if isinstance(value, list) else {str(value)}


@pytest.mark.parametrize(
    "words",
    [
        ["timeline", "--format", "json"],
        ["graph", "--format", "json"],
        ["graph", "--uses", "k", "--format", "json"],
        ["compile"],
    ],
    ids=" ".join,
)
def test_data_gives_no_orders_and_reads_back(words: list[str], tmp_path: Path) -> None:
    odd = json.dumps(ODD)
    text = image("duration: 1s", scene=f"duration: 3s\n    name: {odd}").replace("Demo", odd)
    text = text.replace("type: image, imageUrl", f"type: actor, actor: k, text: Hello., speakerId: {odd}, referenceId")
    (tmp_path / "a.vidc.yaml").write_text(text)
    done = subprocess.run([*VIDC, *words, "a.vidc.yaml"], cwd=tmp_path, capture_output=True, text=True, env=ENV)
    assert done.returncode == 0, done.stderr
    assert [text for text in texts_in(json.loads(done.stdout)) if ODD in text] != []
    assert HIDDEN.findall(done.stdout) == []


def test_an_ordinary_job_is_written_as_it_is() -> None:
    ordinary = {"name": "日本 é 😀 ## 1", "text": "a\u200bb\u202e \U000e0041 \ud800 ##[group]"}
    text = Job("video", ordinary).text()
    assert text == (
        '{\n  "name": "日本 é 😀 ## 1",\n  "text": "a\\u200bb\\u202e \\udb40\\udc41 \\ud800 #\\u0023[group]"\n}\n'
    )
    assert json.loads(text) == ordinary
    assert len(Job("video", ordinary).fingerprint()) == 64


def project(folder: Path, kind: str) -> None:
    """A folder with a spec and a `pyproject.toml` that cannot be read as one."""
    path = folder / "pyproject.toml"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(2_000_000_000)
    else:
        path.symlink_to(kind)
    (folder / "a.vidc.yaml").write_text(GOOD)


@pytest.mark.parametrize("kind", ["/dev/zero", "/dev/stdin", "pyproject.toml", "nowhere", "fifo", "folder", "large"])
def test_a_configuration_that_is_no_file_is_none(kind: str, tmp_path: Path, attack: Attack) -> None:
    project(tmp_path, kind)
    assert attack("a.vidc.yaml", code=(0,)) == NOTHING


def test_the_root_is_found_by_the_path_as_it_is_given(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    (outside / "sub").mkdir(parents=True)
    (inside / "deep").mkdir(parents=True)
    (inside / "pyproject.toml").write_text("[project]\nname = 'a'\n\n[tool.vidc]\n")
    (inside / "link").symlink_to(outside)
    assert root_of(str(inside / "deep")) == str(inside)
    assert root_of(str(inside / "link" / "sub")) == str(inside)
    assert root_of(str(outside / "sub")) == str(outside / "sub")
    (outside / "pyproject.toml").symlink_to(inside / "pyproject.toml")
    assert root_of(str(outside / "sub")) == str(outside / "sub")


def test_a_folder_that_is_a_link_out_of_the_project_is_not_read(tmp_path: Path, attack: Attack) -> None:
    (tmp_path / "project" / ".git").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "s.vidc.yaml").write_text(SECRET)
    (tmp_path / "project" / "videos").symlink_to(tmp_path / "other")
    shown = attack("project/videos", code=(3,))
    assert shown == "vidc: cannot read project/videos: it leads out of the project's root\n"
    assert SECRET not in attack("project/videos/s.vidc.yaml", code=(3,))


def nested(folder: Path, name: str, depth: int) -> None:
    """Folders in folders, deeper than a path may be long, the last with a spec."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    with open(os.open("b.vidc.yaml", os.O_WRONLY | os.O_CREAT, dir_fd=here), "w") as file:
        file.write(GOOD)
    os.close(here)


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder for what pytest cannot remove."""
    yield tmp_path / "deep"
    subprocess.run(["rm", "-rf", tmp_path / "deep"], check=True)


def test_folders_in_folders_are_searched(deep: Path, attack: Attack) -> None:
    deep.mkdir()
    nested(deep, "d", 1100)
    assert attack(".", code=(0,)) == NOTHING


def test_a_folder_that_cannot_be_searched_hides_no_other(deep: Path, attack: Attack) -> None:
    deep.mkdir()
    nested(deep, "d" * 250, 18)
    (deep / "z").mkdir()
    (deep / "z" / "a.vidc.yaml").write_text(GOOD)
    shown = attack("deep", code=(3,)).splitlines()
    assert re.fullmatch(r"vidc: cannot read deep(/d{250})+: File name too long", shown[0])
    assert shown[1:] == [NOTHING.strip()]


def test_specs_are_found_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b/c/x", "b/a", "a", "c", ".git/x", "node_modules/x", "b/c/.x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"{name}.vidc.yaml").write_text("")
    (tmp_path / "loop.vidc.yaml").symlink_to("loop.vidc.yaml")
    (tmp_path / "up").symlink_to("..")
    found = ["a", "b/a", "b/c/.x", "b/c/x", "c", "loop"]
    assert list(specs_below(".")) == [f"{name}.vidc.yaml" for name in found]
    assert list(specs_below("./b")) == ["b/a.vidc.yaml", "b/c/.x.vidc.yaml", "b/c/x.vidc.yaml"]


def test_links_that_lead_to_links_end(tmp_path: Path, attack: Attack) -> None:
    (tmp_path / "l0.vidc.yaml").symlink_to("a.vidc.yaml")
    for number in range(1, 1200):
        (tmp_path / f"l{number}.vidc.yaml").symlink_to(f"l{number - 1}.vidc.yaml")
    (tmp_path / "a.vidc.yaml").write_text(GOOD)
    assert attack("l1199.vidc.yaml", code=(3,)) == "vidc: cannot read l1199.vidc.yaml: too many links lead to it\n"
    (tmp_path / "b.vidc.yaml").write_text("include: l1199.vidc.yaml\n" + GOOD)
    assert "cannot be included: too many links lead to it" in attack("b.vidc.yaml")


HIDES = {
    ".env": "a part of its path begins with a dot",
    "./.env": "a part of its path begins with a dot",
    ".git/config": "a part of its path begins with a dot",
    ".git/config.yaml": "a part of its path begins with a dot",
    "videos/../.git/config.yaml": "a part of its path begins with a dot",
    "secret.txt": "its name is not one of a YAML or JSON file",
    "Makefile": "its name is not one of a YAML or JSON file",
    "to-env.yaml": "it is a link to a file that is neither YAML nor JSON",
    "to-secret.json": "it is a link to a file that is neither YAML nor JSON",
    "to-git.yml": "it is a link to a hidden file",
}


def hiding(folder: Path) -> None:
    """A project with files that hold a secret, and links to them."""
    (folder / ".git").mkdir()
    (folder / "videos").mkdir()
    for name in (".env", ".git/config", ".git/config.yaml", "secret.txt", "Makefile"):
        (folder / name).write_text(f"a:\n  - {SECRET}: [\n")
    links = {"to-env.yaml": ".env", "to-secret.json": "secret.txt", "to-git.yml": ".git/config.yaml"}
    for name, target in links.items():
        (folder / name).symlink_to(target)


@pytest.mark.parametrize("name", HIDES)
def test_what_is_hidden_is_not_included(name: str, tmp_path: Path, attack: Attack) -> None:
    hiding(tmp_path)
    (tmp_path / "a.vidc.yaml").write_text(f"include: ['{name}']\n" + GOOD)
    shown = attack("--format", "concise", "a.vidc.yaml")
    assert shown == f"a.vidc.yaml:1:11: error: `{name}` cannot be included: {HIDES[name]} [cannot-include]\n"


@pytest.mark.parametrize("target", [".env", ".git/config", ".git/config.yaml", "secret.txt"])
def test_a_link_that_a_search_finds_leads_to_no_hidden_file(target: str, tmp_path: Path, attack: Attack) -> None:
    hiding(tmp_path)
    (tmp_path / "videos" / "a.vidc.yaml").symlink_to(f"../{target}")
    assert SECRET not in attack(".", code=(3,))


def test_what_is_near_and_not_hidden_is_included(tmp_path: Path) -> None:
    for folder in (".git", ".team/videos", "shared"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "shared" / "one.YAML").write_text("variables: {one: 1}\n")
    (tmp_path / ".team" / "videos" / "two.yml").write_text("variables: {two: 2}\n")
    (tmp_path / "shared" / "three.json").symlink_to("one.YAML")
    (tmp_path / ".team" / "videos" / "link.yaml").symlink_to("two.yml")
    names = "[../../shared/one.YAML, ./two.yml, link.yaml, ../../shared/three.json]"
    spec = tmp_path / ".team" / "videos" / "a.vidc.yaml"
    source = Source("a.vidc.yaml", f"include: {names}\n" + GOOD, str(spec))
    assert compile(source, read=reader(None)).job is not None


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_names_are_those_of_the_files_whatever_the_locale(locale: str, tmp_path: Path, attack: Attack) -> None:
    (tmp_path / "日本").mkdir()
    (tmp_path / "日本" / "é.yaml").write_text("variables: {a: 1}\n")
    env = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    (tmp_path / "a.vidc.yaml").write_text("include: [日本/é.yaml]\n" + GOOD, encoding="utf-8")
    assert attack("a.vidc.yaml", code=(0,), **env) == NOTHING
    assert attack("日本/é.yaml", code=(0,), **env) == "no findings in 1 file\n"
    (tmp_path / "a.vidc.yaml").write_text("include: [日本/e.yaml]\n" + GOOD, encoding="utf-8")
    shown = attack("--format", "json", "a.vidc.yaml", **env)
    assert [one["help"] for one in json.loads(shown)] == ["did you mean `é.yaml`?"]


def test_a_name_as_it_is_seen_from_the_root_is_told_as_it_is_seen_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "vidc.toml").write_text("")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "brand.yaml").write_text("variables: {a: 1}\n")
    (tmp_path / "videos").mkdir()
    for name, help in (
        ("shared/brand.yaml", "did you mean `../shared/brand.yaml`?"),
        ("shared/nowhere.yaml", "write its path as it is seen from this file, or make the file"),
    ):
        source = Source("a.vidc.yaml", f"include: [{name}]\n" + GOOD, str(tmp_path / "videos" / "a.vidc.yaml"))
        (finding,) = compile(source, read=reader(None)).findings
        assert (finding.name, finding.words.help) == ("cannot-include", help)


OUTPUTS = {
    "out.json": ("../away.json", ""),
    "folder/out.json": ("", ""),
    "device": ("/dev/null", ""),
    "kept.json": ("inside/job.json", "inside/job.json"),
    "new.json": ("inside/new.json", "inside/new.json"),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_job_is_not_written_through_a_link_out_of_the_project(name: str, tmp_path: Path, attack: Attack) -> None:
    here = tmp_path / "here"
    for folder in (here / ".git", here / "inside", tmp_path / "away"):
        folder.mkdir(parents=True)
    (here / "folder").symlink_to("../away")
    (here / "inside" / "job.json").write_text("old")
    (here / "a.vidc.yaml").write_text(GOOD)
    target, written = OUTPUTS[name]
    if target:
        (here / name).symlink_to(target)
    shown = attack("here/a.vidc.yaml", "-o", f"here/{name}", command="compile", code=(0,) if written else (3,))
    if written:
        assert (here / name).is_symlink()
        assert json.loads((here / written).read_text())["videoCreative"]["settings"]["name"] == "Demo"
    else:
        assert f"vidc: cannot write here/{name}: a link leads out of the project, to `" in shown
        assert [*tmp_path.glob("away*")] == [tmp_path / "away"]
        assert [*(tmp_path / "away").iterdir()] == []


@pytest.mark.parametrize("format", ["text", "concise", "json", "github", "sarif", "junit", "gitlab"])
def test_a_text_that_was_let_go_of_is_shown_the_same(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("brand.vidc.yaml").write_text("variables: {a: 1, a: 2}\n")
    for name in ("one", "two", "three"):
        Path(f"{name}.vidc.yaml").write_text(f"# {name}\ninclude: brand.vidc.yaml\n" + GOOD.replace("image,", "imag,"))

    def shown() -> bytes:
        assert linting.lint_files(["."], format=format, color=False) == 1
        return capfdbinary.readouterr().out

    whole = shown()
    monkeypatch.setattr(linting, "HELD", 150)
    monkeypatch.setattr(texts, "KEPT", 100)
    assert shown() == whole
    assert whole.count(b"brand.vidc.yaml") > 0


def test_a_mistake_of_ours_in_one_file_takes_no_other_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in "abc":
        Path(f"{name}.vidc.yaml").write_text(GOOD)

    def broken(source: Source, **options: Any) -> Any:
        if source.path == "b.vidc.yaml":
            raise RecursionError("too deep\x1b")
        return compile(source, **options)

    monkeypatch.setattr(linting, "compile", broken)
    assert linting.lint_files(["."]) == 3
    out, err = capfd.readouterr()
    assert out == "no findings in 2 files\n"
    said = r"vidc: failed on b\.vidc\.yaml: RecursionError: too deep\\x1b \(at test_hostile_files\.py:\d+, from linting\.py:\d+\); please report it\n"
    assert re.fullmatch(said, err)


def read(text: str) -> tuple[object, list[str]]:
    log = Log()
    tree = parse(Source("a", text), log)
    return plain(tree) if tree else None, [finding.name for finding in log.findings]


def test_pairs_come_back_as_they_were_written() -> None:
    text = (
        '"\\ud83d\\ude00": "a\\uD83D\\uDE00b\\ud83d\\ude01"\n'
        "single: '\\ud83d\\ude00'\n"
        "plain: \\ud83d\\ude02 x \\ud83d\\ude03\n"
        "block: |\n  \\ud83d\\ude00\n"
        'other: "\ufdd0\ufdd0 \\uFDD1\\uFDD1"\n'
    )
    assert read(text) == (
        {
            "😀": "a😀b😁",
            "single": "\\ud83d\\ude00",
            "plain": "\\ud83d\\ude02 x \\ud83d\\ude03",
            "block": "\\ud83d\\ude00\n",
            "other": "\ufdd0\ufdd0 \ufdd1\ufdd1",
        },
        [],
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("%YAML 1.2\n---\na: 1\n", []),
        ("# so\n\n%YAML 1.1\n--- # so\na: |\n %TAG\nb: 'x\n\n  %TAG'\n", []),
        ("a: 1\n...\n# %TAG\n", []),
        ("a: [50%,\n %x]\n", ["yaml-syntax"]),
        ("# so\r%TAG ! x\r---\ra: 1\r", ["directive-used"]),
        ("\n%YAML 1.2\n%FOO\n---\na: 1\n", ["directive-used"]),
        ("%YAMLX 1\n---\na: 1\n", ["directive-used"]),
        ("a: 1\n%TAG ! x\n", ["directive-used"]),
        ("a: 1\n...\n\n%TAG ! x\n---\nb: 1\n", ["directive-used"]),
        ("a: 1\n...\n%YAML 1.2\n---\nb: 1\n", ["second-document"]),
    ],
)
def test_directives(text: str, found: list[str]) -> None:
    assert read(text)[1] == found
