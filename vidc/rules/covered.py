"""covered: a picture that fills the video and hides what was written before it."""

from __future__ import annotations

from itertools import islice
from re import search

from vidc.diag.finding import Finding, Label, Severity
from vidc.ir.spec import Track
from vidc.ir.timeline import Moment, PlacedScene, PlacedTrack
from vidc.problems import layers as problems

from .looked import OPAQUE, fills

SHOWS = {"actor": "text", "image": "imageUrl", "video": "videoUrl", "text": "text"}
"""What is seen, by type, and the field that says what of it."""

_BACKGROUND = r"(?:[/_-]|^)(?:background|backdrop|wallpaper|bg)(?:[_-]?[0-9a-z]{1,12})?\.[a-z]{3,4}$"
"""What is called a background is one, even in a format that may be clear in parts."""

_MAY_CLEAR = ("png", "webp", "gif", "avif", "webm")
_KNOWN = frozenset((
    "type", "imageUrl", "videoUrl", "position", "size", "startTimeGap", "endTimeGap", "duration", "referenceId",
    "sequentialBlendId", "removeBackground",
))  # fmt: skip

MOST = 8
"""Limit: so many pictures of one scene are asked what they cover, and so much of it is pointed at."""


def check_covered(canvas: tuple[float, float], scene: PlacedScene) -> list[Finding]:
    covers = (number for number, one in enumerate(scene.tracks) if number and fills(canvas, one) and _may_cover(one))
    found = (_told(canvas, scene.tracks[number], scene.tracks[:number]) for number in islice(covers, MOST))
    return [finding for finding in found if finding is not None]


def _may_cover(placed: PlacedTrack) -> bool:
    """Whether something may be hidden under it: by any picture, and by a film if nothing of it is transparent."""
    return (placed.track.type == "image" and placed.track.values.keys() <= _KNOWN) or _is_opaque(placed)


def _is_opaque(placed: PlacedTrack) -> bool:
    """Whether nothing shines through: by its address, and with no property of which nothing is documented."""
    values = placed.track.values
    address = values.get(SHOWS[placed.track.type])
    if not isinstance(address, str) or values.get("removeBackground") or not values.keys() <= _KNOWN:
        return False
    path, _, query = address.lower().partition("#")[0].partition("?")
    if placed.track.type == "image" and search(_BACKGROUND, path):
        return True
    return path.endswith(OPAQUE[placed.track.type]) and not any(ending in query for ending in _MAY_CLEAR)


def _told(canvas: tuple[float, float], cover: PlacedTrack, before: list[PlacedTrack]) -> Finding | None:
    """What a picture covers. Of what fills the video too only one can be seen; one that a component brings, and a
    picture under a film, may well be there for the case that nothing covers it."""
    hidden = [one for one in before if one.track.type in SHOWS and _lasts_longer(cover, one)]
    others = [one.track for one in hidden if not fills(canvas, one)]
    pictures = [one.track for one in hidden if fills(canvas, one) and _beside(cover.track, one.track)]
    tracks = [one.track for one in hidden if one.track in others or one.track in pictures]
    if not tracks:
        return None
    names = tuple(track.name for track in tracks)
    labels = tuple(Label(track.place(SHOWS[track.type]).span, "not seen") for track in tracks[:MOST])
    is_voice = all(track.type == "actor" for track in tracks)
    if pictures:
        help = "later tracks lie on top: remove it, or give it a scene of its own"
    else:
        help = f"write it before {'them' if len(names) > 1 else f'`{names[0]}`'}: later tracks lie on top"
        help += "; or write `# vidc: allow covered` here where only the voice is meant" if is_voice else ""
    at = cover.track.place(SHOWS[cover.track.type])
    is_meant = cover.track.type == "video" or any(track.blend_id is not None for track in tracks)
    severity: Severity | None = "note" if is_voice and is_meant else None
    return problems.covered(at, cover.track.type, names, labels, help, severity, not _is_opaque(cover))


def _beside(cover: Track, other: Track) -> bool:
    """Whether two pictures that fill the video stand in one place, and not one to stand in for the other."""
    return cover.node.via == other.node.via and (cover.type == "image" or other.type == "video")


def _lasts_longer(cover: PlacedTrack, other: PlacedTrack) -> bool:
    """Whether one is there whenever the other is seen."""
    above, under = cover.visible, other.visible
    if above is None or under is None or under.start.expected >= under.end.expected:
        return False
    return _is_no_later(above.start, under.start) and _is_no_later(under.end, above.end)


def _is_no_later(one: Moment, other: Moment) -> bool:
    return one.low <= other.low and one.expected <= other.expected and one.high <= other.high
