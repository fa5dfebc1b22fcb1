"""`vidc render`."""

from __future__ import annotations

import os
from time import monotonic
from typing import Any

import click

from vidc.ir.tree import Node
from vidc.project import CannotRead
from vidc.source import Source

from . import options, render_spec
from .end import DONE, ERRORS, USAGE, WORLD, complain
from .linting import read
from .printing import CannotWrite
from .single import single

_PROFILES = ("draft", "preview", "share")


@click.command(epilog="Example:  vidc render welcome.vidc.yaml -o welcome.mp4 --captions")
@click.argument("spec", type=options.FILE)
@options.output("video")
@click.option(
    "--profile",
    type=click.Choice(_PROFILES),
    default="preview",
    show_default=True,
    help="draft: half the size; share: smaller files, slower.",
)
@render_spec.scene
@render_spec.drawn
@render_spec.badge
@click.option("--watch", is_flag=True, help="Render again whenever the spec or its media change.")
@options.variables
@options.root
@options.color
def command(spec: str, output: str | None, watch: bool, **asked: Any) -> int:
    """Render a spec to a video on this machine: a draft to judge words, timing and layout by.

    The voices are this machine's, so lengths differ somewhat from the service's. Cards stand in for media that are
    not there: put files below media/ as HOST/PATH, or use --fetch. Scenes that did not change are not rendered again.
    Required variables without a value take their example.
    """
    if not render_spec.is_installed():
        return WORLD
    if output == "-":
        raise click.UsageError("a video is written to a file: name one after -o")
    if watch:
        from .render_watch import watched

        if spec == "-":
            raise click.UsageError("--watch needs a file")
        return watched(lambda: _rendered(spec, output, **asked))
    code, _ = _rendered(spec, output, **asked)
    return code


def _rendered(
    spec: str,
    output: str | None,
    *,
    profile: str,
    scene: int | None,
    captions: bool,
    badge: bool,
    overlay: bool,
    fetch: bool,
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
) -> tuple[int, list[str]]:
    """Render once; the exit code, and the files that it depends on."""
    from vidc.render.encode import PROFILES
    from vidc.render.media_limits import CannotDecode
    from vidc.render.staging import Shown
    from vidc.render.staging_film import CannotFilm

    spec = single(spec, root)
    source = read(spec, root)
    depends = [source.file]
    try:
        chosen = PROFILES[profile]
        shown = Shown(captions, badge, overlay)
        production = render_spec.produced(source, given, root, color, fetch=fetch, shown=shown, scale=chosen.scale)
        if production is None:
            return ERRORS, depends
        depends = production.files()
        path = output or _name(spec, production.alpha)
        code = _film(production, source, path, chosen, scene, root, color) if _fits(path, production.alpha) else USAGE
    except (CannotDecode, CannotFilm) as error:
        return render_spec.failed(error, source), depends
    return code, depends


def _name(spec: str, alpha: bool) -> str:
    """`welcome.mp4` for `videos/welcome.vidc.yaml`, in the folder that one works in."""
    name = os.path.basename(spec).split(".")[0] if spec != "-" else ""
    return (name or "video") + (".webm" if alpha else ".mp4")


def _fits(path: str, alpha: bool) -> bool:
    """Whether a path has the ending that the film has; says so where it has not."""
    wanted = ".webm" if alpha else ".mp4"
    if os.path.splitext(path)[1].lower() == wanted:
        return True
    why = "it has an alpha channel, which is WebM's" if alpha else "videos without an alpha channel are MP4"
    complain(f"name the video *{wanted}: {why}")
    return False


def _film(
    production: Any, source: Source, path: str, profile: Any, scene: int | None, root: str | None, color: bool | None
) -> int:
    from vidc.render.film import film
    from vidc.render.segments import Store

    from .render_bar import Bar
    from .writing import reason

    only = render_spec.index_of(production, scene)
    store = Store(render_spec.kept_in(source, root, "render"))
    began, bar = monotonic(), Bar()
    try:
        made = film(production, path, profile, store, bar, only)
    except OSError as error:
        raise CannotWrite(path, reason(path, error)) from error
    finally:
        bar.close()
    render_spec.tell_drawn(production, source, color)
    _learn(production, source, root)
    _tell(path, made, monotonic() - began)
    return DONE


def _learn(production: Any, source: Source, root: str | None) -> None:
    """Keep the lengths in the project's lock of this machine: they are of no use elsewhere, so git does not see them.

    A lock that cannot be read or written is no reason to fail.
    """
    from vidc import lock as locks
    from vidc.ledger.place import folder
    from vidc.render.measure import learned

    project = render_spec.in_project(source, root)
    entries = [] if project is None else learned(production.sources)
    if project is not None and entries:
        try:
            locks.learn(os.path.join(folder(project), "local.lock"), *entries)
        except (CannotRead, OSError) as error:
            complain(f"lengths are not kept: {error}")


def _tell(path: str, made: Any, seconds: float) -> None:
    from vidc.clock import show

    kept = f", {made.made} of {made.frames} frames new" if made.made < made.frames else ""
    if made.made == 0:
        kept = ", nothing changed"
    complain(f"{path}: {show(made.ms)}{kept}, in {seconds:.1f} s; voices and their lengths are this machine's")
