"""options: how the server was asked to run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vidc.ir.job import Job

PORT = 8787
HOME = ".vidc/serve"


@dataclass(frozen=True, slots=True)
class Options:
    """`folder`: where jobs and films are kept. `token`: the only one that will do; None for any. `templates`: saved
    jobs by id. `names`: hosts it may be called by beside `localhost` and addresses. `speed`: how many times faster
    than the clock its waits pass. `rooms`: how many films are made at once. `film`: `render`, or `standin` where
    films only have the right length. `profile`: how well films are rendered. `media`: the folder below which files are
    read that jobs name or that stand in for addresses. `fetch`: whether what is public is fetched."""

    folder: Path
    host: str = "127.0.0.1"
    port: int = PORT
    token: str | None = None
    templates: dict[str, Job] | None = None
    faults: tuple[str, ...] = ()
    seed: int = 0
    names: tuple[str, ...] = ()
    speed: float = 1.0
    rooms: int = 2
    film: str = "render"
    profile: str = "preview"
    media: Path = Path(".")
    fetch: bool = False
