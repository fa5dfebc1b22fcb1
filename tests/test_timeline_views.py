"""The timeline as text, data and pictures."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from vidc.cli.timeline import command
from vidc.clock import INF, Length, exact
from vidc.compile import compile
from vidc.diag.cells import width as cells
from vidc.diag.finding import Finding, Place, Words
from vidc.diag.sink import clean
from vidc.ir.spec import Scene, Track
from vidc.ir.timeline import Moment, PlacedScene, PlacedTrack, Timeline, Window
from vidc.ir.tree import Mapping
from vidc.source import Source, Span
from vidc.views.chart import Piece, Shown, pieces, rough, spoken
from vidc.views.timeline_data import as_data
from vidc.views.timeline_html import timeline_html
from vidc.views.timeline_svg import timeline_svg
from vidc.views.timeline_text import timeline_text

VIEWS = Path(__file__).parent / "views"
SOURCE = Source("odd.vidc.yaml", "")
HOSTILE = "</title><script>alert(1)</script>\"'&{}]]>\x1b[31m\u202e::error::"


def node() -> Mapping:
    return Mapping({}, SOURCE, 0, 0)


def at(low: float, expected: int | None = None, high: float | None = None) -> Moment:
    middle = int(low) if expected is None else expected
    return Moment(low, middle, middle if high is None else high)


def placed(
    scene: int,
    index: int,
    kind: str,
    name: str | None,
    start: Moment,
    end: Moment,
    seen: Window | None = None,
    medium: Length | None = None,
) -> PlacedTrack:
    track = Track(kind, scene, index, node(), {}, reference_id=name)
    return PlacedTrack(track, start, end, seen, medium)


def whole(scene: int, index: int, kind: str, name: str | None, start: Moment, end: Moment) -> PlacedTrack:
    return placed(scene, index, kind, name, start, end, Window(start, end))


def scene(
    index: int, name: str | None, start: Length, duration: Length, by: str, tracks: list[PlacedTrack]
) -> PlacedScene:
    reference = tracks[0].track.reference_id if by == "reference" else None
    made = Scene(index, node(), {}, [one.track for one in tracks], name=name, reference=reference)
    return PlacedScene(made, start, duration, by, tracks)


def cut(name: str, path: str, message: str) -> Finding:
    return Finding(name, "warning", Words(message, Place(Span(SOURCE, 0, 0), path), cuts=True))


SPEECH = Length(4300, 6243, 9052, "estimated")
OPEN = Length(1, 5000, INF, "estimated")


def odd() -> Shown:
    """Every kind of piece, every way of sizing, and names that do not behave."""
    late = at(4500)
    first = scene(
        0,
        "hello",
        exact(0),
        SPEECH,
        "reference",
        [
            whole(0, 0, "actor", "speech", at(0), at(4300, 6243, 9052)),
            whole(0, 1, "text", "title", at(500), at(3300, 5243, 8052)),
            whole(0, 2, "image", None, at(1300, 3243, 6052), at(4300, 6243, 9052)),
        ],
    )
    second = scene(
        1,
        None,
        SPEECH,
        exact(4000),
        "duration",
        [
            placed(1, 0, "video", "the harbour at night, seen from above", at(500), at(8500),
                   Window(at(500), at(4000)), exact(8000)),
            placed(1, 1, "audio", "music", at(0), at(4000), Window(at(0), at(2500)), exact(2500)),
            whole(1, 2, "text", "flash", at(100), at(110)),
            placed(1, 3, "image", "late", late, at(5000)),
            whole(1, 4, "shape", HOSTILE, at(0), at(4000)),
        ],
    )  # fmt: skip
    third = scene(
        2,
        f"日本語 {HOSTILE}",
        Length(8300, 10243, 13052, "estimated"),
        OPEN,
        "inferred",
        [
            whole(2, 0, "video", None, at(0), at(1, 5000, INF)),
            whole(2, 1, "image", "日本語のロゴマーク長い名前です", at(0), at(1, 5000, INF)),
        ],
    )
    cuts = [
        cut("clipped", "scenes[1].tracks[0]", "this track ends 4.5 s after the scene does"),
        cut("ends-early", "scenes[1].tracks[1]", f"this audio is over 1.5 s before its track ends {HOSTILE}"),
    ]
    total = Length(8301, 15243, INF, "estimated")
    return Shown(f"odd {HOSTILE}.vidc.yaml", Timeline([first, second, third], total), cuts)


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, list(words), standalone_mode=False)
    assert done.exception is None, done.exception
    return done.return_value, done.stdout, done.stderr


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(VIEWS)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("format", ["text", "json", "svg", "html"])
def test_a_spec_is_shown(format: str, golden: Callable[[Path, str], None]) -> None:
    code, out, err = run("welcome.vidc.yaml", "--format", format)
    assert (code, err) == (0, "")
    golden(VIEWS / f"welcome.timeline.{'txt' if format == 'text' else format}", out)


@pytest.mark.parametrize(("width", "ascii_only"), [(80, False), (80, True), (50, False), (120, False)])
def test_anything_fits_the_width(width: int, ascii_only: bool, golden: Callable[[Path, str], None]) -> None:
    text = timeline_text([odd()], width, ascii_only)
    golden(VIEWS / f"odd.{width}{'.ascii' if ascii_only else ''}.txt", text)
    assert [line for line in text.splitlines()[1:] if cells(line) > width] == []
    assert text.isascii() or not ascii_only


def test_the_picture_of_anything(golden: Callable[[Path, str], None]) -> None:
    golden(VIEWS / "odd.svg", timeline_svg([odd(), odd()]))
    golden(VIEWS / "odd.html", timeline_html([odd(), odd()]))


def test_the_data_has_the_documented_shape() -> None:
    medium = Length(4300, 6243, 9052, "estimated")
    gone = placed(0, 1, "image", None, at(-500), at(0))
    one = placed(0, 0, "actor", "a", at(0), at(4300, 6243, 9052), Window(at(0), at(1, 2, INF)), medium)
    made = scene(0, "hello", exact(0), OPEN, "inferred", [one, gone])
    assert as_data("a.vidc.yaml", Timeline([made], OPEN)) == {
        "file": "a.vidc.yaml",
        "total": {"low": 1, "expected": 5000, "high": None, "basis": "estimated"},
        "scenes": [
            {
                "path": "scenes[0]",
                "name": "hello",
                "start": {"low": 0, "expected": 0, "high": 0, "basis": "exact"},
                "duration": {"low": 1, "expected": 5000, "high": None, "basis": "estimated"},
                "sizedBy": "inferred",
                "tracks": [
                    {
                        "path": "scenes[0].tracks[0]",
                        "type": "actor",
                        "referenceId": "a",
                        "start": {"low": 0, "expected": 0, "high": 0},
                        "end": {"low": 4300, "expected": 6243, "high": 9052},
                        "visible": {
                            "start": {"low": 0, "expected": 0, "high": 0},
                            "end": {"low": 1, "expected": 2, "high": None},
                        },
                        "medium": {"low": 4300, "expected": 6243, "high": 9052, "basis": "estimated"},
                    },
                    {
                        "path": "scenes[0].tracks[1]",
                        "type": "image",
                        "referenceId": None,
                        "start": {"low": -500, "expected": -500, "high": -500},
                        "end": {"low": 0, "expected": 0, "high": 0},
                        "visible": None,
                        "medium": None,
                    },
                ],
            }
        ],
    }


@pytest.mark.usefixtures("here")
def test_a_file_with_errors_is_left_out_and_its_errors_are_shown(tmp_path: Path) -> None:
    bad = tmp_path / "bad.vidc.yaml"
    bad.write_text("settings: {name: Demo, videoSize: {width: 1, height: 1}}\nscenes: [{tracks: []}]\n")
    code, out, err = run("welcome.vidc.yaml", str(bad), "--format", "json")
    assert code == 1
    assert [one["file"] for one in json.loads(out)] == ["welcome.vidc.yaml"]
    assert "error: " in err
    code, out, err = run(str(bad))
    assert (code, out) == (1, "")


def test_lengths_are_said_with_their_bounds() -> None:
    lengths = [exact(1234), SPEECH, OPEN, Length(59_950, 60_040, 90_000, "measured"), Length(4000, 4000, INF)]
    assert [spoken(length) for length in lengths] == [
        "1.234 s",
        "about 6.2 s (4.3 s to 9.1 s, estimated)",
        "about 5.0 s (0.0 s or more, estimated)",
        "about 1 min 0.0 s (1 min 0.0 s to 1 min 30.0 s, measured)",
        "4.0 s or more",
    ]


def test_a_bar_says_what_is_sure_and_what_is_cut() -> None:
    speech = whole(0, 0, "actor", None, at(0), at(4000, 6000, 9000))
    assert pieces(speech, 6000, 9000.0) == [
        Piece("sure", 0.0, 4000),
        Piece("likely", 4000, 6000),
        Piece("possible", 6000, 9000.0),
    ]
    clipped = placed(0, 0, "video", None, at(1000), at(9000), Window(at(1000), at(4000)), exact(8000))
    assert pieces(clipped, 4000, 6000.0) == [Piece("sure", 1000, 4000), Piece("cut", 4000, 6000.0)]
    early = placed(0, 0, "audio", None, at(0), at(4000), Window(at(0), at(2500)), exact(2500))
    assert pieces(early, 4000, 4000.0) == [Piece("sure", 0.0, 2500), Piece("idle", 2500, 4000)]
    before = placed(0, 0, "video", None, at(-2000), at(3000), Window(at(0), at(3000)), exact(5000))
    assert pieces(before, 4000, 4000.0) == [Piece("sure", 0.0, 3000)]


def test_a_track_that_is_not_seen_at_the_expected_lengths_has_no_times() -> None:
    actor = "{type: actor, actor: a, speakerId: en-US-JennyNeural, text: Welcome to our shop today., referenceId: s}"
    text = "{type: text, text: Hi, startTimeGap: 2100ms, endTimeGap: 0, position: {x: 0, y: 0}, size: {width: 9, height: 9}}"
    scene = f"scenes: [{{intrinsicDurationTrackReference: s, tracks: [{actor}, {text}]}}]\n"
    place = "defaults: {actor: {position: {x: 0, y: 0}, size: {width: 9, height: 9}}}\n"
    source = Source("a.vidc.yaml", f"settings: {{name: A, videoSize: {{width: 90, height: 90}}}}\n{place}{scene}")
    timeline = compile(source, draft=True).timeline
    assert timeline is not None
    shown = timeline_text([Shown("a.vidc.yaml", timeline, [])], width=80)
    assert next(line for line in shown.splitlines() if line.lstrip().startswith("text")).split()[1:3] == ["not", "seen"]


moments = st.builds(
    lambda low, middle, high: at(low, low + middle, INF if high is None else low + middle + high),
    st.integers(-5000, 9000),
    st.integers(0, 5000),
    st.none() | st.integers(0, 5000),
)


@given(
    moments, moments, st.none() | st.tuples(moments, moments), st.none() | st.integers(0, 9000), st.integers(0, 9000)
)
def test_pieces_stand_in_order_inside_the_scene(
    start: Moment, end: Moment, seen: tuple[Moment, Moment] | None, medium: int | None, length: int
) -> None:
    window = Window(*seen) if seen else None
    track = placed(0, 0, "video", None, start, end, window, None if medium is None else exact(medium))
    reach = max(length * 1.5, 1.0)
    made = pieces(track, length, reach)
    edges = [edge for piece in made for edge in (piece.start, piece.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= reach for edge in edges)
    assert all(piece.start < piece.end for piece in made)


names = st.text(st.characters(codec=None), max_size=20) | st.sampled_from([HOSTILE, "##[error]x", "日" * 40])


@given(names, names, names, names)
def test_nothing_from_a_spec_gets_out_of_its_place(file: str, name: str, reference: str, kind: str) -> None:
    one = whole(0, 0, kind, reference, at(0), at(10, 2000, 3000))
    made = scene(0, name, exact(0), Length(10, 2000, 3000, "stated"), "reference", [one])
    shown = Shown(file, Timeline([made], exact(2000)), [cut("clipped", "scenes[0].tracks[0]", name)])
    tags = [element.tag.split("}")[-1] for element in ElementTree.fromstring(timeline_svg([shown])).iter()]
    assert tags == [element.tag.split("}")[-1] for element in ElementTree.fromstring(timeline_svg([plain()])).iter()]
    assert Tags.of(timeline_html([shown])) == Tags.of(timeline_html([plain()]))
    text = timeline_text([shown], 80)
    assert [line for line in text.split("\n") if clean(line) != line] == []
    assert timeline_text([shown], 80, True).isascii()


def plain() -> Shown:
    one = whole(0, 0, "actor", "a", at(0), at(10, 2000, 3000))
    made = scene(0, "b", exact(0), Length(10, 2000, 3000, "stated"), "reference", [one])
    return Shown("c", Timeline([made], exact(2000)), [cut("clipped", "scenes[0].tracks[0]", "d")])


class Tags(HTMLParser):
    """The tags of a page and the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _ in attrs]))

    @classmethod
    def of(cls, page: str) -> list[tuple[str, list[str]]]:
        reader = cls()
        reader.feed(page)
        return reader.found


