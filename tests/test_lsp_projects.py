"""Which files an editor is told of, and what of them: as the project's configuration, baseline and folders have it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command import run
from lsp_editor import BRAND, SPEC, USES, Editor, at, cut
from lsprotocol import types

from vidc.diag.sink import brief
from vidc.editor.documents import Documents

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio(loop_scope="session")

COMPOSE = "services: {web: {image: nginx}}\nscenes: none of ours\n"
MOODY = SPEC.replace("        actor: karen\n", "        actor: karen\n        mood: calm\n")


async def said(editor: Editor, path: Path) -> list[tuple[object, int, str, str]]:
    """Name, severity, message and words of each finding of a file as an editor has it."""
    text = path.read_text()
    uri = editor.open(path, text)
    found = await editor.findings(uri)
    return sorted(
        (one.code, int(one.severity or 0), one.message.partition("\nhelp: ")[0], cut(text, one.range)) for one in found
    )


def printed(folder: Path) -> dict[str, list[tuple[object, int, str, str]]]:
    """The same of each file as `vidc lint` prints it in a folder."""
    rank = {"error": 1, "warning": 2, "note": 3}
    found: dict[str, list[tuple[object, int, str, str]]] = {}
    for one in json.loads(run("lint", "--format", "json", "--notes", cwd=folder).stdout):
        span = one["span"]
        words = (folder / one["file"]).read_text()[span["start"]["offset"] : span["end"]["offset"]]
        found.setdefault(one["file"], []).append((one["name"], rank[one["severity"]], brief(one["message"]), words))
    return {name: sorted(findings) for name, findings in found.items()}


@pytest.mark.parametrize("strict", [False, True])
async def test_an_editor_shows_what_lint_prints_with_what_is_excluded_and_known(
    editor: Editor, tmp_path: Path, strict: bool
) -> None:
    (tmp_path / "drafts").mkdir()
    for name in ("known.vidc.yaml", "drafts/old.vidc.yaml"):
        (tmp_path / name).write_text(MOODY)
    (tmp_path / "vidc.toml").write_text('exclude = ["drafts/*"]\nbaseline = "known.json"\n')
    run("lint", "--baseline", "known.json", "--write-baseline", cwd=tmp_path)
    (tmp_path / "vidc.toml").write_text(
        f'exclude = ["drafts/*"]\nbaseline = "known.json"\nstrict = {str(strict).lower()}\n'
    )
    known = tmp_path / "known.vidc.yaml"
    known.write_text("# a line more\n" + MOODY.replace("name: hello", "name: hello\n    tempo: calm"))
    (tmp_path / "new.vidc.yaml").write_text(MOODY)
    expected = printed(tmp_path)
    assert sorted(expected) == ["known.vidc.yaml", "new.vidc.yaml"]
    assert "mood" not in [words for *_, words in expected["known.vidc.yaml"]]
    for name, findings in expected.items():
        assert await said(editor, tmp_path / name) == findings
    old = tmp_path / "drafts" / "old.vidc.yaml"
    assert await said(editor, old) == []
    assert at(MOODY, "- name: hello").line in await editor.hints(old.as_uri())


async def test_a_change_of_the_baseline_is_seen(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "vidc.toml").write_text('baseline = "known.json"\n')
    path = tmp_path / "a.vidc.yaml"
    path.write_text(MOODY)
    (tmp_path / "known.json").write_text('{"vidc-baseline": 1, "findings": []}')
    uri = editor.open(path, MOODY)
    assert [one.severity for one in await editor.findings(uri) if one.severity != 3] == [2]
    run("lint", "--baseline", "known.json", "--write-baseline", cwd=tmp_path)
    assert [one.severity for one in await editor.touch(tmp_path / "known.json", uri) if one.severity != 3] == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("vidc.toml", "strct = true\n", "there is no setting `strct`; did you mean `strict`?"),
        ("vidc.toml", 'baseline = "none.json"\n', "none.json: there is no such file"),
        ("vidc.lock", "nonsense\n", "vidc.lock"),
    ],
)
async def test_what_cannot_be_heeded_is_told_once_and_the_rest_goes_on(
    editor: Editor, project: Path, name: str, text: str, message: str
) -> None:
    (project.parent / name).write_text(text)
    uri = editor.open(project / "c.vidc.yaml", MOODY)
    assert [one.severity for one in await editor.findings(uri) if one.severity != 3] == [2]
    await editor.type(uri, MOODY + "# more\n")
    assert [message in one for one in editor.messages] == [True]


async def test_a_file_that_is_no_spec_is_left_alone(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "compose.yaml", COMPOSE)
    assert await editor.findings(uri) == []
    assert await editor.type(uri, COMPOSE + "x: [\n") == []
    assert await editor.labels(uri, types.Position(0, 0)) == {}
    assert await editor.outline(uri) == []
    assert await editor.hover(uri, types.Position(0, 2)) == ""
    assert uri not in editor.client.diagnostics


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("other.yaml", "yaml", "vidc: 1\n" + SPEC.replace("karen", "[")),
        ("other.yaml", "vidc", SPEC.replace("karen", "[")),
        ("UPPER.vidc.yml", "yaml", SPEC.replace("karen", "[")),
        ("a.vidc.json", "json", '{"scenes": 3}'),
    ],
)
async def test_a_spec_is_known_by_its_name_its_language_or_its_first_key(
    editor: Editor, tmp_path: Path, name: str, language: str, text: str
) -> None:
    uri = editor.open(tmp_path / name, text, language)
    assert 1 in [one.severity for one in await editor.findings(uri)]


async def test_a_file_of_any_name_is_served_while_an_open_spec_includes_it(editor: Editor, tmp_path: Path) -> None:
    wrong = BRAND.replace("size: {", "sise: {")
    part = editor.open(tmp_path / "brand.yaml", wrong)
    assert await editor.findings(part) == []
    spec = editor.open(tmp_path / "a.vidc.yaml", USES.replace("brand.vidc.yaml", "brand.yaml"))
    assert "misspelled-property" in [one.code for one in await editor.findings(spec)]
    assert "Northwind" in await editor.hover(part, at(wrong, "<company>", 2))
    editor.close(spec)
    assert await editor.hover(part, at(wrong, "<company>", 2)) == ""


async def test_the_findings_of_a_spec_follow_what_is_typed_in_a_file_that_it_includes(
    editor: Editor, project: Path
) -> None:
    spec = editor.open(project / "a.vidc.yaml", USES)
    part = editor.open(project / "brand.vidc.yaml", BRAND)
    await editor.type(part, BRAND.replace("card:", "sign:"))
    assert [one.code for one in await editor.findings(spec) if one.severity == 1] == ["unknown-component"]
    await editor.type(part, BRAND.replace("card:", "card: ["))
    assert 1 in [one.severity for one in await editor.findings(spec)]
    await editor.type(part, BRAND)
    assert [one for one in await editor.findings(spec) if one.severity == 1] == []


async def test_an_included_file_that_is_deleted_or_renamed_is_missed_and_found_again(
    editor: Editor, project: Path
) -> None:
    brand = project / "brand.vidc.yaml"
    uri = editor.open(project / "a.vidc.yaml", USES)
    assert [one for one in await editor.findings(uri) if one.severity == 1] == []
    brand.rename(project / "look.vidc.yaml")
    assert "cannot-include" in [one.code for one in await editor.touch(brand, uri)]
    found = await editor.type(uri, USES.replace("brand.vidc", "look.vidc"))
    assert [one for one in found if one.severity == 1] == []
    (project / "look.vidc.yaml").rename(brand)
    await editor.type(uri, USES)
    assert [one for one in await editor.touch(brand, uri) if one.severity == 1] == []


async def test_a_file_that_is_deleted_while_it_is_open_is_served_as_it_is_in_the_editor(
    editor: Editor, project: Path
) -> None:
    text = (project / "a.vidc.yaml").read_text()
    uri, part = editor.open(project / "a.vidc.yaml", text), editor.open(project / "brand.vidc.yaml", BRAND)
    shutil.rmtree(project)
    assert [one for one in await editor.touch(project / "brand.vidc.yaml", uri) if one.severity == 1] == []
    assert [one.uri for one in await editor.definitions(uri, at(text, "<company>", 2))] == [part]
    assert await editor.rename(uri, at(text, "<company>", 2), "firm") != {}


async def test_documents_are_served_though_the_folder_that_the_server_was_started_in_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "brand.vidc.yaml").write_text(BRAND)
    (tmp_path / "vidc.toml").write_text('baseline = "known.json"\n')
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here").rmdir()
    found = Documents().open((tmp_path / "films" / "a.vidc.yaml").as_uri(), USES, 1)
    assert [[one.name for one in file.findings if one.severity == "error"] for file in found] == [[]]
    monkeypatch.chdir(tmp_path)


async def test_projects_side_by_side_do_not_mix(editor: Editor, tmp_path: Path) -> None:
    for name, company in (("one", "First"), ("two", "Second")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "vidc.toml").write_text("strict = true\n" if name == "one" else "")
        (tmp_path / name / "brand.vidc.yaml").write_text(BRAND.replace("Northwind", company))
    text = USES.replace("name: one", "name: one\n    mood: calm")
    specs = [editor.open(tmp_path / name / "a.vidc.yaml", text) for name in ("one", "two")]
    where = at(text, "<company>", 2)
    for uri, company, severity in zip(specs, ("First", "Second"), (1, 2), strict=True):
        assert company in await editor.hover(uri, where)
        assert [one.severity for one in await editor.findings(uri) if one.severity != 3] == [severity]
        assert all(one.startswith(uri.rpartition("/")[0]) for one in await editor.rename(uri, where, "firm"))


async def test_a_file_outside_every_project_reaches_only_its_own_folder(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "broken.vidc.yaml").write_text("company: [\n")
    (tmp_path / "brand.vidc.yaml").write_text(BRAND)
    uri = editor.open(tmp_path / "a.vidc.yaml", USES)
    found = await editor.rename(uri, at(USES, "<company>", 2), "firm")
    assert sorted(found) == [uri, (tmp_path / "brand.vidc.yaml").as_uri()]


async def test_a_half_written_file_of_another_kind_stops_no_renaming(editor: Editor, project: Path) -> None:
    editor.open(project / "chart.yaml", "company: [\n")
    editor.open(project.parent.parent / "far.vidc.yaml", "company: [\n")
    uri = editor.open(project / "a.vidc.yaml", USES)
    assert len(await editor.rename(uri, at(USES, "<company>", 2), "firm")) == 3
