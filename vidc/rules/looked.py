"""looked: what the rules of one spec share."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from vidc.diag.near import Names
from vidc.ir.spec import Json, Track
from vidc.ir.timeline import PlacedTrack
from vidc.ir.tree import Scalar
from vidc.record import record
from vidc.source import Span

OPAQUE = {"image": (".jpg", ".jpeg"), "video": (".mp4", ".m4v")}
"""How the addresses of files end in which nothing is transparent."""

MOST_SEARCHED = 300_000
"""Limit: in a longer spec a sign is shown where its text is used, and not looked for."""


@record
class Looked:
    """`values`: of the service's variables. `declared`: the names of the spec's own. `unused`: the names of parameters
    that their component does not use. `found`: the signs that a rule found in a text, each with its places; many tracks
    may have the same text. `meant`: the names of which a rule says how they are written. `quiet`: the texts, or their
    places, in which a rule found nothing. `names`: all of these names by their letters, once they are asked for."""

    values: dict[str, Json]
    declared: Collection[str]
    unused: tuple[str, ...]
    found: dict[str, list[list[str]]]
    meant: set[str]
    quiet: set[tuple[str, Hashable]]
    names: list[Names]

    def named(self, written: str) -> str | None:
        """The name of a value, a variable or a parameter that is written so, in words too."""
        if not self.names:
            self.names.append(Names((*self.values, *self.declared, *self.unused)))
        return self.names[0].spelt(written)


def corner_of(track: Track) -> tuple[float, float] | None:
    """Left and top of a track's place, in pixels; None where they are not both known."""
    position = track.values.get("position")
    if not isinstance(position, dict):
        return None
    x, y = position.get("x"), position.get("y")
    return (x, y) if isinstance(x, int | float) and isinstance(y, int | float) else None


def spans_of(track: Track, written: list[str]) -> list[Span]:
    """Where signs stand in a script as it is written, one after another. Where the first came with a value, its one
    place in the spec; none where that cannot be told."""
    entry = track.node.entries.get("text")
    node = entry[1] if entry else None
    if not isinstance(node, Scalar) or node.anchor is not None:
        return []
    spans: list[Span] = []
    start = node.start
    for sign in written:
        for form in (sign, sign.replace('"', '\\"')):
            at = node.source.text.find(form, start, node.end)
            if at >= 0:
                start = at + len(form)
                spans.append(Span(node.source, at, start))
                break
        else:
            break
    return spans or _in_value(node, written[0])


def _in_value(node: Scalar, sign: str) -> list[Span]:
    """The one place where a sign stands that a template brought into a text: there it is to be changed."""
    text = node.source.text
    if len(sign) < 3 or len(text) > MOST_SEARCHED or not any(mark in node.span.text for mark in "<{"):
        return []
    if sign[0] == "<" and sign[1:-1].isidentifier():
        return []  # what stands so in the spec may well be filled in
    at = text.find(sign)
    return [] if at < 0 or text.find(sign, at + 1) >= 0 else [Span(node.source, at, at + len(sign))]


def fills(canvas: tuple[float, float], placed: PlacedTrack) -> bool:
    """Whether a track is a picture that reaches over all of the video."""
    values = placed.track.values
    position, size = values.get("position"), values.get("size")
    if placed.track.type not in OPAQUE or not isinstance(position, dict) or not isinstance(size, dict):
        return False
    numbers = (position.get("x"), position.get("y"), size.get("width"), size.get("height"))
    x, y, width, height = (one if isinstance(one, int | float) else None for one in numbers)
    if x is None or y is None or width is None or height is None:
        return False
    return x <= 0 and y <= 0 and x + width >= canvas[0] and y + height >= canvas[1]
