"""What is heard when: measured lengths, windows, levels, ducking, fades, and media that go on over a cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from render_media import clicks, film, sound

from vidc import compile, lock
from vidc.compile import Compiled
from vidc.ir.facts import Facts
from vidc.ir.graph import Graph
from vidc.project import load
from vidc.render.measure import Note, Sources, learned, measured, notes, remembered
from vidc.render.measure_sources import begins, materials
from vidc.render.media_library import Library, library_of
from vidc.render.media_sound import RATE
from vidc.render.mix import ATTACK_MS, FADE_MS, KNEE, RELEASE_MS, Ducking, faded, level, limited
from vidc.render.sound import Soundtrack, soundtrack
from vidc.render.voice import speak

HEAD = "settings: {name: Demo, videoSize: {width: 640, height: 360}}\nlanguage: en\nscenes:\n"
PLACE = "position: {x: 0, y: 0}, size: {width: 100, height: 100}"
TONE = 0.1 * np.sin(np.arange(10 * RATE) * (2 * np.pi * 440 / RATE)).astype(np.float32)


def track(kind: str, **fields: object) -> str:
    place = "" if kind == "audio" else f", {PLACE}"
    return f"      - {{type: {kind}, {', '.join(f'{name}: {value}' for name, value in fields.items())}{place}}}\n"


def actor(text: str, **fields: object) -> str:
    return track("actor", **{"actor": "karen", "speakerId": "s", "text": f'"{text}"', **fields})


def scene(*tracks: str, **fields: object) -> str:
    heads = "".join(f"    {name}: {value}\n" for name, value in fields.items())
    return f"  -{heads[3:]}    tracks:\n{''.join(tracks)}" if heads else f"  - tracks:\n{''.join(tracks)}"


class Film:
    """A spec in a project's folder, compiled, measured and compiled again."""

    def __init__(self, folder: Path, *scenes: str) -> None:
        (folder / ".git").mkdir(exist_ok=True)
        (folder / "v.vidc.yaml").write_text(HEAD + "".join(scenes))
        source = load(str(folder / "v.vidc.yaml"))
        first = compile(source)
        assert [one for one in first.findings if one.severity == "error"] == []
        self.sources = Sources(graph_of(first), library_of(source.file))
        self.facts = measured(self.sources)
        self.made = compile(source, facts=self.facts)
        assert self.made.timeline is not None
        self.timeline = self.made.timeline

    @property
    def sound(self) -> Soundtrack:
        return soundtrack(self.timeline, self.sources)

    def mixed(self) -> np.ndarray:
        return np.concatenate(list(self.sound.all()))


def graph_of(made: Compiled) -> Graph:
    assert made.graph is not None
    return made.graph


def mirror(folder: Path, name: str) -> Path:
    """Where the file lies that stands in for `https://cdn.example.com/NAME`."""
    path = folder / "media" / "cdn.example.com" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def at(name: str) -> str:
    return f"https://cdn.example.com/{name}"


def loud(samples: np.ndarray, threshold: float = 0.01) -> tuple[float, float]:
    """When the first and the last loud sample are heard, in ms."""
    places = np.flatnonzero(np.abs(samples).max(axis=1) > threshold)
    return places[0] * 1000 / RATE, (places[-1] + 1) * 1000 / RATE


def test_measured_lengths_are_those_of_the_film(tmp_path: Path) -> None:
    film(mirror(tmp_path, "a.mp4"), 45, 30, sound="aac")
    sound(mirror(tmp_path, "a.wav"), TONE[: 2 * RATE])
    made = Film(
        tmp_path,
        scene(actor("Hello there.")),
        scene(track("video", videoUrl=at("a.mp4"))),
        scene(track("video", videoUrl=at("no.mp4"))),
        scene(track("actor", actor="karen", audioUrl=at("a.wav"))),
        scene(track("audio", audioUrl=at("a.wav")), duration=5000),
    )
    said = speak("Hello there.", "en", "s", "karen").ms
    assert made.facts == Facts({at("a.mp4"): 1500, at("a.wav"): 2000}, {("s", "Hello there."): said}, {})
    assert [(one.start.expected, one.duration.expected) for one in made.timeline.scenes] == [
        (0, said),
        (said, 1500),
        (said + 1500, 5000),
        (said + 6500, 2000),
        (said + 8500, 5000),
    ]
    assert [one.duration.basis for one in made.timeline.scenes] == ["measured"] * 2 + ["estimated", "measured", "exact"]
    assert len(made.mixed()) == (said + 13_500) * 48


