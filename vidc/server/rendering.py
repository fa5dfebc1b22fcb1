"""rendering: a job -> an MP4 file and its thumbnail, in a process of its own that can be stopped at any moment.

The one seam to the renderer. Where its libraries are not installed, or nothing is to be rendered, a stand-in of the
expected length takes the film's place; the server says so when it starts.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from json import dumps, loads
from pathlib import Path
from typing import Any

from .options import Options
from .standin import stand_in

LIBRARIES = ("av", "espeakng_loader", "numpy", "pymupdf_fonts", "resvg_py", "uharfbuzz")
"""What the renderer needs beside vidc."""


COMMAND = (sys.executable, "-m", "vidc.server.filming")
"""The process that renders."""


class CannotRender(Exception):  # noqa: N818  # named as the sentence reads: "cannot render: reason"
    """The renderer gave up; its text says why."""


@dataclass(frozen=True, slots=True)
class Film:
    """Where a film and its thumbnail are written. They appear whole or not at all."""

    film: Path
    thumbnail: Path

    def files(self) -> tuple[Path, Path]:
        return self.film, self.thumbnail


def missing() -> list[str]:
    """What must be installed before anything can be rendered."""
    return [name for name in LIBRARIES if find_spec(name) is None]


def stand_for(job: str, ms: int, film: Film) -> int:
    """Write a stand-in for a job's film; gives its length in ms, which is that of the job."""
    size = loads(job)["videoCreative"]["settings"]["videoSize"]
    parts = [_part(path) for path in film.files()]
    stand_in(parts[0], parts[1], ms, size["width"], size["height"])
    for part, path in zip(parts, film.files(), strict=True):
        os.replace(part, path)
    return ms


def task_of(job: str, options: Options, created: Mapping[str, str]) -> dict[str, Any]:
    """What the process that renders is told of a job, beside where to write. `created`: the addresses of the pictures
    of all actors that were created, by name."""
    made = loads(job)
    seen = [track.get("actor") for scene in made["videoCreative"]["scenes"] for track in scene["tracks"]]
    return {
        "job": made,
        "faces": {name: address for name, address in created.items() if name in seen},
        "profile": options.profile,
        "segments": str(options.folder / "segments"),
        "media": str(options.media.resolve()),
        "cache": str(options.folder / "fetched") if options.fetch else None,
    }


async def render(
    task: dict[str, Any],
    film: Film,
    told: Callable[[float], None],
    noted: Callable[[str], None] = lambda _: None,
    command: Sequence[str] = COMMAND,
) -> int:
    """Render a job's film; gives its length in ms. `told` hears how much is done, from 0 to 1; `noted`, what is shown
    otherwise than was asked for.

    Being cancelled ends the process that renders, and leaves no file.
    """
    parts = [_part(path) for path in film.files()]
    child = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        ms = await _followed(child, task | {"film": str(parts[0]), "thumbnail": str(parts[1])}, told, noted)
        for part, path in zip(parts, film.files(), strict=True):
            os.replace(part, path)
        return ms
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()
        for part in parts:
            part.unlink(missing_ok=True)


async def _followed(
    child: asyncio.subprocess.Process,
    task: dict[str, Any],
    told: Callable[[float], None],
    noted: Callable[[str], None],
) -> int:
    """Give the child its task and hear what it says, until it says how long the film is."""
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(dumps(task).encode("ascii") + b"\n")
    while line := await child.stdout.readline():
        word, _, rest = line.decode().strip().partition(" ")
        if word == "done":
            return int(rest)
        if word == "failed":
            raise CannotRender(rest)
        if word == "progress":
            told(float(rest))
        if word == "note":
            noted(rest)
    raise CannotRender("its process ended")


def _part(path: Path) -> Path:
    return path.with_name(f"{path.stem}.part{path.suffix}")
