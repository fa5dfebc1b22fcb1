"""staging: a placed scene with all that it shows, made ready to be drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import blake2b

from vidc.diag.finding import Log
from vidc.ir.spec import Json, Track
from vidc.ir.timeline import PlacedScene, PlacedTrack
from vidc.problems import render as problems
from vidc.record import record

from .badge import badge
from .captions import captions
from .drawing_shapes import sloped
from .overlay import overlay
from .picture import Picture
from .placeholder import Setting
from .portrait import portrait
from .presenter.figure import VARIANTS, Presenter
from .stage import Layer, Material, StagedScene, StagedTrack
from .stage_picture import FITS, missing, moving, still
from .stage_text import written
from .text.style import style_of
from .turn import Turn

LOOK = "1"
"""Changes whenever the same scene would be drawn otherwise, so that no kept film of it is taken for the new one."""

MAX_SIDE = 3
"""Limit: a box's sides count as at most this many times the video's longer one; what is larger would show next to
nothing of itself and take gigabytes."""

_FARTHEST = 100_000.0
"""Limit: a box farther out than so many pixels counts as there; nobody sees the difference."""

_UNSEEN = frozenset(("text", "speakerId", "referenceId", "sequentialBlendId", "startTimeGap", "endTimeGap", "duration"))
"""Fields of a track that are not seen by themselves, but in its text and its times."""

_WALL = (236, 240, 245), (200, 209, 222)
_NOTHING = Material()


@record
class Shown:
    """What is drawn over the tracks: `captions` word by word, a `badge` that says that this is a preview, and an
    `overlay` of the tracks' boxes and names with what is cut in red."""

    captions: bool = False
    badge: bool = False
    overlay: bool = False


@record
class Canvas:
    """The video that is drawn: its size in px, by how much that differs from the spec's, the values of the service's
    variables, and the scene's texts: what they look like decides how what stands in for pictures looks."""

    width: int
    height: int
    scale: float
    variables: Mapping[str, Json]
    texts: list[Track]


def stage(
    placed: PlacedScene,
    size: tuple[int, int],
    materials: Mapping[tuple[int, int], Material],
    variables: Mapping[str, Json],
    log: Log,
    shown: Shown | None = None,
    scale: float = 1.0,
) -> StagedScene:
    """Make a scene ready to be drawn; `log` gets what cannot be shown as the service would show it.

    `size`: the video's, in the spec's pixels; it is drawn `scale` times as large. `materials`: by the indices of scene
    and track. Lengths are the timeline's expected ones: with all media measured, they are exact.
    """
    shown = shown or Shown()
    drawn = max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)
    texts = [track.track for track in placed.tracks if track.track.type == "text"]
    canvas = Canvas(*drawn, scale, variables, texts)
    duration = placed.duration.expected
    made: list[StagedTrack] = []
    for track in placed.tracks:
        material = materials.get((track.track.scene, track.track.index), _NOTHING)
        staged = _staged(track, material, canvas, log)
        if staged is not None:
            made.append(staged)
    if shown.overlay:
        boxes = [(one, _box(one.track, size, scale)) for one in placed.tracks]
        made += overlay(boxes, duration, (canvas.width, canvas.height))
    if shown.captions:
        made += captions(_speeches(placed, materials), canvas.width, canvas.height)
    if shown.badge:
        made.append(badge(placed.scene.label, duration, canvas.width, canvas.height))
    key = scene_key(placed, size, materials, variables, shown, scale)
    return StagedScene(placed, (canvas.width, canvas.height), duration, made, key)


def _box(track: Track, size: tuple[int, int], scale: float) -> Turn | None:
    return None if track.type == "audio" else place_of(track.values, size, scale)


