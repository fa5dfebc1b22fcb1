"""Loops, conditions, components, defaults, variables and includes: what they give, and what is said of mistakes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vidc.compile import compile
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
    assert data(text)["scenes"] == [
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
components: {box: {parameters: {n: 1}, tracks: [{type: text, text: "{{ nope }}"}]}}
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
    assert run(f"variables:\n{defaults}  v{count}: 1\nscenes: []\n")[1] == names


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
    assert run("defaults: {hologram: {x: 1}}\nscenes: []\n")[1] == []


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
        assert plain(tree) == {"scenes": [{"name": result}]}


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
