"""places: positions, sizes and the video's own size, lowered to pixels."""

from __future__ import annotations

from math import floor, isfinite

from vidc.hints import Any
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, first_line
from vidc.problems import values as problems
from vidc.problems.wording import MAX_SHOWN, kind

from .lone import glued
from .presets import preset
from .scope import ABSENT, Scope
from .shares import SMALL_PX, Ratio, is_percentage, percentage
from .sides import meant_coordinate, meant_position
from .table import Field, Table, table
from .tables import read
from .values import whole

CENTER = "center"

MAX_VIDEO_PX = 100_000
"""Limit: no video is wider or higher; the service documents none."""

_RATIOS = frozenset(((16, 9), (9, 16), (4, 3), (3, 4), (4, 5), (5, 4), (3, 2), (2, 3), (21, 9), (9, 21), (16, 10)))
"""Shapes of videos, as width and height."""

SHORT_SIDE_PX = 1080
"""The shorter side of a video, in the help for one of which only the shape is known."""


def position(scope: Scope, name: str, node: Node) -> Any:
    """`{x, y}` in pixels from the top left; each a number, a percentage or `center`; or `center` for both."""
    if isinstance(node, Mapping):
        found = _plain_pair(node.entries, "x", "y")
        if not found and not scope.literal and not _all_in_words(node):
            from .doubts import check_fractions, check_lost_percent_of_place

            check_fractions(scope, node, POSITION, 1)
            check_lost_percent_of_place(scope, node)
        if not found and not scope.literal and (corner := _corner(scope, node)):
            return scope.fail(name, problems.bad_place(scope.place(first_line(node)), name, *corner))
        return found or _place(scope, name, node, POSITION)
    if isinstance(node, Scalar) and node.value == CENTER and not scope.literal:
        x, y = _centered(scope, name, node, 0), _centered(scope, name, node, 1)
        return ABSENT if x is ABSENT or y is ABSENT else {"x": x, "y": y}
    help = _pair_help(node, "x", "y") or meant_position(node, scope.literal) or "write `{x: 0, y: 0}`, or `center`"
    return scope.mistyped(name, node, "a mapping of `x` and `y`", help)


def size(scope: Scope, name: str, node: Node) -> Any:
    """`{width, height}` in pixels, each a number above zero or a percentage of the video's."""
    if isinstance(node, Mapping):
        found = _plain_pair(node.entries, "width", "height")
        if found and found["width"] > 0 and found["height"] > 0:
            if found["width"] <= SMALL_PX and found["height"] <= SMALL_PX and not scope.literal:
                from .doubts import doubt_size

                doubt_size(scope, node, found["width"], found["height"])
            return found
        if not _all_in_words(node):
            _doubt_numbers(scope, node)
        return _place(scope, name, node, SIZE)
    help = _pair_help(node, "width", "height") or "write `{width: 100%, height: 100%}`"
    return scope.mistyped(name, node, "a mapping of `width` and `height`", help)


def _doubt_numbers(scope: Scope, node: Mapping) -> None:
    from .doubts import check_fractions, check_lost_percent

    check_fractions(scope, node, SIZE, 2)
    if not scope.literal:
        check_lost_percent(scope, node)


def _all_in_words(node: Mapping) -> bool:
    """Whether all of a place is percentages or words: there is no number to doubt."""
    return all(value.__class__ is Scalar and value.value.__class__ is str for _, value in node.entries.values())


def _pair_help(node: Node, first: str, second: str) -> str:
    """Help for `[800, 200]` and for `50%`, with the author's own numbers."""
    items = node.items if isinstance(node, Sequence) else [node, node]
    shown = [item.value for item in items if isinstance(item, Scalar) and not isinstance(item.value, bool)]
    if (
        len(items) != 2
        or len(shown) != 2
        or not all(isinstance(value, int | float) or is_percentage(value) for value in shown)
    ):
        return ""
    return f"write `{{{first}: {shown[0]}, {second}: {shown[1]}}}`"


