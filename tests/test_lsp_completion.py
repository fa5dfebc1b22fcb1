"""What is offered while something is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lsp_editor import SPEC, USES, Editor, applied, at
from lsprotocol import types

from vidc.editor.completing import offers
from vidc.editor.elsewhere import Elsewhere
from vidc.source import Source

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ("        actor: karen\n", "        varia\n        actor: karen\n", "variant"),
        ("- type: actor", "- type: ", "image"),
        ("🎬 Hello from <company>.", "🎬 Hello from <com", "company"),
        ("- use: box", "- use: ", "box"),
        ("Reference: speech", "Reference: ", "speech"),
        ('"<word> <company>"', '"<w', "word"),
    ],
)
async def test_completion_offers_what_fits(editor: Editor, tmp_path: Path, old: str, new: str, label: str) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)
    await editor.findings(uri)
    text = SPEC.replace(old, new)
    await editor.type(uri, text)
    end = len(new.rstrip("\n")) if "\n" not in new.rstrip("\n") else len("        varia")
    where = at(text, new, end)
    chosen = (await editor.labels(uri, where))[label]
    assert isinstance(chosen.text_edit, types.TextEdit)
    after = applied(text, [chosen.text_edit])
    assert chosen.text_edit.new_text in after


async def test_parameters_of_a_component_are_offered(editor: Editor, project: Path) -> None:
    text = USES.replace("{title: Hello}", "{ti: Hello}")
    uri = editor.open(project / "a.vidc.yaml", text)
    assert list(await editor.labels(uri, at(text, "ti: Hello", 2))) == ["title"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("include:\n  - |\n", "include:\n  - brand.vidc.yaml\n"),
        ("include:\n  - br|\n", "include:\n  - brand.vidc.yaml\n"),
        (
            "include:\n  - parts/more.vidc.yaml\n  - br|and\n",
            "include:\n  - parts/more.vidc.yaml\n  - brand.vidc.yaml\n",
        ),
        ("include: [|\n", "include: [brand.vidc.yaml\n"),
        ("include: [|]\n", "include: [brand.vidc.yaml]\n"),
        ("include: [parts/more.vidc.yaml, |]\n", "include: [parts/more.vidc.yaml, brand.vidc.yaml]\n"),
        ('include: ["./br|"]\n', 'include: ["brand.vidc.yaml"]\n'),
    ],
)
async def test_files_are_offered_that_can_be_included(editor: Editor, project: Path, typed: str, line: str) -> None:
    (project / "parts").mkdir()
    (project / "parts" / "more.vidc.yaml").write_text("variables: {x: 1}\n")
    (project / "notes.yaml").write_text("a: 1\n")
    text = typed.replace("|", "")
    uri = editor.open(project / "c.vidc.yaml", text)
    items = await editor.labels(uri, at(typed, "|"))
    beside = {"a.vidc.yaml", "apart.vidc.yaml", "b.vidc.yaml", "brand.vidc.yaml"}
    assert set(items) == beside | (set() if "more" in typed else {"parts/more.vidc.yaml"})
    chosen = items["brand.vidc.yaml"].text_edit
    assert isinstance(chosen, types.TextEdit)
    assert applied(text, [chosen]) == line


async def test_what_is_open_and_on_no_disk_yet_can_be_included(editor: Editor, project: Path) -> None:
    editor.open(project / "fresh.vidc.yaml", "variables: {a: b}\n")
    uri = editor.open(project / "c.vidc.yaml", "include: []\n")
    assert "fresh.vidc.yaml" in await editor.labels(uri, types.Position(0, 10))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("# vidc: allow |", "# vidc: allow unreadable-text"),
        ("# vidc: allow un|re", "# vidc: allow unreadable-text"),
        ("# vidc: allow off-canvas, un|", "# vidc: allow off-canvas, unreadable-text"),
        ("# vidc: allow un| -- why", "# vidc: allow unreadable-text -- why"),
        ("duration: 1s  # vidc: allow unr|", "duration: 1s  # vidc: allow unreadable-text"),
    ],
)
async def test_findings_are_offered_that_can_be_allowed(editor: Editor, tmp_path: Path, typed: str, line: str) -> None:
    head = HEAD + "scenes:\n  - "
    text = head + typed
    uri = editor.open(tmp_path / "a.vidc.yaml", text.replace("|", ""))
    items = await editor.labels(uri, at(text, "|"))
    chosen = items["unreadable-text"]
    assert isinstance(chosen.text_edit, types.TextEdit)
    assert applied(text.replace("|", ""), [chosen.text_edit]) == head + line
    assert chosen.detail
    assert ("off-canvas" in items, "over-constrained" in items) == ("off-canvas" not in typed, False)


async def test_what_is_found_in_the_file_is_offered_first(editor: Editor, tmp_path: Path) -> None:
    text = SPEC.replace("name: hello", "name: hello\n    mood: calm  # vidc: allow ")
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    items = await editor.labels(uri, at(text, "vidc: allow ", 12))
    first = [name for name, one in items.items() if one.sort_text]
    assert "undocumented-property" in first
    assert "unreadable-text" not in first


async def test_behind_the_reason_nothing_is_offered(editor: Editor, tmp_path: Path) -> None:
    text = SPEC + "# vidc: allow unreadable-text -- so "
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    assert await editor.labels(uri, at(text, "-- so ", 6)) == {}


async def test_actors_and_voices_that_were_listed_are_offered_and_checked(editor: Editor, project: Path) -> None:
    (project.parent / ".vidc").mkdir()
    actor = {
        "name": "karen",
        "display_name": "Karen",
        "type": "studio",
        "gender": "female",
        "default_voice": "",
        "variants": [],
    }
    listed = {"service": "https://x.example.com", "at": 0, "items": [actor]}
    (project.parent / ".vidc" / "actors.json").write_text(json.dumps(listed))
    text = SPEC.replace("actor: karen", "actor: karin")
    uri = editor.open(project / "c.vidc.yaml", text)
    assert "unlisted-actor" in [one.code for one in await editor.findings(uri)]
    items = await editor.labels(uri, at(text, "karin", 2))
    assert {name: item.detail for name, item in items.items()} == {"karen": "Karen, studio, female"}


HEAD = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
variables: {company: N, user: {first: A, last: B}, items: {type: list, default: [{title: x, image: y}]}}
components: {my box: {tracks: []}}
dynamicVariables: {plan: Pro}
"""
TRACK = HEAD + "scenes:\n  - tracks:\n      - "
JSON = '{"settings": {"videoSize": {"width": 1, "height": 1}}, "scenes": [{"tracks": [{"type": "actor", '


