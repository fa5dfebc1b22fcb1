"""storyboard: a scene as a drawing to scale: what stands where, and when it is there.

It is a sketch, made without the renderer: a speaker is an outline, a text is set in the reader's own font, and a
medium that is no picture of the project is a card with its name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from html import escape
from re import Match
from re import compile as pattern

from vidc.diag.sink import brief
from vidc.ir.spec import Json, Track
from vidc.ir.timeline import PlacedScene, PlacedTrack
from vidc.record import record
from vidc.render.text.style import color, style_of

from .storyboard_card import Box, Look, card
from .storyboard_text import lettering

Images = Callable[[str], str | None]
"""Gives the id of an image that the page holds, by its address; None where it holds none."""

_CLOTHES = ("#3b6fd4", "#1f8a70", "#7d4fc4", "#b8651b", "#5d6b7c", "#b3446c")
_SKINS = ("#f1c7a5", "#d9a179", "#a86f4a", "#7a4b30")
_HAIRS = ("#2c2420", "#5a3d28", "#8a5a2b", "#3b3f46")
_FARTHEST = 100_000.0
"""Limit: a box farther out or larger than so many pixels counts as there; nobody sees the difference."""

_DARK = 0.45
"""Letters darker than this make the cards of their scene light ones."""


@record
class Stage:
    """What a scene is drawn on: the video's size in pixels, its images, and the service's variables."""

    size: tuple[int, int]
    images: Images
    variables: Mapping[str, Json]


def drawing(scene: PlacedScene, stage: Stage, at: int | None = None) -> str:
    """The scene as an SVG element. `at`: only what is seen then, in ms from its start; else all of it, each part with
    its window in `data-from` and `data-to`, in ms from the video's start."""
    wide, high = stage.size
    start, length = scene.start.expected, scene.duration.expected
    look = _look(scene, stage.size)
    parts = []
    for placed in scene.tracks:
        window = _window(placed)
        if window is None or (at is not None and not window[0] <= at < window[1]):
            continue
        drawn = _drawn(placed.track, stage, look)
        if drawn:
            times = "" if at is not None else f' data-from="{start + window[0]}" data-to="{start + window[1]}"'
            parts.append(f"<g{times}>{drawn}</g>")
    name = escape(brief(scene.scene.label), quote=True)
    said = f'aria-label="{name}, at {at / 1000:.1f} s"' if at is not None else f'aria-label="{name}"'
    times = "" if at is not None else f' data-from="{start}" data-to="{start + length}"'
    light = " light" if look.light else ""
    return (
        f'<svg class="frame" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img" {said}{times}>'
        f'<rect class="stage{light}" width="{wide}" height="{high}"/>{"".join(parts)}</svg>'
    )


def _window(placed: PlacedTrack) -> tuple[int, int] | None:
    seen = placed.visible
    return None if seen is None else (seen.start.expected, seen.end.expected)


def _look(scene: PlacedScene, size: tuple[int, int]) -> Look:
    tracks = [placed.track for placed in scene.tracks]
    styles = [style_of(track.values) for track in tracks if track.type == "text"]
    light = any(style.background is None and style.brightness < _DARK for style in styles)
    boxes = [_box(track.values, size) for track in tracks if track.type in ("text", "actor")]
    return Look(light, [box for box in boxes if box is not None])


def _drawn(track: Track, stage: Stage, look: Look) -> str:
    box = _box(track.values, stage.size)
    if box is None or track.type == "audio":
        return ""
    x, y, wide, high = box
    match track.type:
        case "actor":
            inner = _person(track, wide, high)
        case "text":
            inner = lettering(
                _filled(track.text or "", stage.variables), style_of(track.values), wide, high, stage.size
            )
        case "image" | "video":
            inner = _medium(track, box, stage, look)
        case _:
            inner = card(track.type, "", box, stage.size, look)
    turn = track.values.get("rotation")
    turned = f" rotate({turn:g} {wide / 2:g} {high / 2:g})" if _is_number(turn) and turn else ""
    opacity = style_of(track.values).opacity
    faint = f' opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<g transform="translate({x:g} {y:g}){turned}"{faint}>{inner}</g>'


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _box(values: Mapping[str, Json], size: tuple[int, int]) -> Box | None:
    """Where a track stands; what is not said is the whole video."""
    x, y = _pair(values.get("position"), "x", "y", (0, 0))
    wide, high = _pair(values.get("size"), "width", "height", size)
    return (x, y, wide, high) if wide >= 1 and high >= 1 else None


def _pair(value: Json, one: str, two: str, otherwise: tuple[int, int]) -> tuple[float, float]:
    if not isinstance(value, dict):
        return otherwise
    first, second = (value.get(name, other) for name, other in zip((one, two), otherwise, strict=True))
    return _near(first, otherwise[0]), _near(second, otherwise[1])


def _near(value: Json, otherwise: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return otherwise
    return float(min(max(value, -_FARTHEST), _FARTHEST))


_VARIABLE = pattern(r"\{(\w+)\}")


def _filled(text: str, variables: Mapping[str, Json]) -> str:
    """The text with the values of the service's variables."""

    def value(match: Match[str]) -> str:
        found = variables.get(match[1])
        return match[0] if found is None else str(found)

    return _VARIABLE.sub(value, text)


def _person(track: Track, wide: float, high: float) -> str:
    """Head and shoulders, in colours of the actor's own: the whole of a bubble, else standing on the box's foot."""
    digest = sha256(str(track.values.get("actor", "")).encode(errors="surrogatepass")).digest()
    cloth, skin, hair = (some[digest[place] % len(some)] for place, some in enumerate((_CLOTHES, _SKINS, _HAIRS)))
    figure = (
        f'<path d="M29 42C24 6 76 6 71 42L72 58Q50 66 28 58Z" fill="{hair}"/>'
        f'<path d="M6 100C6 80 22 72 40 69L50 76L60 69C78 72 94 80 94 100Z" fill="{cloth}"/>'
        f'<path d="M42 54V69Q50 79 58 69V54Z" fill="{skin}"/><ellipse cx="50" cy="40" rx="17" ry="21" fill="{skin}"/>'
        f'<path d="M32 38C32 12 68 12 68 38C62 33 60 27 57 24C50 31 40 32 32 38Z" fill="{hair}"/>'
        '<circle cx="43.5" cy="40" r="1.9" fill="#222"/><circle cx="56.5" cy="40" r="1.9" fill="#222"/>'
        '<path d="M44 51Q50 55 56 51" stroke="#fff" stroke-width="2" fill="none" stroke-linecap="round"/>'
    )
    side = min(wide, high)
    ring = track.values.get("variant") == "bubble"
    left, top = (wide - side) / 2, (high - side) / 2 if ring else high - side
    if ring:
        ground = color(track.values.get("backgroundColor"))
        fill = "#dfe6ee" if ground is None else f"rgb({ground[0]},{ground[1]},{ground[2]})"
        figure = f'<circle cx="50" cy="50" r="50" fill="{fill}"/><g clip-path="url(#bubble)">{figure}</g>'
    return f'<svg x="{left:g}" y="{top:g}" width="{side:g}" height="{side:g}" viewBox="0 0 100 100">{figure}</svg>'


def _medium(track: Track, box: Box, stage: Stage, look: Look) -> str:
    address = track.values.get("imageUrl" if track.type == "image" else "videoUrl")
    known = stage.images(address) if isinstance(address, str) and track.type == "image" else None
    if known is not None:
        return f'<use href="#{known}" width="{box[2]:g}" height="{box[3]:g}"/>'
    return card(track.type, address if isinstance(address, str) else "", box, stage.size, look)
