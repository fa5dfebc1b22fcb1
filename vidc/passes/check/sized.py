"""sized: a video's size by its resolution, its shape or its orientation, as other tools have it."""

from __future__ import annotations

from vidc.ir.tree import Mapping, Scalar

from .foreign import SIZES
from .presets import preset
from .scope import Scope

_UPRIGHT = ("portrait", "vertical", "upright", "mobile")
_SQUARE = ("square",)


def size_meant(scope: Scope) -> str:
    """The help for such keys in the settings, with the size that all of them say."""
    found = [name for name in SIZES if name in scope.node.entries]
    values = [scope.node.entries[name][1] for name in found]
    words = [str(node.value).strip().lower() for node in values if isinstance(node, Scalar)]
    stated = _stated(scope)
    width, height = stated or next(filter(None, map(preset, words)), (1920, 1080))
    if any(word in _SQUARE for word in words):
        width = height = min(width, height)
    elif any(word in _UPRIGHT for word in words):
        width, height = min(width, height), max(width, height)
    elif "landscape" in words:
        width, height = max(width, height), min(width, height)
    right = f"videoSize: {{width: {width}, height: {height}}}"
    instead = " and ".join(f"`{name}`" for name in found)
    if stated == (width, height):
        return f"remove {instead}: `videoSize` says it"
    return f"write `{right}` in place of {instead}" if not stated else f"remove {instead}, and write `{right}`"


def _stated(scope: Scope) -> tuple[int, int] | None:
    """The size that is there."""
    there = scope.node.entries.get("videoSize")
    entries = there[1].entries if there is not None and isinstance(there[1], Mapping) else {}
    values = [entries[name][1] for name in ("width", "height") if name in entries]
    numbers = [node.value for node in values if isinstance(node, Scalar) and isinstance(node.value, int)]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None
