"""Measures `vidc render`: CPU against encoding the same frames alone, speed, what is rendered again, and MoviePy.

    python tests/benchmarks/render.py [SCRATCH] [--scenes N] [--moviepy PYTHON | --no-moviepy]

It writes two films of 1920 x 1080 below SCRATCH: ten scenes of a photo, a presenter and two texts; and a presenter in
front of a video that fills the frame. CPU is user and system time of the process and its children; the whole command is
counted, start-up and speech included. The base of the ratios is libx264 with the settings of the profile `preview`,
given the very frames of the film, which were drawn before. MoviePy (installed into an environment below SCRATCH, where
PYTHON is not given) gets the photos, texts and presenters as finished pictures and the sound as a file; its presenter
does not move, so it does less. Nothing fails here: the table says what was met.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from threading import Thread
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SIZE = 1920, 1080
CHUNK = 60
"""Frames that are held in memory at once: 190 MB."""

TEXT = "This is scene number {number}. It says what there is to say, in two sentences that take some five seconds."

SCENE = """\
  - name: Scene {number}
    tracks:
      - {{type: image, imageUrl: "https://bench.test/{number}.jpg", position: {{x: 0, y: 0}},
         size: {{width: 1920, height: 1080}}}}
      - {{type: actor, actor: karen, variant: shoulder, speakerId: en-GB-SoniaNeural, text: "{text}",
         position: {{x: 1080, y: 270}}, size: {{width: 810, height: 810}}}}
      - {{type: text, text: Scene {number}, position: {{x: 120, y: 200}}, size: {{width: 800, height: 120}}}}
      - {{type: text, text: A line below, position: {{x: 120, y: 340}}, size: {{width: 800, height: 80}},
         startTimeGap: 800, endTimeGap: 0}}
"""

VIDEO = """\
  - name: In front of a video
    duration: 20s
    tracks:
      - {type: video, videoUrl: "https://bench.test/clip.mp4", position: {x: 0, y: 0},
         size: {width: 1920, height: 1080}, duration: 20s}
      - {type: actor, actor: omar, variant: shoulder, speakerId: en-US-GuyNeural,
         text: "TEXT", position: {x: 1080, y: 270}, size: {width: 810, height: 810}}
