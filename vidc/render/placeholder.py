"""placeholder: the card that stands in for a picture or a film that is not there.

It is dark, because the texts that lie on pictures are mostly white, or light where a text of its scene is dark; and
each address has a shade of its own, so that cards on each other are told apart.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from urllib.parse import unquote, urlsplit

from vidc.record import record

from .drawing import drawn
from .drawing_shapes import filled, framed, sloped
from .picture import Picture, Pixels, over
from .text.block import Block, set_text
from .text.paint import mask
from .text.style import Rgba, Style
from .turn import Turn

_GROUNDS = (
    ((70, 88, 116), (48, 62, 84)),
    ((62, 98, 104), (42, 70, 76)),
    ((92, 82, 116), (66, 58, 86)),
    ((104, 88, 80), (76, 63, 57)),
    ((72, 100, 84), (50, 72, 60)),
    ((108, 80, 94), (80, 57, 69)),
)


@record
class Inks:
    """The colors of a card's edge, icon and name, and of what is said beside them."""

    rim: Rgba
    icon: str
    name: Rgba
    quiet: Rgba


_ON_DARK = Inks((255, 255, 255, 60), "#fff", (244, 247, 251, 255), (255, 255, 255, 165))
_ON_LIGHT = Inks((30, 40, 60, 70), "#2f3b52", (34, 44, 64, 255), (34, 44, 64, 190))

_BACKDROP = 0.6
"""From this part of the video's area on a card is a backdrop: its words stand small in the corner, for what lies on it
needs the room."""

_ICONS = {
    "image": '<rect x="3" y="5" width="42" height="38" rx="5" fill="none" stroke="{color}" stroke-width="3.5"/>'
    '<circle cx="16" cy="18" r="4.5" fill="{color}"/><path d="M6 39L19 26L27 33L35 23L42 31V39Z" fill="{color}"/>',
    "video": '<rect x="3" y="7" width="42" height="34" rx="6" fill="none" stroke="{color}" stroke-width="3.5"/>'
    '<path d="M19 16L33 24L19 32Z" fill="{color}"/>',
}


@record
class Setting:
    """Where a card stands: the video's size in px, whether a text of the scene is dark, and whether texts lie on it."""

    video: tuple[int, int]
    light: bool = False
    covered: bool = False


@lru_cache(maxsize=64)
def card(kind: str, address: str, why: str, size: tuple[int, int], setting: Setting) -> Picture:
    """A card of a size in px: what kind of medium it is, the name of its file, and why it is not shown."""
    width, height = size
    video, light = setting.video, setting.light
    shade = blake2b(address.encode(errors="replace"), digest_size=1).digest()[0] % len(_GROUNDS)
    above, below = (_lightened(color) for color in _GROUNDS[shade]) if light else _GROUNDS[shade]
    inks = _ON_LIGHT if light else _ON_DARK
    ground = sloped(width, height, above, below)
    name = file_name(address) or kind
    if width * height >= _BACKDROP * video[0] * video[1]:
        _lay_corner(ground, inks, name, why, video)
        return Picture(ground)
    over(ground, framed(width, height, 0, max(round(min(video) * 0.002), 1), inks.rim), 0, 0)
    if setting.covered:
        _lay_right(ground, inks, name, video)
    else:
        _lay_middle(ground, inks, kind, name, why, video)
    return Picture(ground)


def _lightened(color: tuple[int, int, int]) -> tuple[int, int, int]:
    red, green, blue = (222 + (part - 80) // 4 for part in color)
    return red, green, blue


def file_name(address: str) -> str:
    """The last part of an address' path, as a person reads it."""
    try:
        return unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])[:80]
    except ValueError:
        return address[:80]


def _lay_corner(ground: Pixels, inks: Inks, name: str, why: str, video: tuple[int, int]) -> None:
    size = max(min(video) * 0.018, 9.0)
    first = _set(name, size, ground.shape[1] * 0.6, bold=True)
    _lay(ground, first, size * 0.8, size * 0.45, inks.name)
    room = ground.shape[1] * 0.8 - first.width
    rest = _set(why, size, room, bold=False)
    if why and len(rest.lines) == 1:
        _lay(ground, rest, size * 1.4 + first.width - rest.left, size * 0.45, inks.quiet)


def _lay_right(ground: Pixels, inks: Inks, name: str, video: tuple[int, int]) -> None:
    """The name alone, small in the corner where no text begins."""
    size = max(min(video) * 0.018, 9.0)
    block = _shrunk(name, size, ground.shape[1] * 0.5)
    _lay(ground, block, ground.shape[1] - block.width - size * 0.6, size * 0.3, inks.quiet)


def _lay_middle(ground: Pixels, inks: Inks, kind: str, name: str, why: str, video: tuple[int, int]) -> None:
    """Icon, name and reason below each other, as far as there is room for them."""
    height, width = ground.shape[:2]
    size = min(max(min(video) * 0.03, 9.0), height * 0.3)
    title = _shrunk(name, size, width * 0.9)
    reason = _set(why, max(size * 0.55, 9.0), width * 0.86, bold=False)
    icon = min(height * 0.3, width * 0.3, min(video) * 0.14)
    with_reason = bool(why) and len(reason.lines) <= 3 and title.height + reason.height < height * 0.9
    words = title.height + (reason.height * 1.15 if with_reason else 0)
    with_icon = icon >= 16 and icon + words < height * 0.92
    top = (height - words - (icon * 1.1 if with_icon else 0)) / 2
    if with_icon:
        _lay_icon(ground, inks, kind, top, icon)
        top += icon * 1.1
    _lay(ground, title, (width - title.width) / 2, top, inks.name)
    if with_reason:
        _lay(ground, reason, width * 0.07, top + title.height + reason.height * 0.15 / len(reason.lines), inks.quiet)


def _shrunk(text: str, size: float, room: float) -> Block:
    """A text on one line, in letters so small that it fits."""
    block = _set(text, size, 1_000_000, bold=True)
    return block if block.width <= room else _set(text, max(size * room / block.width, 4.0), 1_000_000, bold=True)


def _set(text: str, size: float, room: float, bold: bool) -> Block:
    align = "left" if bold else "center"
    return set_text(text, Style(size=size, bold=bold, align=align, rise="top"), max(room, 1.0), size, 1080)


def _lay(ground: Pixels, block: Block, x: float, y: float, color: Rgba) -> None:
    ink, left, top = mask(block, Turn(x, y, 1, 1))
    over(ground, filled(ink, color), left, top)


def _lay_icon(ground: Pixels, inks: Inks, kind: str, top: float, size: float) -> None:
    scale = size / 48
    matrix = (scale, 0.0, 0.0, scale, (ground.shape[1] - size) / 2, top)
    icon = drawn(_ICONS.get(kind, _ICONS["image"]).format(color=inks.icon), (0, 0, 48, 48), matrix)
    over(ground, icon.pixels, icon.x, icon.y, 0.75)
