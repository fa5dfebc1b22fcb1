"""lost-backslash: a path such as `C:\\team` in double quotes, where YAML reads `\\t` as a tab."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Place, Words
from vidc.ir.timeline import PlacedTrack
from vidc.source import Span

from .looked import Looked, spans_of

_NAMES = {
    "\0": ("0", "the character 0"),
    "\a": ("a", "a bell"),
    "\b": ("b", "a backspace"),
    "\t": ("t", "a tab"),
    "\n": ("n", "a new line"),
    "\v": ("v", "a vertical tab"),
    "\f": ("f", "a form feed"),
    "\r": ("r", "the end of a line"),
    "\x1b": ("e", "an escape sign"),
}
"""The escapes of YAML that make one character of which a text shows nothing, as YAML 1.2.2 has them (5.7)."""

_LOST = (
    r"[\0\a\b\v\f\x1b]"
    r"|(?<!\w)[A-Za-z]:(?:\t|\r(?!\n))"
    r"|(?<!\w)[A-Za-z]:\n(?=\w+(?:[\\\t]|$))"
    r"|\\[\w.$-]*(?:\t|\r(?!\n))"
)
"""Signs that nobody means, and those that stand where a path has its backslash."""


@problem("warning", "rule")
def lost_backslash(at: Place, letter: str, name: str) -> Words:
    r"""A backslash and a letter in double quotes are another sign, such as `\t`, a tab.

    In double quotes YAML reads `\t` as a tab, `\n` as a new line and `\b` as a backspace, so a path such as
    `C:\team` loses its backslash and a letter. In single quotes, and without quotes, a backslash stays what it is.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: text, text: "C:\team",
             position: {x: 0, y: 0}, size: {width: 900, height: 200}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: text, text: 'C:\team',
             position: {x: 0, y: 0}, size: {width: 900, height: 200}}
    ```
    """
    message = f"`\\{letter}` in double quotes is {name}, so the text has no `\\` here"
    return Words(message, at, help="use single quotes, or write `\\\\` for each backslash")


def check_lost_backslash(_: tuple[float, float] | None, placed: PlacedTrack, looked: Looked) -> Sequence[Finding]:
    """Where the text is written, or the value that it brings."""
    text = placed.track.text
    if not text or ("lost-backslash", text) in looked.quiet:
        return ()
    lost = None if text.isprintable() else re.search(_LOST, text)
    if lost is None:
        looked.quiet.add(("lost-backslash", text))
        return ()
    letter, name = _NAMES[lost[0][-1]]
    before = lost[0][:-1].replace("\\", "\\\\")
    spans = spans_of(placed.track, [f"{before}\\{letter}"])
    if not spans:
        return ()
    whole = placed.track.place("text")
    at = Span(spans[0].source, spans[0].end - 2, spans[0].end)
    return (lost_backslash(Place(at, whole.path, whole.via), letter, name),)
