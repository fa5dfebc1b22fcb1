"""Films as files: frames, cuts, fades, sound and bytes; and what is taken from before instead of made again."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import av
import numpy as np
import pytest
from conftest import SCALE
from hypothesis import given, settings
from hypothesis import strategies as st
from render_media import film as footage
from render_media import number_of, sound

from vidc import Source, compile
from vidc.render.encode import FPS, PROFILES, Packet
from vidc.render.encode_units import without_notes
from vidc.render.film import Film, Progress, film
from vidc.render.film_cuts import Length, frame_of, middle, pieces
from vidc.render.media_library import library_of
from vidc.render.segments import Store
from vidc.render.sheet import scale_for, sheet
from vidc.render.staging import Shown
from vidc.render.staging_film import CannotFilm, Production, produce
from vidc.render.still import PastEnd, png, still

ROOT = Path(__file__).parent.parent
SIZE = (160, 90)
COLORS = {"red": (220, 30, 30), "green": (30, 200, 40), "blue": (40, 50, 220), "white": (250, 250, 250)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    media = tmp_path / "media" / "a.test"
    media.mkdir(parents=True)
    for name, color in COLORS.items():
        pixels = np.zeros((90, 160, 3), np.uint8)
        pixels[:] = color
        (media / f"{name}.png").write_bytes(png(pixels))
    return tmp_path


def scene(color: str, ms: int, *tracks: str, fade: int = 0) -> str:
    transition = f", transition: {{type: fade, duration: {fade}}}" if fade else ""
    image = f"{{type: image, imageUrl: 'https://a.test/{color}.png', position: {{x: 0, y: 0}}, size: {{width: 160, height: 90}}}}"
    return f"  - {{name: {color}, duration: {ms}{transition}, tracks: [{', '.join([image, *tracks])}]}}\n"


def spec(*scenes: str, more: str = "") -> str:
    return f"settings: {{name: A, videoSize: {{width: 160, height: 90}}{more}}}\nscenes:\n" + "".join(scenes)


def staged(folder: Path, text: str, shown: Shown | None = None, scale: float = 1.0) -> Production:
    source = Source("a.vidc.yaml", text, str(folder / "a.vidc.yaml"))
    library = library_of(source.file, str(folder))
    made = produce(lambda facts: compile(source, facts=facts, draft=True), library, shown or Shown(), scale)
    assert isinstance(made, Production), made
    return made


def made(folder: Path, text: str, name: str = "a.mp4", store: Store | None = None) -> Film:
    return film(staged(folder, text), str(folder / name), PROFILES["preview"], store or Store(None))


def frames(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        return [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]


def named(frame: np.ndarray) -> str:
    """The color whose scene a frame shows."""
    middle_color = frame[frame.shape[0] // 2, frame.shape[1] // 2].astype(int)
    return min(COLORS, key=lambda name: int(np.abs(middle_color - COLORS[name]).sum()))


def heard(path: Path) -> np.ndarray:
    """The loudness of each sample that a player would play: from the file's begin on."""
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        found = np.zeros(0, np.float32)
        for frame in file.decode(stream):
            at = round(float(frame.time or 0) * 48_000)
            piece = np.abs(frame.to_ndarray()).max(axis=0)
            found = np.concatenate([found, np.zeros(max(at + len(piece) - len(found), 0), np.float32)])
            found[max(at, 0) : at + len(piece)] = piece[max(-at, 0) :]
        return found


def test_every_cut_is_on_the_nearest_frame_and_the_frames_are_as_many_as_the_film_lasts(folder: Path) -> None:
    lengths = [500, 733, 17, 1018, 333]
    colors = ["red", "green", "blue", "white", "red"]
    done = made(folder, spec(*(scene(color, ms) for color, ms in zip(colors, lengths, strict=True))))
    seen = [named(frame) for frame in frames(folder / "a.mp4")]
    begins = [sum(lengths[:number]) for number in range(6)]
    wanted = [round(begin * 30 / 1000) for begin in begins]
    expected = [color for number, color in enumerate(colors) for _ in range(wanted[number], wanted[number + 1])]
    assert seen == expected
    assert done == Film(78, 78)


