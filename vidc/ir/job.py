"""Job: what is sent to the service, and its fingerprint."""

from __future__ import annotations

from vidc.hints import Any
from vidc.record import record

TOP = ("templateJobId", "videoCreative", "dynamicVariables", "callback", "callbackUrl", "callbackPayload")
CREATIVE = ("settings", "scenes")
SETTINGS = ("name", "videoSize", "alphaChannel")
SCENE = ("name", "duration", "intrinsicDurationTrackReference", "transition", "tracks")
TRACK = (
    "type",
    "variant",
    "view",
    "actor",
    "imageUrl",
    "videoUrl",
    "audioUrl",
    "text",
    "speakerId",
    "position",
    "size",
    "rotation",
    "removeBackground",
    "referenceId",
    "sequentialBlendId",
    "startTimeGap",
    "endTimeGap",
    "duration",
)
"""The order of the service's own sample (its published schema prints every declared property once, in order), the
properties of the older documentation behind it."""

_ESCAPED = "\x00-\x1f"
"""What `json` writes as escapes by itself; outside of texts it makes new lines."""

_NOT_THE_VIDEO = ("callback", "callbackUrl", "callbackPayload")


@record
class Job:
    """`kind`: `video` (for `POST /video-generation-jobs`) or `template` (for `.../template-jobs`); `data`: its body."""

    kind: str
    data: dict[str, Any]

    @property
    def schema(self) -> str:
        """The name of the schema that the body fits."""
        return "colossyan-template-job.schema.json" if self.kind == "template" else "colossyan-job.schema.json"

    def text(self) -> str:
        """The body as it is sent and written: the same bytes for the same job.

        What is not seen, or is obeyed where it is printed, stands as an escape, which JSON reads as the same.
        """
        from json import dumps

        text = dumps(self.data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
        if text.isascii() and "\x7f" not in text and "##" not in text:
            return text
        from re import sub

        from vidc.diag.sink import HIDDEN

        return sub(
            f"[{HIDDEN.removeprefix(_ESCAPED)}]|(?<=#)#(?=\\[|[A-Za-z]+\\[)", lambda found: _escape(found[0]), text
        )

    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON of what decides the video: neither key order nor callbacks change it."""
        from hashlib import sha256
        from json import dumps

        video = {name: value for name, value in self.data.items() if name not in _NOT_THE_VIDEO}
        canonical = dumps(_canonical(video), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _escape(char: str) -> str:
    """The character as JSON's escapes, those of its two halves where it needs two."""
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD800 + (code - 0x10000 >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def ordered(values: dict[str, Any], order: tuple[str, ...]) -> dict[str, Any]:
    """The same values in the service's field order; others follow as they were written."""
    known = {name: values[name] for name in order if name in values}
    return known | values


def _canonical(value: Any) -> Any:
    """The same for what means the same: `2000.0` and `2000`, null and absence, no variables and an empty set."""
    if isinstance(value, dict):
        kept = {name: _canonical(item) for name, item in value.items() if item is not None}
        return {name: item for name, item in kept.items() if not (name == "dynamicVariables" and item == {})}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
