"""`vidc graph`."""

from __future__ import annotations

import click

from vidc.ir.tree import Node
from vidc.project import reader
from vidc.views.graph import Found, Graph, TooLarge
from vidc.views.graph_formats import as_data, dot, found_data, found_text, graph_text, mermaid
from vidc.views.graph_of import add_spec

from . import options
from .end import DONE, ERRORS, complain
from .showing import compile_all, is_part, width
from .writing import deliver


@click.command(epilog="Example:  vidc graph welcome.vidc.yaml --uses company")
@click.argument("specs", nargs=-1, required=True, type=options.FILE, metavar="SPEC...")
@click.option(
    "--format",
    type=click.Choice(("text", "dot", "mermaid", "json")),
    default="text",
    show_default=True,
    help="How to show it.",
)
@click.option("--uses", metavar="NAME", help="Show only what depends on this name.")
@options.output("graph")
@options.exclude
@options.variables
@options.root
@options.color
def command(
    specs: tuple[str, ...],
    format: str,
    uses: str | None,
    output: str | None,
    exclude: tuple[str, ...],
    given: dict[str, Node],
    root: str | None,
    color: bool | None,
) -> int:
    """Show what specs are made of, and what depends on what.

    SPEC is a file, a folder to search for specs, or - for standard input. NAME is a variable, a component, an actor,
    a speaker, an include, or a medium by its address or the last part of it. Required variables without a value take
    their example. A file with errors is left out, and they are shown.
    """
    sound, code = compile_all(specs, given, root, color, exclude)
    graph = Graph()
    try:
        for made in sorted(sound, key=is_part):  # a file's place is where a spec includes it
            add_spec(graph, made, reader(root))
        found = None if uses is None else graph.dependents(uses)
    except TooLarge as error:
        complain(f"this is too large for a graph: {error}")
        return ERRORS
    if uses is None:
        if sound:
            deliver(_rendered(graph, format), output)
        return code
    if found is not None:
        deliver(_found(found, format), output)
    elif code == DONE:
        near = graph.nearest(uses)
        raise click.UsageError(f"nothing here is called {uses!r}." + (f" Did you mean {near!r}?" if near else ""))
    return code


def _rendered(graph: Graph, format: str) -> str:
    drawn = graph.drawn()
    if format == "json":
        from vidc.diag.as_json import dumped

        return dumped(as_data(drawn), indent=2) + "\n"
    if format == "text":
        return graph_text(drawn, width())
    return dot(drawn) if format == "dot" else mermaid(drawn)


def _found(found: Found, format: str) -> str:
    if format == "json":
        from vidc.diag.as_json import dumped

        return dumped(found_data(found), indent=2) + "\n"
    if format == "text":
        return found_text(found, width())
    return dot(found.drawn) if format == "dot" else mermaid(found.drawn)
