"""apply: does what a plan says, once. It sends only what the plan says and what the specs still say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from vidc import lock as locks
from vidc.colossyan.client import Client

from .advice import doubt
from .errors import Refused, unsent
from .intent import Intent
from .ledger import Consumed, Ledger
from .plan import Known, Plan, PlannedJob, made_elsewhere, plan_of, recompiled, wanted
from .plan_file import plan_id
from .send import Sent, send
from .settle import found_video

MAX_CHANGES = 5


def check_fresh(plan: Plan, known: Known) -> Plan:
    """The plan as it would be made now; `Refused` where that is not what was planned, with what changed."""
    made = recompiled(plan, locks.facts(known.lock))
    broken = [each.source.path for each in made if each.job is None]
    if broken:
        raise Refused(f"{broken[0]} has errors now (`vidc lint {broken[0]}` shows them): plan again")
    now = plan_of(made, plan.options, known, plan.created)
    for before, after in zip(plan.jobs, now.jobs, strict=True):
        _check_same(before, after)
    return now


def _check_same(before: PlannedJob, after: PlannedJob) -> None:
    if (before.sha256, before.fingerprint, before.kind) != (after.sha256, after.fingerprint, after.kind):
        changes = differences(before.body, after.body)
        said = "; ".join(changes[:MAX_CHANGES]) + ("; and more" if len(changes) > MAX_CHANGES else "")
        raise Refused(f"{before.spec} is not what was planned: {said or 'the plan holds another job'}. Plan again")
    if after.action == "create" and before.action != "create":
        raise Refused(f"{before.spec} was planned as {before.action}, and would be sent now: plan again")


def differences(before: Any, after: Any, path: str = "") -> list[str]:
    """Where two jobs differ, as a person reads it."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = [*before, *(name for name in after if name not in before)]
        return [
            text
            for name in names
            for text in differences(before.get(name, _ABSENT), after.get(name, _ABSENT), f"{path}.{name}".lstrip("."))
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [text for index, pair in pairs for text in differences(*pair, f"{path}[{index}]")]
    if isinstance(before, list) and isinstance(after, list):
        return [f"`{path}` had {len(before)} and has {len(after)}"]
    if before is not _ABSENT and after is not _ABSENT and before == after and type(before) is type(after):
        return []
    if before is _ABSENT:
        return [f"`{path}` is new"]
    if after is _ABSENT:
        return [f"`{path}` is gone"]
    return [f"`{path}` was {_shown(before)} and is {_shown(after)}"]


_ABSENT = object()


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "something else"
    text = value if isinstance(value, str) else str(value)
    return f"`{text[:40]}{'…' if len(text) > 40 else ''}`"


@dataclass(frozen=True, slots=True)
class Applied:
    """The plan as it would be made now, or as it was where it was taken in before; and its intents as they are then."""

    plan: Plan
    intents: list[Intent]


def apply(
    plan: Plan,
    known: Known,
    ledger: Ledger,
    client: Client,
    tell: Callable[[Sent], None] = lambda _: None,
    check: Callable[[Plan], None] = lambda _: None,
) -> Applied:
    """Check, consume and send. `Stopped` where sending was. `check` is asked, before anything changes, whether what
    would be sent now may be.

    A plan that was taken in before goes on where it was stopped. `Refused` where nothing of it is left to send.
    """
    with unsent():
        now, consumed = _taken_in(plan, known, ledger, check)
        intents = [ledger.row(key) for key in consumed.keys]
    if not consumed.fresh:
        _check_left(plan, consumed, intents, check)
        _check_elsewhere(known, intents)
    send(ledger, client, consumed.keys, tell)
    return Applied(now, [ledger.row(intent.key) for intent in intents])


def _taken_in(plan: Plan, known: Known, ledger: Ledger, check: Callable[[Plan], None]) -> tuple[Plan, Consumed]:
    """The plan as it would be made now, where the ledger takes it in; as it was, where it did so before."""
    _check_place(plan, known, ledger)
    id = plan_id(plan)
    if ledger.consumed(id) is not None:
        return plan, ledger.consume(id, [])
    now = check_fresh(plan, known)
    check(now)
    _bury_gone(now, ledger)
    return now, ledger.consume(id, wanted(now))


def _check_place(plan: Plan, known: Known, ledger: Ledger) -> None:
    """`Refused` where a plan was made for another service than this, or asked another ledger what was sent."""
    if plan.service != known.service:
        raise Refused(f"the plan was made for {plan.service}, and this is {known.service}")
    if plan.ledger not in ("", ledger.id):
        raise Refused(
            "the plan was made with another ledger, which may know of jobs that this one does not: "
            "name that one (--ledger, VIDC_LEDGER), or plan again"
        )


def _check_left(plan: Plan, consumed: Consumed, intents: list[Intent], check: Callable[[Plan], None]) -> None:
    """`Refused` where nothing of a plan that was taken in before is left to send, with what is in doubt of it; else
    `check` is asked about what is left."""
    if any(intent.state == "planned" for intent in intents):
        check(_left(plan, intents))
        return
    doubts = "".join(f"; {doubt(intent)}" for intent in intents if intent.state == "unknown")
    raise Refused(f"this plan was applied {consumed.applied}: nothing of it is left to send{doubts}")


def _check_elsewhere(known: Known, intents: list[Intent]) -> None:
    """`Refused` where what is left to send was made by somebody else since, whose video came with the lock."""
    for intent in intents:
        video = known.lock.videos.get(intent.fingerprint)
        if video is None or intent.state != "planned" or not made_elsewhere(intent, video):
            continue
        if known.client is not None and found_video(known.client, video.video_id) is not None:
            raise Refused(
                f"{intent.spec} was made elsewhere since, as job {video.job_id}: `vidc cancel {intent.key}` takes it "
                "back, and the same command goes on with the rest"
            )


def _left(plan: Plan, intents: list[Intent]) -> Plan:
    """What a plan that was taken in before has still to send, as long as it was then."""
    lengths = {intent.fingerprint: intent.length for intent in intents if intent.state == "planned"}
    jobs = [replace(job, length=lengths[job.fingerprint]) for job in plan.creates if job.fingerprint in lengths]
    return replace(plan, jobs=jobs)


def _bury_gone(now: Plan, ledger: Ledger) -> None:
    """Note of videos that the service has no more, and that are made again, that they are gone."""
    for job in now.creates:
        if job.key and ledger.row(job.key).state == "finished":
            ledger.ended(job.key, "deleted", why="the service has no such video any more")