def place_of(values: Mapping[str, Json], size: tuple[int, int], scale: float = 1.0) -> Turn | None:
    """Where a track's box stands, in px; the whole video where the track does not say. None for an empty box.

    `rotation` is taken as degrees clockwise about the centre: the service documents neither.
    """
    position, extent = values.get("position"), values.get("size")
    x, y = (min(max(at, -_FARTHEST), _FARTHEST) for at in _pair(position, "x", "y", (0, 0)))
    width, height = _pair(extent, "width", "height", size)
    longest = MAX_SIDE * max(size)
    width, height = min(width, longest), min(height, longest)
    if width * scale < 1 or height * scale < 1:
        return None
    rotation = values.get("rotation")
    degrees = float(rotation) if isinstance(rotation, int | float) and not isinstance(rotation, bool) else 0.0
    return Turn(x * scale, y * scale, width * scale, height * scale, degrees)


def _pair(value: Json, one: str, two: str, other: tuple[float, float]) -> tuple[float, float]:
    if not isinstance(value, dict):
        return other
    first, second = value.get(one), value.get(two)
    return (
        float(first) if isinstance(first, int | float) else other[0],
        float(second) if isinstance(second, int | float) else other[1],
    )


def _staged(placed: PlacedTrack, material: Material, canvas: Canvas, log: Log) -> StagedTrack | None:
    """A track ready to be drawn; None for one that is never seen."""
    window = placed.visible
    spec_size = round(canvas.width / canvas.scale), round(canvas.height / canvas.scale)
    place = place_of(placed.track.values, spec_size, canvas.scale)
    if window is None or place is None or window.end.expected <= window.start.expected:
        return None
    stager = _STAGERS.get(placed.track.type)
    if stager is None:
        return None
    draw, is_still = stager(placed, material, place, canvas, log)
    return StagedTrack(window.start.expected, window.end.expected, draw, is_still)


Draw = Callable[[int], list[Layer]]


def _text(placed: PlacedTrack, _: Material, place: Turn, canvas: Canvas, log: Log) -> tuple[Draw, bool]:
    track = placed.track
    style = style_of(track.values, canvas.scale)
    made = written(filled_in(track.text or "", canvas.variables), style, place, (canvas.width, canvas.height))
    block = made.block
    if block.missing:
        log.add(problems.missing_glyph(track.place("text"), block.missing))
    if block.overflows:
        needed = round(block.width / canvas.scale), round(block.height / canvas.scale)
        size = round(place.width / canvas.scale), round(place.height / canvas.scale)
        log.add(problems.overflowing_text(track.place("text"), needed, size))
    return lambda _: made.layers, True


def _image(placed: PlacedTrack, material: Material, place: Turn, canvas: Canvas, log: Log) -> tuple[Draw, bool]:
    track, photo = placed.track, material.photo
    opacity = style_of(track.values).opacity
    if photo is None:
        address = str(track.values.get("imageUrl") or "")
        return missing("image", address, material.missing, place, opacity, _setting(track, place, canvas)), True
    _note_proportions(track, (photo.width, photo.height), place, canvas, log)
    return still(photo, place, _fit(track), opacity), True


def _video(placed: PlacedTrack, material: Material, place: Turn, canvas: Canvas, log: Log) -> tuple[Draw, bool]:
    track, footage = placed.track, material.footage
    opacity = style_of(track.values).opacity
    if footage is None:
        address = str(track.values.get("videoUrl") or "")
        return missing("video", address, material.missing, place, opacity, _setting(track, place, canvas)), True
    if track.values.get("removeBackground") is True:
        log.add(problems.background_stays(track.place("removeBackground")))
    _note_proportions(track, (footage.width, footage.height), place, canvas, log)
    return moving(footage, material, place, _fit(track), opacity, placed.start.expected), False


def _setting(track: Track, place: Turn, canvas: Canvas) -> Setting:
    """Where the card stands that stands in for a track's picture."""
    size = round(canvas.width / canvas.scale), round(canvas.height / canvas.scale)
    above = [_box(text, size, canvas.scale) for text in canvas.texts if text.index > track.index]
    styles = [style_of(text.values) for text in canvas.texts]
    dark = any(style.background is None and style.brightness < 0.45 for style in styles)
    covered = any(box is not None and place.meets(box) for box in above)
    return Setting((canvas.width, canvas.height), dark, covered)


