"""Texts as an editor types them: half a line, and columns in UTF-16."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from lsp_editor import SPEC, Editor, at, cut, document
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from vidc.editor.documents import Documents
from vidc.editor.file import Change

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_half_typed_line_keeps_the_answers(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)
    await editor.findings(uri)
    broken = SPEC.replace("      - use: box\n", "      - use: [\n")
    assert [one.code for one in await editor.type(uri, broken)] == ["yaml-syntax"]
    assert await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri)))


async def test_while_a_line_is_half_typed_everything_below_it_stands_where_it_is_now(
    editor: Editor, tmp_path: Path
) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)
    before = await editor.hints(uri)
    broken = SPEC.replace("scenes:\n", "# one line more\nx-more: [\n\nscenes:\n")
    assert [one.code for one in await editor.type(uri, broken)] == ["yaml-syntax"]
    scenes = at(SPEC, "scenes:").line
    assert await editor.hints(uri) == {line + 3 * (line > scenes): said for line, said in before.items()}
    where = at(broken, "from <company>", 8)
    assert "Northwind" in await editor.hover(uri, where)
    uses = await editor.client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(True), document(uri), where)
    )
    assert [cut(broken, one.range) for one in uses or []] == ["company"] * 3
    with pytest.raises(JsonRpcException, match="mend it first"):
        await editor.rename(uri, where, "firm")


async def test_while_a_line_is_half_typed_what_is_typed_in_another_file_is_seen(editor: Editor, project: Path) -> None:
    text, brand = ((project / name).read_text() for name in ("a.vidc.yaml", "brand.vidc.yaml"))
    uri = editor.open(project / "a.vidc.yaml", text)
    other = editor.open(project / "brand.vidc.yaml", brand)
    assert [one.code for one in await editor.type(uri, text + "x-more: [\n")] == ["yaml-syntax"]
    await editor.type(other, "# 🎬\n" + brand)
    (found,) = await editor.definitions(uri, at(text, "use: card", 6))
    assert (found.uri, cut("# 🎬\n" + brand, found.range)) == (other, "card")


async def test_columns_and_lines_are_those_of_an_editor_whatever_is_typed(editor: Editor, tmp_path: Path) -> None:
    """Against the same text opened at once: U+2028, a form feed and others end no line, CRLF and CR do."""
    text, seed = SPEC.replace("\n", "\r\n"), random.Random(5)
    uri = editor.open(tmp_path / "a b 🎬.vidc.yaml", text)
    for number in range(60):
        where = seed.randrange(len(text))
        if text[where] == "\n" or text[where - 1 : where] == "\r":
            continue
        word = seed.choice(["\u2028", "\x0c", "\x85", "🎬", "é", "x: ", "\r\n", "<"])
        line = len(re.findall(r"\r\n|\r|\n", text[:where]))
        begin = max(text.rfind("\n", 0, where), text.rfind("\r", 0, where)) + 1
        here = types.Position(line, len(text[begin:where].encode("utf-16-le")) // 2)
        await editor.change(uri, types.TextDocumentContentChangePartial(types.Range(here, here), word))
        text = text[:where] + word + text[where:]
        if number % 12 == 0:
            found = await editor.findings(uri)
            other = editor.open(tmp_path / "b.vidc.yaml", text)
            as_opened = [(one.code, one.range) for one in await editor.findings(other)]
            assert [(one.code, one.range) for one in found] == as_opened


async def test_what_is_typed_is_answered_though_nothing_is_asked(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)
    await editor.findings(uri)
    identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=7)
    whole = types.TextDocumentContentChangeWholeDocument(SPEC.replace("karen", "["))
    editor.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [whole]))
    told = await editor.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert (told.uri, told.version, [one.code for one in told.diagnostics]) == (uri, 7, ["yaml-syntax"])


async def test_letters_typed_faster_than_a_file_is_compiled_are_compiled_together() -> None:
    documents, uri = Documents(), "file:///nowhere/a.vidc.yaml"
    documents.open(uri, SPEC, 1)
    for version in range(2, 30):
        documents.change(uri, [Change(None, None, f"{SPEC}# {version}\n")], version)
    assert [(file.version, file.source.text) for file in documents.settle()] == [(29, f"{SPEC}# 29\n")]
    assert documents.settle() == []
