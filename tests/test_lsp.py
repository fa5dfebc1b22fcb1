"""The language server as an editor meets it: over standard input and output, columns in UTF-16."""

from __future__ import annotations

import json
import os
import random
import re
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_lsp
from conftest import CANARY
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import ClientServerConfig, LanguageClient

from vidc.compile import compile
from vidc.diag.sink import brief
from vidc.lock import Speech, learn
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


CAPABILITIES = types.ClientCapabilities(
    general=types.GeneralClientCapabilities(position_encodings=["utf-8", "utf-32", "utf-16"]),
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Rename]
        ),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
    ),
)
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_lsp.fixture(scope="module", config=ClientServerConfig(server_command=START, server_env=ENVIRONMENT))
async def client(lsp_client: LanguageClient, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[None]:
    """One server for all: starting it takes longer than most tests."""
    watched: list[str] = []

    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def registered(params: types.RegistrationParams) -> None:
        watched.extend(one.method for one in params.registrations)

    folder = types.WorkspaceFolder(uri=tmp_path_factory.getbasetemp().as_uri(), name="films")
    begun = await lsp_client.initialize_session(
        types.InitializeParams(capabilities=CAPABILITIES, workspace_folders=[folder])
    )
    assert begun.capabilities.position_encoding == "utf-16"
    yield
    assert watched == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
    await lsp_client.shutdown_session()


@pytest.fixture(autouse=True)
def closed(client: LanguageClient) -> Iterator[None]:
    """What a test opens is closed behind it."""
    yield
    for uri in list(OPEN):
        shut(client, uri)


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


OPEN: set[str] = set()


def opened(client: LanguageClient, place: Path | str, text: str) -> str:
    uri = place if isinstance(place, str) else place.as_uri()
    OPEN.add(uri)
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, types.LanguageKind.Yaml, 1, text))
    )
    return uri


def shut(client: LanguageClient, uri: str) -> None:
    OPEN.discard(uri)
    client.text_document_did_close(types.DidCloseTextDocumentParams(document(uri)))


async def diagnostics(client: LanguageClient, uri: str) -> list[types.Diagnostic]:
    """What was said of a file up to now: the answer to a request comes after it."""
    await client.text_document_folding_range_async(types.FoldingRangeParams(document(uri)))
    return list(client.diagnostics[uri])


async def changed(
    client: LanguageClient, uri: str, *changes: types.TextDocumentContentChangeEvent
) -> list[types.Diagnostic]:
    identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=2)
    client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))
    return await diagnostics(client, uri)


async def typed(client: LanguageClient, uri: str, text: str) -> list[types.Diagnostic]:
    return await changed(client, uri, types.TextDocumentContentChangeWholeDocument(text))


def document(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


def edits_of(edit: types.WorkspaceEdit | None) -> dict[str, list[types.TextEdit]]:
    """The edits of each document, for the version that was opened or typed last."""
    found: dict[str, list[types.TextEdit]] = {}
    for change in (edit.document_changes if edit else None) or []:
        if isinstance(change, types.TextDocumentEdit):
            found[change.text_document.uri] = [one for one in change.edits if isinstance(one, types.TextEdit)]
    return found


async def renamed(
    client: LanguageClient, uri: str, where: types.Position, name: str
) -> dict[str, list[types.TextEdit]]:
    return edits_of(await client.text_document_rename_async(types.RenameParams(document(uri), where, name)))


async def labels(client: LanguageClient, uri: str, where: types.Position) -> dict[str, types.CompletionItem]:
    found = await client.text_document_completion_async(types.CompletionParams(document(uri), where))
    items = found.items if isinstance(found, types.CompletionList) else found or []
    return {one.label: one for one in items}


async def hints(client: LanguageClient, uri: str) -> dict[int, str]:
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    found = await client.text_document_inlay_hint_async(types.InlayHintParams(document(uri), whole)) or []
    return {one.position.line: str(one.label) for one in found}


async def hovered(client: LanguageClient, uri: str, where: types.Position) -> str:
    found = await client.text_document_hover_async(types.HoverParams(document(uri), where))
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


async def fixes(client: LanguageClient, uri: str, one: types.Diagnostic) -> list[types.CodeAction]:
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(document(uri), one.range, types.CodeActionContext([one]))
    )
    return [action for action in actions or [] if isinstance(action, types.CodeAction)]


