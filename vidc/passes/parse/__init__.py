"""parse: text -> Tree. The one door of PyYAML: its C parser's events, built into a tree that knows where it stands.

Scalars are read by YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema) but for `.inf` and `.nan`,
which stay text: no job can hold them. PyYAML's constructors and resolver are not used.
"""

from __future__ import annotations

import re
from typing import Any

from yaml.error import MarkedYAMLError, YAMLError

from vidc.diag.finding import Finding, Log
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
        root = Builder(source, log, spent).build(source.text)
    except Stop:
        spent.full = True
        return None
    except MarkedYAMLError as error:
        return _with_pairs(source, log, spent, before, error)
    except (YAMLError, UnicodeEncodeError):
        log.add(problems.unprintable(_unprintable(source)))
        return None
    return _root(source, root, log)


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


def _with_pairs(source: Source, log: Log, spent: Spent, before: int, error: MarkedYAMLError) -> Mapping | None:
    """Try again with the surrogate pairs of JSON strings as escapes that libyaml takes; else report the error.

    Both escapes of a pair become `\\uFDD0`, a code point that no text uses, so that every offset stays; the builder
    puts the characters back.
    """
    if "Unicode character escape" in (error.problem or "") and re.search(PAIR, source.text):
        try:
            del log.findings[before:]
            text = re.sub(PAIR, f"\\\\u{_stand_in(source)}" * 2, source.text)
            return _root(source, Builder(source, log, spent, pairs=True).build(text), log)
        except Stop:
            return None
        except MarkedYAMLError as second:
            error = second
    finding = _syntax(source, error)
    if not _follows(finding, log.findings[before:]):
        log.add(finding)
    return None


def _follows(finding: Finding, before: list[Finding]) -> bool:
    """Whether the text stops being YAML on a line where braces without quotes already were a finding."""
    lines = [one.span.source.position(one.span.start)[0] for one in (*before[-1:], finding)]
    return len(lines) == 2 and lines[0] == lines[1] and before[-1].name == "key-not-text"


def _stand_in(source: Source) -> str:
    """Four digits of a non-character that the text does not name."""
    free = (f"{code:04X}" for code in range(0xFDD0, 0xFDF0))
    return next((code for code in free if code not in source.text and code.lower() not in source.text), "FDD0")


def _syntax(source: Source, error: MarkedYAMLError) -> Any:
    mark: Any = error.problem_mark or error.context_mark
    at = min(mark.index, max(len(source.text) - 1, 0)) if mark else 0
    opened: Any = error.context_mark
    label = None
    if opened is not None and opened.index != at:
        label = Span(source, opened.index, min(opened.index + 1, len(source.text)))
    return problems.yaml_syntax(Span(source, at, min(at + 1, len(source.text))), error.problem, error.context, label)
