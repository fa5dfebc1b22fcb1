"""unreadable-text: a text that is not seen long enough to be read."""

from __future__ import annotations

from collections.abc import Sequence

from vidc.clock import roughly, show
from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Place, Words
from vidc.ir.timeline import PlacedTrack

from .looked import Looked

CHARACTERS_PER_SECOND = 20
"""The fastest reading speed that subtitle guides allow for adults (Netflix Timed Text Style Guide, English)."""

MIN_MS = 830
"""The shortest time for which a subtitle may stand (the same guide: 5/6 of a second)."""


@problem("warning", "rule")
def unreadable_text(at: Place, seen: str, needed: int) -> Words:
    """A text is not seen long enough to be read.

    Adults read at most 20 characters a second. A text that leaves sooner is lost.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 1s
        tracks:
          - {type: text,
             position: {x: 0, y: 0}, size: {width: 800, height: 200},
             text: All that you need today is in the blue folder on your desk.}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 5s
        tracks:
          - {type: text,
             position: {x: 0, y: 0}, size: {width: 800, height: 200},
             text: All that you need today is in the blue folder on your desk.}
    ```
    """
    return Words(
        f"this text is seen for {seen}, and reading it takes about {show(roughly(needed))}",
        at,
        help="shorten it or show it longer",
    )


def check_unreadable_text(_: tuple[float, float] | None, placed: PlacedTrack, _looked: Looked) -> Sequence[Finding]:
    text, visible = placed.track.text, placed.visible
    if not text or not placed.track.text_known or visible is None:
        return ()
    needed = max(MIN_MS, len(text.strip()) * 1000 // CHARACTERS_PER_SECOND)
    seen = visible.end.expected - visible.start.expected
    if not 0 < seen < needed:
        return ()
    lengths = [visible.end.high - visible.start.low, visible.end.low - visible.start.high]
    said = show(seen) if lengths == [seen, seen] else f"about {show(roughly(seen))}"
    return (unreadable_text(placed.track.place("text"), said, needed),)
