"""What differs between two versions: for those who watch, in words, and in minutes that are paid again."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import time
from itertools import permutations
from pathlib import Path
from random import Random
from unicodedata import east_asian_width

import pytest
import yaml
from command import ROOT, run
from hypothesis import given
from hypothesis import strategies as st

from vidc.clock import Length
from vidc.compile import Compiled, Reader, compile
from vidc.lock import Speech, learn
from vidc.review.compare import Field, SpecChange, compare
from vidc.review.difference import NOTHING, as_data, as_markdown, as_text
from vidc.review.history import Commit
from vidc.review.matching import match, moved
from vidc.review.versions import Version, since
from vidc.review.words import Words, word_changes
from vidc.source import Source

HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\nlanguage: en\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 9, height: 9}"


def image(name: str, more: str = "") -> str:
    return f"{{type: image, imageUrl: https://cdn.example.com/{name}.png, {PLACE}{more}}}"


def actor(text: str, more: str = "") -> str:
    return f"{{type: actor, actor: karen, speakerId: en-GB-RyanNeural, text: {json.dumps(text)}, {PLACE}{more}}}"


def scene(name: str, *tracks: str, duration: str = "4s") -> str:
    lines = "".join(f"      - {track}\n" for track in tracks)
    return f"  - name: {name}\n    duration: {duration}\n    tracks:\n{lines}"


def spec(*scenes: str, head: str = HEAD) -> str:
    return f"{head}scenes:\n{''.join(scenes)}"


def change(old: str, new: str, paid: frozenset[str] = frozenset()) -> SpecChange:
    made = [compile(Source("a.vidc.yaml", text), draft=True) for text in (old, new)]
    assert [one.name for each in made for one in each.findings if one.severity == "error"] == []
    return compare(Version("a.vidc.yaml", made[0], made[1]), paid)


ONE, TWO, THREE = (scene(name, image(name)) for name in ("one", "two", "three"))


def test_another_way_of_writing_changes_nothing() -> None:
    old = spec(ONE, TWO)
    new = "# a comment\n" + old.replace("duration: 4s", "duration: 4000").replace("{x: 0, y: 0}", "{y: 0, x: 0}")
    found = change(old, new)
    assert (found.kind, found.scenes, found.paid) == ("same", [], Length(0, 0, 0))
    assert as_text([found]) == f"a.vidc.yaml: {NOTHING}\n"
    assert as_markdown([found]) == f"**vidc**: {NOTHING}\n"
    assert as_data([found])["minutes"] == [0, 0, 0]


def test_a_moved_scene_is_seen_as_moved() -> None:
    found = change(spec(ONE, TWO, THREE), spec(THREE, ONE, TWO))
    assert [(one.kind, one.name, one.old, one.new) for one in found.scenes] == [("moved", "three", 3, 1)]
    assert found.paid == Length(12_000, 12_000, 12_000)


def test_scenes_come_and_go() -> None:
    found = change(spec(ONE, TWO), spec(ONE, THREE, scene("four", actor("Hello there."))))
    assert [(one.kind, one.name, one.old, one.new) for one in found.scenes] == [
        ("removed", "two", 2, None),
        ("added", "three", None, 2),
        ("added", "four", None, 3),
    ]


def test_a_scene_with_another_name_is_known_by_what_is_in_it() -> None:
    old = spec(ONE, scene("hello", actor("Welcome to the course on safe mail."), image("desk")))
    found = change(old, old.replace("name: hello", "name: welcome"))
    assert [(one.kind, one.name, one.fields) for one in found.scenes] == [
        ("changed", "welcome", [Field("name", "hello", "welcome")])
    ]


def test_scenes_of_the_same_name_are_told_apart_by_what_is_in_them() -> None:
    turns = (scene("turn", image("a"), duration="3s"), scene("turn", actor("Well said."), duration="5s"))
    old = spec(scene("first", image("x")), *turns)
    found = change(old, old.replace("3s", "4s").replace("5s", "6s").replace("Well said", "Well done"))
    assert [(one.kind, one.old, one.new, one.longer) for one in found.scenes] == [
        ("changed", 2, 2, 1000),
        ("changed", 3, 3, 1000),
    ]
    again = change(old, old.replace("Well said", "Goodbye, all of you"))
    assert [(one.kind, one.old, one.new) for one in again.scenes] == [("changed", 3, 3)]


def test_words_are_shown_as_words_and_what_follows_is_shifted() -> None:
    old = spec(
        scene("a", actor("Hello dear friends.", ", referenceId: s"), image("x", ", startTimeGap: 1s"), duration="9s")
    )
    new = old.replace("dear friends", "my good old friends").replace("startTimeGap: 1s", "startTimeGap: 1500ms")
    found = change(old, new).scenes[0]
    assert found.tracks[0].words == ("Hello dear friends.", "Hello my good old friends.")
    assert (found.tracks[0].starts, found.tracks[0].ends > 100) == (0, True)
    assert (found.tracks[1].starts, found.tracks[1].ends) == (500, 0)
    assert found.tracks[1].fields == [Field("startTimeGap", 1000, 1500)]


def test_a_property_is_named_with_its_path() -> None:
    found = change(spec(ONE), spec(ONE).replace("{x: 0, y: 0}", "{x: 8, y: 0}"))
    assert found.scenes[0].tracks[0].fields == [Field("position.x", 0, 8)]


def test_the_order_of_layers_counts() -> None:
    old = spec(scene("a", image("x"), image("y")))
    found = change(old, spec(scene("a", image("y"), image("x"))))
    assert [track.fields for track in found.scenes[0].tracks] == [[Field("layer", 2, 1)]]


def test_what_is_in_the_lock_is_not_paid_again() -> None:
    job = compile(Source("a.vidc.yaml", spec(TWO))).job
    assert job is not None
    found = change(spec(ONE), spec(TWO), frozenset([job.fingerprint()]))
    assert (found.known, found.paid) == (True, Length(0, 0, 0))
    assert "its video is there: 0 minutes" in as_text([found])


def test_minutes_have_the_bounds_of_the_estimate() -> None:
    new = spec("  - tracks:\n      - " + actor("Hello there, this is a longer sentence than the one before.") + "\n")
    total = compile(Source("a.vidc.yaml", new)).timeline
    assert total is not None
    found = change(spec(ONE), new)
    bounds = [total.total.low, total.total.expected, total.total.high]
    assert as_data([found])["minutes"] == [round(ms / 60_000, 2) for ms in bounds]


def test_a_comment_holds_no_markup_of_a_stranger() -> None:
    new = spec(scene('"@team <img src=x> [a](https://evil.example.com) **b** | `c`"', image("one")))
    said = re.sub("`[^`]*`", "", as_markdown([change(spec(ONE), new)]))
    assert "team" in said
    assert not re.search(r"@|<|]\(https:|(?<!\\)\*\*b|(?<!\\)`", said)


WORDS = st.lists(st.sampled_from(["a", "b", "c", "dd", "e", "f.", "g,"]), max_size=25)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_off_their_difference(old: list[str], new: list[str]) -> None:
    runs = word_changes(" ".join(old), " ".join(new))
    before = " ".join(run.text for run in runs if run.kind != "new")
    after = " ".join(run.text for run in runs if run.kind != "old")
    assert (before.split(), after.split()) == (old, new)


def test_far_from_a_change_nothing_is_shown() -> None:
    words = [f"w{number}" for number in range(30)]
    runs = word_changes(" ".join(words), " ".join([*words[:15], "new", *words[15:]]))
    assert [run.kind for run in runs] == ["left", "same", "new", "same", "left"]
    assert runs[1] == Words("same", "w11 w12 w13 w14")


@pytest.mark.parametrize("order", list(permutations(range(5))))
def test_the_fewest_things_are_said_to_have_moved(order: tuple[int, ...]) -> None:
    pairs = [(old, new) for new, old in enumerate(order)]
    stayed = [old for old, new in pairs if (old, new) not in moved(pairs)]
    longest = max(
        sum(kept)
        for kept in ([bits >> place & 1 for place in range(5)] for bits in range(32))
        if (chosen := [old for old, keep in zip(order, kept, strict=True) if keep]) == sorted(chosen)
    )
    assert stayed == sorted(stayed)
    assert len(stayed) == longest


def test_nothing_is_matched_twice() -> None:
    random = Random(3)
    for _ in range(300):
        old, new = ([random.choice("aabbcdefg") for _ in range(random.randrange(7))] for _ in range(2))
        pairs = match(old, new, lambda one: one if one > "d" else None, str, str, lambda *_: random.random())
        assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
        assert [b for _, b in pairs] == sorted(b for _, b in pairs)


def test_many_rewritten_scenes_are_compared_in_time() -> None:
    random = Random(5)

    def side() -> str:
        texts = (" ".join(f"w{random.randrange(9_000)}" for _ in range(1_500)) for _ in range(100))
        return spec(*(f"  - tracks:\n      - {actor(text)}\n" for text in texts))

    made = [compile(Source("a.vidc.yaml", side()), draft=True) for _ in range(2)]
    began = time.process_time()
    compare(Version("a.vidc.yaml", made[0], made[1]))
    assert time.process_time() - began < 6


def git(folder: Path, *words: str) -> None:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=folder, env=quiet, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "films").mkdir()
    include = "components: {c: {tracks: [" + image("logo") + "]}}\n"
    (tmp_path / "films" / "parts.vidc.yaml").write_text(include)
    uses = HEAD + "include: [parts.vidc.yaml]\nscenes:\n  - duration: 2s\n    tracks: [{use: c}]\n"
    (tmp_path / "films" / "uses.vidc.yaml").write_text(uses)
    (tmp_path / "films" / "gone.vidc.yaml").write_text(spec(ONE))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


def test_a_branch_is_compared_with_its_base(repository: Path) -> None:
    films = repository / "films"
    (films / "gone.vidc.yaml").unlink()
    (films / "fresh.vidc.yaml").write_text(spec(TWO))
    parts = films / "parts.vidc.yaml"
    parts.write_text(parts.read_text().replace("logo.png", "new.png"))
    done = run("diff", "--git", "main", "--format", "json", cwd=films)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [(one["file"], one["kind"], one["minutes"]) for one in found["files"]] == [
        ("fresh.vidc.yaml", "added", [0.07, 0.07, 0.07]),
        ("gone.vidc.yaml", "removed", [0, 0, 0]),
        ("uses.vidc.yaml", "changed", [0.03, 0.03, 0.03]),
    ]
    assert run("diff", "--git", "main", "--format", "json", cwd=films).stdout == done.stdout


def test_a_commit_that_changes_only_the_formatting_changes_nothing(repository: Path) -> None:
    for path in (repository / "films").iterdir():
        path.write_text("# again\n" + path.read_text())
    assert run("diff", "--git", "HEAD", cwd=repository).stdout == f"{NOTHING}\n"


def test_what_nobody_touched_is_compiled_once(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But what includes another file may mean something else."""
    (repository / "films" / "new.vidc.yaml").write_text(spec(TWO))
    monkeypatch.chdir(repository)
    compiled: list[str] = []

    def counted(source: Source, read: Reader) -> Compiled:
        compiled.append(Path(source.path).name.partition(" at ")[0])
        return compile(source, read=read, draft=True)

    versions, unread = since(Commit("HEAD"), (".",), counted, None)
    assert [(one.file, one.old is one.new) for one in versions] == [
        ("films/gone.vidc.yaml", True),
        ("films/new.vidc.yaml", False),
        ("films/uses.vidc.yaml", False),
    ]
    assert sorted(compiled) == ["gone.vidc.yaml", "new.vidc.yaml", "parts.vidc.yaml", *["uses.vidc.yaml"] * 2]
    assert ([compare(one).kind for one in versions], unread) == (["same", "added", "same"], [])


