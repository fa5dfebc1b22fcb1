"""options: what several commands take: values of variables, the project's root, formats and colour."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from vidc.diag.finding import Finding
from vidc.diag.result import Result
from vidc.given import read_values
from vidc.ir.tree import Node
from vidc.project import load
from vidc.source import Source

from .printing import render

Command = Callable[..., Any]

FILE = click.Path(readable=False)
"""A file that shells complete; that it can be read is found out where it is."""

FOLDER = click.Path(file_okay=False, readable=False)

FORMATS = ("text", "concise", "json", "github", "sarif", "junit", "gitlab")


def variables(command: Command) -> Command:
    """Add `--var` and `--vars`; the command takes `given`, the values by name."""

    def read(ctx: click.Context, _: click.Parameter, texts: tuple[str, ...]) -> dict[str, Node]:
        for text in texts:
            if not text.partition("=")[0].strip() or "=" not in text:
                raise click.BadParameter(f"{text!r} is not NAME=VALUE")
        files = ctx.params.pop("vars", ())
        given, problems = read_values(texts, [load(path) for path in files])
        if problems:
            show_errors(problems)
            ctx.exit(1)
        return given

    decorate = click.option(
        "--var", "given", multiple=True, metavar="NAME=VALUE", callback=read, help="Give a variable a value."
    )
    files = click.option(
        "--vars", type=FILE, multiple=True, metavar="FILE", is_eager=True, help="Give values from a YAML or JSON file."
    )
    return files(decorate(command))


def output(what: str) -> Callable[[Command], Command]:
    """Add `-o`; the command takes `output`."""
    said = f"Write the {what} to a file; it appears whole or not at all."
    return click.option("-o", "--output", type=FILE, metavar="FILE", help=said)


def exclude(command: Command) -> Command:
    """Add `--exclude`; the command takes `exclude`, patterns."""
    said = "Pass over such files in folders."
    return click.option("--exclude", multiple=True, metavar="PATTERN", help=said)(command)


def root(command: Command) -> Command:
    """Add `--root`."""
    option = click.option("--root", type=FOLDER, metavar="FOLDER", help="Include files below this folder only.")
    return option(command)


def color(command: Command) -> Command:
    """Add `--color`; the command takes `color`: True, False, or None to ask the terminal."""
    choice = {"always": True, "never": False, "auto": None}
    option = click.option(
        "--color",
        type=click.Choice(list(choice)),
        default="auto",
        callback=lambda _ctx, _param, value: choice[value],
        help="Colour the text: auto asks the terminal and NO_COLOR.",
    )
    return option(command)


def strict(command: Command) -> Command:
    """Add `--strict` and `--no-allow`; the command takes `strict` and `allowances`."""
    heed = click.option(
        "--no-allow",
        "allowances",
        is_flag=True,
        flag_value=False,
        default=True,
        help="Ignore `# vidc: allow` in files.",
    )
    return click.option("--strict", is_flag=True, help="Take warnings for errors.")(heed(command))


def isolated(command: Command) -> Command:
    """Add `--isolated`; the command takes `isolated`."""
    said = "Ignore the project's configuration and its lock."
    return click.option("--isolated", is_flag=True, help=said)(command)


def show_errors(
    findings: list[Finding], source: Source | None = None, *, color: bool | None = None, notes: bool = False
) -> None:
    """Print findings as text to standard error; nothing where there is none to show."""
    if any(notes or finding.severity != "note" for finding in findings):
        result = Result(source.path if source else "", source, findings)
        click.echo(render([result], "text", notes=notes, color=color, to=sys.stderr), err=True, nl=False)
