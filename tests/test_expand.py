"""Loops, conditions, components, defaults, variables and includes: what they give, and what is said of mistakes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vidc.compile import compile
from vidc.diag.edits import applied
from vidc.diag.finding import Log
from vidc.ir.tree import Mapping, Scalar, Sequence, plain
from vidc.passes.expand import expand
from vidc.passes.parse import parse
from vidc.source import Source


def run(
    text: str, given: dict[str, Any] | None = None, files: dict[str, str] | None = None, draft: bool = False
) -> tuple[Mapping | None, list[str]]:
    log = Log()
    source = Source("main.vidc.yaml", text, "/main.vidc.yaml")
    trees: dict[str, Mapping | None] = {}

    def read(name: str, _: Source) -> Mapping | str | None:
        if name not in (files or {}):
            return "there is no such file"
        if name not in trees:
            trees[name] = parse(Source(name, (files or {})[name], "/" + name), log)
        return trees[name]

    root = parse(source, log)
    assert root is not None
    nodes = {
        name: Scalar(value, Source(f"--var {name}", str(value)), 0, len(str(value)))
        for name, value in (given or {}).items()
    }
    tree = expand(root, log, given=nodes, read=read, draft=draft)
    return tree, [finding.name for finding in log.findings]


def data(text: str, **options: Any) -> Any:
    tree, found = run(text, **options)
    assert found == []
    assert tree is not None
    return plain(tree)


def test_a_loop_makes_one_scene_for_each_value_and_keeps_types() -> None:
    text = """
variables: {features: [{title: Reports, ms: 2000}, {title: Alerts, ms: 3000}]}
scenes:
  - for: feature in features
    name: "<loop.index> of {{ loop.length }}: <feature.title | upper>"
    duration: "{{ feature.ms }}"
    tracks:
      - {if: loop.first, type: text, text: first}
      - {for: "n in [1, 2]", type: text, text: "<n><feature.title>"}
"""
    assert data(text)["scenes"] == [
        {
            "name": "1 of 2: REPORTS",
            "duration": 2000,
            "tracks": [
                {"type": "text", "text": "first"},
                {"type": "text", "text": "1Reports"},
                {"type": "text", "text": "2Reports"},
            ],
        },
        {
            "name": "2 of 2: ALERTS",
            "duration": 3000,
            "tracks": [{"type": "text", "text": "1Alerts"}, {"type": "text", "text": "2Alerts"}],
        },
    ]


def test_a_scene_that_is_left_out_is_not_there() -> None:
    text = "variables: {a: false}\nscenes:\n  - {if: a, name: x}\n  - {if: not a, name: y}\n  - {if: false, name: z}\n"
    assert data(text)["scenes"] == [{"name": "y"}]


def test_a_value_cannot_break_out_into_structure_or_be_a_template_again() -> None:
    text = 'variables: {a: {type: string, required: true}}\nscenes: [{name: "<a>"}]\n'
    assert data(text, given={"a": "x, b: {{ c }} <a>\n- y"})["scenes"] == [{"name": "x, b: {{ c }} <a>\n- y"}]


def test_defaults_lie_under_what_is_written() -> None:
    text = """
variables: {who: karen}
defaults:
  actor: {actor: <who>, position: {x: 1, y: 2}, list: [1, 2], gone: 1}
  scene: {name: unnamed}
scenes:
  - tracks:
      - {type: actor, position: {x: 5}, list: [3], gone: null}
      - {type: image}
  - {name: own, tracks: []}
"""
    assert data(text)["scenes"] == [
        {
            "name": "unnamed",
            "tracks": [
                {"actor": "karen", "position": {"y": 2, "x": 5}, "list": [3], "type": "actor"},
                {"type": "image"},
            ],
        },
        {"name": "own", "tracks": []},
    ]


def test_a_component_sees_its_parameters_and_the_top_variables_only() -> None:
    text = """
variables: {company: Northwind}
components:
  inner: {parameters: {text: {type: string, required: true}}, tracks: [{type: text, text: "<text> by <company>"}]}
  outer: {parameters: {title: Untitled}, tracks: [{use: inner, with: {text: "<title>!"}}, {type: image}]}
  leaky: {tracks: [{type: text, text: "<item>"}]}
  whole: {parameters: {name: x}, scene: {name: "<name>", tracks: [{use: outer}]}}
scenes:
  - tracks:
      - {for: "item in [1, 2]", use: outer, with: {title: "No <item>"}}
      - {for: "item in [1]", use: leaky}
  - {use: whole, with: {name: second}}
