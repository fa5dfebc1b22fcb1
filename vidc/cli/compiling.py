"""`vidc compile`."""

from __future__ import annotations

import click

from vidc.compile import compile, sealed
from vidc.ir.tree import Node
from vidc.project import reader

from . import options
from .end import DONE, ERRORS
from .linting import read
from .writing import deliver


@click.command(epilog="Example:  vidc compile welcome.vidc.yaml --var first_name=Ann -o job.json")
@click.argument("spec", type=options.FILE)
@click.option(
    "-o", "--output", type=options.FILE, metavar="FILE", help="Write the job to a file; it appears whole or not at all."
)
@click.option("--explicit", is_flag=True, help="Rely on nothing that the service leaves undocumented.")
@click.option("--notes", is_flag=True, help="Show notes too.")
@options.strict
@options.variables
@options.root
@options.color
def command(
    spec: str,
    output: str | None,
    explicit: bool,
    notes: bool,
    strict: bool,
    allowances: bool,
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
) -> int:
    """Compile a spec into the job that the service takes.

    The job is printed to standard output, findings to standard error. There is no job where there is an error.
    """
    source = read(spec, root)
    made = sealed(
        compile(source, given=given, read=reader(root), explicit=explicit, strict=strict, allowances=allowances)
    )
    options.show_errors(made.findings, source, color=color, notes=notes)
    if made.job is None:
        return ERRORS
    deliver(made.job.text(), output)
    return DONE
