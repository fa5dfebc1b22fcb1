"""`vidc timeline`."""

from __future__ import annotations

import sys

import click

from vidc.compile import Compiled
from vidc.ir.timeline import Timeline
from vidc.ir.tree import Node
from vidc.views.chart import MAX_DRAWN, Shown

from . import options
from .end import ERRORS, complain
from .printing import WIDTH
from .showing import compile_all, width
from .writing import deliver


@click.command(epilog="Example:  vidc timeline welcome.vidc.yaml --format html -o timeline.html")
@click.argument("files", nargs=-1, required=True, type=options.FILE, metavar="FILE...")
@click.option(
    "--format",
    type=click.Choice(("text", "json", "svg", "html", "otio")),
    default="text",
    show_default=True,
    help="How to show it.",
)
@options.output("timeline")
@options.exclude
@options.variables
@options.root
@options.color
@options.isolated
def command(
    files: tuple[str, ...],
    format: str,
    output: str | None,
    exclude: tuple[str, ...],
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
    isolated: bool,
) -> int:
    """Show when everything starts and ends, and how sure that is.

    FILE is a spec, a folder to search for specs, or - for standard input. Required variables without a value take
    their example. A file with errors is left out, and they are shown.
    """
    sound, code = compile_all(files, given, root, color, exclude, isolated)
    shown = [_shown(made, made.timeline) for made in sound if made.timeline is not None]
    if sound and not shown:
        complain(f"{sound[0].source.path} only brings names to files that include it, and has no timeline")
    if format == "otio" and len(shown) > 1:
        raise click.UsageError("OpenTimelineIO holds one timeline; name one file.")
    count = sum(1 + len(scene.tracks) for one in shown for scene in one.timeline.scenes)
    if count > MAX_DRAWN:
        complain(f"{count:,} scenes and tracks are too many to show: at most {MAX_DRAWN:,}")
        return ERRORS
    if shown or format == "json":
        deliver(_rendered(shown, format, output is None), output)
    return code


def _shown(made: Compiled, timeline: Timeline) -> Shown:
    cuts = [finding for finding in (*made.findings, *made.allowed) if finding.words.cuts]
    return Shown(made.source.path, timeline, cuts)


def _rendered(shown: list[Shown], format: str, printed: bool) -> str:
    """`printed`: for the terminal, else for a file, which is the same wherever it is written."""
    if format == "json":
        from vidc.diag.as_json import dumped
        from vidc.views.timeline_data import as_data

        return dumped([as_data(one.file, one.timeline) for one in shown], indent=2) + "\n"
    if format == "svg":
        from vidc.views.timeline_svg import timeline_svg

        return timeline_svg(shown)
    if format == "otio":
        return _interchange(shown[0])
    if format == "html":
        from vidc.views.timeline_html import timeline_html

        return timeline_html(shown)
    from vidc.views.timeline_text import timeline_text

    if not printed:
        return timeline_text(shown, WIDTH)
    encoding = "utf-8" if sys.stdout is None else sys.stdout.encoding or ""
    ascii_only = not encoding.lower().replace("-", "").startswith("utf")
    return timeline_text(shown, width(), ascii_only)


def _interchange(shown: Shown) -> str:
    from vidc.review.interchange import otio_json

    try:
        return otio_json(shown.file, shown.timeline)
    except ImportError as error:
        raise click.ClickException(
            "OpenTimelineIO is not installed; `pip install 'vidc[review]'` brings it."
        ) from error
