"""overlay: the boxes and names of the tracks, and in red what of them is cut."""

from __future__ import annotations

from collections.abc import Callable

from vidc.clock import show
from vidc.ir.timeline import PlacedTrack

from .drawing import drawn
from .drawing_shapes import filled, rounded
from .picture import Picture, over
from .stage import Layer, StagedTrack
from .text.block import set_text
from .text.paint import mask
from .text.style import Rgba, Style
from .turn import Turn

_COLORS: dict[str, Rgba] = {
    "actor": (95, 168, 255, 255),
    "image": (120, 214, 130, 255),
    "video": (190, 140, 255, 255),
    "audio": (255, 196, 92, 255),
    "text": (96, 216, 216, 255),
}
_OTHER: Rgba = (200, 200, 200, 255)
_CUT: Rgba = (235, 52, 52, 255)


def overlay(tracks: list[tuple[PlacedTrack, Turn | None]], duration: int, video: tuple[int, int]) -> list[StagedTrack]:
    """The frame and the name of each track while it is seen. Each is (track, its box), without a box for sound."""
    frames: list[StagedTrack] = []
    tags: list[StagedTrack] = []
    taken: list[Turn] = []
    for placed, place in tracks:
        window = placed.visible
        if window is None or window.end.expected <= window.start.expected:
            continue
        box = place or Turn(0, video[1], 0, 0)
        cut = cut_ms(placed, duration)
        color = _CUT if cut else _COLORS.get(placed.track.type, _OTHER)
        words = f"{placed.track.name}  {show(placed.start.expected)} - {show(placed.end.expected)}"
        words += f"  {show(cut)} cut" if cut else ""
        times = window.start.expected, window.end.expected
        frames.append(StagedTrack(*times, _always(_frame(box, color, video)), still=True))
        tags.append(StagedTrack(*times, _always([_tag(words, color, box, video, taken)]), still=True))
    return frames + tags


def _always(made: list[Layer]) -> Callable[[int], list[Layer]]:
    return lambda _: made


def cut_ms(placed: PlacedTrack, duration: int) -> int:
    """How much of a track is not seen, at the expected lengths: what lies outside the scene, and what of its medium
    is longer than the time that it was given."""
    start, end = placed.start.expected, placed.end.expected
    outside = max(-start, 0) + max(end - duration, 0)
    if placed.medium is None or placed.track.type not in ("actor", "video"):
        return outside
    return max(outside, placed.medium.expected - (min(end, duration) - max(start, 0)))


def _frame(place: Turn, color: Rgba, video: tuple[int, int]) -> list[Layer]:
    """The four sides of a box; of a turned one, all in one picture."""
    if not place.width:
        return []
    thick = max(round(min(video) * 0.003), 2)
    if place.degrees % 360:
        red, green, blue, _ = color
        svg = (
            f'<rect x="{thick / 2}" y="{thick / 2}" width="{place.width - thick}" height="{place.height - thick}" '
            f'fill="none" stroke="rgb({red},{green},{blue})" stroke-width="{thick}"/>'
        )
        made = drawn(svg, (0, 0, place.width, place.height), place.matrix())
        return [Layer(Picture(made.pixels), made.x, made.y)]
    left, top = max(round(place.x), 0), max(round(place.y), 0)
    right, bottom = min(round(place.x + place.width), video[0]), min(round(place.y + place.height), video[1])
    wide, high = right - left, bottom - top
    if wide <= 2 * thick or high <= 2 * thick:
        return []
    across, down = Picture(rounded(wide, thick, 0, color)), Picture(rounded(thick, high - 2 * thick, 0, color))
    return [
        Layer(across, left, top),
        Layer(across, left, bottom - thick),
        Layer(down, left, top + thick),
        Layer(down, right - thick, top + thick),
    ]


def _tag(words: str, color: Rgba, place: Turn, video: tuple[int, int], taken: list[Turn]) -> Layer:
    """The name of a track above its box's upper left corner, in the video, and below the names that stand there."""
    size = max(min(video) * 0.019, 8.0)
    block = set_text(words, Style(size=size, bold=True, align="left", rise="top"), 1_000_000, size * 1.2, min(video))
    wide, high = round(block.width + size), round(size * 1.5)
    ground = rounded(wide, high, 0, color)
    ink, x, y = mask(block, Turn(size / 2, size * 0.15, block.width, size * 1.2))
    over(ground, filled(ink, (255, 255, 255, 255) if color == _CUT else (18, 22, 30, 255)), x, y)
    left = min(max(round(place.x), 0), max(video[0] - wide, 0))
    top = min(max(round(place.y) - high, 0), max(video[1] - high, 0))
    spot = Turn(left, top, wide, high)
    while any(spot.meets(other) for other in taken):
        spot = Turn(left, spot.y + high + 1, wide, high)
    taken.append(spot)
    return Layer(Picture(ground), left, round(spot.y))
