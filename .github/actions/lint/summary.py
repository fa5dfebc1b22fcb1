"""summary: what `vidc lint --format json` found, read from standard input, as Markdown for the summary of a run.

Its arguments are the exit code of that lint and the file of what it said besides.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from vidc.diag.markdown import escaped

MAX_ROWS, MAX_SAID = 200, 50
"""Limits: GitHub takes a summary of 1 MiB; the log has the others."""

SIGNS = {"error": "❌ error", "warning": "⚠️ warning"}


def summary(text: str, code: int, log: str) -> str:
    """The Markdown for a list of findings and for what was said besides. A text that is no list says that vidc stopped
    before it could tell, and a code above 1 that it could not read all that was named."""
    lines = ["### vidc lint", ""]
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if found:
        lines += table(found)
    elif found is None or code > 1:
        lines += ["vidc could not lint all that was named.", ""]
    else:
        lines += ["✅ Nothing to say against these videos.", ""]
    said = [f"- {escaped(line)}" for line in log.splitlines() if line.strip()]
    return "\n".join([*lines, *said[:MAX_SAID], *([""] if said else [])])


def table(found: list[dict[str, Any]]) -> list[str]:
    """The findings, an empty line behind them."""
    lines = [counted(found), "", "| | Where | What |", "| --- | --- | --- |", *map(row, found[:MAX_ROWS]), ""]
    return [*lines, f"The log has {len(found) - MAX_ROWS} more.", ""] if len(found) > MAX_ROWS else lines


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
    sys.stdout.buffer.write(
        summary(
            sys.stdin.buffer.read().decode(), int(sys.argv[1]), Path(sys.argv[2]).read_text("utf-8", "replace")
        ).encode()
    )
