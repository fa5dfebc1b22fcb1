"""mending: quick fixes: the repairs of findings, and the comment that allows one where it stands."""

from __future__ import annotations

from re import compile as pattern

from vidc.compile import Compiled
from vidc.diag.catalog import PAGES
from vidc.diag.finding import Edit, Finding
from vidc.ir.tree import Mapping
from vidc.record import record
from vidc.source import Span

from .places import scalars, seen_at

_ABOUT_COMMENTS = ("error-not-allowed", "unknown-allowance", "unreadable-allowance")
"""What is said of comments themselves, and no comment silences."""

_ALONE = r"[ \t]*#[ \t]*vidc:[ \t]*allow\b[^\r\n]*"


@record
class Fix:
    """`edits` by source: a repair may be in an included file. `sure`: it is the only repair of its finding, and nothing
    in it is chosen, as `lint --fix` wants it."""

    title: str
    finding: Finding
    edits: tuple[Edit, ...]
    sure: bool


def fixes(made: Compiled, findings: list[Finding], start: int, end: int, strict: bool = False) -> list[Fix]:
    """What can be done about findings that touch a piece of the file, the repairs before the allowances. `strict`: it
    was compiled so."""
    here = [finding for finding in findings if _touches(seen_at(finding, made.source), start, end)]
    repairs = [
        Fix(_capital(repair.title), finding, repair.edits, repair.sure and len(finding.words.repairs) == 1)
        for finding in here
        for repair in finding.words.repairs
        if repair.edits
    ]
    allowances = [
        Fix(f"Allow `{finding.name}` here", finding, (edit,), False)
        for finding in here
        if _can_be_allowed(made, finding, strict) and (edit := allow(made, finding)) is not None
    ]
    return repairs + allowances


def _can_be_allowed(made: Compiled, finding: Finding, strict: bool) -> bool:
    """Whether a comment in the file silences it, and nothing of the same name on its line is an error by itself."""
    if finding.span.source is not made.source or finding.name in _ABOUT_COMMENTS:
        return False
    named = [one for one in made.findings if one.name == finding.name and one.span.source is made.source]
    line = made.source.position(finding.span.start)[0]
    beside = [one for one in named if made.source.position(one.span.start)[0] == line]
    return not any(_is_error(one, strict) for one in beside)


def _is_error(finding: Finding, strict: bool) -> bool:
    """Whether it is one by itself, not only since the project is strict; that is heeded after the comments are."""
    declared = finding.words.severity or PAGES[finding.name].severity
    return finding.severity == "error" and not (strict and declared == "warning")


def _touches(span: Span | None, start: int, end: int) -> bool:
    return span is not None and span.start <= end and start <= span.end


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def allow(made: Compiled, finding: Finding) -> Edit | None:
    """A comment above the line that a finding points at, or one more name in the comment that is there.

    None in a file that can hold no comments.
    """
    source = made.source
    if source.text.lstrip().startswith("{"):
        return None
    line = source.position(_begins(made.root, finding.span))[0]
    above = source.line(line - 1)
    if pattern(_ALONE).fullmatch(above):
        at = source.starts[line - 2] + len(above.partition(" -- ")[0].rstrip())
        return Edit(Span(source, at, at), f", {finding.name}")
    at = source.starts[line - 1]
    text = source.line(line)
    indent = text[: len(text) - len(text.lstrip())]
    return Edit(Span(source, at, at), f"{indent}# vidc: allow {finding.name}\n")


def _begins(root: Mapping | None, span: Span) -> int:
    """Where a text of several lines begins, in which no comment can stand; else the place itself."""
    if root is None:
        return span.start
    texts = (one for _, one in scalars(root) if one.source is span.source)
    around = next((one for one in texts if one.start <= span.start < one.end), None)
    return span.start if around is None else around.start
