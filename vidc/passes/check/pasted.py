"""pasted: what was written for another vendor, as the least job that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from vidc.ir import tree
from vidc.ir.tree import Node, Scalar, Sequence
from vidc.problems.wording import as_yaml

MOST = 3
"""So many scenes are shown."""
LONGEST = 200
"""So many characters of all their scripts are shown."""
PARTS = 50
"""Limit: so many keys of a mapping are looked at."""

_LISTS = ("video_inputs", "input", "slides", "clips")
_NAMES = {
    "actor": ("actor", "actor_id", "actorId", "avatar", "avatar_id", "avatarId", "presenter_id", "talking_photo_id"),
    "text": ("text", "script", "scriptText", "script_text", "input_text", "inputText"),
    "speakerId": ("speakerId", "speaker_id", "voice", "voice_id", "voiceId"),
}
_STANDS_IN = {"actor": "karen", "text": "Hello.", "speakerId": "aquXcfLbkxpW4BBI5qKm"}
FULL_HD = (1920, 1080)

Body = Mapping[str, Node]


def vendor(body: Body) -> str:
    """Whose request or scene has such keys, where one of them tells."""
    if any(name in body for name in ("video_inputs", "talking_photo_id", "character", "input_text")):
        return "HeyGen"
    if "source_url" in body or "presenter_id" in body or isinstance(body.get("script"), tree.Mapping):
        return "D-ID"
    if "scriptText" in body or isinstance(body.get("input"), Sequence):
        return "Synthesia"
    return "Tavus" if "replica_id" in body else ""


def as_job(body: Body) -> str:
    """The settings and scenes of a whole request, with what can be found of the author's own in it."""
    shots = [body]
    for name in _LISTS:
        found = body.get(name)
        items = found.items if isinstance(found, Sequence) else []
        inner = [_entries(item) for item in islice(items, PARTS) if isinstance(item, tree.Mapping)]
        shots = inner or shots
    video = _video(body)
    scenes = [f"{{{as_tracks(shot, video, LONGEST // min(len(shots), MOST))}}}" for shot in shots[:MOST]]
    more = ", ..." if len(shots) > MOST else ""
    settings = "" if "settings" in body else f"{_settings(body, video)}, "
    return f"{settings}scenes: [{', '.join(scenes)}{more}]"


def as_tracks(body: Body, video: tuple[int, int], longest: int = LONGEST) -> str:
    """The tracks of one scene: the actor who says it, as large as the video, of this width and height, has room for."""
    texts = _texts(body)
    said = {
        field: next((texts[name] for name in names if texts.get(name)), _STANDS_IN[field])
        for field, names in _NAMES.items()
    }
    actor, text, voice = (_briefly(said[field], longest) for field in ("actor", "text", "speakerId"))
    side = min(video)
    place = f"position: {{x: {(video[0] - side) // 2}, y: {video[1] - side}}}, size: {{width: {side}, height: {side}}}"
    return f"tracks: [{{type: actor, actor: {actor}, speakerId: {voice}, text: {text}, {place}}}]"


def _entries(node: tree.Mapping) -> Body:
    return {name: value for name, (_, value) in node.entries.items()}


def _texts(body: Body, depth: int = 0) -> dict[str, str]:
    """Every text by its key, also of the mappings in it: `voice: {voice_id: a}` has a `voice_id`, `voice: {id: a}` a
    `voice`."""
    found: dict[str, str] = {}
    deeper: dict[str, str] = {}
    for name, node in islice(body.items(), PARTS):
        if isinstance(node, Scalar) and isinstance(node.value, str):
            found[name] = node.value.strip()
        elif isinstance(node, tree.Mapping) and depth < 2:
            inner = _texts(_entries(node), depth + 1)
            told = next((inner[part] for part in ("name", "id", "input") if part in inner), "")
            deeper = {name: told} | inner | deeper
    return deeper | found


def _video(body: Body) -> tuple[int, int]:
    """The video's width and height, where a request has them."""
    size = body.get("dimension")
    sides = _entries(size) if isinstance(size, tree.Mapping) else {}
    pixels = [side.value for side in map(sides.get, ("width", "height")) if isinstance(side, Scalar)]
    width, height = (pixel if isinstance(pixel, int) and 100 <= pixel <= 10_000 else 0 for pixel in (*pixels, 0, 0)[:2])
    return (width, height) if width and height else FULL_HD


def _settings(body: Body, video: tuple[int, int]) -> str:
    """The settings, with the video's name where a request has one."""
    texts = _texts(body)
    name = next((texts[key] for key in ("title", "video_name") if texts.get(key)), "Demo")
    return f"settings: {{name: {_briefly(name, 40)}, videoSize: {{width: {video[0]}, height: {video[1]}}}}}"


def _briefly(text: str, longest: int) -> str:
    """A text as it stands in YAML's braces, cut where it is long."""
    text = " ".join(text[: 2 * longest].split())
    return as_yaml(text if len(text) <= longest else text[: longest - 3] + "...")
