"""read: one reading of a text."""

from __future__ import annotations

from yaml.error import MarkedYAMLError

from vidc.diag.finding import Log
from vidc.ir.tree import Node, Scalar
from vidc.record import record
from vidc.source import Source, Span

from .build import Builder, Spent


@record
class Reading:
    """What was made of a text: the document's root, what of it is in no tree, quotes with a `#` right behind them, and
    whether something without quotes begins with a slash; keys that stand again in their mapping, each with the first of
    that mapping. Or why it is no YAML, and where the lists and mappings began
    that are open there, the outermost first."""

    text: str
    root: Node | None
    lost: list[Node]
    error: MarkedYAMLError | None = None
    opened: tuple[int, ...] = ()
    hashes: tuple[Span, ...] = ()
    has_slashes: bool = False
    repeated: tuple[tuple[Scalar, Scalar], ...] = ()

    @property
    def failed(self) -> int | None:
        """Where the text stops being YAML."""
        if self.error is None:
            return None
        mark = self.error.problem_mark or self.error.context_mark
        return min(mark.index, max(len(self.text) - 1, 0)) if mark else 0

    @property
    def context(self) -> int:
        """Where what was being read there began, -1 for nowhere."""
        mark = self.error.context_mark if self.error is not None else None
        return min(mark.index, len(self.text)) if mark else -1

    @property
    def fault(self) -> int | None:
        """Where the line is that is at fault: a parser that looks for a `:` says so a line too late."""
        late = self.error is not None and (self.error.problem or "").startswith("could not find")
        return self.context if late and self.context >= 0 else self.failed


def read(source: Source, text: str, log: Log, spent: Spent) -> Reading:
    """Read a text that is as long as its source's, sign for sign.

    A JSON text with surrogate pairs is read a second time, with escapes that libyaml takes; the builder puts the
    characters back.
    """
    before = len(log.findings)
    first = _made(Builder(source, log, spent), text, text)
    if first.error is None or "Unicode character escape" not in (first.error.problem or ""):
        return first
    from .pairs import replaced, stand_in

    sign = stand_in(text)
    if not sign:
        return first
    log.take_back(log.findings[before:])
    return _made(Builder(source, log, spent, sign), text, replaced(text, sign))


def _made(builder: Builder, text: str, written: str) -> Reading:
    """What a builder makes of a text, `written` as libyaml takes it."""
    try:
        root = builder.build(written)
    except MarkedYAMLError as error:
        return Reading(text, None, builder.lost, error, tuple(frame[-1] for frame in builder.open))
    repeated = tuple((key, next(iter(entries.values()))[0]) for entries, key, _ in builder.repeated)
    return Reading(
        text, root, builder.lost, hashes=tuple(builder.hashes), has_slashes=builder.has_slashes, repeated=repeated
    )
