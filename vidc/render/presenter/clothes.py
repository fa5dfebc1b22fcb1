"""clothes: neck, shoulders, arms and hands of a presenter, and what covers them."""

from __future__ import annotations

from math import hypot

from .look import Look, Skin

BODY_BOX = (226.0, 296.0, 774.0, 1040.0)

_TORSO = (
    "M436 396C400 410 350 420 318 440C286 462 282 520 292 600C304 690 330 760 332 830C332 880 324 900 322 930H678"
    "C676 900 668 880 668 830C670 760 696 690 708 600C718 520 714 462 682 440C650 420 600 410 564 396Z"
)
_NECK = "M456 300V372C456 388 446 398 430 404C452 452 548 452 570 404C554 398 544 388 544 372V300Z"


def body(look: Look) -> str:
    """Everything below the head."""
    made = "".join((_trousers(look), _trunk(look), _neck(look), _COVER[look.clothes](look), _arms(look)))
    return f'<g transform="translate(32.5 0) scale(.935 1)">{made}</g>' if look.slim else made


def _neck(look: Look) -> str:
    return (
        f'<path d="{_NECK}" fill="{look.skin.base}"/>'
        f'<path d="M456 330C470 352 530 352 544 330V356C530 384 470 384 456 356Z" fill="{look.skin.shade}"/>'
    )


def _trousers(look: Look) -> str:
    return (
        f'<path d="M330 880H670C684 930 690 970 694 1040H306C310 970 316 930 330 880Z" '
        f'fill="{look.trousers}"/><path d="M500 946V1040" stroke="#000" stroke-opacity=".3" stroke-width="6"/>'
    )


def _trunk(look: Look) -> str:
    return f'<path d="{_TORSO}" fill="{look.cloth}"/>'


def _blazer(look: Look) -> str:
    return (
        f'<path d="M432 400L500 700L568 400C552 440 448 440 432 400Z" fill="{look.shirt}"/>'
        f'<path d="M452 384L432 400L440 428L486 452L500 434ZM548 384L568 400L560 428L514 452L500 434Z" '
        f'fill="{look.shirt}" '
        f'stroke="#000" stroke-opacity=".12" stroke-width="3"/>'
        f'<path d="M430 398C414 440 420 470 404 500L440 516L424 540L500 720L500 660L448 470ZM570 398C586 440 '
        f"580 470 596 500"
        f'L560 516L576 540L500 720L500 660L552 470Z" fill="{look.cloth_shade}"/>'
        f'<path d="M500 700V926" stroke="{look.cloth_shade}" stroke-width="5"/>'
        f'<circle cx="514" cy="742" r="7" fill="{look.cloth_shade}"/>'
    )


def _jacket(look: Look) -> str:
    return (
        f'<path d="M430 402C450 446 550 446 570 402L600 420L560 926H440L400 420Z" fill="{look.shirt}"/>'
        f'<path d="M448 412C466 438 534 438 552 412C548 452 452 452 448 412Z" fill="#000" opacity=".08"/>'
        f'<path d="M430 398C418 470 430 700 424 930H322C324 900 332 880 332 830C330 760 304 690 292 600C282 '
        f"520 286 462 318 440"
        f"C350 420 400 410 430 398ZM570 398C582 470 570 700 576 930H678C676 900 668 880 668 830C670 760 696 "
        f"690 708 600"
        f'C718 520 714 462 682 440C650 420 600 410 570 398Z" fill="{look.cloth}"/>'
        f'<path d="M430 398C418 470 430 700 424 930M570 398C582 470 570 700 576 930" fill="none" '
        f'stroke="{look.cloth_shade}" '
        f'stroke-width="9"/>'
    )


def _sweater(look: Look) -> str:
    return (
        f'<path d="M434 398C444 462 556 462 566 398C580 402 584 408 586 412C576 494 424 494 414 412C416 408 '
        f'420 402 434 398Z" '
        f'fill="{look.cloth_shade}"/>'
        f'<path d="M324 906H676L678 930H322Z" fill="{look.cloth_shade}"/>'
    )


def _collar(look: Look) -> str:
    buttons = "".join(f'<circle cx="500" cy="{y}" r="5.5" fill="{look.cloth_shade}"/>' for y in (520, 590, 660, 730))
    return (
        f'<path d="M500 452V926" stroke="{look.cloth_shade}" stroke-width="4" opacity=".7"/>{buttons}'
        f'<path d="M452 380L424 398L444 470L500 444L556 470L576 398L548 380L500 440Z" fill="{look.cloth_shade}"/>'
        f'<path d="M452 380L424 398L440 458L500 440ZM548 380L576 398L560 458L500 440Z" fill="{look.cloth}" '
        f'stroke="{look.cloth_shade}" stroke-width="4" stroke-linejoin="round"/>'
    )


