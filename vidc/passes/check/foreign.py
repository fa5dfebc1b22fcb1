"""foreign: what other tools call the times and names of a track, and the words of the language itself."""

from __future__ import annotations

from re import fullmatch

from vidc.ir.tree import Node, Scalar
from vidc.problems.wording import short

_LENGTHS = ("length", "lenght", "len", "durationMs", "durationInMs", "runtime")

SCENE_ALIASES = dict.fromkeys(_LENGTHS, "duration")
TRACK_ALIASES = {
    **dict.fromkeys(("start", "startTime", "startAt", "startGap", "gapStart", "startOffset"), "startTimeGap"),
    **dict.fromkeys(
        ("delay", "startDelay", "in", "begin", "beginAt", "startsAt", "showAt", "appearAt"), "startTimeGap"
    ),
    **dict.fromkeys(("endGap", "gapEnd", "endOffset"), "endTimeGap"),
    **SCENE_ALIASES,
    **dict.fromkeys(("blendId", "blend"), "sequentialBlendId"),
    **dict.fromkeys(("id", "refId"), "referenceId"),
}
"""Wrong names of a field, in any spelling: `start_gap` is `startGap`."""

SOFT = frozenset((
    "startTimeGap", "endTimeGap", "duration", "referenceId", "sequentialBlendId", "position", "size", "audioUrl",
))  # fmt: skip
"""Fields whose other names a job that is taken literally may well have as properties of their own, unless they are
needed."""

SIZES = ("resolution", "aspectRatio", "aspect_ratio", "orientation")
"""What other tools call a video's size, or a part of it."""

SPEAKING = "speech belongs to an actor: write `{type: actor, actor: ..., speakerId: ..., text: ...}`"
BEHIND = (
    "a background is the first of the `tracks`: write `- {type: image, imageUrl: https://..., "
    "position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}`"
)
SOUNDS = dict.fromkeys(
    ("music", "backgroundMusic", "bgMusic", "soundtrack", "bgm", "backgroundAudio"),
    (
        "",
        "sound is a track: write `- {type: audio, audioUrl: https://..., startTimeGap: 0, endTimeGap: 0}` "
        "in each scene in which it is to be heard",
    ),
)
_BACKGROUNDS = frozenset((
    "background", "backgroundcolor", "backgroundcolour", "backgroundimage", "backgroundurl", "bg",
))  # fmt: skip

SECONDS = dict.fromkeys(
    ("seconds", "secs", "durationSeconds", "durationInSeconds", "duration_seconds", "durationSec"),
    ("duration", "write `duration`, with a unit: `duration: 3s`"),
)
"""No mere renaming: a bare number would be milliseconds."""

TRANSITIONS = (
    *("transitionDuration", "transition_duration", "transitionLength", "transitionTime", "transition_time"),
    *("transitionType", "transition_type", "fadeDuration", "fade_duration"),
)
"""What stands in a scene elsewhere beside a transition, or in its place."""

_MOMENTS = {
    **dict.fromkeys(
        (
            *("end", "endTime", "endAt", "out", "until", "endsAt", "hideAt", "stopAt", "disappearAt"),
            *("endTimeReference", "endReference", "endTrackReference", "endTimeTrackReference"),
        ),
        (
            "duration",
            "write how long it lasts as `duration`, or how long before its scene's end it is over as `endTimeGap`",
        ),
    ),
    **dict.fromkeys(
        (
            *("startAfter", "after", "startsAfter", "startOn", "startWith", "startsWith", "startWhen", "trigger"),
            *("startTimeReference", "startReference", "startTrackReference", "startTimeTrackReference", "waitFor"),
        ),
        (
            "startTimeGap",
            "write how long after its scene begins it starts as `startTimeGap`, or give it a scene of its own",
        ),
    ),
}
"""No mere renaming: in a job no time is counted from the video's start, nor from another track."""

_REMARKS = dict.fromkeys(
    ("note", "notes", "comment", "comments", "remark", "remarks", "todo"),
    ("", "remove it, or make it a comment: a line that begins with `#`"),
)
OF_TRACKS = SECONDS | _MOMENTS | _REMARKS
OF_SCENES = {
    **SECONDS,
    **SOUNDS,
    **_REMARKS,
    **dict.fromkeys(TRANSITIONS, ("transition", "write it in `transition`")),
    **dict.fromkeys(
        ("start", "startTime", "startAt", "startsAt", "begin", "beginAt", "offset", "delay"),
        ("", "remove it: a scene begins when the one before it is over"),
    ),
    **dict.fromkeys(
        ("after", "before", "order", "index", "next", "previous"),
        ("", "remove it: scenes follow one another as they are written"),
    ),
    **dict.fromkeys(("end", "endTime", "endAt", "endsAt"), ("duration", "write how long it lasts as `duration`")),
    **dict.fromkeys(
        ("pause", "pauseAfter", "pauseBefore", "wait", "waitAfter", "waitBefore", "silence", "hold"),
        ("duration", "silence is time in which nobody speaks: write a `duration` longer than the speech"),
    ),
}
"""What a track and a scene have elsewhere, with the field that stands for it and what to write."""

