"""allow: which findings a file itself silences, with `# vidc: allow NAME, NAME -- reason`.

The comment speaks for its own line; alone on a line, for the next line that is not blank or a comment. It silences
warnings and notes whose place begins there. A place inside a text of several lines, which can hold no comment, counts
as on the line where the text begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection

from vidc.hints import TypeAlias
from vidc.record import record
from vidc.source import Source, Span

from .catalog import PAGES
from .finding import Finding, Place

Ranges: TypeAlias = list[tuple[int, int]]
"""Where a source's scalars stand, in order: a `#` in one of them begins no comment."""

_COMMENT = r"#[ \t]*vidc:[ \t]*([A-Za-z]+)(?=([^\r\n]{0,500}))"
"""What follows the word is looked at and not taken, since the `#` may stand in a text and a comment behind it. Limit:
500 characters of it."""

MAX_NAMES = 1_000
"""Limit: of one file no more comments and no more names are read; what the rest would silence is shown."""

_SYNONYMS = ("ignore", "disable", "suppress", "noqa", "skip", "off")
_UNUSED = "unused-allowance"

_ELSEWHERE = ("film", "workspace")
"""Kinds of findings that are there only where a film is drawn, or where the workspace's lists are known."""


@record
class Allowance:
    """One name of one comment, and the line that it speaks for."""

    name: str
    span: Span
    line: int


@record
class Comment:
    """`# vidc: WORD NAMES -- reason`: `span` is from its word to its end."""

    word: str
    names: str
    span: Span
    line: int


def no_scalars(_: Source) -> Ranges:
    return []


def apply(
    findings: list[Finding],
    sources: list[Source],
    scalars: Callable[[Source], Ranges] = no_scalars,
    names: Callable[[], Collection[str]] = PAGES.keys,
) -> tuple[list[Finding], list[Finding]]:
    """The findings that stay, with those of the allowances themselves, and the findings that were silenced.

    `sources` begins with the spec's own; in those it includes an allowance may be there for another spec. `scalars` is
    asked only of a source that holds an allowance, and `names`, for what a finding may be named, only where one
    silences nothing.
    """
    kept: list[Finding] = findings
    silenced: list[Finding] = []
    # While there are errors some passes saw only a part of the spec, and what they did not see looks unused.
    sound = not any(finding.severity == "error" for finding in findings)
    for source in sources:
        # Most texts hold no such comment, and this is all that they cost.
        if "vidc:" in source.text:
            kept, more = _applied(kept, source, scalars, names, sound and source is sources[0])
            silenced += more
    return kept, silenced


def unsilenced(findings: list[Finding], sources: list[Source]) -> list[Finding]:
    """The findings that the files do not silence, where nothing is to be said of the allowances themselves."""
    silenced = {id(finding) for finding in apply(findings, sources)[1]}
    return [finding for finding in findings if id(finding) not in silenced]


def _applied(
    findings: list[Finding],
    source: Source,
    scalars: Callable[[Source], Ranges],
    names: Callable[[], Collection[str]],
    complete: bool,
) -> tuple[list[Finding], list[Finding]]:
    """The same for one source. `complete`: an allowance that silences nothing is reported."""
    comments = _comments(source)
    ranges = scalars(source) if comments else []
    allowances, raised = _read([comment for comment in comments if not _quoted(comment, ranges)])
    there = _by_line(findings, source, ranges, {allowance.name for allowance in allowances})
    silenced: set[int] = set()
    unused: list[Allowance] = []
    for allowance in allowances:
        meant = there.get((allowance.line, allowance.name), [])
        error = next((finding for finding in meant if finding.severity == "error"), None)
        silenced |= {id(finding) for finding in meant if finding.severity != "error"}
        if error:
            raised.append(_not_allowed(allowance, error))
        elif not meant and allowance.name not in names():
            raised.append(_unknown(allowance, names()))
        elif complete and not meant and PAGES[allowance.name].kind not in _ELSEWHERE:
            unused.append(allowance)
    raised += _unused(unused, {allowance.line for allowance in allowances if allowance.name == _UNUSED})
    kept = [finding for finding in findings if id(finding) not in silenced]
    return kept + raised, [finding for finding in findings if id(finding) in silenced]


