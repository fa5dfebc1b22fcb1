"""hair: the ways in which a presenter wears it, before and behind the face."""

from __future__ import annotations

from collections.abc import Callable

from .look import Look


def front(look: Look) -> str:
    """What of the hair lies on the face."""
    return _FRONT[look.hair](look.hair_color, look.hair_shade)


def back(look: Look) -> str:
    """What of the hair lies behind the shoulders; empty where none does."""
    return _BACK[look.hair](look.hair_shade) if look.hair in _BACK else ""


def _shine(path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="#fff" stroke-opacity=".13" stroke-width="11" stroke-linecap="round"/>'


def _side(color: str, shade: str) -> str:
    return (
        f'<path d="M389 214C374 96 424 50 504 52C586 52 628 104 611 214C604 208 600 196 598 184C596 158 588 '
        f"142 572 130"
        f'C530 150 470 150 424 142C410 156 404 168 402 186C400 198 396 208 389 214Z" fill="{color}"/>'
        f'<path d="M572 130C530 150 470 150 424 142C470 138 520 126 548 104Z" fill="{shade}"/>'
        + _shine("M424 106C446 82 482 72 520 74")
    )


def _crop(color: str, shade: str) -> str:
    return (
        f'<path d="M392 206C380 106 424 60 500 60C576 60 620 106 608 206C602 198 600 188 599 176C594 142 574 '
        f"122 500 122"
        f'C426 122 406 142 401 176C400 188 398 198 392 206Z" fill="{color}"/>'
        f'<path d="M401 176C406 142 426 122 500 122C574 122 594 142 599 176C590 152 566 136 500 136C434 136 '
        f'410 152 401 176Z" '
        f'fill="{shade}" opacity=".55"/>' + _shine("M436 94C460 78 490 74 522 78")
    )


def _curls(color: str, shade: str) -> str:
    puffs = ((408, 132, 34), (424, 94, 36), (462, 70, 38), (506, 62, 40), (550, 74, 38), (582, 104, 36), (596, 142, 30))
    low = ((446, 116, 26), (486, 106, 28), (528, 108, 28), (564, 124, 24))
    return (
        "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="{color}"/>' for x, y, r in puffs)
        + f'<path d="M404 186C400 120 430 88 500 88C570 88 600 120 596 186C588 150 570 130 500 128C430 130 412 '
        f'150 404 186Z" fill="{color}"/>'
        + "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="{color}"/>' for x, y, r in low)
        + "".join(
            f'<path d="M{x - 12} {y + 4}a13 13 0 0 1 22 -8" fill="none" stroke="{shade}" stroke-width="5" '
            f'stroke-linecap="round"/>'
            for x, y, _ in puffs[1:6] + low[:3]
        )
    )


def _swept(color: str, shade: str) -> str:
    return (
        f'<path d="M391 204C380 120 402 66 470 50C540 34 622 60 610 204C604 198 600 186 598 172C592 142 580 '
        f"126 560 116"
        f'C520 122 462 118 420 138C408 150 404 162 402 178C400 190 396 198 391 204Z" fill="{color}"/>'
        f'<path d="M420 138C436 98 480 78 540 82C500 88 456 104 438 132Z" fill="{shade}" opacity=".7"/>'
        + _shine("M452 78C480 64 520 62 552 74")
    )


def _coils(color: str, shade: str) -> str:
    return (
        f'<path d="M394 196C384 100 428 58 500 58C572 58 616 100 606 196C602 186 600 178 598 166C592 134 568 '
        f"120 500 120"
        f'C432 120 408 134 402 166C400 178 398 186 394 196Z" fill="{color}"/>'
        + "".join(
            f'<circle cx="{436 + 32 * column + 16 * (row % 2)}" cy="{78 + 17 * row}" r="4.5" fill="{shade}"/>'
            for row in range(3)
            for column in range(4 if row % 2 else 5)
        )
    )


def _bob(color: str, shade: str) -> str:
    return (
        f'<path d="M384 326C352 262 360 150 380 112C400 68 446 48 500 48C554 48 600 68 620 112C640 150 648 262 '
        f"616 326"
        f"C598 330 588 322 586 312C604 262 602 206 592 164C560 160 516 146 490 118C476 142 440 160 408 164"
        f'C398 206 396 262 414 312C412 322 402 330 384 326Z" fill="{color}"/>'
        f'<path d="M490 118C476 142 440 160 408 164C424 142 452 118 490 118Z" fill="{shade}" opacity=".7"/>'
        + _shine("M404 130C416 96 448 76 486 72")
    )


def _bob_back(shade: str) -> str:
    return f'<path d="M380 130C346 200 356 290 384 328H616C644 290 654 200 620 130Z" fill="{shade}"/>'


def _long(color: str, shade: str) -> str:
    return (
        f'<path d="M386 300C364 210 364 146 384 108C406 66 450 46 502 48C556 48 602 70 620 112C636 150 636 210 '
        f"614 300"
        f"C604 280 602 230 598 188C592 156 566 146 540 118C526 112 518 104 514 96C500 134 446 150 410 172"
        f'C402 200 398 270 386 300Z" fill="{color}"/>'
        f'<path d="M514 96C500 134 446 150 410 172C418 138 460 106 514 96Z" fill="{shade}" opacity=".6"/>'
        + _shine("M408 124C424 92 456 74 496 72")
    )


def _long_back(shade: str) -> str:
    return (
        f'<path d="M382 120C350 200 362 330 346 440C342 480 366 506 404 510H596C634 506 658 480 654 440'
        f'C638 330 650 200 618 120Z" fill="{shade}"/>'
    )


def _bun(color: str, shade: str) -> str:
    return (
        f'<circle cx="500" cy="56" r="44" fill="{color}"/><path d="M470 74q30 16 60 0" fill="none" '
        f'stroke="{shade}" stroke-width="7" stroke-linecap="round"/>'
        f'<path d="M394 214C376 110 428 70 500 70C572 70 624 110 606 214C602 200 600 188 597 176C586 146 546 '
        f"132 500 112"
        f'C454 132 414 146 403 176C400 188 398 200 394 214Z" '
        f'fill="{color}"/>' + _shine("M428 118C448 96 474 88 502 88")
    )


def _waves(color: str, shade: str) -> str:
    return (
        f'<path d="M380 330C352 312 374 282 362 252C350 222 372 200 366 172C360 110 420 46 500 48C580 46 640 '
        f"110 634 172"
        f"C628 200 650 222 638 252C626 282 648 312 620 330C602 340 590 326 596 306C606 270 594 236 598 196C592 "
        f"158 560 150 534 114"
        f'C500 140 430 140 406 190C406 236 394 270 404 306C410 326 398 340 380 330Z" fill="{color}"/>'
        f'<path d="M534 114C500 140 430 140 406 190C404 146 470 116 534 114Z" fill="{shade}" opacity=".55"/>'
        + _shine("M398 140C410 100 446 76 490 72")
    )


def _waves_back(shade: str) -> str:
    return (
        f'<path d="M372 150C340 230 370 290 350 350C340 400 372 430 404 432H596C628 430 660 400 650 350C630 '
        f'290 660 230 628 150Z" '
        f'fill="{shade}"/>'
    )


def _pony(color: str, shade: str) -> str:
    return (
        f'<path d="M394 210C376 104 424 54 502 54C580 54 624 104 606 210C602 198 600 188 597 176C588 140 560 '
        f"128 528 104"
        f'C488 130 424 132 403 176C400 188 398 198 394 210Z" fill="{color}"/>'
        f'<path d="M528 104C488 130 424 132 403 176C408 132 470 106 528 104Z" fill="{shade}" opacity=".6"/>'
        + _shine("M422 110C440 86 472 76 508 76")
    )


def _pony_back(shade: str) -> str:
    return (
        f'<path d="M560 90C640 80 664 150 650 240C642 300 660 340 634 384C618 398 600 380 602 350'
        f'C606 300 590 240 580 180Z" fill="{shade}"/>'
    )


def _afro(color: str, shade: str) -> str:
    return (
        f'<path d="M404 214C398 176 410 150 440 138C470 126 530 126 560 138C590 150 602 176 596 214C624 226 '
        f"642 186 640 150"
        f'C636 80 580 36 500 36C420 36 364 80 360 150C358 186 376 226 404 214Z" fill="{color}"/>'
        + "".join(
            f'<path d="M{x} {y}a14 14 0 0 1 22 -6" fill="none" stroke="{shade}" stroke-width="5" '
            f'stroke-linecap="round"/>'
            for x, y in ((400, 110), (440, 78), (490, 66), (540, 80), (582, 112), (462, 106), (520, 104))
        )
    )


def _afro_back(shade: str) -> str:
    return f'<path d="M362 150C350 220 376 276 420 286H580C624 276 650 220 638 150Z" fill="{shade}"/>'


def _scarf(color: str, shade: str) -> str:
    return (
        f'<path fill-rule="evenodd" d="M500 40C412 40 366 100 366 190C366 262 380 318 372 366C364 410 376 440 412 462'
        f"C440 480 470 490 500 490C548 490 600 470 622 448C640 428 634 400 630 366C622 318 634 262 634 190C634 "
        f"100 588 40 500 40Z"
        f'M500 118C556 118 588 152 588 208C588 282 552 341 500 341C448 341 412 282 412 208C412 152 444 118 500 118Z" '
        f'fill="{color}"/>'
        f'<path d="M588 214C586 284 550 341 500 341C478 341 460 332 446 318C470 362 540 374 570 330C592 300 '
        f'598 256 588 214Z" '
        f'fill="{shade}"/>'
        f'<path d="M398 384C440 418 540 424 604 376M392 428C440 458 520 462 580 438M412 170C420 122 460 96 506 96" '
        f'fill="none" stroke="{shade}" stroke-width="6" stroke-linecap="round"/>'
    )


_FRONT: dict[str, Callable[[str, str], str]] = {
    "side": _side,
    "crop": _crop,
    "curls": _curls,
    "swept": _swept,
    "coils": _coils,
    "bob": _bob,
    "long": _long,
    "bun": _bun,
    "waves": _waves,
    "pony": _pony,
    "afro": _afro,
    "scarf": _scarf,
}
_BACK: dict[str, Callable[[str], str]] = {
    "bob": _bob_back,
    "long": _long_back,
    "waves": _waves_back,
    "pony": _pony_back,
    "afro": _afro_back,
}
