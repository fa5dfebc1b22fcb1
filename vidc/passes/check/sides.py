"""sides: help for places that are written in words, as CSS and slides have them."""

from __future__ import annotations

from vidc.ir.tree import Node, Scalar

_MIDDLES = ("middle", "centre", "centered", "centred", "mid", "center")
_SIDES = {"left": ("x", "0"), "top": ("y", "0"), "right": ("x", ""), "bottom": ("y", "")}


def meant_coordinate(name: str, node: Node, literal: bool) -> str:
    """Help for `x: left`, `y: middle`; empty where the word is none of these."""
    word = _word(node)
    if word in _MIDDLES:
        return "" if literal else f"write `{name}: center`"
    axis, start = _SIDES.get(word, ("", ""))
    if not axis:
        return ""
    if axis != name:
        return f"`{word}` is a place of `{axis}`"
    if start:
        return f"write `{name}: {start}`"
    extent = "width" if name == "x" else "height"
    return f"write where the track begins: the video's {extent} less the track's"


def meant_position(node: Node, literal: bool) -> str:
    """Help for `position: middle`, `position: top left`; empty where a word of it is none of these."""
    words = _word(node).replace("-", " ").split()
    if literal or not words or not all(word in _MIDDLES or word in _SIDES for word in words):
        return ""
    if all(word in _MIDDLES for word in words):
        return "write `center`"
    found = dict(_SIDES[word] for word in words if word in _SIDES)
    if "" in found.values():
        return "write `{x: ..., y: ...}`, where the track begins, counted from the top left"
    return f"write `{{x: {found.get('x', 'center')}, y: {found.get('y', 'center')}}}`"


def _word(node: Node) -> str:
    value = node.value if isinstance(node, Scalar) else None
    return value.strip().lower() if isinstance(value, str) else ""
