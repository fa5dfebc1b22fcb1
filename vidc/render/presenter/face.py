"""face: the head of a presenter without what moves in it, and the eyes, brows and mouths that do.

All parts of a figure are drawn in one space: 1000 units wide and high, the face in the middle above, the hands below.
"""

from __future__ import annotations

from .hair import back, front
from .look import Look

Box = tuple[float, float, float, float]

FACE = "M401 196C399 112 440 84 500 84C560 84 601 112 599 196C600 282 559 349 500 349C441 349 400 282 401 196Z"

HEAD_BOX: Box = (340, 10, 660, 384)
SCARF_BOX: Box = (340, 30, 660, 496)
BACK_BOX: Box = (326, 80, 674, 520)
BROWS_BOX: Box = (412, 168, 588, 208)
EYES_BOX: Box = (414, 188, 586, 246)
NOSE_BOX: Box = (400, 184, 600, 300)
MOUTH_BOX: Box = (446, 270, 554, 342)

LIDS = ("open", "half", "shut")


def head_back(look: Look) -> str:
    """The hair behind the shoulders; empty where there is none."""
    return back(look)


def head(look: Look) -> str:
    """Ears, face and hair."""
    skin = look.skin
    ears = "".join(
        f'<ellipse cx="{x}" cy="226" rx="17" ry="27" fill="{skin.base}"/>'
        f'<path d="M{x - 6 * side} 212q{11 * side} 6 {3 * side} 26" fill="none" stroke="{skin.shade}" '
        f'stroke-width="5" stroke-linecap="round"/>'
        for x, side in ((399, -1), (601, 1))
    )
    drops = "".join(f'<circle cx="{x}" cy="262" r="6" fill="#f2cf63"/>' for x in (393, 607))
    side = (
        '<path d="M552 96C586 112 600 146 599 196C600 282 559 349 500 349'
        'C545 332 566 282 568 206C569 160 565 122 552 96Z" '
        f'fill="{skin.shade}" fill-opacity=".38"/>'
    )
    return "".join(
        (
            "" if look.hair == "scarf" else ears,
            drops if look.earrings else "",
            f'<path d="{FACE}" fill="{skin.base}"/>',
            side,
            _beard(look) if look.beard else "",
            front(look),
        )
    )


def _beard(look: Look) -> str:
    color = look.hair_color
    return (
        f'<path d="M402 214C404 290 444 353 500 353C556 353 596 290 598 214C592 252 584 270 566 276C548 268 '
        f"532 266 500 266"
        f'C468 266 452 268 434 276C416 270 408 252 402 214Z" fill="{color}"/>'
    )


def nose(look: Look) -> str:
    """Nose and cheeks, and the glasses."""
    skin = look.skin
    cheeks = "".join(
        f'<ellipse cx="{x}" cy="272" rx="22" ry="15" fill="{skin.blush}" fill-opacity=".24"/>' for x in (443, 557)
    )
    bridge = (
        f'<path d="M502 222C502 240 511 252 513 259C514 267 505 270 495 268" fill="none" stroke="{skin.shade}" '
        f'stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>'
    )
    return ("" if look.beard else cheeks) + bridge + (_glasses() if look.glasses else "")


def _glasses() -> str:
    frames = "".join(
        f'<rect x="{x}" y="191" width="64" height="53" rx="21" fill="#ffffff" fill-opacity=".12" stroke="#2d2f38" '
        f'stroke-width="6"/>'
        for x in (425, 511)
    )
    return (
        frames + '<path d="M489 212q11 -7 22 0M425 208l-18 -5M575 208l18 -5" fill="none" stroke="#2d2f38" '
        'stroke-width="6" stroke-linecap="round"/>'
    )


def brows(look: Look) -> str:
    color = look.hair_shade if look.hair != "scarf" else "#332623"
    return (
        f'<path d="M424 190Q436 176 476 183M576 190Q564 176 524 183" fill="none" stroke="{color}" '
        f'stroke-width="9" stroke-linecap="round"/>'
    )


def eyes(look: Look, lids: str) -> str:
    """Both eyes, with the lids `open`, `half` or `shut`."""
    return "".join(_eye(look, lids, x) for x in (457, 543))


