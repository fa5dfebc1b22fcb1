"""kept-backslash: a `\\n` that was meant for a new line and is two characters of the text."""

from __future__ import annotations

from collections.abc import Sequence

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Place, Words
from vidc.ir.timeline import PlacedTrack

from .looked import Looked, spans_of

_BREAK = "\\n"


@problem("warning", "rule")
def kept_backslash(at: Place, help: str) -> Words:
    r"""A text holds a backslash and an `n`, which are no new line.

    Only in double quotes YAML makes a new line of `\n`. In single quotes, without quotes and in a text over several
    lines they stay two characters: an actor says them, and a viewer reads them.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: text, text: 'Hello\nthere',
             position: {x: 0, y: 0}, size: {width: 900, height: 200}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: text, text: "Hello\nthere",
             position: {x: 0, y: 0}, size: {width: 900, height: 200}}
    ```
    """
    return Words("`\\n` is no new line here: it stays in the text", at, help=help)


def check_kept_backslash(_: tuple[float, float] | None, placed: PlacedTrack, _looked: Looked) -> Sequence[Finding]:
    """A path such as `C:\\new` may well be meant."""
    text = placed.track.text
    if not text or "\\" not in text or _BREAK not in text or ":\\" in text or "\\\\" in text:
        return ()
    whole = placed.track.place("text")
    first = whole.span.text[:1]
    spans = spans_of(placed.track, [f"\\{_BREAK}" if first == '"' else _BREAK])
    if not spans:
        return (kept_backslash(whole, "put the text in double quotes where it is written"),)
    help = "write it with one backslash" if first == '"' else "put the text in double quotes"
    return (kept_backslash(Place(spans[0], whole.path, whole.via), "begin a new line" if first in "|>" else help),)
