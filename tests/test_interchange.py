"""OpenTimelineIO: loaded by its own library, every clip starts and ends on the timeline's frame."""

from __future__ import annotations

from pathlib import Path

import opentimelineio as otio
import pytest
from command import run

from vidc.compile import compile
from vidc.ir.timeline import Timeline
from vidc.project import load, reader
from vidc.review.interchange import RATE, otio_json

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/video.vidc.*"))


def timeline_of(path: Path) -> Timeline:
    made = compile(load(str(path)), read=reader(None), draft=True)
    assert made.timeline is not None
    return made.timeline


def clips_of(text: str) -> dict[tuple[str, str], tuple[float, float]]:
    """By path and kind, when each clip starts and ends, in frames."""
    made = otio.adapters.read_from_string(text, "otio_json")
    found = {}
    for clip in made.find_clips():
        span = clip.transformed_time_range(clip.trimmed_range(), made.tracks)
        assert span.start_time.rate == RATE
        found[clip.metadata["vidc"]["path"], clip.parent().kind] = (
            span.start_time.value,
            span.end_time_exclusive().value,
        )
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_clips_start_and_end_on_the_frame(path: Path) -> None:
    timeline = timeline_of(path)
    expected = {}
    for scene in timeline.scenes:
        for track in scene.tracks:
            if track.visible is None:
                continue
            edges = [scene.start.expected + at.expected for at in (track.visible.start, track.visible.end)]
            first, last = (round(ms * RATE / 1000 + 1e-9) for ms in edges)
            kinds = {"audio": ["Audio"], "actor": ["Video", "Audio"], "video": ["Video", "Audio"]}
            for kind in kinds.get(track.track.type, ["Video"]):
                if last > first:
                    expected[track.track.path, kind] = (first, last)
    assert clips_of(otio_json("demo", timeline)) == expected


def test_scenes_are_markers() -> None:
    timeline = timeline_of(next(path for path in EXAMPLES if path.parent.name == "compliance"))
    made = otio.adapters.read_from_string(otio_json("demo", timeline), "otio_json")
    assert [marker.name for marker in made.tracks.markers] == [scene.scene.label for scene in timeline.scenes]


def test_the_command_writes_what_the_library_reads(tmp_path: Path) -> None:
    done = run("timeline", str(EXAMPLES[0]), "--format", "otio", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert otio.adapters.read_from_string(done.stdout, "otio_json").name == str(EXAMPLES[0])


def test_two_files_are_two_timelines_and_otio_holds_one(tmp_path: Path) -> None:
    done = run("timeline", str(EXAMPLES[0]), str(EXAMPLES[1]), "--format", "otio", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name one file" in done.stderr
