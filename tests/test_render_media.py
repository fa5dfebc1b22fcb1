"""Files of pictures, films and sounds: what they are, their frames at exact times, and hostile ones."""

from __future__ import annotations

import contextlib
import os
import random
from fractions import Fraction
from math import floor
from pathlib import Path

import numpy as np
import pytest
from conftest import SCALE
from hypothesis import given
from hypothesis import strategies as st
from render_media import bars, clicks, film, number_of, png, sound, still, turned

from vidc.render.media import Media, probe
from vidc.render.media_library import Library, Missing, library_of
from vidc.render.media_limits import CannotDecode
from vidc.render.media_pictures import Footage, Photo, scaled
from vidc.render.media_sound import RATE, heard, mono
from vidc.render.picture import premultiplied


def told(media: Media) -> tuple[object, ...]:
    return media.ms, media.width, media.height, media.rate, media.picture_ms, media.has_alpha, media.has_audio


def test_a_film_is_known(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", frames=75, rate=25, sound="aac")
    assert told(probe(str(path))) == (3000, 160, 90, 25, 3000, False, True)


def test_the_same_content_has_the_same_key(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", frames=3)
    other = tmp_path / "b.mp4"
    other.write_bytes(path.read_bytes())
    assert probe(str(path)).key == probe(str(other)).key
    other.write_bytes(path.read_bytes() + b"\0" * 8)
    assert probe(str(path)).key != probe(str(other)).key


def shown(path: Path, times: list[int], size: tuple[int, int] = (160, 90)) -> list[int | None]:
    """The numbers of the frames that are shown at some times, one reader for all."""
    at = Footage(probe(str(path))).frames(*size)
    return [None if (picture := at(ms)) is None else number_of(picture.pixels) for ms in times]


RATES = [Fraction(24), Fraction(25), Fraction(30), Fraction(30_000, 1001), Fraction(60), Fraction(10)]


@pytest.mark.parametrize("rate", RATES, ids=str)
@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_the_frame_that_is_shown_has_begun_and_the_next_has_not(tmp_path: Path, kind: str, rate: Fraction) -> None:
    codec = "libx264" if kind == "mp4" else "libvpx-vp9"
    frames = int(rate * 2)
    path = film(tmp_path / f"a.{kind}", frames, rate, codec=codec)
    times = [floor(n * 1000 / 30) for n in range(59)]
    begins = [round(n * 1000 / rate) if kind == "webm" else n * 1000 / rate for n in range(frames)]
    assert shown(path, times) == [sum(begin <= ms + 1 for begin in begins) - 1 for ms in times]


def test_thirty_frames_a_second_are_shown_one_by_one_however_times_are_rounded(tmp_path: Path) -> None:
    for codec, name in (("libx264", "a.mp4"), ("libvpx-vp9", "a.webm")):
        path = film(tmp_path / name, 90, codec=codec)
        assert shown(path, [floor(n * 1000 / 30) for n in range(90)]) == list(range(90))
        assert shown(path, [round(n * 1000 / 30) for n in range(90)]) == list(range(90))


def test_times_may_leap_in_any_order(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 300, 30, (80, 46), g="30")
    times = [0, 9900, 5000, 5033, 4966, 0, 100, 8000, 33, 9966, 7000]
    assert shown(path, times, (80, 46)) == [floor((ms + 1) * 30 / 1000) for ms in times]


def test_a_film_ends(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 30)
    assert shown(path, [966, 999, 1000, 5000, 0]) == [29, 29, None, None, 0]


def test_the_same_frame_is_the_same_picture(tmp_path: Path) -> None:
    at = Footage(probe(str(film(tmp_path / "a.mp4", 20, 10)))).frames(160, 90)
    pictures = [at(ms) for ms in range(0, 500, 20)]
    assert len({id(picture) for picture in pictures}) == 5
    assert len({picture.key for picture in pictures if picture}) == 5


def test_an_opaque_film_comes_as_planes_and_they_are_its_pixels(tmp_path: Path) -> None:
    def halves(_number: int, width: int, height: int) -> np.ndarray:
        pixels = np.full((height, width, 4), 255, np.uint8)
        pixels[:, : width // 2] = (200, 40, 60, 255)
        return pixels

    picture = Footage(probe(str(film(tmp_path / "a.mp4", 3, draw=halves, size=(160, 96))))).frames(80, 48)(0)
    assert picture is not None
    assert picture.opaque
    assert [plane.shape for plane in picture.planes or ()] == [(48, 80), (24, 40), (24, 40)]
    assert np.abs(picture.pixels[24, 20, :3].astype(int) - (200, 40, 60)).max() <= 6
    assert np.abs(picture.pixels[24, 60, :3].astype(int) - 255).max() <= 3
    luma = 16 + 219 / 255 * (0.2126 * 200 + 0.7152 * 40 + 0.0722 * 60)
    assert abs(int((picture.planes or ())[0][24, 20]) - luma) <= 3


def see_through(_number: int, width: int, height: int) -> np.ndarray:
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[:, : width // 2] = (255, 255, 255, 255)
    return pixels


def test_a_transparent_webm_is_transparent(tmp_path: Path) -> None:
    options = {"codec": "libvpx-vp9", "pixels": "yuva420p", "draw": see_through, "auto-alt-ref": "0"}
    media = probe(str(film(tmp_path / "a.webm", 10, **options)))  # type: ignore[arg-type]
    assert media.has_alpha
    picture = Footage(media).frames(160, 90)(100)
    assert picture is not None
    assert not picture.opaque
    assert picture.pixels[45, 20].min() >= 250
    assert picture.pixels[45, 140].max() <= 5


def test_a_turned_film_is_upright(tmp_path: Path) -> None:
    def corner(_number: int, width: int, height: int) -> np.ndarray:
        pixels = np.zeros((height, width, 4), np.uint8)
        pixels[:, :, 3] = 255
        pixels[: height // 2, : width // 2] = 255
        return pixels

    bright = {0: (0, 0), 90: (0, 1), 180: (1, 1), 270: (1, 0)}
    for degrees, (down, across) in bright.items():
        path = turned(film(tmp_path / f"{degrees}.mp4", 2, draw=corner, size=(160, 90)), degrees)
        media = probe(str(path))
        wide, high = (160, 90) if degrees % 180 == 0 else (90, 160)
        assert (media.width, media.height) == (wide, high)
        picture = Footage(media).frames(wide, high)(0)
        assert picture is not None
        quarters = picture.pixels[[high // 4, high * 3 // 4]][:, [wide // 4, wide * 3 // 4], 1] > 127
        assert [tuple(place) for place in np.argwhere(quarters)] == [(down, across)]


def test_an_anamorphic_film_has_square_pixels(tmp_path: Path) -> None:
    media = probe(str(film(tmp_path / "a.mp4", 2, size=(120, 90), shape=Fraction(4, 3))))
    assert (media.width, media.height) == (160, 90)
    assert number_of(Footage(media).frames(160, 90)(40).pixels) == 1  # type: ignore[union-attr]


STILLS = {
    "a.png": ("png", "rgba", True),
    "b.png": ("png", "rgb24", False),
    "a.jpg": ("mjpeg", "yuvj420p", False),
    "a.bmp": ("bmp", "bgra", True),
    "a.webp": ("libwebp", "bgra", False),
    "a.tiff": ("tiff", "rgba", True),
    "a.gif": ("gif", "rgb8", True),
}


@pytest.mark.parametrize("name", STILLS)
def test_a_picture_of_any_kind_is_shown_in_any_size(tmp_path: Path, name: str) -> None:
    codec, pixels, alpha = STILLS[name]
    if codec == "gif":
        path = film(
            tmp_path / name, 1, 10, codec="gif", pixels="rgb8", draw=lambda *_: bars(5, 100, 60), size=(100, 60)
        )
    else:
        path = still(tmp_path / name, bars(5, 100, 60), codec, pixels)
    media = probe(str(path))
    assert (media.width, media.height) == (100, 60)
    assert (media.is_still, media.has_alpha) == (codec != "gif", alpha)
    photo = Photo(media)
    for size in ((100, 60), (50, 30), (201, 119)):
        picture = photo.picture(*size)
        assert (picture.width, picture.height) == size
        assert number_of(picture.pixels) == 5


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SIZES = {
    f'{SVG} width="40" height="20"/>': (40, 20),
    f'{SVG} width="4cm" height="1in"/>': (151, 96),
    f'{SVG} viewBox="0 0 30 60"/>': (30, 60),
    f'{SVG} width="100" viewBox="0 0 30 60"/>': (100, 200),
    f'{SVG} width="100%" height="100%" viewBox="0,0,30,60"/>': (30, 60),
    f"{SVG}/>": (100, 100),
    f'<?xml version="1.0"?>\n<!-- a -->\n{SVG} height="20"/>': (100, 20),
}


@pytest.mark.parametrize("text", SIZES)
def test_a_drawing_has_a_size(tmp_path: Path, text: str) -> None:
    (tmp_path / "a").write_text(text)
    media = probe(str(tmp_path / "a"))
    assert (media.width, media.height, media.is_still, media.has_alpha) == (*SIZES[text], True, True)


def test_a_drawing_is_drawn_in_the_size_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(f'{SVG} viewBox="0 0 40 20"><rect width="20" height="20" fill="#fff"/></svg>')
    picture = Photo(probe(str(tmp_path / "a.svg"))).picture(401, 199)
    assert (picture.width, picture.height) == (401, 199)
    assert picture.pixels[100, [50, 350]].tolist() == [[255, 255, 255, 255], [0, 0, 0, 0]]


def test_a_drawing_that_changes_is_drawn_anew(tmp_path: Path) -> None:
    for color, value in (("#fff", 255), ("#000", 0)):
        (tmp_path / "a.svg").write_text(f'{SVG} viewBox="0 0 9 9"><rect width="9" height="9" fill="{color}"/></svg>')
        assert Photo(probe(str(tmp_path / "a.svg"))).picture(9, 9).pixels[4, 4].tolist() == [value] * 3 + [255]


def test_a_drawing_brings_no_file_of_this_machine(tmp_path: Path) -> None:
    still(tmp_path / "white.png", np.full((20, 40, 4), 255, np.uint8), "png")
    for name in (tmp_path / "white.png", (tmp_path / "white.png").as_uri(), "white.png"):
        for field in ("href", "xlink:href", "HREF", "xlink:href  ="):
            quote = f'{field}="{name}"' if "=" not in field else f"{field} '{name}'"
            (tmp_path / "a.svg").write_text(
                f'{SVG} width="40" height="20"><image width="40" height="20" {quote}/></svg>'
            )
            assert Photo(probe(str(tmp_path / "a.svg"))).picture(40, 20).pixels.max() == 0
    inside = '<symbol id="s"><rect width="40" height="20" fill="#fff"/></symbol><use href="#s"/>'
    (tmp_path / "b.svg").write_text(f'{SVG} width="40" height="20">{inside}</svg>')
    assert Photo(probe(str(tmp_path / "b.svg"))).picture(40, 20).pixels.min() == 255


sizes = st.tuples(st.integers(1, 40), st.integers(1, 40))


@given(sizes, sizes, st.integers(0, 2**32 - 1))
def test_no_colour_passes_its_alpha_however_it_is_scaled(old: tuple[int, int], new: tuple[int, int], seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, size=(*old, 4), dtype=np.uint8)
    made = scaled(premultiplied(pixels), *new)
    assert made.shape == (new[1], new[0], 4)
    assert (made[:, :, :3] <= made[:, :, 3:]).all()


def onsets(samples: np.ndarray) -> list[float]:
    """When it becomes loud after 20 ms of quiet, in ms."""
    loud = np.flatnonzero(np.abs(samples[:, 0]) > 0.1)
    return [place * 1000 / RATE for before, place in zip([-9999, *loud], loud, strict=False) if place - before > 960]


SOUNDS = [
    ("a.wav", "pcm_s16le", 48_000, "stereo"),
    ("a.wav", "pcm_s16le", 44_100, "stereo"),
    ("a.wav", "pcm_s24le", 22_050, "mono"),
    ("a.wav", "pcm_f32le", 96_000, "stereo"),
    ("a.flac", "flac", 44_100, "stereo"),
    ("a.mp3", "mp3", 44_100, "stereo"),
    ("a.m4a", "aac", 44_100, "stereo"),
    ("a.m4a", "aac", 48_000, "mono"),
    ("a.ogg", "libopus", 48_000, "mono"),
    ("a.opus", "libopus", 48_000, "stereo"),
    ("a.webm", "libopus", 48_000, "stereo"),
    ("a.wav", "pcm_s16le", 48_000, "5.1"),
]


@pytest.mark.parametrize(("name", "codec", "rate", "layout"), SOUNDS)
def test_a_sound_is_heard_when_it_sounds(tmp_path: Path, name: str, codec: str, rate: int, layout: str) -> None:
    media = probe(str(sound(tmp_path / name, clicks(3 * rate, rate), rate, codec, layout)))
    assert abs(media.ms - 3000) <= 50
    assert (media.has_audio, media.has_picture) == (True, False)
    whole = heard(media, 0, 3000)
    assert whole.shape == (3 * RATE, 2)
    assert [abs(at - wanted) < 2 for at, wanted in zip(onsets(whole), (0, 1000, 2000), strict=True)] == [True] * 3
    if layout != "5.1":
        assert 0.4 < np.abs(whole).max() < 0.65
    assert np.allclose(whole[:, 0], whole[:, 1], atol=0.02)
    assert np.array_equal(heard(media, 700, 1500), whole[700 * 48 : 2200 * 48])


def test_a_sound_that_ends_is_silent(tmp_path: Path) -> None:
    media = probe(str(sound(tmp_path / "a.wav", np.full(48_000, 0.5, np.float32))))
    made = heard(media, 500, 1000)
    assert (made[: 500 * 48] > 0.4).all()
    assert not made[500 * 48 :].any()
    assert heard(media, 5000, 10).tolist() == np.zeros((480, 2)).tolist()
    assert heard(media, 0, 0).shape == (0, 2)
    assert [len(mono(media, 16_000, ms)) for ms in (5000, 250)] == [16_000, 4000]


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty.mp4": (b"", "it is damaged, or of a kind that cannot be shown here"),
    "text.mp4": (b"hello\n" * 100, "it is damaged, or of a kind that cannot be shown here"),
    "playlist.m3u8": (
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "it is damaged, or of a kind that cannot be shown here",
    ),
    "playlist.mp4": (
        b"#EXTM3U\n#EXTINF:1,\nclip.mp4\n#EXT-X-ENDLIST\n",
        "it is damaged, or of a kind that cannot be shown here",
    ),
    "list.mp4": (b"ffconcat version 1.0\nfile clip.mp4\n", "it is damaged, or of a kind that cannot be shown here"),
    "sdp.mp4": (
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
        "it is damaged, or of a kind that cannot be shown here",
    ),
    "large.png": (png(8000, 8000), "its picture has no size, or more than 36 million pixels"),
    "wide.png": (png(16_385, 1), "16385 x 1 pixels are more than the 36 million allowed"),
    "huge.svg": (f'{SVG} width="1e9" height="1e9"/>'.encode(), "1000000000 x 1000000000 pixels"),
    "loop.svg": (
        b'<!DOCTYPE svg [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + f"{SVG}><text>&a;</text></svg>".encode(),
        "it is no drawing that can be shown: ",
    ),
    "broken.svg": (b"<svg><a></b></svg>", "it is no drawing that can be shown: "),
    "latin.svg": (f"{SVG}><!-- \xe9 --></svg>".encode("latin-1"), "it is not UTF-8"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_sentence(tmp_path: Path, name: str) -> None:
    content, reason = HOSTILE[name]
    film(tmp_path / "clip.mp4", 2)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CannotDecode) as refused:
        Photo(probe(str(tmp_path / name))).picture(10, 10)
    assert refused.value.reason.startswith(reason)
    assert str(refused.value) == f"cannot decode {tmp_path / name}: {refused.value.reason}"


def test_what_is_no_file_is_a_sentence(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "is a directory"), (tmp_path / "no", "no such file or directory")):
        with pytest.raises(CannotDecode) as refused:
            probe(str(path))
        assert refused.value.reason == reason


def test_a_name_is_a_name_and_no_pattern(tmp_path: Path) -> None:
    for name in ("a%03d.png", "a*.png", "file:a.png", "concat:a.png|b.png"):
        still(tmp_path / name, bars(9, 100, 60), "png")
        assert number_of(Photo(probe(str(tmp_path / name))).picture(100, 60).pixels) == 9


def test_a_torn_film_is_as_long_as_what_is_left(tmp_path: Path) -> None:
    path = film(tmp_path / "a.webm", 60, codec="libvpx-vp9")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    media = probe(str(path))
    assert 0 < media.ms < 2000
    at = Footage(media).frames(160, 90)
    assert at(media.picture_ms - 1) is not None


@pytest.mark.parametrize("seed", range(3 * SCALE))
def test_damaged_files_are_shown_or_refused(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    whole = [
        film(tmp_path / "a.mp4", 12, sound="aac"),
        film(tmp_path / "a.webm", 12, codec="libvpx-vp9", sound="libopus"),
        film(tmp_path / "a.gif", 6, 10, codec="gif", pixels="rgb8"),
        still(tmp_path / "a.png", bars(5, 100, 60), "png"),
        still(tmp_path / "a.jpg", bars(5, 100, 60), "mjpeg", "yuvj420p"),
        sound(tmp_path / "a.mp3", clicks(24_000, 48_000), codec="mp3"),
    ]
    for turn in range(12):
        original = whole[turn % len(whole)]
        content = bytearray(original.read_bytes())
        for _ in range(rng.choice((1, 3, 20, 200))):
            content[rng.randrange(len(content))] = rng.randrange(256)
        path = tmp_path / f"{turn}{original.suffix}"
        path.write_bytes(content[: rng.randrange(1, len(content))] if rng.random() < 0.2 else content)
        with contextlib.suppress(CannotDecode):
            media = probe(str(path))
            if media.has_picture:
                at = Footage(media).frames(64, 36)
                for ms in range(0, min(media.picture_ms, 2000), 100):
                    at(ms)
            heard(media, 0, min(media.ms, 2000))


def found(library: Library, address: str) -> str:
    try:
        return os.path.relpath(library.resolve(address), library.root)
    except Missing as error:
        return error.reason


def test_an_address_is_the_file_that_stands_in_for_it(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in ("media/cdn.example.com/b.png", "specs/media/cdn.example.com/a b.png", "specs/c.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "specs/media/cdn.example.com/out.png").symlink_to("/etc/passwd")
    library = library_of(str(tmp_path / "specs" / "video.vidc.yaml"))
    assert {
        address: found(library, address)
        for address in (
            "https://cdn.example.com/a%20b.png?size=2",
            "https://cdn.example.com/b.png",
            "https://cdn.example.com/out.png",
            "https://cdn.example.com/no.png",
            "c.png",
            "../media/cdn.example.com/b.png",
            "../../secret",
            "/etc/passwd",
            "file:///etc/passwd",
            "data:image/png;base64,AAAA",
            "s3://bucket/a.png",
        )
    } == {
        "https://cdn.example.com/a%20b.png?size=2": "specs/media/cdn.example.com/a b.png",
        "https://cdn.example.com/b.png": "media/cdn.example.com/b.png",
        "https://cdn.example.com/out.png": "it leads out of the project's root",
        "https://cdn.example.com/no.png": (
            "it is fetched with `--fetch` only, and there is no `media/cdn.example.com/no.png`"
        ),
        "c.png": "specs/c.png",
        "../media/cdn.example.com/b.png": "media/cdn.example.com/b.png",
        "../../secret": "it leads out of the project's root",
        "/etc/passwd": "it leads out of the project's root",
        "file:///etc/passwd": "`file:` addresses are not read",
        "data:image/png;base64,AAAA": "`data:` addresses are not read",
        "s3://bucket/a.png": "`s3:` addresses are not read",
    }
