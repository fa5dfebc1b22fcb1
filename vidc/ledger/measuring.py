"""measuring: how long the media of specs are, as the lock keeps it: fetched, opened, hashed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from hashlib import sha256

from vidc.compile import Compiled
from vidc.fetch import Door, Missing, fetch
from vidc.lock import Media
from vidc.render.media import probe
from vidc.render.media_limits import CannotDecode

FIELDS = {"video": "videoUrl", "audio": "audioUrl", "actor": "audioUrl"}


def addresses(made: Compiled) -> list[str]:
    """The addresses of all that has a length, each once, in order."""
    tracks = [] if made.spec is None else [track for scene in made.spec.scenes for track in scene.tracks]
    found = [track.values.get(FIELDS[track.type]) for track in tracks if track.type in FIELDS]
    return list(dict.fromkeys(address for address in found if isinstance(address, str) and address))


def measure(address: str, door: Door | None = None) -> Media:
    """The length of the medium at an https address; `Missing` and `CannotDecode` say why there is none.

    It is fetched anew, even where the project has a file that stands in for it, or a copy: a length proves something
    only of what the service will get.
    """
    with tempfile.TemporaryDirectory() as cache:
        path = fetch(address, cache, door)
        ms = probe(path).ms
        if not ms:
            raise CannotDecode(path, "it has no length")
        return Media(address, ms, _hash(path))


def measured(wanted: Iterable[str], door: Door | None = None) -> tuple[list[Media], list[str]]:
    """What could be measured, and a line for each of the others."""
    media, failures = [], []
    for address in wanted:
        try:
            media.append(measure(address, door))
        except (Missing, CannotDecode) as error:
            failures.append(f"{address}: {error.reason}")
    return media, failures


def _hash(path: str) -> str:
    found = sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()
