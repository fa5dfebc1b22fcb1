"""fields: the documented fields of every place in a spec, in the service's order, and how each is read.

The order is that of the service's published sample of a job, then the fields that only its prose and its older tables
name. `extra`, `intrinsicDuration` and `language` are vidc's own and never sent.
"""

from __future__ import annotations

from vidc.hints import Any
from vidc.ir.tree import Mapping, Node
from vidc.record import replace

from .addresses import url
from .foreign import (
    BEHIND,
    CALLBACKS,
    IN_SCENE,
    IN_SETTINGS,
    OF_SCENES,
    OF_TRACKS,
    SCENE_ALIASES,
    SECONDS,
    SIZES,
    SOUNDS,
    SPEAKING,
    TRACK_ALIASES,
)
from .places import position, size, video_size
from .scope import ABSENT, Scope
from .table import Field, Table, literally, table
from .tables import extra, read
from .times import duration, gap, stated
from .values import language, named, number, one_of, payload, reference, script, text, truth, variables, version

SETTINGS_EXAMPLE = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}"
TRACK_EXAMPLE = (
    "{type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello., "
    "position: {x: 420, y: 0}, size: {width: 1080, height: 1080}}"
)

_TRACKS_EXAMPLE = f"tracks: [{TRACK_EXAMPLE}]"


def transition(scope: Scope, name: str, node: Node) -> Any:
    """`{type, duration}`; left out as a whole where one of them is."""
    if not isinstance(node, Mapping):
        from .faded import help_for

        return scope.mistyped(name, node, "a mapping of `type` and `duration`", help_for(scope, node))
    if "type" not in node.entries and not scope.literal:
        from .faded import is_other_form, report_other_form

        if is_other_form(node):
            return report_other_form(scope, name, node)
    inner = scope.within(node, name)
    sent, _ = read(inner, TRANSITION)
    if inner.broken:
        scope.broken.add(name)
        return ABSENT
    return sent


def held(_scope: Scope, _name: str, node: Node) -> Any:
    """A part with a function of its own: it is kept as a node until that reads it."""
    return node


TRANSITION = table(
    "a transition",
    {
        "type": Field(one_of(("fade",), complete=False), "type: fade"),
        "duration": Field(duration, "duration: 500ms", doubtful=True),
    },
    {**dict.fromkeys(("style", "effect", "kind", "name"), "type"), **SCENE_ALIASES, "time": "duration"},
    ours=SECONDS,
)

_EXTRA = {"extra": Field(extra, own=True)}
_STATED = {"intrinsicDuration": Field(stated, own=True)}

_TIMES = {"startTimeGap": Field(gap), "endTimeGap": Field(gap), "duration": Field(duration)}
_NAMES = {"referenceId": Field(text), "sequentialBlendId": Field(text)}
_PLACE = {
    "position": Field(position, "position: {x: 0, y: 0}"),
    "size": Field(size, "size: {width: 100%, height: 100%}"),
}
_ANYWHERE = {"position": Field(position), "size": Field(size)}
_TRACK_ELSEWHERE = {
    "intrinsicDurationTrackReference": ("", "write it in the scene, naming a track's `referenceId`"),
    "settings": ("", "write it once, at the top"),
    "videoSize": ("", "write it in `settings`, at the top"),
    "tracks": ("", "a track holds no tracks: write them in the scene"),
    "dynamicVariables": ("", "write it at the top"),
    "x": ("position", "write `position: {x: ..., y: ...}`"),
    "y": ("position", "write `position: {x: ..., y: ...}`"),
    "width": ("size", "write `size: {width: ..., height: ...}`"),
    "height": ("size", "write `size: {width: ..., height: ...}`"),
}
_WITH = {"with": ("use", "it goes with `use`: add `use: NAME`")}
_ON_TRACK = ("", "write it on a track")
_SIDES = dict.fromkeys(("left", "top"), ("position", "write `position: {x: ..., y: ...}`"))
_LAYERS = dict.fromkeys(
    ("zIndex", "z_index", "z-index", "zindex", "zOrder", "z_order", "stackOrder"),
    ("", "the order of the tracks says it: a later one lies on top"),
)
_TRACK_OURS = OF_TRACKS | _LAYERS | _WITH | _SIDES | {"language": ("", "write it on the scene, or at the top")}
_ACTOR_ALIASES = {
    **dict.fromkeys(("actor_id", "actorId", "avatar", "avatar_id", "avatarId", "avatar_name", "presenter"), "actor"),
    **dict.fromkeys(("presenter_id", "actorName"), "actor"),
    **dict.fromkeys(("voice", "voice_id", "voiceId", "voiceName", "voice_name", "speaker"), "speakerId"),
    **dict.fromkeys(("script", "scriptText", "script_text", "input_text", "inputText"), "text"),
    **dict.fromkeys(("audio", "audioFile", "audioSrc", "recording"), "audioUrl"),
}
_PLACE_ALIASES = {
    **dict.fromkeys(("pos", "coordinates", "coords", "location"), "position"),
    **dict.fromkeys(("dimensions", "dimension", "dims"), "size"),
}
_SPEECH_KEYS = ("scriptSource", "script_source", "script", "voiceId", "voice_id", "voice", "speakerId")


