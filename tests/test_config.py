"""What a project always wants: read from its root, data only, and wrong where a key is not known."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vidc.config import KEYS, NotAConfig, excludes, found_from, read


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "films" / "old").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "films")
    return tmp_path


def test_a_project_needs_none(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert found_from(".") is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("vidc.toml", 'strict = true\nbaseline = "b.json"\n'),
        ("pyproject.toml", '[tool.vidc]\nstrict = true\nbaseline = "b.json"\n'),
    ],
)
def test_it_stands_at_the_root_of_the_project(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text)
    path = found_from(".")
    assert path == os.path.realpath(project / name)
    assert read(path) == {"strict": True, "baseline": os.path.join("..", "b.json")}


def test_its_own_file_comes_first(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.vidc]\nstrict = true\n")
    (project / "vidc.toml").write_text("notes = true\n")
    assert read(found_from(".") or "") == {"notes": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stict = true", "there is no setting `stict`; did you mean `strict`?"),
        ('url = "https://evil.example.com"', "there is no setting `url`; known are strict"),
        ('strict = "yes"', "`strict` must be true or false"),
        ("max-minutes = -1", "`max-minutes` must be a number of minutes"),
        ("max-minutes = inf", "`max-minutes` must be a number of minutes"),
        ('baseline = "a\\u0000b"', "`baseline` must be a file's name in quotes"),
        ('"a\\u001b[31m" = 1', "there is no setting `a\\x1b[31m`; known are strict"),
        ("exclude = [1]", "`exclude` must be a list of patterns"),
        ("strict =", "it is no TOML"),
        ("a = " + "[" * 5000, "it is no TOML"),
    ],
)
def test_what_it_says_wrong_is_named(project: Path, text: str, said: str) -> None:
    (project / "vidc.toml").write_text(text + "\n")
    with pytest.raises(NotAConfig) as error:
        read(found_from(".") or "")
    assert str(error.value).startswith("../vidc.toml: " + said)


def test_every_key_has_a_value_that_it_takes(project: Path) -> None:
    text = 'strict = true\nnotes = false\nexclude = ["a/*"]\nbaseline = "b"\nrate = "2 EUR"\nmax-minutes = 2.5\n'
    (project / "vidc.toml").write_text(text)
    assert set(read(found_from(".") or "")) == set(KEYS)


@pytest.mark.parametrize(
    ("pattern", "path", "is_left_out"),
    [
        ("films/old", "old/a.vidc.yaml", True),
        ("films/old/", "old/a.vidc.yaml", True),
        ("films/*", "new.vidc.yaml", True),
        ("*.draft.vidc.yaml", "old/a.draft.vidc.yaml", True),
        ("old", "old/a.vidc.yaml", False),
        ("films/ol", "old/a.vidc.yaml", False),
    ],
)
def test_patterns_are_seen_from_the_root(project: Path, pattern: str, path: str, is_left_out: bool) -> None:
    assert excludes([pattern], path, str(project)) is is_left_out
