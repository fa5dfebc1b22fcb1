"""Hovers, times beside lines, and the outline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lsp_editor import SPEC, Editor, at, document
from lsprotocol import types

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_times_stand_beside_scenes_and_tracks(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)
    said = await editor.hints(uri)
    length = said[at(SPEC, "- name: hello").line]
    assert length.startswith("about ")
    assert said == {
        at(SPEC, "- name: hello").line: length,
        at(SPEC, "- type: actor").line: length.replace("about ", "0.0 - "),
        at(SPEC, "- {type: text").line: length.replace("about ", "0.0 - "),
    }


async def test_a_hover_tells_value_words_and_times(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)
    await editor.findings(uri)

    assert "Northwind" in await editor.hover(uri, at(SPEC, "from <company>", 8))
    assert "Hello from Northwind." in await editor.hover(uri, at(SPEC, "🎬", 3))
    assert "the scene's length" in await editor.hover(uri, at(SPEC, "intrinsicDurationTrackReference"))


@pytest.mark.parametrize(
    ("word", "more", "said"),
    [
        ("<company>", 1, "variable `company`\n\n```text\nNorthwind 🎬\n```"),
        ("<word>", 1, "parameter `word`\n\n```text\n{type: string, default: hi}\n```"),
        ("{plan}", 1, "the service's variable `plan`\n\n```text\nPro\n```"),
        ("<feature", 1, "name `feature`\n\n```text\nfeature in features\n```"),
        ("features", 1, "variable `features`\n\n```text\n- title: A\n  image: B\n```"),
        ("note }}", 1, "variable `note`\n\n```text\nfirst second\n```"),
        (
            "box}",
            1,
            "component `box`\n\n```text\nparameters: {word: {type: string, default: hi}}\n"
            "tracks: [{type: text, text: <word>}]\n```",
        ),
    ],
)
async def test_a_hover_shows_a_value_and_nothing_that_stands_around_it(
    editor: Editor, tmp_path: Path, word: str, more: int, said: str
) -> None:
    text = """\
variables:
  company: Northwind 🎬  # our name
  features:
    - title: A
      image: B
  note: "first
    second"
dynamicVariables: {plan: Pro}
components:
  box:
    parameters: {word: {type: string, default: hi}}
    tracks: [{type: text, text: <word>}]
settings: {name: "<company> {plan} {{ note }}", videoSize: {width: 1920, height: 1080}}
scenes:
  - {for: feature in features, name: <feature.title>, duration: 1s, tracks: [{use: box}]}
"""
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    assert await editor.hover(uri, at(text, word, more)) == said


async def test_a_hover_tells_whether_a_finding_always_holds(editor: Editor, tmp_path: Path) -> None:
    text = SPEC.replace("    intrinsicDurationTrackReference: speech\n", "    duration: 1s\n")
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    said = await editor.hover(uri, at(text, "🎬", 3))
    assert re.search(r"\*\*warning\*\*, (always|maybe): .*\(`clipped`\)", said)


async def test_a_hover_holds_no_markup_of_a_stranger(editor: Editor, tmp_path: Path) -> None:
    name = "![x](https://evil.example.com/a.png) <img src=x> ` **b**"
    text = SPEC.replace("- name: hello", f"- name: '{name}'").replace(
        "speech\n    tracks", "speech\n    duration: 1s\n    tracks"
    )
    text = text.replace("    intrinsicDurationTrackReference: speech\n", "")
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    for word, more in (("- name", 3), ("🎬", 3)):
        said = re.sub("`[^`]*`", "", await editor.hover(uri, at(text, word, more)))
        assert not re.search(r"!\[|]\(https:|<img|(?<!\\)\*\*b", said)


async def test_the_outline_and_the_folds_follow_the_scenes(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.vidc.yaml", SPEC)
    await editor.findings(uri)
    found = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri)))
    outline = [one for one in found or [] if isinstance(one, types.DocumentSymbol)]
    assert [(one.name, [inner.name for inner in one.children or []]) for one in outline] == [
        ("company", []),
        ("feats", []),
        ("box", ["text"]),
        ("hello", ["actor", "use box"]),
    ]
    folds = await editor.client.text_document_folding_range_async(types.FoldingRangeParams(document(uri)))
    assert at(SPEC, "- name: hello").line in [one.start_line for one in folds or []]


async def test_a_hover_of_a_line_that_stands_for_several_says_so(editor: Editor, tmp_path: Path) -> None:
    text = SPEC + "  - {for: feat in feats, duration: 1s, tracks: [{type: text, text: 'On <feat>'}]}\n  - use: box\n"
    uri = editor.open(tmp_path / "a.vidc.yaml", text)
    assert (await editor.hover(uri, at(text, "'On", 1))).startswith(
        "`text 1` in `scene 2`: 0.0 - 1.0 s (the first of 2)"
    )
    assert "On a" in await editor.hover(uri, at(text, "'On", 1))
    assert (await editor.hover(uri, at(text, "1s", 1))).startswith("`scene 2`: 1.0 s long")
    assert [one.name for one in await editor.outline(uri)][-2:] == ["scene 2", "use box"]
