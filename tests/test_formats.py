"""Every format shows every finding, exactly, safely and the same each time."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_sink import is_seen

from vidc.clock import INF
from vidc.diag import as_json, concise, github, gitlab, junit, sarif, text
from vidc.diag.block import MIN_WIDTH
from vidc.diag.catalog import PAGES, Page
from vidc.diag.edits import as_there
from vidc.diag.finding import Amount, Condition, Edit, Finding, Label, Place, Repair, Severity, Via, Words
from vidc.diag.result import Result, fingerprints, order, strictly
from vidc.source import Source, Span

HERE = Path(__file__).parent / "formats"
SARIF = jsonschema.Draft4Validator(json.loads((HERE / "sarif-2.1.0.schema.json").read_text()))
FORMATS: dict[str, ModuleType] = {
    "text": text,
    "concise": concise,
    "json": as_json,
    "github": github,
    "sarif": sarif,
    "junit": junit,
    "gitlab": gitlab,
}
COLOR = re.compile(r"\x1b\[(?:0|1|1;3[1346])m")

WELCOME = """\
settings:
  name: Welcome
  videoSize: {width: 1920, height: 1080}
scenes:
  - name: hello
    intrinsicDurationTrackReference: speech
    tracks:
      - {type: actor, referenceId: speech, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello there., size: {width: 9}}
      - use: lower-third
  - duration: 6s
    tracks:
      - type: image
        startTimeGap: 1s
        duration: 3s
        endTimeGap: 2s
"""
BRAND = """\
components:
  lower-third:
    tracks:
      - type: text
        text: "ようこそ 👋 Welcome"
        startTimeGap: 500
"""


def span(source: Source, part: str, within: str = "") -> Span:
    """Where a part stands, the first after the text `within`."""
    start = source.text.index(part, source.text.index(within))
    return Span(source, start, start + len(part))


def sample() -> list[Result]:
    """A result with one finding of each kind, and a clean one."""
    root, brand = Source("videos/welcome.vidc.yaml", WELCOME), Source("brand.vidc.yaml", BRAND)
    three = Words(
        "three fields set the length of this track",
        Place(span(root, "duration: 3s"), "scenes[1].tracks[0]"),
        (
            Label(span(root, "startTimeGap: 1s"), "starts 1.0 s into the scene"),
            Label(span(root, "duration: 3s"), "lasts 3.0 s"),
            Label(span(root, "endTimeGap: 2s"), "ends 2.0 s before the scene does"),
        ),
        conflict=(span(root, "startTimeGap: 1s"), span(root, "duration: 3s"), span(root, "endTimeGap: 2s")),
        repairs=(
            Repair("remove `endTimeGap`", (Edit(span(root, "        endTimeGap: 2s\n"), ""),)),
            Repair("set `duration: 2s`", (Edit(span(root, "3s"), "2s"),)),
        ),
    )
    brief = Words(
        "500 ms is short: `ようこそ 👋 Welcome` cannot be read",
        Place(
            span(brand, "500"),
            "scenes[0].tracks[1]",
            (
                Via("in component `lower-third`", span(root, "use: lower-third")),
                Via("from `brand.vidc.yaml`", span(root, "settings")),
            ),
        ),
        (
            Label(span(brand, "Welcome"), "13 words a second"),
            Label(span(root, "speech", "Reference"), "sizes the scene"),
        ),
        help="give it more time, 100 % of the scene: remove `startTimeGap`\nor see `vidc explain unreadable-text`",
        verdict="maybe",
        condition=(Condition("hello/speech", "<", 3000),),
        amount=Amount(0, 500, INF),
        expected=False,
    )
    note = Words("the track's size is small", Place(span(root, "{width: 9}")))
    found = [Finding("small-track", "note", note), Finding("unreadable-text", "warning", brief)]
    findings = order([*found, Finding("over-constrained", "error", three)], root)
    clean = Source('videos/clean <&> "it\'s".vidc.yaml', "a: 1\n")
    return [Result(root.path, root, findings), Result(clean.path, clean, [])]


@pytest.fixture(autouse=True)
def _pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that do not change with the catalog; `small-track` has none."""
    page = "Three set it.\n\n    Of the three, one\n    must go.\n\n    bad:\n\n    ```yaml\n    a: 1\n    ```\n    "
    monkeypatch.setitem(PAGES, "over-constrained", Page("over-constrained", "error", page, "problem"))
    monkeypatch.setitem(PAGES, "unreadable-text", Page("unreadable-text", "warning", "One sentence.", "rule"))


