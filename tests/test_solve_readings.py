"""Where the documentation is silent: what depends on a reading is said, and a spec can be written without it."""

from __future__ import annotations

from random import Random
from typing import Any

from tests import solve_oracle as oracle
from tests.conftest import SCALE
from tests.solve_specs import Lengths, Plain, graph_of, scenes_at_random, text_of
from tests.test_solve import Expected, of_scene
from vidc.diag.finding import Log
from vidc.ir.spec import Spec
from vidc.passes.solve import explicit, solve
from vidc.passes.solve.readings import COMPETES, ENLARGES, FILLS, FROM_THE_END, ZERO_IS_SET

SPECS = 1_500 * SCALE
ZERO_IS_NONE = oracle.Reading(zero_is_set=False)
FROM_THE_START = oracle.Reading(end_anchored=False)


def readings_of(scenes: list[Plain], lengths: Lengths) -> set[tuple[str, str]]:
    """What the oracle would find otherwise if it read the documentation otherwise."""
    found: set[tuple[str, str]] = set()
    for index, scene in enumerate(scenes):
        sized = oracle.size(scene, of_scene(lengths, index))
        if isinstance(sized, oracle.Size) and sized.length.high > 0:
            for number, track in enumerate(scene["tracks"]):
                own = lengths.get((index, number))
                path = f"scenes[{index}].tracks[{number}]"
                found |= {(path, reading) for reading in _readings(track, number, sized, own)}
    return found


def _readings(track: Plain, number: int, sized: oracle.Size, own: Any) -> set[str]:
    if oracle.is_over_constrained(track):
        return set()
    duration, start, end = oracle.given(track)
    timed = track["type"] in oracle.WITH_LENGTH
    found = set()
    if not timed and duration is None and None in (start, end):
        found.add(FILLS)
    if timed and None not in (start, end) and sized.by == "inferred":
        found.add(COMPETES)
    if number == sized.track and (start or end):
        found.add(ENLARGES)
    if duration is None and _moves(track, number, sized, own, FROM_THE_START):
        found.add(FROM_THE_END)
    if _moves(track, number, sized, own, ZERO_IS_NONE):
        found.add(ZERO_IS_SET)
    return found


def _moves(track: Plain, number: int, sized: oracle.Size, own: Any, reading: oracle.Reading) -> bool:
    def at(point: oracle.Point, reading: oracle.Reading) -> tuple[int, int]:
        played = oracle.play(track["type"], *oracle.given(track, reading), point.scene, point.own, reading)
        return played.start, played.end

    return any(at(point, reading) != at(point, oracle.AS_VIDC) for point in oracle.points(sized, number, own))


def said(scenes: list[Plain], lengths: Lengths) -> dict[str, tuple[str, int]]:
    """By message, the track that the note points at and how many places it points at."""
    log = Log()
    solve(graph_of(text_of(scenes, "json"), lengths), log)
    notes = [finding.words for finding in log.findings if finding.name == "undocumented-reading"]
    return {words.message.removeprefix("not documented: "): (words.at.path, 1 + len(words.labels)) for words in notes}


def expected(scenes: list[Plain], lengths: Lengths) -> dict[str, tuple[str, int]]:
    """The same by the oracle: one note for a reading, at the first of its tracks, with up to five others."""
    order = [f"scenes[{i}].tracks[{j}]" for i, scene in enumerate(scenes) for j in range(len(scene["tracks"]))]
    found = readings_of(scenes, lengths)
    paths = {reading: [path for path in order if (path, reading) in found] for _, reading in found}
    return {
        reading + (f" ({len(tracks)} tracks)" if len(tracks) > 1 else ""): (tracks[0], min(len(tracks), 6))
        for reading, tracks in paths.items()
    }


def test_a_note_stands_where_another_reading_gives_another_result() -> None:
    random = Random(11)
    for _ in range(SPECS):
        scenes, lengths = scenes_at_random(random)
        assert said(scenes, lengths) == expected(scenes, lengths), (scenes, lengths)


def plain_of(spec: Spec) -> list[Plain]:
    return [{**scene.values, "tracks": [track.values for track in scene.tracks]} for scene in spec.scenes]


def explicit_of(scenes: list[Plain], lengths: Lengths) -> list[Plain]:
    graph = graph_of(text_of(scenes, "json"), lengths)
    return plain_of(explicit(graph, solve(graph, Log())))


def windows(scenes: list[Plain], lengths: Lengths) -> Any:
    return [
        (index, number, seen.start, seen.end, seen.visible)
        for index, placed in Expected(scenes, lengths).placed
        for number, seen in placed.items()
    ]


def errors(scenes: list[Plain], lengths: Lengths) -> Any:
    return {key for key, said in Expected(scenes, lengths).findings.items() if said[0] == "error"}


def test_the_explicit_form_changes_no_window_and_no_error() -> None:
    random = Random(12)
    for _ in range(SPECS):
        scenes, lengths = scenes_at_random(random)
        written = explicit_of(scenes, lengths)
        assert windows(written, lengths) == windows(scenes, lengths), (scenes, written)
        assert errors(written, lengths) == errors(scenes, lengths), (scenes, written)


def test_the_explicit_form_rests_on_no_reading_that_can_be_written_otherwise() -> None:
    random = Random(13)
    for _ in range(SPECS):
        scenes, lengths = scenes_at_random(random)
        before, after = readings_of(scenes, lengths), readings_of(explicit_of(scenes, lengths), lengths)
        assert after <= before
        assert not {FILLS, COMPETES} & {reading for _, reading in after}


def test_what_is_explicit_stays_as_it_is() -> None:
    random = Random(14)
    for _ in range(SPECS // 5):
        scenes, lengths = scenes_at_random(random)
        once = explicit_of(scenes, lengths)
        assert explicit_of(once, lengths) == once
