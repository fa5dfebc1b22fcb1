"""`vidc lsp`."""

from __future__ import annotations

import os

import click

from .end import DONE


@click.command(epilog="Example:  vidc lsp   (an editor starts it; README shows how)")
def command() -> int:
    """Serve an editor: findings while you type, times beside the lines, completion, definitions, renaming, fixes.

    It speaks the language server protocol on standard input and output.
    """
    try:
        from vidc.editor.server import made_server
    except ImportError as error:
        raise click.ClickException("this needs pygls; `pip install 'vidc[editor]'` brings it.") from error
    with open(os.dup(0), "rb") as asked, open(os.dup(1), "wb") as answered:  # it closes what it is given
        made_server().start_io(asked, answered)
    return DONE
