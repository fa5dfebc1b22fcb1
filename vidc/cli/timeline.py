"""`vidc timeline`."""

from __future__ import annotations

import sys

import click

from vidc.compile import compile
from vidc.ir.tree import Node
from vidc.project import reader
from vidc.views.chart import Shown

from . import options
from .end import DONE, ERRORS
from .linting import read
from .printing import columns, write


@click.command(epilog="Example:  vidc timeline welcome.vidc.yaml --format html > timeline.html")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    type=click.Choice(("text", "json", "svg", "html")),
    default="text",
    show_default=True,
    help="How to show it.",
)
@options.variables
@options.root
@options.color
def command(files: tuple[str, ...], format: str, given: dict[str, Node], root: str | None, color: bool | None) -> int:
    """Show when everything starts and ends, and how sure that is.

    Required variables without a value take their example. A file with errors is left out, and they are shown.
    """
    shown: list[Shown] = []
    for path in files:
        source = read(path, root)
        made = compile(source, given=given, read=reader(root), draft=True)
        broken = any(finding.severity == "error" for finding in made.findings)
        if broken or made.timeline is None:
            options.show_errors(made.findings, source, color=color)
            continue
        cuts = [finding for finding in (*made.findings, *made.allowed) if finding.words.cuts]
        shown.append(Shown(source.path, made.timeline, cuts))
    if shown or format == "json":
        write(_rendered(shown, format))
    return DONE if len(shown) == len(files) else ERRORS


def _rendered(shown: list[Shown], format: str) -> str:
    if format == "json":
        from json import dumps

        from vidc.views.timeline_data import as_data

        return dumps([as_data(one.file, one.timeline) for one in shown], ensure_ascii=False, indent=2) + "\n"
    if format == "svg":
        from vidc.views.timeline_svg import timeline_svg

        return timeline_svg(shown)
    if format == "html":
        from vidc.views.timeline_html import timeline_html

        return timeline_html(shown)
    from vidc.views.timeline_text import timeline_text

    ascii_only = not (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    return timeline_text(shown, _width(), ascii_only)


def _width() -> int:
    """The terminal's width; 80 where there is none."""
    return max(columns(sys.stdout), 40) if sys.stdout.isatty() else 80