def test_a_known_length_stands_for_a_file_that_is_missing_and_a_local_voice_for_the_services(tmp_path: Path) -> None:
    sound(mirror(tmp_path, "a.wav"), TONE[:RATE])
    made = Film(
        tmp_path,
        scene(track("video", videoUrl=at("no.mp4"))),
        scene(track("actor", actor="karen", audioUrl=at("a.wav"))),
        scene(actor("Hello.")),
    )
    known = Facts({at("no.mp4"): 7000, at("a.wav"): 9}, {("s", "Hello."): 9}, {})
    said = speak("Hello.", "en", "s", "karen").ms
    assert measured(made.sources, known) == Facts({at("no.mp4"): 7000, at("a.wav"): 1000}, {("s", "Hello."): said}, {})


def test_what_is_missing_is_said_once(tmp_path: Path) -> None:
    (mirror(tmp_path, "bad.mp4")).write_bytes(b"nothing")
    film(mirror(tmp_path, "mute.mp4"), 3)
    gone = "it is fetched with `--fetch` only, and there is no `media/cdn.example.com/no.mp4`"
    made = Film(
        tmp_path,
        scene(track("video", videoUrl=at("no.mp4")), track("video", videoUrl=at("no.mp4")), duration=1000),
        scene(track("video", videoUrl=at("bad.mp4")), duration=1000),
        scene(track("audio", audioUrl=at("mute.mp4")), duration=1000),
        scene(
            actor("こんにちは", speakerId="ja-JP-NanamiNeural"),
            actor("はい", speakerId="ja-JP-KeitaNeural"),
            duration=1000,
        ),
        scene(actor("Hello.", speakerId="tlh-AA-Worf"), duration=1000),
    )
    assert notes(made.sources) == [
        Note("scenes[0].tracks[0]", f"{at('no.mp4')}: {gone}", is_missing=True),
        Note(
            "scenes[1].tracks[0]",
            f"{at('bad.mp4')}: it is damaged, or of a kind that cannot be shown here",
            is_missing=True,
        ),
        Note("scenes[2].tracks[0]", f"{at('mute.mp4')}: it has no sound", is_missing=True),
        Note(
            "scenes[3].tracks[0]",
            "the local voice for Japanese is hard to understand, and its length only a rough guess",
        ),
        Note(
            "scenes[4].tracks[0]",
            "there is no local voice for `tlh-aa`: it is read as English, and its length is a guess",
        ),
    ]
    assert np.isfinite(made.mixed()).all()


def test_speech_is_heard_in_its_window(tmp_path: Path) -> None:
    made = Film(tmp_path, scene(actor("Hello there.", startTimeGap=1500), duration=6000))
    first, last = loud(made.mixed())
    said = speak("Hello there.", "en", "s", "karen")
    assert 1500 + 50 <= first <= 1500 + 90
    assert 1500 + said.ms - 320 <= last <= 1500 + said.ms - 150


def test_speech_that_is_cut_ends_at_the_cut(tmp_path: Path) -> None:
    made = Film(
        tmp_path,
        scene(actor("Hello there, and welcome to this long sentence.", duration=1200), duration=2000),
        scene(actor("Hello there, and welcome to this long sentence."), duration=1000),
        scene(track("image", imageUrl=at("a.png")), duration=1000),
    )
    mixed = made.mixed()
    assert loud(mixed[: 2000 * 48])[1] == pytest.approx(1200, abs=FADE_MS + 1)
    assert not mixed[1200 * 48 : 2000 * 48].any()
    assert loud(mixed[2000 * 48 :])[1] == pytest.approx(1000, abs=FADE_MS + 1)
    assert not mixed[3000 * 48 :].any()


