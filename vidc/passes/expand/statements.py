"""statements: `{% for %}` and `{% if %}` that stand as items among scenes or tracks, where `for` and `if` are keys."""

from __future__ import annotations

from re import match

from vidc.diag.finding import Log, Place, Via
from vidc.ir.tree import Node, Scalar
from vidc.problems import template as problems
from vidc.problems.wording import short

from .gaps import unknown


def without_statements(items: list[Node], via: tuple[Via, ...], log: Log) -> list[Node]:
    """The items; of what stands between two statements nothing is known, which is said once for each pair."""
    kept: list[Node] = []
    depth = 0
    for item in items:
        word, rest = statement(item.value) if isinstance(item, Scalar) and isinstance(item.value, str) else ("", "")
        if word in ("for", "if"):
            if depth == 0:
                what = f"`{{% {word} %}}` around scenes or tracks"
                help = f"write `{word}: {short(rest)}` as a key of the scene or track itself"
                log.add(problems.template_not_allowed(Place(item.span, "", via), what, help))
                kept.append(unknown(item))
            depth += 1
        elif depth == 0:
            kept.append(item)
        else:
            depth -= word in ("endfor", "endif")
    return kept


def statement(text: str) -> tuple[str, str]:
    """The word and the rest of a text that is one statement alone, as `{% if plan %}`; empty for any other."""
    bare = text.strip()
    if not (bare.startswith("{%") and bare.endswith("%}")) or bare.count("%}") > 1:
        return "", ""
    inside = bare[2:-2].strip("-+ \t\r\n")
    word = match(r"\w*+", inside)
    assert word is not None
    return word[0], inside[word.end() :].strip()
