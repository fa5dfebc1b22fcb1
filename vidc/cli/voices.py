"""`vidc voices`."""

from __future__ import annotations

import click

from . import asset_listing, service_options


@click.command(epilog="Example:  vidc voices en-GB")
@click.argument("word", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.option("--refresh", is_flag=True, help="Ask the service even where the list is less than a day old.")
@service_options.service
@service_options.guarded
def command(word: str | None, as_json: bool, refresh: bool, url: str | None, token_file: str | None) -> int:
    """List the voices of the workspace.

    WORD keeps those that have it in one of their columns. The list is kept in .vidc/voices.json.
    """
    return asset_listing.show("voices", word, as_json=as_json, refresh=refresh, url=url, token_file=token_file)
