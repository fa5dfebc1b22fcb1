"""doubts: numbers of a place that were hardly meant as pixels, and names of them that other tools have."""

from __future__ import annotations

from vidc.diag.finding import Finding, Label, Repair
from vidc.ir.spec import Scene, Track
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems import mistakes
from vidc.problems import values as problems
from vidc.problems.wording import quoted, respelled
from vidc.record import replace

from .foreign import alias
from .scope import Scope
from .shares import SMALL_PX, is_percentage, percentage
from .table import Table

LINE_PX = 20
"""A picture that is less wide or high may well be a line."""
_SHARE = 10
"""A person or a film that is less than a tenth as wide and as high as the video was hardly meant so."""
_MOVING = ("actor", "video")
_MARGIN = 50
"""Up to so many pixels may well be a distance from an edge."""
_NEAR_EDGE = 90
"""What ends behind so many hundredths of the video is near its edge."""
_LONGEST = 80
"""Limit: a longer template is not shown."""
_SLIGHT_PX = 16
"""Nothing can be read in a text that is less high, and nothing made out in a picture that is so small."""


def check_fractions(scope: Scope, node: Mapping, fields: Table, below: int) -> None:
    """Warn of a size or a place such as 0.8, which was hardly meant in pixels. Beside a place such as 420.25 it was:
    so other tools export one."""
    found = {name: _fraction(value) for name, (_, value) in node.entries.items() if name in fields.fields}
    small = {name: value for name, value in found.items() if 0 < value < below}
    if small and (below > 1 or all(abs(value) < below for value in found.values())):
        first, *others = small
        meant = " and ".join(f"`{round(value * 100, 3):g}%`" for value in small.values())
        help = "write pixels" if scope.literal else f"did you mean {meant}?"
        labels = tuple(Label(node.at(other), "and this") for other in others)
        effect = "which is as good as 0" if below == 1 else "so nothing would be seen"
        scope.log.add(problems.tiny_size(scope.place(node.at(first)), small, effect, labels, help))


def check_lost_percent(scope: Scope, node: Mapping) -> None:
    """Warn of pixels beside a percentage, which most likely lost their `%`. A band as wide or as high as the video may
    well be some pixels thick, unless something is to be seen or read in it."""
    type = _type(scope)
    for name, other in (("width", "height"), ("height", "width")):
        least, most = (LINE_PX, SMALL_PX) if name == "width" else (1, _SLIGHT_PX if type == "text" else 0)
        share = _hundredths(node, other)
        is_band = share == 100 and name == "width" and type not in (*_MOVING, "text")
        if share and least <= _pixels(node, name) <= most and not is_band:
            _report_lost(scope, node, name, other)


def check_lost_percent_of_place(scope: Scope, node: Mapping) -> None:
    """Warn of `y: 82` beside `x: 5%`. Some pixels from an edge are often meant, so this is said only where a track that
    has all else in percent would, with one more `%`, end near the edge on the other side; and where they are worked
    out, as `{{ 20 * loop.index }}`, which is said once for a loop."""
    size = scope.node.entries.get("size")
    if size is None or not isinstance(size[1], Mapping):
        return
    for name, other, extent, beside in (("x", "y", "width", "height"), ("y", "x", "height", "width")):
        share = _hundredths(size[1], extent)
        pixels = _pixels(node, name)
        if pixels <= 0 or share <= 0 or pixels + share > 100:
            continue
        is_near = pixels > _MARGIN and pixels + share >= _NEAR_EDGE
        worked = _template(node.entries[name][1])
        if (is_near or worked) and _hundredths(node, other) and _hundredths(size[1], beside):
            at = (id(node.entries[name][1].source), node.entries[name][1].start)
            if not worked or at not in scope.shared.worked:
                _report_lost(scope, node, name, other, worked)
            scope.shared.worked.add(at)


def _template(node: Node) -> str:
    """The template that gave a number, as it is written; empty where none did, or one that gives a name's value."""
    text = node.span.text.strip("'\"") if node.span.end - node.span.start <= _LONGEST else ""
    return text if text.startswith("{{") and text.endswith("}}") and any(sign in text for sign in "+*-") else ""