def _blouse(look: Look) -> str:
    return (
        f'<path d="M430 402L500 540L570 402C552 440 448 440 430 402Z" fill="{look.skin.base}"/>'
        f'<path d="M428 398C440 450 480 500 500 556C520 500 560 450 572 398L588 404C580 470 528 530 500 600'
        f'C472 530 420 470 412 404Z" '
        f'fill="{look.cloth_shade}"/>'
        f'<path d="M500 600V926" stroke="{look.cloth_shade}" stroke-width="4" opacity=".6"/>'
    )


def _cardigan(look: Look) -> str:
    return (
        f'<path d="M426 400C420 500 458 640 458 930H542C542 640 580 500 574 400C550 456 450 456 426 400Z" '
        f'fill="{look.shirt}"/>'
        f'<path d="M440 412C462 462 538 462 560 412" fill="none" stroke="#000" stroke-opacity=".1" stroke-width="6"/>'
        f'<path d="M426 400C420 500 458 640 458 930M574 400C580 500 542 640 542 930" fill="none" '
        f'stroke="{look.cloth_shade}" stroke-width="20"/>'
    )


_COVER = {
    "blazer": _blazer,
    "jacket": _jacket,
    "sweater": _sweater,
    "collar": _collar,
    "blouse": _blouse,
    "cardigan": _cardigan,
}


_ARM = ((338, 486), (306, 552), (294, 630), (304, 692), (311, 736), (364, 766), (430, 791))
"""The middle of the arm on the left, as two Bezier curves: from the shoulder to the elbow, and to the wrist."""

_SHOULDER, _WRIST = 46.0, 33.0
"""Half of the arm's width at its ends."""


def _along(at: float) -> tuple[float, float, float, float]:
    """The point of the arm at `at` (0 the shoulder, 1 the elbow, 2 the wrist) and its direction there."""
    first = 0 if at < 1 else 3
    t = at - (at >= 1)
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = _ARM[first : first + 4]
    u = 1 - t
    x = u**3 * ax + 3 * u * u * t * bx + 3 * u * t * t * cx + t**3 * dx
    y = u**3 * ay + 3 * u * u * t * by + 3 * u * t * t * cy + t**3 * dy
    along = 3 * u * u * (bx - ax) + 6 * u * t * (cx - bx) + 3 * t * t * (dx - cx)
    down = 3 * u * u * (by - ay) + 6 * u * t * (cy - by) + 3 * t * t * (dy - cy)
    length = hypot(along, down)
    return x, y, along / length, down / length


def _edge(start: float, end: float, side: int) -> list[tuple[float, float]]:
    """The arm's edge on one side (1: inside and above, -1: outside and below), from one place of it to another."""
    made = []
    for number in range(25):
        at = start + (end - start) * number / 24
        x, y, along, down = _along(min(at, 1.9999))
        half = side * (_SHOULDER + (_WRIST - _SHOULDER) * at / 2)
        made.append((x + down * half, y - along * half))
    return made


def _path(points: list[tuple[float, float]], mirrored: bool) -> str:
    """The points as the path of an arm; that on the right is the one on the left mirrored."""
    return "M" + "L".join(f"{1000 - x if mirrored else x:.1f} {y:.1f}" for x, y in points)


_INSIDE, _OUTSIDE = _edge(0, 2, 1), _edge(2, 0, -1)
_CREASE, _UNDER = _edge(0.55, 2, 1), _edge(1.62, 2, -1)
_CUFF = [_edge(1.86, 2, 1)[0], _edge(1.86, 2, -1)[0]]


def _arms(look: Look) -> str:
    """Both arms, the hands laid into each other. A sleeve has no line where it is one with the shoulder."""
    line = f'fill="none" stroke="{look.cloth_shade}" stroke-linecap="round" stroke-linejoin="round"'
    sleeves = "".join(
        f'<path d="{_path(_INSIDE + _OUTSIDE, right)}Z" fill="{look.cloth}"/>'
        f'<circle cx="{1000 - _ARM[0][0] if right else _ARM[0][0]}" cy="{_ARM[0][1]}" r="{_SHOULDER}" '
        f'fill="{look.cloth}"/>'
        f'<path d="{_path(_CREASE, right)}" {line} stroke-width="6"/>'
        f'<path d="{_path(_UNDER, right)}" {line} stroke-width="6"/>'
        f'<path d="{_path(_CUFF, right)}" {line} stroke-width="8"/>'
        for right in (False, True)
    )
    return _hands(look.skin) + sleeves


def _hands(skin: Skin) -> str:
    return (
        f'<path d="M584 758C552 756 520 764 498 776C476 788 470 806 482 818C498 832 536 838 566 832L580 827Z" '
        f'fill="{skin.shade}"/>'
        f'<path d="M416 760C448 756 478 756 500 764C522 772 546 782 552 798C556 812 548 826 532 834C510 842 '
        f'460 838 424 828Z" '
        f'fill="{skin.base}"/>'
        f'<path d="M486 766C500 776 506 786 502 796M550 798L514 792M548 816L512 810M532 833L506 826" fill="none" '
        f'stroke="{skin.shade}" stroke-width="5" stroke-linecap="round"/>'
    )
