"""filming: the process that renders one job: told what to make in a line of JSON, it says how far it is in lines.

    progress 0.25        how much is done, from 0 to 1
    note TEXT            what is shown otherwise than was asked for
    done 4200            the film is there, and so many ms long
    failed REASON        it is not

It ends where its standard input does, so that it never outlives the server that started it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from json import dumps, loads
from pathlib import Path
from threading import Thread
from typing import Any

from vidc.compile import compile
from vidc.diag.sink import brief
from vidc.render.encode import PROFILES
from vidc.render.film import film
from vidc.render.media import Media, probe
from vidc.render.media_library import Library, Missing
from vidc.render.media_limits import CannotDecode
from vidc.render.media_pictures import Photo
from vidc.render.segments import Store
from vidc.render.staging import Shown
from vidc.render.staging_film import produce
from vidc.source import Source

from .thumbnail import thumbnail

KINDER = 5
"""How much more than this process the server's own is let run."""
ANY = 16
"""A size in pixels in which a picture is tried."""


def main() -> None:
    """Make the film that standard input asks for. Nothing but the lines above reaches standard output."""
    lines = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    os.nice(KINDER)
    task = loads(sys.stdin.readline())
    Thread(target=_end_with_the_server, daemon=True).start()

    def say(word: str, rest: object) -> None:
        print(word, rest, file=lines, flush=True)

    try:
        say("done", filmed(task, lambda done: say("progress", done), lambda text: say("note", _line(text))))
    except Exception as error:  # whatever the film's libraries raise, the server is told why
        say("failed", _line(str(error) or type(error).__name__))


def _line(text: str) -> str:
    return brief(text).encode("ascii", "backslashreplace").decode()


def filmed(task: dict[str, Any], told: Callable[[float], None], noted: Callable[[str], None]) -> int:
    """Write the film and its thumbnail; the film's length in ms.

    The task is `{job, film, thumbnail, profile, segments, media, cache, faces}`: what to make, where to, how well, the
    folders of what was encoded before, of files that stand in for addresses, and of what was fetched (or null), and the
    addresses of the pictures of actors that were created, by name.
    """
    source = Source("job.json", dumps(task["job"]))
    profile = PROFILES[task["profile"]]
    library = Library(task["media"], task["media"], task["cache"])
    faces = faces_of(task["faces"], library, noted)
    production = produce(lambda facts: compile(source, facts=facts), library, Shown(), profile.scale, faces)
    if isinstance(production, list):
        raise ValueError(next(one for one in production if one.severity == "error").words.message)
    percent = -1

    def heard(progress: Any) -> None:
        nonlocal percent
        if progress.done * 100 // progress.frames > percent:
            percent = progress.done * 100 // progress.frames
            told(percent / 100)

    made = film(production, task["film"], profile, Store(task["segments"]), heard)
    Path(task["thumbnail"]).write_bytes(thumbnail(task["film"]))
    return made.ms


def faces_of(addresses: Mapping[str, str], library: Library, noted: Callable[[str], None]) -> dict[str, Media]:
    """The pictures of actors, by name, that can be had and drawn; `noted` hears why the others cannot."""
    found: dict[str, Media] = {}
    for name, address in addresses.items():
        try:
            media = probe(library.resolve(address))
            Photo(media).picture(ANY, ANY)  # that it can be decoded is known only then
            found[name] = media
        except (Missing, CannotDecode) as error:
            noted(f"actor {name} is drawn as somebody else: {address}: {error.reason}")
    return found


def _end_with_the_server() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
