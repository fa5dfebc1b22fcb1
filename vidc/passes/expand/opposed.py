"""opposed: comparisons of one value with two that are joined so that the answer is always the same."""

from __future__ import annotations

from jinja2 import nodes

from .tokens import Tokens
from .values import Fault

MOST = 20
"""Limit: so many comparisons of one row are looked at."""


_OTHER = {"ne": "eq", "eq": "ne"}


def opposed(node: nodes.Or | nodes.And, tokens: Tokens) -> Fault | None:
    """What is doubted of `plan != 'Pro' or plan != 'Team'`, which always holds, and of `plan == 'Pro' and plan ==
    'Team'`, which never does; None for anything else."""
    parts: list[nodes.Node] = []
    rest: nodes.Node = node
    while isinstance(rest, type(node)) and len(parts) < MOST:
        parts.insert(0, rest.right)
        rest = rest.left
    parts.insert(0, rest)
    wanted = "ne" if isinstance(node, nodes.Or) else "eq"
    lefts, texts = set(), []
    for part in parts:
        sign = wanted
        if isinstance(part, nodes.Not):
            part, sign = part.node, _OTHER[wanted]
        if not isinstance(part, nodes.Compare) or len(part.ops) != 1 or part.ops[0].op != sign:
            return None
        right = part.ops[0].expr
        if not isinstance(right, nodes.Const):
            return None
        start, end = tokens.token(right.lineno)
        begin = min(one.lineno for one in (part.expr, *part.expr.find_all(nodes.Expr)))
        lefts.add(tokens.text[begin:start].rstrip("=! \t\n"))
        texts.append((right.value, tokens.text[start:end], begin, end))
    if len(lefts) > 1 or len({(type(value), value) for value, *_ in texts}) < len(texts):
        return None
    words = (next(iter(lefts)), wanted, *(text for _, text, _, _ in texts))
    before = tokens.text[: texts[0][2]].rstrip()
    start = len(before) - len("not") if isinstance(parts[0], nodes.Not) and before.endswith("not") else texts[0][2]
    return Fault("constant-condition", start, texts[-1][3], words)
