"""Repairs that need no choice: each does what it says and nothing else, and doing it twice changes nothing."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from command import run
from conftest import SCALE
from hypothesis import event, given, settings
from hypothesis.strategies import DataObject, data, lists, sampled_from

from vidc.compile import Compiled, compile
from vidc.diag.finding import Repair
from vidc.project import load, reader
from vidc.record import replace
from vidc.review.fixing import Fixed, Made, difference, fixed
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


def changed_lines(old: str, new: str) -> set[int]:
    """The lines of the new text, from 1, that the old one has not."""
    blocks = SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False).get_opcodes()
    return {line + 1 for kind, _, _, first, last in blocks if kind != "equal" for line in range(first, last)}


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fixing_ends_what_it_says_adds_nothing_and_keeps_the_job(path: Path) -> None:
    source = load(str(path))
    before, after = made(source), fixed(source, made)
    again = fixed(Source(source.path, after.text, source.file), made)
    assert (again.text, again.repairs, after.more) == (after.text, [], False)
    now = made(Source(source.path, after.text, source.file))
    fresh = names(now) - names(before)
    assert names(now).total() <= names(before).total() - len(after.repairs) + fresh.total()
    where = {
        one.span.source.position(one.span.start)[0]
        for one in now.findings
        if (one.name, one.words.at.path) in fresh and one.name != "text-on-text"
    }
    assert not where & changed_lines(source.text, after.text)
    if before.job is not None:
        assert now.job == before.job


@pytest.mark.parametrize("name", ["expand/components-as-keys", "parse/text-on-header"])
def test_the_lines_that_a_repair_writes_end_as_those_of_the_file_do(name: str) -> None:
    plain = (TESTS / "ui" / f"{name}.vidc.yaml").read_text()
    other = plain.replace("\n", "\r\n")
    after = fixed(Source("", other), made).text
    assert after.count("\n") > other.count("\n")
    assert after == fixed(Source("", plain), made).text.replace("\n", "\r\n")


def test_a_misspelled_key_is_written_right() -> None:
    after = fixed(Source("a.vidc.yaml", text_of("duraton: 3s")), made)
    assert after.text == text_of("duration: 3s")
    assert after.repairs == [Made("misspelled-property", "write `duration`")]


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
    assert len(after.repairs) == 3


CHAINS = {
    "what a misspelled key hid": ("    traks:\n      - {imageURL}\n", "    tracks:\n      - {imageUrl}\n"),
    "what is left to the author": (
        "    traks:\n      - {imageURL, endTimeGap: 4s}\n",
        "    tracks:\n      - {imageUrl, endTimeGap: 4s}\n",
    ),
    "what takes part in a mistake that it makes": (
        "    traks:\n      - {imageURL, durration: 9s}\n",
        "    tracks:\n      - {imageUrl, durration: 9s}\n",
    ),
}


@pytest.mark.parametrize("chain", CHAINS)
def test_below_a_mistake_there_may_be_others(chain: str) -> None:
    start = f"{HEAD}scenes:\n  - duration: 3s\n"
    image = IMAGE.replace("imageUrl", "imageURL")
    old, new = (start + text.replace("{imageURL", image).replace("{imageUrl", IMAGE) for text in CHAINS[chain])
    after = fixed(Source("a.vidc.yaml", old), made)
    assert after.text == new
    assert fixed(Source("a.vidc.yaml", after.text), made).repairs == []


@pytest.mark.parametrize("key", ["scenes", "scnes"])
def test_more_mistakes_than_are_looked_for_are_all_mended(key: str) -> None:
    wrong = IMAGE.replace("imageUrl", "imageURL") + "}"
    scene = "  - duration: 3s\n    tracks:\n" + f"      - {wrong}\n" * 5
    text = f"{HEAD}{key}:\n" + scene * 300
    after = fixed(Source("a.vidc.yaml", text), made)
    assert after.text == text.replace("imageURL", "imageUrl").replace("scnes", "scenes")
    assert (len(after.repairs), after.more) == (1500 + (key == "scnes"), False)
    now = made(Source("a.vidc.yaml", after.text))
    assert names(now) == Counter()
    assert now.job is not None


def test_harm_that_is_seen_only_behind_other_repairs_is_undone() -> None:
    """Of more than a thousand mistakes the first are mended before anything is known of times."""
    wrong = IMAGE.replace("imageUrl", "imageURL") + "}"
    scene = "  - duration: 4s\n    tracks:\n" + f"      - {wrong}\n" * 5
    text = (
        f"{HEAD}scenes:\n" + scene.replace("imageURL", "imageUrl").replace("9}}", "9}, durration: 9s}", 1) + scene * 210
    )
    after = fixed(Source("a.vidc.yaml", text), made)
    assert after.text == text.replace("imageURL", "imageUrl")
    assert (len(after.repairs), after.more) == (1050, False)
    assert fixed(Source("a.vidc.yaml", after.text), made).repairs == []


def test_of_two_repairs_that_do_harm_together_the_first_is_made() -> None:
    """Two speeches that were cut at their commas are heard at once."""
    speech = "actor: karen, speakerId: en-GB-RyanNeural, position: {x: 0, y: 0}, size: {width: 9, height: 9}"
    text = f"defaults: {{actor: {{{speech}}}}}\n{HEAD}scenes:\n  - duration: 30s\n    tracks:\n"
    text += "".join(f"      - {{type: actor, text: Open {name}, then: wait.}}\n" for name in "ab")
    after = fixed(Source("a.vidc.yaml", text), made)
    assert after.text == text.replace("Open a, then: wait.", '"Open a, then: wait."')
    assert fixed(Source("a.vidc.yaml", after.text), made).repairs == []


def test_when_there_were_too_many_tries_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    text = text_of("duraton: 3s").replace("tracks", "traks").replace("imageUrl", "imageURL")
    monkeypatch.setattr("vidc.review.fixing.TRIES", 1)
    after = fixed(Source("a.vidc.yaml", text), made)
    assert (len(after.repairs), after.more) == (2, True)
    assert after.text == text_of("duration: 3s").replace("imageUrl", "imageURL")


def test_a_repair_that_makes_the_rest_unreadable_is_not_made() -> None:
    """No finding offers one; a reader that has nothing more to say of a broken text would like it best."""
    text = text_of("duraton: 3s")

    def spoiling(source: Source) -> Compiled:
        one = compile(source, read=reader(None))
        for finding in one.findings:
            if finding.name == "misspelled-property":
                edit = replace(finding.words.repairs[0].edits[0], text="[")
                words = replace(finding.words, repairs=(Repair("break it", (edit,)),))
                return replace(one, findings=[replace(finding, words=words)])
        return replace(one, findings=[])

    assert fixed(Source("a.vidc.yaml", text), spoiling) == Fixed(text, [])


def is_partly_unknown(one: Compiled) -> bool:
    """Whether it has a track of a type that is not documented, in which any key may be right and no slip is seen."""
    return any(finding.name == "unknown-track-type" for finding in one.findings)


SLIPS = {"tracks": "traks", "imageUrl": "imageURL", "videoSize": "vidoSize", "duration": "durration", "scenes": "scnes"}
SOUND = [path for path in SPECS if (one := made(load(str(path)))).job is not None and not is_partly_unknown(one)]


@given(data())
@settings(max_examples=60 * SCALE)
def test_a_spec_that_is_damaged_and_mended_makes_the_job_that_it_made_before(draw: DataObject) -> None:
    source = load(str(draw.draw(sampled_from(SOUND))))
    places = list(re.finditer(r"\b(" + "|".join(SLIPS) + r")(?=\"?:)", source.text))
    slips = draw.draw(lists(sampled_from(places), max_size=6, unique=True)) if places else []
    damaged = source.text
    for match in sorted(slips, key=lambda one: one.start(), reverse=True):
        damaged = damaged[: match.start()] + SLIPS[match[0]] + damaged[match.end() :]
    after = fixed(Source(source.path, damaged, source.file), made)
    now = made(Source(source.path, after.text, source.file))
    assert fixed(now.source, made).repairs == []
    if now.job is not None:
        assert now.job == made(source).job
    if not names(made(source)):
        event(f"{len(after.repairs)} repairs")
        assert after.text == source.text


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
    assert fixed(source, made).repairs == []
