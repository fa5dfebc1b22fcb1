"""tags: what stands behind a `!`, which YAML reads as a tag: a text without quotes, or what other tools know."""

from __future__ import annotations

import re

from vidc.diag.finding import Edit, Log, Repair
from vidc.hints import Any
from vidc.ir.tree import Scalar
from vidc.problems.parse import tag_used
from vidc.record import replace
from vidc.source import Source, Span

_INCLUDES = r"!(?:include|import|inc|extend|load|file|yaml)\w*"
_FILE = r"[^\s'\"]*\.(?:ya?ml|json)(?!\S)"
_ANY_FILE = r"[\w./-]{1,80}\.\w{1,5}"
_ELSEWHERE = r"!(?:!.*|<.*|Ref|Sub|GetAtt|Join|env|secret|var|reference|vault|lambda)"
"""Tags of YAML itself, and such as other tools give a meaning."""


def tag_of(event: Any, source: Source, log: Log) -> None:
    """Report the tag of a list or a mapping."""
    log.add(tag_used(_tag(event, source)))


def tagged(event: Any, node: Scalar, log: Log) -> Scalar:
    """Report the tag of a scalar: the scalar as it was meant, or one of which nothing is known."""
    tag = _tag(event, node.source)
    value = node.value if isinstance(node.value, str) else ""
    file = re.match(_FILE, value)
    if file is not None and re.fullmatch(_INCLUDES, tag.text, re.IGNORECASE):
        return _included(tag, file[0], node, log)
    if re.fullmatch(_INCLUDES, tag.text, re.IGNORECASE) and re.fullmatch(_ANY_FILE, value):
        log.add(tag_used(tag, file=value, is_text=True))
        return replace(node, unknown=True, faulty=True)
    is_cut = (
        node.source.text[max(tag.start - 80, 0) : tag.start].rstrip().endswith(",")
    )  # a comma in a text: where it begins is not known here
    if event.style or is_cut or re.fullmatch(_ELSEWHERE, tag.text, re.IGNORECASE):
        log.add(tag_used(tag))
        return node
    whole = Span(node.source, tag.start, node.end if node.end > node.start else tag.end)
    before = node.source.text[node.source.line_start(tag.start) : tag.start]
    log.add(tag_used(tag, text=whole, is_condition=re.search(r"\bif:[ \t]*$", before) is not None))
    return replace(node, start=whole.start, end=whole.end, unknown=True, faulty=True)


def _included(tag: Span, file: str, node: Scalar, log: Log) -> Scalar:
    """Report another tool's tag for including a file: the file's name where it is a value of `include`."""
    line = node.source.text[node.source.line_start(tag.start) : tag.start]
    is_value = re.search(r"\binclude:\s*$", line) is not None
    end = node.source.text.index(file, tag.end) + len(file)
    right = f"[{file}]" if is_value else f"include: [{file}]"
    edits = (Edit(Span(tag.source, tag.start, end), right),) if is_value or not line else ()
    log.add(tag_used(tag, file=file, repairs=edits and (Repair(f"write `include: [{file}]`", edits),)))
    return node if is_value else replace(node, value=None, unknown=True, faulty=True)


def _tag(event: Any, source: Source) -> Span:
    """From the tag's `!` to the next blank; an anchor may stand before it."""
    text, start = source.text, event.start_mark.index
    start = max(text.find("!", start, event.end_mark.index + 1), start)
    end = start
    while end < len(text) and text[end] not in " \t\r\n,]}":
        end += 1
    return Span(source, start, max(end, start + 1))
