"""Definitions, uses and renaming of names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lsp_editor import SPEC, Editor, applied, at, cut, document, edits_of
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from vidc.compile import compile
from vidc.project import load, reader

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_name_leads_to_where_it_is_defined_and_used(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)
    await editor.findings(uri)
    where = at(SPEC, "from <company>", 8)
    found = await editor.client.text_document_definition_async(types.DefinitionParams(document(uri), where))
    assert isinstance(found, list)
    assert [(one.range.start.line, cut(SPEC, one.range)) for one in found if isinstance(one, types.Location)] == [
        (0, "company")
    ]
    uses = await editor.client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(True), document(uri), where)
    )
    assert [cut(SPEC, one.range) for one in uses or []] == ["company"] * 3


@pytest.mark.parametrize(
    ("word", "more", "new"),
    [("from <company>", 8, "firm"), ("use: box", 6, "card"), ("Reference: speech", 13, "voice")],
)
async def test_renaming_changes_every_place_and_no_other(
    editor: Editor, tmp_path: Path, word: str, more: int, new: str
) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)
    await editor.findings(uri)
    after = applied(SPEC, (await editor.rename(uri, at(SPEC, word, more), new))[uri])
    old = {"firm": "company", "card": "box", "voice": "speech"}[new]
    assert old not in after.replace("speakerId", "")
    assert [one.severity for one in await editor.type(uri, after) if one.severity != 3] == []


@pytest.mark.parametrize("file", ["a.vidc.yaml", "brand.vidc.yaml"])
@pytest.mark.parametrize(("old", "new"), [("company", "firm"), ("card", "sign"), ("title", "words")])
async def test_a_renaming_reaches_every_file_that_shares_the_name_and_no_other(
    editor: Editor, project: Path, file: str, old: str, new: str
) -> None:
    text = (project / file).read_text()
    uri = editor.open(project / file, text)
    found = await editor.rename(uri, at(text, old, 1), new)
    assert sorted(found) == [(project / name).as_uri() for name in ("a.vidc.yaml", "b.vidc.yaml", "brand.vidc.yaml")]
    for name in ("a.vidc.yaml", "b.vidc.yaml", "brand.vidc.yaml"):
        path = project / name
        before = path.read_text()
        after = applied(before, found[path.as_uri()])
        assert after == re.sub(rf"\b{old}\b", new, before)
        path.write_text(after)
    for name in ("a.vidc.yaml", "b.vidc.yaml"):
        made = compile(load(str(project / name)), read=reader(None))
        assert [one.name for one in made.findings if one.severity != "note"] == []


@pytest.mark.parametrize(
    ("word", "new", "said"),
    [
        ("company", "feats", "there is a variable `feats` already"),
        ("company", "two words", "`two words` is no name"),
        ("company", "loop", "`loop` is no name"),
        ("company", "word", "`word` would be taken for another name"),
        ("speech\n", "a: b", "`a: b` is no name"),
        ("box\n", "true", "`true` is no name"),
    ],
)
async def test_a_renaming_that_would_change_the_meaning_is_refused(
    editor: Editor, tmp_path: Path, word: str, new: str, said: str
) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)
    with pytest.raises(JsonRpcException, match=said):
        await editor.rename(uri, at(SPEC, word, 1), new)


async def test_the_name_of_a_loop_is_renamed_where_it_is_known(editor: Editor, tmp_path: Path) -> None:
    loop = '  - {for: x in feats, name: "<x>", duration: 1s, tracks: [{type: text, text: "<x> {{ x }}"}]}\n'
    text = SPEC + loop + loop.replace("for: x", "for: y")
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    after = applied(text, (await editor.rename(uri, at(text, "for: x", 5), "item"))[uri])
    assert after == text.replace(
        loop, loop.replace("<x>", "<item>").replace("{{ x", "{{ item").replace("for: x", "for: item")
    )


async def test_an_included_file_is_renamed_with_every_place_that_names_it(editor: Editor, project: Path) -> None:
    text = (project / "a.vidc.yaml").read_text()
    uri = editor.open(project / "a.vidc.yaml", text)
    where = at(text, "brand.vidc", 2)
    found = await editor.client.text_document_rename_async(types.RenameParams(document(uri), where, "look.vidc.yaml"))
    assert {one: [edit.new_text for edit in edits] for one, edits in edits_of(found).items()} == {
        (project / name).as_uri(): ["look.vidc.yaml"] for name in ("a.vidc.yaml", "b.vidc.yaml")
    }
    moves = [one for one in (found.document_changes if found else None) or [] if isinstance(one, types.RenameFile)]
    assert [(one.old_uri, one.new_uri) for one in moves] == [
        ((project / "brand.vidc.yaml").as_uri(), (project / "look.vidc.yaml").as_uri())
    ]
    for name in ("../../out.vidc.yaml", "b.vidc.yaml"):
        with pytest.raises(JsonRpcException, match=r"leads out of the project|already"):
            await editor.rename(uri, where, name)
