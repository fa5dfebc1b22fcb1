"""portrait: an actor made from a picture of a person, who is shown as that picture: it does not move."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .picture import Picture, Pixels
from .stage import Layer, Photo
from .stage_picture import Fitted, still
from .turn import Turn


def portrait(photo: Photo, variant: str, place: Turn) -> Callable[[int], list[Layer]]:
    """The picture, whole and as large as fits; in a bubble the largest disc of it, with the upper part kept."""
    if variant != "bubble":
        return still(photo, place, "contain", 1.0)
    side = min(place.width, place.height)
    left, top = place.x + (place.width - side) / 2, place.y + (place.height - side) / 2
    square = Turn(left, top, side, side, place.degrees)
    fitted = Fitted((photo.width, photo.height), square, "cover")
    fitted.top = fitted.top // 4 * 2
    whole = photo.picture(*fitted.scaled)
    disc = Picture(_disc(whole.pixels, fitted), f"{whole.key} disc {fitted.top}")
    made = [fitted.placed(disc, square, 1.0, fitted.turner(square))]
    return lambda _: made


def _disc(pixels: Pixels, fitted: Fitted) -> Pixels:
    """What of premultiplied pixels lies in the largest disc of the part that is seen; its edge is smooth."""
    down, right = np.ogrid[: pixels.shape[0], : pixels.shape[1]]
    middle = fitted.top + (fitted.height - 1) / 2, fitted.left + (fitted.width - 1) / 2
    away = np.hypot(down - middle[0], right - middle[1])
    inside = np.clip(min(fitted.height, fitted.width) / 2 + 0.5 - away, 0, 1)
    cut: Pixels = np.round(pixels * inside[:, :, None]).astype(np.uint8)
    return cut
