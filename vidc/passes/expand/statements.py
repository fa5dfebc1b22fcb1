"""statements: `{% for %}` and `{% if %}` that stand as items among scenes or tracks, where `for` and `if` are keys."""

from __future__ import annotations

from re import match

from vidc.diag.finding import Log, Place, Via
from vidc.ir.tree import Node, Scalar
from vidc.problems import template as problems
from vidc.problems.wording import short

_STATEMENT = r"\s*\{%[-+]?\s*(?P<word>\w+)\s*(?P<rest>[^%]{0,200}?)\s*[-+]?%\}\s*\Z"


def without_statements(items: list[Node], via: tuple[Via, ...], log: Log) -> list[Node]:
    """The items; of what stands between two statements nothing is known, which is said once for each pair."""
    kept: list[Node] = []
    depth = 0
    for item in items:
        word, rest = statement(item)
        if word in ("for", "if"):
            if depth == 0:
                assert isinstance(item, Scalar)
                what = f"`{{% {word} %}}` around scenes or tracks"
                help = f"write `{word}: {short(rest)}` as a key of the scene or track itself"
                log.add(problems.template_not_allowed(Place(item.span, "", via), what, help))
                kept.append(Scalar(None, item.source, item.start, item.end, unknown=True))
            depth += 1
        elif word:
            depth = max(0, depth - (word in ("endfor", "endif")))
        elif depth == 0:
            kept.append(item)
    return kept


def statement(item: Node) -> tuple[str, str]:
    """The word and the rest of a statement that is a whole item; empty for any other item."""
    if not isinstance(item, Scalar) or not isinstance(item.value, str):
        return "", ""
    found = match(_STATEMENT, item.value) if "{%" in item.value else None
    return (found["word"], found["rest"]) if found is not None else ("", "")
