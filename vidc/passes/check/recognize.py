"""recognize: whole documents that were written for something else."""

from __future__ import annotations

from vidc.diag.finding import Label
from vidc.ir.tree import Node, Scalar
from vidc.problems import mistakes

from .scope import Scope

_ACTOR = "is a track's `actor`"
_TEXT = "is a track's `text`"
_VOICE = "is a track's `speakerId`"

_BELONGS_TO_OTHERS = {
    **dict.fromkeys(("avatar", "avatar_id", "avatarId", "actor", "actor_id", "actorId", "presenter_id"), _ACTOR),
    **dict.fromkeys(("replica_id", "talking_photo_id", "driver_id", "source_url", "character", "presenter"), _ACTOR),
    **dict.fromkeys(("script", "scriptText", "script_text", "input_text", "text"), _TEXT),
    **dict.fromkeys(("voice", "voice_id", "voiceId", "speakerId", "speaker_id"), _VOICE),
    **dict.fromkeys(("video_inputs", "input", "slides", "clips"), "are `scenes`, each with `tracks`"),
}
"""Keys of flat requests: an avatar, a script and a voice side by side; and what they are here."""

_STANDS_BESIDE = {
    "title": "is `name` in `settings`",
    "video_name": "is `name` in `settings`",
    "config": "is `settings`",
    **dict.fromkeys(("dimension", "resolution", "aspect_ratio", "aspectRatio"), "is `videoSize` in `settings`"),
    **dict.fromkeys(("background", "background_url"), "is an image track before the actor"),
    **dict.fromkeys(("webhook_url", "webhook", "callback_url", "callback_id", "webhookUrl"), "is `callback`"),
    "metadata": "is `callbackPayload`",
    **dict.fromkeys(("template_id", "templateId"), "a saved job is `templateJobId`"),
}

_OF_ANSWERS = frozenset((
    "status", "progress", "maximumProgress", "videoId", "jobId", "publicUrl", "thumbnailUrl", "download_url",
    "downloadUrl", "video_url", "videoUrl", "shareUrl", "creationDate", "createdAt", "isAPIGenerated", "sharded",
    "userId", "folderId", "videoDurationSeconds", "videoSizeBytes",
))  # fmt: skip
_OF_A_JOB = ("settings", "scenes", "videoCreative", "templateJobId")


def other_request(scope: Scope) -> bool:
    """Whether this is the body of one of the service's other requests; then a finding says of which."""
    entries = scope.node.entries
    if any(name in entries for name in _OF_A_JOB):
        return False
    for name, makes, method, help in _OTHER_REQUESTS:
        if name in entries:
            scope.log.add(mistakes.another_request(scope.place(entries[name][0].span), makes, method, help))
            return True
    return False


_OTHER_REQUESTS = (
    (
        "sourceFileUrl",
        "an avatar",
        "POST /assets/actors",
        "send it there; the `name` that comes back is a track's `actor`",
    ),
    (
        "summary",
        "a draft",
        "POST /knowledge-to-draft/generate-draft",
        "send it there; the draft opens in the editor. A spec has `settings` and `scenes`",
    ),
)


def others(scope: Scope, around: Scope | None = None) -> set[str]:
    """The keys of another vendor's request, where no scenes are; one finding speaks of all of them.

    `around`: the mapping that holds this one, whose keys may belong to it as well.
    """
    entries = scope.node.entries
    if "scenes" in entries:
        return set()
    places = [scope] if around is None else [scope, around]
    telling = [(at, name) for at in places for name in at.node.entries if name in _BELONGS_TO_OTHERS]
    if not telling:
        return set()
    first, anchor = telling[0]
    beside = [
        (at, name)
        for at in places
        for name in at.node.entries
        if name in _STANDS_BESIDE and (around is None or name != "config")
    ]
    labels = tuple(_label(at, name) for at, name in [*telling[1:], *beside])[:8]
    names = tuple(name for _, name in telling)
    body = {name: node for at in reversed(places) for name, (_, node) in at.node.entries.items()}
    from .pasted import as_job, vendor

    at, help = first.place(first.node.key(anchor)), f"write `{as_job(body)}`"
    scope.fail("scenes", mistakes.another_vendors_body(at, names, vendor(body), labels, help))
    return {name for _, name in [*telling, *beside]}


def pasted_scene(scope: Scope) -> bool:
    """Whether a scene without tracks has the avatar, script or voice of another vendor, which is reported."""
    entries = scope.node.entries
    telling = [name for name in entries if _BELONGS_TO_OTHERS.get(name) in (_ACTOR, _TEXT, _VOICE)]
    if all(name in ("actor", "text", "speakerId") for name in telling):
        return False
    from .pasted import FULL_HD, as_tracks, vendor

    body = {name: node for name, (_, node) in entries.items()}
    beside = [name for name in entries if name in ("background", "background_url")]
    labels = tuple(_label(scope, name) for name in [*telling[1:], *beside])[:8]
    width, height = scope.extents
    video = (width, height) if width and height else FULL_HD
    at, help = scope.place(scope.node.key(telling[0])), f"write `{as_tracks(body, video)}`"
    scope.log.add(mistakes.another_vendors_body(at, tuple(telling), vendor(body), labels, help, scene=True))
    return True


def _label(at: Scope, name: str) -> Label:
    return Label(at.node.key(name), (_BELONGS_TO_OTHERS | _STANDS_BESIDE)[name])


def answers(scope: Scope) -> set[str]:
    """The keys of the service's answers at the top; one finding speaks of all of them."""
    entries = scope.node.entries
    names = [name for name in entries if name in _OF_ANSWERS]
    if not names:
        return set()
    names += ["id"] if "id" in entries else []
    labels = tuple(Label(scope.node.key(name), "this too") for name in names[1:8])
    done = _value(entries, "status") in ("done", "completed", "complete", "success")
    file = any(name in entries for name in ("download_url", "downloadUrl", "video_url"))
    help = "remove it" if len(names) == 1 else "remove them"
    if file:
        help += "; the file's address is the `publicUrl` of the generated video"
    elif done:
        help += "; a job's end is called `finished`, `failed` or `deleted`"
    at = scope.place(scope.node.key(names[0]))
    scope.log.add(mistakes.answer_property(at, tuple(names), labels, help, scope.literal))
    return set(names)


def _value(entries: dict[str, tuple[Scalar, Node]], name: str) -> object:
    node = entries[name][1] if name in entries else None
    return node.value if isinstance(node, Scalar) else None