def _plain_pair(entries: dict[str, Any], first: str, second: str) -> dict[str, int] | None:
    """Two integers and nothing else, by far the commonest place."""
    if len(entries) == 2 and first in entries and second in entries:
        a, b = entries[first][1], entries[second][1]
        if a.__class__ is Scalar and b.__class__ is Scalar and a.value.__class__ is int and b.value.__class__ is int:
            return {first: a.value, second: b.value}
    return None


def _place(scope: Scope, name: str, node: Mapping, fields: Table) -> Any:
    inner = scope.within(node, name)
    others = not node.entries.keys() <= fields.fields.keys()
    if others and (_is_of_another_tool(inner, fields) or (name == "position" and _is_from_edge(inner, scope))):
        scope.broken.add(name)
        return ABSENT
    sent, _ = read(inner, fields)
    if inner.broken:
        scope.broken.add(name)
        return ABSENT
    return sent


def _is_of_another_tool(scope: Scope, fields: Table) -> bool:
    from .doubts import report_both

    return report_both(scope, fields)


def _is_from_edge(scope: Scope, track: Scope) -> bool:
    from .edges import is_from_edge

    return is_from_edge(scope, (_own_extent(track, 0), _own_extent(track, 1)))


def coordinate(scope: Scope, name: str, node: Node) -> Any:
    axis = 0 if name == "x" else 1
    if isinstance(node, Scalar) and node.value == CENTER and not scope.literal:
        return _centered(scope, name, node, axis)
    help = _at_far_side(scope, name, node, axis) or meant_coordinate(name, node, scope.literal)
    help = help or "write pixels, a percentage such as `5%`, or `center`"
    return _pixels(scope, name, node, axis, help)


def _at_far_side(scope: Scope, name: str, node: Node, axis: int) -> str:
    """Help for `x: right` and `y: bottom`, where the sizes are known."""
    if scope.outer is None or not isinstance(node, Scalar) or node.value != ("right", "bottom")[axis]:
        return ""
    right, extent = _far(scope, scope.outer, axis), ("width", "height")[axis]
    return f"write `{name}: {right}`, the video's {extent} less the track's" if right else ""


def _far(scope: Scope, track: Scope, axis: int) -> str:
    """Where a track begins that ends at the far edge, as its size is written; empty where that is not known."""
    video, own = scope.extents[axis], _own_extent(track, axis)
    if not video or not own:
        return ""
    size = track.node.entries["size"][1]
    written = size.entries[("width", "height")[axis]][1] if isinstance(size, Mapping) else None
    share = percentage(str(written.value)) if isinstance(written, Scalar) and is_percentage(written.value) else None
    return f"{100 - 100 * share[0] / share[1]:g}%" if share else str(video - own)


def _corner(scope: Scope, node: Mapping) -> tuple[str, str] | None:
    """What is wrong with `{x: right, y: bottom}`, and what to write; None for any other."""
    words = [one.value if isinstance(one, Scalar) else None for _, one in node.entries.values()]
    if [*node.entries] != ["x", "y"] or words[0] not in ("left", "right") or words[1] not in ("top", "bottom"):
        return None
    x = "0" if words[0] == "left" else _far(scope, scope, 0)
    y = "0" if words[1] == "top" else _far(scope, scope, 1)
    return (f"is `{words[0]}` and `{words[1]}`, which is no place", f"write `{{x: {x}, y: {y}}}`") if x and y else None


def extent(scope: Scope, name: str, node: Node) -> Any:
    help = "write pixels above zero, or a percentage such as `50%`"
    pixels = _pixels(scope, name, node, 0 if name == "width" else 1, help)
    if pixels is ABSENT or pixels > 0:
        return pixels
    what = "is negative" if pixels < 0 else "is zero: nothing would be seen"
    return scope.fail(name, problems.bad_place(scope.place(node.span), name, what, "write a size above zero"))


