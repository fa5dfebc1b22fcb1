"""client: the service's ten requests. Names E1 to E10 are those of its facts; every body is JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

from . import answers
from .answers import ID, Actor, GeneratedVideo, JobStatus, Ticket, Voice
from .errors import BadService, Doubtful, Unreadable
from .sending import GET_PATIENCE_S, Answer, Wire
from .service import Service
from .time import Clock

T = TypeVar("T")


class Client:
    """One service. Use it in a `with`, or `close` it. Its exceptions are those of `errors`.

    `patience_s`: how long what costs nothing is asked for again. `tell` hears a line when something is tried again.
    """

    def __init__(
        self,
        service: Service,
        *,
        clock: Clock | None = None,
        transport: Any = None,
        patience_s: float = GET_PATIENCE_S,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.service = service
        self.clock = clock or Clock()
        self.wire = Wire(service, self.clock, transport, patience_s, tell)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.wire.close()

    def create_job(self, body: bytes, *, template: bool = False, ready: Callable[[], None] = lambda: None) -> Ticket:
        """E1, or E2 for a template: the job is accepted, and will be paid for. The bytes are sent as they are.

        `NotSent` and `Throttled`: nothing was accepted. `Rejected`: nothing, and the same will not be. `Doubtful`:
        not known; only a person may send it again. `ready` is called just before each attempt and may raise.
        """
        where = "video-generation-jobs/template-jobs" if template else "video-generation-jobs"
        return self._bought(self.wire.post(f"{self.service.url}/{where}", body, ready), answers.ticket)

    def job(self, job_id: str, patience_s: float | None = None) -> JobStatus:
        """E3: where a job stands. It takes the job's id, not the video's. `patience_s`: at most the client's own."""
        return answers.job_status(self.wire.get(self._at("video-generation-jobs", job_id), patience_s).data())

    def delete_job(self, job_id: str) -> None:
        """E4: stop and delete a job."""
        self.wire.delete(self._at("video-generation-jobs", job_id))

    def video(self, video_id: str) -> GeneratedVideo:
        """E5: a finished video and its temporary address. It takes the video's id, not the job's."""
        return answers.generated_video(self.wire.get(self._at("generated-videos", video_id)).data())

    def delete_video(self, video_id: str) -> None:
        """E6."""
        self.wire.delete(self._at("generated-videos", video_id))

    def actors(self) -> list[Actor]:
        """E7."""
        return answers.actors(self.wire.get(f"{self.service.url}/assets/actors").data())

    def create_avatar(self, display_name: str, source_url: str, gender: str) -> str:
        """E8: a new actor's name, from an image or a video at an address. `gender`: `Male` or `Female`."""
        body = {"displayName": display_name, "sourceFileUrl": source_url, "gender": gender}
        answer = self.wire.post(f"{self.service.url}/assets/actors", json.dumps(body).encode())
        return self._bought(answer, answers.avatar_name)

    def voices(self) -> list[Voice]:
        """E9."""
        return answers.voices(self.wire.get(f"{self.service.url}/assets/voices").data())

    def generate_draft(self, summary: dict[str, Any], template_id: str | None = None) -> str:
        """E10, experimental: the address of a draft made of `{title, description, chapters: [{title, script,
        searchTerms}]}`. Without a template the service takes one at random."""
        body = {"summary": summary} | ({"templateId": template_id} if template_id else {})
        url = f"{self.service.experimental}/knowledge-to-draft/generate-draft"
        return self._bought(self.wire.post(url, json.dumps(body).encode()), answers.draft_url)

    def _bought(self, answer: Answer, read: Callable[[Any], T]) -> T:
        """What was accepted; an answer that says nothing of it leaves a doubt."""
        try:
            return read(answer.data())
        except Unreadable as error:
            raise Doubtful(f"the service answered {answer.status}, and it cannot be read: {error}") from None

    def _at(self, what: str, id: str) -> str:
        return f"{self.service.url}/{what}/{checked_id(id)}"


def checked_id(id: str) -> str:
    """An id that can stand in an address and goes nowhere else than where it is put."""
    if not ID.fullmatch(id):
        raise BadService(f"`{id[:60]}` is no id of a job or a video")
    return id
