"""`vidc plan`."""

from __future__ import annotations

import sys
from typing import Any

import click

from vidc.ir.tree import Node

from . import options, plan_making, service_options
from .end import DONE
from .printing import columns, wants_color, write
from .writing import deliver


@click.command(epilog="Example:  vidc plan videos/ -o plan.json --max-minutes 30")
@click.argument("specs", nargs=-1, type=options.FILE, metavar="[SPEC]...")
@options.output("plan")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print.")
@click.option("--exit-code", is_flag=True, help="End with 10 where something would be sent.")
@service_options.budget
@plan_making.compiling
@service_options.ledger
@service_options.service
@service_options.guarded
def command(
    specs: tuple[str, ...],
    output: str | None,
    format: str,
    exit_code: bool,
    max_minutes: Any,
    budget_by: Any,
    rate: Any,
    given: dict[str, Node],
    color: bool | None,
    ledger: str | None,
    url: str | None,
    token_file: str | None,
    **choices: Any,
) -> int:
    """Say what would be sent, what it may cost, and why.

    SPEC is a file or a folder to search; the folder you are in if none is given. Nothing is sent and nothing changes:
    `vidc apply` sends what the file of -o says, once. Without a token, videos that were made are not asked for.
    """
    from vidc.colossyan.service import address
    from vidc.diag.as_json import dumped
    from vidc.ledger.budget import check_budget
    from vidc.ledger.plan_file import as_json
    from vidc.ledger.plan_text import render

    where = address(url)
    wanted = plan_making.options_of(given, choices)
    made, code = plan_making.compile_all(specs or (".",), wanted, where, color)
    if code:
        return code
    with service_options.opened_if_any(ledger) as book, service_options.client_if_any(url, token_file) as client:
        plan = plan_making.planned(made, wanted, where, book, client)
    data = dumped(as_json(plan, rate), indent=2) + "\n"
    if format == "json" and output != "-":
        write(data)
    elif output != "-":
        write(render(plan, columns=columns(sys.stdout), color=_colored(color), rate=rate))
    check_budget(plan, max_minutes, budget_by)
    if output is not None:
        deliver(data, output)
    return service_options.WOULD_SEND if exit_code and plan.creates else DONE


def _colored(color: bool | None) -> bool:
    return wants_color(sys.stdout) if color is None else color
