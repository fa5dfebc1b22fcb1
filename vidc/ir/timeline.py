"""Timeline: when everything starts and ends, in ms, with bounds."""

from __future__ import annotations

from vidc.clock import Length
from vidc.record import record

from .spec import Scene, Track


@record
class Moment:
    """A time in ms from the scene's start; a bound is infinite where it depends on a length that is unbounded."""

    low: int | float
    expected: int
    high: int | float


@record
class Window:
    start: Moment
    end: Moment


@record
class PlacedTrack:
    """A track's window in its scene, what of it is seen, and the length of its medium.

    `visible` is the window cut to the scene and to the medium; None where nothing is ever seen. Where it is empty at
    some lengths only, its start and end coincide there.
    """

    track: Track
    start: Moment
    end: Moment
    visible: Window | None
    medium: Length | None


@record
class PlacedScene:
    """A scene's start in the video and its length; `sized_by`: `duration`, `reference` or `inferred`.

    `tracks` holds those that could be placed."""

    scene: Scene
    start: Length
    duration: Length
    sized_by: str
    tracks: list[PlacedTrack]


@record
class Timeline:
    """The scenes that could be solved, in order, and the video's length.

    `complete`: none was left out; what comes after one that was left out, and the video, have no upper bound. `size`:
    the video's width and height in pixels, None where they are not known.
    """

    scenes: list[PlacedScene]
    total: Length
    complete: bool = True
    size: tuple[int, int] | None = None
