"""markup-in-script: signs in a script that the actor would read aloud."""

from __future__ import annotations

import re

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Place, Words
from vidc.ir.spec import Json
from vidc.ir.timeline import PlacedTrack

from .looked import Looked

_FILLED = r"\$\{[A-Za-z_][A-Za-z0-9_]{0,60}\}"
_MARKUP = r"\*\*(?=\S)|__(?=\S)|</?[a-zA-Z_][a-zA-Z0-9_.-]*(?:\s[^<>]*)?/?>|(?m:^)[ \t]*#{1,6} |\]\(https?:|https?://\S"


@problem("warning", "rule")
def markup_in_script(at: Place, found: str) -> Words:
    """A script holds markup or an address, which the actor would read aloud sign by sign.

    A script is plain speech. Say the name of a page instead of its address, and put emphasis into the words. A value
    is put in for `{name}`, and a `$` before it stays in the text.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: "This is **very** important.",
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: "This is very important.",
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    help = "write what is to be said, without markup or addresses"
    if found.startswith("${"):
        name = found[2:-1]
        help = f"write `{{{name}}}`, or `<{name}>` for one of the spec's `variables`"
        return Words(f"the `$` of `{found}` stays in the text, and the actor would say it", at, help=help)
    if found[1:-1].isidentifier():
        help += f"; or declare `{found[1:-1]}` under `variables:`"
    return Words(f"the actor would read `{found}` aloud", at, help=help)


def check_markup_in_script(_: tuple[float, float] | None, placed: PlacedTrack, looked: Looked) -> Finding | None:
    text = placed.track.text
    if text and "${" in text:
        for written in re.finditer(_FILLED, text):
            if not _is_amount(looked.values.get(written[0][2:-1])):
                return markup_in_script(placed.track.place("text"), written[0])
    if not text or not ("*" in text or "<" in text or "_" in text or "#" in text or "/" in text):
        return None
    found = looked.found.get(text)
    if found is None:
        match = re.search(_MARKUP, text)
        found = looked.found[text] = match[0].strip()[:40] if match else ""
    return markup_in_script(placed.track.place("text"), found) if found else None


def _is_amount(value: Json) -> bool:
    """Whether a `$` before the value makes a price of it."""
    return isinstance(value, int | float) or (isinstance(value, str) and value.strip()[:1].isdigit())
