"""plan_making: compiles specs and makes the plan that `plan` shows and `submit` applies."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

import click

from vidc import lock as locks
from vidc.colossyan.time import stamp
from vidc.compile import Compiled
from vidc.ir.form import is_part
from vidc.ir.tree import Node, plain
from vidc.ledger.place import check_home, known_lock
from vidc.ledger.plan import Known, Options, Plan, compiled, plan_of

from . import options as shared
from .end import DONE, ERRORS, complain
from .linting import Sources

Command = Any


def compiling(command: Command) -> Command:
    """Add what decides how specs are compiled, and what a person allows; the command takes them as `Choices`."""
    for decorate in (
        shared.color,
        shared.root,
        shared.variables,
        shared.strict,
        click.option("--explicit", is_flag=True, help="Rely on nothing that the service leaves undocumented."),
        click.option("--again", is_flag=True, help="Send again what failed, was deleted or is gone."),
        click.option("--accept-cuts", is_flag=True, help="Pay for content that is cut."),
        click.option("--exclude", multiple=True, metavar="PATTERN", help="Pass over such files in folders."),
    ):
        command = decorate(command)
    return command


def options_of(given: Mapping[str, Node], choices: Mapping[str, Any]) -> Options:
    values = {name: plain(node) for name, node in given.items()}
    return Options(values, **{name: value for name, value in choices.items() if name != "exclude"})


def compile_all(paths: Iterable[str], options: Options, service: str, color: bool | None) -> tuple[list[Compiled], int]:
    """The specs' jobs, and an exit code that is not 0 where one has none; findings are shown."""
    asked = click.get_current_context().params
    sources = Sources(paths, options.root, asked["exclude"])
    facts = locks.facts(known_lock(service))
    found = []
    broken = False
    for source in sources:
        if asked["ledger"] is None:
            check_home([source.path])
        made = compiled(source, options, facts)
        if made.root is not None and is_part(made.root):
            continue
        shared.show_errors([each for each in made.findings if each.severity == "error"], source, color=color)
        broken = broken or made.job is None
        found.append(made)
    code = ERRORS if broken else sources.code
    if not found and code == DONE:
        why = "they only bring names to others" + (", or are excluded" if asked["exclude"] else "")
        complain(f"there is no spec among these files: {why}")
        return found, ERRORS
    return found, code


def planned(made: list[Compiled], options: Options, service: str, ledger: Any, client: Any) -> Plan:
    """The plan for compiled specs."""
    known = Known(known_lock(service), ledger, client, service)
    return plan_of(made, options, known, stamp(time.time()))
