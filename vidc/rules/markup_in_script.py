"""markup-in-script: signs in a script that the actor would read aloud."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Label, Place, Words
from vidc.ir.spec import Json
from vidc.ir.timeline import PlacedTrack

from .looked import Looked, spans_of

MOST = 8
"""So many different signs of one script are told, and so many places of each."""
MATCHES = 1_000
"""Limit: so many signs of a script are looked at."""
LONGEST = 40
"""So much of a sign is shown."""

_FILLED = r"\$\{[A-Za-z_][A-Za-z0-9_]{0,60}\}"
_TAG = r"</?([a-zA-Z_][a-zA-Z0-9_.-]*)(?:\s[^<>]*)?/?>"
_FILE = r"(?:\.{1,2}/|/|~/)?(?:[\w.-]+/)*[\w-]+\.(?:txt|md|docx?|odt|rtf|pdf)"
_SEVERAL = r"\[[a-z]+(?:,? [a-z'’-]+){1,8}\]"
_WHO = frozenset((
    "NARRATOR", "HOST", "SPEAKER", "PRESENTER", "ACTOR", "VOICEOVER", "VOICE-OVER", "VO", "INTERVIEWER", "MODERATOR",
))  # fmt: skip
"""Who speaks, as a play says it before a line; and the actor's own name."""
LABEL = 24
"""So long is no such name."""
_MARKUP = rf"{_FILLED}|{_TAG}|\*\*(?=\S)|__(?=\S)|(?m:^)[ \t]*#{{1,6}} |\]\(https?:|https?://\S+"

_NOUN = r"(?:(?:short|long|brief|dramatic|upbeat|soft|background) )?(?:pause|beat|break|silence|breath|music|applause)"
_VERB = r"(?:pauses|smil(?:es?|ing)|laugh(?:s|ing|ter)|chuckles|sigh(?:s|ing)|whisper(?:s|ing)|nods|grins|winks|gasps)"
_LENGTH = r"[:= ]+[0-9]+(?:\.[0-9]+)? ?(?:ms|s|secs?|seconds?)"
_CUE = (
    rf"[\[(*](?i:{_NOUN}{_LENGTH}|{_VERB}(?: [a-z]+ly)?)[\])*]|\[{_NOUN}\]"
    rf"|(?:\A|(?<=[.!?…\n]))\s{{0,3}}[\[(*](?i:{_NOUN})[\])*]"
)
"""A direction for the stage, alone in its brackets. Brackets are common in scripts, and `Press (Pause) to stop.` is to
be said: a noun counts with a length, in small letters between square brackets, or where a sentence could begin. So do
several words in small letters between square brackets."""

_STEMS = (
    "pause", "beat", "break", "silen", "breath", "music", "applause", "smil", "laugh", "chuckle", "sigh", "whisper",
    "nods", "grins", "winks", "gasps",
)  # fmt: skip
"""What is in every direction. Making its pattern takes 3 ms, and most scripts with brackets have none of these."""
_SILENT = ("pause", "beat", "break", "silence", "breath")
_SILENCE = "for silence, make the scene's `duration` longer than its speech; a full stop is a short pause"
_KNOWN = frozenset((
    "b", "i", "u", "em", "strong", "br", "p", "span", "div", "speak", "emphasis", "prosody", "phoneme", "sub", "voice",
    "audio", "s", "w", "mark", "lang",
))  # fmt: skip
"""Tags that nobody meant for a variable."""


@problem("warning", "rule")
def markup_in_script(at: Place, found: str, labels: tuple[Label, ...] = (), is_brought: bool = False) -> Words:
    """A script holds markup, an address or a direction for the stage, which the actor would read aloud.

    A script is plain speech. Say the name of a page instead of its address, and put emphasis into the words. A value
    is put in for `{name}`, and a `$` before it stays in the text.

    A name such as `NARRATOR:` before a line is read as well, and so is the name of a file in place of the script.

    Neither `[pause 1s]` nor `<break time="1s"/>` makes a pause. Punctuation makes short ones. A scene whose `duration`
    is longer than its speech is silent at its end, and the next scene goes on speaking.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: "This is **very** important."}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: "This is very important."}
    ```
    """
    help = "write what is to be said, without markup or addresses"
    if found.startswith("${"):
        name = found[2:-1]
        help = f"write `{{{name}}}`, or `<{name}>` for one of the spec's `variables`"
        return Words(f"the `$` of `{found}` stays in the text, and the actor would say it", at, labels, help)
    tag = found.strip("</>").partition(" ")[0].lower() if found[0] == "<" else ""
    if found.endswith(":"):
        return Words(f"the actor would say `{found}` aloud", at, labels, "remove it: a track's `actor` says who speaks")
    if re.fullmatch(_FILE, found):
        return Words(f"the actor would read `{found}` aloud", at, labels, "write what is to be said itself")
    is_direction = found[0] in "[(*" and found[-1] in "])*" and found[1:2] != "*"
    if tag in _SILENT or (is_direction and any(word in found.lower() for word in _SILENT)):
        help = f"remove it; {_SILENCE}"
    elif is_direction:
        help = "remove it: an actor takes no directions"
    elif is_brought:
        help = f"a value is no template: write what `{found}` stands for"
    elif found[1:-1].isidentifier() and tag and tag not in _KNOWN:
        help += f"; or declare `{found[1:-1]}` under `variables:`"
    return Words(f"the actor would read `{found}` aloud", at, labels, help)


