"""An editor for tests: it speaks to a real `vidc lsp` over standard input and output, columns in UTF-16.

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio(loop_scope="session")

async def test_something(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)   # closed behind the test
    await editor.findings(uri)                          # the diagnostics up to now
    await editor.type(uri, SPEC + "# more")             # the same, of another text
    await editor.hover(uri, at(SPEC, "karen"))          # and so on

`project` is a folder with two specs that include a third, and one that stands apart.
"""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types
from pytest_lsp import LanguageClient

TESTS = Path(__file__).parent

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
BRAND = """\
variables: {company: Northwind}
components:
  card:
    parameters: {title: {type: string, required: true}}
    tracks:
      - {type: text, text: "<title> of <company>", position: {x: 0, y: 0}, size: {width: 9, height: 9}}
"""
USES = """\
include: [brand.vidc.yaml]
settings: {name: "<company>", videoSize: {width: 1920, height: 1080}}
scenes:
  - name: one
    duration: 2s
    tracks:
      - {use: card, with: {title: Hello}}
"""


class Editor:
    """One editor; `messages`: what the server has said in its window."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.opened: set[str] = set()

    @property
    def messages(self) -> list[str]:
        return [one.message for one in self.client.messages]

    def open(self, place: Path | str, text: str, language: str = "yaml") -> str:
        uri = place if isinstance(place, str) else place.as_uri()
        self.opened.add(uri)
        document = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return uri

    def close(self, uri: str) -> None:
        self.opened.discard(uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document(uri)))

    async def findings(self, uri: str) -> list[types.Diagnostic]:
        """What was said of a file up to now: the answer to a request comes after it."""
        await self.client.text_document_folding_range_async(types.FoldingRangeParams(document(uri)))
        return list(self.client.diagnostics.get(uri, ()))

    async def change(self, uri: str, *changes: types.TextDocumentContentChangeEvent) -> list[types.Diagnostic]:
        identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=2)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))
        return await self.findings(uri)

    async def type(self, uri: str, text: str) -> list[types.Diagnostic]:
        return await self.change(uri, types.TextDocumentContentChangeWholeDocument(text))

    async def touch(self, path: Path, uri: str) -> list[types.Diagnostic]:
        """What is said of a document after a file has changed on the disk."""
        event = types.FileEvent(path.as_uri(), types.FileChangeType.Changed)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        return await self.findings(uri)

    async def rename(self, uri: str, where: types.Position, name: str) -> dict[str, list[types.TextEdit]]:
        return edits_of(await self.client.text_document_rename_async(types.RenameParams(document(uri), where, name)))

    async def labels(self, uri: str, where: types.Position) -> dict[str, types.CompletionItem]:
        found = await self.client.text_document_completion_async(types.CompletionParams(document(uri), where))
        items = found.items if isinstance(found, types.CompletionList) else found or []
        return {one.label: one for one in items}

    async def hints(self, uri: str) -> dict[int, str]:
        whole = types.Range(types.Position(0, 0), types.Position(99, 0))
        found = await self.client.text_document_inlay_hint_async(types.InlayHintParams(document(uri), whole)) or []
        return {one.position.line: str(one.label) for one in found}

    async def hover(self, uri: str, where: types.Position) -> str:
        """The Markdown of a hover; empty where there is none."""
        found = await self.client.text_document_hover_async(types.HoverParams(document(uri), where))
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def fixes(self, uri: str, one: types.Diagnostic) -> list[types.CodeAction]:
        actions = await self.client.text_document_code_action_async(
            types.CodeActionParams(document(uri), one.range, types.CodeActionContext([one]))
        )
        return [action for action in actions or [] if isinstance(action, types.CodeAction)]

    async def definitions(self, uri: str, where: types.Position) -> list[types.Location]:
        found = await self.client.text_document_definition_async(types.DefinitionParams(document(uri), where))
        return [one for one in found or [] if isinstance(one, types.Location)]

    async def references(self, uri: str, where: types.Position) -> list[types.Location]:
        found = await self.client.text_document_references_async(
            types.ReferenceParams(types.ReferenceContext(True), document(uri), where)
        )
        return list(found or [])

    async def outline(self, uri: str) -> list[types.DocumentSymbol]:
        found = await self.client.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri)))
        return [one for one in found or [] if isinstance(one, types.DocumentSymbol)]


def document(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


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


def edits_of(edit: types.WorkspaceEdit | None) -> dict[str, list[types.TextEdit]]:
    """The edits of each document, for the version that was opened or typed last."""
    found: dict[str, list[types.TextEdit]] = {}
    for change in (edit.document_changes if edit else None) or []:
        if isinstance(change, types.TextDocumentEdit):
            found[change.text_document.uri] = [one for one in change.edits if isinstance(one, types.TextEdit)]
    return found
