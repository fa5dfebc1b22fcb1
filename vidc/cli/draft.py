"""`vidc draft`."""

from __future__ import annotations

import click

from vidc.diag.sink import brief

from . import options, service_options
from .end import DONE, ERRORS
from .linting import read


@click.command(epilog="Example:  vidc draft outline.yaml")
@click.argument("outline", type=options.FILE)
@click.option(
    "--template", metavar="ID", help="The draft template to fill; the service takes one at random if not given."
)
@service_options.service
@service_options.guarded
def command(outline: str, template: str | None, url: str | None, token_file: str | None) -> int:
    """Let the service draft a video from an outline, and print where the draft is.

    OUTLINE is YAML or JSON with `title`, `description` and `chapters`, each of them with `title`, `script` and
    `searchTerms`: {title: Onboarding, description: For new people, chapters: [{title: Welcome, script: Hello.,
    searchTerms: office}]}. This part of the service is experimental.
    """
    from vidc.ledger.outline import outline_of

    summary, findings = outline_of(read(outline))
    if summary is None:
        if isinstance(findings, str):
            raise click.UsageError(findings)
        options.show_errors(findings)
        return ERRORS
    with service_options.client(url, token_file) as client:
        click.echo(brief(client.generate_draft(summary, template)))
    return DONE