def check_markup_in_script(_: tuple[float, float] | None, placed: PlacedTrack, looked: Looked) -> Sequence[Finding]:
    """Each different sign once, where it stands first; its other places are labels."""
    text = placed.track.text
    if not text:
        return ()
    plain = _plain(text, placed) if ":" in text or " " not in text.strip() else []
    if not any(map(text.__contains__, "<*[(/_#$")):
        return [_told(placed, sign, looked) for sign in plain]
    signs = looked.found.get(text)
    if signs is None:
        signs = looked.found[text] = _signs(text)
    return [_told(placed, sign, looked) for sign in (*plain, *signs) if not _is_value(sign[0], looked)]


def _plain(text: str, placed: PlacedTrack) -> list[list[str]]:
    """What has no sign of its own: the name of who speaks before a line, and of a file in place of a script."""
    whole = text.strip()
    if " " not in whole:
        return [[whole]] if re.fullmatch(_FILE, whole) else []
    known = {*_WHO, str(placed.track.values.get("actor")).upper()}
    heads = (line.strip()[:LABEL].partition(":") for line in text.split("\n", MOST)[:MOST])
    found = (head for head, colon, rest in heads if colon and rest[:1] == " " and head == head.upper())
    return [[f"{head}:"] for head in dict.fromkeys(found) if head.rstrip("0123456789 ") in known]


def _signs(text: str) -> list[list[str]]:
    """The signs in a text by what they are, in the order of their first places; each as it is written in each place."""
    matches = list(islice(re.finditer(_MARKUP, text), MATCHES)) if any(map(text.__contains__, "<*_#/$")) else []
    if "[" in text:
        matches += islice(re.finditer(_SEVERAL, text), MATCHES)
    if any(map(text.__contains__, "[(*")) and any(map(text.lower().__contains__, _STEMS)):
        matches += islice(re.finditer(_CUE, text), MATCHES)
    found: dict[str, list[str]] = {}
    for match in sorted(matches, key=lambda match: match.start()):
        sign = match[0].strip()
        sign = sign.rstrip(".,;:!?)]\"'") if sign.startswith("http") else sign
        kind = sign.strip("</>").partition(" ")[0].lower() if sign[0] == "<" else sign
        if kind in found or len(found) < MOST:
            found.setdefault(kind, []).append(sign)
    return list(found.values())


def _told(placed: PlacedTrack, sign: list[str], looked: Looked) -> Finding:
    at = placed.track.place("text")
    is_brought = sign[0][1:-1] in looked.declared and f"\\{sign[0]}" not in at.span.text
    spans = spans_of(placed.track, sign[:MOST]) if not is_brought else []
    if spans:
        at = Place(spans[0], at.path, at.via)
    shown = sign[0] if len(sign[0]) <= LONGEST else sign[0][: LONGEST - 1] + "…"
    return markup_in_script(at, shown, tuple(Label(span, "and here") for span in spans[1:]), is_brought)


def _is_value(sign: str, looked: Looked) -> bool:
    """Whether a sign is an amount in dollars, or a variable in brackets, which another rule tells."""
    if sign[0] == "[" and sign[-1] == "]":
        return looked.named(sign[1:-1]) is not None
    return sign.startswith("${") and _is_amount(looked.values.get(sign[2:-1]))


def _is_amount(value: Json) -> bool:
    """Whether a `$` before the value makes a price of it."""
    return isinstance(value, int | float) or (isinstance(value, str) and value.strip()[:1].isdigit())
