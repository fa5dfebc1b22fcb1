"""compose: layers laid onto a frame that stays from one time to the next, of which only what changes is laid anew.

A full redraw gives the same frame, byte for byte: each pixel is made from its layers by the same whole numbers.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from vidc.record import record

from .picture import Picture
from .planes import Plane, Planes, Rectangle, Sheet, planes_of
from .stage import Layer

BLACK = (16, 128, 128)

MAX_KEPT = 500_000_000
"""So many bytes of pictures and their planes are kept at most."""


@record
class Frame:
    """Y, U and V, and where a film has an alpha channel that of Y and that of U and V; then all is premultiplied.

    The sides are even. The planes may be views of larger memory.
    """

    luma: Plane
    chroma: tuple[Plane, Plane]
    alpha: Plane | None = None
    chroma_alpha: Plane | None = None


def blank(width: int, height: int, alpha: bool = False) -> Frame:
    """A black frame, or a transparent one where it has an alpha channel; its sides are rounded up to even ones."""
    wide, high = (width + 1) // 2, (height + 1) // 2
    full, half = (2 * high, 2 * wide), (high, wide)
    if alpha:
        return Frame(_filled(full, 0), (_filled(half, 0), _filled(half, 0)), _filled(full, 0), _filled(half, 0))
    return Frame(_filled(full, BLACK[0]), (_filled(half, BLACK[1]), _filled(half, BLACK[2])))


def _filled(shape: tuple[int, int], value: int) -> Plane:
    return np.full(shape, value, np.uint8)


@record
class Placed:
    """A layer's planes where they lie in the frame: their left and top, their area, and what they cover wholly."""

    planes: Planes
    x: int
    y: int
    box: Rectangle
    solid: Rectangle


class Plates:
    """Planes of pictures that may come again, by the pictures' identity, which the pictures' being kept keeps."""

    def __init__(self, max_bytes: int = MAX_KEPT) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self.kept: OrderedDict[tuple[int, bool, bool, float], tuple[Picture, Planes | None]] = OrderedDict()

    def of(self, picture: Picture, odd_x: bool, odd_y: bool, opacity: float) -> Planes | None:
        if picture.planes is not None:
            return planes_of(picture, odd_x, odd_y, opacity)  # of a video: it does not come again
        key = (id(picture), odd_x, odd_y, opacity)
        if key in self.kept:
            self.kept.move_to_end(key)
            return self.kept[key][1]
        planes = planes_of(picture, odd_x, odd_y, opacity)
        self.kept[key] = picture, planes
        self.bytes += _size(picture)
        while self.bytes > self.max_bytes and len(self.kept) > 1:
            _, (gone, _) = self.kept.popitem(last=False)
            self.bytes -= _size(gone)
        return planes


