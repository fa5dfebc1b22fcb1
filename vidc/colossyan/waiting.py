"""waiting: following jobs until they end, however long that takes, without asking more often than is of use."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .answers import JobStatus
from .client import Client
from .errors import Absent, Barred, ServiceError, Unreachable

FIRST_S, MOST_S = 5.0, 300.0
"""The vendor's own loop asks every 5 seconds. A job is asked for after a twentieth of its age, within these bounds."""

PATIENCE_S = 30.0
"""How long one job is asked for before the others have their turn."""

ABSENT_S = (2.0, 6.0)
"""Seconds after which a job that is not there is asked for again: one that was just accepted may not be known in all of
the service yet, and one that is taken for deleted may be made, and paid for, anew."""


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
    missing: dict[str, int] = {}
    while waiting:
        due, number, job_id = heapq.heappop(waiting)
        if due > began + deadline_s:
            return
        if due > clock.now():
            clock.sleep(due - clock.now())
        news = _heard(client, job_id)
        missed = missing.pop(job_id, 0)
        if news.absent and missed < len(ABSENT_S):
            missing[job_id] = missed + 1
            heapq.heappush(waiting, (clock.now() + ABSENT_S[missed], number, job_id))
            continue
        yield news
        if not news.ended:
            wait = pause(clock.now() - began) * (0.9 + 0.2 * clock.chance())
            heapq.heappush(waiting, (clock.now() + wait, number, job_id))


def pause(age_s: float) -> float:
    """Seconds until a job of this age is asked for again."""
    return min(MOST_S, max(FIRST_S, age_s / 20))


def heard(client: Client, job_id: str) -> News:
    """What there is to hear of a job now. `Barred` is raised."""
    return next(heard_of_each(client, [job_id]))


def heard_of_each(client: Client, jobs: Iterable[str]) -> Iterator[News]:
    """The same of several, those that are not there last."""
    left = list(jobs)
    for wait in (*ABSENT_S, None):
        absent = []
        for job_id in left:
            news = _heard(client, job_id)
            if news.absent and wait is not None:
                absent.append(job_id)
            else:
                yield news
        left = absent
        if left and wait is not None:
            client.clock.sleep(wait)


def _heard(client: Client, job_id: str) -> News:
    try:
        return News(job_id, client.job(job_id, PATIENCE_S))
    except Absent:
        return News(job_id, None, "the service knows no such job", absent=True)
    except Barred:
        raise
    except ServiceError as error:
        return News(job_id, None, str(error), silent=isinstance(error, Unreachable))