"""
    tree, found = run(text)
    assert found == ["unfilled-name"]
    assert tree is not None
    assert plain(tree.entries["scenes"][1]) == [
        {
            "tracks": [
                {"type": "text", "text": "No 1! by Northwind"},
                {"type": "image"},
                {"type": "text", "text": "No 2! by Northwind"},
                {"type": "image"},
                {"type": "text", "text": "<item>"},
            ]
        },
        {"name": "second", "tracks": [{"type": "text", "text": "Untitled! by Northwind"}, {"type": "image"}]},
    ]


def test_a_finding_in_a_component_says_through_what_it_came() -> None:
    text = """
components: {box: {parameters: {n: 1}, tracks: [{type: text, text: "{{ nope }} <n>"}]}}
scenes:
  - for: i in [7, 8]
    tracks: [{use: box, with: {n: "<i>"}}]
"""
    log = Log()
    source = Source("main.vidc.yaml", text)
    root = parse(source, log)
    assert root is not None
    expand(root, log, given={}, read=lambda _name, _base: "no")
    assert {finding.name for finding in log.findings} == {"undefined-name"}
    assert [step.text for step in log.findings[0].words.at.via] == [
        "in turn 1 of `for: i in [7, 8]`",
        "in component `box`",
    ]
    assert log.findings[0].span.text == "nope"


@pytest.mark.parametrize(
    "expression", ['<plan> == "Pro"', 'plan == "Pro"', '{{ plan == "Pro" }}', '<plan | lower> == "pro"']
)
@pytest.mark.parametrize(("plan", "names"), [("Pro", ["x"]), ("Free", [])])
def test_conditions_take_short_forms(expression: str, plan: str, names: list[str]) -> None:
    text = f"variables: {{plan: {plan}}}\nscenes:\n  - if: '{expression}'\n    name: x\n"
    assert [scene["name"] for scene in data(text)["scenes"]] == names


def test_what_is_written_once_counts_nothing_and_what_is_put_in_place_again_does() -> None:
    wide = "{" + ", ".join(f"k{number}: 1" for number in range(3_000)) + "}"
    written = "scenes: [" + f"{{extra: {wide}}}, " * 90 + "{name: '<a>'}]\nvariables: {a: 1}\n"
    assert run(written)[1] == []
    turns = "variables: {xs: [%s]}\nscenes: [{for: x in xs, extra: " + wide + "}]\n"
    assert run(turns % ("1, " * 80))[1] == []
    assert run(turns % ("1, " * 90))[1] == ["expands-too-far"]
    under = "defaults: {scene: {extra: " + wide + "}}\nscenes: [%s]\n"
    assert run(under % ("{name: a}, " * 80))[1] == []
    assert run(under % ("{name: a}, " * 90))[1] == ["expands-too-far"]
    assert run(under % (f"{{extra: {wide}}}, " * 90))[1] == []


def test_names_of_a_loop_do_not_outlive_it() -> None:
    text = """
variables: {xs: [1, 2], x: top}
components: {c: {parameters: {p: <x>, q: <p>}, tracks: [{type: text, text: <p><q>}]}}
scenes:
  - for: x in xs
    name: <x>
    tracks: [{for: x in xs, type: text, text: <x>}, {type: text, text: <x>}, {use: c}, {use: c, with: {p: <x>}}]
  - {name: <x>}
"""
    scenes = data(text)["scenes"]
    assert [scene["name"] for scene in scenes] == [1, 2, "top"]
    for turn in (1, 2):
        assert [track["text"] for track in scenes[turn - 1]["tracks"]] == [1, 2, turn, "toptop", f"{turn}{turn}"]


def test_a_long_line_is_cut_in_what_says_where_it_came_from() -> None:
    log = Log()
    root = parse(Source("a", f"scenes: [{{for: 'x in {' ' * 500}[1]', name: '<y> {{{{ y }}}}'}}]\n"), log)
    assert root is not None
    expand(root, log, given={}, read=lambda _name, _at: "no")
    assert [step.text for step in log.findings[0].words.at.via] == ["in turn 1 of `for: x in [1]`"]


@pytest.mark.parametrize(("count", "names"), [(63, []), (64, ["expands-too-deep"]), (200, ["expands-too-deep"])])
def test_chains_end(count: int, names: list[str]) -> None:
    uses = "".join(f"  c{n}: {{tracks: [{{use: c{n + 1}}}]}}\n" for n in range(count))
    assert run(f"components:\n{uses}  c{count}: {{tracks: []}}\nscenes: [{{tracks: [{{use: c0}}]}}]\n")[1] == names
    defaults = "".join(f"  v{n}: <v{n + 1}>\n" for n in range(count))
    assert run(f"variables:\n{defaults}  v{count}: 1\nscenes: [{{name: <v0>}}]\n")[1] == names


def test_an_empty_condition_is_a_finding() -> None:
    assert run("scenes:\n  - if:\n    name: x\n")[1] == ["wrong-shape"]


def test_a_default_may_use_any_other_variable() -> None:
    text = 'variables: {greeting: "Hello <name> of {{ company }}", name: Ann, company: "<city> Ltd", city: Delft}\n'
    assert data(text + "scenes: [{name: <greeting>}]\n")["scenes"] == [{"name": "Hello Ann of Delft Ltd"}]
    assert run('variables: {a: "<b>", b: "<c>", c: "<a>"}\nscenes: [{name: <a>}]\n')[1] == ["variable-cycle"]


def test_a_number_that_is_declared_as_text_keeps_its_digits() -> None:
    text = """
