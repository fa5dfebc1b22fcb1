"""stage_picture: images and films, fitted into their boxes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .picture import Picture, Planes
from .picture_turned import Turner
from .placeholder import Setting, card
from .stage import Footage, Layer, Material, Photo
from .turn import Turn

Draw = Callable[[int], list[Layer]]

FITS = {"cover": "cover", "contain": "contain", "fill": "stretch", "stretch": "stretch"}
"""How a picture fills a box of other proportions, by the names under which a track may ask for it.

The service does not document what it does then. Here the picture covers the box, and what is over is cut off.
"""


_MOST_CUT = 8
"""Limit: a picture that covered its box only by being this many times as long as it is shown whole: what would be seen
of it is next to nothing, and scaling it takes gigabytes."""


class Fitted:
    """Where a picture of some size stands in its box: the size to scale it to, and the part of that which is seen."""

    def __init__(self, natural: tuple[int, int], place: Turn, fit: str) -> None:
        box_x, box_y = round(place.x), round(place.y)
        box = max(round(place.x + place.width) - box_x, 1), max(round(place.y + place.height) - box_y, 1)
        across, down = box[0] / natural[0], box[1] / natural[1]
        if fit == "stretch" or abs(across / down - 1) < 0.01:
            self.scaled = box
        else:
            covers = fit == "cover" and max(across / down, down / across) <= _MOST_CUT
            scale = max(across, down) if covers else min(across, down)
            self.scaled = max(round(natural[0] * scale), 1), max(round(natural[1] * scale), 1)
        over = self.scaled[0] - box[0], self.scaled[1] - box[1]
        self.left, self.top = (max(one // 2, 0) // 2 * 2 for one in over)
        self.width, self.height = min(self.scaled[0], box[0]), min(self.scaled[1], box[1])
        self.x, self.y = (at + max(-one // 2, 0) for at, one in zip((box_x, box_y), over, strict=True))

    @property
    def whole(self) -> bool:
        return self.scaled == (self.width, self.height)

    def cut(self, picture: Picture) -> Picture:
        """The part of a scaled picture that is seen."""
        if self.whole:
            return picture
        key = f"{picture.key} {self.left},{self.top} {self.width}x{self.height}"
        if picture.planes is not None and not (self.width % 2 or self.height % 2):
            return Picture.of_planes(self._planes(picture.planes), key, lambda: self._cut(picture))
        return Picture(self._cut(picture), key)

    def _cut(self, picture: Picture) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
        return np.ascontiguousarray(
            picture.pixels[self.top : self.top + self.height, self.left : self.left + self.width]
        )

    def _planes(self, planes: Planes) -> Planes:
        luma, blue, red = planes
        half = self.left // 2, self.top // 2, (self.left + self.width) // 2, (self.top + self.height) // 2
        return (
            np.ascontiguousarray(luma[self.top : self.top + self.height, self.left : self.left + self.width]),
            np.ascontiguousarray(blue[half[1] : half[3], half[0] : half[2]]),
            np.ascontiguousarray(red[half[1] : half[3], half[0] : half[2]]),
        )

    def placed(self, picture: Picture, place: Turn, opacity: float, turner: Turner | None) -> Layer:
        """The part that is seen, as a layer of the video."""
        cut = self.cut(picture)
        if turner is None:
            return Layer(cut, self.x, self.y, opacity)
        return Layer(Picture(turner.turned(cut.pixels), f"{cut.key} @{place.degrees:g}"), turner.x, turner.y, opacity)

    def turner(self, place: Turn) -> Turner | None:
        """What turns the part that is seen about the centre of its box; None where nothing is turned."""
        if place.degrees % 360 == 0:
            return None
        # The part lies in the middle of the box, so both turn about the same point.
        return Turner(Turn(self.x, self.y, self.width, self.height, place.degrees))


def still(photo: Photo, place: Turn, fit: str, opacity: float) -> Draw:
    fitted = Fitted((photo.width, photo.height), place, fit)
    made = [fitted.placed(photo.picture(*fitted.scaled), place, opacity, fitted.turner(place))]
    return lambda _: made


def missing(kind: str, address: str, why: str, place: Turn, opacity: float, setting: Setting) -> Draw:
    """A card that says which medium is not there."""
    width, height = max(round(place.width), 1), max(round(place.height), 1)
    fitted = Fitted((width, height), place, "stretch")
    picture = card(kind, address, why, fitted.scaled, setting)
    made = [fitted.placed(picture, place, opacity, fitted.turner(place))]
    return lambda _: made


def moving(footage: Footage, material: Material, place: Turn, fit: str, opacity: float, start: int) -> Draw:
    """A film whose medium is at `material.begins` when its track starts."""
    fitted = Fitted((footage.width, footage.height), place, fit)
    read = footage.frames(*fitted.scaled)
    turner = fitted.turner(place)
    shown: tuple[Picture, list[Layer]] | None = None

    def draw(t: int) -> list[Layer]:
        nonlocal shown
        picture = read(t - start + material.begins)
        if picture is None:
            return []
        if shown is None or shown[0] is not picture:
            shown = picture, [fitted.placed(picture, place, opacity, turner)]
        return shown[1]

    return draw
