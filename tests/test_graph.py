"""The graph: what specs are made of, what depends on what, and how it is shown."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from vidc.cli.graph import command
from vidc.compile import compile, no_files
from vidc.source import Source, Span
from vidc.views.graph import KINDS, Drawn, Edge, Graph, Vertex
from vidc.views.graph_formats import dot, graph_text, mermaid
from vidc.views.graph_of import add_spec

ROOT = Path(__file__).parent.parent
VIEWS = Path(__file__).parent / "views"
HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 100, height: 100}"
ACTOR = f"type: actor, actor: karen, speakerId: en-GB-RyanNeural, {PLACE}"


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, list(words), standalone_mode=False)
    assert done.exception is None, done.exception
    return done.return_value, done.stdout, done.stderr


def graph_of(text: str, **files: str) -> Graph:
    """The graph of a spec and the files that it includes, each named without its ending."""

    def read(file: str, _: Source) -> Source | str:
        name = file.removesuffix(".yaml")
        return Source(name, files[name], f"/{name}") if name in files else "there is no such file"

    compiled = compile(Source("a", text, "/a"), read=read, draft=True)
    assert [finding for finding in compiled.findings if finding.severity == "error"] == []
    graph = Graph()
    add_spec(graph, compiled, read)
    return graph


def edges(graph: Graph, kind: str) -> list[tuple[str, str]]:
    return [(edge.start, edge.end) for edge in graph.drawn().edges if edge.kind == kind]


def users(graph: Graph, name: str) -> list[tuple[str, int]]:
    """What depends on a name, and the line that says so."""
    found = graph.dependents(name)
    assert found is not None
    return [
        (one.vertex.name, one.at.source.position(one.at.start)[0] if one.at else 0)
        for _, dependents in found.things
        for one in dependents
    ]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(VIEWS)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("format", ["text", "dot", "mermaid", "json"])
def test_a_spec_is_shown(format: str, golden: Callable[[Path, str], None]) -> None:
    code, out, err = run("welcome.vidc.yaml", "--format", format)
    assert (code, err) == (0, "")
    golden(VIEWS / f"welcome.graph.{'txt' if format == 'text' else format}", out)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "name",
    ["company", "first_name", "features", "has_outro", "logo", "plan", "karen", "badge", "lower-third",
     "brand.vidc.yaml", "logo.png", "https://cdn.example.com/reports.png", "aquXcfLbkxpW4BBI5qKm"],
)  # fmt: skip
def test_what_depends_on_a_name(name: str, golden: Callable[[Path, str], None]) -> None:
    code, out, err = run("welcome.vidc.yaml", "--uses", name)
    assert (code, err) == (0, "")
    golden(VIEWS / "uses" / f"{re.sub(r'[^a-zA-Z_.-]', '_', name)}.txt", out)


@pytest.mark.usefixtures("here")
def test_what_depends_on_a_name_as_data(golden: Callable[[Path, str], None]) -> None:
    code, out, _ = run("welcome.vidc.yaml", "--uses", "logo", "--format", "json")
    assert code == 0
    golden(VIEWS / "uses" / "logo.json", out)
    assert run("welcome.vidc.yaml", "--uses", "logo", "--format", "dot")[1].startswith("digraph")
    assert run("welcome.vidc.yaml", "--uses", "logo", "--format", "mermaid")[1].startswith("flowchart")


@pytest.mark.usefixtures("here")
def test_an_unknown_name_is_a_mistake_in_the_command() -> None:
    done = CliRunner().invoke(command, ["welcome.vidc.yaml", "--uses", "kompany"])
    assert done.exit_code == 2
    assert done.stderr.endswith("Error: nothing here is called 'kompany'. Did you mean 'company'?\n")
    done = CliRunner().invoke(command, ["welcome.vidc.yaml", "--uses", "zzz"])
    assert done.stderr.endswith("Error: nothing here is called 'zzz'.\n")


def test_a_file_with_errors_is_left_out_and_its_errors_are_shown(tmp_path: Path) -> None:
    bad = tmp_path / "bad.vidc.yaml"
    bad.write_text("settings: {}\nscenes: []\n")
    code, out, err = run(str(bad))
    assert (code, out) == (1, "")
    assert "error: " in err
    assert run(str(bad), "--uses", "karen")[0] == 1


def test_the_edges_of_scenes_and_tracks() -> None:
    graph = graph_of(
        HEAD
        + f"""scenes:
  - tracks:
      - {{{ACTOR}, text: Hello., referenceId: speech, sequentialBlendId: b}}
      - {{type: image, imageUrl: https://e.org/a.png, {PLACE}}}
      - {{type: audio, audioUrl: https://e.org/a.mp3, endTimeGap: 0}}
    intrinsicDurationTrackReference: speech
  - tracks:
      - {{{ACTOR}, text: Hello again., sequentialBlendId: b}}
  - duration: 2s
    tracks:
      - {{type: video, videoUrl: https://e.org/a.mp4, {PLACE}}}
"""
    )
    speaks = [("track:a#scenes[0].tracks[0]", "speaker:en-GB-RyanNeural")]
    assert edges(graph, "speaks") == [*speaks, ("track:a#scenes[1].tracks[0]", "speaker:en-GB-RyanNeural")]
    assert edges(graph, "acts")[0] == ("track:a#scenes[0].tracks[0]", "actor:karen")
    assert edges(graph, "shows") == [
        ("track:a#scenes[0].tracks[1]", "medium:https://e.org/a.png"),
        ("track:a#scenes[2].tracks[0]", "medium:https://e.org/a.mp4"),
    ]
    assert edges(graph, "plays") == [("track:a#scenes[0].tracks[2]", "medium:https://e.org/a.mp3")]
    assert edges(graph, "sizes") == [
        ("track:a#scenes[0].tracks[0]", "scene:a#scenes[0]"),
        ("track:a#scenes[1].tracks[0]", "scene:a#scenes[1]"),
    ]
    assert edges(graph, "continues") == [("track:a#scenes[1].tracks[0]", "track:a#scenes[0].tracks[0]")]
    assert edges(graph, "next") == [
        ("scene:a#scenes[0]", "scene:a#scenes[1]"),
        ("scene:a#scenes[1]", "scene:a#scenes[2]"),
    ]
    assert [end for start, end in edges(graph, "contains") if start == "spec:a"] == [
        "scene:a#scenes[0]",
        "scene:a#scenes[1]",
        "scene:a#scenes[2]",
    ]
    assert users(graph, "karen") == [("scenes[0].tracks[0]", 4), ("scenes[1].tracks[0]", 9)]


def test_a_variable_is_followed_through_variables_defaults_loops_and_parameters() -> None:
    graph = graph_of(
        f"""variables:
  base: https://e.org
  logo: <base>/logo.png
  who: [Ann, Bob]
  shown: true
  unused: 1
defaults:
  text: {{{PLACE}, text: "{{{{ shown }}}}!"}}
components:
  card:
    parameters: {{title: {{type: string, required: true}}, who: {{type: string, default: <base>}}}}
    tracks:
      - {{type: text, text: <title>}}
      - {{type: text, text: <who>}}
      - {{type: image, imageUrl: <logo>, {PLACE}}}
settings: {{name: <base>, videoSize: {{width: 1920, height: 1080}}}}
scenes:
  - for: one in who
    if: shown
    duration: 3s
    tracks:
      - {{use: card, with: {{title: <one>}}}}
      - {{type: text}}
"""
    )
    assert users(graph, "base") == [
        ("settings", 16),
        ("scenes[0].tracks[1]", 14),
        ("scenes[0].tracks[2]", 15),
        ("scenes[1].tracks[1]", 14),
        ("scenes[1].tracks[2]", 15),
        ("logo", 3),
        ("card", 11),
    ]
    assert users(graph, "logo") == [("scenes[0].tracks[2]", 15), ("scenes[1].tracks[2]", 15), ("card", 15)]
    assert users(graph, "who") == [
        ("scenes[0]", 18),
        ("scenes[1]", 18),
        ("scenes[0].tracks[0]", 13),
        ("scenes[1].tracks[0]", 13),
    ]
    assert users(graph, "shown") == [
        ("scenes[0]", 19),
        ("scenes[1]", 19),
        *[(f"scenes[{scene}].tracks[{track}]", 8) for scene in (0, 1) for track in (0, 1, 3)],
        ("text", 8),
    ]
    assert users(graph, "unused") == []
    assert users(graph, "card") == [(f"scenes[{scene}].tracks[{track}]", 22) for scene in (0, 1) for track in (0, 1, 2)]


def test_a_scene_of_a_component_and_what_is_not_in_this_video() -> None:
    graph = graph_of(
        f"""variables: {{outro: false, names: [], title: Hello}}
components:
  opening:
    parameters: {{text: {{type: string}}}}
    scene:
      duration: 2s
      tracks: [{{type: text, text: <text>, {PLACE}}}]
settings: {{name: Demo, videoSize: {{width: 1920, height: 1080}}}}
scenes:
  - {{use: opening, with: {{text: <title>}}}}
  - if: outro
    duration: 2s
    tracks: [{{type: text, text: Bye, {PLACE}}}]
  - duration: 2s
    tracks:
      - {{type: text, text: Yes, {PLACE}}}
      - {{for: name in names, type: text, text: <name>, {PLACE}}}
"""
    )
    assert users(graph, "title") == [("scenes[0].tracks[0]", 7)]
    assert users(graph, "opening") == [("scenes[0]", 10)]
    assert users(graph, "outro") == [("scene at line 11", 11)]
    assert users(graph, "names") == [("track at line 17", 17)]
    assert ("scene:a#scenes[1]", "track:a#a:" + str(graph_offset(graph, "track at line 17"))) in edges(
        graph, "contains"
    )


def graph_offset(graph: Graph, name: str) -> int:
    return next(vertex.at.start for vertex in graph.drawn().vertices if vertex.name == name and vertex.at)


def test_what_a_component_depends_on_where_it_is_used() -> None:
    graph = graph_of(
        f"""variables: {{shown: true, many: [1, 2], hidden: 1}}
components:
  sign:
    parameters: {{hidden: {{type: number, default: 1}}}}
    tracks: [{{type: text, text: "a <hidden>", {PLACE}}}]
{HEAD}scenes:
  - duration: 2s
    tracks:
      - {{use: sign, if: shown}}
      - {{use: sign, for: one in many}}
"""
    )
    assert users(graph, "shown") == [("scenes[0].tracks[0]", 10)]
    assert users(graph, "many") == [("scenes[0].tracks[1]", 11), ("scenes[0].tracks[2]", 11)]
    assert users(graph, "hidden") == []


def test_an_include_that_includes_another() -> None:
    graph = graph_of(
        f"""include: [b.yaml]
{HEAD}scenes:
  - duration: 2s
    tracks: [{{type: text, text: <one>, {PLACE}}}]
""",
        b="include: [c.yaml]\nvariables: {one: <two>}\n",
        c="variables: {two: Hello}\n",
    )
    assert users(graph, "two") == [("scenes[0].tracks[0]", 5), ("one", 2)]
    assert users(graph, "c") == [
        ("a", 1),
        ("scenes[0].tracks[0]", 5),
        ("one", 1),
        ("two", 1),
        ("b", 1),
    ]
    assert edges(graph, "uses")[0] == ("spec:a", "include:b")


def test_a_job_in_the_services_form_has_no_names_of_vidc() -> None:
    job = json.loads((VIEWS / "import" / "literal.json").read_text())
    graph = graph_of(json.dumps(job))
    assert {vertex.kind for vertex in graph.drawn().vertices} == {"spec", "scene", "track", "actor", "speaker"}


def test_what_specs_share_is_one_node() -> None:
    graph = Graph()
    for name in ("a", "b"):
        text = f"{HEAD}scenes:\n  - tracks: [{{{ACTOR}, text: Hello.}}]\n"
        add_spec(graph, compile(Source(name, text, f"/{name}")), no_files)
    assert users(graph, "karen") == [("scenes[0].tracks[0]", 3), ("scenes[0].tracks[0]", 3)]


ODD = 'end"];\n}--> x | `a` {b} <c> #35; &amp; \\n \\" %%{init} subgraph \x1b[31m\u202e 日本'


def odd(names: list[str]) -> Drawn:
    """A vertex of each kind for each name, each with an edge to the next."""
    source = Source("a", "")
    vertices = [
        Vertex(f"{kind}:{index}:{name}", kind, name, Span(source, 0, 0), name)
        for index, name in enumerate(names)
        for kind in KINDS
    ]
    links = [Edge(a.id, b.id, "uses") for a, b in pairwise(vertices)]
    return Drawn(vertices, links)


def test_odd_names_are_quoted(golden: Callable[[Path, str], None]) -> None:
    golden(VIEWS / "odd.dot", dot(odd([ODD])))
    golden(VIEWS / "odd.mermaid", mermaid(odd([ODD])))


@given(st.lists(st.text(max_size=12) | st.text('"\\<>{}[]|#;&%\n', max_size=8), max_size=2))
def test_no_name_gets_out_of_its_quotes(names: list[str]) -> None:
    node = r'  n\d+ \[label="(?:[^"\\\n]|\\["\\])*", shape=[a-z0-9]+\];'
    edge = r'  n\d+ -> n\d+ \[label="uses"\];'
    body = dot(odd(names)).split("\n")[4:-2]
    assert [line for line in body if not re.fullmatch(f"{node}|{edge}", line)] == []
    text = r"(?:[^\W]|[ ._:,-]|[^\x00-\x7f]|#\d+;)*"
    node = rf'  n\d+[\[({{/]+"{text}"[\])}}/]+'
    edge = r"  n\d+ -->\|uses\| n\d+"
    body = mermaid(odd(names)).split("\n")[1:-1]
    assert [line for line in body if not re.fullmatch(f"{node}|{edge}", line)] == []


@pytest.mark.parametrize("format", ["text", "dot", "mermaid", "json"])
def test_the_same_bytes_whatever_the_hash_seed(format: str) -> None:
    code = "from vidc.cli import main; main()"
    words = ["graph", "welcome.vidc.yaml", "--format", format]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=VIEWS,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


def test_an_empty_graph_is_still_a_graph() -> None:
    assert dot(Graph().drawn()).endswith("\n}\n")
    assert mermaid(Graph().drawn()) == "flowchart LR\n"
    assert graph_text(Graph().drawn()) == ""


PART = """\
variables: {company: Northwind, slogan: "<company> rocks"}
components:
  sign:
    tracks: [{type: text, text: <company>, position: {x: 0, y: 0}, size: {width: 900, height: 90}, duration: 3s}]
"""


def test_a_file_that_only_brings_names_is_shown_with_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "brand.vidc.yaml").write_text(PART)
    assert run("brand.vidc.yaml") == (
        0,
        "variable company (brand.vidc.yaml:1)\n"
        "variable slogan (brand.vidc.yaml:1)\n"
        "  uses variable company\n"
        "component sign (brand.vidc.yaml:3)\n"
        "  uses variable company\n"
        "include brand.vidc.yaml (brand.vidc.yaml:1)\n",
        "",
    )
    assert run("brand.vidc.yaml", "--uses", "company") == (
        0,
        "variable company (brand.vidc.yaml:1): 2 things depend on it\n"
        "  brand.vidc.yaml:1  variable slogan\n"
        "  brand.vidc.yaml:4  component sign\n",
        "",
    )


def test_a_folder_shows_an_included_file_as_the_spec_that_includes_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "brand.vidc.yaml").write_text(PART)
    (tmp_path / "video.vidc.yaml").write_text(
        f"include: brand.vidc.yaml\n{HEAD}scenes: [{{tracks: [{{use: sign}}]}}]\n"
    )
    assert run(".", "--format", "json") == run("video.vidc.yaml", "--format", "json")
