"""`vidc schema`."""

from __future__ import annotations

import click

from vidc.compile import read_tree
from vidc.contract import TooLarge, breaches, schema_text
from vidc.ir.tree import plain

from . import options
from .end import DONE, ERRORS, complain
from .linting import read
from .printing import write

SCHEMAS = {
    "spec": "vidc.schema.json",
    "job": "colossyan-job.schema.json",
    "template": "colossyan-template-job.schema.json",
}


@click.command(epilog="Example:  vidc schema > vidc.schema.json")
@click.option("--of", "kind", type=click.Choice(list(SCHEMAS)), default="spec", show_default=True, help="Which schema.")
@click.option(
    "--check", "file", type=options.FILE, metavar="FILE", help="Hold a file against the schema instead of printing it."
)
def command(kind: str, file: str | None) -> int:
    """Print the JSON Schema of specs, for editors, or hold a file against it.

    `vidc lint` finds far more; the schema is what an editor completes from.
    """
    if file is None:
        write(schema_text(SCHEMAS[kind]))
        return DONE
    tree, findings = read_tree(read(file))
    if tree is None:
        options.show_errors(findings)
        return ERRORS
    try:
        broken = breaches(plain(tree), SCHEMAS[kind])
    except TooLarge as error:
        complain(f"{file} is too large to be held against a schema: {error}")
        return ERRORS
    for where, what in broken:
        complain(f"{file}: {where or 'the whole file'}: {what}")
    return ERRORS if broken else DONE