def test_the_page_asks_for_nothing_and_allows_only_its_own_style() -> None:
    page = timeline_html([odd()])
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert len(style) == 1
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page
    attributes = {name for _, names in Tags.of(page) for name in names}
    assert attributes.isdisjoint({"src", "href", "style", "onload", "onclick"})
    addresses = re.findall(r"(?:url\(|@import)[^)]{0,40}", page)
    assert {address for address in addresses if not address.startswith("url(#")} == set()


def test_rough_times_are_to_a_tenth() -> None:
    assert [rough(ms) for ms in (49, 51, 1249, 61_234)] == ["0.0 s", "0.1 s", "1.2 s", "1 min 1.2 s"]


def _ids(page: str) -> list[Any]:
    return re.findall(r' id="([^"]*)"', page)


def test_ids_are_unique_in_a_page() -> None:
    ids = _ids(timeline_html([odd(), odd()]))
    assert len(ids) == len(set(ids))


@pytest.mark.usefixtures("here")
def test_a_file_that_cannot_be_read_hides_no_other() -> None:
    code, out, err = run("nowhere.vidc.yaml", "welcome.vidc.yaml", "--format", "json")
    assert code == 3
    assert [one["file"] for one in json.loads(out)] == ["welcome.vidc.yaml"]
    assert err == "vidc: cannot read nowhere.vidc.yaml: there is no such file\n"


def test_a_folder_stands_for_its_specs(tmp_path: Path) -> None:
    code, out, _ = run(str(VIEWS / "import"), "--format", "json")
    assert code == 0
    assert [Path(one["file"]).name for one in json.loads(out)] == [
        "course.vidc.yaml",
        "literal.vidc.yaml",
        "template.vidc.yaml",
    ]
    assert run(str(tmp_path), "--format", "json") == (
        2,
        "[]\n",
        f"vidc: no specs found in {tmp_path}: they are named *.vidc.yaml, *.vidc.yml or *.vidc.json\n",
    )


def test_a_file_that_only_brings_names_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.vidc.yaml").write_text("variables: {company: Northwind}\n")
    (tmp_path / "b.vidc.yaml").write_text((VIEWS / "import" / "course.vidc.yaml").read_text())
    code, out, err = run(str(tmp_path), "--format", "json")
    assert (code, err) == (0, "")
    assert [Path(one["file"]).name for one in json.loads(out)] == ["b.vidc.yaml"]
