"""asset_listing: shows the lists of actors and voices, for `actors` and `voices`."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from vidc.colossyan.answers import Actor, Voice
from vidc.colossyan.catalog import Kind, Listed, cached, listed
from vidc.colossyan.errors import Unreachable
from vidc.colossyan.service import has_token
from vidc.diag.as_json import dumped
from vidc.ledger.place import FOLDER, folder
from vidc.project import root_of

from . import service_options
from .end import DONE, complain
from .printing import write
from .table import table

HEADS = {
    "actors": ("NAME", "SHOWN AS", "TYPE", "GENDER", "VARIANTS", "DEFAULT VOICE"),
    "voices": ("NAME", "SHOWN AS", "LANGUAGES", "GENDER", "STYLE", "CLONED"),
}


def show(kind: Kind, word: str | None, *, as_json: bool, refresh: bool, url: str | None, token_file: str | None) -> int:
    """List them; where the service cannot be asked, as they were listed last."""
    now = time.time()
    known = _known(kind, now, refresh, url, token_file)
    items = [item for item in known.items if word is None or _has(item, word)]
    if as_json:
        write(dumped([asdict(item) for item in items], indent=2) + "\n")
    else:
        write(table(HEADS[kind], [_cells(item) for item in items]) if items else f"no {kind}\n")
        complain(f"{len(items)} of {len(known.items)} {kind}, {known.age(now)}; --refresh asks again")
    return DONE


def _known(kind: Kind, now: float, refresh: bool, url: str | None, token_file: str | None) -> Listed:
    place = os.path.join(root_of("."), FOLDER)
    with contextlib.suppress(OSError):  # the list is only a copy, and shown where none can be kept
        folder(root_of("."))
    kept = cached(place, kind)
    if kept is not None and not has_token(url, token_file):
        return kept
    with service_options.client(url, token_file, looking=True) as client:
        ask: Any = client.actors if kind == "actors" else client.voices
        try:
            return listed(place, kind, client.service.url, now, ask, refresh)
        except Unreachable as error:
            if kept is None or refresh or kept.service != client.service.url:
                raise
            complain(str(error))
            complain("what is shown is the list as it was kept")
            return kept


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
