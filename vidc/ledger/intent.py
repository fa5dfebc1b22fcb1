"""intent: one job that is to be made, is being made or was made, as the ledger keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from vidc.clock import INF, Length


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan asks the ledger for.

    `body`: what is sent, as text, without `callbackPayload.vidc`. `length`: what is expected to be paid for.
    `measures`: JSON of what the finished length says about the speaker (`learn`); empty where it says nothing.
    """

    fingerprint: str
    spec: str
    name: str
    kind: str
    service: str
    body: str
    length: Length
    measures: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Intent:
    """A row. `state` is one of `states.STATES`; texts are empty and numbers None where nothing is known yet.

    `lease`: seconds since 1970 after which a claim that said nothing is lost. `ms`, `size`: of the finished video, as
    the service said. `url`: where a callback said the video is."""

    key: str
    fingerprint: str
    live: int
    state: str
    spec: str
    name: str
    kind: str
    service: str
    body: str
    low: int
    expected: int
    high: int | None
    basis: str
    measures: str
    claim: str
    owner: str
    lease: int
    job_id: str
    video_id: str
    url: str
    ms: int | None
    size: int | None
    reason: str
    created: str
    changed: str

    @property
    def length(self) -> Length:
        return Length(self.low, self.expected, INF if self.high is None else self.high, self.basis)


COLUMNS = ", ".join(field.name for field in fields(Intent))


def intent_of(row: Sequence[Any]) -> Intent:
    return Intent(*row)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: what happened to an intent, when (UTC, ISO 8601), and what it became."""

    number: int
    key: str
    moment: str
    event: str
    was: str
    became: str
    detail: str
