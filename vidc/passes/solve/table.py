"""The tables of time: where a track stands by the fields it has, and what is judged of that place.

A place is affine in the length of the scene and the length of the track's own medium. All of it is data, so that a
test can change any one number and see that it matters.
"""

from __future__ import annotations

from vidc.hints import TypeAlias

END_GAP, START_GAP, DURATION = 1, 2, 4
"""Which of its fields a track has, as a sum of these. A gap of 0 is there; what counts is not its value."""

BOTH_GAPS = START_GAP + END_GAP
EVERYTHING = DURATION + BOTH_GAPS

TIMED = frozenset(("actor", "video"))
"""The types of track with a length of their own that can size a scene."""

TIMES = frozenset(("duration", "startTimeGap", "endTimeGap"))
"""The fields that say where a track stands."""

_ = 0
"""Stands for the coefficient of a field that is not there."""

Row: TypeAlias = tuple[int, int, int, int, int, int, int, int, int, int]
"""Coefficients of (scene, medium, duration, startTimeGap, endTimeGap), first for the start, then for the end."""

MEDIA: list[Row] = [
    (0, 0, _, _, _, 0, 1, _, _, _),  # nothing: [0, i]
    (1, -1, _, _, -1, 1, 0, _, _, -1),  # endTimeGap: [D-e-i, D-e], undocumented
    (0, 0, _, 1, _, 0, 1, _, 1, _),  # startTimeGap: [s, s+i]
    (0, 0, _, 1, 0, 1, 0, _, 0, -1),  # both gaps: [s, D-e]
    (0, 0, 0, _, _, 0, 0, 1, _, _),  # duration: [0, d]
    (1, 0, -1, _, -1, 1, 0, 0, _, -1),  # duration, endTimeGap: [D-e-d, D-e]
    (0, 0, 0, 1, _, 0, 0, 1, 1, _),  # duration, startTimeGap: [s, s+d]
]
"""Places of actor and video, by their fields."""

FILLS: list[Row] = [
    (0, _, _, _, _, 1, _, _, _, _),  # nothing: [0, D]
    (0, _, _, _, 0, 1, _, _, _, -1),  # endTimeGap: [0, D-e]
    (0, _, _, 1, _, 1, _, _, 0, _),  # startTimeGap: [s, D]
    (0, _, _, 1, 0, 1, _, _, 0, -1),  # both gaps: [s, D-e]
    (0, _, 0, _, _, 0, _, 1, _, _),  # duration: [0, d]
    (1, _, -1, _, -1, 1, _, 0, _, -1),  # duration, endTimeGap: [D-e-d, D-e]
    (0, _, 0, 1, _, 0, _, 1, 1, _),  # duration, startTimeGap: [s, s+d]
]
"""Places of everything else: without a `duration` it fills the scene."""

Test: TypeAlias = tuple[str, int, int, int, int, int]
"""A finding, coefficients of (start, end, scene, medium), and the least value of their sum at which it holds."""

OWN: list[Test] = [
    ("never-visible", 1, 0, -1, 0, 0),  # start >= D
    ("never-visible", 0, -1, 0, 0, 0),  # end <= 0
    ("clipped", 0, 1, -1, 0, 1),  # end > D
    ("starts-before-scene", -1, 0, 0, 0, 1),  # start < 0
]
"""Judged of a window with a length of its own."""

MADE: list[Test] = [("empty-window", 1, -1, 0, 0, 0)]  # end <= start
"""Judged of a window that the scene makes. One that starts too late or ends too early is empty, so this says it all."""

LONGER: Test = ("trimmed-media", 1, -1, 0, 1, 1)  # i > end - start
SHORTER: Test = ("ends-early", -1, 1, 0, -1, 1)  # i < end - start

GIVEN: list[Test] = [LONGER, SHORTER]
"""Judged of an actor or video that was given a window, by a `duration` or by both gaps."""

HEARD: list[Test] = [SHORTER]
"""Judged of an audio of known length that was given a window."""

KINDS = {"actor": 0, "video": 0, "audio": 1}
"""The kind of a track by its type: media, sound, and (2) everything else."""

PLACES: tuple[list[Row], list[Row], list[Row]] = (MEDIA, FILLS, FILLS)
"""The table of places by kind."""


def tests(kind: int, fields: int) -> list[Test]:
    """What is judged of a track of this kind with these fields; those of its medium only where its length is known."""
    made = fields == BOTH_GAPS or (kind > 0 and fields < DURATION)
    given = GIVEN if kind == 0 else HEARD if kind == 1 else []
    return (MADE if made else OWN) + (given if fields >= BOTH_GAPS else [])


TESTS: list[list[list[Test]]] = [[tests(kind, fields) for fields in range(EVERYTHING)] for kind in range(3)]
"""What is judged, by kind and fields."""

UNCUT: list[list[list[Test]]] = [[[test for test in row if test[0] != "clipped"] for row in rows] for rows in TESTS]
"""The same of what goes on in the next scene, and so is not cut where its own ends."""
