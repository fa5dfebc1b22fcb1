"""`vidc serve`."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import click

from vidc.compile import compile, sealed
from vidc.diag.sink import clean
from vidc.ir.job import Job
from vidc.project import reader
from vidc.server.faults import NoFault, read_fault
from vidc.server.options import HOME, PORT, Options
from vidc.server.templates import template_id

from . import options as shared
from .end import DONE, ERRORS, WORLD, complain
from .linting import read
from .printing import write

EPILOG = """\b
Example:  vidc serve --fault 429:0.1 --fault no-answer:1/3

\b
A fault is KIND:HOW_OFTEN, such as 429:0.1 (with that probability),
no-answer:1/3 (every third), torn:#2 (the second only). It strikes posts of
jobs, or what is named: torn@get:0.5 (@get, @delete, @any).
  503, 429, ...    refused with that status; nothing is done
  dropped          the connection is closed; nothing is done
  no-answer        it is done, and the connection closed
  torn, garbled    it is done; half an answer comes, or no JSON
  hang             it is done; no answer ever comes
  accepted-503     it is done, and answered with that status
  slow, fail       the job takes 20 times as long, or fails
  lost-callback    the job's callback is not posted
"""


FOLDER = shared.FOLDER
SPEEDS = click.FloatRange(0.01, 1e6)
PROFILES = ("draft", "preview", "share")


@click.command(epilog=EPILOG)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, metavar="N", help=f"Not {PORT}; 0 is any free one."
)
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Listen here, not at 127.0.0.1.")
@click.option("--allow-host", "names", multiple=True, metavar="NAME", help="Answer to this name too.")
@click.option("--folder", type=FOLDER, default=HOME, metavar="FOLDER", help=f"Keep jobs and films here, not in {HOME}.")
@click.option("--token", metavar="TOKEN", help="Take only this token, not any.")
@click.option("--template", "templates", multiple=True, metavar="[ID=]FILE", help="Save a spec or job as a template.")
@click.option("--fault", "faults", multiple=True, metavar="FAULT", help="Let something go wrong: see below.")
@click.option("--seed", type=int, default=0, metavar="N", help="Let probabilities strike other requests.")
@click.option("--speed", type=SPEEDS, default=1.0, metavar="N", help="Let the server's waits pass N times faster.")
@click.option("--workers", "rooms", type=click.IntRange(1, 64), default=2, metavar="N", help="Films at once, not 2.")
@click.option("--render/--no-render", "rendered", default=True, help="Render films, or stand in for them.")
@click.option("--profile", type=click.Choice(PROFILES), default="preview", help="How well; preview if none is given.")
@click.option("--media", type=FOLDER, default=".", metavar="FOLDER", help="Find files here, not where you are.")
@click.option("--fetch", is_flag=True, help="Fetch what jobs name on public servers.")
@click.option("--quiet", is_flag=True, help="Do not print requests.")
def command(
    folder: str,
    media: str,
    templates: tuple[str, ...],
    faults: tuple[str, ...],
    rendered: bool,
    quiet: bool,
    **rest: object,
) -> int:
    """Serve Colossyan's API on this machine, for trying and testing without paying.

    Jobs are checked as `vidc compile` checks them, rendered here, and kept over restarts.
    """
    _check(faults)
    saved = _saved(templates)
    if saved is None:
        return ERRORS
    if lacking := [name for name in ("starlette", "uvicorn", "av") if find_spec(name) is None]:
        complain(f"{', '.join(lacking)} is not installed, which this needs: pip install 'vidc[server]'")
        return WORLD
    from vidc.server.greeting import greeting
    from vidc.server.rendering import missing
    from vidc.server.run import CannotServe, serve

    gc.enable()
    film = "render" if rendered and not missing() else "standin"
    chosen = Options(Path(folder), templates=saved, faults=faults, film=film, media=Path(media))
    chosen = replace(chosen, **rest)  # type: ignore[arg-type]  # named as the options are
    try:
        left = serve(
            chosen,
            lambda line: None if quiet else print(clean(line), file=sys.stderr, flush=True),
            lambda address, waiting: write(greeting(chosen, address, waiting)),
        )
    except CannotServe as error:
        complain(str(error))
        return WORLD
    complain("stopped" + (f"; {left} jobs go on at the next start" if left else ""))
    return DONE


def _check(faults: tuple[str, ...]) -> None:
    for text in faults:
        try:
            read_fault(text)
        except NoFault as error:
            raise click.BadParameter(str(error), param_hint="--fault") from error


def _saved(templates: tuple[str, ...]) -> dict[str, Job] | None:
    """The template jobs by id; None where a file makes no job, whose findings are shown."""
    saved: dict[str, Job] = {}
    for text in templates:
        name, file = template_id(text)
        source = read(file)
        made = sealed(compile(source, read=reader(None)))
        shared.show_errors(made.findings, source)
        if made.job is None:
            return None
        if made.job.kind != "video":
            raise click.BadParameter(f"{file} is a request of a template, and has no scenes", param_hint="--template")
        saved[name] = made.job
    return saved