def _pixels(scope: Scope, name: str, node: Node, axis: int, help: str) -> Any:
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, str) and value.endswith("%") and not scope.literal:
        hundredths = percentage(value)
        if hundredths is not None:
            return _of_video(scope, name, hundredths, axis)
    elif value.__class__ is int:
        return value
    elif isinstance(value, float) and isfinite(value):
        return value if scope.literal else whole(value)
    kind_of = "place" if scope.key == "position" else "size"
    if found := _twice_percent(node):
        return scope.fail(name, problems.bad_place(scope.place(node.span), name, "has two `%`", found))
    what = f"is {_shown(node)}, " + ("and a literal job has pixels" if scope.literal else f"which is no {kind_of}")
    help = "write a number" if scope.literal else _share_help(value) or _unit_help(value) or help
    return scope.fail(name, problems.bad_place(scope.place(first_line(node)), name, what, help))


def _twice_percent(node: Node) -> str:
    """Help for `42%%`, as `<width>%` gives it where the value has a `%` of its own."""
    value = node.value if isinstance(node, Scalar) else None
    if not isinstance(value, str) or not value.endswith("%%") or not is_percentage(value[:-1]):
        return ""
    template = node.span.text.strip("'\"")
    if template == value or not template.endswith("%") or len(template) > MAX_SHOWN:
        return f"write `{value[:-1]}`"
    from vidc.problems.quoting import in_place

    return f"the value has a `%` of its own: write {in_place(template[:-1], node.span)}"


def _shown(node: Node) -> str:
    value = node.value if isinstance(node, Scalar) else None
    return f"`{value[:24]}`" if isinstance(value, str) else kind(node)


def _share_help(value: object) -> str:
    """Help for `12vh`, a share as style sheets have it."""
    amount = value[:-2].strip() if isinstance(value, str) and value[-2:] in ("vh", "vw") else ""
    return f"write `{amount}%`" if amount and percentage(f"{amount}%") else ""


def _unit_help(value: object) -> str:
    """Help for `100px` and for a number in quotes."""
    bare = value.strip().removesuffix("px").strip() if isinstance(value, str) else ""
    if not bare.isascii() or not bare.isdigit():
        return ""
    return f"write {bare} without " + ("`px`" if "px" in str(value) else "quotes")


def _of_video(scope: Scope, name: str, ratio: Ratio, axis: int) -> Any:
    """A share of the video's width or height, to the nearest pixel, halves up; left out where that is not known."""
    video = scope.extents[axis]
    if video is None:
        scope.broken.add(name)
        return ABSENT
    return (2 * ratio[0] * video + ratio[1]) // (2 * ratio[1])


def _centered(scope: Scope, name: str, node: Scalar, axis: int) -> Any:
    """Where a track begins that lies in the middle: half of what its size leaves of the video's."""
    track = scope.outer if scope.outer is not None and scope.key == "position" else scope
    video, own = scope.extents[axis], _own_extent(track, axis)
    if own is None and "size" not in track.node.entries and "size" not in track.broken:
        help = "add `size`, or write where the track begins"
        found = problems.bad_place(scope.place(node.span), name, "is `center`, and the track has no size", help)
        return scope.fail(name, found)
    if video is None or own is None or own <= 0:
        scope.broken.add(name)
        return ABSENT
    return floor((video - own + 1) / 2)


def _own_extent(track: Scope, axis: int) -> int | float | None:
    """A track's own width or height as its `size` says; None where it does not, and `size` is reported on its own."""
    found = track.node.entries.get("size")
    name = ("width", "height")[axis]
    if found is None or not isinstance(found[1], Mapping) or name not in found[1].entries:
        return None
    node = found[1].entries[name][1]
    value = node.value if isinstance(node, Scalar) and not node.unknown else None
    if isinstance(value, str) and value.endswith("%"):
        ratio, video = percentage(value), track.extents[axis]
        return (2 * ratio[0] * video + ratio[1]) // (2 * ratio[1]) if ratio and video is not None else None
    return whole(value) if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) else None


