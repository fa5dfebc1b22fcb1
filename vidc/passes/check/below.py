"""below: what was found in a value that is no list, where one of scenes or of tracks should stand."""

from __future__ import annotations

from vidc.diag.finding import Log
from vidc.ir.tree import Mapping, Node

_NAMES = ("misspelt-name", "unfilled-loop", "unfilled-name")
"""What a loop that is none yet leaves unknown."""


def without_names(log: Log, node: Node) -> None:
    """Take back what only follows: names that nothing fills in while nothing is made of the value."""
    if isinstance(node, Mapping) and node.anchor is None:
        inside = [found for found in log.findings if found.name in _NAMES and found.span.source is node.source]
        log.take_back([found for found in inside if node.start <= found.span.start < node.end])
