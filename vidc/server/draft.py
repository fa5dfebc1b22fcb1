"""draft: an outline -> a spec: a title, then a scene for each chapter, in which a presenter speaks its script."""

from __future__ import annotations

from json import dumps
from typing import Any

from vidc.adopt import adopt
from vidc.source import Source

from .answers import Refused, mistake, read_object

ACTOR, VOICE = "karen", "aquXcfLbkxpW4BBI5qKm"


def read_outline(text: str) -> dict[str, Any]:
    """The outline of a body; `Refused` with 400 and all that is wrong."""
    body = read_object(text)
    summary = body.get("summary")
    errors = [] if isinstance(body.get("templateId"), str | None) else [mistake("templateId", "`templateId` is text")]
    if isinstance(summary, dict):
        errors += _untold(summary, "summary", ("title",), ("description",)) + _chapters(summary.get("chapters"))
    else:
        errors.append(mistake("summary", "`summary` is needed: its `title`, `description` and `chapters`"))
    if errors:
        raise Refused(400, errors[0]["message"], errors)
    assert isinstance(summary, dict)
    return summary


def _untold(part: dict[str, Any], path: str, needed: tuple[str, ...], free: tuple[str, ...]) -> list[dict[str, str]]:
    """What of these is not text, or not there though it is needed."""
    empty = [key for key in needed if not isinstance(part.get(key), str) or not part[key].strip()]
    strange = [key for key in free if not isinstance(part.get(key, ""), str)]
    return [mistake(f"{path}.{key}", f"`{key}` is needed, as text") for key in empty] + [
        mistake(f"{path}.{key}", f"`{key}` is text") for key in strange
    ]


def _chapters(chapters: object) -> list[dict[str, str]]:
    if not isinstance(chapters, list) or not chapters:
        return [mistake("summary.chapters", "`chapters` is a list of at least one chapter")]
    errors = []
    for index, chapter in enumerate(chapters):
        path = f"summary.chapters[{index}]"
        if isinstance(chapter, dict):
            errors += _untold(chapter, path, ("title", "script"), ("searchTerms",))
        else:
            errors.append(mistake(path, "a chapter has a `title` and a `script`"))
    return errors


def draft(summary: dict[str, Any]) -> str:
    """The text of a spec in vidc's form; `Refused` with 400 where the outline's texts make none."""
    settings = {"name": summary["title"], "videoSize": {"width": 1920, "height": 1080}}
    scenes = [_opening(summary["title"]), *map(_scene, summary["chapters"])]
    job = {"videoCreative": {"settings": settings, "scenes": scenes}}
    made = adopt(Source("draft", dumps(job)))
    if not made.text:
        said = [finding.words.message for finding in made.findings if finding.severity == "error"]
        errors = [mistake("summary", message) for message in said]
        raise Refused(400, said[0] if said else "no spec can hold these texts", errors)
    return made.text


def _opening(title: str) -> dict[str, Any]:
    return {"name": "Title", "duration": 4000, "tracks": [_text(title, 192, 432, 1536, 216)]}


def _scene(chapter: dict[str, Any]) -> dict[str, Any]:
    speech = {"type": "actor", "referenceId": "speech", "actor": ACTOR, "speakerId": VOICE, "text": chapter["script"]}
    speech |= {"position": {"x": 420, "y": 0}, "size": {"width": 1080, "height": 1080}}
    return {
        "name": chapter["title"],
        "intrinsicDurationTrackReference": "speech",
        "tracks": [speech, _text(chapter["title"], 96, 886, 1728, 130)],
    }


def _text(text: str, x: int, y: int, width: int, height: int) -> dict[str, Any]:
    return {"type": "text", "text": text, "position": {"x": x, "y": y}, "size": {"width": width, "height": height}}
