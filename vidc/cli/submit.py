"""`vidc submit`."""

from __future__ import annotations

import sys
from typing import Any

import click

from vidc.ir.tree import Node

from . import options, plan_applying, plan_making, service_options
from .end import INTERRUPTED
from .printing import columns, wants_color, write


@click.command(epilog="Example:  vidc submit welcome.vidc.yaml --var first_name=Ann --wait")
@click.argument("specs", nargs=-1, required=True, type=options.FILE, metavar="SPEC...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@service_options.budget
@plan_applying.waiting
@plan_making.compiling
@service_options.ledger
@service_options.service
@service_options.guarded
def command(
    specs: tuple[str, ...],
    yes: bool,
    max_minutes: Any,
    budget_by: Any,
    rate: Any,
    wait: bool,
    deadline: float,
    given: dict[str, Node],
    color: bool | None,
    ledger: str | None,
    url: str | None,
    token_file: str | None,
    **choices: Any,
) -> int:
    """Plan and apply in one: show what specs would cost, ask, and send them once.

    SPEC is a file or a folder to search. Where there is no terminal to ask on, --yes is needed.
    """
    from vidc.colossyan.service import address
    from vidc.ledger.budget import check_budget
    from vidc.ledger.plan_text import render

    where = address(url)
    wanted = plan_making.options_of(given, choices)
    made, code = plan_making.compile_all(specs, wanted, where, color)
    if code:
        return code
    with service_options.opened(ledger) as book, service_options.client(url, token_file) as client:
        plan = plan_making.planned(made, wanted, where, book, client)
        colored = wants_color(sys.stdout) if color is None else color
        write(render(plan, columns=columns(sys.stdout), color=colored, rate=rate))
        check_budget(plan, max_minutes, budget_by)
        if not plan.creates:
            return plan_applying.ended(plan, [], book, client, wait=wait, deadline_s=deadline)
        jobs = "this job" if len(plan.creates) == 1 else f"these {len(plan.creates)} jobs"
        if not service_options.confirmed(f"Send {jobs}?", yes):
            return INTERRUPTED
        return plan_applying.applied(plan, book, client, wait=wait, deadline_s=deadline)
