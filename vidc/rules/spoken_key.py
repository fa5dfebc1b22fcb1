"""spoken-key: a field of a track inside a text, which is indented too deep to be one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from vidc.diag.catalog import problem
from vidc.diag.finding import Edit, Finding, Place, Repair, Words
from vidc.ir.timeline import PlacedTrack
from vidc.ir.tree import Scalar
from vidc.source import Source, Span

from .looked import Looked

_TYPES = "actor|text|image|video|audio"
_TIME = r"(?:\d+m)?\d+(?:\.\d+)?m?s|\d+m|\d{3,}"
_FIELD = (
    r"(?:startTimeGap|endTimeGap|referenceId|sequentialBlendId|speakerId|imageUrl|videoUrl|audioUrl|alphaChannel"
    r"|removeBackground|intrinsicDuration|intrinsicDurationTrackReference):(?:[ ].*)?"
    rf"|duration:[ ]+(?:{_TIME})|variant:[ ]+(?:full_body|bubble|shoulder)|view:[ ]+front"
    r"|position:[ ]+(?:\{[ ]*[xy]:.*|center|centre)|size:[ ]+\{[ ]*(?:width|height):.*"
)
_SURE = rf"(?:(?:-[ ]+)?(?:{_FIELD})|-[ ]+type:[ ]+(?:{_TYPES})|tracks:)(?:[ ]+#.*)?"
"""A line that no actor says and no viewer reads: a field whose name is no word, or whose value has its shape."""
_KEY = r"(?:-[ ]+)?(?:[A-Za-z][\w-]*:(?:[ ].*)?|\{.*)|#.*"
"""A line that may stand below such a one."""
_OWN = (
    r"-[ ]+[a-z]\w*:(?:[ ]|$)|(?:actor|name|text|type):(?:[ ]|$)|(?:extra|position|size|transition):(?:$|[ ]+\{)"
    r"|(?:x|y|width|height|rotation):[ ]+-?\d"
)
"""A line that is a field where one stands below it."""
_ITEM = r"[ ]*-[ ]"

LONGEST = 400
"""Limit: so many lines of a text are looked at, and so many above it."""


@problem("warning", "rule")
def spoken_key(at: Place, key: str, is_many: bool, by: int, repairs: tuple[Repair, ...]) -> Words:
    """A line inside a text reads like a field, and is part of the text.

    What stands as deep as the lines of a text belongs to it: an actor says the line, and a viewer reads it. A field
    stands as deep as `text:` itself, and the dash of the next track as deep as that of this one.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            position: {x: 0, y: 0}
            size: {width: 1080, height: 1080}
            text: >-
              Gifts of up to 50 euros are fine.
              variant: shoulder
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            position: {x: 0, y: 0}
            size: {width: 1080, height: 1080}
            text: >-
              Gifts of up to 50 euros are fine.
            variant: shoulder
    ```
    """
    lines, them = ("these lines are", "them") if is_many else ("this line is", "it")
    help = f"indent {them} by {by} columns less" if by else f"write {them} outside of the text"
    return Words(f"inside a text `{key}:` is no field: {lines} part of it", at, help=help, repairs=repairs)


def check_spoken_key(_: tuple[float, float] | None, placed: PlacedTrack, looked: Looked) -> Sequence[Finding]:
    text = placed.track.text
    if not text or ":" not in text:
        return ()
    node = placed.track.node.entries["text"][1]
    whole = node.anchor or node.span
    if not isinstance(node, Scalar) or whole.source.text[whole.start : whole.start + 1] not in ("|", ">"):
        return ()
    if ("spoken-key", whole.key) in looked.quiet:
        return ()
    lines = _swallowed(whole)
    if not lines:
        looked.quiet.add(("spoken-key", whole.key))
        return ()
    first = lines[0]
    by = _too_deep(whole, lines)
    repair = _indented(whole.source, lines, by) if by else ()
    at = placed.track.place("text")
    key = first.text.removeprefix("-").strip().partition(":")[0]
    return (spoken_key(Place(first, at.path, at.via), key, len(lines) > 1, by, repair),)


def _swallowed(whole: Span) -> list[Span]:
    """The lines at a text's end that are fields, each from its first sign on; none where one is no field for sure."""
    lines = _lines(whole)[-LONGEST:]
    sure = [index for index, line in enumerate(lines) if re.fullmatch(_SURE, line.text)]
    if not sure:
        return []
    first = sure[0]
    while first > 0 and re.match(_OWN, lines[first - 1].text):
        first -= 1
    column = _column(lines[first])
    is_end = all(re.fullmatch(_KEY, line.text) or _column(line) > column for line in lines[first:])
    return lines[first:] if first > 0 and is_end else []


def _lines(whole: Span) -> list[Span]:
    """The lines of a text that are not blank, without the sign that begins it, each from its first sign on."""
    text = whole.source.text
    start = text.find("\n", whole.start, whole.end) + 1
    if not start:
        return []
    found = islice(re.compile(r"(?m:^)[ \t]*+(?P<line>\S[^\r\n]*)").finditer(text, start, whole.end), 10 * LONGEST)
    return [
        Span(whole.source, match.start("line"), match.start("line") + len(match["line"].rstrip())) for match in found
    ]


def _column(span: Span) -> int:
    return span.start - span.source.line_start(span.start)


def _too_deep(whole: Span, lines: list[Span]) -> int:
    """By how many columns fields stand deeper than the text's own key, or items than those around it; 0 where that
    cannot be told."""
    source = whole.source
    start = source.line_start(whole.start)
    lead = re.compile(r"(?:[ ]|-[ ])*").match(source.text, start)
    level = len(lead[0]) if lead else 0
    if lines[0].text.startswith("- "):
        is_scene = any(line.text.startswith("tracks:") for line in lines)
        levels = _dashes(source, start, level)
        level = levels[int(is_scene)] if len(levels) > is_scene else _column(lines[0])
    return max(_column(lines[0]) - level, 0)


def _dashes(source: Source, start: int, column: int) -> list[int]:
    """In which columns the dashes stand of the items that a line is in, the innermost first."""
    found: list[int] = []
    number = source.position(start)[0]
    for one in range(number, max(number - LONGEST, 0), -1):
        item = re.match(_ITEM, source.line(one))
        if item and item.end() - 2 < column:
            column = item.end() - 2
            found.append(column)
    return found


def _indented(source: Source, lines: list[Span], by: int) -> tuple[Repair, ...]:
    """All lines with so many columns less."""
    if any(_column(line) < by for line in lines):
        return ()
    starts = [source.line_start(line.start) for line in lines]
    edits = tuple(Edit(Span(source, start, start + by), "") for start in starts)
    return (Repair(f"indent {'them' if len(lines) > 1 else 'it'} by {by} columns less", edits, sure=False),)