@pytest.mark.parametrize(
    ("before", "typed", "label", "line"),
    [
        (HEAD, "|", "scenes", "scenes: "),
        (HEAD + "scenes:\n  - ", "du|ration: 1s", "name", "name: 1s"),
        (TRACK, "ty|pe: actor", "type", "type: actor"),
        (TRACK, "{ty|pe: actor}", "variant", "{variant: actor}"),
        (TRACK, "type: ac|tor", "image", "type: image"),
        (TRACK, "type:|", "image", "type: image"),
        (TRACK, "{type: ac|tor, text: hi}", "image", "{type: image, text: hi}"),
        (TRACK, 'type: "ac|"', "image", 'type: "image"'),
        (TRACK, "use: my b|", "my box", "use: my box"),
        (TRACK, "text: Hi <com|pany> there", "user", "text: Hi <user> there"),
        (TRACK, "text: Hi <com|", "user", "text: Hi <user>"),
        (TRACK, "text: Hi {{ com|pany }} there", "user", "text: Hi {{ user }} there"),
        (TRACK, "text: Hi <user.f|>", "last", "text: Hi <user.last>"),
        (TRACK, "text: Hi {pl|} there", "plan", "text: Hi {plan} there"),
        (TRACK, "text: Hi {pl| there", "plan", "text: Hi {plan} there"),
        (HEAD + "scenes:\n  - for: one in items\n    ", "name: <one.|>", "title", "name: <one.title>"),
        (HEAD + "scenes:\n  - for: one in items\n    ", "name: <loop.|>", "index", "name: <loop.index>"),
        (HEAD + "scenes:\n  - ", "for: one in it|", "items", "for: one in items"),
        ("", JSON + '"te|": 1}]}]}', "text", JSON + '"text": 1}]}]}'),
        ("", JSON + '"te|"}]}]}', "text", JSON + '"text": }]}]}'),
        ("", JSON + "|}]}]}", "text", JSON + '"text": }]}]}'),
        ("", JSON + '\n"te|\n"view": 1}]}]}', "text", JSON + '\n"text": \n"view": 1}]}]}'),
        ("", JSON + '\n"te|"\n"view": 1}]}]}', "text", JSON + '\n"text": \n"view": 1}]}]}'),
        ("", JSON + '\n"|"\n"view": 1}]}]}', "text", JSON + '\n"text": \n"view": 1}]}]}'),
        ("", JSON + '\n|\n"view": 1}]}]}', "text", JSON + '\n"text": \n"view": 1}]}]}'),
        ("", JSON + '"variant": "bu|\n"view": 1}]}]}', "bubble", JSON + '"variant": "bubble\n"view": 1}]}]}'),
        ("", JSON + '"variant": |}]}]}', "bubble", JSON + '"variant": "bubble"}]}]}'),
        ("", JSON + '"variant": "|"}]}]}', "bubble", JSON + '"variant": "bubble"}]}]}'),
    ],
)
async def test_what_is_chosen_takes_the_place_of_the_word_and_is_written_as_the_file_is(
    editor: Editor, tmp_path: Path, before: str, typed: str, label: str, line: str
) -> None:
    text = before + typed
    written = text.replace("|", "")
    name = "a.vidc.json" if text.startswith("{") else "a.vidc.yaml"
    uri = editor.open(tmp_path / name, written)
    chosen = (await editor.labels(uri, at(text, "|")))[label]
    assert isinstance(chosen.text_edit, types.TextEdit)
    assert applied(written, [chosen.text_edit]) == before + line


