"""catalog: actors and voices as the service listed them, kept in a file with their age, so that checks need no network.

It loads nothing of the network: a check that only reads names pays for nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from vidc.whole import write_whole

from .answers import Actor, Voice
from .time import stamp

Kind: TypeAlias = Literal["actors", "voices"]

MAX_AGE_S = 24 * 60 * 60
"""A list that is older is asked for again where the service can be asked; avatars are made and voices cloned."""


@dataclass(frozen=True, slots=True)
class Listed:
    """`at`: seconds since 1970 at which the service listed them; `service`: its address."""

    service: str
    at: float
    items: Sequence[Actor | Voice]

    @property
    def names(self) -> list[str]:
        """What a track's `actor` or `speakerId` takes."""
        return [item.name for item in self.items]

    def age(self, now: float) -> str:
        """`2 hours old`, as a person reads it."""
        seconds = max(0, int(now - self.at))
        for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
            if seconds >= size:
                number = seconds // size
                return f"{number} {unit}{'' if number == 1 else 's'} old"
        return "just listed"


def path_of(folder: str, kind: Kind) -> str:
    return os.path.join(folder, f"{kind}.json")


def cached(folder: str, kind: Kind) -> Listed | None:
    """The list in a project's folder; None where there is none, or it cannot be read: it is only a copy."""
    try:
        with open(path_of(folder, kind), encoding="utf-8") as file:
            found = json.load(file)
        made: Any = Actor if kind == "actors" else Voice
        items = [made(**{name: _frozen(value) for name, value in item.items()}) for item in found["items"]]
        return Listed(str(found["service"]), float(found["at"]), items)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def listed(folder: str, kind: Kind, service: str, now: float, ask: Callable[[], Sequence[Any]], fresh: bool) -> Listed:
    """The list in the folder where it is of this service and young enough, else what the service says, kept there."""
    known = cached(folder, kind)
    if known is not None and known.service == service and not fresh and 0 <= now - known.at < MAX_AGE_S:
        return known
    found = Listed(service, now, ask())
    _keep(folder, kind, found)
    return found


def _keep(folder: str, kind: Kind, found: Listed) -> None:
    content = {"service": found.service, "at": found.at, "listed": stamp(found.at)}
    content["items"] = [asdict(item) for item in found.items]
    with contextlib.suppress(OSError):  # it is only a copy
        write_whole(path_of(folder, kind), json.dumps(content))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