def _actor(placed: PlacedTrack, material: Material, place: Turn, _: Canvas, __: Log) -> tuple[Draw, bool]:
    values = placed.track.values
    variant = str(values.get("variant") or "full_body")
    variant = variant if variant in VARIANTS else "full_body"
    if material.photo is not None:
        return portrait(material.photo, variant, place), True
    start = placed.start.expected - material.begins
    length = (placed.visible or placed).end.expected - start
    figure = Presenter(
        str(values.get("actor") or ""), variant, str(values.get("view") or ""), place, length, material.speech
    )
    wall = [_wall(place)] if values.get("removeBackground") is False and variant != "bubble" else []
    return lambda t: wall + figure.layers(t - start), False


def _wall(place: Turn) -> Layer:
    """What stands behind an actor whose background is asked for."""
    x, y = round(place.x), round(place.y)
    width, height = round(place.x + place.width) - x, round(place.y + place.height) - y
    return Layer(Picture(sloped(max(width, 1), max(height, 1), *_WALL)), x, y)


_STAGERS = {"text": _text, "image": _image, "video": _video, "actor": _actor}


def _fit(track: Track) -> str:
    asked = track.values.get("fit") or track.values.get("objectFit")
    return FITS.get(asked, "cover") if isinstance(asked, str) else "cover"


def _note_proportions(track: Track, natural: tuple[int, int], place: Turn, canvas: Canvas, log: Log) -> None:
    if abs(natural[0] * place.height / (natural[1] * place.width) - 1) > 0.02:
        box = round(place.width / canvas.scale), round(place.height / canvas.scale)
        log.add(problems.other_proportions(track.place("size" if "size" in track.values else ""), natural, box))


def filled_in(text: str, variables: Mapping[str, Json]) -> str:
    """A text with the values of the service's variables in it; one without a value stays as it is written."""
    return re.sub(r"\{([A-Za-z_][A-Za-z0-9_]*)\}", lambda found: _value(variables, found), text)


def _value(variables: Mapping[str, Json], found: re.Match[str]) -> str:
    if found[1] not in variables:
        return found[0]
    value = variables[found[1]]
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _speeches(placed: PlacedScene, materials: Mapping[tuple[int, int], Material]) -> list[tuple[int, int, Material]]:
    """What is said in the scene: from when on its medium runs, until when it is heard, and what it is."""
    found = []
    for track in placed.tracks:
        material = materials.get((track.track.scene, track.track.index), _NOTHING)
        if material.speech is not None and track.visible is not None:
            found.append((track.start.expected - material.begins, track.visible.end.expected, material))
    return found


def scene_key(
    placed: PlacedScene,
    size: tuple[int, int],
    materials: Mapping[tuple[int, int], Material],
    variables: Mapping[str, Json],
    shown: Shown,
    scale: float,
) -> str:
    """A hash of all that the scene is drawn from, as `stage` is told it: known before anything is drawn."""
    parts: list[object] = [LOOK, *size, scale, shown, placed.duration.expected]
    parts.append(placed.scene.label if shown.badge else "")
    for track in placed.tracks:
        material = materials.get((track.track.scene, track.track.index), _NOTHING)
        window = track.visible
        seen = (window.start.expected, window.end.expected) if window else None
        text = filled_in(track.track.text or "", variables)
        values = {name: value for name, value in track.track.values.items() if name not in _UNSEEN}
        parts.append((track.track.type, values, text, track.start.expected, track.end.expected, seen))
        parts.append((track.track.name, track.medium) if shown.overlay else "")
        keys = [one.key if one else "" for one in (material.photo, material.footage)]
        parts.append((keys, material.speech, material.begins, material.missing))
    return blake2b(repr(parts).encode(errors="surrogatepass"), digest_size=16).hexdigest()
