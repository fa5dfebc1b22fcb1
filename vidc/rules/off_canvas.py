"""off-canvas: a track that lies outside the video, wholly or with a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Place, Words
from vidc.ir.spec import Json
from vidc.ir.timeline import PlacedTrack

from .looked import Looked


@problem("warning", "rule")
def off_canvas(at: Place, side: str, width: float, height: float, part: int = 100) -> Words:
    """A track lies outside the video.

    It is rendered and paid for, and nobody sees it. Positions count from the top left corner of the video.

    Where only a part of it lies outside, this is a note, and only of an image, a video or a text that leaves room on
    the other side: a picture that reaches over both edges fills the video, and an actor is often cut by an edge on
    purpose.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1280, height: 720}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 1400, y: 0}, size: {width: 400, height: 400}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1280, height: 720}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 800, y: 0}, size: {width: 400, height: 400}}
    ```
    """
    help = f"the video is {width} x {height} pixels"
    if part < 100:
        return Words(f"{part} % of this track lies {side} the video", at, help=help, severity="note")
    return Words(f"this track lies {side} the video", at, help=help)


def check_off_canvas(canvas: tuple[float, float] | None, placed: PlacedTrack, _looked: Looked) -> Sequence[Finding]:
    values = placed.track.values
    position = _pair(values.get("position"), "x", "y")
    size = _pair(values.get("size"), "width", "height")
    if canvas is None or position is None or size is None:
        return ()
    x, y = position
    if x >= 0 and y >= 0 and x + size[0] <= canvas[0] and y + size[1] <= canvas[1]:
        return ()
    side = _side(position, size, canvas)
    if side:
        return (off_canvas(placed.track.place("position"), side, *canvas),)
    if placed.track.type == "actor" or values.get("rotation"):
        return ()
    side, part = _cut(position, size, canvas)
    return (off_canvas(placed.track.place("position"), side, *canvas, part),) if part else ()


def _cut(position: tuple[float, float], size: tuple[float, float], canvas: tuple[float, float]) -> tuple[str, int]:
    """Past which edge the most of a track lies while there is room at the other edge, and how many hundredths of it."""
    cuts = []
    for start, length, video, before, after in zip(
        position, size, canvas, ("left of", "above"), ("right of", "below"), strict=True
    ):
        over = start + length - video
        if start > 0 and over > 0:
            cuts.append((over / length, after))
        elif start < 0 and over < 0:
            cuts.append((-start / length, before))
    share, side = max(cuts, default=(0, ""))
    return side, min(round(share * 100), 99)


def _pair(value: Json, one: str, two: str) -> tuple[float, float] | None:
    """Two numbers of a place that was checked; None where one of them was left out."""
    if isinstance(value, dict):
        first, second = value.get(one), value.get(two)
        if isinstance(first, int | float) and isinstance(second, int | float):
            return first, second
    return None


def _side(position: tuple[float, float], size: tuple[float, float], canvas: tuple[float, float]) -> str:
    if position[0] >= canvas[0]:
        return "right of"
    if position[1] >= canvas[1]:
        return "below"
    if position[0] + size[0] <= 0:
        return "left of"
    return "above" if position[1] + size[1] <= 0 else ""
