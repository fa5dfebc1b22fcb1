"""style: how a text track wants to look.

The service documents no property of a text track; the names are those of the Studio's exports, and a few that anyone
would try. What a track does not say is chosen to look well.
"""

from __future__ import annotations

from re import fullmatch

from vidc.ir.spec import Json
from vidc.record import record

Rgba = tuple[int, int, int, int]
WHITE: Rgba = (255, 255, 255, 255)

_NAMES: dict[str, Rgba] = {
    "black": (0, 0, 0, 255),
    "white": WHITE,
    "red": (255, 0, 0, 255),
    "green": (0, 128, 0, 255),
    "blue": (0, 0, 255, 255),
    "yellow": (255, 255, 0, 255),
    "orange": (255, 165, 0, 255),
    "purple": (128, 0, 128, 255),
    "gray": (128, 128, 128, 255),
    "grey": (128, 128, 128, 255),
    "navy": (0, 0, 128, 255),
    "teal": (0, 128, 128, 255),
    "transparent": (0, 0, 0, 0),
}
"""The colors of CSS that people write by name most."""


@record
class Style:
    """`size`: of the letters in px, None to fill the box; `bold`: None to be so where the letters are large.

    `align`: left, center, right, or start (left, and right for a text that runs from right to left). `rise`: top,
    middle or bottom. `leading`: from line to line, in letter sizes.
    """

    size: float | None = None
    bold: bool | None = None
    italic: bool = False
    mono: bool = False
    color: Rgba = WHITE
    background: Rgba | None = None
    align: str = "start"
    rise: str = "middle"
    leading: float = 1.2
    opacity: float = 1.0

    @property
    def shadow(self) -> bool:
        """A light text without a ground of its own is readable on a light picture by its shadow alone."""
        return self.background is None and self.brightness >= 0.45

    @property
    def brightness(self) -> float:
        """Of the letters: 0 for black, 1 for white."""
        red, green, blue, _ = self.color
        return (3 * red + 6 * green + blue) / 2550


def style_of(values: dict[str, Json], scale: float = 1.0) -> Style:
    """The style of a track, its letters `scale` times as large as it asks for; a value that cannot be understood counts
    as not written."""
    size = _number(values.get("fontSize"), 4, 2000)
    family = str(values.get("fontFamily") or "").lower()
    ground = color(values.get("backgroundColor"))
    return Style(
        size=None if size is None else size * scale,
        bold=_bold(values.get("fontWeight")),
        italic=values.get("fontStyle") in ("italic", "oblique") or values.get("italic") is True,
        mono=any(word in family for word in ("mono", "code", "courier", "consol")),
        color=color(values.get("fontColor")) or color(values.get("color")) or WHITE,
        background=ground if ground and ground[3] else None,
        align=_one_of(values.get("textAlign"), ("left", "center", "right"), "start"),
        rise=_one_of(values.get("verticalAlign"), ("top", "middle", "bottom"), "middle"),
        leading=_number(values.get("lineHeight"), 0.5, 4) or 1.2,
        opacity=_opacity(values.get("opacity")),
    )


def color(value: Json) -> Rgba | None:
    """`#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb(...)`, `rgba(...)` or a common name; None for anything else."""
    if not isinstance(value, str):
        return None
    text = value.strip().lower()
    if text in _NAMES:
        return _NAMES[text]
    if fullmatch(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", text):
        digits = text[1:] if len(text) > 5 else "".join(2 * digit for digit in text[1:])
        red, green, blue, alpha = bytes.fromhex(digits.ljust(8, "f"))
        return red, green, blue, alpha
    return _function(text)


def _function(text: str) -> Rgba | None:
    parts = fullmatch(r"rgba?\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})(?:,\s*(\d?(?:\.\d{1,6})?))?\)", text)
    if parts is None:
        return None
    red, green, blue = (min(int(parts[number]), 255) for number in (1, 2, 3))
    alpha = parts[4]
    return red, green, blue, round(255 * min(float(alpha), 1)) if alpha and alpha != "." else 255


def _number(value: Json, low: float, high: float) -> float | None:
    """A number in these bounds, also one written as a text (`54`, `54px`)."""
    if isinstance(value, str) and fullmatch(r"\d{1,4}(\.\d{1,4})?(px)?", value):
        value = float(value.removesuffix("px"))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if low <= value <= high else None


def _opacity(value: Json) -> float:
    """`opacity` as every track may have it."""
    found = _number(value, 0, 1)
    return 1.0 if found is None else found


def _bold(value: Json) -> bool | None:
    if value in ("bold", "bolder"):
        return True
    if value in ("normal", "regular", "lighter"):
        return False
    weight = _number(value, 1, 1000)
    return None if weight is None else weight >= 550


def _one_of(value: Json, names: tuple[str, ...], other: str) -> str:
    return value if isinstance(value, str) and value in names else other
