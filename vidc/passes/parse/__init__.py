"""parse: text -> Tree. The one door of PyYAML: its C parser's events, built into a tree that knows where it stands.

Scalars are read by YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema) but for `.inf` and `.nan`,
which stay text: no job can hold them. PyYAML's constructors and resolver are not used.
"""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError, YAMLError

from vidc.diag.finding import Finding, Log
from vidc.hints import Any
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems import parse as problems
from vidc.source import Source, Span

from .build import MAX_DEPTH, MAX_NODES, MAX_SCALAR, PAIR, Builder, Spent, Stop

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "MAX_NODES", "MAX_SCALAR", "Spent", "parse"]

MAX_CHARACTERS = 16_000_000

_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def parse(source: Source, log: Log, spent: Spent | None = None) -> Mapping | None:
    """The document as a tree; None where it cannot be read, and a finding says why.

    `spent`: what other files of the same compilation took of the limits.
    """
    spent = spent or Spent()
    spent.characters += len(source.text)
    if spent.characters > MAX_CHARACTERS:
        log.add(problems.too_long(Span(source, 0, 1), spent.characters, MAX_CHARACTERS))
        spent.full = True
        return None
    before = len(log.findings)
    try:
        root = _document(source, log, spent)
    except Stop:
        spent.full = True
        return None
    except MarkedYAMLError as error:
        finding = _syntax(source, error)
        if not _follows(finding, log.findings[before:]):
            log.add(finding)
        return None
    except (YAMLError, UnicodeEncodeError):
        from vidc.problems.syntax import unprintable

        log.add(unprintable(_unprintable(source)))
        return None
    return _root(source, root, log)


def _document(source: Source, log: Log, spent: Spent) -> Node | None:
    """The document's root. A JSON text with surrogate pairs is read a second time, with escapes that libyaml takes.

    Both escapes of a pair become that of one code point that the text does not use, so that every offset stays; the
    builder puts the characters back.
    """
    before = len(log.findings)
    try:
        return Builder(source, log, spent).build(source.text)
    except MarkedYAMLError as error:
        stand_in = _stand_in(source.text) if "Unicode character escape" in (error.problem or "") else ""
        if not stand_in:
            raise
    log.take_back(log.findings[before:])
    return Builder(source, log, spent, stand_in).build(re.sub(PAIR, f"\\\\u{ord(stand_in):04X}" * 2, source.text))


def _stand_in(text: str) -> str:
    """A non-character that the text neither holds nor names; empty where there is none, or no pair to stand for."""
    if not re.search(PAIR, text):
        return ""
    named = {match[1].upper() for match in re.finditer(r"(?i)\\u(FD[DE][0-9A-F])", text)}
    free = (chr(code) for code in range(0xFDD0, 0xFDED) if f"{code:04X}" not in named)
    return next((char for char in free if char not in text), "")


def _root(source: Source, root: Node | None, log: Log) -> Mapping | None:
    if isinstance(root, Mapping):
        if " #" in source.text:
            from .slips import note_cut_text

            note_cut_text(source, root, log)
        return root
    if isinstance(root, Scalar) and root.unknown:
        return None
    if root is None or (isinstance(root, Scalar) and root.value is None):
        log.add(problems.empty_spec(Span(source, 0, 0)))
    else:
        log.add(problems.not_a_mapping(root.span, "a list" if isinstance(root, Sequence) else "one value"))
    return None


def _unprintable(source: Source) -> Span:
    found = re.search(_UNPRINTABLE, source.text)
    start = found.start() if found else 0
    return Span(source, start, start + 1)


def _follows(finding: Finding, before: list[Finding]) -> bool:
    """Whether the text stops being YAML on a line where braces without quotes already were a finding."""
    lines = [one.span.source.position(one.span.start)[0] for one in (*before[-1:], finding)]
    return len(lines) == 2 and lines[0] == lines[1] and before[-1].name == "key-not-text"


def _syntax(source: Source, error: MarkedYAMLError) -> Any:
    from vidc.problems.syntax import yaml_syntax

    mark: Any = error.problem_mark or error.context_mark
    at = min(mark.index, max(len(source.text) - 1, 0)) if mark else 0
    opened: Any = error.context_mark
    label = None
    if opened is not None and "expected ',' or" in (error.problem or "") and " #" in source.text:
        from .slips import cut_in_braces

        cut = cut_in_braces(source, opened.index, at)
        if cut is not None:
            return cut
    if opened is not None and opened.index != at:
        label = Span(source, opened.index, min(opened.index + 1, len(source.text)))
    return yaml_syntax(Span(source, at, min(at + 1, len(source.text))), error.problem, error.context, label)
