"""merge-field: a gap for a value as mailing tools write it, which nothing fills in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Place, Words
from vidc.diag.near import nearest
from vidc.ir.timeline import PlacedTrack

from .looked import Looked, spans_of

_WINDOWS = "appdata|localappdata|path|programdata|programfiles|systemroot|temp|tmp|userprofile|windir"
_NAME = r"[A-Za-z_][A-Za-z0-9_.]{1,60}"
_FIELD = (
    rf"(?<![\w%])(%%?)(?!(?i:{_WINDOWS})%)(?P<percent>{_NAME})\1(?![\w%])"
    rf"|\*\|(?P<bar>[A-Za-z_][A-Za-z0-9_:]{{1,60}})\|\*"
    rf"|\[\[ ?(?P<square>{_NAME}) ?\]\]"
    r"|«(?P<guillemets>[^\W_]{1,30}_\w{1,30})»"
)
"""A script about Windows may well speak of `%APPDATA%`; and `«name»` without a `_` is a word in quotes."""
MOST = 8
"""So many of a text are told."""


@problem("warning", "rule")
def merge_field(at: Place, written: str, name: str, right: str) -> Words:
    """A text holds a gap for a value as mailing tools write it, such as `%first_name%`, which nothing fills in.

    It stays in the text: an actor says it, and a viewer reads it. What the service fills in is written `{first_name}`,
    and what is known when the spec is compiled `<first_name>`.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: "Hello %first_name%, welcome."}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    dynamicVariables: {first_name: Ann}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: "Hello {first_name}, welcome."}
    ```
    """
    message = f"nothing fills in `{written}`: it stays in the text"
    if right:
        return Words(message, at, help=f"write `{right}`")
    help = f"write `{{{name}}}` with a value under `dynamicVariables`, or `<{name}>` with one under `variables`"
    return Words(message, at, help=help)


def check_merge_field(_: tuple[float, float] | None, placed: PlacedTrack, looked: Looked) -> Sequence[Finding]:
    text = placed.track.text
    if not text or not ("%" in text or "_" in text or "[[" in text or "*|" in text):
        return ()
    fields = {match[0]: next(filter(None, match.groupdict().values())) for match in re.finditer(_FIELD, text)}
    return [_told(placed, looked, written, name) for written, name in list(fields.items())[:MOST]]


def _told(placed: PlacedTrack, looked: Looked, written: str, name: str) -> Finding:
    at = placed.track.place("text")
    spans = spans_of(placed.track, [written])
    plain = (name.lower() if name.isupper() else name).replace(".", "_").replace(":", "_")
    parameter = nearest(plain, looked.unused) if looked.unused else None
    known = parameter or nearest(plain, looked.values)
    if known is not None:
        looked.meant.add(known)
    right = f"<{known}>" if parameter else f"{{{known}}}" if known else ""
    return merge_field(Place(spans[0], at.path, at.via) if spans else at, written, plain, right)