async def test_findings_come_while_typing_and_go_when_mended(client: LanguageClient, tmp_path: Path) -> None:
    wrong = SPEC.replace("Hello from <company>", "Hello from <compny>")
    uri = opened(client, tmp_path / "a.vidc.yaml", wrong)
    found = next(one for one in await diagnostics(client, uri) if one.code == "misspelt-name")
    assert (found.severity, found.source) == (types.DiagnosticSeverity.Warning, "vidc")
    assert cut(wrong, found.range) in ("compny", "<compny>")
    assert [one.severity for one in await typed(client, uri, SPEC) if one.severity != 3] == []


async def test_the_findings_are_those_of_lint_on_every_file_of_the_corpus(client: LanguageClient) -> None:
    for path in sorted((TESTS / "ui").rglob("*.vidc.yaml")):
        text = path.read_text(encoding="utf-8")
        uri = opened(client, path, text)
        shown = await diagnostics(client, uri)
        made = compile(load(os.path.relpath(path)), read=reader(None), draft=True)
        own = [one for one in made.findings if one.span.source is made.source]
        expected = [(one.name, brief(one.words.message), one.span.text) for one in own]
        said = [(one.code, one.message.partition("\nhelp: ")[0], cut(text, one.range)) for one in shown]
        assert len(shown) == len(made.findings), path
        assert [one for one in expected if one not in said] == [], path
        shut(client, uri)


async def test_times_stand_beside_scenes_and_tracks(client: LanguageClient, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    said = await hints(client, uri)
    length = said[at(SPEC, "- name: hello").line]
    assert length.startswith("about ")
    assert said == {
        at(SPEC, "- name: hello").line: length,
        at(SPEC, "- type: actor").line: length.replace("about ", "0.0 - "),
        at(SPEC, "- {type: text").line: length.replace("about ", "0.0 - "),
    }


async def test_a_half_typed_line_keeps_the_answers(client: LanguageClient, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    await diagnostics(client, uri)
    broken = SPEC.replace("      - use: box\n", "      - use: [\n")
    assert [one.code for one in await typed(client, uri, broken)] == ["yaml-syntax"]
    assert await client.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri)))


async def test_while_a_line_is_half_typed_everything_below_it_stands_where_it_is_now(
    client: LanguageClient, tmp_path: Path
) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    before = await hints(client, uri)
    broken = SPEC.replace("scenes:\n", "# one line more\nx-more: [\n\nscenes:\n")
    assert [one.code for one in await typed(client, uri, broken)] == ["yaml-syntax"]
    scenes = at(SPEC, "scenes:").line
    assert await hints(client, uri) == {line + 3 * (line > scenes): said for line, said in before.items()}
    where = at(broken, "from <company>", 8)
    assert "Northwind" in await hovered(client, uri, where)
    uses = await client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(True), document(uri), where)
    )
    assert [cut(broken, one.range) for one in uses or []] == ["company"] * 3
    with pytest.raises(JsonRpcException, match="mend it first"):
        await renamed(client, uri, where, "firm")


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
    chosen = (await labels(client, uri, where))[label]
    assert isinstance(chosen.text_edit, types.TextEdit)
    after = applied(text, [chosen.text_edit])
    assert chosen.text_edit.new_text in after


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


async def test_an_unsaved_include_is_seen(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "part.vidc.yaml").write_text("variables: {company: Old}\n")
    text = "include: [part.vidc.yaml]\n" + SPEC.replace("variables: {company: Northwind, feats: [a, b]}\n", "")
    uri = opened(client, tmp_path / "a.vidc.yaml", text)
    assert [one for one in await diagnostics(client, uri) if one.severity == 1] == []
    part = opened(client, tmp_path / "part.vidc.yaml", "variables: {compani: New}\n")
    assert "misspelt-name" in [one.code for one in await diagnostics(client, uri)]
    shut(client, part)
    assert "misspelt-name" not in [one.code for one in await diagnostics(client, uri)]


