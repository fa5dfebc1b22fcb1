"""`vidc frame`."""

from __future__ import annotations

import click

from vidc.clock import read_time
from vidc.ir.tree import Node

from . import options, render_spec
from .end import DONE, ERRORS, USAGE, WORLD, complain
from .linting import read
from .render_file import write_bytes
from .single import single


def _time(_ctx: click.Context, _parameter: click.Parameter, text: str) -> int:
    ms = read_time(text)
    if ms is None:
        raise click.BadParameter(f"{text!r} is no time: write it as 2.5s, 500ms or 1m30s")
    return ms


@click.command(epilog="Example:  vidc frame welcome.vidc.yaml --at 2.5s -o welcome.png")
@click.argument("spec", type=options.FILE)
@click.option("--at", callback=_time, default="0s", metavar="TIME", help="When, such as 2.5s.  [default: the begin]")
@options.output("picture")
@render_spec.scene
@render_spec.drawn
@render_spec.badge
@options.variables
@options.root
@options.color
def command(
    spec: str,
    at: int,
    output: str | None,
    scene: int | None,
    captions: bool,
    badge: bool,
    overlay: bool,
    fetch: bool,
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
) -> int:
    """Show what a video shows at a time, as a PNG: the frame that `vidc render` would make.

    With --scene, the time counts from that scene's begin.
    """
    if not render_spec.is_installed():
        return WORLD
    from vidc.render.media_limits import CannotDecode
    from vidc.render.staging import Shown
    from vidc.render.staging_film import CannotFilm
    from vidc.render.still import PastEnd, png, still

    spec = single(spec, root)
    source = read(spec, root)
    try:
        shown = Shown(captions, badge, overlay)
        production = render_spec.produced(source, given, root, color, fetch=fetch, shown=shown, scale=1.0)
        if production is None:
            return ERRORS
        content = png(still(production, at, render_spec.index_of(production, scene)))
    except (CannotDecode, CannotFilm) as error:
        return render_spec.failed(error, source)
    except PastEnd as error:
        complain(str(error))
        return USAGE
    render_spec.tell_drawn(production, source, color)
    write_bytes(output, content)
    return DONE
