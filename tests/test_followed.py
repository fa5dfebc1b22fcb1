"""Mistakes of those who come from other languages: one finding each, whose help, followed to the letter, gives the film
that was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from vidc.compile import compile
from vidc.project import load, reader
from vidc.source import Source

HEAD = """\
variables:
  company: Northwind
  plan: Team
  assets: https://cdn.example.com/tour
  lang: de
  hello: {en: Welcome, de: Willkommen}
  features: [{title: Reports, beta: false}, {title: Alerts, beta: false}]
defaults:
  text: {position: {x: 0, y: 0}, size: {width: 900, height: 90}}
  image: {position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
"""

SLIPS = {
    "a loop with a counter": (
        "for: i, feature in enumerate(features), duration: 4s, tracks: [{type: text, text: <feature.title>}]",
        ["wrong-for"],
        "write `for: feature in features`; in place of `i`, write `loop.index0`",
        {"i, feature in enumerate(features)": "feature in features"},
    ),
    "a loop with a pair": (
        'for: "(feature, i) in features", duration: 4s, tracks: [{type: text, text: <feature.title>}]',
        ["wrong-for"],
        "write `for: feature in features`; in place of `i`, write `loop.index`, or `loop.index0` to begin with 0",
        {'"(feature, i) in features"': "feature in features"},
    ),
    "a loop of another name": (
        "for_each: features, duration: 4s, tracks: [{type: text, text: <feature.title>}]",
        ["invented-property"],
        "write `for: feature in features`",
        {"for_each: features": "for: feature in features"},
    ),
    "the turn of another language": (
        "for: feature in features, duration: 4s, tracks: [{type: text, text: <forloop.counter>. <feature.title>}]",
        ["unfilled-name"],
        "write `<loop.index>`; if it is text, write `\\<forloop.counter>`",
        {"<forloop.counter>": "<loop.index>"},
    ),
    "the turn counted from nothing": (
        "for: feature in features, duration: 4s, tracks: [{type: text, text: <i + 1>. <feature.title>}]",
        ["worked-in-brackets"],
        "write `<loop.index>`",
        {"<i + 1>": "<loop.index>"},
    ),
    "a variable of an object": (
        "duration: 4s, tracks: [{type: text, text: <variables.company>}]",
        ["unfilled-name"],
        "write `<company>`; if it is text, write `\\<variables.company>`",
        {"<variables.company>": "<company>"},
    ),
    "a variable of an object in an address": (
        "duration: 4s, tracks: [{type: image, imageUrl: <var.assets>/a.png}]",
        ["unfilled-name"],
        "write `<assets>`; if it is text, write `\\<var.assets>`",
        {"<var.assets>": "<assets>"},
    ),
    "a value of a chart": (
        "duration: 4s, tracks: [{type: image, imageUrl: '{{ .Values.assets }}/a.png'}]",
        ["template-syntax"],
        "write `assets` for `.Values.assets`",
        {".Values.assets": "assets"},
    ),
    "a field that a variable names": (
        "duration: 4s, tracks: [{type: text, text: '{{ hello.lang }}'}]",
        ["undefined-field"],
        "write `hello[lang]`",
        {"hello.lang": "hello[lang]"},
    ),
    "a name in braces": (
        "duration: 4s, tracks: [{type: text, text: {company}}]",
        ["wrong-type"],
        "write `<company>`",
        {"{company}": "<company>"},
    ),
    "a choice as a mapping": (
        "duration: 4s, tracks: [{type: text, text: {if: plan == 'Team', then: For <plan>, else: For all}}]",
        ["wrong-type"],
        "write the choice as one expression: `\"{{ 'For ' ~ plan if plan == 'Team' else 'For all' }}\"`",
        {
            "{if: plan == 'Team', then: For <plan>, else: For all}": (
                "\"{{ 'For ' ~ plan if plan == 'Team' else 'For all' }}\""
            )
        },
    ),
    "a condition in braces": (
        "if: \"{plan} == 'Team'\", duration: 4s, tracks: [{type: text, text: For teams}]",
        ["template-syntax"],
        "write `plan == 'Team'`",
        {"\"{plan} == 'Team'\"": "plan == 'Team'"},
    ),
    "a condition of which a part is in braces": (
        "duration: 4s, tracks: [{type: text, text: A, if: \"{{ plan }} == 'Free'\"}, {type: text, text: B}]",
        ["template-syntax"],
        "write `plan == 'Free'`",
        {"\"{{ plan }} == 'Free'\"": "plan == 'Free'"},
    ),
    "a condition in a text's braces": (
        "duration: 4s, tracks: [{type: text, text: A, if: \"${plan} in ['Free']\"}, {type: text, text: B}]",
        ["template-syntax"],
        "write `\"plan in ['Free']\"`",
        {"\"${plan} in ['Free']\"": "\"plan in ['Free']\""},
    ),
    "a condition with signs for words": (
        "for: feature in features, if: \"!feature.beta && plan === 'Team'\", "
        "duration: 4s, tracks: [{type: text, text: <feature.title>}]",
        ["template-syntax"],
        "write `not feature.beta and plan == 'Team'`",
        {"\"!feature.beta && plan === 'Team'\"": "not feature.beta and plan == 'Team'"},
    ),
    "a text behind or": (
        "if: plan == 'Free' or 'Pro', duration: 4s, tracks: [{type: text, text: A}]}\n"
        "  - {duration: 4s, tracks: [{type: text, text: B}]",
        ["text-as-truth"],
        "write `plan == 'Free' or plan == 'Pro'`",
        {"plan == 'Free' or 'Pro'": "plan == 'Free' or plan == 'Pro'"},
    ),
    "a name in quotes": (
        "duration: 4s, tracks: [{type: text, text: A, if: \"'plan' == 'Team'\"}]",
        ["never-equal"],
        "write `plan == 'Team'`",
        {"\"'plan' == 'Team'\"": "plan == 'Team'"},
    ),
    "a loop over tracks": (
        "duration: 4s, tracks: [{for: feature in features, tracks: [{type: text, text: <feature.title>, "
        "position: {x: 0, y: '{{ 20 * loop.index }}%'}}]}]",
        ["misplaced-property"],
        "a track holds no tracks: give each of them its own `for: feature in features`, "
        "or make them a component and `use` it",
        {"{for: feature in features, tracks: [{type": "{for: feature in features, type", "}}]}]": "}}]"},
    ),
    "a unit that is counted with": (
        "duration: 4s, tracks: [{type: text, text: A, startTimeGap: '{{ 1s * features | length }}'}]",
        ["template-syntax"],
        "write `{{ 1 * features | length }}s`",
        {"{{ 1s * features | length }}": "{{ 1 * features | length }}s"},
    ),
    "a list for a condition": (
        "if: [plan == 'Team'], duration: 4s, tracks: [{type: text, text: For teams}]",
        ["wrong-shape"],
        "write `if: plan == 'Team'`",
        {"if: [plan == 'Team']": "if: plan == 'Team'"},
    ),
    "two pairs of brackets": (
        "duration: 4s, tracks: [{type: text, text: At <<company>>}]",
        ["misspelt-name"],
        "write `<company>`",
        {"<<company>>": "<company>"},
    ),
    "an expression with a name in braces": (
        "duration: 4s, tracks: [{type: text, text: \"{% if {plan} == 'Team' %}For teams{% endif %}\"}]",
        ["template-syntax"],
        "write `plan` for `{plan}`",
        {"{plan}": "plan"},
    ),
    "a variable of the environment": (
        "duration: 4s, tracks: [{type: text, text: 'At {{ env.COMPANY }}'}]",
        ["undefined-name"],
        "vidc reads no environment: write `company`, and give it with `--var company=...`",
        {"env.COMPANY": "company"},
    ),
    "a turn with a key and a value": (
        "for: each in features, duration: 4s, tracks: [{type: text, text: <each.value.title>}]",
        ["undefined-field"],
        "write `each.title` for `each.value.title`",
        {"each.value.title": "each.title"},
    ),
}
"""By mistake: the scene, the findings, the help, and what it says to write for what."""

MEANT = {
    "a loop of another name": ["Reports", "Alerts"],
    "the turn of another language": ["1. Reports", "2. Alerts"],
    "the turn counted from nothing": ["1. Reports", "2. Alerts"],
    "a variable of an object in an address": ["https://cdn.example.com/tour/a.png"],
    "a value of a chart": ["https://cdn.example.com/tour/a.png"],
    "a field that a variable names": ["Willkommen"],
    "a choice as a mapping": ["For Team"],
    "a loop with a counter": ["Reports", "Alerts"],
    "a loop with a pair": ["Reports", "Alerts"],
    "a variable of an object": ["Northwind"],
    "a name in braces": ["Northwind"],
    "a condition in braces": ["For teams"],
    "a condition of which a part is in braces": ["B"],
    "a condition in a text's braces": ["B"],
    "a condition with signs for words": ["Reports", "Alerts"],
    "a turn with a key and a value": ["Reports", "Alerts"],
    "a text behind or": ["B"],
    "a name in quotes": ["A"],
    "a loop over tracks": ["Reports", "Alerts"],
    "a unit that is counted with": ["A"],
    "a list for a condition": ["For teams"],
    "two pairs of brackets": ["At Northwind"],
    "an expression with a name in braces": ["For teams"],
    "a variable of the environment": ["At Northwind"],
}
"""What is shown then."""


def told(text: str) -> list[tuple[str, str]]:
    made = compile(Source("page.vidc.yaml", text), draft=True)
    return [(one.name, one.words.help) for one in made.findings if one.severity != "note"]


def shown(text: str) -> list[str]:
    job = compile(Source("page.vidc.yaml", text)).job
    assert job is not None
    tracks = [track for scene in job.data["videoCreative"]["scenes"] for track in scene["tracks"]]
    return [track.get("text") or track["imageUrl"] for track in tracks]


@pytest.mark.parametrize("name", SLIPS)
def test_help_that_is_followed_gives_what_was_meant(name: str) -> None:
    scene, names, help, changes = SLIPS[name]
    assert told(f"{HEAD}scenes:\n  - {{{scene}}}\n") == [(one, help) for one in names]
    for wrong, right in changes.items():
        assert wrong in scene
        scene = scene.replace(wrong, right)
    mended = f"{HEAD}scenes:\n  - {{{scene}}}\n"
    assert told(mended) == []
    assert shown(mended) == MEANT[name]


CAPTION = HEAD.replace("defaults:", "components:\n  caption:\n{parts}\ndefaults:") + (
    "scenes:\n  - for: feature in features\n    duration: 4s\n    tracks:\n      - {use: captionUSE}\n"
)
LOOP_TEXT = "    tracks: [{type: text, text: <feature.title>}]"


def caption(parts: str, use: str = "") -> str:
    return CAPTION.replace("{parts}", parts).replace("USE", use)


def test_what_a_component_does_not_see_is_declared_and_passed() -> None:
    half = "give it `parameters: {feature: {type: object}}`"
    assert told(caption(LOOP_TEXT)) == [
        (
            "unfilled-name",
            f"a component does not see `feature` around its use: {half}, and give its use `with: {{feature: <feature>}}`",
        )
    ]
    assert told(caption(LOOP_TEXT, ", with: {feature: <feature>}")) == [("unknown-parameter", half)]
    declared = "    parameters: {feature: {type: object}}\n" + LOOP_TEXT
    assert told(caption(declared, ", with: {feature: <feature>}")) == []
    assert shown(caption(declared, ", with: {feature: <feature>}")) == ["Reports", "Alerts"]


def test_a_json_schema_of_parameters_is_one_finding() -> None:
    schema = "    parameters: {type: object, properties: {title: {type: string, maxLength: 9}}, required: [title]}\n"
    tracks = "    tracks: [{type: text, text: <title>}]"
    use = ", with: {title: <feature.title>}"
    right = "parameters: {title: {type: string, required: true, max_length: 9}}"
    assert told(caption(schema + tracks, use)) == [("wrong-shape", f"write `{right}`")]
    assert told(caption(f"    {right}\n{tracks}", use)) == []
    assert shown(caption(f"    {right}\n{tracks}", use)) == ["Reports", "Alerts"]


@pytest.mark.parametrize(
    "variables",
    [
        "{properties: {sea: A view, rooms: 3}, company: A}",
        "{type: villa, properties: {sea: true}, company: A}",
        "{properties: {default: {a: {b: c}}}, required: {type: boolean, default: true}, company: A}",
    ],
)
def test_variables_that_a_schema_has_too_are_variables(variables: str) -> None:
    text = "duration: 4s, tracks: [{type: text, text: <company>}]"
    settings = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}"
    place = "defaults: {text: {position: {x: 0, y: 0}, size: {width: 900, height: 90}}}"
    assert told(f"variables: {variables}\n{settings}\n{place}\nscenes:\n  - {{{text}}}\n") == []


def test_the_name_of_a_type_as_a_value_is_told_once_and_taken_in_quotes() -> None:
    spec = HEAD + "scenes:\n  - {duration: 4s, tracks: [{type: text, text: Hello <company> and <plan>}]}\n"
    bare = spec.replace("Northwind", "string").replace("plan: Team", "plan: number")
    help = "declare it as `company: {type: string, required: true}`; if it is the text, write `'string'`"
    assert told(bare) == [("type-as-text", help)]
    assert told(bare.replace(": string", ": 'string'").replace(": number", ": {type: number, required: true}")) == []
    compared = "scenes:\n  - {if: company == 'string', duration: 4s, tracks: [{type: text, text: Hello}]}\n"
    assert told((HEAD + compared).replace("Northwind", "string")) == []


RULE = """\
    parameters: {{text: {{type: string, required: true}}, kind: {{type: string, default: plain}}}}
    tracks:
      - {{type: text, text: <text>}}
      - {{if: kind == 'title', type: text, text: A title, position: {{x: 0, y: 900}}}}
  rule:
    parameters: {{title: {{type: string, required: true}}}}
    tracks: [{{use: caption, with: {with_}}}]"""


@pytest.mark.parametrize(
    ("with_", "names"),
    [
        ("{text: title}", ["name-as-text"]),
        ("{text: <title>}", []),
        ("{text: <title>, kind: title}", []),
        ("{text: 'title'}", ["unused-parameter"]),
        ("{text: The title of <title>}", []),
    ],
)
def test_the_bare_name_of_a_parameter_is_told_where_a_text_is_shown(with_: str, names: list[str]) -> None:
    text = caption(RULE.format(with_=with_)).replace("{use: caption}", "{use: rule, with: {title: <feature.title>}}")
    assert [name for name, _ in told(text)] == names


def test_tracks_under_every_scene_are_told_where_no_scene_takes_them() -> None:
    logo = "components: {logo: {tracks: [{type: text, text: N, position: {x: 0, y: 900}}]}}"
    under = HEAD.replace("defaults:", f"{logo}\ndefaults:\n  scene: {{tracks: [{{use: logo}}]}}")
    scenes = "scenes:\n  - {duration: 4s, tracks: [{type: text, text: Hello}]}\n"
    help = "write `- {use: logo}` in the `tracks` of each scene, and remove this"
    assert told(under + scenes) == [("unused-default", help)]
    mended = HEAD.replace("defaults:", f"{logo}\ndefaults:") + scenes.replace("Hello}", "Hello}, {use: logo}")
    assert (told(mended), shown(mended)) == ([], ["Hello", "N"])
    taken = f"{under}{scenes}  - {{duration: 4s}}\n"
    assert (told(taken), shown(taken)) == ([], ["Hello", "N"])


def test_tracks_that_a_file_brings_may_be_for_other_specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vidc.toml").write_text("")
    (tmp_path / "brand.vidc.yaml").write_text("defaults: {scene: {tracks: [{type: text, text: N}]}}\n")
    scenes = "scenes:\n  - {duration: 4s, tracks: [{type: text, text: Hello}]}\n"
    (tmp_path / "video.vidc.yaml").write_text(f"include: [brand.vidc.yaml]\n{HEAD}{scenes}")
    monkeypatch.chdir(tmp_path)
    findings = compile(load("video.vidc.yaml"), read=reader(None)).findings
    assert [one.name for one in findings if one.severity != "note"] == []


def test_an_include_that_is_no_name_is_told_and_nothing_that_follows() -> None:
    text = "include: [{path: brand.vidc.yaml}]\n" + HEAD + "scenes:\n  - {tracks: [{use: office}, {type: actor}]}\n"
    assert told(text) == [("wrong-shape", "write `include: [brand.vidc.yaml]`")]


@pytest.mark.parametrize("key", ["if: plan == 'Team'", "for: x in features"])
def test_what_stands_beside_use_is_told_in_with(key: str) -> None:
    word = key.partition(":")[0]
    component = "    parameters: {title: {type: string, default: A}}\n    tracks: [{type: text, text: <title>}]"
    assert told(caption(component, f", with: {{{key}}}")) == [
        ("unknown-parameter", f"write `{word}` beside `use`, and not in `with`")
    ]
    assert told(caption(component, f", {key}")) == []
