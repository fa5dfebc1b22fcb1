"""sarif: a SARIF 2.1.0 log, which code scanning and editors read."""

from __future__ import annotations

from typing import Any

from vidc.source import Source, Span

from .as_json import dumped
from .catalog import PAGES
from .edits import as_there
from .finding import Finding, Label, Repair, Via
from .page import paragraphs
from .result import Result, fingerprints, region, shown
from .sink import brief, clean

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(results: list[Result], *, notes: bool = False, version: str = "") -> str:
    """One run. Its rules are the findings that occur, with their pages; `version` is that of vidc."""
    results = shown(results, notes)
    names = sorted({finding.name for result in results for finding in result.findings})
    driver = {"name": "vidc", "rules": [_rule(name) for name in names]} | ({"version": version} if version else {})
    found = [
        _result(finding, fingerprint, names.index(finding.name))
        for result in results
        for finding, fingerprint in zip(result.findings, fingerprints(result), strict=True)
    ]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": found,
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(name: str) -> dict[str, Any]:
    page = PAGES.get(name)
    if page is None:
        return {"id": name}
    first, *others = paragraphs(page)
    whole = "\n\n".join([first, *others])
    return {
        "id": name,
        "shortDescription": {"text": first},
        "fullDescription": {"text": (others or [first])[0].replace("\n", " ")},
        "help": {"text": whole, "markdown": whole},
        "defaultConfiguration": {"level": page.severity},
    }


def _result(finding: Finding, fingerprint: str, rule: int) -> dict[str, Any]:
    words = finding.words
    location = _location(finding.span)
    if words.at.path:
        location["logicalLocations"] = [{"fullyQualifiedName": clean(words.at.path)}]
    others: list[Label | Via] = [*words.labels, *words.at.via]
    fixes = [_fix(repair) for repair in words.repairs if repair.edits]
    return {
        "ruleId": finding.name,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": _text(f"{words.message}\n{words.help}" if words.help else words.message)},
        "locations": [location],
        "relatedLocations": [
            {"id": number, **_location(other.span), "message": {"text": _text(other.text)}}
            for number, other in enumerate(others, 1)
        ],
        "partialFingerprints": {"vidcFinding/v1": fingerprint},
    } | ({"fixes": fixes} if fixes else {})


def _text(text: str) -> str:
    """A message in which nothing is a link: SARIF reads `[text](address)` as one even in plain text."""
    return brief(text, keep_newlines=True).replace("](", "] (")


def _location(span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(span.source), "region": _region(span)}}


def _artifact(source: Source) -> dict[str, str]:
    from urllib.parse import quote

    try:
        path = source.path.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        path = source.path.encode(errors="surrogatepass")
    return {"uri": ("file://" if source.path.startswith("/") else "") + quote(path)}


def _region(span: Span) -> dict[str, int]:
    at = region(span)
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
        "charOffset": at.start,
        "charLength": at.end - at.start,
    }


def _fix(repair: Repair) -> dict[str, Any]:
    """The edits of a repair, those of one file together."""
    by_source: dict[Source, list[dict[str, Any]]] = {}
    for edit in map(as_there, repair.edits):
        content = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        by_source.setdefault(edit.span.source, []).append(content)
    changes = [
        {"artifactLocation": _artifact(source), "replacements": replacements}
        for source, replacements in by_source.items()
    ]
    return {"description": {"text": _text(repair.title)}, "artifactChanges": changes}
