"""parse: text -> Tree. The one door of PyYAML: its C parser's events, built into a tree that knows where it stands.

Scalars are read by YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema) but for `.inf` and `.nan`,
which stay text: no job can hold them. PyYAML's constructors and resolver are not used.
"""

from __future__ import annotations

import re

from yaml.error import YAMLError

from vidc.diag.finding import Log
from vidc.ir.tree import Mapping, Scalar, Sequence
from vidc.source import Source, Span

from .build import MAX_DEPTH, MAX_NODES, MAX_SCALAR, Spent, Stop
from .read import Reading, read

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "MAX_NODES", "MAX_SCALAR", "Spent", "parse"]

MAX_CHARACTERS = 16_000_000
MOST_COMMENTS = 10_000
"""Limit: so many comments are looked at before a pattern is made for them."""

_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_ODD = (*"\u00a0\u2002\u2003\u2009\u200b\u202f\u3000\ufeff", "”:", "“:", "” :")
"""Blanks that are none to YAML, those that are copied most, and how a key in curly quotes ends."""


def parse(source: Source, log: Log, spent: Spent | None = None) -> Mapping | None:
    """The document as a tree; None where it cannot be read, and a finding says why.

    `spent`: what other files of the same compilation took of the limits.
    """
    spent = spent or Spent()
    spent.characters += len(source.text)
    if spent.characters > MAX_CHARACTERS:
        from vidc.problems.limits import too_long

        log.add(too_long(Span(source, 0, 1), spent.characters, MAX_CHARACTERS))
        spent.full = True
        return None
    try:
        return _parsed(source, log, spent)
    except Stop:
        spent.full = True
    except (YAMLError, UnicodeEncodeError):
        from vidc.problems.syntax import unprintable

        log.add(unprintable(_unprintable(source)))
    return None


def _parsed(source: Source, log: Log, spent: Spent) -> Mapping | None:
    before, nodes = len(log.findings), spent.nodes

    def reread(text: str) -> Reading:
        spent.nodes = nodes
        return read(source, text, log, spent)

    reading = reread(source.text)
    if reading.error is not None or reading.repeated or _is_odd(source.text, reading):
        from .again import read_again

        reading = read_again(source, reading, reread, log, before)
    if reading.error is not None:
        from .syntax import report

        report(source, reading, log, before)
        return None
    return _root(source, reading, log)


def _is_odd(text: str, reading: Reading) -> bool:
    """Whether there may be something in a text that YAML reads otherwise than its author: a blank that is none, or a
    comment of another language."""
    if not text.isascii() and any(sign in text for sign in _ODD):
        return True
    if reading.root is None or not text.startswith("{", reading.root.start):
        return reading.has_slashes
    return "/*" in text or text.count("//") != text.count("://")


def _root(source: Source, reading: Reading, log: Log) -> Mapping | None:
    root = reading.root
    if isinstance(root, Mapping):
        if reading.hashes:
            from .quotes import report_hashes

            report_hashes(source, reading, log)
        if _may_cut(reading.text):
            from .comments import note_cut_text

            note_cut_text(source, reading.text, [root, *reading.lost], log)
        return root
    if isinstance(root, Scalar) and root.unknown:
        return None
    from vidc.problems import parse as problems

    if root is None or (isinstance(root, Scalar) and root.value is None):
        log.add(problems.empty_spec(Span(source, 0, 0)))
    else:
        log.add(problems.not_a_mapping(root.span, "a list" if isinstance(root, Sequence) else "one value"))
    return None


def _may_cut(text: str) -> bool:
    """Whether a `#` behind a blank may have none behind it, or stand in the place of a text; nothing but looking at
    comments, which most texts have."""
    at = text.find(" #")
    for _ in range(MOST_COMMENTS):
        if at < 0:
            return "\t#" in text
        if text[at + 2 : at + 3] not in ("", " ", "\t", "\r", "\n") or text.endswith("text:", 0, at):
            return True
        at = text.find(" #", at + 2)
    return True


def _unprintable(source: Source) -> Span:
    found = re.search(_UNPRINTABLE, source.text)
    start = found.start() if found else 0
    return Span(source, start, start + 1)