def _sources(name: str) -> dict[str, str]:
    """What an address is called elsewhere."""
    kind = name.removesuffix("Url")
    return dict.fromkeys(("url", "src", "source", "uri", kind, f"{kind}_file", f"{kind}Src"), name)


_VARIANTS = ("full_body", "bubble", "shoulder")
_VIEWS = ("front",)

ACTOR = table(
    "an actor track",
    {
        "type": Field(text),
        "variant": Field(one_of(_VARIANTS, complete=True, beside={"view": _VIEWS})),
        "view": Field(one_of(_VIEWS, complete=False, beside={"variant": _VARIANTS})),
        "actor": Field(named, "actor: karen"),
        "audioUrl": Field(url),
        "text": Field(script, partial=True),
        "speakerId": Field(text),
        **_PLACE,
        "rotation": Field(number),
        "referenceId": Field(text),
        **_TIMES,
        "sequentialBlendId": Field(text),
        "removeBackground": Field(truth),
        **_STATED,
        **_EXTRA,
    },
    TRACK_ALIASES | _PLACE_ALIASES | _ACTOR_ALIASES,
    _TRACK_ELSEWHERE,
    ours=_TRACK_OURS,
    type="actor",
)

IMAGE = table(
    "an image track",
    {
        "type": Field(text),
        "imageUrl": Field(url, "imageUrl: https://..."),
        **_PLACE,
        **_TIMES,
        **_NAMES,
        **_EXTRA,
    },
    TRACK_ALIASES | _PLACE_ALIASES | _sources("imageUrl"),
    _TRACK_ELSEWHERE
    | {
        "videoUrl": ("imageUrl", "write `imageUrl`, or `type: video`"),
        "intrinsicDuration": ("", "an image has no length of its own: write `duration`"),
    },
    ours=_TRACK_OURS,
    type="image",
)

VIDEO = table(
    "a video track",
    {
        "type": Field(text),
        "videoUrl": Field(url, "videoUrl: https://..."),
        **_PLACE,
        **_TIMES,
        **_NAMES,
        "removeBackground": Field(truth),
        **_STATED,
        **_EXTRA,
    },
    TRACK_ALIASES | _PLACE_ALIASES | _sources("videoUrl"),
    _TRACK_ELSEWHERE | {"imageUrl": ("videoUrl", "write `videoUrl`, or `type: image`")},
    ours=_TRACK_OURS,
    type="video",
)

