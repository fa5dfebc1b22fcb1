"""Job: what is sent to the service, and its fingerprint."""

from __future__ import annotations

from typing import Any

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
        """The body as it is sent and written: the same bytes for the same job."""
        from json import dumps

        return dumps(self.data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"

    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON of what decides the video: neither key order nor callbacks change it."""
        from hashlib import sha256
        from json import dumps

        video = {name: value for name, value in self.data.items() if name not in _NOT_THE_VIDEO}
        canonical = dumps(_canonical(video), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return sha256(canonical.encode()).hexdigest()


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
