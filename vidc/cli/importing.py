"""`vidc import`."""

from __future__ import annotations

import click

from vidc.adopt import adopt, is_spec
from vidc.diag.sink import clean

from . import options
from .end import DONE, ERRORS, complain
from .linting import read
from .writing import deliver


@click.command(name="import", epilog="Example:  vidc import job.json -o welcome.vidc.yaml")
@click.argument("job", type=options.FILE)
@options.output("spec")
@options.color
def command(job: str, output: str | None, color: bool | None) -> int:
    """Turn a job's JSON into a spec that compiles to just that job.

    JOB is a file, such as what Studio's "Export to API" gives, or - for standard input. Where the job itself has
    errors, they are shown and nothing is written.
    """
    source = read(job)
    adopted = adopt(source)
    if not adopted.text and is_spec(source):
        raise click.UsageError(f"{clean(source.path)} is a spec already; `vidc compile` makes its job.")
    if not adopted.text:
        options.show_errors(adopted.findings, source, color=color)
        if not any(finding.severity == "error" for finding in adopted.findings):
            complain("no spec gives this job: it holds what YAML reads otherwise")
        return ERRORS
    deliver(adopted.text, output)
    if adopted.literal:
        complain("kept in the service's own form: vidc's own would not give the same job")
    return DONE