def video_size(scope: Scope, name: str, node: Node) -> Any:
    """`{width, height}` in whole pixels above zero."""
    if isinstance(node, Mapping) and (not node.entries or any(_is_extent(one) for one in node.entries)):
        inner = scope.within(node, name)
        sent, _ = read(inner, VIDEO_SIZE)
        if inner.broken:
            scope.broken.add(name)
            return ABSENT
        return _no_ratio(scope, name, sent)
    what, meant = _misnamed_size(node)
    width, height = meant or (1920, 1080)
    help = f"write `videoSize: {{width: {width}, height: {height}}}`"
    at = scope.place(node.span if isinstance(node, Scalar) else scope.node.key(name))
    return scope.fail(name, problems.bad_video_size(at, what, help))


def _no_ratio(scope: Scope, name: str, sent: dict[str, Any]) -> Any:
    """A video's size, unless its numbers are those of a shape, which is reported: no video has 16 x 9 pixels."""
    width: Any = sent.get("width")
    height: Any = sent.get("height")
    if (width, height) not in _RATIOS or scope.literal:
        return sent
    longest = max(width, height) * SHORT_SIDE_PX // min(width, height)
    right = (longest, SHORT_SIDE_PX) if width > height else (SHORT_SIDE_PX, longest)
    what = f"`{width} x {height}` is the shape of a video, and its size is in pixels"
    help = f"write `videoSize: {{width: {right[0]}, height: {right[1]}}}`"
    return scope.fail(name, problems.bad_video_size(scope.place(scope.node.key(name)), what, help))


def _is_extent(name: str) -> bool:
    return name in ("width", "height") or (glued(name) and name.startswith(("width:", "height:")))


def _misnamed_size(node: Node) -> tuple[str, tuple[int, int] | None]:
    """What is wrong with a video's size that is no width and height, and what it most likely means."""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return f"`videoSize` is the text `{node.value[:24]}`, not a width and a height", preset(node.value)
    if isinstance(node, Mapping):
        texts = [value.value for _, value in node.entries.values() if isinstance(value, Scalar)]
        meant = next((preset(value) for value in texts if isinstance(value, str) and preset(value)), None)
        return "`videoSize` has neither `width` nor `height`", meant
    return f"`videoSize` is {kind(node)}, not a width and a height", None


def _video_extent(scope: Scope, name: str, node: Node) -> Any:
    value = node.value if isinstance(node, Scalar) else None
    if value.__class__ is int and 0 < value <= MAX_VIDEO_PX:
        return value
    if isinstance(value, float) and 0 < value <= MAX_VIDEO_PX and value.is_integer():
        return value if scope.literal else int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        what = "is not above zero" if value <= 0 else "is not a whole number of pixels"
        what = f"is more than {MAX_VIDEO_PX:,} pixels" if value > MAX_VIDEO_PX else what
    else:
        what = f"is {_shown(node)}, not a number of pixels"
    help = _unit_help(value) or "write whole pixels, such as 1080"
    found = problems.bad_video_size(scope.place(first_line(node)), f"`{name}` {what}", help)
    return scope.fail(name, found)


_MEANT_POSITION = {"left": "x", "top": "y", "horizontal": "x", "vertical": "y"}
_MEANT_SIZE = {"w": "width", "h": "height"}

POSITION = table("`position`", {"x": Field(coordinate, "x: 0"), "y": Field(coordinate, "y: 0")}, _MEANT_POSITION)
SIZE = table("`size`", {"width": Field(extent, "width: 100%"), "height": Field(extent, "height: 100%")}, _MEANT_SIZE)
VIDEO_SIZE = table(
    "`videoSize`",
    {"width": Field(_video_extent, "width: 1920"), "height": Field(_video_extent, "height: 1080")},
    _MEANT_SIZE,
)