@pytest.mark.parametrize("codec", [("a.mp4", "libx264", "aac"), ("a.webm", "libvpx-vp9", "libopus")])
def test_a_films_own_sound_comes_with_its_picture(tmp_path: Path, codec: tuple[str, str, str]) -> None:
    name, pictures, sounds = codec
    film(mirror(tmp_path, name), 90, 30, codec=pictures, sound=sounds)
    made = Film(
        tmp_path,
        scene(track("video", videoUrl=at(name), startTimeGap=700), duration=5000),
    )
    mixed = made.mixed()
    quiet = 20 * 48
    places = np.flatnonzero(np.abs(mixed[:, 0]) > 0.1)
    begins_at = [
        place / 48 for before, place in zip([-(10**6), *places], places, strict=False) if place - before > quiet
    ]
    assert [round(ms) for ms in begins_at] == pytest.approx([700, 1700, 2700], abs=8)
    assert loud(mixed)[1] < 700 + 2000 + 60


def test_music_steps_back_while_somebody_speaks_and_returns(tmp_path: Path) -> None:
    sound(mirror(tmp_path, "a.wav"), TONE)
    made = Film(
        tmp_path,
        scene(track("audio", audioUrl=at("a.wav")), actor("Hello there.", startTimeGap=3000), duration=8000),
    )
    whole = made.sound
    alone = replace(whole.scenes[0], clips=tuple(clip for clip in whole.scenes[0].clips if clip.kind == "audio"))
    music = replace(whole, scenes=(alone,)).scene(0)[:, 0]

    def at_ms(ms: int) -> float:
        return float(np.abs(music[ms * 48 : (ms + 20) * 48]).max())

    assert at_ms(1000) == pytest.approx(0.1, abs=0.002)
    assert at_ms(3400) == pytest.approx(0.1 * 10 ** (-12 / 20), abs=0.002)
    assert at_ms(7500) == pytest.approx(0.1, abs=0.002)
    talk = speak("Hello there.", "en", "s", "karen").mouths
    first, last = 3000 + talk[1][0], 3000 + talk[-1][0]
    assert at_ms(first - ATTACK_MS - 30) > 0.099
    assert at_ms(first) < 0.03
    assert at_ms(last + RELEASE_MS) > 0.099
    steps = np.abs(np.diff(np.abs(music).reshape(-1, 480).max(axis=1)))
    assert steps.max() < 0.012


def test_ducking_goes_over_cuts_without_a_step(tmp_path: Path) -> None:
    film(mirror(tmp_path, "a.mp4"), 240, 30, sound="aac")
    both = track("video", videoUrl=at("a.mp4"), sequentialBlendId="b")
    made = Film(tmp_path, scene(both, actor("Hello."), duration=900), scene(both, duration=2000))
    gains = [made.sound.ducking.gain(one.start * 48, one.duration * 48, -12.0)[:, 0] for one in made.sound.scenes]
    assert abs(gains[0][-1] - gains[1][0]) < 0.001
    assert gains[1][0] < 0.99


def test_a_film_that_goes_on_over_a_cut_sounds_as_if_there_were_none(tmp_path: Path) -> None:
    film(mirror(tmp_path, "a.mp4"), 120, 30, sound="aac")
    parts = [track("video", videoUrl=at("a.mp4"), sequentialBlendId="b") for _ in range(3)]
    made = Film(tmp_path, *(scene(part, duration=ms) for part, ms in zip(parts, (700, 1250, 1500), strict=True)))
    whole = Film(tmp_path, scene(track("video", videoUrl=at("a.mp4")), duration=3450))
    assert begins(made.timeline, made.sources) == {(0, 0): 0, (1, 0): 700, (2, 0): 1950}
    assert np.array_equal(made.mixed(), whole.mixed())
    assert [made_of.begins for made_of in materials(made.timeline, made.sources).values()] == [0, 700, 1950]


