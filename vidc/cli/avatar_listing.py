"""avatar_listing: shows the lists of actors and voices, for `actors` and `voices`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from vidc.colossyan.answers import Actor, Voice
from vidc.colossyan.catalog import Kind, Listed, cached, listed
from vidc.diag.as_json import dumped
from vidc.ledger.place import folder
from vidc.project import root_of

from . import service_options, status_table
from .end import DONE, complain
from .printing import write

HEADS = {
    "actors": ("NAME", "SHOWN AS", "TYPE", "GENDER", "VARIANTS", "DEFAULT VOICE"),
    "voices": ("NAME", "SHOWN AS", "LANGUAGES", "GENDER", "STYLE", "CLONED"),
}


def show(kind: Kind, word: str | None, *, as_json: bool, refresh: bool, url: str | None, token_file: str | None) -> int:
    """List them; without a token, as they were listed last."""
    place = folder(root_of("."))
    now = time.time()
    with service_options.client_if_any(url, token_file) as client:
        known = cached(place, kind) if client is None else None
        if known is None:
            known = _asked(place, kind, now, refresh, url, token_file)
    items = [item for item in known.items if word is None or _has(item, word)]
    if as_json:
        write(dumped([asdict(item) for item in items], indent=2) + "\n")
    else:
        write(status_table.table(HEADS[kind], [_cells(item) for item in items]) if items else f"no {kind}\n")
        complain(f"{len(items)} of {len(known.items)} {kind}, {known.age(now)}; --refresh asks again")
    return DONE


def _asked(place: str, kind: Kind, now: float, refresh: bool, url: str | None, token_file: str | None) -> Listed:
    with service_options.client(url, token_file) as client:
        ask: Any = client.actors if kind == "actors" else client.voices
        return listed(place, kind, client.service.url, now, ask, refresh)


def _has(item: Actor | Voice, word: str) -> bool:
    return any(word.casefold() in cell.casefold() for cell in _cells(item))


def _cells(item: Actor | Voice) -> tuple[str, ...]:
    match item:
        case Actor(name, display_name, kind, gender, default_voice, variants):
            return name, display_name, kind, gender, _joined(variants), default_voice
        case Voice(name, display_name, languages, genders, style, cloned):
            return name, display_name, _joined(languages), _joined(genders), style, "yes" if cloned else ""


def _joined(words: Sequence[str]) -> str:
    return ", ".join(words)
