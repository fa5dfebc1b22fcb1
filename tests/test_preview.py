"""The page of a spec: what it holds, that nothing of the spec is code in it, and that the same spec gives the same."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from command import run
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from vidc.compile import Compiled, compile
from vidc.lock import Speech, learn
from vidc.project import load, reader
from vidc.review.preview import Look, page
from vidc.review.script import speeches
from vidc.review.sound import wav
from vidc.review.storyboard_images import Album
from vidc.source import Source

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*/video.vidc.*"))
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==")

SPEC = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
scenes:
  - name: hello
    intrinsicDurationTrackReference: speech
    tracks:
      - {type: image, imageUrl: "https://cdn.example.com/a.png", position: {x: 0, y: 0},
         size: {width: 100%, height: 100%}}
      - {type: actor, referenceId: speech, actor: karen, speakerId: en-GB-SoniaNeural, position: {x: 1110, y: 270},
         size: {width: 810, height: 810}, startTimeGap: 1500ms,
         text: "Hello there, this is what we would like to say to everyone today."}
      - {type: text, text: "A line", position: {x: 100, y: 900}, size: {width: 800, height: 120}}
  - name: late
    duration: 4s
    tracks:
      - {type: text, text: "Early", position: {x: 100, y: 100}, size: {width: 800, height: 120}, duration: 1s}
      - {type: text, text: "Late", position: {x: 100, y: 500}, size: {width: 800, height: 120}, startTimeGap: 3s}
"""


def compiled(text: str, file: Path | None = None) -> Compiled:
    return compile(Source("video.vidc.yaml", text, str(file or "")), draft=True)


