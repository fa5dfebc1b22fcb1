"""off-canvas: a track that lies wholly outside the video."""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Place, Words
from vidc.ir.spec import Json
from vidc.ir.timeline import PlacedTrack

from .looked import Looked


@problem("warning", "rule")
def off_canvas(at: Place, side: str, width: float, height: float) -> Words:
    """A track lies wholly outside the video.

    It is rendered and paid for, and nobody sees it. Positions count from the top left corner of the video.

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
    return Words(f"this track lies {side} the video", at, help=f"the video is {width} x {height} pixels")


def check_off_canvas(canvas: tuple[float, float] | None, placed: PlacedTrack, _looked: Looked) -> Finding | None:
    position = _pair(placed.track.values.get("position"), "x", "y")
    size = _pair(placed.track.values.get("size"), "width", "height")
    if canvas is None or position is None or size is None:
        return None
    side = _side(position, size, canvas)
    return off_canvas(placed.track.place("position"), side, *canvas) if side else None


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