def test_a_film_is_a_file_that_plays_at_once_and_everywhere(folder: Path) -> None:
    made(folder, spec(scene("red", 1000), scene("green", 500)))
    content = (folder / "a.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    assert not [word for word in (b"Lavf", b"Lavc", b"x264", b"encoder") if word in content]
    with av.open(str(folder / "a.mp4")) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        context = video.codec_context
        told = (context.name, context.pix_fmt, video.average_rate, video.frames, video.start_time)
        assert told == ("h264", "yuv420p", 30, 45, 0)
        colors = [context.colorspace, context.color_primaries, context.color_trc, context.color_range]
        assert [int(value) for value in colors] == [1, 1, 1, 1]
        assert (audio.codec_context.name, audio.rate, audio.layout.name) == ("aac", 48_000, "stereo")
        assert file.duration == 1_500_000
        assert {"creation_time", "encoder"}.isdisjoint(file.metadata | video.metadata | audio.metadata)
    assert len(heard(folder / "a.mp4")) >= 72_000


def test_a_fade_lies_around_its_cut_and_makes_the_film_no_shorter(folder: Path) -> None:
    made(folder, spec(scene("red", 1000, fade=400), scene("blue", 1000)))
    seen = frames(folder / "a.mp4")
    reds = [int(frame[45, 80, 0]) for frame in seen]
    assert len(seen) == 60
    assert [named(seen[at]) for at in (0, 23, 36, 59)] == ["red", "red", "blue", "blue"]
    parts = [(2 * number + 1) / 24 for number in range(12)]
    wanted = [220 + (40 - 220) * part for part in parts]
    assert reds[24:36] == pytest.approx(wanted, abs=8)


SPEECH = (
    "{type: actor, actor: karen, speakerId: en-GB-SoniaNeural, text: Hello there, startTimeGap: 400, "
    "position: {x: 0, y: 0}, size: {width: 90, height: 90}}"
)


def test_sound_and_picture_begin_together(folder: Path) -> None:
    tone = 0.5 * np.sin(np.arange(24_000) * 0.13)
    sound(folder / "media/a.test/tone.wav", tone.astype(np.float32))
    both = (
        "{type: audio, audioUrl: 'https://a.test/tone.wav', startTimeGap: 700}",
        "{type: image, imageUrl: 'https://a.test/white.png', startTimeGap: 700, position: {x: 0, y: 0}, size: {width: 160, height: 90}}",
    )
    made(folder, spec(scene("red", 1033), scene("green", 1500, *both)))
    first_white = [named(frame) for frame in frames(folder / "a.mp4")].index("white")
    first_heard = int(np.flatnonzero(heard(folder / "a.mp4") > 0.05)[0])
    assert first_heard / 48_000 == pytest.approx(1.733, abs=0.004)
    assert first_white / 30 == pytest.approx(first_heard / 48_000, abs=1 / 60 + 0.004)


def test_a_mouth_opens_when_its_voice_is_heard(folder: Path) -> None:
    production = staged(folder, spec(scene("white", 1800, SPEECH)))
    film(production, str(folder / "a.mp4"), PROFILES["share"], Store(None))
    speech = production.materials[0][0, 1].speech
    assert speech is not None
    opens = next(at for at, shape in speech.mouths if shape not in ("rest", "closed")) + 400
    first_heard = int(np.flatnonzero(heard(folder / "a.mp4") > 0.02)[0]) / 48
    assert abs(opens - first_heard) < 1000 / 30


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


ALONE = """\
import sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from test_render_film import *
folder = Path({folder!r})
made(folder, (folder / "a.txt").read_text(), sys.argv[1])
"""


def test_the_same_spec_gives_the_same_bytes_in_every_process(folder: Path) -> None:
    text = spec(scene("white", 900, SPEECH, fade=200), scene("blue", 600, "{type: text, text: Hi there}"))
    (folder / "a.txt").write_text(text)
    program = ALONE.format(tests=str(ROOT / "tests"), folder=str(folder))
    for number in (1, 2):
        command = [sys.executable, "-c", program, f"{number}.mp4"]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(number)}
        subprocess.run(command, check=True, env=env, cwd=ROOT)
    made(folder, text, "3.mp4")
    assert digest(folder / "1.mp4") == digest(folder / "2.mp4") == digest(folder / "3.mp4")


