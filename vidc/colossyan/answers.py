"""answers: what the service says, as records. Fields are the service's; `Unreadable` where one is not as documented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from vidc.clock import MAX_MS

from .errors import Unreadable

ENDED = frozenset(("finished", "failed", "deleted"))
"""The vendor's own loop never ends on `deleted`; it is an end all the same."""


ID = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,199}")
"""What can stand in an address and goes nowhere else than where it is put."""

MOST = 2**53
"""Limit: a number from here on is nobody's length or size."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a job was accepted as. `video_id` is empty where the answer had none that can be asked for; the job's status
    then tells it."""

    job_id: str
    video_id: str


@dataclass(frozen=True, slots=True)
class JobStatus:
    """`progress` of `maximum`, in units that the service does not name; 0 of 0 where it says nothing."""

    status: str
    video_id: str
    progress: float
    maximum: float

    @property
    def ended(self) -> bool:
        return self.status in ENDED


@dataclass(frozen=True, slots=True)
class GeneratedVideo:
    """`url` is temporary. `size` in bytes, `ms` in milliseconds; None where the service did not say."""

    id: str
    job_id: str
    url: str
    name: str
    created: str
    size: int | None
    ms: int | None


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is what a track's `actor` takes; `variants`: those that its first view supports."""

    name: str
    display_name: str
    type: str
    gender: str
    default_voice: str
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """`name` is what a track's `speakerId` takes."""

    name: str
    display_name: str
    languages: tuple[str, ...]
    genders: tuple[str, ...]
    style: str
    cloned: bool


def ticket(found: Any) -> Ticket:
    fields = _mapping(found, "the answer to a job")
    job_id = _id(fields, "id", "the answer to a job")
    if not ID.fullmatch(job_id):
        raise Unreadable(f"the answer to a job has the `id` {job_id[:200]!a}, which nothing can be asked for by")
    return Ticket(job_id, _asked_by(fields, "videoId"))


def job_status(found: Any) -> JobStatus:
    fields = _mapping(found, "a job's status")
    status = _text(fields, "status")
    if not status:
        raise Unreadable("a job's status has no `status`")
    return JobStatus(
        status, _asked_by(fields, "videoId"), _number(fields, "progress") or 0, _number(fields, "maximumProgress") or 0
    )


def generated_video(found: Any) -> GeneratedVideo:
    fields = _mapping(found, "a video")
    size, seconds = _number(fields, "videoSizeBytes"), _number(fields, "videoDurationSeconds")
    return GeneratedVideo(
        _id(fields, "id", "a video"),
        _text(fields, "jobId"),
        _text(fields, "publicUrl"),
        _text(fields, "name"),
        _text(fields, "createdAt"),
        None if size is None else int(size),
        None if seconds is None or seconds > MAX_MS / 1000 else round(seconds * 1000),
    )


def actors(found: Any) -> list[Actor]:
    return [_actor(_mapping(item, "an actor")) for item in _list(found, "the list of actors")]


def _actor(fields: dict[str, Any]) -> Actor:
    views = fields.get("views")
    view = views[0] if isinstance(views, list) and views and isinstance(views[0], dict) else {}
    return Actor(
        _id(fields, "name", "an actor"),
        _text(fields, "display_name"),
        _text(fields, "type"),
        _text(fields, "gender"),
        _text(fields, "default_voice"),
        _texts(view, "supportedActorTrackVariants"),
    )


def voices(found: Any) -> list[Voice]:
    return [_voice(_mapping(item, "a voice")) for item in _list(found, "the list of voices")]


def _voice(fields: dict[str, Any]) -> Voice:
    return Voice(
        _id(fields, "name", "a voice"),
        _text(fields, "displayName"),
        _texts(fields, "languages"),
        _texts(fields, "genders"),
        _text(fields, "style"),
        fields.get("isClonedVoice") is True,
    )


def avatar_name(found: Any) -> str:
    return _id(_mapping(found, "the answer to a new avatar"), "name", "the answer to a new avatar")


def draft_url(found: Any) -> str:
    return _id(_mapping(found, "the answer to a draft"), "url", "the answer to a draft")


def _mapping(found: Any, what: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise Unreadable(f"{what} is no JSON object")
    return found


def _list(found: Any, what: str) -> list[Any]:
    if not isinstance(found, list):
        raise Unreadable(f"{what} is no JSON list")
    return found


def _id(fields: dict[str, Any], name: str, what: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Unreadable(f"{what} has no `{name}`")
    return value


def _asked_by(fields: dict[str, Any], name: str) -> str:
    """An id by which the service can be asked; empty where there is none."""
    value = _text(fields, name)
    return value if ID.fullmatch(value) else ""


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _texts(fields: dict[str, Any], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _number(fields: dict[str, Any], name: str) -> float | None:
    """A number from 0 up; None for anything else, and for what is too large to mean anything."""
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 <= value < MOST else None
