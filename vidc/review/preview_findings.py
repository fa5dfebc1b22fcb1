"""preview_findings: what is wrong, as lists of a page, each beside what it speaks of."""

from __future__ import annotations

from html import escape
from re import match

from vidc.diag.finding import Finding
from vidc.diag.result import counted, region
from vidc.diag.sink import brief, clean

ORDER = ("error", "warning", "note")


def scene_of(finding: Finding) -> str:
    """The path of the scene that a finding speaks of; empty for none."""
    found = match(r"scenes\[\d+\]", finding.words.at.path)
    return found[0] if found else ""


def listed(findings: list[Finding]) -> str:
    """The errors and warnings, the worst first, and the notes folded away."""
    notes = [one for one in findings if one.severity == "note"]
    others = sorted((one for one in findings if one.severity != "note"), key=lambda one: ORDER.index(one.severity))
    shown = _items(others) if others else ""
    if notes:
        shown += f"<details>\n<summary>{counted(len(notes), 'note')}</summary>\n{_items(notes)}</details>\n"
    return shown


def totals(findings: list[Finding]) -> str:
    """`1 error, 2 warnings`, in colours."""
    found = [one.severity for one in findings]
    counts = [f'<span class="{kind}">{counted(found.count(kind), kind)}</span>' for kind in ORDER if kind in found]
    return ", ".join(counts) or "no findings"


def _items(findings: list[Finding]) -> str:
    return f'<ul class="findings">\n{"".join(map(_item, findings))}</ul>\n'


def _item(finding: Finding) -> str:
    words, at = finding.words, region(finding.span)
    help = f'<p class="help">{marked(brief(words.help, keep_newlines=True))}</p>' if words.help else ""
    place = f"{clean(finding.span.source.path)}:{at.line}:{at.column}"
    return (
        f'<li class="{finding.severity}"><p><b>{finding.severity}</b> {marked(brief(words.message))}</p>{help}'
        f'<p class="place">{escape(place)} <span>{escape(finding.name)}</span></p></li>\n'
    )


def marked(text: str) -> str:
    """A message with what stands between back quotes as code."""
    parts = escape(text).split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(f"<code>{part}</code>" if index % 2 else part for index, part in enumerate(parts))
