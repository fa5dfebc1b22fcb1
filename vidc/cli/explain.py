"""`vidc explain`."""

from __future__ import annotations

from importlib import import_module

import click

from vidc.diag.catalog import PAGES
from vidc.diag.page import show
from vidc.problems import load

from .printing import write


@click.command(epilog="Example:  vidc explain over-constrained")
@click.argument("name", required=False)
@click.option("--all", "every", is_flag=True, help="Print every page.")
def command(name: str | None, every: bool) -> int:
    """Explain a finding: what it means, why it matters, and an example of each side.

    Without a name, list all findings.
    """
    load()
    import_module("vidc.rules")
    known = PAGES
    if every:
        write("\n\n".join(show(known[one]) for one in sorted(known)))
    elif name is None:
        width = max(map(len, known))
        write("".join(f"{one:{width}}  {known[one].severity:7}  {_first(known[one].text)}\n" for one in sorted(known)))
    elif name in known:
        write(show(known[name]))
    else:
        from vidc.diag.near import nearest

        near = nearest(name, known)
        raise click.UsageError(f"there is no finding {name!r}." + (f" Did you mean {near!r}?" if near else ""))
    return 0


def _first(text: str) -> str:
    return text.strip().split("\n", 1)[0]
