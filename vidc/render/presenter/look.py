"""look: how the presenter of an actor's name looks, always the same for the same name."""

from __future__ import annotations

from hashlib import blake2b
from typing import TypeVar

from vidc.record import record

T = TypeVar("T")


@record
class Skin:
    """The colors of a skin: itself, in the shade, its blush, and of the lips."""

    base: str
    shade: str
    blush: str
    lip: str


@record
class Look:
    """What a presenter looks like; colors as `#rrggbb`. `hair`: a name of `hair.STYLES`, `clothes` of
    `clothes.STYLES`."""

    skin: Skin
    hair: str
    hair_color: str
    hair_shade: str
    iris: str
    clothes: str
    cloth: str
    cloth_shade: str
    shirt: str
    trousers: str
    beard: bool
    glasses: bool
    earrings: bool
    slim: bool


SKINS = (
    Skin("#f6d0b3", "#e5b292", "#f09a86", "#cf6a62"),
    Skin("#efbd97", "#d99f76", "#e88a70", "#c25e53"),
    Skin("#e0a47a", "#c5865c", "#d9775a", "#b5544a"),
    Skin("#c68863", "#a96d49", "#c0644b", "#9d453f"),
    Skin("#9c6443", "#7f4d31", "#a9553f", "#98433e"),
    Skin("#74462f", "#5b3422", "#94493a", "#a4524d"),
)

_HAIR = (
    ("#2b2326", "#1b1618"),
    ("#3f2b24", "#2c1d18"),
    ("#5d3d2b", "#472d1f"),
    ("#8a5a34", "#6e4526"),
    ("#c8924d", "#a97738"),
    ("#a3472c", "#83361f"),
    ("#8f8f96", "#74747c"),
)
"""Hair and its shade. Dark skins have the first three."""

_IRISES = ("#5b3a22", "#3f2a1c", "#3f6d8f", "#4f7a54", "#6a5a3c")

_CLOTHS = (
    ("#2c4a78", "#213a61"),
    ("#7a2f49", "#612338"),
    ("#23695b", "#1a5246"),
    ("#4a4f5c", "#393d48"),
    ("#5b4a86", "#493a6d"),
    ("#b4573b", "#94442d"),
    ("#2f7f95", "#246778"),
    ("#3d3a44", "#2c2a32"),
)
_SHIRTS = ("#f7f8fb", "#fdf4e6", "#e7f0fb", "#f3e9f4")
_TROUSERS = ("#2b3140", "#3a3f4d", "#40372f", "#262a33")

SHORT = ("side", "crop", "curls", "swept", "coils")
LONG = ("bob", "long", "bun", "waves", "pony", "afro", "scarf")
_CUTS_SHORT = ("blazer", "sweater", "collar", "jacket")
_CUTS_LONG = ("blazer", "sweater", "blouse", "cardigan")

_FIRST_NAMES_LONG = """
abby agnes aisha alice alma amelia amina amy andrea angela anika ann anna anne aria ava bella beth carla carmen
carol chloe claire clara daisy diana elena eliza ella emily emma esther eva eve faith fatima fiona gina grace
hana hanna hannah heidi helen ines inga iris isabella jane jenny jessica jill joan julia karen kate katya kim
laura layla lea leah leila lena lily lina linda lisa liz lola lucy luna maria mary maya meera mei mia mila mina
monica nadia nancy naomi natalie nicole nina nora olivia pam paula pia priya rachel rita rosa rosie ruby ruth
sakura sally sara sarah sofia sonia sonja sophia sophie stella sue susan tanya tara tess tina ursula vera wendy
yara yuki zoe
"""
_FIRST_NAMES_SHORT = """
adam ahmed alan alex ali andre andrew anton arjun ben brian carl carlos charles chris daniel david diego dmitri
edward eric ethan felix finn frank fred gary george greg guy harry henry hiro hugo ian ivan jack jacob james jan
jason joe joel john jonas jorge jose juan karl kenji kevin kurt lars leo liam lucas luis luke marco mario mark
martin mateo matt max michael miguel mike mohamed nathan nick nils noah oliver omar oscar otto pablo paul pedro
peter phil rafael raj richard rob robert ron ryan sam samuel sanjay simon stefan steve steven sven ted theo
thomas tim todd tom victor wei will william yusuf
"""
_WOMEN = frozenset(_FIRST_NAMES_LONG.split())
_MEN = frozenset(_FIRST_NAMES_SHORT.split())
"""Frequent first names, by which actors are mostly called: they only decide which cuts of hair and clothes are drawn
from. Any other name draws from all."""


def look_of(actor: str) -> Look:
    """The look of an actor's name, a different one for most names. Upper and lower case make no difference."""
    draw = _Draw(actor)
    skin = draw.number("skin", len(SKINS))
    long = _is_long(actor, draw)
    hair = draw.one("hair", LONG if long else SHORT)
    dark = skin >= 3
    if hair in ("coils", "afro") and not dark:
        hair = "curls" if hair == "coils" else "waves"
    color, shade = draw.one("color", _HAIR[:3] if dark else _HAIR)
    cloth, cloth_shade = draw.one("cloth", _CLOTHS)
    if hair == "scarf":
        color, shade = draw.one("scarf", tuple(pair for pair in _CLOTHS if pair[0] != cloth))
    return Look(
        SKINS[skin],
        hair,
        color,
        shade,
        draw.one("iris", _IRISES[:2] if dark else _IRISES),
        draw.one("clothes", _CUTS_LONG if long else _CUTS_SHORT),
        cloth,
        cloth_shade,
        draw.one("shirt", _SHIRTS),
        draw.one("trousers", _TROUSERS),
        not long and draw.number("beard", 3) == 0,
        draw.number("glasses", 4) == 0,
        long and hair != "scarf" and draw.number("earrings", 2) == 0,
        long,
    )


def _is_long(actor: str, draw: _Draw) -> bool:
    words = "".join(sign if sign.isalpha() else " " for sign in actor.lower()).split()
    first = words[0] if words else ""
    if first in _WOMEN or first in _MEN:
        return first in _WOMEN
    return draw.number("cut", 2) == 0


_SALT = 52108
"""Chosen by eye, so that the actors of the service's own examples look well and unlike each other."""


class _Draw:
    """Choices that depend on a name alone."""

    def __init__(self, name: str) -> None:
        self.name = name.casefold()

    def number(self, what: str, below: int) -> int:
        digest = blake2b(f"{_SALT}:{what}:{self.name}".encode(errors="replace"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % below

    def one(self, what: str, among: tuple[T, ...]) -> T:
        return among[self.number(what, len(among))]
