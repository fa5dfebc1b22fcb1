"""What an editor shows as wrong: the findings of lint, while typing and of what is not saved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lsp_editor import BRAND, SPEC, TESTS, USES, Editor, applied, at, cut, document, edits_of
from lsprotocol import types

from vidc.compile import compile
from vidc.diag.sink import brief
from vidc.lock import Speech, learn
from vidc.project import load, reader

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_findings_come_while_typing_and_go_when_mended(editor: Editor, tmp_path: Path) -> None:
    wrong = SPEC.replace("Hello from <company>", "Hello from <compny>")
    uri = editor.open(tmp_path / "a.vidc.yaml", wrong)
    found = next(one for one in await editor.findings(uri) if one.code == "misspelt-name")
    assert (found.severity, found.source) == (types.DiagnosticSeverity.Warning, "vidc")
    assert cut(wrong, found.range) in ("compny", "<compny>")
    assert [one.severity for one in await editor.type(uri, SPEC) if one.severity != 3] == []


async def test_the_findings_are_those_of_lint_on_every_file_of_the_corpus(editor: Editor) -> None:
    for path in sorted((TESTS / "ui").rglob("*.vidc.yaml")):
        text = path.read_text(encoding="utf-8")
        uri = editor.open(path, text)
        shown = await editor.findings(uri)
        made = compile(load(os.path.relpath(path)), read=reader(None), draft=True)
        own = [one for one in made.findings if one.span.source is made.source]
        expected = [(one.name, brief(one.words.message), one.span.text) for one in own]
        said = [(one.code, one.message.partition("\nhelp: ")[0], cut(text, one.range)) for one in shown]
        assert len(shown) == len(made.findings), path
        assert [one for one in expected if one not in said] == [], path
        editor.close(uri)


async def test_an_unsaved_include_is_seen(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "part.vidc.yaml").write_text("variables: {company: Old}\n")
    text = "include: [part.vidc.yaml]\n" + SPEC.replace("variables: {company: Northwind, feats: [a, b]}\n", "")
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    assert [one for one in await editor.findings(uri) if one.severity == 1] == []
    part = editor.open(tmp_path / "part.vidc.yaml", "variables: {compani: New}\n")
    assert "misspelt-name" in [one.code for one in await editor.findings(uri)]
    editor.close(part)
    assert "misspelt-name" not in [one.code for one in await editor.findings(uri)]


async def test_what_is_wrong_in_an_included_file_stands_where_it_is_included_and_is_mended_there(
    editor: Editor, project: Path
) -> None:
    brand = project / "brand.vidc.yaml"
    brand.write_text(BRAND.replace("size: {", "sise: {"))
    uri = editor.open(project / "a.vidc.yaml", USES)
    one = next(each for each in await editor.findings(uri) if each.severity == 1)
    assert one.range.start.line in (0, at(USES, "use: card").line)
    assert (one.related_information or [])[0].location.uri == brand.as_uri()
    fix = next(action for action in await editor.fixes(uri, one) if action.is_preferred)
    assert applied(brand.read_text(), edits_of(fix.edit)[brand.as_uri()]) == BRAND


async def test_a_document_that_is_no_file_is_served_too(editor: Editor) -> None:
    uri = editor.open("untitled:Untitled-1", SPEC.replace("actor: karen", "acter: karen"))
    one = next(each for each in await editor.findings(uri) if each.severity == 1)
    fix = next(action for action in await editor.fixes(uri, one) if action.is_preferred)
    assert list(edits_of(fix.edit)) == [uri]
    found = await editor.client.text_document_definition_async(
        types.DefinitionParams(document(uri), at(SPEC, "from <company>", 8))
    )
    assert [each.uri for each in found or [] if isinstance(each, types.Location)] == [uri]


async def test_what_the_lock_has_learned_is_known(editor: Editor, project: Path) -> None:
    uri = editor.open(project / "c.vidc.yaml", SPEC)
    scene = at(SPEC, "- name: hello").line
    assert (await editor.hints(uri))[scene].startswith("about ")
    speech = Speech("en-GB-RyanNeural", ("🎬 Hello from Northwind.",), "en-GB", "2026-01-01", 2345)
    learn(str(project.parent / "vidc.lock"), speech)
    await editor.type(uri, SPEC)
    assert (await editor.hints(uri))[scene] == "2.345 s"


async def test_a_changed_file_on_the_disk_is_seen(editor: Editor, project: Path) -> None:
    uri = editor.open(project / "a.vidc.yaml", USES)
    assert [one for one in await editor.findings(uri) if one.severity == 1] == []
    brand = project / "brand.vidc.yaml"
    brand.write_text(BRAND.replace("card", "sign"))
    event = types.FileEvent(brand.as_uri(), types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert [one.code for one in await editor.findings(uri) if one.severity == 1] == ["unknown-component"]


async def test_a_strict_project_has_errors_for_warnings(editor: Editor, project: Path) -> None:
    text = SPEC.replace("        actor: karen\n", "        actor: karen\n        mood: calm\n")
    uri = editor.open(project / "c.vidc.yaml", text)
    assert [one.severity for one in await editor.findings(uri) if one.severity != 3] == [2]
    (project.parent / "vidc.toml").write_text("strict = true\n")
    assert [one.severity for one in await editor.type(uri, text) if one.severity != 3] == [1]
