"""spoken-comment: a remark of the author's inside a text, where `#` begins no comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Place, Words
from vidc.ir.timeline import PlacedTrack
from vidc.source import Span

from .looked import Looked

_SIGNS = ("# ", "// ", "<!-- ")
_REMARK = r"(?m:^)[ \t]*+(?P<remark>(?P<sign>#(?![ \t]+\d)|//|<!--)[ \t]\S[^\r\n]*)"
"""`# 1` is a number as it is written on a screen."""
MOST = 8
"""So many of a text are told."""


@problem("warning", "rule")
def spoken_comment(at: Place, sign: str, is_read: bool) -> Words:
    """A line inside a text begins like a comment, and is part of the text.

    Behind `|` and `>`, and in quotes, YAML knows no comments: an actor says the line, and a viewer reads it. A comment
    stands above the key. `# 1 in Leeds`, where a digit comes next, is taken for a number.

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
              # Ask legal about this.
              All others are not.
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
            # Ask legal about this.
            text: >-
              Gifts of up to 50 euros are fine.
              All others are not.
    ```
    """
    message = f"inside a text `{sign}` begins no comment: this line is part of it"
    otherwise = f"leave out the `{sign}` where the line is meant"
    if is_read:
        otherwise = "write `# vidc: allow spoken-comment` there where it is to be read"
    return Words(message, at, help=f"move it above `text:`, or {otherwise}")


def check_spoken_comment(_: tuple[float, float] | None, placed: PlacedTrack, looked: Looked) -> Sequence[Finding]:
    text = placed.track.text
    if not text or not ("#" in text or "/" in text or "<" in text) or ("spoken-comment", text) in looked.quiet:
        return ()
    if not any(sign in text for sign in _SIGNS):
        looked.quiet.add(("spoken-comment", text))
        return ()
    node = placed.track.node.entries["text"][1]
    whole = node.anchor or node.span
    if ("spoken-comment", whole.key) in looked.quiet:
        return ()
    found = list(islice(re.compile(_REMARK).finditer(whole.source.text, whole.start, whole.end), MOST))
    if not found:
        looked.quiet.add(("spoken-comment", whole.key))
    at, is_read = placed.track.place("text"), placed.track.type == "text"
    return [
        spoken_comment(Place(Span(whole.source, *match.span("remark")), at.path, at.via), match["sign"], is_read)
        for match in found
    ]