def data(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"


def page_of(made: Compiled, old: Compiled | None = None) -> str:
    return page(Look(made, old or made), Album(made.source.file, None, data))


def tree(text: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(text)


def said(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_scene_is_drawn_at_its_start_middle_and_end() -> None:
    scene = tree(page_of(compiled(SPEC))).xpath("//section[@class='scene']")[1]
    stills = scene.xpath(".//figure")
    assert [said(one.find("figcaption")) for one in stills] == ["start", "middle", "end"]
    assert [one.xpath(".//text/tspan/text()") for one in stills] == [["Early"], [], ["Late"]]
    assert [one.xpath(".//svg/@aria-label") for one in stills] == [
        ["late, at 0.0 s"],
        ["late, at 2.0 s"],
        ["late, at 4.0 s"],
    ]


def test_tracks_stand_where_the_spec_says_to_scale() -> None:
    frame = tree(page_of(compiled(SPEC))).xpath("//div[@class='screen']/svg")[0]
    assert frame.get("viewbox") == "0 0 1920 1080"
    places = [one.get("transform") for one in frame.xpath("./g/g")]
    assert places == ["translate(0 0)", "translate(1110 270)", "translate(100 900)"]
    person = frame.xpath("./g[2]/g/svg")[0]
    assert (person.get("width"), person.get("height")) == ("810", "810")


def test_bars_without_a_name_say_what_they_show() -> None:
    scene = tree(page_of(compiled(SPEC.replace("A line", "A line " * 9)))).xpath("//section[@class='scene']")[0]
    titles = [one.text.rpartition(":")[0] for one in scene.xpath(".//div[@class='bars']/svg/svg/title")]
    assert titles == ["image a.png", "actor speech", f"text “{('A line ' * 9)[:39]}…”"]


def lines_of(size: str, more: str = "") -> tuple[float, list[str]]:
    """The size of the letters and the lines of one text track."""
    track = f"{{type: text, text: Several words in a box, position: {{x: 0, y: 0}}, size: {size}{more}}}"
    head = SPEC.partition("scenes:")[0]
    drawn = tree(page_of(compiled(f"{head}scenes:\n  - duration: 4s\n    tracks: [{track}]\n")))
    text = drawn.xpath("//div[@class='screen']//text")[0]
    return float(text.get("font-size")), text.xpath("./tspan/text()")


def test_letters_are_as_large_as_fits_and_never_larger_than_a_heading() -> None:
    assert lines_of("{width: 1900, height: 400}") == (81.0, ["Several words in a box"])
    size, lines = lines_of("{width: 300, height: 200}")
    assert (12 < size < 81, " ".join(lines)) == (True, "Several words in a box")
    assert 150 < len(lines) * size * 1.2 <= 200


def test_letters_whose_size_is_written_keep_it_though_they_leave_the_box() -> None:
    """The film would be as wrong, and the page is there to show it."""
    assert lines_of("{width: 300, height: 60}", ", fontSize: 120") == (
        120,
        ["Sev", "era", "l", "wor", "ds", "in", "a", "box"],
    )


def test_a_tiny_box_breaks_its_words_and_not_the_page() -> None:
    size, lines = lines_of("{width: 9, height: 9}")
    assert (size, "".join(lines)) == (4.5, "Severalwordsinabox")


@pytest.mark.parametrize(("color", "kind"), [("white", "stage"), ("'#222'", "stage light")])
def test_where_nothing_is_the_ground_lets_the_words_be_read(color: str, kind: str) -> None:
    spec = SPEC.replace('text: "Early"', f'text: "Early", fontColor: {color}')
    assert tree(page_of(compiled(spec))).xpath("//div[@class='screen']/svg[2]/rect/@class") == [kind]


def test_each_part_of_the_screen_has_its_window_in_the_video() -> None:
    made = compiled(SPEC)
    assert made.timeline is not None
    windows = tree(page_of(made)).xpath("//div[@class='screen']/svg[2]/g")
    start = made.timeline.scenes[1].start.expected
    assert [(int(one.get("data-from")) - start, int(one.get("data-to")) - start) for one in windows] == [
        (0, 1000),
        (3000, 4000),
    ]


def test_words_that_are_cut_are_struck_out_as_the_finding_names_them() -> None:
    made = compiled(SPEC)
    clipped = next(one for one in made.findings if one.name == "clipped")
    named = re.search(r"cutting off `(.*)`", clipped.words.message)
    scene = tree(page_of(made)).xpath("//section[@class='scene']")[0]
    assert named is not None
    assert [said(one) for one in scene.xpath(".//p[@class='script']//del")] == [named[1]]
    assert said(scene.xpath(".//p[@class='script']")[0]) == (
        "speech Hello there, this is what we would like to say to everyone today."
    )


def test_words_follow_each_other_from_the_start_of_the_track_to_its_end() -> None:
    for path in EXAMPLES:
        made = compile(load(str(path)), read=reader(None), draft=True)
        for speech in (one for found in speeches(made).values() for one in found):
            times = [time for word in speech.words for time in (word.start, word.end)]
            assert times == sorted(times)
            assert speech.start <= times[0]
            assert times[-1] <= speech.end
            assert "".join(word.text for word in speech.words).split() == " ".join(
                word.text for word in speech.words
            ).split() or speech.language.startswith("ja")


def test_findings_stand_beside_the_scene_they_speak_of() -> None:
    made = compiled(SPEC.replace("startTimeGap: 3s", "startTimeGap: 5s"))
    scenes = tree(page_of(made)).xpath("//section[@class='scene']")
    names = [one.xpath("./ul[@class='findings']//p[@class='place']/span/text()") for one in scenes]
    assert names == [["clipped"], ["empty-window"]]
    assert tree(page_of(made)).xpath("//p[@class='summary']/span/text()")[:2] == ["1 error", "1 warning"]
    (alarm,) = tree(page_of(made)).xpath("//p[@class='alarm']/a")
    assert (said(alarm), alarm.get("href")) == ("1 error", "#error")
    assert [said(one) for one in scenes[1].xpath(".//li[@id='error']//p[@class='place']/span")] == ["empty-window"]


def test_what_cannot_be_read_keeps_the_last_picture_with_the_errors_on_top() -> None:
    good, bad = compiled(SPEC), compiled(SPEC.replace("scenes:", "scenes: ["))
    main = tree(page_of(bad, good)).find(".//main")
    assert [said(one) for one in main.xpath("./p[@class='trouble']")] == [
        "The file as it is now cannot be drawn. The pictures show it as it was before."
    ]
    assert main.xpath("./ul/li/@class") == ["error"]
    assert [said(one) for one in main.xpath(".//h2")] == ["1 hello", "2 late"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "templateJobId: abc\n",
            "There is nothing to draw: the scenes are the template’s, which only the service has.",
        ),
        ("variables: {a: b}\n", "There is nothing to draw: this file only brings names to those that include it."),
        ("scenes: [\n", "There is nothing to draw."),
    ],
)
def test_a_spec_without_scenes_says_why_there_is_nothing(text: str, told: str) -> None:
    assert [said(one) for one in tree(page_of(compiled(text))).xpath("//p[@class='trouble']")] == [told]


class Elements(HTMLParser):
    """The elements as a browser would read them, and what each may do."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src", "xlink:href", "action")}


HOSTILE = """\
settings: {name: "</title><script>alert(1)</script>", videoSize: {width: 1920, height: 1080}}
scenes:
  - name: "\\"><img src=x onerror=alert(1)>\\u202e"
    intrinsicDurationTrackReference: "'><b>"
    tracks:
      - {type: actor, referenceId: "'><b>", actor: "\\"><svg onload=alert(1)>", speakerId: "\\"'<en-GB-x>",
         text: "</span><script>alert(2)</script> </p>&amp; \\"'>", startTimeGap: 1s,
         position: {x: 1500, y: 700}, size: {width: 300, height: 300}}
      - {type: text, text: "]]></text><script>alert(3)</script>\\u202e", position: {x: 9, y: 9},
         size: {width: 600, height: 200}, extra: {fontColor: "red\\"/><script>", fontSize: "1e9"}}
      - {type: image, imageUrl: "https://a.example/\\"><script>.png", rotation: 1.5}
      - {type: video, videoUrl: "javascript:alert(4)//\\"><iframe>"}
      - {type: "<script>", referenceId: "</title><i>"}
    transition: {type: "<i onclick=1>", duration: 100ms}
"""


def test_nothing_in_a_spec_becomes_an_element_an_attribute_or_an_address() -> None:
    text = page_of(compiled(HOSTILE))
    found, clean = Elements(text), Elements(page_of(compiled(SPEC)))
    assert found.tags.count("script") == 1
    assert set(found.tags) <= {*clean.tags, "a", "details", "summary"}
    assert not [name for name in found.attributes if name.startswith("on") or name == "style"]
    assert found.addresses <= {"data:,", "#error"}
    assert tree(text).find(".//title").text == "</title><script>alert(1)</script> · preview"
    assert "\u202e" not in text
    assert said(tree(text).xpath("//h2")[0]) == '1 "><img src=x onerror=alert(1)>\\u202e'
    assert ["".join(one.xpath(".//text//text()")) for one in tree(text).xpath("//div[@class='screen']/svg/g")] == [
        "",
        "]]></text><script>alert(3)</script>\\u202e",
        '"><script>.png',
        "",
    ]
    assert "alert(2)</script> </p>&amp; \"'>" in said(tree(text).xpath("//p[@class='script']")[0])


@given(st.text(max_size=60))
def test_any_text_stays_text(text: str) -> None:
    quoted = "".join(f"\\U{ord(sign):08x}" if not 0xD800 <= ord(sign) < 0xE000 else "?" for sign in text)
    spec = SPEC.replace("A line", quoted).replace("name: hello", f'name: "{quoted}"').replace("Hello there", quoted)
    found = Elements(page_of(compiled(spec)))
    assert found.tags.count("script") == 1
    assert not {"img", "iframe", "object", "embed", "base"} & set(found.tags)
    assert found.addresses <= {"data:,", "#error"}


def test_the_policy_names_the_page_s_own_style_and_script_and_nothing_else() -> None:
    text = page_of(compiled(SPEC))
    parts = {
        tag: b64encode(sha256(re.findall(f"<{tag}>(.*?)</{tag}>", text, re.S)[0].encode()).digest()).decode()
        for tag in ("style", "script")
    }
    policy = tree(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == [
        f"default-src 'none'; img-src data:; media-src data:; style-src 'sha256-{parts['style']}'; "
        f"script-src 'sha256-{parts['script']}'; base-uri 'none'; form-action 'none'"
    ]


def test_a_picture_of_the_project_is_held_once(tmp_path: Path) -> None:
    (tmp_path / "media" / "cdn.example.com").mkdir(parents=True)
    (tmp_path / "media" / "cdn.example.com" / "a.png").write_bytes(PNG)
    text = page_of(compiled(SPEC, tmp_path / "video.vidc.yaml"))
    assert text.count(b64encode(PNG).decode()) == 1
    assert tree(text).xpath("//div[@class='screen']//use/@href") == ["#image-0"]
    assert 'id="image-0"' in text


def test_no_picture_from_outside_the_project_is_held(tmp_path: Path) -> None:
    inside = tmp_path / "project"
    (inside / "media" / "cdn.example.com").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PNG)
    (inside / "media" / "cdn.example.com" / "a.png").symlink_to(tmp_path / "secret.png")
    assert b64encode(PNG).decode() not in page_of(compiled(SPEC, inside / "video.vidc.yaml"))


def test_a_file_that_is_no_picture_is_not_held(tmp_path: Path) -> None:
    (tmp_path / "media" / "cdn.example.com").mkdir(parents=True)
    (tmp_path / "media" / "cdn.example.com" / "a.png").write_bytes(b"token = 1234")
    assert b64encode(b"token = 1234").decode() not in page_of(compiled(SPEC, tmp_path / "video.vidc.yaml"))


@given(st.lists(st.integers(-32768, 32767), min_size=1, max_size=300))
def test_sound_is_a_wav_that_decodes_to_what_was_said(samples: list[int]) -> None:
    with av.open(BytesIO(wav(np.array(samples, np.int16).tobytes(), 22050))) as container:
        stream = container.streams.audio[0]
        assert (stream.codec_context.name, stream.rate, stream.channels) == ("pcm_mulaw", 22050, 1)
        heard = np.concatenate([frame.to_ndarray().ravel() for frame in container.decode(stream)])
    wanted = np.array(samples, np.int32)
    # G.711 keeps four bits beside the exponent: within a sixteenth, and 8 near nothing; what is too loud is 32124
    assert len(heard) == len(wanted)
    assert (np.abs(heard.astype(np.int32) - wanted) <= np.maximum(np.abs(wanted) / 16, 8)).all()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_page_of_an_example_stands_alone_and_is_the_same_on_every_run(path: Path, tmp_path: Path) -> None:
    for number in ("1", "2"):
        done = run(
            "preview", str(path), "--output", str(tmp_path / number), cwd=tmp_path, PYTHONHASHSEED=number, TZ="UTC+9"
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    first = (tmp_path / "1").read_bytes()
    assert first == (tmp_path / "2").read_bytes()
    addresses = {one.partition(";")[0] for one in Elements(first.decode()).addresses}
    outside = {one for one in addresses if not re.fullmatch(r"#image-\d+|data:(,|audio/wav|image/(png|jpeg))", one)}
    assert outside == set()


def test_without_sound_the_page_has_none(tmp_path: Path) -> None:
    (tmp_path / "video.vidc.yaml").write_text(SPEC, encoding="utf-8")
    done = run("preview", "video.vidc.yaml", "--no-sound", "-o", "page.html", cwd=tmp_path)
    assert done.returncode == 0
    assert "<audio" not in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_errors_are_shown_and_the_page_is_written_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "video.vidc.yaml").write_text(SPEC.replace("duration: 4s", "duration: 0s"), encoding="utf-8")
    done = run("preview", "video.vidc.yaml", "--no-sound", "-o", "page.html", cwd=tmp_path)
    assert done.returncode == 1
    assert "error: " in done.stderr
    assert tree((tmp_path / "page.html").read_text(encoding="utf-8")).find(".//h1").text == "Demo"


WARNED = """\
settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
language: en
scenes:
  - name: a
    tracks:
      - {type: actor, referenceId: speech, actor: karen, speakerId: en-GB-RyanNeural, text: "Good bye.",
         position: {x: 0, y: 0}, size: {width: 9, height: 9}, startTimeGap: 500ms}
"""


def test_the_page_knows_what_lint_knows(tmp_path: Path) -> None:
    (tmp_path / "vidc.toml").write_text("strict = true\n")
    (tmp_path / "video.vidc.yaml").write_text(WARNED)
    learn(str(tmp_path / "vidc.lock"), Speech("en-GB-RyanNeural", ("Good bye.",), "en", "2026-01-01", 3040))

    def made(*words: str) -> tuple[int, list[str], str]:
        done = run("preview", "video.vidc.yaml", "--no-sound", "-o", "page.html", *words, cwd=tmp_path)
        found = tree((tmp_path / "page.html").read_text())
        return done.returncode, found.xpath("//ul[@class='findings']/li/@class")[:1], said(found.xpath("//header/p")[1])

    assert made() == (1, ["error"], "3.04 s · 1 error, 1 note")
    linted = run("lint", "--format", "json", cwd=tmp_path)
    assert [(one["name"], one["severity"]) for one in json.loads(linted.stdout)] == [("clipped", "error")]
    code, kinds, summary = made("--isolated")
    assert (code, kinds) == (0, ["warning"])
    assert summary.startswith("about 0.7")


def test_what_the_project_has_accepted_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "vidc.toml").write_text('baseline = "known.json"\n')
    (tmp_path / "video.vidc.yaml").write_text(WARNED)
    done = run("preview", "video.vidc.yaml", "--no-sound", "-o", "page.html", cwd=tmp_path)
    assert (done.returncode, "there is no baseline known.json" in done.stderr) == (2, True)
    run("lint", "--baseline", "known.json", "--write-baseline", cwd=tmp_path)
    for words, kinds in ((), ["note"]), (("--isolated",), ["warning", "note"]):
        run("preview", "video.vidc.yaml", "--no-sound", "-o", "page.html", *words, cwd=tmp_path)
        assert tree((tmp_path / "page.html").read_text()).xpath("//ul[@class='findings']/li/@class") == kinds


def test_what_a_spec_allows_is_not_shown_unless_asked_for(tmp_path: Path) -> None:
    allowed = f"{WARNED.rstrip()}  # vidc: allow clipped -- a test\n"
    (tmp_path / "video.vidc.yaml").write_text(allowed)
    for words, kinds in ((), []), (("--no-allow",), ["warning"]):
        run("preview", "video.vidc.yaml", "--no-sound", "-o", "page.html", *words, cwd=tmp_path)
        found = tree((tmp_path / "page.html").read_text()).xpath("//ul[@class='findings']/li/@class")
        assert [kind for kind in found if kind != "note"] == kinds


def test_standard_input_is_previewed_to_a_file_only(tmp_path: Path) -> None:
    done = run("preview", "-", cwd=tmp_path, text=SPEC)
    assert done.returncode == 2
    assert "--output" in done.stderr
    assert run("preview", "-", "--no-sound", "-o", "-", cwd=tmp_path, text=SPEC).stdout.startswith("<!doctype html>")
