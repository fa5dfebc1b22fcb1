"""Repairs that need no choice: each does what it says and nothing else, and doing it twice changes nothing."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest
from command import run

from vidc.compile import Compiled, compile
from vidc.project import load, reader
from vidc.review.fixing import difference, fixed
from vidc.source import Source

TESTS = Path(__file__).parent
SPECS = sorted([*(TESTS / "ui").rglob("*.vidc.*"), *(TESTS.parent / "examples").rglob("*.vidc.*")])
HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
IMAGE = "{type: image, imageUrl: https://cdn.example.com/a.png, position: {x: 0, y: 0}, size: {width: 9, height: 9}"


def made(source: Source) -> Compiled:
    return compile(source, read=reader(None))


def names(one: Compiled) -> Counter[tuple[str, str]]:
    return Counter((finding.name, finding.words.at.path) for finding in one.findings if finding.severity != "note")


def text_of(duration: str) -> str:
    return f"{HEAD}scenes:\n  - {duration}\n    tracks:\n      - {IMAGE}}}\n"


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_fixed_file_has_fewer_findings_no_new_one_and_the_same_job(path: Path) -> None:
    source = load(str(path))
    before, after = made(source), fixed(source, made)
    again = Source(source.path, after.text, source.file)
    assert fixed(again, made).text == after.text
    now = made(again)
    assert names(now) <= names(before)
    assert names(now).total() <= names(before).total() - len(after.titles)
    if before.job is not None:
        assert now.job == before.job


def test_a_misspelled_key_is_written_right() -> None:
    after = fixed(Source("a.vidc.yaml", text_of("duraton: 3s")), made)
    assert after.text == text_of("duration: 3s")
    assert after.titles == ["misspelled-property: write `duration`"]


def test_a_spec_whose_values_are_to_come_is_mended_too() -> None:
    """A warning is mended only where the job is seen to stay the same."""
    head = "variables: {name: {type: string, required: true}}\n"
    place = "position: {x: 0, y: 0}, size: {width: 9, height: 9}"
    text = head + text_of("duration: 3s").replace(
        "9}}\n", "9}, mood: calm}  # vidc: allow undocumented-propert -- ok\n"
    )
    text += f"      - {{type: text, text: <name>, {place}}}\n"

    def drafted(source: Source) -> Compiled:
        return compile(source, read=reader(None), draft=True)

    source = Source("a.vidc.yaml", text)
    assert [one.name for one in drafted(source).findings if one.severity != "note"] == [
        "undocumented-property",
        "unknown-allowance",
    ]
    after = fixed(source, drafted)
    assert after.text == text.replace("undocumented-propert ", "undocumented-property ")


def test_one_mistake_after_the_other_is_mended() -> None:
    text = text_of("duraton: 3s").replace("imageUrl", "imageURL").replace("settings", "setings")
    after = fixed(Source("a.vidc.yaml", text), made)
    assert after.text == text_of("duration: 3s")
    assert len(after.titles) == 3


def test_a_time_that_looks_like_seconds_is_the_authors_to_change() -> None:
    text = text_of("duration: 5")
    assert fixed(Source("a.vidc.yaml", text), made).text == text


def test_where_there_is_a_choice_nothing_is_done() -> None:
    text = text_of("duration: 3s").replace("9}}", "9}, startTimeGap: 2s, duration: 1s, endTimeGap: 1s}")
    assert fixed(Source("a.vidc.yaml", text), made).text == text


@pytest.mark.parametrize("end", ["\n", ""])
def test_the_difference_is_a_patch(tmp_path: Path, end: str) -> None:
    old = text_of("duraton: 3s").rstrip("\n") + end
    new = fixed(Source("a.vidc.yaml", old), made).text
    (tmp_path / "a.vidc.yaml").write_text(old)
    patch = difference("a.vidc.yaml", old, new)
    subprocess.run(["git", "apply", "-"], input=patch, text=True, cwd=tmp_path, check=True)
    assert (tmp_path / "a.vidc.yaml").read_text() == new


def test_a_patch_from_a_subfolder_is_one_for_the_root(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    for path in ("a.vidc.yaml", "sub/b.vidc.yaml"):
        (tmp_path / path).write_text(text_of("duraton: 3s"))
    patch = run("lint", "--diff", "..", cwd=tmp_path / "sub").stdout
    (tmp_path / ".git").rmdir()
    subprocess.run(["git", "apply", "-"], input=patch, text=True, cwd=tmp_path, check=True)
    for path in ("a.vidc.yaml", "sub/b.vidc.yaml"):
        assert (tmp_path / path).read_text() == text_of("duration: 3s")


def test_among_many_repairs_those_that_do_harm_are_left_and_the_others_made() -> None:
    good = IMAGE.replace("imageUrl", "imageURL") + "}"
    bad = IMAGE + ", durration: 9s}"
    scene = "  - duration: 4s\n    tracks:\n      - {}\n      - {}\n"
    compiled: list[Source] = []

    def counted(source: Source) -> Compiled:
        compiled.append(source)
        return made(source)

    text = HEAD + "scenes:\n" + "".join(scene.format(good, bad) for _ in range(60))
    after = fixed(Source("a.vidc.yaml", text), counted)
    assert after.text == text.replace("imageURL", "imageUrl")
    assert len(compiled) < 100
    assert fixed(Source("a.vidc.yaml", after.text), made).text == after.text


def test_a_length_that_nobody_has_said_is_offered_and_not_written() -> None:
    source = Source("a.vidc.yaml", text_of("name: Pause"))
    (finding,) = made(source).findings
    (repair,) = finding.words.repairs
    assert (finding.name, repair.title, repair.sure) == ("under-constrained", "add `duration: 5s`", False)
    assert repair.edits
    assert fixed(source, made).titles == []
