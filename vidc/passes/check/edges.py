"""edges: places that are counted from the right or the bottom of the video, as style sheets have them."""

from __future__ import annotations

from math import floor

from vidc.diag.finding import Edit, Label, Repair
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems import mistakes
from vidc.record import replace

from .scope import Scope
from .shares import percentage

_AXES = (("x", "left", "right", "width"), ("y", "top", "bottom", "height"))

Own = tuple[int | float | None, int | float | None]
"""The track's own width and height in pixels; None where they are not known."""


def is_from_edge(scope: Scope, own: Own) -> bool:
    """Whether a position has a `right` or a `bottom`, or both a `left` and a `top`: one mistake, which is reported."""
    node = scope.node
    near, far = ([axis[at] for axis in _AXES if axis[at] in node.entries and scope.is_own(axis[at])] for at in (1, 2))
    if scope.literal or not (far or len(near) == len(_AXES)):
        return False
    meant = [_meant(scope, axis, own[axis]) for axis in (0, 1)]
    place = ", ".join(f"{name}: {value or '...'}" for (name, *_), (_, value) in zip(_AXES, meant, strict=True))
    help = ("a place is counted from the top left: " if far else "") + f"write `position: {{{place}}}`"
    unknown = [axis for axis, (_, value) in zip(_AXES, meant, strict=True) if not value and axis[2] in far]
    if unknown:
        name, _, side, extent = unknown[0]
        help += f", where `{name}` is the video's {extent} less the track's and less the `{side}`"
    keys = [node.key(side) for side in far or near]
    labels = tuple(Label(key, f"and no `{key.text}`") for key in keys[1:])
    found = mistakes.invented_property(scope.place(keys[0]), (far or near)[0], "`position`", help)
    repairs = () if not all(value for _, value in meant) else (Repair(help, _edits(node, meant)),)
    scope.log.add(replace(found, words=replace(found.words, labels=labels, repairs=repairs)))
    return True


def _meant(scope: Scope, axis: int, own: int | float | None) -> tuple[str, str]:
    """The side that the author wrote, and what `x` or `y` is then; a default's, where nothing else is written."""
    entries = scope.node.entries
    name, near, far, _ = _AXES[axis]
    for side in (name, near):
        if side in entries and scope.is_own(side):
            return side, _written(entries[side][1])
    if far in entries:
        from_edge, video = _pixels(entries[far][1], scope.extents[axis]), scope.extents[axis]
        known = from_edge is not None and video is not None and own is not None
        return far, str(floor(video - own - from_edge)) if known else ""  # type: ignore[operator]  # all three are known
    return "", _written(entries[name][1]) if name in entries else ""


def _pixels(node: Node, video: int | None) -> int | float | None:
    """A distance from an edge, which may be a share of the video's width or height."""
    value = node.value if isinstance(node, Scalar) and not node.unknown else None
    if isinstance(value, str) and value.endswith("%"):
        ratio = percentage(value)
        return (2 * ratio[0] * video + ratio[1]) // (2 * ratio[1]) if ratio and video is not None else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _written(node: Node) -> str:
    text = node.span.text
    return text if isinstance(node, Scalar) and 0 < len(text) <= 24 and text.isprintable() else ""


def _edits(node: Mapping, meant: list[tuple[str, str]]) -> tuple[Edit, ...]:
    """Each side that the author wrote by the name and the value that it has; none where a side is written twice."""
    sides = {name for _, *names, _ in _AXES for name in names}
    written = {side: (axis[0], value) for axis, (side, value) in zip(_AXES, meant, strict=True) if side in node.entries}
    if node.anchor is not None or len(sides & node.entries.keys()) != len(sides & written.keys()):
        return ()
    return tuple(Edit(node.entry(side), f"{name}: {value}") for side, (name, value) in written.items() if side != name)