CALLBACKS = dict.fromkeys(("callback_url", "callbackURL", "webhook", "webhook_url", "webhookUrl"), "callback")
IN_SETTINGS = dict.fromkeys(
    ("name", "videoSize", "alphaChannel", "width", "height"), ("settings", "write it in `settings`")
)
IN_SCENE = {
    "tracks": ("scenes", "a track belongs to one scene: write it in each scene in which it is to be"),
    "transition": ("scenes", "write it in each scene that it leads out of"),
    "duration": ("", "remove it: the video is as long as its scenes"),
}
"""What stands at the top elsewhere."""

SYNONYMS = {
    "avatar": "actor",
    "presenter": "actor",
    "character": "actor",
    "picture": "image",
    "photo": "image",
    "img": "image",
}
"""What other services call a type of track."""

WORDS = {
    **dict.fromkeys(("music", "sound", "voiceover", "soundtrack", "mp3"), "audio"),
    **dict.fromkeys(("title", "subtitle", "caption", "heading", "headline", "label", "lowerthird"), "text"),
    **dict.fromkeys(("clip", "movie", "film", "footage", "broll", "mp4"), "video"),
    **dict.fromkeys(("background", "color", "colour", "logo", "icon", "gif", "png", "screenshot"), "image"),
    **dict.fromkeys(("speaker", "talkinghead", "narrator", "speech"), "actor"),
}
"""What authors call one, in any spelling; a job may well have such a type."""

_NEGATIVE = frozenset(("hidden", "hide", "disabled", "disable", "skip", "ignore", "inactive", "unless"))
_CONSTRUCTS = {
    **dict.fromkeys(("when", "condition", "onlyif", "showif", "if", "elif", "elseif", "else"), "if"),
    **dict.fromkeys(("enabled", "enable", "visible", "show", "active", *_NEGATIVE), "if"),
    **dict.fromkeys(("foreach", "each", "loop", "repeat", "for"), "for"),
    **dict.fromkeys(("component", "template", "use"), "use"),
}
"""What other tools call `if`, `for` and `use`, in any spelling."""

_OTHERWISE = frozenset(("elif", "elseif", "else"))
"""Words that say when something is not there: each scene and track has a whole condition of its own."""

MOST_TURNS = 12
"""Limit: so many turns are written out in a help."""

LONGEST = 80
"""Limit: a longer condition is shown in part."""

_ALSO_STYLE = ("loop", "repeat")


def construct(name: str, node: Node, track: bool) -> str:
    """The word of the language that a key stands for; empty for none. A medium may well have a `loop: true`."""
    right = _CONSTRUCTS.get(letters(name), "")
    if right == name:
        return ""
    style = track and name in _ALSO_STYLE and isinstance(node, Scalar) and not isinstance(node.value, str)
    return "" if style else right


def construct_help(name: str, right: str, node: Node) -> tuple[str, str]:
    """What to write instead, and the key alone where a renaming does it."""
    value = node.value if isinstance(node, Scalar) else None
    if letters(name) in _OTHERWISE:
        return "each scene and track has a condition of its own: write `if: not ...`", ""
    filled = fullmatch(r"['\"]?(?:<([\w.]+)>|\{\{ *([^{}]+?) *\}\})['\"]?", node.span.text[:LONGEST])
    if isinstance(value, bool) and right == "if" and filled is None:
        return "remove it" if value != (letters(name) in _NEGATIVE) else "write `if: false`", ""
    if letters(name) in _NEGATIVE:
        condition = short(filled[1] or filled[2] if filled else value if isinstance(value, str) else "...")
        return f"write `if: not {condition if ' ' not in condition else f'({condition})'}`", ""
    if right == "for" and isinstance(value, int) and 0 < value <= MOST_TURNS:
        return f"write `for: turn in {[*range(1, value + 1)]}`", ""
    if right == "for" and not (isinstance(value, str) and " in " in value):
        return "write `for: x in list`", ""
    return (f"write `{right}`", right) if isinstance(value, str | bool) else (f"write `{right}: ...`", "")


def alias(aliases: dict[str, str], name: str) -> str:
    """The field that a wrong name stands for, in whatever spelling; empty for none."""
    if name in aliases:
        return aliases[name]
    folded = _FOLDED.get(id(aliases))
    if folded is None:
        folded = _FOLDED[id(aliases)] = {letters(wrong): right for wrong, right in aliases.items()}
    return folded.get(letters(name), "")


_FOLDED: dict[int, dict[str, str]] = {}
"""The aliases of each table by their letters, made when a key is first looked for: the tables live as long as vidc."""


def is_background(name: str) -> bool:
    """Whether a key of a scene stands for what lies behind all of it."""
    return letters(name) in _BACKGROUNDS


def letters(name: str) -> str:
    return name.replace("_", "").replace("-", "").replace(" ", "").lower()