AUDIO = table(
    "an audio track",
    {
        "type": Field(text),
        "audioUrl": Field(url, "audioUrl: https://...", doubtful=True),
        **_TIMES,
        **_NAMES,
        **_STATED,
        **_EXTRA,
    },
    TRACK_ALIASES | _sources("audioUrl"),
    _TRACK_ELSEWHERE | dict.fromkeys(_SPEECH_KEYS, ("audioUrl", SPEAKING)),
    open=True,
    ours=_TRACK_OURS,
    type="audio",
)

TEXT = table(
    "a text track",
    {
        "type": Field(text),
        "text": Field(script, "text: Hello.", doubtful=True, partial=True),
        "position": Field(position, "position: {x: 5%, y: 80%}", doubtful=True),
        "size": Field(size, "size: {width: 90%, height: 12%}", doubtful=True),
        "rotation": Field(number),
        **_TIMES,
        **_NAMES,
        **_EXTRA,
    },
    TRACK_ALIASES | _PLACE_ALIASES,
    _TRACK_ELSEWHERE | {"intrinsicDuration": ("", "a text has no length of its own: write `duration`")},
    open=True,
    ours=_TRACK_OURS,
    type="text",
)

OTHER = table(
    "a track of this type",
    {"type": Field(text), **_ANYWHERE, "rotation": Field(number), **_TIMES, **_NAMES, **_EXTRA},
    TRACK_ALIASES,
    {"intrinsicDuration": ("", "only an actor, a video and an audio have a length of their own")},
    open=True,
    ours=_TRACK_OURS,
)

TRACKS: dict[str, Table] = {
    "actor": ACTOR,
    "image": IMAGE,
    "video": VIDEO,
    "audio": AUDIO,
    "text": TEXT,
    "shape": OTHER,
}
"""By the track's `type`; any other is read by `OTHER`."""

SCENE = table(
    "a scene",
    {
        "name": Field(text),
        "duration": Field(duration),
        "intrinsicDurationTrackReference": Field(reference),
        "transition": Field(transition),
        "tracks": Field(held, _TRACKS_EXAMPLE),
        "language": Field(language, own=True),
        **_EXTRA,
    },
    {
        **SCENE_ALIASES,
        "lang": "language",
        "reference": "intrinsicDurationTrackReference",
        "durationReference": "intrinsicDurationTrackReference",
        "intrinsicDurationReference": "intrinsicDurationTrackReference",
        **dict.fromkeys(("elements", "layers", "clips"), "tracks"),
    },
    {
        "settings": ("", "write it once, at the top: it is for the whole video"),
        "videoSize": ("", "write it in `settings`, at the top"),
        "videoCreative": ("", "a scene is a part of it"),
        "scenes": ("", "scenes do not nest: write these among the `scenes` at the top"),
        "dynamicVariables": ("", "write it at the top"),
        "callback": ("", "write it at the top"),
        "callbackPayload": ("", "write it at the top"),
        "intrinsicDuration": ("", "write it on the track whose length it is"),
        **dict.fromkeys(("referenceId", "startTimeGap", "endTimeGap", "sequentialBlendId"), _ON_TRACK),
        **dict.fromkeys(("actor", "speakerId", "imageUrl", "videoUrl"), ("tracks", "write it on one of the `tracks`")),
    },
    {
        **dict.fromkeys(("avatar", "avatar_id"), ("tracks", "write it as the `actor` of one of the `tracks`")),
        **dict.fromkeys(("voice", "voice_id"), ("tracks", "write it as the `speakerId` of one of the `tracks`")),
        **dict.fromkeys(("script", "scriptText"), ("tracks", "write it as the `text` of one of the `tracks`")),
    },
    ours=OF_SCENES | _WITH,
)

_SIZED = "the video's size is `videoSize: {width: 1920, height: 1080}`"
_NOTHING = "remove it: the service has no such setting"

