"""`vidc new`."""

from __future__ import annotations

import os
import shlex

import click

from vidc.diag.sink import clean

from . import options
from .end import DONE
from .writing import write_file

FIRST = """\
# yaml-language-server: $schema=vidc.schema.json
# A video as text. `vidc lint` says what is wrong with it, `vidc timeline` when everything starts.

settings:
  name: Welcome to <company>               # <company> is filled in from the variables below
  videoSize: {width: 1920, height: 1080}   # in pixels

language: en                               # how long the scripts take to say depends on it

variables:                                 # vidc compile --var company=Contoso gives another value
  company: Northwind

defaults:                                  # what each track of a type has, if it says no other
  actor:
    actor: karen
    speakerId: aquXcfLbkxpW4BBI5qKm
    position: {x: center, y: 0}
    size: {width: 1080, height: 1080}

scenes:                                    # one after the other
  - name: hello                            # as long as the one track that has a length: the actor
    tracks:
      - type: actor
        text: Hello, and welcome to <company>. In the next minute I show you around.
      - type: text                         # on top of the tracks before it
        text: Welcome to <company>
        position: {x: 10%, y: 80%}
        size: {width: 80%, height: 12%}
        startTimeGap: 500ms                # after the scene's start
        endTimeGap: 500ms                  # before the scene's end

  - name: goodbye
    intrinsicDurationTrackReference: speech   # as long as that track: two of them have a length
    tracks:
      - type: actor
        referenceId: speech
        text: That is all for now. Thank you for watching.
      - type: text
        text: Thank you
        position: {x: 10%, y: 80%}
        size: {width: 80%, height: 12%}
        duration: 1500ms
"""


@click.command(epilog="Example:  vidc new welcome.vidc.yaml")
@click.argument("file", type=options.FILE, default="video.vidc.yaml")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(file: str, force: bool) -> int:
    """Write a first spec that compiles, with comments that explain it.

    FILE ends in .vidc.yaml, which is added to a name without a dot. A file that is there is left alone.
    """
    file = _named(file)
    if not force and os.path.lexists(file):
        raise click.UsageError(f"{_shown(file)} is there already; --force writes over it.")
    write_file(file, FIRST)
    schema = os.path.join(os.path.dirname(file), "vidc.schema.json")
    steps = {
        f"vidc lint {_argument(file)}": "say what is wrong with it",
        f"vidc timeline {_argument(file)}": "show when everything starts and ends",
        f"vidc compile {_argument(file)}": "make the job",
        f"vidc schema > {_argument(schema)}": "let your editor complete it",
    }
    width = max(map(len, steps))
    click.echo(f"Wrote {_shown(file)}. Next:\n")
    click.echo("".join(f"  {step:{width}}  # {what}\n" for step, what in steps.items()), nl=False)
    return DONE


def _named(file: str) -> str:
    """The name under which a search of folders finds the spec; a mistake where another was meant."""
    folder, name = os.path.split(file)
    if os.path.isdir(file) or not name:
        raise click.UsageError(f"{_shown(file)} is a folder; name a file in it: {_join(file, 'video.vidc.yaml')}")
    if file == "-":
        raise click.UsageError("a first spec is written to a file: give its name, such as video.vidc.yaml.")
    if name.endswith((".vidc.yaml", ".vidc.yml")):
        return file
    if "." not in name:
        return f"{file}.vidc.yaml"
    stem = name
    for ending in (".json", ".yaml", ".yml", ".vidc"):
        stem = stem.removesuffix(ending)
    raise click.UsageError(
        f"{_shown(file)} is no name for a first spec, which is YAML: {_join(folder, (stem or 'video') + '.vidc.yaml')}"
    )


def _join(folder: str, name: str) -> str:
    return _shown(os.path.join(folder, name))


def _argument(file: str) -> str:
    return shlex.quote(_shown(file))


def _shown(file: str) -> str:
    return clean(click.format_filename(file))