variables: {version: {type: string, default: 3.10}, phone: {type: string, default: 0123}}
components: {c: {parameters: {t: {type: string, required: true}}, tracks: [{type: text, text: "<t>"}]}}
scenes: [{name: "<version> <phone>", tracks: [{use: c, with: {t: 7.50}}]}]
"""
    assert data(text)["scenes"] == [{"name": "3.10 0123", "tracks": [{"type": "text", "text": "7.50"}]}]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Enter <code> for <version>.", "Enter 0042 for 2.10."),
        ("<shops[0].zip>, <alias>", "08001, 0042"),
        ("{{ [code, version] | join(' ') }} {{ shops | map(attribute='zip') | first }}", "0042 2.10 08001"),
        ("<code>", "0042"),
        ("{{ version if code > 41 else 0 }}", "2.10"),
        ("{{ code + 1 }} {{ version * 2 }} {{ -code }} {{ code | int }} {{ code == 42 }}", "43 4.2 -42 42 true"),
        ("{{ code * 10 }}", "420"),
    ],
)
def test_a_number_has_its_digits_in_a_text_and_its_value_elsewhere(text: str, value: str) -> None:
    spec = f"""
variables: {{code: 0042, version: 2.10, shops: [{{zip: 08001}}], alias: <code>}}
settings: {{name: Demo, videoSize: {{width: 1920, height: 1080}}}}
scenes:
  - duration: "{{{{ code * 100 }}}}"
    tracks:
      - {{type: text, text: "{text}", startTimeGap: <code>, position: {{x: <code>, y: 0}}, size: {{width: 90%, height: 9%}}}}
