"""The language server as an editor meets it: over standard input and output, columns in UTF-16."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from conftest import CANARY
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

from vidc.compile import compile
from vidc.diag.sink import brief
from vidc.project import load, reader

TESTS = Path(__file__).parent
START = [sys.executable, "-c", "from vidc.cli import main; main()", "lsp"]
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(TESTS.parent), "COLOSSYAN_TOKEN": CANARY}

SPEC = """\
variables: {company: Northwind, feats: [a, b]}
components:
  box:
    parameters: {word: {type: string, default: hi}}
    tracks:
      - {type: text, text: "<word> <company>", position: {x: 0, y: 0}, size: {width: 9, height: 9}}
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - name: hello
    intrinsicDurationTrackReference: speech
    tracks:
      - type: actor
        referenceId: speech
        actor: karen
        speakerId: en-GB-RyanNeural
        text: 🎬 Hello from <company>.
        position: {x: 0, y: 0}
        size: {width: 1080, height: 1080}
      - use: box
"""


@pytest_lsp.fixture(config=ClientServerConfig(server_command=START, server_env=ENVIRONMENT))
async def client(lsp_client: LanguageClient, tmp_path: Path) -> AsyncIterator[None]:
    folder = types.WorkspaceFolder(uri=tmp_path.as_uri(), name="films")
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=types.ClientCapabilities(), workspace_folders=[folder])
    )
    yield
    await lsp_client.shutdown_session()


def at(text: str, word: str, more: int = 0) -> types.Position:
    """The position of a word's first character, or some further ones, counted in UTF-16."""
    offset = text.index(word) + more
    line = text.rfind("\n", 0, offset) + 1
    return types.Position(text.count("\n", 0, offset), len(text[line:offset].encode("utf-16-le")) // 2)


def cut(text: str, at: types.Range) -> str:
    """The piece of a text that a range means."""
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    if at.start.line == at.end.line:
        return lines[at.start.line][2 * at.start.character : 2 * at.end.character].decode("utf-16-le")
    whole = [lines[at.start.line][2 * at.start.character :], *lines[at.start.line + 1 : at.end.line]]
    return b"\n\0".join([*whole, lines[at.end.line][: 2 * at.end.character]]).decode("utf-16-le")


def applied(text: str, edits: list[types.TextEdit]) -> str:
    lines = text.split("\n")

    def offset(position: types.Position) -> int:
        before = lines[position.line].encode("utf-16-le")[: 2 * position.character].decode("utf-16-le")
        return sum(len(line) + 1 for line in lines[: position.line]) + len(before)

    for edit in sorted(edits, key=lambda one: -offset(one.range.start)):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def opened(client: LanguageClient, path: Path, text: str) -> str:
    uri = path.as_uri()
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, types.LanguageKind.Yaml, 1, text))
    )
    return uri


async def diagnostics(client: LanguageClient, uri: str) -> list[types.Diagnostic]:
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[uri])


async def typed(client: LanguageClient, uri: str, text: str, version: int = 2) -> list[types.Diagnostic]:
    whole = types.TextDocumentContentChangeWholeDocument(text)
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(uri=uri, version=version), [whole])
    )
    return await diagnostics(client, uri)


def document(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


@pytest.mark.asyncio
async def test_findings_come_while_typing_and_go_when_mended(client: LanguageClient, tmp_path: Path) -> None:
    wrong = SPEC.replace("Hello from <company>", "Hello from <compny>")
    uri = opened(client, tmp_path / "a.vidc.yaml", wrong)
    found = next(one for one in await diagnostics(client, uri) if one.code == "misspelt-name")
    assert (found.severity, found.source) == (types.DiagnosticSeverity.Warning, "vidc")
    assert cut(wrong, found.range) in ("compny", "<compny>")
    assert [one.severity for one in await typed(client, uri, SPEC) if one.severity != 3] == []


@pytest.mark.asyncio
async def test_the_findings_are_those_of_lint_on_every_file_of_the_corpus(client: LanguageClient) -> None:
    for path in sorted((TESTS / "ui").rglob("*.vidc.yaml")):
        text = path.read_text(encoding="utf-8")
        uri = opened(client, path, text)
        shown = await diagnostics(client, uri)
        made = compile(load(str(path)), read=reader(None), draft=True)
        own = [one for one in made.findings if one.span.source is made.source]
        expected = [(one.name, brief(one.words.message), one.span.text) for one in own]
        said = [(one.code, one.message.partition("\nhelp: ")[0], cut(text, one.range)) for one in shown]
        assert len(shown) == len(made.findings), path
        assert [one for one in expected if one not in said] == [], path
        client.text_document_did_close(types.DidCloseTextDocumentParams(document(uri)))
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)


@pytest.mark.asyncio
async def test_times_stand_beside_scenes_and_tracks(client: LanguageClient, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    await diagnostics(client, uri)
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(document(uri), whole)) or []
    said = {one.position.line: str(one.label) for one in hints}
    scene, actor = at(SPEC, "- name: hello").line, at(SPEC, "- type: actor").line
    assert said[scene].startswith("about ")
    assert said[scene].endswith(" s")
    assert said[actor].startswith("0.0 - ")
    assert {one.position.line: one.position.character for one in hints}[actor] == len("      - type: actor")


@pytest.mark.asyncio
async def test_a_half_typed_line_keeps_the_answers(client: LanguageClient, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    await diagnostics(client, uri)
    broken = SPEC.replace("      - use: box\n", "      - use: [\n")
    assert [one.code for one in await typed(client, uri, broken)] == ["yaml-syntax"]
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    assert await client.text_document_inlay_hint_async(types.InlayHintParams(document(uri), whole))
    assert await client.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri)))