@pytest.mark.parametrize(
    ("word", "more", "new"),
    [("from <company>", 8, "firm"), ("use: box", 6, "card"), ("Reference: speech", 13, "voice")],
)
async def test_renaming_changes_every_place_and_no_other(
    client: LanguageClient, tmp_path: Path, word: str, more: int, new: str
) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    await diagnostics(client, uri)
    after = applied(SPEC, (await renamed(client, uri, at(SPEC, word, more), new))[uri])
    old = {"firm": "company", "card": "box", "voice": "speech"}[new]
    assert old not in after.replace("speakerId", "")
    assert [one.severity for one in await typed(client, uri, after) if one.severity != 3] == []


async def test_a_hover_tells_value_words_and_times(client: LanguageClient, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    await diagnostics(client, uri)

    assert "Northwind" in await hovered(client, uri, at(SPEC, "from <company>", 8))
    assert "Hello from Northwind." in await hovered(client, uri, at(SPEC, "🎬", 3))
    assert "the scene's length" in await hovered(client, uri, at(SPEC, "intrinsicDurationTrackReference"))


async def test_a_hover_tells_whether_a_finding_always_holds(client: LanguageClient, tmp_path: Path) -> None:
    text = SPEC.replace("    intrinsicDurationTrackReference: speech\n", "    duration: 1s\n")
    uri = opened(client, tmp_path / "a.vidc.yaml", text)
    said = await hovered(client, uri, at(text, "🎬", 3))
    assert re.search(r"\*\*warning\*\*, (always|maybe): .*\(`clipped`\)", said)


async def test_a_hover_holds_no_markup_of_a_stranger(client: LanguageClient, tmp_path: Path) -> None:
    name = "![x](https://evil.example.com/a.png) <img src=x> ` **b**"
    text = SPEC.replace("- name: hello", f"- name: '{name}'").replace(
        "speech\n    tracks", "speech\n    duration: 1s\n    tracks"
    )
    text = text.replace("    intrinsicDurationTrackReference: speech\n", "")
    uri = opened(client, tmp_path / "a.vidc.yaml", text)
    for word, more in (("- name", 3), ("🎬", 3)):
        said = re.sub("`[^`]*`", "", await hovered(client, uri, at(text, word, more)))
        assert not re.search(r"!\[|]\(https:|<img|(?<!\\)\*\*b", said)


async def test_a_quick_fix_does_what_it_says(client: LanguageClient, tmp_path: Path) -> None:
    wrong = SPEC.replace("actor: karen", "acter: karen")
    uri = opened(client, tmp_path / "a.vidc.yaml", wrong)
    found = await diagnostics(client, uri)
    one = next(each for each in found if each.severity == 1)
    fix = next(action for action in await fixes(client, uri, one) if action.is_preferred)
    assert applied(wrong, edits_of(fix.edit)[uri]) == SPEC


async def test_a_warning_can_be_allowed_where_it_stands(client: LanguageClient, tmp_path: Path) -> None:
    text = SPEC.replace("        actor: karen\n", "        actor: karen\n        mood: calm\n")
    uri = opened(client, tmp_path / "a.vidc.yaml", text)
    one = next(each for each in await diagnostics(client, uri) if each.severity == 2)
    fix = next(action for action in await fixes(client, uri, one) if "Allow" in action.title)
    after = applied(text, edits_of(fix.edit)[uri])
    assert [each.severity for each in await typed(client, uri, after) if each.severity != 3] == []


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


async def test_columns_and_lines_are_those_of_an_editor_whatever_is_typed(
    client: LanguageClient, tmp_path: Path
) -> None:
    """Against the same text opened at once: U+2028, a form feed and others end no line, CRLF and CR do."""
    text, seed = SPEC.replace("\n", "\r\n"), random.Random(5)
    uri = opened(client, tmp_path / "a b 🎬.vidc.yaml", text)
    for number in range(60):
        where = seed.randrange(len(text))
        if text[where] == "\n" or text[where - 1 : where] == "\r":
            continue
        word = seed.choice(["\u2028", "\x0c", "\x85", "🎬", "é", "x: ", "\r\n", "<"])
        line = len(re.findall(r"\r\n|\r|\n", text[:where]))
        begin = max(text.rfind("\n", 0, where), text.rfind("\r", 0, where)) + 1
        here = types.Position(line, len(text[begin:where].encode("utf-16-le")) // 2)
        await changed(client, uri, types.TextDocumentContentChangePartial(types.Range(here, here), word))
        text = text[:where] + word + text[where:]
        if number % 12 == 0:
            found = await diagnostics(client, uri)
            other = opened(client, tmp_path / "b.vidc.yaml", text)
            as_opened = [(one.code, one.range) for one in await diagnostics(client, other)]
            assert [(one.code, one.range) for one in found] == as_opened


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


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "brand.vidc.yaml").write_text(BRAND)
    (tmp_path / "films" / "a.vidc.yaml").write_text(USES)
    (tmp_path / "films" / "b.vidc.yaml").write_text("# another\n" + USES)
    apart = USES.replace("include: [brand.vidc.yaml]", "variables: {company: Other}").replace(
        "use: card, with: ", "x: "
    )
    (tmp_path / "films" / "apart.vidc.yaml").write_text(apart)
    return tmp_path / "films"


@pytest.mark.parametrize("file", ["a.vidc.yaml", "brand.vidc.yaml"])
@pytest.mark.parametrize(("old", "new"), [("company", "firm"), ("card", "sign"), ("title", "words")])
async def test_a_renaming_reaches_every_file_that_shares_the_name_and_no_other(
    client: LanguageClient, project: Path, file: str, old: str, new: str
) -> None:
    text = (project / file).read_text()
    uri = opened(client, project / file, text)
    found = await renamed(client, uri, at(text, old, 1), new)
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
    client: LanguageClient, tmp_path: Path, word: str, new: str, said: str
) -> None:
    uri = opened(client, tmp_path / "a.vidc.yaml", SPEC)
    with pytest.raises(JsonRpcException, match=said):
        await renamed(client, uri, at(SPEC, word, 1), new)


