"""Values from the command line: held against all files together, and told where they make no sense."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import run

SPEC = """\
variables: {%s: one}
x-use: %s
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - duration: 4s
    tracks:
      - {type: text, text: Hello., position: {x: 0, y: 0}, size: {width: 800, height: 100},
         startTimeGap: 0, endTimeGap: 0}
"""


def lint(folder: Path, *words: str) -> tuple[int, str]:
    done = run("lint", *words, cwd=folder)
    return done.returncode, done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two specs, of which one includes a part."""
    (tmp_path / "one.vidc.yaml").write_text("include: [brand.vidc.yaml]\n" + SPEC % (("audience",) * 2))
    (tmp_path / "two.vidc.yaml").write_text(SPEC % (("city",) * 2))
    (tmp_path / "brand.vidc.yaml").write_text("variables: {company: Lumen}\n")
    return tmp_path


@pytest.mark.parametrize("name", ["audience", "city", "company"])
def test_a_name_that_one_of_the_files_declares_is_no_mistake_in_the_others(folder: Path, name: str) -> None:
    assert lint(folder, "--var", f"{name}=x", ".") == (0, "no findings in 3 files\n")


def test_a_name_that_none_declares_is_told_once_and_not_of_a_part(folder: Path) -> None:
    code, shown = lint(folder, "--var", "audienc=x", "--var", "town=y", "--format", "json", ".")
    assert code == 1
    assert sorted((one["file"], one["message"], one["help"]) for one in json.loads(shown)) == [
        (
            "--var",
            "no variable `audienc` is declared in any of `one.vidc.yaml` and `two.vidc.yaml`",
            "did you mean `audience`?",
        ),
        (
            "--var",
            "no variable `town` is declared in any of `one.vidc.yaml` and `two.vidc.yaml`",
            "declare it under `variables:`",
        ),
    ]


def test_a_blank_before_the_sign_is_told(folder: Path) -> None:
    code, shown = lint(folder, "--var", "audience = x y", "--format", "json", "one.vidc.yaml")
    assert code == 1
    assert [(one["message"], one["help"]) for one in json.loads(shown)] == [
        (
            "a blank stands before the `=` behind `audience` in `one.vidc.yaml`",
            'no blank stands around it: write `--var "audience=x y"`',
        )
    ]


def test_a_file_on_its_own_is_named(folder: Path) -> None:
    code, shown = lint(folder, "--var", "audience=x", "--format", "concise", "two.vidc.yaml")
    assert (code, shown) == (
        1,
        "--var:1:1: error: no variable `audience` is declared in `two.vidc.yaml` [undeclared-variable]\n",
    )


def test_a_file_that_cannot_be_read_declares_nothing(folder: Path) -> None:
    (folder / "two.vidc.yaml").write_text("variables: {town: [}\n")
    _, shown = lint(folder, "--var", "town=x", "--format", "concise", ".")
    assert "no variable `town` is declared in `one.vidc.yaml` [undeclared-variable]\n" in shown


@pytest.mark.parametrize(
    ("given", "field", "name"),
    [
        ("when=4", "duration: <when>", "suspicious-time"),
        ("logo=logos/a.png", "tracks: [{type: image, imageUrl: <logo>, position: center, size: <logo>}]", "wrong-type"),
        ("logo=logos/a.png", "tracks: [{type: image, imageUrl: '{{ logo }}', position: center}]", "unfetchable-url"),
    ],
)
def test_a_value_that_makes_no_sense_is_told_where_it_was_given(
    tmp_path: Path, given: str, field: str, name: str
) -> None:
    rest = "" if field.startswith("tracks") else "\n    tracks: []"
    duration = "duration: 4s\n    " if rest == "" else ""
    (tmp_path / "a.vidc.yaml").write_text(
        "variables: {when: {type: time, default: 4s}, logo: https://cdn.example.com/a.png}\n"
        f"settings: {{name: Demo, videoSize: {{width: 1920, height: 1080}}}}\nscenes:\n  - {duration}{field}{rest}\n"
    )
    _, shown = lint(tmp_path, "--var", given, "--format", "json", "a.vidc.yaml")
    (found,) = [one for one in json.loads(shown) if one["name"] == name]
    at = given.index("=") + 1
    assert (found["file"], found["span"]) == (
        "--var",
        {
            "start": {"line": 1, "column": at + 1, "offset": at},
            "end": {"line": 1, "column": len(given) + 1, "offset": len(given)},
        },
    )
    assert [(label["span"]["file"], label["text"]) for label in found["labels"]] == [("a.vidc.yaml", "it is used here")]


def test_a_text_that_says_more_than_the_value_is_told_as_before(tmp_path: Path) -> None:
    (tmp_path / "a.vidc.yaml").write_text((SPEC % ("who", "who")).replace("Hello.", "'{Hello <who>}'"))
    _, shown = lint(tmp_path, "--var", "who=Ann", "--format", "json", "a.vidc.yaml")
    assert [one["labels"] for one in json.loads(shown) if one["name"] == "odd-braces"] == [[]]


