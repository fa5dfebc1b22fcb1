"""plan: what would be sent, what it would cost, and why. A plan is data: making one changes nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from vidc.clock import INF, Length
from vidc.colossyan.client import Client
from vidc.compile import Compiled, compile, sealed
from vidc.given import read_values
from vidc.ir.facts import Facts
from vidc.ir.job import Job
from vidc.lock import Lock, Video
from vidc.project import load, reader
from vidc.source import Source

from .errors import Refused
from .intent import Intent, Wanted
from .learn import measures
from .ledger import Ledger
from .settle import found_video
from .states import REPEATABLE

Action: TypeAlias = Literal["create", "copy", "reuse", "in flight", "unknown", "failed", "deleted"]
"""`create` sends the job. `copy`: another spec of the plan has the same job. `copy`, `reuse` and `in flight` cost
nothing. The last three wait for a person."""

_NOTHING_KNOWN = (
    "no ledger here and no video in the lock: what was sent from elsewhere counts as new, which may be too much. "
    "Commit vidc.lock, or set VIDC_LEDGER"
)

BLOCKED = frozenset(("unknown", "failed", "deleted"))


@dataclass(frozen=True, slots=True)
class Options:
    """How the specs are compiled and what a person allows. `given`: values of variables, as plain data."""

    given: dict[str, Any]
    root: str | None = None
    explicit: bool = False
    strict: bool = False
    allowances: bool = True
    accept_cuts: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """One spec's job. `sha256`: of its text, as `vidc compile` writes it. `key`: of the intent that stands for it.
    `length`: of the video; 0 for a copy."""

    spec: str
    name: str
    action: Action
    why: str
    fingerprint: str
    kind: str
    sha256: str
    length: Length
    body: dict[str, Any]
    measures: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """`created`: UTC, ISO 8601. `nonce` tells two plans of the same jobs apart. `notes`: what a person should know who
    relies on it. `ledger`: the id of the one that was asked what was sent; empty where there was none."""

    created: str
    nonce: str
    service: str
    options: Options
    jobs: list[PlannedJob]
    notes: list[str] = field(default_factory=list)
    ledger: str = ""

    @property
    def creates(self) -> list[PlannedJob]:
        """The jobs that are sent."""
        return [job for job in self.jobs if job.action == "create"]

    @property
    def blocked(self) -> list[PlannedJob]:
        return [job for job in self.jobs if job.action in BLOCKED]


def total(jobs: Iterable[PlannedJob]) -> Length:
    """What these jobs cost together."""
    lengths = [job.length for job in jobs]
    return Length(
        sum(length.low for length in lengths),
        sum(length.expected for length in lengths),
        sum(length.high for length in lengths),
        "estimated",
    )


def compiled(source: Source, options: Options, facts: Facts) -> Compiled:
    """The spec as it is sent: held against the job's schema."""
    from vidc.diag.as_json import dumped

    given, _ = read_values([], [Source("values", dumped(options.given))] if options.given else [])
    return sealed(
        compile(
            source,
            given=given,
            read=reader(options.root),
            facts=facts,
            explicit=options.explicit,
            strict=options.strict,
            allowances=options.allowances,
        )
    )