@pytest.mark.parametrize("name", FORMATS)
def test_the_sample_is_shown_exactly_so(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(HERE / f"sample.{name}", FORMATS[name].render(sample(), notes=True))


@pytest.mark.parametrize("name", FORMATS)
def test_notes_are_shown_only_where_asked_for(name: str) -> None:
    render = FORMATS[name].render
    assert "small-track" in render(sample(), notes=True)
    assert "small-track" not in render(sample())


def test_the_sample_in_color_is_the_same_text(golden: Callable[[Path, str], None]) -> None:
    shown = text.render(sample(), notes=True, color=True)
    golden(HERE / "sample.color", shown.replace("\x1b", "␛"))
    assert COLOR.sub("", shown) == text.render(sample(), notes=True)


def test_the_design_s_own_example_is_shown_as_it_is_there() -> None:
    root = Source("welcome.vidc.yaml", "# a line\n" * 11 + WELCOME[WELCOME.index("      - type: image") :])
    words = sample()[0].findings[-2].words
    assert words.message.startswith("three")
    marks = [Label(span(root, label.span.text), label.text) for label in words.labels]
    moved = Words(words.message, Place(span(root, "duration: 3s")), tuple(marks), repairs=words.repairs)
    shown = text.render([Result(root.path, root, [Finding("over-constrained", "error", moved)])])
    assert (
        shown
        == """\
error: three fields set the length of this track [over-constrained]
  --> welcome.vidc.yaml:14:9
   |
12 |       - type: image
13 |         startTimeGap: 1s
   |         ---------------- starts 1.0 s into the scene
14 |         duration: 3s
   |         ^^^^^^^^^^^^ lasts 3.0 s
15 |         endTimeGap: 2s
   |         -------------- ends 2.0 s before the scene does
   = help: remove `endTimeGap`, or set `duration: 2s`

1 error
"""
    )


def marked(source: str, *labels: str) -> Result:
    """A finding at what stands between `<<` and `>>`, labels at what stands between `[[` and `]]`."""
    plain = re.sub(r"<<|>>|\[\[|\]\]", "", source)
    spans: dict[str, list[tuple[int, int]]] = {"<<": [], "[[": []}
    opened: list[tuple[str, int]] = []
    at = 0
    for piece in re.split(r"(<<|>>|\[\[|\]\])", source):
        if piece in spans:
            opened.append((piece, at))
        elif piece in (">>", "]]"):
            kind, start = opened.pop()
            spans[kind].append((start, at))
        else:
            at += len(piece)
    made = Source("a.vidc.yaml", plain)
    start, end = spans["<<"][0]
    others = sorted(spans["[["])
    texts = dict(zip(others, labels, strict=False))
    marks = [Label(Span(made, *place), texts[place]) for place in others]
    marks += [Label(Span(made, start, end), label) for label in labels[len(others) :]]
    return Result(
        made.path,
        made,
        [Finding("a-name", "error", Words("this is said", Place(Span(made, start, end)), tuple(marks)))],
    )


LONG = ", ".join(f"key{number}: {number}" for number in range(200))
BLOCK = "scenes:\n  - text: |\n" + "".join(f"      line {number}\n" for number in range(12)) + "    name: x\n"
LOOKS: dict[str, tuple[str, ...]] = {
    "one-line": ("a: 1\nb:\n  c: <<2>>\n", "not this"),
    "labels-on-one-line": (
        "b:\n  [[position]]: {<<x: 420>>, [[y: 0]]}, [[size]]: 3\n",
        *("the place", "on top", "how big", "too far"),
    ),
    "label-around-the-place": ("b: [[{x: <<420>>, y: 0}]]\n", "the place", "too far"),
    "labels-at-one-place": ("b: <<420>>\n", "this", "and that", "and a third"),
    "wide-characters": (
        "a: [[「こんにちは]]<<世界>>」 e\u0301[[é]] 👍️ [[😀]]\n",
        *("hello", "e", "smile", "world"),
    ),
    "wide-characters-in-a-long-line": (
        f"a: {'「こんにちは' * 30}[[世]]{'「こんにちは' * 3}<<界>>{'「こん' * 30}",
        *("one", "two"),
    ),
    "tabs-and-hidden-characters": ("a:\t[[x]]\u202e\x1b[31m <<y>>\t\u200b[[z]]\n", "x", "z", "y"),
    "far-apart": ("a:\n  [[b: 1]]\n  c: 1\n  d: 1\n  e: 1\n  <<f: 1>>\n", "first", "last"),
    "one-line-between": ("a:\n  [[b: 1]]\n  c: 1\n  <<d: 1>>\n", "first", "last"),
    "above-is-far": ("scenes:\n  - a: 1\n    b: 1\n    # c\n    d: 1\n\n    e: 1\n    f: <<1>>\n",),
    "many-lines": (BLOCK.replace("line 0", "<<line 0").replace("line 11\n", "line 11\n>>"), "all of it"),
    "many-lines-from-a-key": (BLOCK.replace("|", "<<|").replace("line 11\n", "line 11\n>>"), "all of it"),
    "many-lines-and-labels": (
        BLOCK.replace("- text", "- <<text").replace("line 11", "line 11>>").replace("line 8", "[[line 8]]"),
        *("here", "all"),
    ),
    "label-of-many-lines": (
        BLOCK.replace("- text", "- [[text").replace("line 11", "line 11]]").replace("name", "<<name>>"),
        "too long",
    ),
    "long-line": (f"{{[[first]]: 0, {LONG}, <<here: 1>>, {LONG}, [[last]]: 0}}\n", "at first", "at last", "in it"),
    "long-mark": (f"a: <<[{LONG}]>>\n", "the whole list"),
    "long-label": ("a: <<1>>\nb: 2 [[c]]\n", "of c it is said " * 8, "of a it is said " * 8),
    "far-right": (" " * 60 + "a: <<1>>\n", "what is said here has no room beside its mark"),
    "end-of-text": ("a: 1\nb:<<>>",),
    "empty-text": ("<<>>",),
    "line-breaks-of-windows": ("a: 1\r\nb:\r\n  <<c: 2\r\n  d: 3\r\n>>e: 4\r\n", "both"),
    "many-labels": ("".join(f"k{number}: [[{number}]]\n" for number in range(30)) + "a: <<1>>\n", *["here"] * 30),
    "json": ('{\n  "scenes": [\n    {\n      "duration": <<"x">>\n    }\n  ]\n}\n', "not this"),
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_finding_looks_so(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(HERE / "look" / f"{name}.txt", text.render([marked(*LOOKS[name])]))


def test_a_finding_looks_so_on_a_narrow_terminal(golden: Callable[[Path, str], None]) -> None:
    long = marked(f"{{{LONG}, <<here: 1>>, [[there: 2]], {LONG}}}\n", "a", "this label is long, and is wrapped")
    golden(HERE / "look" / "narrow.txt", text.render([*sample(), long], width=44))


@pytest.mark.parametrize(
    ("severities", "files", "last"),
    [
        ([], 3, "no findings in 3 files"),
        ([], 1, "no findings in 1 file"),
        (["error"], 1, "1 error"),
        (["error", "error", "warning"], 2, "2 errors, 1 warning"),
        (["note"], 1, "no findings in 1 file (1 note not shown: `--notes`)"),
        (["warning", "note", "note"], 1, "1 warning (2 notes not shown: `--notes`)"),
    ],
)
def test_the_last_line_sums_up(severities: list[Severity], files: int, last: str) -> None:
    source = Source("a", "a")
    findings = [Finding("x", severity, Words("y", Place(Span(source, 0, 1)))) for severity in severities]
    results = [Result("a", source, findings), *[Result("b", source, [])] * (files - 1)]
    assert text.render(results).split("\n")[-2] == last


def test_findings_are_ordered_by_place_and_those_of_included_files_come_last() -> None:
    root, other = Source("z", "abc"), Source("a", "abc")
    made = [
        Finding(name, severity, Words("m", Place(Span(source, start, start + 1))))
        for name, severity, source, start in [
            ("f", "error", other, 0),
            ("e", "note", root, 2),
            ("d", "warning", root, 1),
            ("b", "error", root, 1),
            ("c", "warning", root, 1),
            ("a", "note", root, 0),
        ]
    ]
    assert [finding.name for finding in order(made, root)] == ["a", "b", "c", "d", "e", "f"]


def test_strictly_makes_errors_of_warnings_alone() -> None:
    findings = sample()[0].findings
    assert [finding.severity for finding in strictly(findings)] == ["note", "error", "error"]
    assert strictly(findings, False) == findings


def test_fingerprints_differ_and_stay_when_lines_are_added_above() -> None:
    def prints(before: str) -> list[str]:
        source = Source("a", before + "x: 1\nx: 1\ny: 1\n")
        starts = [match.start() for match in re.finditer(r"[xy]:", source.text)]
        findings = [Finding("n", "error", Words("m", Place(Span(source, start, start + 2)))) for start in starts]
        return fingerprints(Result("a", source, findings))

    assert len(set(prints(""))) == 3
    assert prints("") == prints("# a comment\n\n")


def test_a_line_of_a_megabyte_costs_no_more_than_its_findings() -> None:
    source = Source("a.vidc.json", json.dumps({"scenes": [{"tracks": [{"type": "actor", "text": "x" * 40}]}] * 20_000}))
    findings = []
    for start in range(0, len(source.text) - 2000, len(source.text) // 500):
        labels = (Label(Span(source, start, len(source.text)), "all of it"), Label(Span(source, 0, 1), "the first"))
        findings.append(Finding("n", "error", Words("m", Place(Span(source, start + 900, start + 910)), labels)))
    shown = text.render([Result(source.path, source, findings)])
    assert len(shown) < 700 * len(findings)
    assert max(map(len, shown.split("\n"))) <= 80


# Any finding over any text.

ODD = st.text(
    st.sampled_from("ab :#-{}[],\"'&<>]%\n\r\t")
    | st.sampled_from("\x00\x1b\x7f\x85\u200b\u202e\u2028\ufeff\ufe0f\ud800\udc80\uffff\u0301é日😀א\U000e0041")
    | st.characters(exclude_categories=[]),
    max_size=60,
) | st.sampled_from(
    ["##[error]x", "a ::error::b", "\n::add-mask::x", "##vso[task]", "]]>", "[x](http://e)", "x" * 3000]
)
SOURCES = st.builds(Source, ODD, st.lists(ODD, max_size=6).map("\n".join))


@st.composite
def results(draw: st.DrawFn) -> list[Result]:
    files = draw(st.lists(SOURCES, min_size=1, max_size=3))

    def place() -> Span:
        source = draw(st.sampled_from(files))
        return Span(source, *sorted(draw(st.tuples(*[st.integers(-1, len(source.text) + 2)] * 2))))

    def few() -> range:
        return range(draw(st.integers(0, 3)))

    def finding() -> Finding:
        words = Words(
            draw(ODD),
            Place(place(), draw(ODD), tuple(Via(draw(ODD), place()) for _ in few())),
            tuple(Label(place(), draw(ODD)) for _ in few()),
            help=draw(ODD),
            verdict=draw(st.sampled_from([None, "always", "maybe"])),
            condition=tuple(Condition(draw(ODD), draw(st.sampled_from(["<", "<=", ">", ">="])), 1) for _ in few()),
            amount=draw(st.sampled_from([None, Amount(0, 1, INF), Amount(1, 2, 3)])),
            conflict=tuple(place() for _ in few()),
            repairs=tuple(Repair(draw(ODD), tuple(Edit(place(), draw(ODD)) for _ in few())) for _ in few()),
            expected=draw(st.booleans()),
        )
        name = draw(st.sampled_from(["over-constrained", "unreadable-text", "no-page"]))
        return Finding(name, draw(st.sampled_from(["error", "warning", "note"])), words)

    return [Result(source.path, source, [finding() for _ in few()]) for source in files]


def is_safe(shown: str, own: str = "^$") -> bool:
    """Nothing hidden, and nothing that a build runner obeys but what the format's own pattern allows."""
    lines = [line for line in shown.split("\n") if not re.match(own, line)]
    orders = [line for line in lines if re.match(r"\s*::[A-Za-z]", line)]
    return all(map(is_seen, shown.replace("\n", ""))) and not orders and not re.search(r"##(vso)?\[", shown)


def cells(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line if not unicodedata.combining(char))


COMMAND = (
    r"::(error|warning|notice) file=[^,:]*,line=\d+,(col=\d+,)?endLine=\d+,(endColumn=\d+,)?title=vidc%3A [a-z-]+::.*"
)


@given(results(), st.integers(1, 200))
def test_text_is_safe_and_its_source_lines_fit(found: list[Result], width: int) -> None:
    shown = text.render(found, notes=True, width=width)
    assert is_safe(shown)
    assert COLOR.sub("", text.render(found, notes=True, width=width, color=True)) == shown
    for line in shown.split("\n"):
        if re.match(r" *\d+ \|", line):
            cells = sum(
                0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF") for char in line
            )
            assert cells <= max(width, MIN_WIDTH)


@given(results())
def test_concise_has_one_safe_line_for_each(found: list[Result]) -> None:
    shown = concise.render(found, notes=True)
    assert is_safe(shown)
    assert shown.count("\n") == sum(len(result.findings) for result in found)


@given(results())
def test_github_has_one_safe_command_for_each(found: list[Result]) -> None:
    shown = github.render(found, notes=True)
    assert is_safe(shown, COMMAND)
    lines = shown.split("\n")[:-1]
    assert len(lines) == sum(len(result.findings) for result in found)
    assert [line for line in lines if not re.fullmatch(COMMAND, line)] == []


@given(results())
def test_json_is_ascii_and_reads_back(found: list[Result]) -> None:
    shown = as_json.render(found, notes=True)
    assert shown.isascii()
    assert is_safe(shown)
    objects: list[dict[str, Any]] = json.loads(shown)
    findings = [finding for result in found for finding in result.findings]
    assert [each["name"] for each in objects] == [finding.name for finding in findings]
    for each, finding in zip(objects, findings, strict=True):
        assert (each["amount"] or {}).get("high") == (3 if finding.words.amount == Amount(1, 2, 3) else None)
        for repair, wanted in zip(each["repairs"], finding.words.repairs, strict=True):
            assert [edit["text"] for edit in repair["edits"]] == [as_there(edit).text for edit in wanted.edits]


@given(results())
def test_gitlab_reads_back_with_fingerprints_that_differ(found: list[Result]) -> None:
    shown = gitlab.render(found, notes=True)
    assert is_safe(shown)
    report: list[dict[str, Any]] = json.loads(shown)
    assert {tuple(sorted(each)) for each in report} <= {
        ("check_name", "description", "fingerprint", "location", "severity")
    }
    for result in found:
        assert len(set(fingerprints(result))) == len(result.findings)


@given(results())
def test_sarif_holds_to_its_schema(found: list[Result]) -> None:
    shown = sarif.render(found, notes=True, version="1.2.3")
    assert is_safe(shown)
    log = json.loads(shown)
    SARIF.validate(log)
    run = log["runs"][0]
    for each in run["results"]:
        assert run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"]


def uris(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [each for key, item in value.items() for each in ([item] if key == "uri" else uris(item))]
    return [each for item in value for each in uris(item)] if isinstance(value, list) else []


@given(results())
def test_sarif_names_files_by_what_a_uri_may_hold(found: list[Result]) -> None:
    for uri in uris(json.loads(sarif.render(found, notes=True))):
        assert re.fullmatch(r"(file://)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})*", uri)


@given(results())
def test_junit_is_xml_that_holds_to_its_schema(found: list[Result]) -> None:
    etree = pytest.importorskip("lxml.etree", reason="lxml reads XML schemas; pip install lxml")
    shown = junit.render(found, notes=True)
    assert is_safe(shown)
    report = ElementTree.fromstring(shown.encode())
    cases = [case.get("name") for case in report.iter("testcase")]
    assert len(cases) == sum(len(result.findings) or 1 for result in found)
    etree.XMLSchema(etree.parse(HERE / "junit.xsd")).assertValid(etree.fromstring(shown.encode()))


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_of_no_files_can_be_read(name: str) -> None:
    shown = FORMATS[name].render([])
    match name:
        case "json" | "gitlab":
            assert json.loads(shown) == []
        case "sarif":
            SARIF.validate(json.loads(shown))
        case "junit":
            assert list(ElementTree.fromstring(shown)) == []
        case "text":
            assert shown == "no findings in 0 files\n"
        case _:
            assert shown == ""


def test_repairs_for_other_tools_end_lines_as_the_file_does() -> None:
    source = Source("a.vidc.yaml", "a: 1\r\nb: 2\r\n")
    at = Span(source, 0, 4)
    words = Words("x", Place(at), repairs=(Repair("write both", (Edit(at, "a: 1\nc: 3"),)),))
    found = [Result("a.vidc.yaml", source, [Finding("clipped", "warning", words)])]
    (told,) = json.loads(as_json.render(found))
    assert [edit["text"] for edit in told["repairs"][0]["edits"]] == ["a: 1\r\nc: 3"]
    (change,) = json.loads(sarif.render(found))["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    assert [one["insertedContent"]["text"] for one in change["replacements"]] == ["a: 1\r\nc: 3"]
