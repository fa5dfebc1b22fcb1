"""waiting: following jobs until they end, however long that takes, without asking more often than is of use."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .answers import JobStatus
from .client import Client
from .errors import Absent, Unreachable, Unreadable

FIRST_S, MOST_S = 5.0, 300.0
"""The vendor's own loop asks every 5 seconds. A job is asked for after a twentieth of its age, within these bounds."""

PATIENCE_S = 30.0
"""How long one job is asked for before the others have their turn."""


@dataclass(frozen=True, slots=True)
class News:
    """What was last heard of a job: its status; or None and in `trouble` why nothing was heard. `absent`: the service
    has no such job. `silent`: it did not answer, and would not for another job either."""

    job_id: str
    status: JobStatus | None
    trouble: str = ""
    absent: bool = False
    silent: bool = False

    @property
    def ended(self) -> bool:
        return self.absent or (self.status is not None and self.status.ended)


def follow(client: Client, jobs: Iterable[str], *, deadline_s: float) -> Iterator[News]:
    """Each answer about each job, until all have ended or the deadline is over; then it just stops.

    `finished`, `failed` and `deleted` end a job, and so does a 404. A status that is not documented does not: the
    deadline bounds it. Trouble on the way is news too, and the job is asked for again. `Barred` is raised.
    """
    clock = client.clock
    began = clock.now()
    waiting = [(began, number, job_id) for number, job_id in enumerate(dict.fromkeys(jobs))]
    heapq.heapify(waiting)
    while waiting:
        due, number, job_id = heapq.heappop(waiting)
        if due > began + deadline_s:
            return
        if due > clock.now():
            clock.sleep(due - clock.now())
        news = heard(client, job_id)
        yield news
        if not news.ended:
            wait = pause(clock.now() - began) * (0.9 + 0.2 * clock.chance())
            heapq.heappush(waiting, (clock.now() + wait, number, job_id))


def pause(age_s: float) -> float:
    """Seconds until a job of this age is asked for again."""
    return min(MOST_S, max(FIRST_S, age_s / 20))


def heard(client: Client, job_id: str) -> News:
    """What there is to hear of a job now. `Barred` is raised."""
    try:
        return News(job_id, client.job(job_id, PATIENCE_S))
    except Absent:
        return News(job_id, None, "the service knows no such job", absent=True)
    except Unreachable as error:
        return News(job_id, None, str(error), silent=True)
    except Unreadable as error:
        return News(job_id, None, str(error))
