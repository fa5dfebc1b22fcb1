"""Quick fixes, and allowing a finding where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsp_editor import SPEC, Editor, applied, edits_of

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
