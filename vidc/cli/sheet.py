"""`vidc sheet`."""

from __future__ import annotations

import click

from vidc.ir.tree import Node

from . import options, render_spec
from .end import DONE, ERRORS, WORLD
from .linting import read
from .render_file import write_bytes
from .single import single


@click.command(epilog="Example:  vidc sheet welcome.vidc.yaml -o welcome.png")
@click.argument("spec", type=options.FILE)
@options.output("picture")
@render_spec.scene
@render_spec.drawn
@options.variables
@options.root
@options.color
def command(
    spec: str,
    output: str | None,
    scene: int | None,
    captions: bool,
    overlay: bool,
    fetch: bool,
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
) -> int:
    """Draw a contact sheet, as a PNG: each scene at four of its moments, with its name and times."""
    if not render_spec.is_installed():
        return WORLD
    from vidc.render.media_limits import CannotDecode
    from vidc.render.sheet import scale_for, sheet
    from vidc.render.staging import Shown
    from vidc.render.staging_film import CannotFilm
    from vidc.render.still import png

    spec = single(spec, root)
    source = read(spec, root)
    try:
        shown = Shown(captions=captions, overlay=overlay)
        production = render_spec.produced(source, given, root, color, fetch=fetch, shown=shown, scale=scale_for)
        if production is None:
            return ERRORS
        content = png(sheet(production, render_spec.index_of(production, scene)))
    except (CannotDecode, CannotFilm) as error:
        return render_spec.failed(error, source)
    render_spec.tell_drawn(production, source, color)
    write_bytes(output, content)
    return DONE
