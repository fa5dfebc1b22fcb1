"""judge: whether an affine quantity reaches a bound, over every length within the bounds. It knows no prose."""

from __future__ import annotations

from vidc.clock import Length
from vidc.record import record

from .table import Test


@record
class Form:
    """`constant + scene * D + medium * i`: D the scene's length, i the length of the track's own medium."""

    constant: int
    scene: int
    medium: int


@record
class Hold:
    """A finding that holds: `always` for every length, else for some; `expected`: at the expected lengths.

    It holds where `form >= least`. `low`, `middle` and `high` are the form's values over the bounds. `late`: it is the
    start that was judged.
    """

    name: str
    form: Form
    least: int
    always: bool
    expected: bool
    low: int | float
    middle: int
    high: int | float
    late: bool = False


def judge(tests: list[Test], start: Form, end: Form, scene: Length, own: Length | None, same: bool) -> list[Hold]:
    """What holds of a window. `same`: the track's own medium is what sizes the scene, so D and i are one unknown."""
    holds: list[Hold] = []
    for name, of_start, of_end, of_scene, of_medium, least in tests:
        if of_medium and own is None:
            continue
        constant = of_start * start.constant + of_end * end.constant
        by_scene = of_start * start.scene + of_end * end.scene + of_scene
        by_medium = of_start * start.medium + of_end * end.medium + of_medium
        if same:
            by_scene, by_medium = by_scene + by_medium, 0
        high = constant + most(by_scene, scene) + (most(by_medium, own) if by_medium else 0)
        if high < least or (least == 0 and (constant, by_scene, by_medium) == (0, -1, 0)):
            continue
        form = Form(constant, by_scene, by_medium)
        low, middle = lowest(form, scene, own), expected(form, scene, own)
        holds.append(Hold(name, form, least, low >= least, middle >= least, low, middle, high, of_start > 0))
    return without_followers(holds) if len(holds) > 1 else holds


FOLLOWERS = {
    "never-visible": ("clipped", "starts-before-scene"),
    "empty-window": ("trimmed-media",),
}
"""What is always so, and the findings that only follow from it."""


def without_followers(holds: list[Hold]) -> list[Hold]:
    followers = {name for hold in holds if hold.always for name in FOLLOWERS.get(hold.name, ())}
    return [hold for hold in holds if hold.name not in followers]


def most(factor: int, length: Length | None) -> int | float:
    """The highest value of a multiple of a length. 0 of an unbounded length is 0."""
    if not factor or length is None:
        return 0
    return factor * (length.high if factor > 0 else length.low)


def lowest(form: Form, scene: Length, own: Length | None) -> int | float:
    return form.constant - most(-form.scene, scene) - most(-form.medium, own)


def highest(form: Form, scene: Length, own: Length | None) -> int | float:
    return form.constant + most(form.scene, scene) + most(form.medium, own)


def expected(form: Form, scene: Length, own: Length | None) -> int:
    return form.constant + form.scene * scene.expected + (form.medium * own.expected if own else 0)
