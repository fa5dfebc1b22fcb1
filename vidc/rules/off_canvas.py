"""off-canvas: a track that lies outside the video, wholly or with a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Place, Words
from vidc.hints import TypeAlias
from vidc.ir.spec import Json, Track
from vidc.ir.timeline import PlacedTrack
from vidc.ir.tree import Mapping, Scalar

from .looked import Looked

Pair: TypeAlias = tuple[float, float]

HALF = 50
"""Of a track of which more than so many hundredths lie outside, the place is hardly meant."""
ENOUGH = 4
"""Unless what is seen of it is this part of the video: a picture that is larger than the video, a face in close-up."""


@problem("warning", "rule")
def off_canvas(at: Place, side: str, canvas: Pair, part: int = 100, hint: str = "", slight: bool = False) -> Words:
    """A track lies outside the video.

    It is rendered and paid for, and nobody sees it. Positions count from the top left corner of the video.

    Where only a part of it lies outside, this is said of a track that leaves room on the other side: a picture that
    reaches over both edges fills the video. In the corner it was made for another video if it is more than twice as
    large, or as wide as this one is high. It is a note up to a half past any edge, as in a corner, and not said of an
    actor, who is often cut by an edge on purpose; but it is a warning where `x` and `y` the other way round are the
    middle of the video, or where both are written as `50%`.

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
    help = f"the video is {canvas[0]} x {canvas[1]} pixels" + (f"; {hint}" if hint else "")
    how_much = "this track" if part == 100 else f"{part} % of this track"
    return Words(f"{how_much} lies {side} the video", at, help=help, severity="note" if slight else None)


def check_off_canvas(canvas: Pair | None, placed: PlacedTrack, _looked: Looked) -> Sequence[Finding]:
    values = placed.track.values
    position = _pair(values.get("position"), "x", "y")
    size = _pair(values.get("size"), "width", "height")
    if canvas is None or position is None or size is None:
        return ()
    x, y = position
    if x >= 0 and y >= 0 and x + size[0] <= canvas[0] and y + size[1] <= canvas[1]:
        return ()
    if any(word in name.lower() for name in values for word in _MOVES):
        return ()
    swapped, hint = _swapped(placed.track, position, size, canvas)
    side = _side(position, size, canvas)
    if side:
        return (off_canvas(placed.track.place("position"), side, canvas, 100, hint),)
    if values.get("rotation"):
        return ()
    if _is_meant_as_middle(placed.track, position, size, canvas):
        side, part, _ = _cut(position, size, canvas)
        return (off_canvas(placed.track.place("position"), side, canvas, part, _CORNER),)
    is_middle = bool(hint) and 2 * swapped[0] == canvas[0] - size[0] and swapped[1] in (0, canvas[1] - size[1])
    return _partly(placed.track, position, size, canvas, hint, is_middle)


def _partly(
    track: Track, position: Pair, size: Pair, canvas: Pair, if_swapped: str, is_middle: bool
) -> Sequence[Finding]:
    """What there is to say of a track of which a part is seen. `is_middle`: if `x` and `y` are swapped."""
    side, part, most = _cut(position, size, canvas)
    seen = _shown(position, size, canvas)
    is_much = track.type != "text" and seen * ENOUGH >= canvas[0] * canvas[1]
    is_slight = not is_middle and ((part if if_swapped else most) <= HALF or is_much)
    is_larger = seen == canvas[0] * canvas[1] and 2 * seen < size[0] * size[1]
    if position == (0, 0) and (is_larger or size == canvas[::-1] != canvas):
        part = min(round(100 - 100 * seen / (size[0] * size[1])), 99)
        hint = f"to fill it, write `size: {{width: {canvas[0]}, height: {canvas[1]}}}`"
        return (off_canvas(track.place("size"), "outside", canvas, part, hint),)
    if not part or (is_slight and track.type == "actor"):
        return ()
    return (off_canvas(track.place("position"), side, canvas, part, "" if is_slight else if_swapped, is_slight),)


def _swapped(track: Track, position: Pair, size: Pair, canvas: Pair) -> tuple[Pair, str]:
    """Where a track lies if `x` and `y` are swapped, and what to write then: only where the whole of it is seen."""
    written = _written(track)
    if written is None:
        return position, ""
    y, x = (
        pixels * other / own if text.endswith("%") else pixels
        for pixels, text, own, other in zip(position, written, canvas, canvas[::-1], strict=True)
    )
    is_inside = 0 <= x <= canvas[0] - size[0] and 0 <= y <= canvas[1] - size[1]
    return (x, y), f"if `x` and `y` are swapped, write `{{x: {written[1]}, y: {written[0]}}}`" if is_inside else ""


def _written(track: Track) -> tuple[str, str] | None:
    """The `x` and `y` of a position as numbers or percentages."""
    node = track.node.entries["position"][1]
    entries = node.entries if isinstance(node, Mapping) else {}
    if "x" not in entries or "y" not in entries:
        return None
    x, y = (str(node.value) if isinstance(node, Scalar) else "" for _, node in (entries["x"], entries["y"]))
    return (x, y) if x[-1:] in _ENDS and y[-1:] in _ENDS else None


def _is_meant_as_middle(track: Track, position: Pair, size: Pair, canvas: Pair) -> bool:
    """Whether a track begins in the middle of the video, both ways, and reaches out of it: an actor or a picture in
    the lower right quarter is no larger."""
    is_at_middle = position == (round(canvas[0] / 2), round(canvas[1] / 2)) and _written(track) == ("50%", "50%")
    return is_at_middle and (position[0] + size[0] > canvas[0] or position[1] + size[1] > canvas[1])


_CORNER = "a position is that of the top left corner: for the middle, write `position: center`"
_ENDS = (*"0123456789%",)
_MOVES = ("anim", "keyframe", "motion", "move", "scroll", "slide")
"""In the names of fields of which nothing is documented: what moves may well come from outside."""


def _shown(position: Pair, size: Pair, canvas: Pair) -> float:
    """How many pixels of a track lie inside of the video."""
    width, height = (
        min(start + length, video) - max(start, 0) for start, length, video in zip(position, size, canvas, strict=True)
    )
    return width * height


def _cut(position: Pair, size: Pair, canvas: Pair) -> tuple[str, int, int]:
    """Past which edge a track lies while there is room at the other edge, and how many hundredths of it: in all, and
    past one edge alone."""
    cuts = []
    for start, length, video, before, after in zip(
        position, size, canvas, ("left of", "above"), ("right of", "below"), strict=True
    ):
        over = start + length - video
        if start > 0 and over > 0:
            cuts.append((over / length, after))
        elif start < 0 and over < 0:
            cuts.append((-start / length, before))
    share = 1.0
    for cut, _ in cuts:
        share *= 1 - cut
    side = "outside" if len(cuts) > 1 else "".join(side for _, side in cuts)
    most = max((cut for cut, _ in cuts), default=0.0)
    return side, min(round((1 - share) * 100), 99), min(round(most * 100), 99)


def _pair(value: Json, one: str, two: str) -> Pair | None:
    """Two numbers of a place that was checked; None where one of them was left out."""
    if isinstance(value, dict):
        first, second = value.get(one), value.get(two)
        if isinstance(first, int | float) and isinstance(second, int | float):
            return first, second
    return None


def _side(position: Pair, size: Pair, canvas: Pair) -> str:
    if position[0] >= canvas[0]:
        return "right of"
    if position[1] >= canvas[1]:
        return "below"
    if position[0] + size[0] <= 0:
        return "left of"
    return "above" if position[1] + size[1] <= 0 else ""
