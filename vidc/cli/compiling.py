"""`vidc compile`."""

from __future__ import annotations

import click

from vidc.compile import Compiled, compile, sealed
from vidc.ir.form import is_part
from vidc.ir.tree import Node
from vidc.project import reader

from . import options
from .end import DONE, ERRORS, complain
from .linting import facts_for, read
from .single import single
from .writing import deliver


@click.command(epilog="Example:  vidc compile welcome.vidc.yaml --var first_name=Ann -o job.json")
@click.argument("spec", type=options.FILE)
@options.output("job")
@click.option("--explicit", is_flag=True, help="Rely on nothing that the service leaves undocumented.")
@click.option("--notes", is_flag=True, help="Show notes too.")
@options.strict
@options.variables
@options.root
@options.color
@options.isolated
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
    isolated: bool,
) -> int:
    """Compile a spec into the job that the service takes.

    The job is printed to standard output, findings to standard error. There is no job where there is an error.
    """
    spec = single(spec, root)
    source = read(spec, root)
    facts = facts_for(isolated, root)

    def compiled(draft: bool = False) -> Compiled:
        return compile(
            source,
            given=given,
            read=reader(root),
            facts=facts,
            draft=draft,
            explicit=explicit,
            strict=strict,
            allowances=allowances,
        )

    made = sealed(compiled())
    if made.root is not None and is_part(made.root):
        options.show_errors(compiled(draft=True).findings, source, color=color, notes=notes)
        complain(f"{source.path} only brings names to files that include it, and makes no job: compile one of those")
        return ERRORS
    options.show_errors(made.findings, source, color=color, notes=notes)
    if made.job is None:
        return ERRORS
    deliver(made.job.text(), output)
    return DONE