"""


class Cost(NamedTuple):
    cpu: float
    wall: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("scratch", nargs="?")
    parser.add_argument("--scenes", type=int, default=10)
    parser.add_argument("--moviepy", metavar="PYTHON")
    parser.add_argument("--no-moviepy", action="store_true")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        CHILDREN[asked.child[0]](Path(asked.child[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(asked.scratch or folder).resolve()
        scratch.mkdir(parents=True, exist_ok=True)
        run(scratch, asked.scenes, asked)


def run(scratch: Path, scenes: int, asked: argparse.Namespace) -> None:
    project(scratch, scenes)
    plain, video = scratch / "plain.vidc.yaml", scratch / "video.vidc.yaml"
    first, frames = rendered(scratch, plain), frames_of(scratch / "plain.mp4")
    seconds = frames / 30
    again = rendered(scratch, plain)
    plain.write_text(plain.read_text().replace("scene number 5.", "scene number five, edited."))
    edited = rendered(scratch, plain)
    print(f"film of {scenes} scenes, {seconds:.1f} s, {frames} frames of {SIZE[0]} x {SIZE[1]}")
    print(f"{os.cpu_count()} cores, which together do {cores():.1f} times what one does alone now")
    base = child("base", plain)
    row("CPU, encoding alone", f"{base:.1f} s")
    row("CPU, vidc render", f"{first.cpu:.1f} s", first.cpu / base, 1.3)
    row("speed (wall)", f"{first.wall:.1f} s", seconds / first.wall, 3, at_least=True)
    row("one scene edited (wall, of the whole)", f"{edited.wall:.2f} s", edited.wall / first.wall, 1 / 3)
    row("one scene edited (CPU, of the whole)", f"{edited.cpu:.2f} s", edited.cpu / first.cpu, 1 / 3)
    row("nothing changed (wall)", f"{again.wall:.2f} s", again.wall, 1)
    row("nothing changed (CPU)", f"{again.cpu:.2f} s", again.cpu, 1)
    still = child("still", plain)
    row("a still, after start-up (wall)", f"{still:.2f} s", still, 0.5)
    front, base = rendered(scratch, video), child("base", video)
    seconds = frames_of(scratch / "video.mp4") / 30
    row("in front of a video: CPU, encoding alone", f"{base:.1f} s")
    row("in front of a video: CPU, vidc render", f"{front.cpu:.1f} s", front.cpu / base, 2.0)
    row("in front of a video: speed (wall)", f"{front.wall:.1f} s", seconds / front.wall, 1, at_least=True)
    if not asked.no_moviepy:
        peer = moviepy(scratch, plain, asked.moviepy)
        row("CPU, MoviePy, of vidc's", f"{peer.cpu:.1f} s", peer.cpu / first.cpu, 8, at_least=True)


def cores() -> float:
    """How many times as much two threads do in the same time as one."""

    def work() -> None:
        block = bytes(1_000_000)
        for _ in range(600):
            sha256(block)

    def wall(count: int) -> float:
        threads, began = [Thread(target=work) for _ in range(count)], time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - began

    return 2 * wall(1) / wall(2)


def row(name: str, value: str, ratio: float | None = None, aim: float = 0, *, at_least: bool = False) -> None:
    said = "" if ratio is None else f"{ratio:6.2f}  aim {'>=' if at_least else '<='} {aim:.2f}"
    met = "" if ratio is None else "  met" if (ratio >= aim if at_least else ratio <= aim) else "  MISSED"
    print(f"{name:42} {value:>9}  {said}{met}", flush=True)


def project(scratch: Path, scenes: int) -> None:
    media = scratch / "media" / "bench.test"
    media.mkdir(parents=True, exist_ok=True)
    (scratch / "vidc.toml").write_text("")
    head = "settings: {name: Bench, videoSize: {width: 1920, height: 1080}}\nlanguage: en\nscenes:\n"
    texts = [SCENE.format(number=number, text=TEXT.format(number=number)) for number in range(1, scenes + 1)]
    (scratch / "plain.vidc.yaml").write_text(head + "".join(texts))
    said = " ".join(TEXT.format(number=number) for number in (1, 2, 3))
    (scratch / "video.vidc.yaml").write_text(head + VIDEO.replace("TEXT", said))
    for number in range(1, scenes + 1):
        (media / f"{number}.jpg").write_bytes(jpeg(photo(number)))
    clip(media / "clip.mp4")
    for path in (scratch / ".vidc" / "render").glob("*.segment"):
        path.unlink()


def photo(seed: int, shift: int = 0) -> np.ndarray:
    """Something like a photo: soft shapes with some grain."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
    x = x + shift
    grain = np.random.default_rng(seed).normal(0, 2.5, (SIZE[1], SIZE[0])).astype(np.float32)
    waves = [np.sin(x / (90 + 17 * part) + seed) * np.cos(y / (120 + 11 * seed) + part) for part in range(3)]
    return np.stack([np.clip(128 + 90 * wave + grain, 0, 255).astype(np.uint8) for wave in waves], axis=2)


def jpeg(pixels: np.ndarray) -> bytes:
    import av

    encoder: Any = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = *SIZE, "yuvj420p", Fraction(1, 25)
    encoder.options = {"q": "3"}
    frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuvj420p")
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])


