"""elsewhere: what can be written in a spec and stands in none: names that the service has, files, findings."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TypeAlias

from vidc.diag.catalog import PAGES
from vidc.problems import load
from vidc.record import record

Named: TypeAlias = list[tuple[str, str]]
"""Names, and what is said of each."""


@record
class Elsewhere:
    """`names`: by property (`actor`, `speakerId`), what it takes. `files`: gives the names by which the document can
    include others. `found`: the findings of the document that a comment can allow."""

    names: dict[str, Named]
    files: Callable[[], list[str]]
    found: frozenset[str]


def findings() -> Named:
    """The warnings and notes, each with what its page says first."""
    return [(name, about) for name, about, severity in _pages() if severity != "error"]


@cache
def _pages() -> list[tuple[str, str, str]]:
    load()
    import_module("vidc.rules")
    return [(name, page.text.strip().partition("\n")[0], page.severity) for name, page in sorted(PAGES.items())]