def test_a_film_that_does_not_go_on_begins_anew_and_fades(tmp_path: Path) -> None:
    sound_file = film(mirror(tmp_path, "a.mp4"), 60, 30, sound="aac")
    assert sound_file.exists()
    made = Film(tmp_path, *(scene(track("video", videoUrl=at("a.mp4")), duration=1020) for _ in range(2)))
    mixed = made.mixed()
    assert np.array_equal(mixed[: 1020 * 48], mixed[1020 * 48 :])
    assert abs(mixed[1020 * 48 - 1]).max() < 0.01


def test_the_sound_is_the_same_in_pieces_of_any_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film(mirror(tmp_path, "a.mp4"), 60, 30, sound="aac")
    sound(mirror(tmp_path, "a.wav"), TONE[: 2 * RATE])
    tracks = [track("video", videoUrl=at("a.mp4"), startTimeGap=333), track("audio", audioUrl=at("a.wav"))]
    made = Film(tmp_path, scene(*tracks, actor("Hello there.", startTimeGap=1000), duration=3210))
    whole = made.sound.scene(0)
    monkeypatch.setattr("vidc.render.sound.PIECE", 7777)
    assert np.array_equal(made.sound.scene(0), whole)


def test_the_sound_is_the_same_whatever_was_made_before(tmp_path: Path) -> None:
    made = Film(tmp_path, scene(actor("One.")), scene(actor("Two.")))
    alone = made.sound.scene(1).copy()
    assert np.array_equal(np.concatenate(list(made.sound.all()))[-len(alone) :], alone)


def test_a_recording_speaks_with_lips_and_at_the_level_of_the_voices(tmp_path: Path) -> None:
    said = speak("Hello there, and welcome.", "en", "other")
    quiet = np.interp(
        np.arange(said.ms * 48) / 48, np.arange(len(said.samples)) * 1000 / said.rate, said.samples / 2**17
    )
    sound(mirror(tmp_path, "a.wav"), quiet.astype(np.float32))
    mirror(tmp_path, "a.txt").write_text("Hello there, and welcome.")
    made = Film(
        tmp_path,
        scene(track("actor", actor="karen", audioUrl=at("a.wav"))),
        scene(actor("Hello there, and welcome.", speakerId="other")),
    )
    found = materials(made.timeline, made.sources)
    words = [[word.text for word in found[key].speech.words] for key in ((0, 0), (1, 0))]  # type: ignore[union-attr]
    assert words[0] == words[1] == ["Hello", "there,", "and", "welcome."]
    first, second = (np.sqrt(np.square(made.sound.scene(index)).mean()) for index in (0, 1))
    assert first == pytest.approx(second, rel=0.15)
    mirror(tmp_path, "a.txt").unlink()
    bare = Film(tmp_path, scene(track("actor", actor="karen", audioUrl=at("a.wav"))))
    speech = materials(bare.timeline, bare.sources)[0, 0].speech
    assert speech is not None
    assert len({shape for _, shape in speech.mouths}) >= 3
    assert speech.words == []


def test_one_speaker_is_one_voice_and_one_text_one_length(tmp_path: Path) -> None:
    made = Film(
        tmp_path,
        scene(actor("Hello there.", speakerId="x9")),
        scene(actor("Hello there.", speakerId="x9", actor="ryan"), language="de"),
    )
    first, second = (made.sources.of(node).speech for node in made.sources.nodes())
    assert first is second
    assert {one.duration.expected for one in made.timeline.scenes} == {first.ms}  # type: ignore[union-attr]


def test_the_lock_remembers_the_local_voices_and_no_stand_in(tmp_path: Path) -> None:
    film(mirror(tmp_path, "a.mp4"), 45, 30)
    made = Film(tmp_path, scene(actor("Hello there.")), scene(track("video", videoUrl=at("a.mp4"))))
    entries = learned(made.sources)
    said = speak("Hello there.", "en", "s", "karen").ms
    assert entries == [
        lock.LocalSpeech("espeak-ng", made.sources.cast.voice(made.sources.nodes()[0]).name, "Hello there.", said)
    ]
    known = lock.of(entries)
    assert remembered(known, graph_of(made.made)) == Facts({}, {("s", "Hello there."): said}, {})
    assert lock.facts(known).speech == {}


