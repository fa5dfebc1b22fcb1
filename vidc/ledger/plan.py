"""plan: what would be sent, what it would cost, and why. A plan is data: making one changes nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from vidc.clock import INF, Length
from vidc.colossyan.client import Client
from vidc.compile import Compiled, compile, sealed
from vidc.given import read_values
from vidc.ir.facts import Facts
from vidc.ir.job import Job
from vidc.lock import Lock
from vidc.project import load, reader
from vidc.source import Source

from .errors import Refused
from .intent import Intent, Wanted
from .learn import measures
from .ledger import Ledger
from .settle import found_video

Action: TypeAlias = Literal["create", "reuse", "in flight", "unknown", "failed", "deleted"]
"""`create` sends the job. `reuse` and `in flight` cost nothing. The last three wait for a person."""

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
    """One spec's job. `sha256`: of its text, as `vidc compile` writes it. `key`: of the intent that stands for it."""

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
    """`created`: UTC, ISO 8601. `nonce` tells two plans of the same jobs apart."""

    created: str
    nonce: str
    service: str
    options: Options
    jobs: list[PlannedJob]

    @property
    def creates(self) -> list[PlannedJob]:
        """The jobs that are sent: of several specs with one job the first."""
        first = {job.fingerprint: job for job in reversed(self.jobs)}
        return [job for job in self.jobs if job.action == "create" and first[job.fingerprint] is job]

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
    return Plan(created, os.urandom(8).hex(), known.service, options, jobs)


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
    if same is not None:
        action, why, key = same.action, f"the same job as {same.spec}", same.key
    else:
        action, why, key = _action(fingerprint, options, known)
    timeline = made.timeline
    return PlannedJob(
        made.source.path,
        _name(job),
        action,
        why,
        fingerprint,
        job.kind,
        hashlib.sha256(job.text().encode()).hexdigest(),
        timeline.total if timeline is not None and timeline.scenes else Length(0, 0, INF, "estimated"),
        job.data,
        measures(made),
        key,
    )


def _name(job: Job) -> str:
    settings = (job.data.get("videoCreative") or {}).get("settings") or {}
    name = settings.get("name") or job.data.get("templateJobId") or ""
    return name if isinstance(name, str) else ""


def _action(fingerprint: str, options: Options, known: Known) -> tuple[Action, str, str]:
    """What is to be done for a job, why, and the key of its intent where it has one."""
    intent = known.ledger.live(fingerprint, known.service) if known.ledger is not None else None
    if intent is not None:
        return (*_by_intent(intent, options, known), intent.key)
    video = known.lock.videos.get(fingerprint)
    if video is None:
        return "create", "", ""
    return (*_reuse(video.video_id, video.made, options, known), "")


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
            return "unknown", f"`vidc resolve {intent.key}` settles it: {intent.reason}"
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