def test_a_field_that_a_given_object_lacks_is_told_in_the_file_of_values(tmp_path: Path) -> None:
    (tmp_path / "v.yaml").write_text("product:\n  titel: Reports\n")
    (tmp_path / "a.vidc.yaml").write_text(
        "variables: {product: {type: object, required: true}}\n"
        "settings: {name: <product.title>, videoSize: {width: 1920, height: 1080}}\n"
        "scenes: [{duration: 4s, tracks: []}]\n"
    )
    _, shown = lint(tmp_path, "--vars", "v.yaml", "--format", "json", "a.vidc.yaml")
    (found,) = [one for one in json.loads(shown) if one["name"] == "undefined-field"]
    assert (found["file"], found["span"]["start"]) == ("v.yaml", {"line": 2, "column": 3, "offset": 11})
    assert (found["message"], found["help"]) == ("`product` has no field `title`", "write `title` for `titel`")
    assert [(label["span"]["file"], label["text"]) for label in found["labels"]] == [
        ("a.vidc.yaml", "it is asked for here")
    ]


def test_what_is_told_in_a_file_of_values_names_no_key_of_the_spec(tmp_path: Path) -> None:
    (tmp_path / "v.yaml").write_text("logo: [a]\n")
    (tmp_path / "a.vidc.yaml").write_text(
        "variables: {logo: {required: true}}\n"
        "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
        "scenes: [{duration: 4s, tracks: [{type: image, imageUrl: <logo>, position: {x: 0, y: 0},"
        " size: {width: 800, height: 800}}]}]\n"
    )
    _, shown = lint(tmp_path, "--vars", "v.yaml", "--format", "json", "a.vidc.yaml")
    (found,) = [one for one in json.loads(shown) if one["severity"] == "error"]
    assert (found["file"], found["name"], found["help"], found["repairs"]) == (
        "v.yaml",
        "wrong-type",
        "write `https://...`",
        [],
    )


def test_a_comment_in_the_spec_allows_what_is_told_of_a_given_value(tmp_path: Path) -> None:
    (tmp_path / "a.vidc.yaml").write_text(
        "variables: {when: {type: time, default: 4s}}\n"
        "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
        "scenes:\n  - duration: <when>  # vidc: allow suspicious-time -- a flash\n    tracks: []\n"
    )
    code, shown = lint(tmp_path, "--var", "when=40", "--format", "json", "a.vidc.yaml")
    assert (code, [one["name"] for one in json.loads(shown) if one["severity"] != "note"]) == (0, [])


SPOKEN = """\
language: en
variables: {company: Northwind, motto: All is well}
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - tracks:
      - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, position: {x: 0, y: 0},
         size: {width: 800, height: 800}, text: Welcome to <company>. <motto>.}
"""


@pytest.mark.parametrize(
    ("given", "name", "column", "help"),
    [
        ("motto=We of <company> care", "markup-in-script", 13, "a value is no template: write what `<company>` stands for"),
        ("motto=We of {{ company }} care", "odd-braces", 13, "a value is no template: write what it stands for"),
        ("company=<motto> Ltd", "markup-in-script", 9, "a value is no template: write what `<motto>` stands for"),
        ("motto=This is **big**", "markup-in-script", 15, "write what is to be said, without markup or addresses"),
    ],
)  # fmt: skip
def test_a_sign_that_a_value_brings_is_told_where_the_value_was_given(
    tmp_path: Path, given: str, name: str, column: int, help: str
) -> None:
    (tmp_path / "a.vidc.yaml").write_text(SPOKEN)
    _, shown = lint(tmp_path, "--var", given, "--format", "json", "a.vidc.yaml")
    [told] = json.loads(shown)
    where = told["file"], told["span"]["start"]["line"], told["span"]["start"]["column"]
    assert (told["name"], where, told["help"]) == (name, ("--var", 1, column), help)
    assert [label["text"] for label in told["labels"]] == ["it is used here"]


@pytest.mark.parametrize(
    ("given", "message", "help"),
    [
        (
            "city: Porto",
            "no variable `city` is declared in `a.vidc.yaml`",
            "declare `city` under `variables`, and write `city: <city>` under `dynamicVariables`",
        ),
        (
            "dynamicVariables: {city: Porto}",
            "no variable `dynamicVariables` is declared in `a.vidc.yaml`",
            "declare `city` under `variables`, and write `city: <city>` under `dynamicVariables` of the spec; here remove "
            "`dynamicVariables:`, with the names at the top",
        ),
        (
            "team: {type: string, default: Sales}",
            "this declares `team`, and a file of values has its value alone",
            "write `team: Sales`",
        ),
        (
            "texts: {type: object, default: {en: Hi}}",
            "this declares `texts`, and a file of values has its value alone",
            "write `texts: {en: Hi}`",
        ),
        ("team: ~", "`team` has no value, and texts need one of it", "write its value here"),
    ],
)
def test_a_file_of_values_that_holds_something_else_is_told_what_to_write(
    tmp_path: Path, given: str, message: str, help: str
) -> None:
    (tmp_path / "a.vidc.yaml").write_text(
        "variables: {team: Support, texts: {type: object, default: {en: Hello}}, kind: {type: object, default: {}}}\n"
        "dynamicVariables: {city: Lisbon}\n"
        "settings: {name: '<texts.en> <team>', videoSize: {width: 1920, height: 1080}}\nscenes:\n"
        "  - duration: 4s\n    tracks: [{type: text, text: 'In {city}', position: center, size: {width: 800, height: 90}}]\n"
    )
    (tmp_path / "values.yaml").write_text("kind: {type: string, size: 4}\n" + given + "\n")
    _, shown = lint(tmp_path, "--vars", "values.yaml", "--format", "json", "a.vidc.yaml")
    found = [(one["message"], one["help"]) for one in json.loads(shown) if one["severity"] == "error"]
    assert found == [(message, help)]
