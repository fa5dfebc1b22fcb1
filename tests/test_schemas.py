"""The JSON schemas, the tables that `check` reads by, and the order that `emit` writes in say the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import SCALE
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from vidc.contract import breaches, schema_text
from vidc.diag.finding import Log
from vidc.ir import job
from vidc.ir.form import is_literal
from vidc.ir.spec import Spec
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.passes.check import check, fields, places
from vidc.passes.check.tables import Table
from vidc.passes.emit import emit
from vidc.passes.expand.declaration import KEYS, TYPES
from vidc.source import Source

SPEC, JOB, TEMPLATE = "vidc.schema.json", "colossyan-job.schema.json", "colossyan-template-job.schema.json"


def schema(name: str) -> Any:
    return json.loads(schema_text(name))


def properties(part: Any) -> dict[str, Any]:
    """The properties of an object, or of the object among several forms."""
    if "properties" in part:
        return dict(part["properties"])
    return next(dict(form["properties"]) for form in part["anyOf"] if "properties" in form)


def sent(table: Table) -> set[str]:
    return {name for name, field in table.fields.items() if not field.own}


@pytest.mark.parametrize("name", [SPEC, JOB, TEMPLATE])
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


JOB_PARTS = {
    "settings": fields.SETTINGS,
    "scene": fields.SCENE,
    "transition": fields.TRANSITION,
    "position": places.POSITION,
    "size": places.SIZE,
    "actor": fields.ACTOR,
    "image": fields.IMAGE,
    "video": fields.VIDEO,
    "audio": fields.AUDIO,
    "text": fields.TEXT,
}


@pytest.mark.parametrize("part", JOB_PARTS)
def test_the_jobs_schema_has_the_fields_that_are_sent(part: str) -> None:
    described = properties(schema(JOB)["$defs"][part])
    assert set(described) == sent(JOB_PARTS[part])
    assert [name for name, one in described.items() if not one.get("description")] == []


def test_the_jobs_schema_has_the_fields_of_other_tracks() -> None:
    assert set(properties(schema(JOB)["$defs"]["other"])) | {"type"} == sent(fields.OTHER)


def test_the_jobs_schema_has_the_fields_of_its_top() -> None:
    whole = schema(JOB)
    assert set(whole["properties"]) == sent(fields.JOB)
    assert set(whole["properties"]["videoCreative"]["properties"]) == sent(fields.CREATIVE)
    assert set(whole["$defs"]["settings"]["properties"]["videoSize"]["properties"]) == sent(places.VIDEO_SIZE)
    assert set(schema(TEMPLATE)["properties"]) == sent(fields.TEMPLATE) - {"callback"}


SPEC_PARTS = {
    "settings": (fields.SETTINGS, set()),
    "scene": (fields.SCENE, {"for", "if", "use", "with"}),
    "transition": (fields.TRANSITION, set()),
    "position": (places.POSITION, set()),
    "size": (places.SIZE, set()),
    "actorTrack": (fields.ACTOR, set()),
    "imageTrack": (fields.IMAGE, set()),
    "videoTrack": (fields.VIDEO, set()),
    "audioTrack": (fields.AUDIO, set()),
    "textTrack": (fields.TEXT, set()),
}


@pytest.mark.parametrize("part", SPEC_PARTS)
def test_the_specs_schema_has_every_field(part: str) -> None:
    table, more = SPEC_PARTS[part]
    described = properties(schema(SPEC)["$defs"][part])
    assert set(described) == set(table.fields) | more
    assert [name for name, one in described.items() if name != "type" and not one.get("description")] == []


def test_the_specs_schema_has_every_key_of_its_top() -> None:
    described = schema(SPEC)["$defs"]["spec"]["properties"]
    assert set(described) == set(fields.TOP.fields) | set(fields.TEMPLATE.fields)
    assert [name for name, one in described.items() if not one.get("description")] == []
    assert set(schema(SPEC)["$defs"]["otherTrack"]["properties"]) | {"type"} == set(fields.OTHER.fields)


def test_the_specs_schema_has_every_key_of_a_declaration() -> None:
    declared = schema(SPEC)["$defs"]["declaration"]["properties"]
    assert (set(declared), declared["type"]["enum"]) == (set(KEYS), list(TYPES))


def test_what_is_sent_has_its_place_in_the_services_order() -> None:
    assert sent(fields.SETTINGS) == set(job.SETTINGS)
    assert sent(fields.SCENE) == set(job.SCENE)
    assert set().union(*(sent(table) for table in fields.TRACKS.values())) == set(job.TRACK)
    assert sent(fields.JOB) | sent(fields.TEMPLATE) == set(job.TOP)
    assert sent(fields.CREATIVE) == set(job.CREATIVE)


def test_the_examples_of_the_specs_schema_fit_it() -> None:
    whole = schema(SPEC)
    assert [breaches(example, SPEC) for example in whole["examples"]] == [[]]


@pytest.mark.parametrize("part", sorted(schema(SPEC)["$defs"]))
def test_the_examples_of_every_part_fit_it(part: str) -> None:
    whole = schema(SPEC)
    for name, one in {"": whole["$defs"][part], **whole["$defs"][part].get("properties", {})}.items():
        validator = Draft202012Validator({"$defs": whole["$defs"], **one})
        bad = [example for example in one.get("examples", ()) if not validator.is_valid(example)]
        assert (name, bad) == (name, [])


def node(value: Any, source: Source) -> Node:
    if isinstance(value, dict):
        return Mapping(
            {name: (Scalar(name, source, 0, 1), node(one, source)) for name, one in value.items()}, source, 0, 1
        )
    if isinstance(value, list):
        return Sequence([node(item, source) for item in value], source, 0, 1)
    return Scalar(value, source, 0, 1)


def checked(document: Any) -> tuple[Spec, list[str]]:
    log = Log()
    tree = node(document, Source("t", " "))
    assert isinstance(tree, Mapping)
    spec = check(tree, log, literal=is_literal(tree))
    return spec, [f"{found.name}: {found.words.message}" for found in log.findings if found.severity == "error"]


def errors(document: Any) -> list[str]:
    return checked(document)[1]


PLACE = {"position": {"x": 0, "y": 0}, "size": {"width": 9, "height": 9}}
BASES: dict[str, dict[str, Any]] = {
    "actor": {"type": "actor", "actor": "karen", "speakerId": "v1", "text": "Hi.", **PLACE},
    "image": {"type": "image", "imageUrl": "https://a.example/a.png", **PLACE},
    "video": {"type": "video", "videoUrl": "https://a.example/a.mp4", **PLACE},
    "audio": {"type": "audio", "audioUrl": "https://a.example/a.mp3"},
    "text": {"type": "text", "text": "Hi.", **PLACE},
    "shape": {"type": "shape", **PLACE},
}
FIELDS = [
    *((kind, name) for kind, table in fields.TRACKS.items() for name in table.fields if name != "type"),
    *(("scene", name) for name in fields.SCENE.fields if name != "tracks"),
    *(("settings", name) for name in fields.SETTINGS.fields),
    *(("transition", name) for name in fields.TRANSITION.fields),
    *(("position", name) for name in places.POSITION.fields),
    *(("size", name) for name in places.SIZE.fields),
    *(("videoSize", name) for name in places.VIDEO_SIZE.fields),
    *(("top", name) for name in ("dynamicVariables", "callback", "callbackPayload", "language", "vidc")),
]


def document(place: str, name: str, value: Any) -> dict[str, Any]:
    """A sound spec but for one field."""
    common: dict[str, Any] = {"name": "A", "videoSize": {"width": 1000, "height": 500}}
    track = dict(BASES.get(place, BASES["image"]))
    spec = {"settings": common, "scenes": [{"tracks": [track]}]}
    match place:
        case "scene":
            spec["scenes"][0][name] = value  # type: ignore[index]  # it is a list
        case "settings":
            common[name] = value
        case "videoSize":
            common["videoSize"] = {"width": 1000, "height": 500, name: value}
        case "transition":
            spec["scenes"][0]["transition"] = {"type": "fade", "duration": 500, name: value}  # type: ignore[index]
        case "position" | "size":
            track[place] = {**PLACE[place], name: value}
        case "top":
            spec[name] = value
        case _:
            if name == "audioUrl":
                track.pop("text", None)
            track[name] = value
    return spec


WORDS = [
    "",
    "karen",
    "fade",
    "front",
    "bubble",
    "bubbles and more",
    "500ms",
    "2s",
    "2.5s",
    "1m30s",
    "0s",
    "0.0000s",
    "1.2345s",
    "1.2300000s",
    "2 s",
    "-2s",
    "5",
    "s",
    "5%",
    "-12.5%",
    "+3 %",
    ".5%",
    "5.%",
    "0%",
    "%",
    "center",
    "middle",
    "https://a.example/b.png",
    "HTTP://a.example",
    "https://",
    "https:///a",
    "ftp://a.example",
    "a/b.png",
    "en",
    "pt-BR",
    "x-",
    "german",
    "true",
    "no",
]
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3) | st.integers(0, 10**9),
    st.floats(-10, 10**9, allow_nan=False),
    st.sampled_from(WORDS),
    st.lists(st.integers(0, 3), max_size=2),
    st.sampled_from([["1s", "2s", "3s"], [1, 1, "inf"], [1, 2, 0], [1, "x", 3], ["1s", 1002, ".inf"]]),
    st.dictionaries(st.sampled_from(["mood", "weather"]), st.sampled_from(["a", 1, True, None]), max_size=2),
)


def needed(place: str, name: str) -> bool:
    """Whether null would leave out what must be there: the spec's schema cannot know what `defaults` will bring."""
    track = fields.TRACKS.get(place)
    return place in ("position", "size", "transition", "videoSize") or bool(
        track and name in (*track.needed, "text", "audioUrl")
    )