def test_an_edit_makes_its_own_scene_anew_and_no_other(folder: Path) -> None:
    store = Store(str(folder / "kept"))
    text = spec(scene("red", 1000), scene("green", 1000, fade=200), scene("blue", 1000), scene("white", 1000))
    assert made(folder, text, store=store) == Film(120, 120)
    assert made(folder, text, store=store) == Film(120, 0)
    other = text.replace("name: blue", "name: sea").replace("blue.png", "white.png")
    assert made(folder, other, store=store) == Film(120, 27 + 6)
    alone = made(folder, other, "b.mp4")
    assert alone == Film(120, 120)
    assert digest(folder / "a.mp4") == digest(folder / "b.mp4")


def test_what_drawing_found_is_said_again_when_nothing_is_drawn(folder: Path) -> None:
    store = Store(str(folder / "kept"))
    box = "position: {x: 0, y: 0}, size: {width: 40, height: 20}"
    text = spec(scene("red", 200, f"{{type: text, text: Far too long for this box 漢字, fontSize: 20, {box}}}"))
    told = []
    for more in ("", "# a line above\n"):
        production = staged(folder, more + text)
        film(production, str(folder / "a.mp4"), PROFILES["draft"], store)
        told.append([(one.name, one.words.message, one.span.text, one.span.start) for one in production.findings()])
    assert [name for name, *_ in told[0]] == ["missing-glyph", "overflowing-text"]
    assert told[1] == [(*said, start + 15) for *said, start in told[0]]


def test_what_drawing_found_may_be_allowed(folder: Path) -> None:
    box = "position: {x: 0, y: 0}, size: {width: 40, height: 20}"
    track = f"{{type: text, text: Far too long for this box 漢字, fontSize: 20, {box}}}"
    text = spec("  # vidc: allow overflowing-text -- a ticker\n", scene("red", 200, track))
    production = staged(folder, text)
    film(production, str(folder / "a.mp4"), PROFILES["draft"], Store(None))
    assert [one.name for one in production.findings()] == ["missing-glyph"]


def test_a_scene_that_begins_elsewhere_between_two_frames_is_not_made_anew(folder: Path) -> None:
    store = Store(str(folder / "kept"))

    def text(first: int) -> str:
        return spec(scene("red", first), scene("green", 1010), scene("blue", 1010, fade=100), scene("white", 1010))

    made(folder, text(1000), store=store)
    for first in (1007, 1013, 1020, 1026):
        done = made(folder, text(first), store=store)
        # The first scene, and here and there one frame more at a scene's end.
        assert done.made <= 31 + 3
        assert done.frames == frame_of(first + 3030)
        assert digest(folder / "a.mp4") == digest_of_fresh(folder, text(first))


def digest_of_fresh(folder: Path, text: str) -> str:
    made(folder, text, "fresh.mp4")
    return digest(folder / "fresh.mp4")


def test_what_was_kept_and_is_damaged_is_made_again(folder: Path) -> None:
    store = Store(str(folder / "kept"))
    text = spec(scene("red", 500), scene("green", 500))
    made(folder, text, store=store)
    before = digest(folder / "a.mp4")
    for path in (folder / "kept").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert made(folder, text, store=store) == Film(30, 30)
    assert digest(folder / "a.mp4") == before


def test_what_is_kept_stays_below_its_limit_and_the_oldest_goes_first(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "kept"), max_bytes=3_500)
    for number in range(5):
        store.write(str(number), [Packet(0, True, bytes(1_000))])
        os.utime(tmp_path / "kept" / f"{number}.segment", (number, number))
    store.prune()
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["2.segment", "3.segment", "4.segment"]


def test_where_nothing_can_be_kept_a_film_is_made_all_the_same(folder: Path) -> None:
    (folder / "kept").write_text("no folder")
    assert made(folder, spec(scene("red", 200)), store=Store(str(folder / "kept"))) == Film(6, 6)