def recompiled(plan: Plan, facts: Facts) -> list[Compiled]:
    """The plan's specs as they are now, in its order."""
    return [compiled(load(job.spec, plan.options.root), plan.options, facts) for job in plan.jobs]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of jobs before a plan: the lock, the ledger where there is one, and the service where it can be
    asked. `service`: its address."""

    lock: Lock
    ledger: Ledger | None
    client: Client | None
    service: str


def plan_of(made: Sequence[Compiled], options: Options, known: Known, created: str) -> Plan:
    """What would be sent for specs that all have a job. `Refused` for content that is cut, unless that is accepted."""
    check_cuts(made, options)
    jobs: list[PlannedJob] = []
    for each in made:
        assert each.job is not None
        jobs.append(_planned(each, each.job, options, known, jobs))
    ledger = "" if known.ledger is None else known.ledger.id
    return Plan(created, os.urandom(8).hex(), known.service, options, jobs, _notes(jobs, known), ledger)


def _notes(jobs: Iterable[PlannedJob], known: Known) -> list[str]:
    """Where nothing tells what was sent before, a plan that sends something may count too much."""
    if known.ledger is not None or known.lock.videos or not any(job.action == "create" for job in jobs):
        return []
    return [_NOTHING_KNOWN]


def check_cuts(made: Iterable[Compiled], options: Options) -> None:
    """`Refused` where content would be paid for and not seen."""
    cut = [each for each in made if each.cuts]
    if cut and not options.accept_cuts:
        first = cut[0].cuts[0]
        line = first.span.source.position(first.span.start)[0]
        raise Refused(
            f"content of {cut[0].source.path} is cut (line {line}: {first.words.message}), and would be paid for: "
            "`vidc lint` shows where; --accept-cuts sends it so"
        )


def _planned(made: Compiled, job: Job, options: Options, known: Known, before: Sequence[PlannedJob]) -> PlannedJob:
    if "vidc" in (job.data.get("callbackPayload") or {}):
        raise Refused(f"{made.source.path} has `callbackPayload.vidc`, which is vidc's own: rename it")
    fingerprint = job.fingerprint()
    same = next((other for other in before if other.fingerprint == fingerprint), None)
    action, why, key = _action(fingerprint, options, known) if same is None else _copy(same)
    return PlannedJob(
        made.source.path,
        _name(job),
        action,
        why,
        fingerprint,
        job.kind,
        hashlib.sha256(job.text().encode()).hexdigest(),
        _length(made) if same is None else Length(0, 0, 0, "exact"),
        job.data,
        measures(made),
        key,
    )


def _copy(same: PlannedJob) -> tuple[Action, str, str]:
    return "copy", f"the same job as {same.spec}", same.key


def _length(made: Compiled) -> Length:
    """How long the video is: a template's is not known."""
    timeline = made.timeline
    return timeline.total if timeline is not None and timeline.scenes else Length(0, 0, INF, "estimated")


def _name(job: Job) -> str:
    settings = (job.data.get("videoCreative") or {}).get("settings") or {}
    name = settings.get("name") or job.data.get("templateJobId") or ""
    return name if isinstance(name, str) else ""


def _action(fingerprint: str, options: Options, known: Known) -> tuple[Action, str, str]:
    """What is to be done for a job, why, and the key of its intent where it has one."""
    intent = known.ledger.live(fingerprint, known.service) if known.ledger is not None else None
    video = known.lock.videos.get(fingerprint)
    key = "" if intent is None else intent.key
    if video is not None and (intent is None or made_elsewhere(intent, video)):
        return (*_reuse(video.video_id, video.made, options, known), key)
    if intent is not None:
        return (*_by_intent(intent, options, known), key)
    return "create", "", ""


def made_elsewhere(intent: Intent, video: Video) -> bool:
    """Whether a video of the lock is another than what came of an intent, and that brings none any more."""
    return intent.state in ("planned", *REPEATABLE) and video.job_id != intent.job_id


def _by_intent(intent: Intent, options: Options, known: Known) -> tuple[Action, str]:
    match intent.state:
        case "planned":
            return "create", f"planned {intent.created[:10]} and not sent"
        case "rejected":
            return "create", f"rejected {intent.changed[:10]}: {intent.reason}"
        case "sending":
            return "in flight", "being sent"
        case "submitted":
            return "in flight", f"job {intent.job_id}, sent {intent.changed[:10]}"
        case "unknown":
            return "unknown", f"it may have been sent or not ({intent.reason}): `vidc resolve {intent.key}` settles it"
        case "finished":
            return _reuse(intent.video_id, intent.changed, options, known)
        case "failed":
            return ("create", "failed before") if options.again else ("failed", intent.reason)
    return ("create", "deleted before") if options.again else ("deleted", intent.reason)


def _reuse(video_id: str, made: str, options: Options, known: Known) -> tuple[Action, str]:
    """A video that was made is asked for, where the service can be asked: it may be gone."""
    if known.client is None or not video_id:
        return "reuse", f"made {made[:10]}"
    if found_video(known.client, video_id) is not None:
        return "reuse", f"made {made[:10]}, and there"
    gone = f"video {video_id} of {made[:10]} is gone"
    return ("create", gone) if options.again else ("deleted", gone)


def wanted(plan: Plan) -> list[Wanted]:
    """What a plan asks the ledger for: the jobs that it sends."""
    return [
        Wanted(
            job.fingerprint,
            job.spec,
            job.name,
            job.kind,
            plan.service,
            Job(job.kind, job.body).text(),
            job.length,
            job.measures,
            plan.options.again,
        )
        for job in plan.creates
    ]