def _eye(look: Look, lids: str, x: int) -> str:
    lash = "#2a1d1b"
    if lids == "shut":
        return (
            f'<path d="M{x - 22} 218Q{x} 232 {x + 22} 218" fill="none" stroke="{lash}" stroke-width="6" '
            f'stroke-linecap="round"/>'
        )
    top = 200 if lids == "open" else 208
    white = f"M{x - 23} 219Q{x - 10} {top - 3} {x + 3} {top}Q{x + 18} {top + 4} {x + 23} 219Q{x + 2} 237 {x - 23} 219Z"
    name = f"eye{x}{lids}"
    return (
        f'<clipPath id="{name}"><path d="{white}"/></clipPath><path d="{white}" fill="#fff"/>'
        f'<g clip-path="url(#{name})"><circle cx="{x}" cy="217" r="14" fill="{look.iris}"/>'
        f'<circle cx="{x}" cy="217" r="7" fill="#17100f"/><circle cx="{x - 5}" cy="211" r="4.2" fill="#fff"/></g>'
        f'<path d="M{x - 25} 220Q{x - 10} {top - 5} {x + 3} {top - 1}Q{x + 18} {top + 3} {x + 25} 219" fill="none" '
        f'stroke="{lash}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>'
    )


_OUTLINES = {
    "closed": ("", 0),
    "narrow": ("M470 300Q485 292 500 296Q515 292 530 300Q516 316 500 316Q484 316 470 300Z", 314),
    "small": ("M474 299Q487 291 500 295Q513 291 526 299Q518 320 500 320Q482 320 474 299Z", 309),
    "open": ("M466 295Q484 287 500 291Q516 287 534 295C531 323 518 334 500 334C482 334 469 323 466 295Z", 312),
    "wide": ("M462 296Q482 289 500 293Q518 289 538 296Q526 321 500 321Q474 321 462 296Z", 312),
    "round": ("M480 293Q490 286 500 289Q510 286 520 293C526 306 522 329 500 329C478 329 474 306 480 293Z", 316),
    "pucker": ("M485 297Q492 290 500 293Q508 290 515 297Q520 316 500 317Q480 316 485 297Z", 0),
    "teeth": ("M470 298Q486 291 500 294Q514 291 530 298Q518 311 500 311Q482 311 470 298Z", 0),
    "tongue": ("M470 297Q485 289 500 293Q515 289 530 297Q520 323 500 323Q480 323 470 297Z", 306),
}
"""The open part of each mouth, and where the tongue in it begins."""


def mouth(look: Look, shape: str) -> str:
    """A mouth of `stage.MOUTHS`."""
    lip, shade = look.skin.lip, look.skin.shade
    if shape == "rest":
        return _line("M468 297Q500 318 532 297", lip, 7) + _line("M488 325Q500 329 512 325", shade, 5)
    if shape == "closed":
        return _line("M473 301Q500 309 527 301", lip, 9) + _line("M488 325Q500 329 512 325", shade, 5)
    outline, tongue = _OUTLINES[shape]
    name = f"mouth-{shape}"
    return (
        f'<clipPath id="{name}"><path d="{outline}"/></clipPath><path d="{outline}" fill="#54161c"/>'
        f'<g clip-path="url(#{name})">{_inside(shape, tongue)}</g>'
        f'<path d="{outline}" fill="none" stroke="{lip}" stroke-width="{9 if shape == "pucker" else 7}" '
        f'stroke-linejoin="round"/>' + (_line("M481 311Q500 316 519 311", lip, 11) if shape == "teeth" else "")
    )


def _inside(shape: str, tongue: int) -> str:
    """Teeth above, and the tongue."""
    made = ""
    if tongue:
        color = "#d9646b" if shape != "tongue" else "#e8848a"
        made += f'<ellipse cx="500" cy="{tongue + 22}" rx="{30 if shape == "tongue" else 24}" ry="22" fill="{color}"/>'
    if shape == "narrow":
        return (
            made + '<rect x="455" y="280" width="90" height="30" fill="#fff"/><path d="M460 304H540" '
            'stroke="#d8cfd0" stroke-width="2.5"/>'
        )
    height = {"open": 14, "wide": 13, "small": 8, "round": 6, "teeth": 30, "tongue": 11}.get(shape, 0)
    return made + (f'<rect x="455" y="284" width="90" height="{6 + height}" fill="#fff"/>' if height else "")


def _line(path: str, color: str, width: float) -> str:
    return f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}" stroke-linecap="round"/>'
