"""block: the lines of one finding: what, where, the source, how it came there, and what to change."""

from __future__ import annotations

from vidc.source import Source

from .cells import wrap
from .finding import Finding, Words
from .marks import Mark, first_line, trim
from .result import counted, region
from .sink import brief, clean
from .snippet import Frame, Paint, snippet

MIN_WIDTH = 40

MAX_LABELS = 20
"""Limit: of more labels the first are shown, and how many more there are."""

MAX_STEPS = 8
"""Limit: of more steps through which a line came to its place the outer and the inner ones are shown."""


def block(finding: Finding, width: int, paint: Paint) -> list[str]:
    """The lines of one finding."""
    width = max(width, MIN_WIDTH)
    marks = _marks(finding)
    gutter = len(str(max(source.position(mark.end)[0] for source, some in marks.items() for mark in some)))
    frame = Frame(width - gutter - 3, gutter, paint)
    lines = _header(finding, width, paint)
    for source, some in marks.items():
        line, column = source.position(some[0].start)
        own = source is finding.span.source
        lines += [] if own else [frame.row("")]
        lines.append(f"{' ' * gutter}{paint('-->' if own else ':::', 'gutter')} {clean(source.path)}:{line}:{column}")
        lines += [frame.row(""), *snippet(source, some, frame)]
    for kind, text in _footers(finding.words):
        lines += _footer(kind, text, gutter, width, paint)
    return lines


def _marks(finding: Finding) -> dict[Source, list[Mark]]:
    """The finding's span and its labels, by source; what a label says of the same span is said there.

    A label over several lines is drawn on its first: a bar beside them is the finding's own.
    """
    here, text = region(finding.span), ""
    marks: dict[Source, list[Mark]] = {finding.span.source: []}
    for label in finding.words.labels[:MAX_LABELS]:
        at = region(label.span)
        if not text and label.span.source is finding.span.source and (at.start, at.end) == (here.start, here.end):
            text = brief(label.text).strip()
        else:
            mark = Mark(at.start, at.end, brief(label.text).strip(), "label")
            marks.setdefault(label.span.source, []).append(first_line(label.span.source, mark))
    main = Mark(here.start, here.end, text, finding.severity)
    marks[finding.span.source].insert(0, trim(finding.span.source, main))
    return marks


def _header(finding: Finding, width: int, paint: Paint) -> list[str]:
    """`error: message [name]`, further lines under the message."""
    indent = len(finding.severity) + 2
    first, *rest = wrap(f"{brief(finding.words.message)} [{finding.name}]", width - indent)
    return [
        paint(finding.severity, finding.severity) + paint(f": {first}", "bold"),
        *(" " * indent + paint(line, "bold") for line in rest),
    ]


def _footers(words: Words) -> list[tuple[str, str]]:
    """What stands under the lines: how it came there, when it happens, and what to change."""
    said = [("note", f"{step.text}, at {step.span.source.path}:{region(step.span).line}") for step in words.at.via]
    if len(said) > MAX_STEPS:
        half = MAX_STEPS // 2
        said[half:-half] = [("note", f"and {counted(len(said) - 2 * half, 'more step')}")]
    if len(words.labels) > MAX_LABELS:
        said.append(("note", f"and {counted(len(words.labels) - MAX_LABELS, 'more place')}"))
    if words.condition:
        said.append(("note", _when(words)))
    if words.help:
        return [*said, ("help", words.help)]
    titles = [repair.title for repair in words.repairs]
    return [*said, ("help", ", or ".join(titles))] if titles else said


def _when(words: Words) -> str:
    return f"at the length that is expected this {'happens' if words.expected else 'does not happen'}"


def _footer(kind: str, text: str, gutter: int, width: int, paint: Paint) -> list[str]:
    lead = f"{' ' * gutter} = {kind}: "
    lines = [line for part in brief(text, keep_newlines=True).split("\n") for line in wrap(part, width - len(lead))]
    sign = f"{' ' * gutter} {paint('=', 'gutter')} {paint(kind, 'bold')}: "
    return [(sign if index == 0 else " " * len(lead)) + line for index, line in enumerate(lines)]