def test_the_lock_remembers_what_was_fetched(tmp_path: Path) -> None:
    made = Film(tmp_path, scene(track("video", videoUrl=at("a.mp4"))))
    cache = tmp_path / "cache"
    content = cache / "content"
    content.mkdir(parents=True)
    film(content / "a.mp4", 45, 30)
    (content / "a.mp4").rename(content / "00ff")
    sources = Sources(made.sources.graph, Library(str(tmp_path), str(tmp_path), str(cache)))
    note(cache, at("a.mp4"), "00ff")
    assert learned(sources) == [lock.Media(at("a.mp4"), 1500, "00ff")]


def note(cache: Path, address: str, name: str) -> None:
    """As if an address had been fetched before."""
    from hashlib import sha256

    (cache / "addresses").mkdir()
    path = cache / "addresses" / f"{sha256(address.encode()).hexdigest()}.json"
    path.write_text(f'{{"address": "{address}", "content": "{name}"}}')


floats = st.floats(-4, 4, width=32)
sounds = arrays.arrays(np.float32, st.tuples(st.integers(0, 900), st.just(2)), elements=floats)


@given(sounds)
def test_nothing_passes_full_scale_and_what_is_quiet_stays(samples: np.ndarray) -> None:
    made = limited(samples)
    assert np.abs(made).max(initial=0) <= 1
    quiet = np.abs(samples) <= KNEE
    assert np.array_equal(made[quiet], samples[quiet])
    assert (np.sign(made) == np.sign(samples)).all()


@given(sounds, st.booleans(), st.booleans())
def test_a_fade_touches_its_ends_only(samples: np.ndarray, begin: bool, end: bool) -> None:
    total = len(samples)
    made = faded(samples, 0, total, begin=begin, end=end)
    pieces = [faded(samples[at : at + 100], at, total, begin=begin, end=end) for at in range(0, total, 100)]
    assert np.array_equal(np.concatenate([samples[:0], *pieces]), made)
    length = min(FADE_MS * 48, len(samples) // 2)
    assert made.shape == samples.shape
    if len(samples) >= 2:
        assert not (begin and made[0].any())
        assert not (end and made[-1].any())
        assert np.array_equal(made[length : len(made) - length], samples[length : len(samples) - length])
        assert begin or np.array_equal(made[:length], samples[:length])


talks = st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 800)).map(lambda talk: (talk[0], talk[0] + talk[1])))


@given(talks, st.integers(0, 4000), st.integers(1, 1000))
def test_ducking_is_deep_while_somebody_speaks_smooth_and_the_same_in_pieces(
    spoken: list[tuple[int, int]], start: int, length: int
) -> None:
    ducking = Ducking(spoken)
    gain = ducking.gain(start * 48, length * 48, -12.0)[:, 0]
    low = 10 ** (-12 / 20)
    assert (gain >= low - 1e-4).all()
    assert (gain <= 1.0).all()
    assert np.abs(np.diff(gain)).max(initial=0) < 0.001
    half = length // 2
    pieces = [
        ducking.gain(start * 48, half * 48, -12.0)[:, 0],
        ducking.gain((start + half) * 48, (length - half) * 48, -12.0)[:, 0],
    ]
    assert np.allclose(np.concatenate(pieces), gain, atol=1e-6)
    for ms in range(start, start + length, 50):
        if any(first <= ms < last for first, last in spoken):
            assert gain[(ms - start) * 48] == pytest.approx(low, abs=1e-4)
        elif all(ms < first - ATTACK_MS or ms > last + RELEASE_MS for first, last in spoken) and not any(
            first < ms < second for first in (talk[1] for talk in spoken) for second in (talk[0] for talk in spoken)
        ):
            assert gain[(ms - start) * 48] == pytest.approx(1.0, abs=1e-4)


def test_speech_has_one_level_however_loud_it_was() -> None:
    tone = clicks(3 * RATE, RATE)
    assert level(tone * np.float32(0.5)) == pytest.approx(2 * level(tone))
    assert level(np.zeros(RATE, np.float32)) == 1
    assert level(np.zeros(0, np.float32)) == 1
    assert level(tone * np.float32(1e-3)) == 8
