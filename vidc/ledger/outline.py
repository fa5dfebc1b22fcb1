"""outline: what a draft is made from, read from YAML or JSON and checked field by field."""

from __future__ import annotations

from typing import Any

from vidc.diag.finding import Finding, Log
from vidc.ir.tree import plain
from vidc.passes.parse import parse
from vidc.source import Source

TOP = ("title", "description", "chapters")
CHAPTER = ("title", "script", "searchTerms")


def outline_of(source: Source) -> tuple[dict[str, Any] | None, list[Finding] | str]:
    """The outline as the service takes it; or None, and the findings of the YAML or what is wrong in one line."""
    log = Log()
    tree = parse(source, log)
    if tree is None:
        return None, log.findings
    found = plain(tree)
    assert isinstance(found, dict)
    wrong = _wrong(found, TOP, source.path)
    chapters = found.get("chapters")
    if not wrong and not (isinstance(chapters, list) and chapters):
        wrong = f"{source.path}: `chapters` is a list with at least one chapter"
    for number, chapter in enumerate(chapters if isinstance(chapters, list) else [], 1):
        wrong = wrong or _wrong(chapter, CHAPTER, f"{source.path}: chapter {number}")
    return (None, wrong) if wrong else (found, [])


def _wrong(found: Any, names: tuple[str, ...], where: str) -> str:
    if not isinstance(found, dict):
        return f"{where} has no fields; it takes {', '.join(names)}"
    strays = [name for name in found if name not in names]
    missing = [name for name in names if name not in found]
    if strays:
        return f"{where}: there is no `{strays[0]}`; it takes {', '.join(names)}"
    if missing:
        return f"{where} has no `{missing[0]}`"
    texts = [name for name in names if name != "chapters" and not isinstance(found[name], str)]
    return f"{where}: `{texts[0]}` is no text" if texts else ""