@pytest.mark.parametrize("base", ["nope", "--upload-pack=x", "HEAD:films"])
def test_a_commit_that_is_not_there_is_named(repository: Path, base: str) -> None:
    done = run("diff", f"--git={base}", cwd=repository)
    assert (done.returncode, done.stdout) == (3, "")
    assert f"there is no commit `{base}` here" in done.stderr


BROKEN = "films/gone.vidc.yaml: 1 error; nothing can be compared"
SAID = "`scenes` must be a list of scenes, and this is a number"


def test_a_file_with_errors_is_there_with_what_is_wrong(repository: Path) -> None:
    (repository / "films" / "gone.vidc.yaml").write_text(HEAD + "scenes: 3\n")
    (repository / "films" / "fresh.vidc.yaml").write_text(spec(TWO))
    shown, comment, data = (
        run("diff", "--git", "HEAD", "--format", format, cwd=repository) for format in ("text", "markdown", "json")
    )
    assert [(done.returncode, done.stderr) for done in (shown, comment, data)] == [(1, "")] * 3
    assert shown.stdout == (
        "films/fresh.vidc.yaml: new, 4.0 s long; 0.07 minutes to pay\n\n"
        f"{BROKEN}\n  ! `films/gone.vidc.yaml:3`: {SAID.removesuffix(' number')}\n    number [wrong-type]\n\n"
        "2 files; 0.07 minutes to pay, without 1 file with errors\n"
    )
    assert comment.stdout == (
        "**vidc**: 0.07 minutes to pay, without 1 file with errors\n\n"
        "#### `films/fresh.vidc.yaml`\n\nnew, 4.0 s long; 0.07 minutes to pay\n\n"
        "#### `films/gone.vidc.yaml`\n\n1 error; nothing can be compared\n\n"
        f"- `films/gone.vidc.yaml:3`: {SAID} \\[wrong-type\\]\n"
    )
    found = json.loads(data.stdout)
    assert found["minutes"] == [0.07, 0.07, 0.07]
    assert [(one["file"], one["kind"], one["minutes"]) for one in found["files"]] == [
        ("films/fresh.vidc.yaml", "added", [0.07, 0.07, 0.07]),
        ("films/gone.vidc.yaml", "broken", None),
        ("films/uses.vidc.yaml", "same", [0, 0, 0]),
    ]
    linted = json.loads(run("lint", "--format", "json", "films", cwd=repository).stdout)
    broken = found["files"][1]
    assert broken["errors"] == {"before": [], "after": linted}
    assert [one["name"] for one in linted] == ["wrong-type"]
    assert (broken["before"]["expected"], broken["after"], broken["scenes"]) == (4000, None, [])


