"""figure: the parts of a presenter as pictures, each drawn once, and laid together for a time."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from math import ceil

from vidc.record import record
from vidc.render.drawing import Matrix, drawn
from vidc.render.picture import Picture, Pixels, trimmed
from vidc.render.stage import Layer, Speech
from vidc.render.turn import Turn

from . import clothes, face
from .look import Look, look_of
from .motion import BREATH, Motion, stressed

VARIANTS = ("full_body", "shoulder", "bubble")

_SHOULDER = (190.0, 8.0, 810.0, 628.0)
_FULL = (220.0, 0.0, 780.0, 1000.0)
_BUBBLE_MIDDLE, _BUBBLE_RADIUS = (500.0, 266.0), 258.0
"""What of the figure each variant shows, in its units."""

_SIDEWAYS = 15.0
"""How far the features of a face move that looks to a side, in units."""

_DISCS = ("#d7e5f4", "#f6e2d3", "#dfeede", "#e9e1f2", "#f5ebcf")
_BREATHES_FROM = 0.1
"""A smaller figure's chest stands still: it would rise by less than half a pixel."""


@record
class Part:
    """A picture of a part and where it lies in the video."""

    picture: Picture
    x: int
    y: int


@record
class Stand:
    """How a figure stands: what takes it to pixels, where it ends below (in units), what cuts it (SVG, in px), and by
    how many pixels its chest rises at most."""

    matrix: Matrix
    bottom: float
    clip: str
    rise: int


def stand(variant: str, place: Turn) -> Stand:
    """A figure of this variant in its box: as large as fits, in the middle, down to the box's lower edge."""
    if variant == "bubble":
        return _in_bubble(place)
    left, top, right, bottom = _SHOULDER if variant == "shoulder" else _FULL
    scale = min(place.width / (right - left), place.height / (bottom - top))
    inner = (scale, 0.0, 0.0, scale, place.width / 2 - scale * (left + right) / 2, place.height - scale * bottom)
    turned = place.degrees % 360 != 0
    clip = ""
    if turned:
        xx, yx, xy, yy, dx, dy = (f"{number:.6f}" for number in place.matrix())
        size = f'width="{place.width}" height="{place.height}"'
        clip = f'<rect {size} transform="matrix({xx} {yx} {xy} {yy} {dx} {dy})"/>'
    rise = 0 if turned or scale < _BREATHES_FROM else ceil(BREATH * scale)
    return Stand(place.after(inner), bottom + (30.0 if turned else 0.0), clip, rise)


def _in_bubble(place: Turn) -> Stand:
    radius = min(place.width, place.height) / 2
    scale = radius / _BUBBLE_RADIUS
    middle = place.width / 2 - scale * _BUBBLE_MIDDLE[0], place.height / 2 - scale * _BUBBLE_MIDDLE[1]
    x, y = place.x + place.width / 2, place.y + place.height / 2
    clip = f'<circle cx="{x}" cy="{y}" r="{radius}"/>'
    below = _BUBBLE_MIDDLE[1] + _BUBBLE_RADIUS + 2
    return Stand(place.after((scale, 0.0, 0.0, scale, *middle)), below, clip, rise=0)


