"""page: the page of a finding as a person reads it, and its examples as a test runs them."""

from __future__ import annotations

from .catalog import Page
from .cells import wrap

_FENCE = "```"


def show(page: Page, width: int = 80) -> str:
    """What `vidc explain NAME` prints: paragraphs wrapped, examples indented by four and otherwise as they are."""
    lines = [f"{page.name} ({page.severity})"]
    for paragraph in paragraphs(page):
        lines.append("")
        if paragraph.startswith(_FENCE):
            lines += [f"    {line}".rstrip() for line in paragraph.split("\n")[1:-1]]
        else:
            lines += _wrapped(paragraph, width)
    return "\n".join(lines) + "\n"


def examples(page: Page) -> tuple[str | None, str | None]:
    """The text of the first YAML example under `bad:` and of the first under `good:`."""
    found: dict[str, str] = {}
    about = ""
    for paragraph in paragraphs(page):
        if paragraph in ("bad:", "good:"):
            about = paragraph
        elif about and paragraph.startswith(f"{_FENCE}yaml\n"):
            found.setdefault(about, "\n".join(paragraph.split("\n")[1:-1]) + "\n")
            about = ""
    return found.get("bad:"), found.get("good:")


def paragraphs(page: Page) -> list[str]:
    """The page's text without the indentation of the code it stands in, parted at blank lines outside of fences."""
    made: list[list[str]] = [[]]
    fenced = False
    for line in _dedented(page.text):
        opens = line.startswith(_FENCE)
        if made[-1] and not fenced and (opens or not line):
            made.append([])
        if line or fenced:
            made[-1].append(line)
        if opens:
            fenced = not fenced
            if not fenced:
                made.append([])
    return ["\n".join(lines) for lines in made if lines]


def _dedented(text: str) -> list[str]:
    first, *rest = text.strip().split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return [first, *(line[indent:].rstrip() for line in rest)]


def _wrapped(paragraph: str, width: int) -> list[str]:
    """A paragraph's lines filled anew; the items of a list and the rows of a table begin lines of their own."""
    parts: list[str] = []
    for line in paragraph.split("\n"):
        if not parts or line.startswith(("- ", "| ")):
            parts.append(line)
        else:
            parts[-1] += f" {line.strip()}"
    lines: list[str] = []
    for part in parts:
        indent = "  " if part.startswith("- ") else ""
        first, *rest = wrap(part, width - len(indent))
        lines += [first, *(indent + line for line in rest)]
    return lines
