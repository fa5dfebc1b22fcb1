"""read: one reading of a text."""

from __future__ import annotations

from yaml.error import MarkedYAMLError

from vidc.diag.finding import Log
from vidc.ir.tree import Node
from vidc.record import record
from vidc.source import Source

from .build import Builder, Spent


@record
class Reading:
    """What was made of a text: the document's root, and what of it is in no tree; or why it is no YAML, and where the
    lists and mappings began that are open there, the outermost first."""

    text: str
    root: Node | None
    lost: list[Node]
    error: MarkedYAMLError | None = None
    opened: tuple[int, ...] = ()

    @property
    def failed(self) -> int | None:
        """Where the text stops being YAML."""
        if self.error is None:
            return None
        mark = self.error.problem_mark or self.error.context_mark
        return min(mark.index, max(len(self.text) - 1, 0)) if mark else 0


def read(source: Source, text: str, log: Log, spent: Spent) -> Reading:
    """Read a text that is as long as its source's, sign for sign.

    A JSON text with surrogate pairs is read a second time, with escapes that libyaml takes; the builder puts the
    characters back.
    """
    before = len(log.findings)
    builder = Builder(source, log, spent)
    try:
        return Reading(text, builder.build(text), builder.lost)
    except MarkedYAMLError as error:
        failed = Reading(text, None, builder.lost, error, _opened(builder))
        if "Unicode character escape" not in (error.problem or ""):
            return failed
    from .pairs import replaced, stand_in

    sign = stand_in(text)
    if not sign:
        return failed
    log.take_back(log.findings[before:])
    builder = Builder(source, log, spent, sign)
    try:
        return Reading(text, builder.build(replaced(text, sign)), builder.lost)
    except MarkedYAMLError as error:
        return Reading(text, None, builder.lost, error, _opened(builder))


def _opened(builder: Builder) -> tuple[int, ...]:
    return tuple(frame[-1] for frame in builder.open)