class Presenter:
    """A presenter in a box of the video. `view`: `front`, or the side that it looks to."""

    def __init__(self, actor: str, variant: str, view: str, place: Turn, length: int, speech: Speech | None) -> None:
        self.look = look_of(actor)
        self.parts: dict[str, Part | None] = {}
        self.stand = stand(variant, place)
        self.disc = _disc(self.look, place) if variant == "bubble" else None
        words = stressed([(word.start, word.text) for word in speech.words]) if speech else []
        self.motion = Motion(actor, length, words)
        self.times = [at for at, _ in speech.mouths] if speech else []
        self.shapes = [shape for _, shape in speech.mouths] if speech else []
        self.side = _SIDEWAYS * _side(view)
        xx, yx, xy, yy, _, _ = self.stand.matrix
        self.steps = xx, yx, xy, yy
        self.still = [self._part(name) for name in ("back", "head", "nose", "brows")]
        self.bodies = self._bodies()

    def layers(self, t: int, moved: int = 0) -> list[Layer]:
        """The figure at `t` ms of its speech. `moved`: how long it had been moving at 0."""
        pose = self.motion.pose(t + moved)
        head = self._offset(pose.right, pose.down)
        features = self._offset(pose.right + pose.turn + self.side, pose.down)
        brows = self._offset(pose.right + pose.turn + self.side, pose.down - pose.brows)
        back, front, nose, browline = self.still
        eyes, mouth = self._part("eyes-" + pose.lids), self._part("mouth-" + self.shape(t))
        rise = min(max(round(pose.chest * self.steps[3]), 0), self.stand.rise)
        made = [] if self.disc is None else [self.disc]
        if back is not None:
            made.append(Layer(back.picture, back.x + head[0], back.y + head[1]))
        made.append(self.bodies[rise])
        for part, (right, down) in (
            (front, head),
            (nose, features),
            (eyes, features),
            (mouth, features),
            (browline, brows),
        ):
            if part is not None:
                made.append(Layer(part.picture, part.x + right, part.y + down))
        return made

    def shape(self, t: int) -> str:
        """The shape of the mouth at `t` ms of the speech: a name of `stage.MOUTHS`."""
        at = bisect_right(self.times, t) - 1
        return self.shapes[at] if at >= 0 else "rest"

    def _offset(self, right: float, down: float) -> tuple[int, int]:
        """A way in the figure's units as whole pixels of the video."""
        xx, yx, xy, yy = self.steps
        return round(xx * right + xy * down), round(yx * right + yy * down)

    def _part(self, name: str) -> Part | None:
        if name not in self.parts:
            self.parts[name] = _part(self.look, name, self.stand)
        return self.parts[name]

    def _bodies(self) -> list[Layer]:
        """The body as it stands and risen by 1, 2... px: pictures that share pixels and end at the box's lower edge."""
        part = self._part("body")
        assert part is not None
        risen = _risen(part.picture, self.stand.rise)
        return [Layer(picture, part.x, part.y - rise) for rise, picture in enumerate(risen)]


def _side(view: str) -> int:
    if "left" in view:
        return -1
    return 1 if "right" in view or "side" in view else 0


@lru_cache(maxsize=512)
def _part(look: Look, name: str, where: Stand) -> Part | None:
    """One part of a figure as a picture, trimmed."""
    body, box = _source(look, name)
    if not body:
        return None
    cut = where.clip if name in ("back", "body") else ""
    bottom = where.bottom
    if name == "body":
        bottom += where.rise / where.matrix[3] if where.rise else 0
    box = (box[0], box[1], box[2], max(min(box[3], bottom), box[1] + 1))
    made = drawn(body, box, where.matrix, cut)
    if name == "body" and where.rise:
        return Part(Picture(made.pixels), made.x, made.y)
    pixels, right, down = trimmed(made.pixels)
    return Part(Picture(pixels), made.x + right, made.y + down)


def _source(look: Look, name: str) -> tuple[str, face.Box]:
    """The SVG of a part, and the box that it lies in."""
    if name.startswith("mouth-"):
        return face.mouth(look, name.removeprefix("mouth-")), face.MOUTH_BOX
    if name.startswith("eyes-"):
        return face.eyes(look, name.removeprefix("eyes-")), face.EYES_BOX
    if name == "head":
        return face.head(look), face.SCARF_BOX if look.hair == "scarf" else face.HEAD_BOX
    return {
        "back": (face.head_back(look), face.BACK_BOX),
        "body": (clothes.body(look), clothes.BODY_BOX),
        "nose": (face.nose(look), face.NOSE_BOX),
        "brows": (face.brows(look), face.BROWS_BOX),
    }[name]


@lru_cache(maxsize=64)
def _risen(picture: Picture, rise: int) -> list[Picture]:
    """A body without its lowest rows, and with one more of them each time."""
    pixels: Pixels = picture.pixels
    rows = picture.height - rise
    return [Picture(pixels[: rows + more], f"{picture.key}+{more}") for more in range(rise + 1)]


@lru_cache(maxsize=64)
def _disc(look: Look, place: Turn) -> Layer:
    """What stands behind the figure in a bubble."""
    color = _DISCS[sum(look.cloth.encode()) % len(_DISCS)]
    radius = min(place.width, place.height) / 2
    x, y = place.x + place.width / 2, place.y + place.height / 2
    svg = f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{color}"/>'
    made = drawn(svg, (x - radius, y - radius, x + radius, y + radius), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    return Layer(Picture(made.pixels), made.x, made.y)
