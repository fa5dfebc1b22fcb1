"""plan_making: compiles specs, and makes and shows the plan, for `plan` and `submit`."""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import click

from vidc import lock as locks
from vidc.colossyan.time import stamp
from vidc.compile import Compiled
from vidc.ir.form import is_part
from vidc.ir.tree import plain
from vidc.ledger.place import check_home, known_lock
from vidc.ledger.plan import Known, Options, Plan, compiled, plan_of
from vidc.ledger.plan_text import render

from . import options as shared
from .end import DONE, ERRORS, complain
from .linting import Sources
from .printing import columns, wants_color, write

Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose of the options that `compiling` adds."""

    options: Options
    exclude: tuple[str, ...]
    color: bool | None


def compiling(command: Command) -> Command:
    """Add what decides how specs are compiled, and what a person allows; the command takes `chosen`."""

    @functools.wraps(command)
    def chosen(
        *words: Any,
        given: Any,
        root: str | None,
        explicit: bool,
        strict: bool,
        allowances: bool,
        accept_cuts: bool,
        again: bool,
        exclude: tuple[str, ...],
        color: bool | None,
        **rest: Any,
    ) -> Any:
        values = {name: plain(node) for name, node in given.items()}
        options = Options(values, root, explicit, strict, allowances, accept_cuts, again)
        return command(*words, chosen=Chosen(options, exclude, color), **rest)

    made: Command = chosen
    for decorate in (
        shared.color,
        shared.root,
        shared.variables,
        shared.strict,
        click.option("--explicit", is_flag=True, help="Rely on nothing that the service leaves undocumented."),
        click.option("--again", is_flag=True, help="Send again what failed, was deleted or is gone."),
        click.option("--accept-cuts", is_flag=True, help="Pay for content that is cut."),
        shared.exclude,
    ):
        made = decorate(made)
    return made


def compile_all(paths: Iterable[str], chosen: Chosen, service: str, ledger: str | None) -> tuple[list[Compiled], int]:
    """The specs' jobs, and an exit code that is not 0 where one has none; findings are shown.

    `ledger`: the address that was given; without one the project's own counts, which knows no other project's jobs.
    """
    sources = Sources(paths, chosen.options.root, chosen.exclude)
    facts = locks.facts(known_lock(service))
    found = []
    broken = False
    for source in sources:
        if ledger is None:
            check_home([source.path])
        made = compiled(source, chosen.options, facts)
        if made.root is not None and is_part(made.root):
            continue
        errors = [each for each in made.findings if each.severity == "error"]
        shared.show_errors(errors, source, color=chosen.color)
        broken = broken or made.job is None
        found.append(made)
    code = ERRORS if broken else sources.code
    if not found and code == DONE:
        why = "they only bring names to others" + (", or are excluded" if chosen.exclude else "")
        complain(f"there is no spec among these files: {why}")
        return found, ERRORS
    return found, code


def planned(made: list[Compiled], options: Options, service: str, ledger: Any, client: Any) -> Plan:
    """The plan for compiled specs."""
    known = Known(known_lock(service), ledger, client, service)
    return plan_of(made, options, known, stamp(time.time()))


def show(plan: Plan, color: bool | None, rate: Any) -> None:
    painted = wants_color(sys.stdout) if color is None else color
    write(render(plan, columns=columns(sys.stdout), color=painted, rate=rate))