SETTINGS = table(
    "`settings`",
    {
        "videoSize": Field(video_size, "videoSize: {width: 1920, height: 1080}"),
        "name": Field(text),
        "alphaChannel": Field(truth),
        **_EXTRA,
    },
    {"title": "name", "dimension": "videoSize", "dimensions": "videoSize", "transparent": "alphaChannel"},
    {
        "scenes": ("", "write it beside `settings`"),
        "tracks": ("", "write them in a scene"),
        "dynamicVariables": ("", "write it beside `settings`"),
        "callback": ("", "write it beside `settings`"),
        "language": ("", "write it beside `settings`"),
        "width": ("videoSize", "write it in `videoSize`"),
        "height": ("videoSize", "write it in `videoSize`"),
    },
    {
        **dict.fromkeys(SIZES[:-1], ("videoSize", _SIZED)),
        **dict.fromkeys(("subtitles", "videoLayout", "padding"), ("", _NOTHING)),
        **dict.fromkeys(("background", "backgroundColor", "backgroundImage"), ("", f"remove it: {BEHIND}")),
    },
    ours={
        "transition": ("", "write it in each scene that it leads out of"),
        "duration": ("", "remove it: the video is as long as its scenes"),
        SIZES[-1]: ("videoSize", _SIZED),
        "intrinsicDurationTrackReference": ("", "write it in a scene"),
        **SOUNDS,
    },
)

_SPENT = {name: Field(held, own=True) for name in ("variables", "components", "defaults", "include")}
"""What `expand` has used up."""

_OWN = {
    "$schema": Field(text, own=True),
    "vidc": Field(version, own=True),
    "language": Field(language, own=True),
    **_SPENT,
}
_SENT = {"dynamicVariables": Field(variables), "callback": Field(url), "callbackPayload": Field(payload)}
_PARTS = {
    "settings": Field(held, SETTINGS_EXAMPLE),
    "scenes": Field(held, f"scenes: [{{tracks: [{TRACK_EXAMPLE}]}}]"),
}
TOP = table(
    "a spec",
    _PARTS | _SENT | _OWN,
    CALLBACKS | {"callbackUrl": "callback", "config": "settings", "vars": "variables"},
    IN_SETTINGS | IN_SCENE | SOUNDS,
    {
        "title": ("", "the video's name is `name` in `settings`"),
        **dict.fromkeys(("script", "text"), ("", "a script is the `text` of an actor track, under `scenes`")),
        **dict.fromkeys(("avatar", "avatar_id", "actor"), ("", "it is the `actor` of an actor track, under `scenes`")),
        **dict.fromkeys(("voice", "voice_id", "speakerId"), ("", "it is the `speakerId` of an actor track")),
    },
    closed=True,
)

MIXED = table(
    "a spec",
    {"videoCreative": Field(held)} | _SENT | _OWN | {name: Field(held) for name in _PARTS},
    CALLBACKS,
    closed=True,
)
"""The top of a spec that wrongly holds `videoCreative`."""

TEMPLATE = table(
    "a template job",
    {
        "templateJobId": Field(named, "templateJobId: ..."),
        "dynamicVariables": Field(variables),
        "callbackUrl": Field(url),
        "callback": Field(url),
        "callbackPayload": Field(payload),
        **_OWN,
        **{name: Field(held, own=True) for name in _PARTS},
    },
    CALLBACKS | dict.fromkeys(("templateId", "template_id", "template_job_id"), "templateJobId"),
    closed=True,
)

JOB = table(
    "a job", {"videoCreative": Field(held, "videoCreative: ...")} | _SENT, CALLBACKS | {"callbackUrl": "callback"}
)

CREATIVE = table(
    "`videoCreative`",
    _PARTS,
    {"config": "settings"},
    IN_SETTINGS | IN_SCENE | dict.fromkeys(_SENT, ("", "write it beside `videoCreative`")),
)

LITERAL_TRACKS = {kind: literally(fields) for kind, fields in TRACKS.items()}
LITERAL_TRACKS["text"] = replace(LITERAL_TRACKS["text"], needed=("text",))
LITERAL_OTHER, LITERAL_SCENE, LITERAL_SETTINGS = map(literally, (OTHER, SCENE, SETTINGS))
