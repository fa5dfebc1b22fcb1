"""text: findings for a person at a terminal, with the lines they speak of."""

from __future__ import annotations

from .result import Result, shown, summary

WIDTH = 80

_STYLES = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "note": "\x1b[1;36m",
    "label": "\x1b[1;34m",
    "gutter": "\x1b[1;34m",
    "bold": "\x1b[1m",
}
_RESET = "\x1b[0m"


def render(results: list[Result], *, notes: bool = False, color: bool = False, width: int = WIDTH) -> str:
    """The findings, and a last line that sums them up."""
    paint = _colored if color else _plain
    seen = shown(results, notes)
    hidden = sum(len(result.findings) for result in results) - sum(len(result.findings) for result in seen)
    blocks = [[paint(summary(seen, hidden), "bold")]]
    if any(result.findings for result in seen):
        # A spec without findings, the commonest, is spared the modules that draw them.
        from .block import block

        blocks[:0] = [block(finding, width, paint) for result in seen for finding in result.findings]
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def _plain(text: str, _style: str) -> str:
    return text


def _colored(text: str, style: str) -> str:
    return f"{_STYLES[style]}{text}{_RESET}"
