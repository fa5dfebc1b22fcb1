"""`vidc apply`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from . import options, plan_applying, service_options


@click.command(epilog="Example:  vidc apply plan.json --wait")
@click.argument("plan", type=options.FILE)
@service_options.budget
@plan_applying.waiting
@service_options.ledger
@service_options.service
@service_options.guarded
def command(
    plan: str,
    check: Callable[[Any], None],
    wait: bool,
    deadline: float,
    ledger: str | None,
    url: str | None,
    token_file: str | None,
) -> int:
    """Send what a plan says, once.

    PLAN is what `vidc plan -o` wrote. Specs that changed since are refused, with what changed; so is a plan that was
    applied before. A run that was stopped goes on where it was: what may have been sent already is never sent again.
    """
    from vidc.ledger.place import check_home
    from vidc.ledger.plan_file import from_json
    from vidc.project import load

    found = from_json(load(plan).text, plan)
    if ledger is None:
        check_home(job.spec for job in found.jobs)
    with plan_applying.opened(ledger) as book, service_options.client(url, token_file, looking=True) as client:
        return plan_applying.applied(found, book, client, wait=wait, deadline_s=deadline, check=check)