async def test_the_name_of_a_loop_is_renamed_where_it_is_known(client: LanguageClient, tmp_path: Path) -> None:
    loop = '  - {for: x in feats, name: "<x>", duration: 1s, tracks: [{type: text, text: "<x> {{ x }}"}]}\n'
    text = SPEC + loop + loop.replace("for: x", "for: y")
    uri = opened(client, tmp_path / "a.vidc.yaml", text)
    after = applied(text, (await renamed(client, uri, at(text, "for: x", 5), "item"))[uri])
    assert after == text.replace(
        loop, loop.replace("<x>", "<item>").replace("{{ x", "{{ item").replace("for: x", "for: item")
    )


async def test_an_included_file_is_renamed_with_every_place_that_names_it(
    client: LanguageClient, project: Path
) -> None:
    text = (project / "a.vidc.yaml").read_text()
    uri = opened(client, project / "a.vidc.yaml", text)
    where = at(text, "brand.vidc", 2)
    found = await client.text_document_rename_async(types.RenameParams(document(uri), where, "look.vidc.yaml"))
    assert {one: [edit.new_text for edit in edits] for one, edits in edits_of(found).items()} == {
        (project / name).as_uri(): ["look.vidc.yaml"] for name in ("a.vidc.yaml", "b.vidc.yaml")
    }
    moves = [one for one in (found.document_changes if found else None) or [] if isinstance(one, types.RenameFile)]
    assert [(one.old_uri, one.new_uri) for one in moves] == [
        ((project / "brand.vidc.yaml").as_uri(), (project / "look.vidc.yaml").as_uri())
    ]
    for name in ("../../out.vidc.yaml", "b.vidc.yaml"):
        with pytest.raises(JsonRpcException, match=r"leads out of the project|already"):
            await renamed(client, uri, where, name)