def clip(path: Path) -> None:
    import av

    if path.exists():
        return
    wide = np.concatenate([photo(3), photo(3, SIZE[0])], axis=1)
    with av.open(str(path), "w") as file:
        stream: Any = file.add_stream("libx264", rate=30, options={"preset": "veryfast", "crf": "23"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(20 * 30):
            part = np.ascontiguousarray(wide[:, number * 3 : number * 3 + SIZE[0]])
            file.mux(stream.encode(av.VideoFrame.from_ndarray(part, format="rgb24")))
        file.mux(stream.encode(None))


def spent(words: list[str], folder: Path) -> Cost:
    before, began = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(words, cwd=folder, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    wall, after = time.perf_counter() - began, getrusage(RUSAGE_CHILDREN)
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def rendered(scratch: Path, spec: Path) -> Cost:
    name = spec.name.split(".")[0]
    start = [sys.executable, "-c", "from vidc.cli import main; main()"]
    return spent([*start, "render", str(spec), "-o", f"{name}.mp4"], scratch)


def frames_of(path: Path) -> int:
    import av

    with av.open(str(path)) as file:
        return file.streams.video[0].frames


def child(what: str, spec: Path) -> float:
    words = [sys.executable, __file__, "--child", what, str(spec)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return float(subprocess.run(words, check=True, env=env, capture_output=True, text=True).stdout)


def produced(spec: Path) -> Any:
    from vidc import compile
    from vidc.project import load, reader
    from vidc.render.media_library import library_of
    from vidc.render.staging import Shown
    from vidc.render.staging_film import produce

    source = load(str(spec))
    library = library_of(source.file)
    return produce(
        lambda facts: compile(source, facts=facts, draft=True, read=reader(None)), library, Shown(badge=True)
    )


def drawn(production: Any) -> Iterator[list[Any]]:
    """The film's frames, some at a time, as FFmpeg takes them."""
    import av

    from vidc.render.encode import PROFILES, VideoEncoder
    from vidc.render.film_draw import drawer, pieces_of

    taken: list[Any] = []
    for piece in pieces_of(production):
        encoder = VideoEncoder(production.size, PROFILES["preview"])
        draw = drawer(production, piece, encoder.frame)
        for number in range(piece.frames):
            draw(number)
            frame: Any = av.VideoFrame(*SIZE, "yuv420p")
            for target, source in zip(frame.planes, encoder.picture.planes, strict=True):
                target.update(bytes(source))
            taken.append(frame)
            if len(taken) == CHUNK:
                yield taken
                taken = []
    yield taken


def base(spec: Path) -> None:
    """CPU seconds of encoding the frames of a film that are there already."""
    from vidc.render.encode import PROFILES, VideoEncoder

    context = VideoEncoder(SIZE, PROFILES["preview"]).context
    total, number = 0.0, 0
    for frames in drawn(produced(spec)):
        before = cpu()
        for frame in frames:
            frame.pts = number
            context.encode(frame)
            number += 1
        total += cpu() - before
    before = cpu()
    context.encode(None)
    print(total + cpu() - before)


def cpu() -> float:
    used = getrusage(RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def still_seconds(spec: Path) -> None:
    """Wall seconds from a started process to a PNG of a moment in the film."""
    from vidc.render.still import png, still

    produced.__globals__["np"].zeros(1)
    import vidc.render.staging_film  # noqa: F401  # loaded before the clock starts

    began = time.perf_counter()
    png(still(produced(spec), 12_345))
    print(time.perf_counter() - began)


def pictures(spec: Path) -> None:
    """What MoviePy gets: for each scene its pictures with their places, the length, and the sound of all."""
    import wave

    from vidc.render.stage import layers
    from vidc.render.still import png

    production = produced(spec)
    folder = spec.parent / "pictures"
    folder.mkdir(exist_ok=True)
    scenes = []
    for number in range(len(production.timeline.scenes)):
        scene = production.scene(number)
        found = []
        for place, layer in enumerate(layers(scene, scene.duration // 2)):
            path = folder / f"{number}-{place}.png"
            path.write_bytes(png(np.ascontiguousarray(layer.picture.pixels)))
            found.append([str(path), layer.x, layer.y])
        scenes.append({"ms": scene.duration, "pictures": found})
    (folder / "scenes.json").write_text(json.dumps(scenes))
    with wave.open(str(folder / "sound.wav"), "wb") as file:
        file.setparams((2, 2, 48_000, 0, "NONE", ""))
        for piece in production.soundtrack().all():
            file.writeframes((piece * 32767).astype("<i2").tobytes())
    print(0)


PEER = """\
import json, sys
from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, concatenate_videoclips

clips = []
for scene in json.load(open("pictures/scenes.json")):
    seconds = scene["ms"] / 1000
    layers = [ImageClip(path).with_duration(seconds).with_position((x, y)) for path, x, y in scene["pictures"]]
    clips.append(CompositeVideoClip(layers, size=(1920, 1080)).with_duration(seconds))
film = concatenate_videoclips(clips).with_audio(AudioFileClip("pictures/sound.wav"))
film.write_videofile("moviepy.mp4", fps=30, codec="libx264", preset="superfast", audio_codec="aac", threads=4,
                     ffmpeg_params=["-crf", "23", "-pix_fmt", "yuv420p"], logger=None)
"""


def moviepy(scratch: Path, spec: Path, python: str | None) -> Cost:
    child("pictures", spec)
    if python is None:
        place = scratch / "moviepy"
        python = str(place / "bin" / "python")
        if not place.exists():
            venv.create(place, with_pip=True)
            subprocess.run([python, "-m", "pip", "-q", "install", "moviepy>=2"], check=True)
    return spent([python, "-c", PEER], scratch)


CHILDREN = {"base": base, "still": still_seconds, "pictures": pictures}

if __name__ == "__main__":
    main()