class Compositor:
    """Lays layers onto one frame. `size`: of the video, in pixels; nothing is drawn outside it."""

    def __init__(self, frame: Frame, size: tuple[int, int], plates: Plates | None = None) -> None:
        self.frame = frame
        self.bounds: Rectangle = (0, 0, *size)
        self.plates = plates or Plates()
        self.shown: list[tuple[int, int, int, float]] | None = None
        self.placed: list[Placed | None] = []
        self.holds: list[Layer] = []

    def draw(self, layers: Sequence[Layer]) -> int:
        """Show these layers, from bottom to top, and nothing else; gives the number of pixels laid anew."""
        shown = [(id(layer.picture), layer.x, layer.y, layer.opacity) for layer in layers]
        before, were = self.shown, self.placed
        if shown == before:
            return 0
        same = {} if before is None else dict(zip(before, were, strict=True))
        placed = [same[key] if key in same else self._placed(layer) for key, layer in zip(shown, layers, strict=True)]
        # Pictures are kept alive while they are known by their identity.
        self.shown, self.placed, self.holds = shown, placed, list(layers)
        dirty = [self.bounds] if before is None else disjoint(_changed(before, were, shown, placed, self.bounds))
        for area in dirty:
            self._lay(placed, area)
        return sum((right - left) * (bottom - top) for left, top, right, bottom in dirty)

    def _placed(self, layer: Layer) -> Placed | None:
        planes = self.plates.of(layer.picture, bool(layer.x & 1), bool(layer.y & 1), min(layer.opacity, 1.0))
        if planes is None or layer.opacity <= 0:
            return None
        left, top, right, bottom = planes.solid
        x, y = layer.x + planes.left, layer.y + planes.top
        box = x, y, x + planes.luma.width, y + planes.luma.height
        return Placed(planes, x, y, box, (layer.x + left, layer.y + top, layer.x + right, layer.y + bottom))

    def _lay(self, placed: Iterable[Placed | None], area: Rectangle) -> None:
        """Make one area anew, from the topmost layer that covers all of it."""
        whole = even(area)
        seen: list[tuple[Placed, Rectangle]] = []
        covered = False
        for one in placed:
            both = None if one is None else _meet(one.box, area)
            if one is not None and both is not None:
                if _covers(one.solid, whole):
                    seen.clear()
                    covered = True
                seen.append((one, both))
        if not covered:
            self._clear(area)
        for one, both in seen:
            self._lay_one(one, both)

    def _clear(self, area: Rectangle) -> None:
        left, top, right, bottom = even(area)
        frame = self.frame
        clear = (0, 0, 0) if frame.alpha is not None else BLACK
        frame.luma[top:bottom, left:right] = clear[0]
        for plane, value in zip(frame.chroma, clear[1:], strict=True):
            plane[top // 2 : bottom // 2, left // 2 : right // 2] = value
        if frame.alpha is not None and frame.chroma_alpha is not None:
            frame.alpha[top:bottom, left:right] = 0
            frame.chroma_alpha[top // 2 : bottom // 2, left // 2 : right // 2] = 0

    def _lay_one(self, one: Placed, area: Rectangle) -> None:
        """One layer onto an area that lies in it; the area's sides are even but at the video's edge."""
        frame = self.frame
        lay([frame.luma], frame.alpha, one.planes.luma, one.x, one.y, area)
        left, top, right, bottom = even(area)
        half = left // 2, top // 2, right // 2, bottom // 2
        lay(list(frame.chroma), frame.chroma_alpha, one.planes.chroma, one.x // 2, one.y // 2, half)


def _size(picture: Picture) -> int:
    return picture.width * picture.height * 8  # pixels, planes, and what is listed of them


def even(area: Rectangle) -> Rectangle:
    """The smallest rectangle with even sides around one."""
    left, top, right, bottom = area
    return left & ~1, top & ~1, (right + 1) & ~1, (bottom + 1) & ~1


def lay(onto: list[Plane], onto_alpha: Plane | None, sheet: Sheet, x: int, y: int, area: Rectangle) -> None:
    """Lay the part of a sheet at (x, y) that lies in an area onto planes. The area lies in the sheet."""
    left, top, right, bottom = area
    there = np.s_[top:bottom, left:right]
    here = np.s_[top - y : bottom - y, left - x : right - x]
    if sheet.alpha is None:
        for target, plane in zip(onto, sheet.planes, strict=True):
            target[there] = plane[here]
        if onto_alpha is not None:
            onto_alpha[there] = 255
    elif sheet.dense:
        through = 255 - sheet.alpha[here].astype(np.uint16)
        for target, plane in zip(onto, sheet.planes, strict=True):
            target[there] = _blended(target[there], through, plane[here])
        if onto_alpha is not None:
            onto_alpha[there] = _blended(onto_alpha[there], through, sheet.alpha[here])
    else:
        _lay_sparse(onto, onto_alpha, sheet, x, y, area)


def _lay_sparse(onto: list[Plane], onto_alpha: Plane | None, sheet: Sheet, x: int, y: int, area: Rectangle) -> None:
    left, top, right, bottom = area
    here = np.s_[top - y : bottom - y, left - x : right - x]
    keep = sheet.keep[here]
    listed: slice | NDArray[np.intp] = slice(int(sheet.begins[top - y]), int(sheet.begins[bottom - y]))
    if left > x or right < x + sheet.width:
        columns = sheet.columns[listed]
        listed = np.flatnonzero((columns >= left - x) & (columns < right - x)) + int(sheet.begins[top - y])
    at = sheet.rows[listed] + y, sheet.columns[listed] + x
    through = sheet.through[listed]
    for target, solid, values in zip(onto, sheet.solid, sheet.values, strict=True):
        _mask(target[top:bottom, left:right], keep, solid[here])
        target[at] = _blended(target[at], through, values[listed])
    if onto_alpha is not None:
        _mask(onto_alpha[top:bottom, left:right], keep, ~keep)
        onto_alpha[at] = _blended(onto_alpha[at], through, (255 - through).astype(np.uint8))


def _mask(target: Plane, keep: Plane, solid: Plane) -> None:
    np.bitwise_and(target, keep, out=target)
    np.bitwise_or(target, solid, out=target)


def _blended(below: Plane, through: NDArray[np.uint16], above: Plane) -> Plane:
    """`above + below * through / 255`, rounded; exact for all bytes."""
    mixed = below * through
    mixed += 128
    mixed += mixed >> 8
    mixed >>= 8
    mixed += above
    made: Plane = np.minimum(mixed, 255, out=mixed).astype(np.uint8)
    return made


def _changed(
    before: list[tuple[int, int, int, float]],
    were: list[Placed | None],
    shown: list[tuple[int, int, int, float]],
    placed: list[Placed | None],
    bounds: Rectangle,
) -> list[Rectangle]:
    """Where two stacks of layers differ: the boxes of those that came, went, or changed their order."""
    first = 0
    while first < min(len(before), len(shown)) and before[first] == shown[first]:
        first += 1
    old, new = before[first:], shown[first:]
    staying = set(old) & set(new)
    if [key for key in old if key in staying] != [key for key in new if key in staying]:
        staying = set()
    gone = [one for key, one in zip(old, were[first:], strict=True) if key not in staying]
    come = [one for key, one in zip(new, placed[first:], strict=True) if key not in staying]
    boxes = [_meet(one.box, bounds) for one in gone + come if one is not None]
    return [box for box in boxes if box is not None]


def disjoint(boxes: list[Rectangle]) -> list[Rectangle]:
    """Rectangles that cover these and do not overlap: those that do are joined."""
    made: list[Rectangle] = []
    for box in boxes:
        joined = box
        while True:
            apart = [one for one in made if _meet(one, joined) is None]
            if len(apart) == len(made):
                break
            for one in made:
                if _meet(one, joined) is not None:
                    joined = _around(one, joined)
            made = apart
        made.append(joined)
    return made


def _meet(one: Rectangle, two: Rectangle) -> Rectangle | None:
    if one[0] >= two[2] or two[0] >= one[2] or one[1] >= two[3] or two[1] >= one[3]:
        return None  # mostly so
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])


def _around(one: Rectangle, two: Rectangle) -> Rectangle:
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])


def _covers(one: Rectangle, two: Rectangle) -> bool:
    return one[0] <= two[0] and one[1] <= two[1] and one[2] >= two[2] and one[3] >= two[3]