@settings(max_examples=400 * SCALE)
@given(st.sampled_from(FIELDS), values)
def test_the_specs_schema_and_check_agree_on_every_value(field: tuple[str, str], value: Any) -> None:
    place, name = field
    if value is None and needed(place, name):
        return
    if isinstance(value, dict) and name in ("position", "size", "transition"):
        return
    if name == "dynamicVariables" and isinstance(value, dict) and None in value.values():
        return
    spec = document(place, name, value)
    assert (errors(spec) == []) is (breaches(spec, SPEC) == []), (errors(spec), breaches(spec, SPEC))


@settings(max_examples=400 * SCALE)
@given(st.sampled_from(FIELDS), values)
def test_what_check_lets_through_fits_the_jobs_schema(field: tuple[str, str], value: Any) -> None:
    spec, said = checked(document(*field, value))
    if said == []:
        assert breaches(emit(spec).data, JOB) == []


def as_job(spec: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in spec.items() if name not in ("settings", "scenes")}
    return {"videoCreative": {"settings": spec["settings"], "scenes": spec["scenes"]}, **rest}


@settings(max_examples=400 * SCALE)
@given(st.sampled_from([field for field in FIELDS if field[1] not in ("language", "vidc", "extra")]), values)
def test_the_jobs_schema_and_check_agree_on_every_value(field: tuple[str, str], value: Any) -> None:
    made = as_job(document(*field, value))
    assert (errors(made) == []) is (breaches(made, JOB) == []), (errors(made), breaches(made, JOB))