"""
    made = compile(Source("a.vidc.yaml", spec))
    assert made.job is not None
    scene = made.job.data["videoCreative"]["scenes"][0]
    track = scene["tracks"][0]
    assert (scene["duration"], track["text"], track["startTimeGap"], track["position"]["x"]) == (4200, value, 42, 42)
    assert "0042" not in json.dumps({**made.job.data, "videoCreative": {"scenes": [{**track, "text": ""}]}})


def test_a_number_from_outside_has_its_digits_too() -> None:
    text = "variables: {code: 1, price: {type: number, required: true}}\nscenes: [{name: <code>, x: <price> a}]\n"
    tree, found = run(text, given={"code": "007", "price": "49.90"})
    assert tree is not None
    scenes = tree.entries["scenes"][1]
    assert isinstance(scenes, Sequence)
    scene = scenes.items[0]
    assert isinstance(scene, Mapping)
    name = scene.entries["name"][1]
    assert isinstance(name, Scalar)
    assert name.anchor is not None
    assert (name.value, name.anchor.text, plain(scene.entries["x"][1]), found) == (7, "007", "49.90 a", [])


def test_one_mistake_in_a_use_is_one_finding() -> None:
    text = (
        "components: {c: {parameters: {title: {type: string, required: true}}, tracks: []}}\nscenes: [{tracks: [%s]}]\n"
    )
    assert run(text % "{use: c, title: Hi}")[1] == ["key-beside-use"]
    assert run(text % "{use: c, with: {titel: Hi}}")[1] == ["unknown-parameter"]
    assert run(text % "{use: c}")[1] == ["missing-parameter"]


def test_defaults_for_a_misspelled_type_are_a_finding() -> None:
    assert run("defaults: {imgae: {x: 1}}\nscenes: []\n")[1] == ["misspelled-default"]
    assert run("defaults: {hologram: {x: 1}}\nscenes: []\n")[1] == ["misspelled-default"]
    assert run("defaults: {hologram: {x: 1}}\nscenes: [{tracks: [{type: hologram}]}]\n")[1] == []
    assert run("defaults: {tracks: {text: {x: 1}}}\nscenes: []\n")[1] == ["misspelled-default"]
    assert run("defaults: {x-own: {x: 1}}\nscenes: []\n")[1] == []


def test_a_required_variable_is_an_error_when_compiling_and_a_note_when_linting() -> None:
    text = "variables: {a: {type: string, required: true}, b: {type: string, required: true, example: Bo}}\nscenes: [{name: <a><b>}]\n"
    assert run(text)[1] == ["missing-variable", "missing-variable"]
    tree, found = run(text, draft=True)
    assert found == ["missing-variable", "example-used"]
    assert tree is not None
    scenes = tree.entries["scenes"][1]
    assert isinstance(scenes, Sequence)
    scene = scenes.items[0]
    assert isinstance(scene, Mapping)
    name = scene.entries["name"][1]
    assert isinstance(name, Scalar)
    assert (name.value, name.unknown) == ("Bo", True)
    assert data(text, given={"a": "Al", "b": "Bea"})["scenes"] == [{"name": "AlBea"}]


@pytest.mark.parametrize(
    ("declaration", "value", "result"),
    [
        ("{type: number, required: true}", "12", 12),
        ("{type: number, required: true}", "1.5", 1.5),
        ("{type: number, required: true}", "many", "wrong-variable-type"),
        ("{type: boolean, required: true}", "true", True),
        ("{type: boolean, required: true}", "yes", "wrong-variable-type"),
        ("{type: time, required: true}", "2.5s", 2500),
        ("{type: time, required: true}", "2000", 2000),
        ("{type: time, required: true}", "soon", "wrong-variable-type"),
        ("{type: url, required: true}", "https://x.example.com/a", "https://x.example.com/a"),
        ("{type: url, required: true}", "a.png", "wrong-variable-type"),
        ("{type: string, required: true, max_length: 3}", "Anna", "variable-out-of-bounds"),
        ("{type: string, required: true, choices: [a, b]}", "c", "variable-out-of-bounds"),
        ("{type: number, required: true, minimum: 5}", "4", "variable-out-of-bounds"),
        ("Northwind", "Contoso", "Contoso"),
        ("3", "4", 4),
        ("3", "four", "wrong-variable-type"),
    ],
)
def test_given_values_are_read_as_declared(declaration: str, value: str, result: object) -> None:
    text = f"variables: {{v: {declaration}}}\nscenes: [{{name: '{{{{ v }}}}'}}]\n"
    tree, found = run(text, given={"v": value})
    if found:
        assert found == [result]
    else:
        assert tree is not None
        assert plain(tree.entries["scenes"][1]) == [{"name": result}]


def test_includes_bring_names_and_the_includer_wins() -> None:
    files = {
        "brand.yaml": "include: [deep.yml]\nvariables: {company: Brand, color: red}\ncomponents: {logo: {tracks: [{type: image}]}}\n",
        "deep.yml": "variables: {company: Deep, size: 9}\n",
    }
    text = "include: [brand.yaml]\nvariables: {color: blue}\nscenes: [{name: <company> <color> <size>, tracks: [{use: logo}]}]\n"
    assert data(text, files=files)["scenes"] == [{"name": "Brand blue 9", "tracks": [{"type": "image"}]}]


_CLASHING = {
    "a.yaml": "variables: {x: 1}\ncomponents: {c: {tracks: [{type: image}]}}\ndefaults: {text: {a: 1, b: {c: 1, d: 1}}}\n",
    "b.yaml": "variables: {x: 2}\ncomponents: {c: {tracks: [{type: video}]}}\ndefaults: {text: {a: 2, b: {c: 2, d: 1}}}\n",
}
_SETTLED = "variables: {x: 3}\ncomponents: {c: {tracks: [{type: audio}]}}\ndefaults: {text: {a: 3, b: {c: 3}}}\n"
_USED = "scenes: [{name: <x>, tracks: [{use: c}, {type: text}]}]\n"


@pytest.mark.parametrize(
    ("files", "text"),
    [
        (_CLASHING, "include: [a.yaml, b.yaml]\n" + _SETTLED),
        ({**_CLASHING, "brand.yaml": "include: [a.yaml, b.yaml]\n" + _SETTLED}, "include: [brand.yaml]\n"),
        ({**_CLASHING, "brand.yaml": "include: [a.yaml, b.yaml]\n"}, "include: [brand.yaml]\n" + _SETTLED),
    ],
)
def test_who_includes_files_that_clash_settles_it(files: dict[str, str], text: str) -> None:
    tracks = [{"type": "audio"}, {"type": "text", "a": 3, "b": {"c": 3, "d": 1}}]
    assert data(text + _USED, files=files)["scenes"] == [{"name": 3, "tracks": tracks}]


def test_defaults_that_clash_are_settled_key_by_key() -> None:
    text = "include: [a.yaml, b.yaml]\nvariables: {x: 3}\ncomponents: {c: null}\ndefaults: {text: {a: 3}}\nscenes: []\n"
    assert run(text, files=_CLASHING)[1] == ["include-clash", "wrong-component"]


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ({"a.yaml": "variables: {x: 1}", "b.yaml": "variables: {x: 2}"}, ["include-clash"]),
        ({"a.yaml": "include: [c.yaml]", "b.yaml": "include: [c.yaml]", "c.yaml": "variables: {x: 2}"}, []),
        ({"a.yaml": "include: [b.yaml]", "b.yaml": "include: [a.yaml]"}, ["include-cycle", "include-cycle"]),
        ({"a.yaml": "scenes: []", "b.yaml": "variables: {}"}, ["not-includable"]),
        ({"a.yaml": "variables: {y: 1}"}, ["cannot-include"]),
        ({"a.yaml": "[", "b.yaml": "variables: {}"}, ["yaml-syntax"]),
    ],
)
def test_what_is_wrong_with_includes(files: dict[str, str], names: list[str]) -> None:
    assert run("include: [a.yaml, b.yaml]\nscenes: []\n", files=files)[1] == names


def test_a_job_is_taken_literally() -> None:
    text = '{"videoCreative": {"scenes": [{"name": "<a> {{ b }}", "for": "x"}]}}'
    assert data(text) == {"videoCreative": {"scenes": [{"name": "<a> {{ b }}", "for": "x"}]}}
    assert run(text, given={"a": "1"})[1] == ["undeclared-variable"]


def test_what_needs_no_filling_is_handed_on_as_it_is() -> None:
    log = Log()
    root = parse(Source("a", "settings: {name: x}\nscenes: [{duration: 2s, tracks: [{type: image}]}]\n"), log)
    assert root is not None
    assert expand(root, log, given={}, read=lambda _name, _base: "no") is root


def told(text: str, **options: Any) -> list[tuple[str, str, str]]:
    """The name, the place and the help of each finding."""
    log = Log()
    root = parse(Source("a.vidc.yaml", text), log)
    assert root is not None
    expand(root, log, given={}, read=lambda _name, _base: "no", **options)
    return [(finding.name, finding.span.text, finding.words.help) for finding in log.findings]


USE = "components: {card: {parameters: {title: {type: string, required: true}%s}, tracks: [%s]}}\nscenes: [{tracks: [%s]}]\n"
CARD = '{type: text, text: "<title>"}'


@pytest.mark.parametrize(
    ("more", "track"),
    [
        (", other: {default: <title>}", '{type: text, text: "<other>"}'),
        ("", "{if: title, type: image}"),
        ("", "{for: x in title, type: image, imageUrl: <x>}"),
        ("", "{use: inner, with: {text: '{{ title | upper }}'}}"),
        ("", "{type: text, text: 'Hello {title}'}"),
        ("", "{type: text, text: 'Hello <titel>'}"),
    ],
)
def test_a_parameter_counts_as_used_wherever_its_name_stands_or_is_meant(more: str, track: str) -> None:
    assert "unused-parameter" not in [one[0] for one in told(USE % (more, track, ""))]


def test_a_parameter_that_no_template_names_is_unused() -> None:
    text = USE % (", line1: a, line2: {type: string, default: b}", CARD + ", {type: text, text: <line1> <line1>}", "")
    assert told(text) == [
        ("unused-parameter", "line2", "write `<line2>` where its value should stand, or remove it here")
    ]
    assert told(USE % ("", "", "")) == []


@pytest.mark.parametrize(
    ("use", "said"),
    [
        ("{use: card}", [("missing-parameter", "card", "add `with: {title: ...}`")]),
        ("{use: card, with: {}}", [("missing-parameter", "card", "add `title: ...` to its `with`")]),
        ("{use: card, with: {titel: a}}", [("unknown-parameter", "titel", "did you mean `title`?")]),
        ("{use: card, with: {heading: a}}", [("unknown-parameter", "heading", "did you mean `title`?")]),
        ("{use: card, with: {title: a, b: c}}", [("unknown-parameter", "b", "it has `title`")]),
        ("{use: card, params: {title: a}}", [("key-beside-use", "params", "write `with`")]),
        ("{use: {name: card}}", [("unknown-component", "{name: card}", "did you mean `card`?")]),
        (
            "{use: card(title)}",
            [("unknown-component", "card(title)", "write `use: card`, and what it is passed under `with`")],
        ),
    ],
)
def test_one_mistake_in_what_is_passed_is_one_finding(use: str, said: list[tuple[str, str, str]]) -> None:
    assert told(USE % ("", CARD, use)) == said


@pytest.mark.parametrize(
    ("body", "help"),
    [
        ("[{type: image}]", "put this list under `tracks:`"),
        ("{type: image}", "put it under `tracks:`, behind a dash: `- type: ...`"),
        ("{track: []}", "write `tracks` for `track`"),
        ("{tracks: [], scene: {}}", "remove `scene`, or put these tracks into it"),
        ("null", "write `tracks: [...]` under its name"),
    ],
)
def test_a_component_of_another_shape_is_told_once_and_its_uses_are_not(body: str, help: str) -> None:
    text = f"components: {{card: {body}}}\nscenes: [{{tracks: [{{use: card, with: {{a: b}}}}]}}]\n"
    assert told(text) == [("wrong-component", "card", help)]


@pytest.mark.parametrize(
    ("declared", "use"),
    [
        ("first-name: Ann", "<first-name>"),
        ("first-name: Ann", "{{ first-name | upper }}"),
        ("first-name: Ann", "<first_name>"),
        ("first name: Ann", "<first name>"),
        ("user.name: Ann", "<user.name>"),
    ],
)
def test_a_name_that_cannot_be_one_is_told_where_it_is_declared_and_nowhere_else(declared: str, use: str) -> None:
    assert [one[0] for one in told(f"variables: {{{declared}}}\nscenes: [{{name: '{use}'}}]\n")] == [
        "bad-variable-name"
    ]


@pytest.mark.parametrize(
    ("option", "at", "help"),
    [
        ("required: yes", "yes", "write `required: true`"),
        ("required: off", "off", "write `required: false`"),
        ("max_length: '40'", "'40'", "write `max_length: 40`"),
        ("choices: Pro | Team", "Pro | Team", "write `choices: [Pro, Team]`"),
        ("minimum: 1.5s", "1.5s", "write `minimum: 1500`"),
        ("maximum: three", "three", "write `maximum: 10`"),
    ],
)
def test_a_key_of_a_declaration_that_is_not_of_its_kind_is_told(option: str, at: str, help: str) -> None:
    text = f"variables: {{a: {{type: string, default: b, {option}}}}}\nscenes: []\n"
    assert told(text) == [("wrong-shape", at, help)]


def test_a_variable_that_is_required_by_any_word_is_required() -> None:
    found = told("variables: {a: {type: string, required: yes}}\nscenes: [{name: <a>}]\n", draft=True)
    assert [one[0] for one in found] == ["wrong-shape", "missing-variable"]


def test_a_declaration_among_the_values_of_the_service_is_told_once_and_not_where_it_is_used() -> None:
    text = (
        "dynamicVariables: {a: {type: string, default: Ann}, b: {required: true}, c: {}, d: Bob}\n"
        "scenes: [{name: '<a>, <b>, {a}'}]\n"
    )
    help = "move it under `variables:`, and write `<a>` in texts; or write its text alone: `a: Ann`"
    assert told(text) == [("misplaced-declaration", "a", help)]


@pytest.mark.parametrize(
    ("served", "text", "said"),
    [
        ("", "{company}", [("own-variable-in-braces", "'{company}'", "write `<company>`")]),
        ("", "On {company}.", [("own-variable-in-braces", "{company}", "write `<company>`")]),
        ("", "On ${ user.name }.", [("own-variable-in-braces", "${ user.name }", "write `<user.name>`")]),
        ("", "On {compny}.", [("own-variable-in-braces", "{compny}", "write `<company>`")]),
        ("", "On %{company}.", [("own-variable-in-braces", "%{company}", "write `<company>`")]),
        ("", "5%{price}.", [("own-variable-in-braces", "{price}", "write `<price>`")]),
        (
            "",
            "${price}",
            [("own-variable-in-braces", "'${price}'", "write `<price>`, or `$<price>` for an amount of dollars")],
        ),
        ("", "{# {company} #} {% if price %}{% endif %}", None),
        ("company: x", "On {company}.", []),
        ("compeny: x", "On {compny}.", []),
        ("", "On {plan}, {{ {} }} and {{ '{company}' }}.", None),
    ],
)
def test_the_braces_of_the_service_are_none_of_a_variable_of_the_spec(
    served: str, text: str, said: list[tuple[str, str, str]] | None
) -> None:
    spec = (
        "variables: {company: Northwind, user: {name: Ann}, price: 49}\n"
        f'dynamicVariables: {{{served}}}\nscenes: [{{name: "{text}"}}]\n'
    )
    found = [one for one in told(spec) if one[0] == "own-variable-in-braces"]
    assert found == [(name, at.replace("'", '"'), help) for name, at, help in said or []]


def test_braces_in_what_goes_to_the_service_as_it_is_are_the_authors() -> None:
    assert told("variables: {a: b}\ncallbackPayload: {text: 'Hi {a}'}\nscenes: []\n") == []


@pytest.mark.parametrize(
    ("loop", "help"),
    [
        ("names", "write `for: name in names`"),
        ("item of names", "write `for: item in names`"),
        ("names as item", "write `for: item in names`"),
        ("Item IN names", "write `for: Item in names`"),
        ("{item: names}", "write `for: item in names`"),
        ("[Ann, 3]", "write `for: item in ['Ann', 3]`"),
        ("3 times", "write it as `for: feature in features`"),
    ],
)
def test_a_loop_that_is_written_otherwise_is_told_as_it_is_written_here(loop: str, help: str) -> None:
    assert told(f"variables: {{names: [Ann]}}\nscenes: [{{for: {loop}}}]\n") == [("wrong-for", loop, help)]


def test_statements_among_tracks_are_told_once_and_nothing_is_said_of_what_stands_between_them() -> None:
    text = """