@given(st.lists(st.builds(Packet, st.integers(0, 9), st.booleans(), st.binary(max_size=40)), max_size=5))
def test_what_is_kept_comes_back(packets: list[Packet]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        store.write("a", packets)
        assert store.read("a") == packets
        assert store.read("b") is None


def test_an_interruption_leaves_the_old_file_and_no_half_one(folder: Path) -> None:
    (folder / "a.mp4").write_bytes(b"old")
    production = staged(folder, spec(scene("red", 1000), scene("green", 1000)))

    def interrupt(progress: Progress) -> None:
        if progress.done == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        film(production, str(folder / "a.mp4"), PROFILES["draft"], Store(str(folder / "kept")), interrupt)
    assert (folder / "a.mp4").read_bytes() == b"old"
    assert sorted(path.name for path in folder.iterdir()) == ["a.mp4", "kept", "media"]
    assert [path.suffix for path in (folder / "kept").iterdir()] == [".segment"]


def test_progress_counts_every_frame(folder: Path) -> None:
    production = staged(folder, spec(scene("red", 200), scene("green", 200)))
    told: list[Progress] = []
    film(production, str(folder / "a.mp4"), PROFILES["draft"], Store(None), told.append)
    assert [each.done for each in told] == list(range(1, 13))
    assert told[0] == Progress(1, 12, 1, "red")
    assert told[-1] == Progress(12, 12, 12, "green")


def test_one_scene_alone_is_a_film(folder: Path) -> None:
    production = staged(folder, spec(scene("red", 1000, fade=300), scene("green", 433)))
    done = film(production, str(folder / "a.mp4"), PROFILES["preview"], Store(None), only=1)
    assert done.frames == 13
    assert {named(frame) for frame in frames(folder / "a.mp4")} == {"green"}


def test_a_video_in_a_film_shows_the_frame_of_its_time(folder: Path) -> None:
    footage(folder / "media/a.test/clip.mp4", frames=60, size=(160, 90), draw=bars_of)
    track = "{type: video, videoUrl: 'https://a.test/clip.mp4', startTimeGap: 500, position: {x: 0, y: 0}, size: {width: 160, height: 90}}"
    made(folder, spec(scene("red", 2000, track)))
    seen = frames(folder / "a.mp4")
    assert [number_of(np.dstack([frame, frame[:, :, :1]])) for frame in seen[15:60]] == list(range(45))


def bars_of(number: int, width: int, height: int) -> np.ndarray:
    from render_media import bars

    return bars(number, width, height)


def test_an_alpha_channel_is_in_the_webm(folder: Path) -> None:
    track = "{type: image, imageUrl: 'https://a.test/red.png', position: {x: 40, y: 20}, size: {width: 80, height: 50}}"
    text = spec(f"  - {{duration: 300, tracks: [{track}]}}\n", more=", alphaChannel: true")
    assert made(folder, text, "a.webm") == Film(9, 9)
    store = Store(str(folder / "kept"))
    assert [made(folder, text, "b.webm", store).made for _ in range(2)] == [9, 0]
    assert digest(folder / "a.webm") == digest(folder / "b.webm")
    with av.open(str(folder / "a.webm")) as file:
        stream = file.streams.video[0]
        assert stream.metadata["alpha_mode"] == "1"
        decoder = av.CodecContext.create("libvpx-vp9", "r")
        found = [frame for packet in file.demux(stream) if packet.size for frame in decoder.decode(packet)]
    assert len(found) == 9
    pixels = found[4].to_ndarray(format="rgba")
    assert pixels[45, 80].tolist() == pytest.approx([220, 30, 30, 255], abs=12)
    assert pixels[5, 5, 3] <= 2


def test_a_film_of_odd_sides_has_even_ones(folder: Path) -> None:
    text = spec(scene("red", 100)).replace("width: 160, height: 90}}\n", "width: 161, height: 91}}\n")
    made(folder, text)
    assert frames(folder / "a.mp4")[0].shape == (92, 162, 3)


@pytest.mark.parametrize("ms", [0, 950, 1020, 1300, 2466])
def test_a_still_is_the_frame_of_the_film(folder: Path, ms: int) -> None:
    text = spec(scene("red", 1000, "{type: text, text: Hello}", fade=300), scene("blue", 1467))
    production = staged(folder, text, Shown(badge=True))
    film(production, str(folder / "a.mp4"), PROFILES["share"], Store(None))
    seen = frames(folder / "a.mp4")[ms * 30 // 1000].astype(int)
    assert np.abs(seen - still(production, ms)).mean() < 2.5


def test_a_still_past_the_end_says_how_long_the_film_is(folder: Path) -> None:
    production = staged(folder, spec(scene("red", 1000), scene("green", 500)))
    assert named(still(production, 499, only=1)) == "green"
    with pytest.raises(PastEnd, match=r"^it is 1\.5 s long, and 1\.5 s is past its end$"):
        still(production, 1500)
    with pytest.raises(PastEnd, match=r"^it is 0\.5 s long, and 0\.7 s is past its end$"):
        still(production, 700, only=1)


def test_a_png_is_read_back() -> None:
    random = np.random.default_rng(1)
    for channels, format in ((3, "rgb24"), (4, "rgba")):
        pixels = random.integers(0, 256, (13, 17, channels), dtype=np.uint8)
        with av.open(io.BytesIO(png(pixels)), format="png_pipe") as file:
            assert (next(file.decode(video=0)).to_ndarray(format=format) == pixels).all()


def test_a_sheet_shows_each_scene_at_four_moments(folder: Path) -> None:
    text = spec(scene("red", 1000), scene("green", 500), scene("blue", 800))
    production = staged(folder, text, scale=scale_for(SIZE))
    rows = sheet(production)
    assert rows.shape == (14 + 3 * (44 + 90 + 14), 14 + 4 * (160 + 14), 3)
    seen = [
        [named(rows[14 + 44 + row * 148 :][:90, 14 + column * 174 :][:, :160]) for column in range(4)]
        for row in range(3)
    ]
    assert seen == [["red"] * 4, ["green"] * 4, ["blue"] * 4]
    assert sheet(production, only=1).shape[0] == 14 + 148


def test_specs_that_make_no_film_say_why(folder: Path) -> None:
    def why(text: str) -> str:
        with pytest.raises(CannotFilm) as told:
            staged(folder, text)
        return str(told.value)

    assert why("templateJobId: t1\n") == "it names a template, whose scenes only the service has"
    assert why("variables: {a: b}\n") == "it only brings names to files that include it: render one of those"
    huge = spec(scene("red", 100)).replace("width: 160, height: 90}}\n", "width: 20000, height: 90}}\n")
    assert why(huge) == "20000 x 90 pixels are too large to be rendered here; 8192 is the most"


LENGTHS = st.lists(st.tuples(st.integers(1, 3_000), st.integers(0, 1_500)), min_size=1, max_size=12)


@settings(max_examples=200 * SCALE)
@given(LENGTHS)
def test_pieces_are_all_frames_of_a_film_in_order(scenes: list[tuple[int, int]]) -> None:
    lengths, start = [], 0
    for duration, fade in scenes:
        lengths.append(Length(start, duration, fade))
        start += duration
    made_of = pieces(lengths)
    assert sum(piece.frames for piece in made_of) == round_half_up(start)
    assert all(piece.frames > 0 for piece in made_of)
    at = 0
    for piece in made_of:
        begin = at if piece.kind != "fade" else at + piece.frames // 2
        cut = lengths[piece.scene + (piece.kind == "fade")].start
        first = piece.first if piece.kind != "fade" else 0
        assert begin - first == round_half_up(cut)
        at += piece.frames


def round_half_up(ms: int) -> int:
    whole, rest = divmod(ms * FPS, 1000)
    return whole + (rest >= 500)


@given(st.integers(0, 10_000_000))
def test_what_begins_at_a_time_is_seen_from_the_nearest_frame_on(ms: int) -> None:
    first = frame_of(ms)
    assert middle(first) >= ms
    assert first == 0 or middle(first - 1) < ms
    assert abs(first / FPS - ms / 1000) <= 0.5 / FPS + 1e-9


def test_notes_of_the_encoder_are_taken_out_of_frames() -> None:
    start, long = b"\x00\x00\x01", b"\x00\x00\x00\x01"
    note, set_, picture = b"\x06\x05abc", b"\x67abc", b"\x65" + bytes(range(1, 200))
    assert without_notes(long + note + start + picture) == start + picture
    assert without_notes(long + set_ + start + note + long + picture) == long + set_ + long + picture
    assert without_notes(long + picture) == long + picture