@given(st.sampled_from(["templateJobId", "dynamicVariables", "callbackUrl", "callbackPayload"]), values)
def test_the_template_jobs_schema_and_check_agree_on_every_value(name: str, value: Any) -> None:
    made = {"templateJobId": "a", "dynamicVariables": {}, "callbackUrl": None, name: value}
    if value is None and name == "dynamicVariables":
        return
    assert (errors(made) == []) is (breaches(made, TEMPLATE) == []), (errors(made), breaches(made, TEMPLATE))


@pytest.mark.parametrize("fields_", [{"duration": 5, "startTimeGap": 0, "endTimeGap": 1}])
def test_the_jobs_schema_refuses_three_times_on_one_track(fields_: dict[str, int]) -> None:
    def broken(**more: Any) -> list[tuple[str, str]]:
        return breaches(
            as_job(document("image", "duration", None) | {"scenes": [{"tracks": [BASES["image"] | more]}]}), JOB
        )

    assert broken(**fields_) == [("videoCreative.scenes[0].tracks[0]", "these fields cannot stand together")]
    assert broken(**(fields_ | {"endTimeGap": None})) == []
    assert broken(**{name: fields_[name] for name in ("duration", "startTimeGap")}) == []


def test_the_jobs_schema_refuses_a_scene_with_a_duration_and_a_reference() -> None:
    made = as_job(document("scene", "duration", 5))
    made["videoCreative"]["scenes"][0]["intrinsicDurationTrackReference"] = "a"
    assert breaches(made, JOB) == [("videoCreative.scenes[0]", "these fields cannot stand together")]