@pytest.mark.asyncio
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
async def test_completion_offers_what_fits(
    client: LanguageClient, tmp_path: Path, old: str, new: str, label: str
) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    await diagnostics(client, uri)
    text = SPEC.replace(old, new)
    await typed(client, uri, text)
    end = len(new.rstrip("\n")) if "\n" not in new.rstrip("\n") else len("        varia")
    where = at(text, new, end)
    found = await client.text_document_completion_async(types.CompletionParams(document(uri), where))
    items = found.items if isinstance(found, types.CompletionList) else found or []
    chosen = next(one for one in items if one.label == label)
    assert isinstance(chosen.text_edit, types.TextEdit)
    after = applied(text, [chosen.text_edit])
    assert chosen.text_edit.new_text in after


@pytest.mark.asyncio
async def test_a_name_leads_to_where_it_is_defined_and_used(client: LanguageClient, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    await diagnostics(client, uri)
    where = at(SPEC, "from <company>", 8)
    found = await client.text_document_definition_async(types.DefinitionParams(document(uri), where))
    assert isinstance(found, list)
    assert [(one.range.start.line, cut(SPEC, one.range)) for one in found if isinstance(one, types.Location)] == [
        (0, "company")
    ]
    uses = await client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(True), document(uri), where)
    )
    assert [cut(SPEC, one.range) for one in uses or []] == ["company"] * 3


@pytest.mark.asyncio
async def test_an_unsaved_include_is_seen(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "part.vidc.yaml").write_text("variables: {company: Old}\n")
    text = "include: [part.vidc.yaml]\n" + SPEC.replace("variables: {company: Northwind, feats: [a, b]}\n", "")
    uri = opened(client, tmp_path / "a.vidc.yaml", text)
    assert [one for one in await diagnostics(client, uri) if one.severity == 1] == []
    part = opened(client, tmp_path / "part.vidc.yaml", "variables: {compani: New}\n")
    await diagnostics(client, part)
    for _ in range(50):
        if any(one.code == "misspelt-name" for one in client.diagnostics[uri]):
            break
        await asyncio.sleep(0.05)
    assert "misspelt-name" in [one.code for one in client.diagnostics[uri]]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("word", "more", "new"),
    [("from <company>", 8, "firm"), ("use: box", 6, "card"), ("Reference: speech", 13, "voice")],
)
async def test_renaming_changes_every_place_and_no_other(
    client: LanguageClient, tmp_path: Path, word: str, more: int, new: str
) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    await diagnostics(client, uri)
    found = await client.text_document_rename_async(types.RenameParams(document(uri), at(SPEC, word, more), new))
    assert found is not None
    assert found.changes is not None
    after = applied(SPEC, list(found.changes[uri]))
    old = {"firm": "company", "card": "box", "voice": "speech"}[new]
    assert old not in after.replace("speakerId", "")
    assert [one.severity for one in await typed(client, uri, after) if one.severity != 3] == []


@pytest.mark.asyncio
async def test_a_hover_tells_value_words_and_times(client: LanguageClient, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    await diagnostics(client, uri)

    async def said(word: str, more: int = 0) -> str:
        found = await client.text_document_hover_async(types.HoverParams(document(uri), at(SPEC, word, more)))
        assert found is not None
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    assert "Northwind" in await said("from <company>", 8)
    assert "Hello from Northwind." in await said("🎬", 3)
    assert "the scene's length" in await said("intrinsicDurationTrackReference")


@pytest.mark.asyncio
async def test_a_quick_fix_does_what_it_says(client: LanguageClient, tmp_path: Path) -> None:
    wrong = SPEC.replace("actor: karen", "acter: karen")
    uri = opened(client, tmp_path / "a.vidc.yaml", wrong)
    found = await diagnostics(client, uri)
    one = next(each for each in found if each.severity == 1)
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(document(uri), one.range, types.CodeActionContext([one]))
    )
    fix = next(action for action in actions or [] if isinstance(action, types.CodeAction) and action.is_preferred)
    assert fix.edit is not None
    assert fix.edit.changes is not None
    assert applied(wrong, list(fix.edit.changes[uri])) == SPEC


@pytest.mark.asyncio
async def test_a_warning_can_be_allowed_where_it_stands(client: LanguageClient, tmp_path: Path) -> None:
    text = SPEC.replace("        actor: karen\n", "        actor: karen\n        mood: calm\n")
    uri = opened(client, tmp_path / "a.vidc.yaml", text)
    one = next(each for each in await diagnostics(client, uri) if each.severity == 2)
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(document(uri), one.range, types.CodeActionContext([one]))
    )
    fix = next(action for action in actions or [] if isinstance(action, types.CodeAction) and "Allow" in action.title)
    assert fix.edit is not None
    assert fix.edit.changes is not None
    after = applied(text, list(fix.edit.changes[uri]))
    assert [each.severity for each in await typed(client, uri, after) if each.severity != 3] == []


@pytest.mark.asyncio
async def test_the_outline_and_the_folds_follow_the_scenes(client: LanguageClient, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    await diagnostics(client, uri)
    found = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri)))
    outline = [one for one in found or [] if isinstance(one, types.DocumentSymbol)]
    assert [(one.name, [inner.name for inner in one.children or []]) for one in outline] == [
        ("company", []),
        ("feats", []),
        ("box", ["text"]),
        ("hello", ["actor", "use box"]),
    ]
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(document(uri)))
    assert at(SPEC, "- name: hello").line in [one.start_line for one in folds or []]
