"""stage: what is needed to draw a scene, and `layers`, which alone decides what is seen at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from vidc.ir.timeline import PlacedScene
from vidc.record import record

from .picture import Picture

MOUTHS = ("rest", "closed", "narrow", "small", "open", "wide", "round", "pucker", "teeth", "tongue")
"""The shapes of a presenter's mouth.

rest: silence, lips together in a slight smile. closed: lips pressed (m, b, p). narrow: teeth nearly together
(s, z, t, d, n, sh, ch, r). small: a little open (k, g, h, schwa). open: wide open (a). wide: spread (e, i, ay).
round: rounded and open (o, aw). pucker: rounded and small (u, w, oo). teeth: upper teeth on the lower lip (f, v).
tongue: its tip seen (th, l).
"""


@record
class Layer:
    """A picture and where its top left corner lies in the video, in pixels; it may lie outside in part."""

    picture: Picture
    x: int
    y: int
    opacity: float = 1.0


@record
class Word:
    """A spoken word: when it is heard, in ms from the speech's start, and how it is written."""

    start: int
    end: int
    text: str


@record
class Speech:
    """What a voice says. `mouths`: (ms from its start, name of MOUTHS), in order, each holding until the next.

    `length` in ms. `language`: its code, for the captions.
    """

    length: int
    mouths: list[tuple[int, str]]
    words: list[Word]
    language: str = ""


class Photo(Protocol):
    """A still picture: its natural size in pixels (upright), a key of its content, and itself in any size."""

    @property
    def key(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    def picture(self, width: int, height: int) -> Picture:
        """Scaled to exactly this size in pixels."""


class Footage(Protocol):
    """A moving picture: its natural size in pixels (upright, square pixels) and a key of its content."""

    @property
    def key(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    def frames(self, width: int, height: int) -> Callable[[int], Picture | None]:
        """A reader of frames scaled to exactly this size: the one shown at a time in ms of the medium, None past its
        end. Times asked for mostly grow; where the frame is the same, so is the picture."""


@record
class Material:
    """What a track shows and says; the parts that it has none of are None.

    `begins`: the time of the medium, in ms, with which the track begins: more than 0 where it continues that of the
    scene before. `missing`: why there is no medium, in a few words, for the card that stands in for it.
    """

    photo: Photo | None = None
    footage: Footage | None = None
    speech: Speech | None = None
    begins: int = 0
    missing: str = ""


@record
class StagedTrack:
    """A track ready to be drawn, seen from `start` to before `end` (ms from the scene's start).

    `draw` gives its layers at a time in that window, also in ms from the scene's start, bottom to top. `still`:
    they are the same at every time.
    """

    start: int
    end: int
    draw: Callable[[int], list[Layer]]
    still: bool = False


@record
class StagedScene:
    """A scene ready to be drawn: `layers` needs nothing else.

    `size`: the video's width and height in pixels. `tracks`: bottom to top. `key`: a hash of all that is seen in the
    scene, so that the same key is the same film of it. `duration` in ms.
    """

    placed: PlacedScene
    size: tuple[int, int]
    duration: int
    tracks: list[StagedTrack]
    key: str


def layers(scene: StagedScene, t: int) -> list[Layer]:
    """What is seen at `t` ms from the scene's start: layers from bottom to top, over black (or nothing, where the video
    has an alpha channel).

    A `t` before the start shows the scene's first moment, one past its end the last: so a fade, which outlives a scene,
    always has something to show.
    """
    t = min(max(t, 0), max(scene.duration - 1, 0))
    found: list[Layer] = []
    for track in scene.tracks:
        if track.start <= t < track.end:
            found += track.draw(t)
    return found
