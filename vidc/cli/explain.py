"""`vidc explain`."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from vidc.diag.catalog import PAGES, Page
from vidc.diag.page import show
from vidc.problems import load

from .printing import columns, write


def _completed(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    return [name for name in sorted(_pages()) if name.startswith(begun)]


@click.command(epilog="Example:  vidc explain over-constrained")
@click.argument("name", required=False, shell_complete=_completed)
@click.option("--all", "every", is_flag=True, help="Print every page.")
def command(name: str | None, every: bool) -> int:
    """Explain a finding: what it means, why it matters, and an example of each side.

    Without a name, list all findings.
    """
    known = _pages()
    width = columns(sys.stdout)
    if every:
        write("\n\n".join(show(known[one], width) for one in sorted(known)))
    elif name is None:
        column = max(map(len, known))
        lines = (f"{one:{column}}  {known[one].severity:7}  {_first(known[one].text)}" for one in sorted(known))
        write("".join(f"{_cut(line, width)}\n" for line in lines))
    elif name in known:
        write(show(known[name], width))
    else:
        from vidc.diag.near import nearest

        near = nearest(name, known)
        raise click.UsageError(f"there is no finding {name!r}." + (f" Did you mean {near!r}?" if near else ""))
    return 0


def _pages() -> dict[str, Page]:
    load()
    import_module("vidc.rules")
    return PAGES


def _first(text: str) -> str:
    return text.strip().split("\n", 1)[0]


def _cut(line: str, width: int) -> str:
    """The line, its last words left out where it is too long."""
    if len(line) <= width:
        return line
    return line[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"
