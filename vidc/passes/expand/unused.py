"""unused: the parameters that a component never uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from re import findall

from vidc.hints import Any
from vidc.ir import tree
from vidc.ir.tree import Node, Scalar

from .budget import Budget
from .declaration import Declaration
from .short import NAME

MAX_LOOKED = 1_000_000
"""Limit: so many values and characters of all components are looked at; past them every parameter counts as used."""


class Unused:
    """Finds them in one component after the other."""

    def __init__(self, scope: Mapping[str, Any], budget: Budget) -> None:
        self.scope = scope
        self.budget = budget
        self.left = MAX_LOOKED

    def of(self, parameters: dict[str, Declaration], body: tree.Mapping) -> list[Declaration]:
        """Those whose names stand in no template of the component, nor one that is nearly theirs.

        Any word of a text that holds a template counts as used, so that no parameter is called unused that is not.
        """
        if not any(_holds(body, part) for part in ("tracks", "scene")):
            return []
        waiting = {
            name: parameter for name, parameter in parameters.items() if not parameter.faulty and parameter.is_named
        }
        words: set[str] = set()
        opened: set[str] = set()
        known = {"loop", *parameters, *self.scope}
        for text in _templates(body):
            self.left -= 1 + len(text or "")
            if text is None or not waiting or self.left < 0:
                return []
            if text:
                words.update(findall(NAME, text))
                opened.update(findall(rf"(?:<|\{{\{{) *({NAME})", text))
                known.update(findall(rf"\A({NAME}) in ", text))
                waiting = {name: parameter for name, parameter in waiting.items() if name not in words}
        if not waiting:
            return []
        if not opened <= known:
            return []  # a name of nothing stands where the parameter was meant, perhaps, and is told
        others = [word for word in words if word not in parameters and word not in self.scope]
        return [parameter for name, parameter in waiting.items() if not self.budget.nearest(name, others)]


def _holds(body: tree.Mapping, part: str) -> bool:
    """Whether a part of a component is there and not empty, as it is while it is not written yet."""
    node = body.entries[part][1] if part in body.entries else None
    return bool(node.items if isinstance(node, tree.Sequence) else isinstance(node, tree.Mapping))


def _templates(body: tree.Mapping) -> Iterator[str | None]:
    """The texts in which names may be used, those of the defaults of parameters too, and names in braces, `{title}`;
    empty ones for all others, none for what could not be read."""
    waiting: list[tuple[str, Node]] = [("", body)]
    while waiting:
        key, node = waiting.pop()
        if isinstance(node, Scalar):
            used = node.value if node.live or key in ("if", "for") else key if node.value is None else ""
            yield None if node.unknown else str(used)
        elif isinstance(node, tree.Mapping):
            waiting += [(name, inner) for name, (_, inner) in node.entries.items()]
        else:
            waiting += [(key, inner) for inner in node.items]
