"""plan_applying: applies a plan and tells of it, for `apply` and `submit`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import click

from vidc.diag.sink import brief
from vidc.ledger.advice import doubt, stray
from vidc.ledger.apply import apply
from vidc.ledger.errors import unsent
from vidc.ledger.intent import Intent
from vidc.ledger.ledger import Ledger
from vidc.ledger.place import known_lock
from vidc.ledger.plan import BLOCKED, Known, Plan
from vidc.ledger.plan_text import reason
from vidc.ledger.send import Sent

from . import service_options, wait_showing
from .end import DONE, ERRORS, WORLD, complain
from .service_options import REFUSED

Command = Any


def waiting(command: Command) -> Command:
    """Add `--wait` and `--deadline`; the command takes `wait` and `deadline` in seconds."""
    flag = click.option("--wait", is_flag=True, help="Wait until the videos are there.")
    return flag(wait_showing.deadline(command))


@contextlib.contextmanager
def opened(address: str | None) -> Iterator[Any]:
    """The ledger of what is to be sent. Where it cannot be opened, nothing was."""
    with contextlib.ExitStack() as stack:
        with unsent():
            ledger = stack.enter_context(service_options.opened(address))
        yield ledger


def applied(
    plan: Plan, ledger: Ledger, client: Any, *, wait: bool, deadline_s: float, check: Callable[[Plan], None]
) -> int:
    """Apply a plan; the exit code. `check` is asked whether what would be sent now may be."""
    service = client.service.url
    known = Known(known_lock(service), ledger, client, service)
    told: dict[str, bool] = {}

    def tell(sent: Sent) -> None:
        told[sent.intent.key] = _tell(sent)

    done = apply(plan, known, ledger, client, tell, check)
    for intent in done.intents:
        if intent.state == "unknown" and intent.key not in told:
            complain(brief(doubt(intent)))
    code = ended(done.plan, done.intents, ledger, client, wait=wait, deadline_s=deadline_s)
    return code if all(told.values()) else code or WORLD


def ended(plan: Plan, intents: list[Intent], ledger: Ledger, client: Any, *, wait: bool, deadline_s: float) -> int:
    """What is left to say of a plan that was applied, and its exit code."""
    states = {intent.state for intent in intents}
    for job in plan.blocked:
        what = "is left alone" if job.action == "unknown" else "was not sent"
        complain(brief(f"{job.spec} {what}: {reason(job)}"))
    keys = {intent.key for intent in intents} | {job.key for job in plan.jobs if job.action == "in flight"}
    code = wait_showing.wait_for(ledger, client, keys - {""}, deadline_s) if wait else DONE
    if plan.blocked or states & BLOCKED:
        return REFUSED
    return ERRORS if "rejected" in states else code


def _tell(sent: Sent) -> bool:
    """One line for each intent that was sent; whether it could be said."""
    intent = sent.intent
    if sent.stray:
        complain(brief(stray(intent, sent.stray, sent.state)))
        return True
    match sent.state:
        case "submitted" | "finished" | "failed":
            return _printed(brief(f"{intent.key}  submitted  {intent.spec}"))
        case "rejected":
            complain(brief(f"{intent.spec} was rejected: {sent.reason}"))
        case "unknown":
            complain(brief(doubt(replace(intent, reason=sent.reason))))
        case _:
            complain(brief(f"{intent.spec} was not sent: {sent.reason}"))
    return True


def _printed(line: str) -> bool:
    """Whether there is nothing to complain of: what is left to send is sent all the same."""
    try:
        click.echo(line)
    except BrokenPipeError:  # nobody reads on
        return True
    except OSError as error:
        complain(f"cannot print `{line}`: {error.strerror}")
        return False
    return True
