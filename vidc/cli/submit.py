"""`vidc submit`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from . import options, plan_applying, plan_making, service_options
from .end import INTERRUPTED


@click.command(epilog="Example:  vidc submit welcome.vidc.yaml --var first_name=Ann --wait")
@click.argument("specs", nargs=-1, required=True, type=options.FILE, metavar="SPEC...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@service_options.budget
@service_options.rate
@plan_applying.waiting
@plan_making.compiling
@service_options.ledger
@service_options.service
@service_options.guarded
def command(
    specs: tuple[str, ...],
    yes: bool,
    check: Callable[[Any], None],
    rate: Any,
    wait: bool,
    deadline: float,
    chosen: plan_making.Chosen,
    ledger: str | None,
    url: str | None,
    token_file: str | None,
) -> int:
    """Plan and apply in one: show what specs would cost, ask, and send them once.

    SPEC is a file or a folder to search. Where there is no terminal to ask on, --yes is needed.
    """
    from vidc.colossyan.service import address

    where = address(url)
    made, code = plan_making.compile_all(specs, chosen, where, ledger)
    if code:
        return code
    with plan_applying.opened(ledger) as book, service_options.client(url, token_file, looking=True) as client:
        plan = plan_making.planned(made, chosen.options, where, book, client)
        plan_making.show(plan, chosen.color, rate)
        check(plan)
        if not plan.creates:
            return plan_applying.ended(plan, [], book, client, wait=wait, deadline_s=deadline)
        jobs = "this job" if len(plan.creates) == 1 else f"these {len(plan.creates)} jobs"
        if not service_options.confirmed(f"Send {jobs}?", yes):
            return INTERRUPTED
        return plan_applying.applied(plan, book, client, wait=wait, deadline_s=deadline, check=check)
