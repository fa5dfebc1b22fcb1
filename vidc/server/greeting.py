"""greeting: what is said when the server starts: how to use it, and what it does and does not do."""

from __future__ import annotations

from vidc.diag.sink import clean

from .options import Options
from .rendering import missing


def greeting(options: Options, address: str, waiting: int) -> str:
    """Some lines of text, the first with the server's address."""
    token = "any" if options.token is None else "the one that --token names"
    facts = {
        "jobs": f"{options.folder}" + (f", {waiting} go on" if waiting else ""),
        "films": _films(options),
        "templates": ", ".join(options.templates or ()),
        "faults": " ".join(options.faults),
        "open to": _open_to(options),
    }
    lines = [
        f"vidc serve: {address} speaks Colossyan's API, and nothing costs anything",
        "",
        f"  export COLOSSYAN_URL={address}/api/v1",
        f"  export COLOSSYAN_TOKEN=...   # {token}",
        "",
        *(f"  {name:<11}{value}" for name, value in facts.items() if value),
        "",
        "Ctrl-C stops it; its jobs go on at the next start.",
    ]
    return "\n".join(clean(line) for line in lines) + "\n"


def _open_to(options: Options) -> str:
    if options.host in ("127.0.0.1", "localhost", "::1"):
        return ""
    who = "who has the token" if options.token is not None else "everyone; `--token` closes it"
    return f"other machines, there to {who}"


def _films(options: Options) -> str:
    if options.film == "render":
        return "rendered on this machine, as drafts" + ("" if options.fetch else "; --fetch gets pictures from the web")
    stand_in = "one grey picture of the expected length each"
    lacking = missing()
    return f"{stand_in}; not rendered" + (f": {', '.join(lacking)} is missing" if lacking else "")