variables: {features: [a]}
scenes:
  - tracks:
      - "{% for f in features %}"
      - {type: text, text: "{{ f }}"}
      - "{% if f %}"
      - "{% endif %}"
      - "{% endfor %}"
      - {type: text, text: "{{ g }}"}
"""
    help = "write `for: f in features` as a key of the scene or track itself"
    assert [(name, said) for name, _, said in told(text)] == [
        ("template-not-allowed", help),
        ("undefined-name", "defined here: `features`"),
    ]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("{% set x = 1 %}", ("template-not-allowed", "declare it in `variables`")),
        ("{% endif %}", ("template-syntax", "remove it, or write `{% if ... %}` where it begins")),
        ("{%- if a % 2 -%}", ("template-not-allowed", "write `if: a % 2` as a key of the scene or track itself")),
    ],
)
def test_a_statement_among_tracks_is_never_dropped_without_a_word(item: str, said: tuple[str, str]) -> None:
    assert [(name, help) for name, _, help in told(f"scenes: [{{tracks: ['{item}']}}]\n")] == [said]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{% if a == 1 %}", "a == 1"),
        ("{%- if a % 2 -%}", "a % 2"),
        ("{a.b}", "a.b"),
        ("{{ a }} == 1", "a == 1"),
        ("not {{ a }}", "not a"),
        ("{{ a or b }} and c", "(a or b) and c"),
    ],
)
def test_a_condition_in_other_marks_is_told_without_them(written: str, meant: str) -> None:
    text = f"variables: {{a: 1}}\nscenes: [{{if: '{written}'}}]\n"
    assert told(text) == [("template-syntax", f"'{written}'", f"write `{meant}`")]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("<zzz>", ("undefined-name", "zzz", "defined here: `plan` and `flag`")),
        ("<plann>", ("undefined-name", "plann", "did you mean `plan`?")),
        ("not <zzz> and flag", ("undefined-name", "zzz", "defined here: `plan` and `flag`")),
        ("<plan.x> == 1", ("undefined-field", "x", "write `plan` alone")),
        ("{{ plan.x }}", ("undefined-field", "x", "write `plan` alone")),
    ],
)
def test_a_name_in_a_condition_is_no_text_whatever_marks_it_has(condition: str, said: tuple[str, str, str]) -> None:
    assert told(f'variables: {{plan: Pro, flag: false}}\nscenes: [{{if: "{condition}"}}]\n') == [said]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("{{ plan }}", True),
        ("{{- flag -}}", False),
        ("{{ plan == '}}' }}", False),
        ("{{ {'a': {'b': plan}}['a']['b'] == 'Pro' }}", True),
        (" <flag> ", False),
        ("<plan> == 'Pro'", True),
        ("(<plan>) != 'Pro'", False),
        ("<plan | upper> == 'PRO'", True),
        ("'<plan>' == plan", False),
        ("plan != '{{ company }}'", True),
    ],
)
def test_a_condition_means_the_same_in_any_marks(condition: str, holds: bool) -> None:
    text = f'variables: {{plan: Pro, flag: false}}\nx-use: plan, flag\nscenes: [{{if: "{condition}", name: a}}]\n'
    assert data(text)["scenes"] == [{"name": "a"}] * holds


@pytest.mark.parametrize(
    ("condition", "right"),
    [
        ("{plan} == 'Pro'", "plan == 'Pro'"),
        ("'{plan}' == 'Pro'", "plan == 'Pro'"),
        ("plan != '{{ plan }}'", "plan != plan"),
        ("{{ plan == 'Pro' }} and {flag}", "(plan == 'Pro') and flag"),
    ],
)
def test_a_condition_with_braces_inside_is_told_what_to_write(condition: str, right: str) -> None:
    text = f'variables: {{plan: Pro, flag: false}}\nscenes: [{{if: "{condition}"}}]\n'
    assert [(name, help) for name, _, help in told(text)] == [("template-syntax", f"write `{right}`")]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("audience == 'Manager'", [("never-equal", "'Manager'", "write `'managers'`")]),
        ("'b' and audience != 'all'", [("never-equal", "'all'", "it is one of `staff` and `managers`")]),
        ("audience == 'managers'", []),
        ("other.audience == 'all'", []),
    ],
)
def test_a_variable_is_never_what_is_none_of_its_choices(condition: str, said: list[tuple[str, str, str]]) -> None:
    declared = "audience: {type: string, choices: [staff, managers], default: staff}, other: {audience: all}"
    text = (
        f'variables: {{{declared}}}\nscenes: [{{if: "{condition}", name: a}}, {{name: "{{{{ 1 if {condition} }}}}"}}]\n'
    )
    assert [one for one in told(text) if one[0] == "never-equal"] == said * 2
    loop = f"for: \"audience in ['all', 'Manager']\", if: \"{condition}\", name: a"
    assert "never-equal" not in [name for name, *_ in told(f"variables: {{{declared}}}\nscenes: [{{{loop}}}]\n")]


def test_a_component_is_named_without_the_file_that_it_comes_from() -> None:
    text = "components: {backdrop: {tracks: []}}\nscenes: [{tracks: [{use: brand.backdrop}]}]\n"
    assert [(name, help) for name, _, help in told(text)] == [("unknown-component", "did you mean `backdrop`?")]


def test_a_loop_that_chooses_among_its_items_is_told_to_do_so_beside_it() -> None:
    text = "variables: {a: [1], b: [2], plan: Pro}\nscenes: [{for: x in a if x > 1, name: <x>}]\n"
    assert [(name, help) for name, _, help in told(text)] == [
        ("wrong-for", "write `for: x in a`; beside it, write `if: x > 1`")
    ]
    assert data(text.replace("x in a if x > 1", "x in a if plan == 'Pro' else b"))["scenes"] == [{"name": 1}]


def mended(text: str) -> str:
    """The text with the repair of its only finding made."""
    log = Log()
    root = parse(Source("a.vidc.yaml", text), log)
    assert root is not None
    expand(root, log, given={}, read=lambda _name, _base: "no")
    (finding,) = log.findings
    (repair,) = finding.words.repairs or (None,)
    return text if repair is None else applied(text, list(repair.edits))


@pytest.mark.parametrize(
    ("track", "right"),
    [
        ("card: Hello", "use: card\n    with: {title: Hello}"),
        ("card: Hello, you", 'use: card\n    with: {title: "Hello, you"}'),
        ("card: It's [new]", 'use: card\n    with: {title: "It\'s [new]"}'),
        ("card: 'Hello, you'", "use: card\n    with: {title: 'Hello, you'}"),
        ("card: {title: Hello}", "use: card\n    with: {title: Hello}"),
        ("card: &a Hello", "card: &a Hello"),
        ("card: |\n      Hello", "card: |\n      Hello"),
    ],
)
def test_a_component_as_a_key_is_mended_to_what_it_says(track: str, right: str) -> None:
    text = (
        "components:\n  card:\n    parameters: {size: {default: 1}, title: {required: true}}\n"
        "    tracks: [{type: text, text: <title> <size>}]\nscenes:\n- tracks:\n  - %s\n"
    )
    assert mended(text % track) == text % right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("'{company}'", "'<company>'"),
        ('"{ company }"', '"<company>"'),
        ("'On #{company}.'", "'On <company>.'"),
        ("It costs ${price}.", "It costs ${price}."),
    ],
)
def test_braces_around_a_variable_of_the_spec_are_mended_where_it_is_sure(text: str, right: str) -> None:
    spec = "variables: {company: Northwind, price: 49.9}\nscenes:\n- name: %s\n"
    assert mended(spec % text) == spec % right


def test_a_component_does_not_see_the_loop_around_its_use() -> None:
    text = """
components: {card: {tracks: [{type: text, text: "<feature>"}, {type: text, text: "{{ feature }}"}, {type: text, text: "<loop.index>"}]}}
scenes: [{for: "feature in [1]", tracks: [{use: card}]}]
"""
    help = (
        "a component does not see `feature` around its use: give it `parameters: {feature: {type: number}}`, "
        "and give its use `with: {feature: <feature>}`"
    )
    number = (
        "a component does not see the loop around its use: write `<number>` here, give it "
        "`parameters: {number: {type: number}}`, and give its use `with: {number: <loop.index>}`"
    )
    assert told(text) == [
        ("unfilled-name", "feature", help),
        ("undefined-name", "feature", help),
        ("unfilled-loop", "loop", number),
    ]


def test_one_value_that_is_text_for_a_truth_is_told_once() -> None:
    text = "variables: {a: no}\nscenes: [{if: a}, {if: not a}, {name: '{% if a %}x{% endif %}'}]\n"
    assert [(name, at) for name, at, _ in told(text)] == [("text-as-truth", "a")]