@pytest.mark.parametrize(
    "spec",
    [
        {"variables": {"a": 1, "b": {"type": "string", "required": True}, "c": [{"x": 1}]}, "components": {}},
        {
            "include": ["brand.vidc.yaml"],
            "settings": {"name": "<a>", "videoSize": "<size>"},
            "scenes": [{"use": "intro"}],
        },
        {"components": {"a": {"parameters": {"t": None}, "tracks": [{"type": "text", "duration": "<t>"}]}}},
        {"defaults": {"actor": {"actor": "karen", "position": {"x": "5%"}}, "scene": {"duration": "4s"}}, "x-mine": 1},
        {"templateJobId": "<id>", "callback": "<hook>", "dynamicVariables": {"a": 1}},
        {
            "settings": {"videoSize": {"width": "<w>", "height": 9}},
            "scenes": [{"for": "a in b", "if": "a.c", "tracks": []}],
        },
        {
            "settings": {"videoSize": {"width": 9, "height": 9}},
            "scenes": [{"tracks": [{"use": "a", "with": {"b": 1}}]}],
        },
        {"videoCreative": {"settings": {"videoSize": {"width": 9, "height": 9}}, "scenes": [{"tracks": []}]}, "any": 1},
    ],
)
def test_the_specs_schema_knows_what_expand_takes(spec: dict[str, Any]) -> None:
    assert breaches(spec, SPEC) == []


@pytest.mark.parametrize(
    ("spec", "where", "what"),
    [
        ({"palette": 1}, "", "no such key: `palette`"),
        ({"variables": {"a-b": 1}}, "variables", "'a-b' does not match '^[A-Za-z_][A-Za-z0-9_]*$'"),
        ({"scenes": [{"tracks": [{}]}]}, "scenes[0].tracks[0]", "one of these must be there: `type`, `use`"),
        ({"scenes": [{"duration": "1:30"}]}, "scenes[0].duration", "'1:30' is not what `Time` takes"),
        ({"components": {"a": {}}}, "components.a", "exactly one of these must be there: `tracks`, `scene`"),
        ({"templateJobId": "a", "scenes": [{}]}, "", "these fields cannot stand together"),
        (
            {"videoCreative": {"settings": {"videoSize": {"width": 9, "height": 9}}, "scenes": [{}]}, "vidc": 1},
            "",
            "these fields cannot stand together",
        ),
    ],
)
def test_a_breach_says_where_and_what(spec: dict[str, Any], where: str, what: str) -> None:
    assert breaches(spec, SPEC) == [(where, what)]
