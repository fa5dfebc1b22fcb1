"""judge: whether an affine quantity reaches a bound, over every length within the bounds. It knows no prose."""

from __future__ import annotations

from vidc.clock import INF, Length
from vidc.hints import TypeAlias
from vidc.record import record

from .table import Test

Form: TypeAlias = tuple[int, int, int]
"""`(c, r, k)` is `c + r*D + k*i`: D the scene's length, i the length of the track's own medium."""


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
    start_c, start_r, start_k = start
    end_c, end_r, end_k = end
    exact = scene.low == scene.high and (own is None or own.low == own.high)
    whole, length = scene.expected, 0 if own is None else own.expected
    first, last = start_c + start_r * whole + start_k * length, end_c + end_r * whole + end_k * length
    for name, of_start, of_end, of_scene, of_medium, least in tests:
        middle = of_start * first + of_end * last + of_scene * whole + of_medium * length
        if (exact and middle < least) or (of_medium and own is None):
            continue
        c = of_start * start_c + of_end * end_c
        r = of_start * start_r + of_end * end_r + of_scene
        k = of_start * start_k + of_end * end_k + of_medium
        if same:
            r, k = r + k, 0
        form = (c, r, k)
        high: int | float = middle if exact else highest(form, scene, own)
        # What holds only where the scene has no length is said of the scene.
        if high < least or (not c and not k and r == -1 and not least):
            continue
        low = middle if exact else lowest(form, scene, own)
        holds.append(Hold(name, form, least, low >= least, middle >= least, low, middle, high, of_start > 0))
    return without_followers(holds) if len(holds) > 1 else holds


FOLLOWERS = {
    "never-visible": frozenset(("clipped", "starts-before-scene")),
    "empty-window": frozenset(("trimmed-media",)),
}
"""Tracks of which nothing is seen, and what is then cut from them as well."""


def without_followers(holds: list[Hold]) -> list[Hold]:
    """One finding of one cause: that nothing is seen where that is expected, else how much is cut."""
    followers: set[str] = set()
    for hold in holds:
        if hold.expected:
            followers |= FOLLOWERS.get(hold.name, frozenset())
    left = [hold for hold in holds if hold.name not in followers]
    names = {hold.name for hold in left}
    return [hold for hold in left if hold.expected or names.isdisjoint(FOLLOWERS.get(hold.name, ()))]


def lowest(form: Form, scene: Length, own: Length | None) -> int | float:
    c, r, k = form
    low: int | float = c
    if r:
        low += r * (scene.low if r > 0 else scene.high)
    if k and own is not None:
        low += k * (own.low if k > 0 else own.high)
    return low


def highest(form: Form, scene: Length, own: Length | None) -> int | float:
    c, r, k = form
    high: int | float = c
    if r:
        high += r * (scene.high if r > 0 else scene.low)
    if k and own is not None:
        high += k * (own.high if k > 0 else own.low)
    return high


def expected(form: Form, scene: Length, own: Length | None) -> int:
    c, r, k = form
    return c + r * scene.expected + (k * own.expected if own is not None else 0)


def value(form: Form, scene: int | float, own: int | float) -> int | float:
    """The form at two lengths. Two unbounded ones, one taken from the other, may differ by anything: the lowest."""
    c, r, k = form
    found: int | float = c
    if r:
        found += r * scene
    if k:
        if found == INF and k < 0 and own == INF:
            return -INF
        found += k * own
    return found
