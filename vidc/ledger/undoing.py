"""undoing: deleting jobs and videos, by the ids that the ledger knows: none is guessed."""

from __future__ import annotations

import contextlib

from vidc import lock as locks
from vidc.colossyan.client import Client
from vidc.colossyan.errors import Absent
from vidc.colossyan.waiting import heard

from .errors import Refused
from .intent import Intent
from .ledger import Ledger
from .settle import remember, settle


def check_service(row: Intent, client: Client) -> None:
    """`Refused` where a row's job is another service's: the same id may mean something else there."""
    if row.service != client.service.url:
        raise Refused(f"{row.key} was sent to {row.service}, and this is {client.service.url}")


def check_cancel(row: Intent, client: Client) -> None:
    """`Refused` where there is no job of an intent that could be stopped."""
    check_service(row, client)
    if row.state != "submitted":
        others = {"unknown": ": `vidc resolve` comes first", "finished": ": `vidc delete` deletes its video"}
        said = f"{row.key} is {row.state}; only what is submitted or planned can be cancelled"
        raise Refused(said + others.get(row.state, ""))


def looked_at(ledger: Ledger, client: Client, row: Intent, lock_path: str) -> Intent:
    """An intent as it is now: what is finished by now would be lost where it is cancelled."""
    if row.state == "submitted" and row.service == client.service.url:
        settle(ledger, client, row, heard(client, row.job_id))
        remember(ledger, lock_path, row.service)
    return ledger.row(row.key)


def cancel(ledger: Ledger, client: Client, row: Intent) -> None:
    """Stop a submitted job and delete it at the service."""
    check_cancel(row, client)
    with contextlib.suppress(Absent):
        client.delete_job(row.job_id)
    ledger.ended(row.key, "deleted", why="cancelled")


def check_delete(row: Intent, client: Client) -> None:
    """`Refused` where an intent has no video that could be deleted."""
    check_service(row, client)
    if row.state != "finished" or not row.video_id:
        raise Refused(f"{row.key} is {row.state} and has no video that could be deleted")


def delete_video(ledger: Ledger, client: Client, row: Intent, lock_path: str) -> None:
    """Delete a finished video at the service, and take it out of the lock."""
    check_delete(row, client)
    with contextlib.suppress(Absent):
        client.delete_video(row.video_id)
    ledger.ended(row.key, "deleted", why="its video was deleted")
    locks.forget_video(lock_path, row.fingerprint)