def _unused(unused: list[Allowance], excused: set[int]) -> list[Finding]:
    """What silences nothing, but for the lines where just that is allowed."""
    if not unused:
        return []
    from . import stale

    needed = {allowance.line for allowance in unused if allowance.name != _UNUSED}
    return [
        stale.unused_allowance(Place(allowance.span), allowance.name)
        for allowance in unused
        if allowance.line not in (needed if allowance.name == _UNUSED else excused)
    ]


def _not_allowed(allowance: Allowance, error: Finding) -> Finding:
    from . import stale

    return stale.error_not_allowed(Place(allowance.span), allowance.name, error.span)


def _unknown(allowance: Allowance, names: Collection[str]) -> Finding:
    from . import stale
    from .near import nearest

    return stale.unknown_allowance(Place(allowance.span), allowance.name, nearest(allowance.name, names))


def _by_line(
    findings: list[Finding], source: Source, ranges: Ranges, names: set[str]
) -> dict[tuple[int, str], list[Finding]]:
    """The findings of these names by the lines on which they can be allowed."""
    made: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings:
        if finding.name in names and finding.span.source is source:
            start = finding.span.start
            home = _range(ranges, start)
            for line in {source.position(start)[0], source.position(home[0] if home else start)[0]}:
                made.setdefault((line, finding.name), []).append(finding)
    return made


def _range(ranges: Ranges, offset: int) -> tuple[int, int] | None:
    """The range that holds the offset."""
    index = bisect_right(ranges, offset, key=lambda each: each[0]) - 1
    return ranges[index] if index >= 0 and ranges[index][0] <= offset < ranges[index][1] else None


def _comments(source: Source) -> list[Comment]:
    """What looks like a comment to vidc, in order."""
    from itertools import islice
    from re import finditer

    made: list[Comment] = []
    number = line = 0
    for match in islice(finditer(_COMMENT, source.text), MAX_NAMES):
        if match.start() == 0 or source.text[match.start() - 1].isspace():
            before, number = number, source.position(match.start())[0]
            line = line if number == before else _target(source, match.start(), line)
            made.append(Comment(match[1], match[2].split("--", 1)[0], Span(source, match.start(1), match.end(2)), line))
    return made


def _target(source: Source, offset: int, before: int) -> int:
    """The line that a comment at the offset speaks for; `before` is the answer for the comment above it."""
    number, column = source.position(offset)
    if source.text[offset - column + 1 : offset].strip():
        return number
    if number < before:
        return before  # only blank lines and comments stand between them
    last = len(source.starts)
    while number < last:
        number += 1
        text = source.line(number).lstrip()
        if text and not text.startswith("#"):
            break
    return number


def _unreadable(comment: Comment) -> Finding:
    from . import stale

    return stale.unreadable_allowance(Place(comment.span))


def _quoted(comment: Comment, ranges: Ranges) -> bool:
    """Whether it is a part of a text; what stands behind the `|` or `>` that opens one is not."""
    inside = _range(ranges, comment.span.start)
    source = comment.span.source
    if inside is None or source.text[inside[0]] not in "|>":
        return inside is not None
    return source.position(inside[0])[0] != source.position(comment.span.start)[0]


def _read(comments: list[Comment]) -> tuple[list[Allowance], list[Finding]]:
    """The allowances that the comments hold, and a finding for each that holds none."""
    from itertools import islice
    from re import finditer

    allowances: list[Allowance] = []
    raised: list[Finding] = []
    for comment in comments:
        if len(allowances) + len(raised) >= MAX_NAMES:
            break
        if comment.word == "allow":
            start = comment.span.start + len(comment.word)
            names = finditer(r"[^,\s](?:[^,]*[^,\s])?", comment.names)
            words = [
                Span(comment.span.source, start + name.start(), start + name.end()) for name in islice(names, MAX_NAMES)
            ]
            good = [Allowance(span.text, span, comment.line) for span in words if len(span.text.split()) == 1]
            allowances += good
            if good and len(good) == len(words):
                continue
        elif not _means_allow(comment.word):
            continue
        raised.append(_unreadable(comment))
    return allowances, raised


def _means_allow(word: str) -> bool:
    from .near import distance

    return word.lower() in _SYNONYMS or (len(word) < 8 and distance(word.lower(), "allow", 1) <= 1)
