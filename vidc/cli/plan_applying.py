"""plan_applying: applies a plan and tells of it, for `apply` and `submit`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from vidc.ledger.apply import apply
from vidc.ledger.intent import Intent
from vidc.ledger.ledger import Ledger
from vidc.ledger.place import known_lock
from vidc.ledger.plan import BLOCKED, Known, Plan
from vidc.ledger.send import Sent

from . import wait_showing
from .end import DONE, ERRORS, complain
from .service_options import REFUSED

Command = Any


def waiting(command: Command) -> Command:
    """Add `--wait` and `--deadline`; the command takes `wait` and `deadline` in seconds."""
    flag = click.option("--wait", is_flag=True, help="Wait until the videos are there.")
    return flag(wait_showing.deadline(command))


def applied(
    plan: Plan,
    ledger: Ledger,
    client: Any,
    *,
    wait: bool,
    deadline_s: float,
    check: Callable[[Plan], None] = lambda _: None,
) -> int:
    """Apply a plan; the exit code. `check` is asked whether what would be sent now may be."""
    service = client.service.url
    known = Known(known_lock(service), ledger, client, service)
    done = apply(plan, known, ledger, client, _tell, check)
    return ended(done.plan, done.intents, ledger, client, wait=wait, deadline_s=deadline_s)


def ended(plan: Plan, intents: list[Intent], ledger: Ledger, client: Any, *, wait: bool, deadline_s: float) -> int:
    """What is left to say of a plan that was applied, and its exit code."""
    states = {intent.state for intent in intents}
    for job in plan.blocked:
        complain(f"{job.spec} was not sent: {job.action}; {job.why}")
    keys = {intent.key for intent in intents} | {job.key for job in plan.jobs if job.action == "in flight"}
    code = wait_showing.wait_for(ledger, client, keys - {""}, deadline_s) if wait else DONE
    if plan.blocked or states & BLOCKED:
        return REFUSED
    return ERRORS if "rejected" in states else code


def _tell(sent: Sent) -> None:
    """One line for each intent that was sent."""
    from vidc.diag.sink import brief

    spec, key = sent.intent.spec, sent.intent.key
    match sent.state:
        case "submitted" | "finished" | "failed":
            click.echo(brief(f"{key}  submitted  {spec}"))
        case "rejected":
            complain(brief(f"{spec} was rejected: {sent.reason}"))
        case "unknown":
            complain(brief(f"{spec} may have been sent or not: {sent.reason}"))
            complain(
                f"look into the workspace, then `vidc resolve {key} --adopt JOB_ID VIDEO_ID` or "
                f"`vidc resolve {key} --assume-not-sent`"
            )
        case _:
            complain(brief(f"{spec} was not sent: {sent.reason}"))