async def test_what_is_wrong_in_an_included_file_stands_where_it_is_included_and_is_mended_there(
    client: LanguageClient, project: Path
) -> None:
    brand = project / "brand.vidc.yaml"
    brand.write_text(BRAND.replace("size: {", "sise: {"))
    uri = opened(client, project / "a.vidc.yaml", USES)
    one = next(each for each in await diagnostics(client, uri) if each.severity == 1)
    assert one.range.start.line in (0, at(USES, "use: card").line)
    assert (one.related_information or [])[0].location.uri == brand.as_uri()
    fix = next(action for action in await fixes(client, uri, one) if action.is_preferred)
    assert applied(brand.read_text(), edits_of(fix.edit)[brand.as_uri()]) == BRAND


async def test_a_document_that_is_no_file_is_served_too(client: LanguageClient) -> None:
    uri = opened(client, "untitled:Untitled-1", SPEC.replace("actor: karen", "acter: karen"))
    one = next(each for each in await diagnostics(client, uri) if each.severity == 1)
    fix = next(action for action in await fixes(client, uri, one) if action.is_preferred)
    assert list(edits_of(fix.edit)) == [uri]
    found = await client.text_document_definition_async(
        types.DefinitionParams(document(uri), at(SPEC, "from <company>", 8))
    )
    assert [each.uri for each in found or [] if isinstance(each, types.Location)] == [uri]


async def test_actors_and_voices_that_were_listed_are_offered_and_checked(
    client: LanguageClient, project: Path
) -> None:
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
    uri = opened(client, project / "c.vidc.yaml", text)
    assert "unlisted-actor" in [one.code for one in await diagnostics(client, uri)]
    items = await labels(client, uri, at(text, "karin", 2))
    assert {name: item.detail for name, item in items.items()} == {"karen": "Karen, studio, female"}


async def test_what_the_lock_has_learned_is_known(client: LanguageClient, project: Path) -> None:
    uri = opened(client, project / "c.vidc.yaml", SPEC)
    scene = at(SPEC, "- name: hello").line
    assert (await hints(client, uri))[scene].startswith("about ")
    speech = Speech("en-GB-RyanNeural", ("🎬 Hello from Northwind.",), "en-GB", "2026-01-01", 2345)
    learn(str(project.parent / "vidc.lock"), speech)
    await typed(client, uri, SPEC)
    assert (await hints(client, uri))[scene] == "2.345 s"


async def test_a_changed_file_on_the_disk_is_seen(client: LanguageClient, project: Path) -> None:
    uri = opened(client, project / "a.vidc.yaml", USES)
    assert [one for one in await diagnostics(client, uri) if one.severity == 1] == []
    brand = project / "brand.vidc.yaml"
    brand.write_text(BRAND.replace("card", "sign"))
    event = types.FileEvent(brand.as_uri(), types.FileChangeType.Changed)
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert [one.code for one in await diagnostics(client, uri) if one.severity == 1] == ["unknown-component"]


async def test_parameters_of_a_component_are_offered(client: LanguageClient, project: Path) -> None:
    text = USES.replace("{title: Hello}", "{ti: Hello}")
    uri = opened(client, project / "a.vidc.yaml", text)
    assert list(await labels(client, uri, at(text, "ti: Hello", 2))) == ["title"]


async def test_a_strict_project_has_errors_for_warnings(client: LanguageClient, project: Path) -> None:
    text = SPEC.replace("        actor: karen\n", "        actor: karen\n        mood: calm\n")
    uri = opened(client, project / "c.vidc.yaml", text)
    assert [one.severity for one in await diagnostics(client, uri) if one.severity != 3] == [2]
    (project.parent / "vidc.toml").write_text("strict = true\n")
    assert [one.severity for one in await typed(client, uri, text) if one.severity != 3] == [1]
