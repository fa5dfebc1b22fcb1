"""summary: what `vidc lint --format json` found, read from standard input, as Markdown for the summary of a run."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

from vidc.diag.markdown import escaped

MAX_ROWS = 200
"""Limit: GitHub takes a summary of 1 MiB; the log has the others."""

SIGNS = {"error": "❌ error", "warning": "⚠️ warning"}


def summary(text: str) -> str:
    """The Markdown for a list of findings; a text that is none says that vidc stopped before it could tell."""
    try:
        found = json.loads(text)
    except ValueError:
        return "### vidc lint\n\nvidc could not lint: its log says why.\n"
    if not found:
        return "### vidc lint\n\n✅ Nothing to say against these videos.\n"
    lines = ["### vidc lint", "", counted(found), "", "| | Where | What |", "| --- | --- | --- |"]
    lines += [row(finding) for finding in found[:MAX_ROWS]]
    if len(found) > MAX_ROWS:
        lines += ["", f"The log has {len(found) - MAX_ROWS} more."]
    return "\n".join(lines) + "\n"


def counted(found: list[dict[str, Any]]) -> str:
    counts = Counter(finding["severity"] for finding in found)
    files = len({finding["file"] for finding in found})
    said = [f"{counts[name]} {name}{'s' * (counts[name] != 1)}" for name in SIGNS if counts[name]]
    return f"{', '.join(said)} in {files} file{'s' * (files != 1)}"


def row(finding: dict[str, Any]) -> str:
    where = f"{finding['file']}:{finding['span']['start']['line']}"
    what = f"{finding['message']} [{finding['name']}]"
    return f"| {SIGNS[finding['severity']]} | {cell(where)} | {cell(what)} |"


def cell(text: str) -> str:
    """Inert, on one line; a bar ends a cell even inside code, so a text with one is shown without code."""
    return escaped(" ".join(text.split()), with_code="|" not in text)


if __name__ == "__main__":
    sys.stdout.buffer.write(summary(sys.stdin.buffer.read().decode()).encode())
