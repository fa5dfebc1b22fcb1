"""Quick fixes, and allowing a finding where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsp_editor import SPEC, Editor, applied, document, edits_of
from lsprotocol import types

from vidc.compile import Compiled, compile
from vidc.editor.mending import fixes
from vidc.source import Source

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_quick_fix_does_what_it_says(editor: Editor, tmp_path: Path) -> None:
    wrong = SPEC.replace("actor: karen", "acter: karen")
    uri = editor.open(tmp_path / "a.vidc.yaml", wrong)
    found = await editor.findings(uri)
    one = next(each for each in found if each.severity == 1)
    fix = next(action for action in await editor.fixes(uri, one) if action.is_preferred)
    assert applied(wrong, edits_of(fix.edit)[uri]) == SPEC


async def test_a_warning_can_be_allowed_where_it_stands(editor: Editor, tmp_path: Path) -> None:
    text = SPEC.replace("        actor: karen\n", "        actor: karen\n        mood: calm\n")
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    one = next(each for each in await editor.findings(uri) if each.severity == 2)
    fix = next(action for action in await editor.fixes(uri, one) if "Allow" in action.title)
    after = applied(text, edits_of(fix.edit)[uri])
    assert [each.severity for each in await editor.type(uri, after) if each.severity != 3] == []


def allowed(made: Compiled, strict: bool = False) -> list[str]:
    found = fixes(made, made.findings, 0, len(made.source.text), strict)
    return [one.finding.name for one in found if one.title.startswith("Allow")]


@pytest.mark.parametrize("strict", [False, True])
async def test_where_warnings_are_errors_they_can_be_allowed_all_the_same(
    editor: Editor, tmp_path: Path, strict: bool
) -> None:
    (tmp_path / "vidc.toml").write_text(f"strict = {str(strict).lower()}\n")
    text = SPEC.replace("        actor: karen\n", "        actor: karen\n        mood: calm\n")
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    one = next(each for each in await editor.findings(uri) if each.code == "undocumented-property")
    assert one.severity == (1 if strict else 2)
    fix = next(action for action in await editor.fixes(uri, one) if "Allow" in action.title)
    after = applied(text, edits_of(fix.edit)[uri])
    assert [each.code for each in await editor.type(uri, after) if each.severity != 3] == []


async def test_what_a_comment_cannot_silence_is_not_offered_to_be_allowed() -> None:
    """What is said of such comments, and a warning beside an error of its name: a comment would name the error."""
    track = "      - {type: image, imageUrl: https://e.com/a.png, position: {x: 0, y: 0}, size: {width: 99, height: 99}"
    head = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\nscenes:\n  - duration: 2s\n    tracks:\n"
    beside = compile(Source("", f"{head}{track}, transition: fade, rotation: 45}}\n"), draft=True)
    misplaced = [one.severity for one in beside.findings if one.name == "misplaced-property"]
    assert sorted(misplaced) == ["error", "warning"]
    assert "misplaced-property" not in allowed(beside)
    comments = compile(Source("", f"{head}{track}, mood: calm}}  # vidc: allow nothing\n"), draft=True)
    assert {"unknown-allowance", "undocumented-property"} <= {one.name for one in comments.findings}
    assert "unknown-allowance" not in allowed(comments)
    assert "undocumented-property" in allowed(comments)


async def test_a_fix_ends_its_lines_as_the_file_does(editor: Editor, tmp_path: Path) -> None:
    text = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - name: still
    tracks:
      - type: text
        text: Hello.
        position: {x: 0, y: 0}
        size: {width: 90, height: 90}
  - duration: 4
    tracks: []
""".replace("\n", "\r\n")
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    await editor.findings(uri)
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    found = await editor.client.text_document_code_action_async(
        types.CodeActionParams(document(uri), whole, types.CodeActionContext([]))
    )
    written = [
        edit.new_text
        for action in found or []
        if isinstance(action, types.CodeAction)
        for edit in edits_of(action.edit)[uri]
        if "\n" in edit.new_text
    ]
    assert any("duration" in one for one in written)
    assert any("allow" in one for one in written)
    assert [one for one in written if "\n" in one.replace("\r\n", "")] == []


async def test_a_repair_that_chooses_a_length_is_not_made_unasked() -> None:
    """An editor makes the preferred ones by one key; `lint --fix` leaves it, too."""
    head = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\nscenes:\n"
    text = f"{head}  - tracks: [{{type: text, text: Hi, position: {{x: 0, y: 0}}, size: {{width: 99, height: 99}}}}]\n"
    made = compile(Source("", text), draft=True)
    found = [(one.title, one.sure) for one in fixes(made, made.findings, 0, len(text)) if "Allow" not in one.title]
    assert found == [("Add `duration: 5s`", False)]
