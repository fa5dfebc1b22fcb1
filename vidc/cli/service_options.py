"""service_options: what the commands that speak to the service share: its address, the ledger, and how they end."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import click

from .end import USAGE, WORLD, complain
from .options import FILE

REFUSED, WOULD_SEND = 4, 10
"""Exit codes: refused to be safe; `plan --exit-code` and something would be sent."""

LOOKING_S = 15.0
"""How long a command that only looks waits for a service that does not answer: it can say something all the same."""

_NO_FILE = re.compile(r"[\s'\"]|[A-Za-z][A-Za-z0-9+.-]+:|(host|hostaddr|dbname|user|service)\s*=")
"""How an address begins that is none of a file: made a file all the same, it would know of nothing that was sent."""

Command = Callable[..., Any]


def service(command: Command) -> Command:
    """Add `--url` and `--token-file`; the command takes `url` and `token_file`."""
    url = click.option("--url", metavar="URL", help="The service's address.  [COLOSSYAN_URL]")
    file = click.option("--token-file", type=FILE, metavar="FILE", help="A file with the token.  [COLOSSYAN_TOKEN]")
    return url(file(command))


def ledger(command: Command) -> Command:
    """Add `--ledger`; the command takes `ledger`, an address or None for the project's own."""
    option = click.option(
        "--ledger",
        metavar="ADDRESS",
        envvar="VIDC_LEDGER",
        callback=_ledger,
        help="A file or postgresql://...; .vidc/ledger.db if none is given.  [VIDC_LEDGER]",
    )
    return option(command)


def _ledger(_ctx: click.Context, _parameter: click.Parameter, address: str | None) -> str | None:
    if address == "" or (address is None and os.environ.get("VIDC_LEDGER") == ""):
        raise click.UsageError("VIDC_LEDGER is empty: is the secret set that should hold the ledger's address?")
    if address is not None and _NO_FILE.match(address) and not address.startswith(("postgresql://", "postgres://")):
        raise click.UsageError("a ledger (--ledger, VIDC_LEDGER) is a file, or begins with postgresql://")
    return address


def budget(command: Command) -> Command:
    """Add `--max-minutes` and `--budget-by`; the command takes `check`, which refuses a plan that may cost more."""

    @functools.wraps(command)
    def run(*words: Any, max_minutes: Decimal | None, budget_by: Literal["high", "expected"], **rest: Any) -> Any:
        def check(plan: Any) -> None:
            from vidc.ledger.budget import check_budget

            check_budget(plan, max_minutes, budget_by)

        return command(*words, check=check, **rest)

    most = click.option("--max-minutes", callback=_minutes, metavar="N", help="Refuse what may cost more minutes.")
    by = click.option(
        "--budget-by", type=click.Choice(["high", "expected"]), default="high", show_default=True, help="What counts."
    )
    return most(by(run))


def rate(command: Command) -> Command:
    """Add `--rate`; the command takes `rate`."""
    option = click.option(
        "--rate", envvar="VIDC_RATE", callback=_rate, metavar="PRICE", help='Money a minute: "3.50 EUR".'
    )
    return option(command)


def _minutes(_ctx: click.Context, _parameter: click.Parameter, text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or number < 0:
        raise click.BadParameter(f"{text!r} is no number of minutes")
    return number


def _rate(_ctx: click.Context, _parameter: click.Parameter, text: str | None) -> Any:
    from vidc.ledger.budget import Rate

    if text is None:
        return None
    try:
        return Rate(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def guarded(command: Command) -> Command:
    """Say what the service, the ledger or a refusal has to say in one line, with its exit code."""

    @functools.wraps(command)
    def run(*words: Any, **options: Any) -> Any:
        from vidc.colossyan.errors import BadService, Doubtful, ServiceError
        from vidc.ledger.errors import LedgerTrouble, Refused
        from vidc.ledger.send import Stopped

        try:
            return command(*words, **options)
        except Refused as error:
            complain(str(error))
            return REFUSED
        except BadService as error:
            complain(str(error))
            return USAGE
        except Stopped as error:
            if str(error):
                complain(str(error))
            return REFUSED if isinstance(error.cause, Doubtful) else WORLD
        except Doubtful as error:
            complain(f"the service may have taken it or not: {error}. Look into the workspace before you send it again")
            return REFUSED
        except (ServiceError, LedgerTrouble) as error:
            complain(str(error))
            return WORLD

    return run


@contextlib.contextmanager
def client(url: str | None, token_file: str | None, *, looking: bool = False) -> Iterator[Any]:
    """A client of the service; `BadService` where there is no token. `looking`: it soon gives up."""
    from vidc.colossyan.client import Client
    from vidc.colossyan.sending import GET_PATIENCE_S
    from vidc.colossyan.service import from_environment

    patience = LOOKING_S if looking else GET_PATIENCE_S
    with Client(from_environment(url, token_file), patience_s=patience, tell=complain) as made:
        yield made


@contextlib.contextmanager
def client_if_any(url: str | None, token_file: str | None, *, looking: bool = False) -> Iterator[Any]:
    """A client, or None where there is no token to ask with: a plan needs none."""
    from vidc.colossyan.service import has_token

    if has_token(url, token_file):
        with client(url, token_file, looking=looking) as made:
            yield made
    else:
        yield None


@contextlib.contextmanager
def opened(address: str | None) -> Iterator[Any]:
    """The ledger, made where there is none; what a process left that has ended is in doubt from here on."""
    from vidc.ledger.ledger import open_ledger
    from vidc.ledger.place import ledger_address

    made = open_ledger(ledger_address(address))
    try:
        for key in made.recover():
            complain(f"{key} was being sent by a process that has ended: it is unknown now, see `vidc status`")
        yield made
    finally:
        made.close()


@contextlib.contextmanager
def opened_if_any(address: str | None) -> Iterator[Any]:
    """The ledger, or None where there is none: looking makes none."""
    from vidc.ledger.place import is_there, ledger_address

    if is_there(ledger_address(address)):
        with opened(address) as made:
            yield made
    else:
        yield None


def confirmed(question: str, yes: bool) -> bool:
    """Ask on a terminal; elsewhere only `--yes` is a yes."""
    if yes:
        return True
    if not (sys.stdin is not None and sys.stdin.isatty()):
        raise click.UsageError("there is nobody to ask here: --yes says yes.")
    return click.confirm(question, err=True)
