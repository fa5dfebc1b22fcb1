"""storyboard_card: what stands for a medium that is not here: a ground, a sign of its kind, and its name."""

from __future__ import annotations

import os
from hashlib import sha256
from html import escape
from urllib.parse import unquote

from vidc.diag.sink import clean
from vidc.record import record

Box = tuple[float, float, float, float]
"""Left, top, width and height in pixels of the video."""

_BACKDROP = 0.6
"""From this part of the video's area on a card is a backdrop: its name stands small in a corner, for what lies on it
needs the room."""

_SHADES = 4
_LETTER = 0.58
"""The width of a letter, as a share of its height."""

_SIGNS = {
    "image": "M2 4H46V44H2ZM7 38L19 24L27 32L34 23L41 33V38ZM11 15A5 5 0 1 0 21 15A5 5 0 1 0 11 15Z",
    "video": "M2 4H46V44H2ZM18 14V34L34 24Z",
}
"""What a card shows of its kind, in a square of 48."""


@record
class Look:
    """How a scene's cards look: whether they are light, and the boxes that lie on them, where they say nothing."""

    light: bool
    taken: list[Box]


def card(kind: str, address: str, box: Box, size: tuple[int, int], look: Look) -> str:
    """In its box, whose left upper corner is at 0, 0. Each address has a shade of its own."""
    _, _, wide, high = box
    shade = sha256(address.encode(errors="surrogatepass")).digest()[0] % _SHADES
    light = " light" if look.light else ""
    ground = f'<rect class="card shade-{shade}{light}" width="{wide:g}" height="{high:g}"/>'
    letters = min(max(high * 0.12, 14), 34, min(size) * 0.03)
    name = _shortened(clean(file_name(address)), wide / letters - 4)
    for x, y, is_column in _places(box, size, letters, len(name)):
        label, length, tall = _label(kind, name, letters, is_column)
        if not any(_overlap((box[0] + x, box[1] + y, length, tall), one) for one in look.taken):
            return f'{ground}<g class="ink{light}" transform="translate({x:g} {y:g})">{label}</g>'
    return ground


def file_name(address: str) -> str:
    """The last part of an address or a path."""
    return unquote(os.path.basename(address.partition("?")[0].rstrip("/")))


def _shortened(name: str, letters: float) -> str:
    room = int(letters / _LETTER)
    return "" if room < 4 else name if len(name) <= room else name[: room - 1] + "…"


def _places(box: Box, size: tuple[int, int], letters: float, signs: int) -> list[tuple[float, float, bool]]:
    """Where the label may stand, the best first: its left, its top, and whether the name is below the sign."""
    _, _, wide, high = box
    edge = 0.8 * letters
    _, length, tall = _label("", "x" * signs, letters, False)
    if wide * high > _BACKDROP * size[0] * size[1]:
        return [(left, top, False) for top in (edge, high - edge - tall) for left in (edge, wide - edge - length)]
    if high < 6 * letters:
        return [(edge, (high - tall) / 2, False)]
    _, length, tall = _label("", "x" * signs, letters, True)
    return [((wide - length) / 2, (high - tall) / 2, True)]


def _label(kind: str, name: str, letters: float, is_column: bool) -> tuple[str, float, float]:
    """The sign and the name, and how wide and high they are together."""
    side = letters * (3 if is_column else 1.2)
    length = _LETTER * letters * len(name)
    wide, high = (max(side, length), side + 1.6 * letters) if is_column else (length + 1.6 * letters, side)
    x, y, anchor = (wide / 2, side + 1.3 * letters, "middle") if is_column else (1.6 * letters, 0.95 * letters, "start")
    sign = (
        f'<svg x="{(wide - side) / 2 if is_column else 0:g}" width="{side:g}" height="{side:g}" viewBox="0 0 48 48">'
        f'<path fill-rule="evenodd" d="{_SIGNS.get(kind, "")}"/></svg>'
    )
    text = f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{letters:g}">{escape(name)}</text>'
    return sign + text, wide, high


def _overlap(one: Box, other: Box) -> bool:
    return all(one[axis] < other[axis] + other[axis + 2] and other[axis] < one[axis] + one[axis + 2] for axis in (0, 1))
