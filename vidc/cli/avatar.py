"""`vidc avatar`."""

from __future__ import annotations

import click

from vidc.diag.sink import brief

from . import service_options
from .end import DONE, complain


@click.group(epilog="Example:  vidc avatar create Ann --from https://x.example.com/a.jpg --gender Male")
def command() -> None:
    """Make an actor of your own."""


@command.command(epilog="Example:  vidc avatar create Ann --from https://x.example.com/a.jpg --gender Male")
@click.argument("name")
@click.option("--from", "source", required=True, metavar="URL", help="The address of an image or a video of a person.")
@click.option("--gender", required=True, type=click.Choice(["Male", "Female"]), help="As the service asks for it.")
@service_options.service
@service_options.guarded
def create(name: str, source: str, gender: str, url: str | None, token_file: str | None) -> int:
    """Make an actor from an image or a video at an address.

    Printed is what a track's `actor` takes.
    """
    if not source.startswith(("https://", "http://")):
        raise click.UsageError("--from takes the address of an image or a video, which the service fetches.")
    with service_options.client(url, token_file) as client:
        made = client.create_avatar(name, source, gender)
    click.echo(brief(made))
    complain(f"made; `vidc actors --refresh {brief(made)}` shows it once it is listed")
    return DONE
