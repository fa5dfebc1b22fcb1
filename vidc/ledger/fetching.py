"""fetching: where the video of an intent is, and what its file is called."""

from __future__ import annotations

import os

from vidc.colossyan.client import Client
from vidc.colossyan.errors import Absent

from .advice import advice
from .errors import Refused
from .intent import Intent
from .ledger import Ledger
from .undoing import check_service


def address_of(row: Intent, client: Client) -> tuple[str, int | None]:
    """The temporary address of a finished video and its size in bytes; None where nobody said that."""
    if row.state != "finished":
        raise Refused(f"{row.key} is {row.state}, and has no video: {advice(row.state, row.key, row.spec)}")
    if not row.video_id:
        if not row.url:
            raise Refused(f"nobody said where the video of {row.key} is: look into the workspace")
        return row.url, None
    check_service(row, client)
    try:
        video = client.video(row.video_id)
    except Absent:
        again = advice("deleted", row.key, row.spec)
        raise Refused(f"the service has no video {row.video_id} any more: {again}") from None
    if not video.url:
        raise Refused(f"the service says no address for video {row.video_id}")
    return video.url, video.size


def free_name(row: Intent, size: int | None, ledger: Ledger) -> str:
    """The file's name; `Refused` where another video has it: one of another size, or of another spec of that name."""
    path = file_name(row)
    if not os.path.lexists(path):
        return path
    others = [each.spec for each in ledger.intents() if each.spec != row.spec and file_name(each) == path]
    if others or size is None or not os.path.isfile(path) or os.path.getsize(path) != size:
        of = f" of {others[0]}" if others else ""
        raise Refused(f"{path} is there already and may be another video{of}: -o FILE says where to write {row.spec}")
    return path


def file_name(row: Intent) -> str:
    """`welcome.mp4` for `videos/welcome.vidc.yaml`, in the folder you are in."""
    name = os.path.basename(row.spec)
    for ending in (".yaml", ".yml", ".json", ".vidc"):
        name = name.removesuffix(ending)
    return (name.strip("<>") or row.key) + ".mp4"
