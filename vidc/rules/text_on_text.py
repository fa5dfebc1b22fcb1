"""text-on-text: two texts in the same place at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from vidc.clock import roughly, show
from vidc.diag.finding import Finding, Label
from vidc.ir.spec import Json
from vidc.ir.timeline import Moment, PlacedScene, PlacedTrack, Window
from vidc.problems import layers as problems

from .apart import Apart
from .looked import corner_of

LEAST_MS = 500
"""Texts that are seen together for less than this may be meant to follow one another."""

SAME = 0.8
"""Two boxes with one corner are one place where so much of the larger one is the other's too."""

NEAR = 8
"""Limit: a text is compared with so many that were written before it in its place."""

MOST = 20
"""Limit: so many pairs of texts are looked at in one scene."""

_LOOKS = ("color", "colour", "font", "weight", "bold", "italic", "size")
_OWN = frozenset(("text", "startTimeGap", "endTimeGap", "duration", "referenceId", "position", "size"))
"""Fields in which two texts may well differ that lie on one another. Others may part them, such as an alignment."""

Pair = tuple[PlacedTrack, PlacedTrack]


def check_text_on_text(scene: PlacedScene, literal: bool) -> list[Finding]:
    piles: dict[tuple[float, float], list[PlacedTrack]] = {}
    for placed in scene.tracks:
        corner = corner_of(placed.track) if placed.track.type == "text" else None
        if corner is not None and _is_shown(placed):
            piles.setdefault(corner, []).append(placed)
    pairs = (pair for pile in piles.values() if len(pile) > 1 for pair in _pairs(pile))
    apart = Apart(scene, literal)
    told: set[int] = set()
    found: list[Finding] = []
    for one, other in islice(pairs, MOST):
        if one.track.node.start not in told and not _is_between(scene, one, other):
            told.add(one.track.node.start)
            found.append(_told(scene, one, other, apart))
    return found


def _is_shown(placed: PlacedTrack) -> bool:
    """Whether a text is there to be read. One that goes on over a cut may be there until another takes its place."""
    track = placed.track
    return bool(track.text and track.text.strip()) and placed.visible is not None and track.blend_id is None


def _pairs(pile: list[PlacedTrack]) -> Iterator[Pair]:
    """Each text with the last one before it on which it lies."""
    for number, one in enumerate(pile):
        for other in reversed(pile[max(0, number - NEAR) : number]):
            if _is_on(one, other):
                yield one, other
                break


def _is_on(one: PlacedTrack, other: PlacedTrack) -> bool:
    """Whether a text surely stands on another. All their times grow with the scene, so its bounds tell."""
    first, second = one.track, other.track
    if first.text == second.text or not _is_same_size(first.values.get("size"), second.values.get("size")):
        return False
    if any(track.text and track.text[0] == "\n" for track in (first, second)):
        return False  # its lines may begin below those of the other
    if any(first.values.get(name) != second.values.get(name) for name in _parting(first.values, second.values)):
        return False
    start, end = _common(one, other)
    return end.low - start.low >= LEAST_MS and end.expected - start.expected >= LEAST_MS


def _parting(first: dict[str, Json], second: dict[str, Json]) -> Iterator[str]:
    """The fields of two texts that may part them."""
    for name in first.keys() | second.keys():
        if name not in _OWN and not any(look in name.lower() for look in _LOOKS):
            yield name


def _is_same_size(one: Json, other: Json) -> bool:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return one == other
    sides = [(box.get("width"), box.get("height")) for box in (one, other)]
    (width, height), (wide, high) = [[side if isinstance(side, int | float) else 0 for side in box] for box in sides]
    return min(width, wide) * min(height, high) >= SAME * max(width * height, wide * high, 1)


def _common(one: PlacedTrack, other: PlacedTrack) -> tuple[Moment, Moment]:
    """From when to when both are seen."""
    seen = [placed.visible for placed in (one, other) if placed.visible is not None]
    starts, ends = [window.start for window in seen], [window.end for window in seen]
    start = Moment(*(max(getattr(at, bound) for at in starts) for bound in ("low", "expected", "high")))
    return start, Moment(*(min(getattr(at, bound) for at in ends) for bound in ("low", "expected", "high")))


def _is_between(scene: PlacedScene, one: PlacedTrack, other: PlacedTrack) -> bool:
    """Whether something lies between the two texts, which may be there to hide the one below."""
    around = (placed.track for placed in scene.tracks)
    between = [track for track in around if other.track.index < track.index < one.track.index]
    return any(track.type not in ("text", "audio", "actor") and _holds(track.values, one) for track in between)


def _holds(values: dict[str, Json], placed: PlacedTrack) -> bool:
    """Whether the box of a track may hold that of a text."""
    outer, inner = _box(values), _box(placed.track.values)
    if outer is None or inner is None:
        return True
    return all(
        start <= own and own + length <= start + whole
        for start, whole, own, length in zip(outer[:2], outer[2:], inner[:2], inner[2:], strict=True)
    )


def _box(values: dict[str, Json]) -> list[float] | None:
    """Left, top, width and height; None where they are not all known."""
    position, size = values.get("position"), values.get("size")
    if not isinstance(position, dict) or not isinstance(size, dict):
        return None
    numbers = [position.get("x"), position.get("y"), size.get("width"), size.get("height")]
    found = [number for number in numbers if isinstance(number, int | float)]
    return found if len(found) == len(numbers) else None


def _told(scene: PlacedScene, one: PlacedTrack, other: PlacedTrack, apart: Apart) -> Finding:
    start, end = _common(one, other)
    label = Label(other.track.place("text").span, f"seen {_when(scene, other.visible)}")
    return problems.text_on_text(
        one.track.place("text"), _when(scene, Window(start, end)), (label,), apart.help(one, other)
    )


def _when(scene: PlacedScene, window: Window | None) -> str:
    if window is None:
        return ""
    to_the_end = window.end.expected == scene.duration.expected
    if to_the_end and not window.start.expected:
        return "from start to end"
    return f"from {_shown(window.start)} to {'the end of the scene' if to_the_end else _shown(window.end)}"


def _shown(at: Moment) -> str:
    return show(at.expected) if at.low == at.high else f"about {show(roughly(at.expected))}"
