"""`vidc plan`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from . import options, plan_making, service_options
from .end import DONE, complain
from .printing import write
from .writing import deliver


@click.command(epilog="Example:  vidc plan videos/ -o plan.json --max-minutes 30")
@click.argument("specs", nargs=-1, type=options.FILE, metavar="[SPEC]...")
@options.output("plan")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print.")
@click.option("--exit-code", is_flag=True, help="End with 10 where something would be sent.")
@service_options.budget
@service_options.rate
@plan_making.compiling
@service_options.ledger
@service_options.service
@service_options.guarded
def command(
    specs: tuple[str, ...],
    output: str | None,
    format: str,
    exit_code: bool,
    check: Callable[[Any], None],
    rate: Any,
    chosen: plan_making.Chosen,
    ledger: str | None,
    url: str | None,
    token_file: str | None,
) -> int:
    """Say what would be sent, what it may cost, and why.

    SPEC is a file or a folder to search; the folder you are in if none is given. Nothing is sent and nothing changes:
    `vidc apply` sends what the file of -o says, once. Without a token, or where the service does not answer, videos
    that were made are not asked for.
    """
    from vidc.colossyan.errors import Unreachable, Unreadable
    from vidc.colossyan.service import address
    from vidc.diag.as_json import dumped
    from vidc.ledger.plan_file import as_json

    where = address(url)
    made, code = plan_making.compile_all(specs or (".",), chosen, where, ledger)
    if code:
        return code
    with service_options.opened_if_any(ledger) as book:
        try:
            with service_options.client_if_any(url, token_file, looking=True) as client:
                plan = plan_making.planned(made, chosen.options, where, book, client)
        except (Unreachable, Unreadable) as error:
            complain(str(error))
            complain("videos that were made count as there; `vidc apply` asks for them")
            plan = plan_making.planned(made, chosen.options, where, book, None)
    data = dumped(as_json(plan, rate), indent=2) + "\n"
    if format == "json" and output != "-":
        write(data)
    elif output != "-":
        plan_making.show(plan, chosen.color, rate)
    check(plan)
    if output is not None:
        deliver(data, output)
    return service_options.WOULD_SEND if exit_code and plan.creates else DONE