def test_a_file_that_had_errors_before_is_compared_with_nothing(repository: Path) -> None:
    path = repository / "films" / "gone.vidc.yaml"
    path.write_text(HEAD + "scenes: 3\n")
    git(repository, "commit", "-q", "-a", "-m", "broken")
    path.write_text(HEAD + "scenes: 4\n")
    done = run("diff", "--git", "HEAD", cwd=repository)
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        1,
        "films/gone.vidc.yaml: 1 error, 1 error before; nothing can be compared",
    )
    path.write_text(spec(TWO))
    done = run("diff", "--git", "HEAD", cwd=repository)
    assert (done.returncode, " ".join(done.stdout.split())) == (
        0,
        "films/gone.vidc.yaml: had errors before (`wrong-type`), so nothing can be compared; now 4.0 s long; 0.07 "
        "minutes to pay",
    )
    (found,) = json.loads(
        run("diff", "--git", "HEAD", "films/gone.vidc.yaml", "--format", "json", cwd=repository).stdout
    )["files"]
    assert (found["kind"], found["before"], [one["name"] for one in found["errors"]["before"]]) == (
        "mended",
        None,
        ["wrong-type"],
    )
    path.unlink()
    done = run("diff", "--git", "HEAD", cwd=repository)
    assert (done.returncode, done.stdout) == (0, "films/gone.vidc.yaml: removed; it had errors\n")


