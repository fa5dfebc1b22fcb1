"""choices: the expression for a choice that is written as a mapping of `if`, `then` and `else`."""

from __future__ import annotations

from re import finditer, sub

from vidc.ir.tree import Mapping, Node, Scalar

from .quoting import as_value

KEYS = frozenset(("if", "then", "else"))
LONGEST = 160
"""Limit: characters of an expression that a help shows."""

_TEMPLATE = r"<([A-Za-z_][\w.]*)>|\{\{\s*(.*?)\s*\}\}"


def choice(node: Node) -> str:
    """The help for such a mapping; empty for any other value."""
    if not isinstance(node, Mapping) or "if" not in node.entries or not node.entries.keys() <= KEYS:
        return ""
    if len(node.entries) < 2:
        return ""
    written = {name: value.span.text for name, (_, value) in node.entries.items() if isinstance(value, Scalar)}
    parts = [_part(node.entries[name][1]) if name in node.entries else "''" for name in ("then", "else")]
    condition = sub(_TEMPLATE, lambda found: found[1] or found[2], _bare(written.get("if", "")))
    expression = f"{{{{ {parts[0]} if {condition} else {parts[1]} }}}}"
    if not condition or not all(parts) or not expression.isprintable() or len(expression) > LONGEST:
        expression = "{{ a if condition else b }}"
    return f"write the choice as one expression: `{as_value(expression)}`"


def _part(node: Node) -> str:
    """A value as an expression has it; empty for what has no place in one."""
    if not isinstance(node, Scalar):
        return ""
    if node.value is None and not node.unknown:
        return "''"
    if isinstance(node.value, bool | int | float):
        return node.span.text
    text, parts, done = _bare(node.span.text), [], 0
    for found in finditer(_TEMPLATE, text):
        parts += [_quoted(text[done : found.start()]), found[1] or found[2]]
        done = found.end()
    return " ~ ".join(part for part in [*parts, _quoted(text[done:])] if part) or "''"


def _bare(text: str) -> str:
    """A scalar without its quotes."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _quoted(text: str) -> str:
    return "" if not text else f"'{text}'" if "'" not in text else f'"{text}"'