@pytest.mark.parametrize(
    "typed",
    ["text: Hello |", "text: Hello there.|", "text: >-\n          Hello |", "# a |", "name: my sc|", "text: Hi <no.|>"],
)
async def test_nothing_is_offered_in_prose(editor: Editor, tmp_path: Path, typed: str) -> None:
    text = TRACK + typed + "\n"
    uri = editor.open(tmp_path / "a.vidc.yaml", text.replace("|", ""))
    assert await editor.labels(uri, at(text, "|")) == {}


@pytest.mark.parametrize(
    "typed", ["type: |", "variant: |", "actor: |", "vari|", "text: <|", "size: {w|", "view: full|"]
)
async def test_the_same_is_offered_whatever_ends_the_lines(typed: str) -> None:
    text = TRACK + f"type: actor\n        {typed}\n".replace("type: actor\n        type: |", "type: |")
    known = Elsewhere({"actor": [("karen", "")]}, list, frozenset())
    found = []
    for lines in (text, text.replace("\n", "\r\n")):
        place = lines.index("|")
        offered = offers(Source("", lines.replace("|", "")), place, [], known)
        found.append([(one.kind, one.name, one.text, one.start - place, one.end - place) for one in offered])
    assert found[0] == found[1] != []


@pytest.mark.parametrize("typed", ["size: {|", "size: {w|", "size: {height: 3, |", "size: {height: 3, w|"])
@pytest.mark.parametrize("before", ["{type: text, ", "{type: image, position: {x: 0, y: 0}, "])
async def test_what_fits_is_offered_behind_brackets_that_are_still_open(before: str, typed: str) -> None:
    text = TRACK + before + typed
    place = text.index("|")
    found = offers(Source("", text.replace("|", "")), place, [], Elsewhere({}, list, frozenset()))
    assert [one.name for one in found] == [one for one in ("width", "height") if f"{one}:" not in typed]