def _report_lost(scope: Scope, node: Mapping, name: str, other: str, worked: str = "") -> None:
    pixels, extent = _pixels(node, name), {"x": "width", "y": "height"}.get(other, other)
    label = Label(node.at(other), f"a share of the video's {extent}")
    at, effect = scope.place(node.at(name)), f"and `{other}` is in percent"
    help = f"did you mean `{quoted(f'{worked}%') if worked else f'{pixels}%'}`?"
    scope.log.add(problems.tiny_size(at, {name: pixels}, effect, (label,), help))


def doubt_size(scope: Scope, node: Mapping, width: int, height: int) -> None:
    """Remember a size of few pixels, in which a person, a film, a text or a picture could hardly be made out."""
    type = _type(scope)
    wide, high = scope.extents
    is_small = bool(wide and high and width * _SHARE <= wide and height * _SHARE <= high)
    if max(width, height) < _SLIGHT_PX or (type == "text" and height < _SLIGHT_PX) or (type in _MOVING and is_small):
        scope.shared.slight.append((scope, node))


def report_slight(scope: Scope, scenes: list[Scene]) -> None:
    """Warn of sizes of few pixels in a spec that has percentages elsewhere."""
    slight = scope.shared.slight
    if slight and any(map(_has_share, (track for scene in scenes for track in scene.tracks))):
        for inner, node in slight:
            scope.log.add(_slight(inner, node))


def _slight(scope: Scope, node: Mapping) -> Finding:
    found = {name: _pixels(node, name) for name in ("width", "height")}
    help = f"did you mean `{found['width']}%` and `{found['height']}%`?"
    at, labels = scope.place(node.at("width")), (Label(node.at("height"), "and this"),)
    return problems.tiny_size(at, found, "in which hardly anything is seen", labels, help)


def _has_share(track: Track) -> bool:
    """Whether a place of a track is written in percent."""
    places = [track.node.entries[name][1] for name in ("position", "size") if name in track.node.entries]
    parts = [part for place in places if isinstance(place, Mapping) for _, part in place.entries.values()]
    return any(isinstance(part, Scalar) and is_percentage(part.value) for part in parts)


def _type(scope: Scope) -> str:
    found = scope.node.entries.get("type")
    return str(found[1].value) if found and isinstance(found[1], Scalar) else ""


def _fraction(node: Node) -> float:
    """A number that is written with a decimal point; 0 for any other value."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, float) else 0.0


def _pixels(node: Mapping, name: str) -> int:
    """A number that is written without a decimal point; 0 for any other value."""
    part = node.entries[name][1] if name in node.entries else None
    value = part.value if isinstance(part, Scalar) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _hundredths(node: Mapping, name: str) -> float:
    """A percentage; 0 for any other value."""
    value = node.entries[name][1] if name in node.entries else None
    ratio = percentage(str(value.value)) if isinstance(value, Scalar) and is_percentage(value.value) else None
    return 100 * ratio[0] / ratio[1] if ratio else 0


def report_both(scope: Scope, fields: Table) -> bool:
    """Whether both keys are those of another tool, `w` and `h`, or of the place beside it, which is one mistake."""
    is_beside = scope.outer is not None and _BESIDE.get(scope.key) in scope.outer.node.entries
    others = _SWAPPED[scope.key] if is_beside else {}
    meant = {
        name: alias(fields.aliases, name) or others.get(name, "")
        for name in scope.node.entries
        if name not in fields.fields
    }
    if len(meant) != 2 or len(scope.node.entries) != 2 or set(meant.values()) != set(fields.fields):
        return False
    (first, right), (second, other) = meant.items()
    shown = ", ".join(f"{meant[name]}: {_briefly(node)}" for name, (_, node) in scope.node.entries.items())
    keys = [scope.node.key(first), scope.node.key(second)]
    found = mistakes.invented_property(scope.place(keys[0]), first, fields.owner, f"write `{{{shown}}}`")
    edits = tuple(edit for key, name in zip(keys, (right, other), strict=True) for edit in respelled(key, name).edits)
    repair = Repair(f"write `{right}` and `{other}`", edits)
    scope.log.add(
        replace(found, words=replace(found.words, labels=(Label(keys[1], f"and no `{second}`"),), repairs=(repair,)))
    )
    return True


_BESIDE = {"position": "size", "size": "position"}
_SWAPPED = {"position": {"width": "x", "height": "y"}, "size": {"x": "width", "y": "height"}}
"""What the names of a position mean in a size, and the other way round, where both are there."""


def _briefly(node: Node) -> str:
    written = node.span.text
    return written if 0 < len(written) <= 12 and written.isprintable() else "..."
