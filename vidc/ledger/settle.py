"""settle: notes what became of submitted jobs, and puts what was learned into the lock."""

from __future__ import annotations

import os

from vidc import lock as locks
from vidc.colossyan.answers import GeneratedVideo
from vidc.colossyan.client import Client
from vidc.colossyan.errors import Absent, Barred, ServiceError
from vidc.colossyan.waiting import News

from .intent import Intent
from .learn import speech
from .ledger import Ledger
from .place import FOLDER, folder


def settle(ledger: Ledger, client: Client, intent: Intent, news: News) -> str:
    """Note an end that was heard of; the intent's state now. A job that is not at its end changes nothing."""
    if news.absent:
        ledger.ended(intent.key, "deleted", why=news.trouble)
    elif news.status is not None and news.status.ended:
        status = news.status
        if status.status == "finished":
            video = found_video(client, status.video_id or intent.video_id)
            ledger.ended(
                intent.key,
                "finished",
                video_id=status.video_id,
                ms=None if video is None else video.ms,
                size=None if video is None else video.size,
            )
        else:
            why = "the service says that it failed" if status.status == "failed" else "it was deleted at the service"
            ledger.ended(intent.key, status.status, video_id=status.video_id, why=why)
    return ledger.row(intent.key).state


def tried_to_settle(ledger: Ledger, client: Client, intent: Intent, news: News) -> str:
    """Settle, and say what kept the service from being understood; empty where nothing did. `Barred` is raised. An end
    that could not be noted is heard of again."""
    try:
        settle(ledger, client, intent, news)
    except Barred:
        raise
    except ServiceError as error:
        return str(error)
    return "" if news.absent else news.trouble


def found_video(client: Client, video_id: str) -> GeneratedVideo | None:
    """The video, or None where the service has none of that id."""
    try:
        return client.video(video_id) if video_id else None
    except Absent:
        return None


def remember(ledger: Ledger, path: str, service: str) -> None:
    """Put into the lock what the ledger knows of finished jobs and the lock does not: a process may have ended between
    the two."""
    lock = locks.read(path)
    entries: list[locks.Entry] = []
    for intent in ledger.intents():
        known = lock.videos.get(intent.fingerprint)
        if intent.state != "finished" or not intent.job_id or intent.service != service:
            continue
        if known is None or (known.job_id != intent.job_id and known.made < intent.changed):
            entries += learned(intent)
    if entries:
        place, name = os.path.split(os.path.dirname(path))
        if name == FOLDER:
            folder(place)
        locks.learn(path, *entries)


def learned(intent: Intent) -> list[locks.Entry]:
    """What a finished intent says: its video, and how long its speaker took."""
    video = locks.Video(
        intent.fingerprint, intent.changed, intent.job_id, intent.video_id, intent.ms or 0, intent.size or 0
    )
    said = speech(intent.measures, intent.ms, intent.changed) if intent.ms else None
    return [video] if said is None else [video, said]