def test_what_cannot_be_read_is_named_and_the_others_are_compared(repository: Path) -> None:
    films = repository / "films"
    gone = (films / "gone.vidc.yaml").read_text()
    (films / "gone.vidc.yaml").write_bytes(b"\xe9\xe8")
    done = run("diff", "--git", "HEAD", cwd=repository)
    assert (done.returncode, done.stdout, done.stderr) == (
        3,
        f"films/uses.vidc.yaml: {NOTHING}\n",
        "vidc: cannot read films/gone.vidc.yaml: byte 1 is not UTF-8\n",
    )
    git(repository, "commit", "-q", "-a", "-m", "not UTF-8")
    (films / "gone.vidc.yaml").write_text(gone)
    done = run("diff", "--git", "HEAD", cwd=repository)
    assert (done.returncode, done.stdout) == (3, f"films/uses.vidc.yaml: {NOTHING}\n")
    assert re.fullmatch(r"vidc: cannot read films/gone.vidc.yaml at \w{7}: byte 1 is not UTF-8\n", done.stderr)


def test_an_included_file_that_could_not_be_read_is_an_error_of_its_time(repository: Path) -> None:
    parts = repository / "films" / "parts.vidc.yaml"
    before = parts.read_text()
    parts.write_bytes(b"\xe9")
    git(repository, "commit", "-q", "-a", "-m", "not UTF-8")
    parts.write_text(before)
    done = run("diff", "--git", "HEAD", "films/uses.vidc.yaml", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("films/uses.vidc.yaml: had errors before (`cannot-include`")


def test_what_is_in_no_repository_has_no_history(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a.vidc.yaml").write_text(spec(ONE))
    path = os.path.relpath(outside / "a.vidc.yaml", repository)
    advice = "name two files: `vidc diff OLD NEW`\n"
    done = run("diff", "--git", "HEAD", path, cwd=repository)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"vidc: {path} is not in the repository of this folder; {advice}"
    done = run("diff", "--git", "HEAD", cwd=outside)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"vidc: this folder is in no git repository; {advice}"


def test_the_example_workflow_says_it_in_the_summary_of_a_pull_request(repository: Path, tmp_path: Path) -> None:
    workflow = yaml.safe_load((ROOT / "examples" / "ci" / "videos.yml").read_text(encoding="utf-8"))
    script = next(one["run"] for one in workflow["jobs"]["check"]["steps"] if "vidc diff" in one.get("run", ""))
    path = repository / "films" / "gone.vidc.yaml"
    path.write_text(path.read_text().replace("duration: 4s", "duration: 6s"))
    git(repository, "mv", "films", "videos")
    git(repository, "commit", "-q", "-a", "-m", "second")
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "vidc").write_text(f'#!/bin/sh\nexec {sys.executable} -c "from vidc.cli import main; main()" "$@"\n')
    (commands / "vidc").chmod(0o755)
    env = {"PATH": f"{commands}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    env["GITHUB_STEP_SUMMARY"] = str(tmp_path / "summary")
    subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=repository, env=env, check=True)
    lines = (tmp_path / "summary").read_text().splitlines()
    assert lines[0] == "**vidc**: 0.13 minutes to pay"
    assert "#### `videos/gone.vidc.yaml`" in lines


def test_of_many_errors_the_first_are_said() -> None:
    old, new = spec(ONE), spec(*(scene(f"s{number}", image("x"), duration="soon") for number in range(14)))
    made = [compile(Source("a.vidc.yaml", text), draft=True) for text in (old, new)]
    found = compare(Version("a.vidc.yaml", made[0], made[1]))
    lines = as_text([found]).splitlines()
    assert lines[0] == "a.vidc.yaml: 14 errors; nothing can be compared"
    assert sum(line.startswith("  ! `a.vidc.yaml:") for line in lines) == 10
    assert lines[-1] == "  ! and 4 more: `vidc lint` shows all of them"
    assert len(as_data([found])["files"][0]["errors"]["after"]) == 14
    assert as_markdown([found]).startswith("**vidc**: nothing can be sent: 1 file with errors\n")


def test_files_that_the_project_excludes_are_compared_only_where_they_are_named(repository: Path) -> None:
    (repository / "vidc.toml").write_text('exclude = ["films/gone*"]\n')
    (repository / "films" / "gone.vidc.yaml").write_text(HEAD + "scenes: 3\n")
    done = run("diff", "--git", "HEAD", cwd=repository / "films")
    assert (done.returncode, done.stdout) == (0, f"uses.vidc.yaml: {NOTHING}\n")
    assert run("diff", "--git", "HEAD", "gone.vidc.yaml", cwd=repository / "films").returncode == 1
    assert run("diff", "--git", "HEAD", "--isolated", cwd=repository / "films").returncode == 1


def files_of(text: str) -> list[tuple[str, str | None, str, list[float | None]]]:
    return [
        (one["file"], one["was"], one["kind"], one["minutes"])
        for one in json.loads(text)["files"]
        if one["kind"] != "same"
    ]


def test_a_renamed_file_is_known_again_by_what_is_in_it(repository: Path) -> None:
    films = repository / "films"
    (films / "uses.vidc.yaml").rename(films / "again.vidc.yaml")
    gone = (films / "gone.vidc.yaml").read_text().replace("duration: 4s", "duration: 6s")
    (films / "gone.vidc.yaml").unlink()
    (films / "changed.vidc.yaml").write_text(gone)
    (films / "fresh.vidc.yaml").write_text(spec(scene("other", image("else"), actor("Something else is said."))))
    done = run("diff", "--git", "main", "--format", "json", cwd=films)
    assert files_of(done.stdout) == [
        ("again.vidc.yaml", "uses.vidc.yaml", "renamed", [0, 0, 0]),
        ("changed.vidc.yaml", "gone.vidc.yaml", "changed", [0.1, 0.1, 0.1]),
        ("fresh.vidc.yaml", None, "added", [0.07, 0.07, 0.07]),
    ]
    shown = run("diff", "--git", "main", cwd=films).stdout
    assert f"again.vidc.yaml: renamed, was `uses.vidc.yaml`; {NOTHING}\n" in shown


def test_a_copied_spec_is_paid_once(repository: Path) -> None:
    films = repository / "films"
    for name in ("copy", "new", "twin"):
        text = (films / "gone.vidc.yaml").read_text()
        (films / f"{name}.vidc.yaml").write_text(text if name == "copy" else text.replace("4s", "6s"))
    done = run("diff", "--git", "main", "--format", "json", cwd=films)
    assert files_of(done.stdout) == [
        ("copy.vidc.yaml", None, "added", [0, 0, 0]),
        ("new.vidc.yaml", None, "added", [0.1, 0.1, 0.1]),
        ("twin.vidc.yaml", None, "added", [0, 0, 0]),
    ]
    assert json.loads(done.stdout)["minutes"] == [0.1, 0.1, 0.1]
    assert "another file has the same job: 0 minutes" in " ".join(
        run("diff", "--git", "main", cwd=films).stdout.split()
    )


def test_a_file_that_becomes_a_spec_is_new_and_one_that_becomes_a_part_is_gone(repository: Path) -> None:
    films = repository / "films"
    parts, gone = films / "parts.vidc.yaml", films / "gone.vidc.yaml"
    parts.write_text(parts.read_text() + spec(scene("own", image("else"), duration="3s")))
    gone.write_text("variables: {x: 1}\n")
    uses = films / "uses.vidc.yaml"
    uses.write_text(spec(scene("uses", image("logo"), duration="2s")).replace("name: uses\n    ", ""))
    done = run("diff", "--git", "main", "--format", "json", cwd=films)
    assert files_of(done.stdout) == [
        ("gone.vidc.yaml", None, "removed", [0, 0, 0]),
        ("parts.vidc.yaml", None, "added", [0.05, 0.05, 0.05]),
    ]


def test_what_only_brings_names_is_not_compared(repository: Path) -> None:
    parts = str(repository / "films" / "parts.vidc.yaml")
    done = run("diff", parts, parts, cwd=repository)
    assert (done.returncode, done.stdout) == (1, "")
    assert "only brings names" in done.stderr


def test_a_template_costs_nobody_knows_how_much() -> None:
    old = "templateJobId: abc\ndynamicVariables: {name: Ann}\n"
    found = change(old, old.replace("Ann", "Bob"))
    assert as_data([found])["minutes"] == [0, 0, None]
    assert as_text([found]) == (
        "a.vidc.yaml: still as long as its template; an unknown number of minutes to pay\n"
        "  ~ dynamicVariables.name: Ann -> Bob\n"
    )


def test_what_the_lock_has_measured_counts(repository: Path) -> None:
    old = spec("  - tracks:\n      - " + actor("Hello there.") + "\n")
    (repository / "a.vidc.yaml").write_text(old)
    (repository / "b.vidc.yaml").write_text(old.replace("Hello there", "Good bye"))
    learn(str(repository / "vidc.lock"), Speech("en-GB-RyanNeural", ("Good bye.",), "en", "2026-01-01", 3000))
    done = run("diff", "a.vidc.yaml", "b.vidc.yaml", "--format", "json", cwd=repository)
    assert json.loads(done.stdout)["minutes"] == [0.05, 0.05, 0.05]
    low, _, high = json.loads(
        run("diff", "a.vidc.yaml", "b.vidc.yaml", "--format", "json", "--isolated", cwd=repository).stdout
    )["minutes"]
    assert low < high


def test_what_only_ends_with_its_scene_is_not_told_again() -> None:
    old = spec(scene("a", image("x"), image("y", ", startTimeGap: 1s, duration: 1s")))
    found = change(old, old.replace("duration: 4s", "duration: 5s"))
    assert [(one.ends, one.follows) for one in found.scenes[0].tracks] == [(1000, True)]
    assert as_text([found]).splitlines()[1:] == ["  ~ scene 1: `a`, 1.0 s longer", "      duration: 4000 -> 5000"]


def test_a_comment_is_short_enough_to_be_posted_and_says_what_is_left_out() -> None:
    long = spec(*(scene(f"s{number}", actor(f"word{number} " * 40)) for number in range(400)))
    found = change(long, long.replace("word", "other"))
    comment = as_markdown([found, found])
    assert len(comment.encode()) < 65_536
    assert comment.endswith("… and more of 2 files: `vidc diff` shows all of it\n")


def test_every_line_fits_a_narrow_terminal() -> None:
    old = spec(scene("a", image("x" * 50), actor("Hello there, dear friends. " * 9)))
    found = change(old, old.replace("xxx", "yyy").replace("dear", "good old").replace("name: a", "name: " + "n " * 60))
    assert max(map(len, as_text([found]).splitlines())) <= 80


def test_wide_signs_take_two_cells_of_a_terminal() -> None:
    words = "受付でバッジを受け取り、ガラスのドアを通って、緑色の線に沿って二階の会議室まで進んでください。"
    name = "受付と案内" * 6

    def made(said: str, more: str, duration: str) -> str:
        text = spec(scene(name, actor(said, ", referenceId: " + "話し手" * 12), duration=duration))
        return text.replace("name: Demo", f"name: {more * 20}")

    old, new = made(words * 2, "題", "40s"), made(words.replace("緑色", "青色") * 2, "新しい題", "30s")
    shown = as_text([change(old, new)], 80).splitlines()
    cells = [sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in shown]
    assert max(cells) <= 80
    assert sum(wide > 70 for wide in cells) > 2
    said = "".join(line.strip() for line in shown)
    assert ("[-緑-] {+青+}" in said, name in said) == (True, True)


@pytest.mark.parametrize(
    "text",
    ["www.evil.example.com", "- x", "1. x", "+ x", "https://evil.example.com", "a@b.example.com", "# x", "--- x"],
)
def test_the_words_of_a_script_are_no_markup(text: str) -> None:
    old = spec(scene("a", actor("Hello.")))
    quoted = next(
        line for line in as_markdown([change(old, spec(scene("a", actor(text))))]).splitlines() if ">" in line
    )
    said = quoted.partition("**")[2].removesuffix("**")
    assert html.unescape(re.sub(r"\\(?=\W)", "", said)) == text
    assert not re.match(r"([-+#]|\d+\.)", said)
    assert not re.search(r"www\.|://|@", said)
