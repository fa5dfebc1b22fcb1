"""adopting: taking on a job that a person found, after asking the service whether it can be that one."""

from __future__ import annotations

from vidc.colossyan.client import Client, checked_id
from vidc.colossyan.errors import Absent

from .errors import Refused
from .intent import Intent
from .ledger import Ledger
from .undoing import check_service


def adopt(ledger: Ledger, client: Client, row: Intent, job_id: str, video_id: str) -> None:
    """`Refused` where the service knows no such job, or says another video for it: the two ids are easily swapped."""
    check_service(row, client)
    checked_id(video_id)
    try:
        status = client.job(job_id)
    except Absent:
        raise Refused(f"the service knows no job {job_id}; is it the video's id? The job's comes first") from None
    if status.video_id and status.video_id != video_id:
        raise Refused(f"the service says that job {job_id} makes video {status.video_id}, not {video_id}")
    ledger.adopt(row.key, job_id, video_id)
